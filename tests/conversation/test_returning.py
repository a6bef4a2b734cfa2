"""Who comes for the first time is asked one thing; who comes back is known, and is not told everything anew.

The first message decides whether somebody stays. It fits on a phone without scrolling, and a thumb is enough
to go on.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.conversation.actions import encode
from bot.conversation.browsing_decisions import WelcomeBack
from bot.conversation.decision import Withheld
from bot.conversation.events import Commanded, Tapped
from bot.conversation.hold_actions import HoldPoint, HoldRoutine
from bot.conversation.hold_decisions import HoldCard, NoPlan
from bot.conversation.memory import Done, Hold, Memory, Preferences, Profile
from bot.flow import Companion
from bot.library.facts import Tier
from bot.wording.reply import Reply
from tests.answering import NOTHING, NOW, answered, decided
from tests.guidance.reminding import reminder
from tests.guidance.walk import NO_WORDS


def done(name: str = "", *points: str, hours_ago: int = 1) -> Done:
    return Done(NOW - timedelta(hours=hours_ago), name, points, 120)


def start(companion: Companion, memory: Memory) -> Reply:
    return answered(companion, Commanded("start"), memory)


def labels(reply: Reply) -> list[str]:
    return [button.label for button in reply.buttons]


def test_the_first_message_is_one_short_question_with_examples(companion: Companion) -> None:
    answer = companion.answer(Commanded("start"), NOTHING, NOW)
    (reply,) = answer.replies

    assert len(reply.plain) <= 600
    assert len([line for line in reply.plain.splitlines() if line]) <= 5
    assert reply.plain.count("?") == 1
    assert 4 <= len(reply.buttons) <= 8
    assert "comfort" in reply.plain
    assert answer.memory == Memory()


def test_who_comes_back_reads_what_was_last_and_what_is_next(companion: Companion) -> None:
    memory = Memory(
        NOW,
        done=(done("R04", hours_ago=30), done("R01")),
        reminders=(reminder("LI4"),),
        preferences=Preferences(zone="Europe/Berlin", last_id=1),
    )

    answer = companion.answer(Commanded("start"), memory, NOW)
    (reply,) = answer.replies

    words = companion.library.words
    assert words.routines["R01"].name in reply.plain
    assert words.routines["R04"].name not in reply.plain
    assert "LI4" in reply.plain
    assert len(reply.plain) < 300
    assert answer.memory == memory
    assert reply.buttons[0].action == HoldRoutine(1)


def test_one_tap_opens_the_card_of_the_last_routine(companion: Companion) -> None:
    memory = Memory(NOW, done=(done("R10"),))
    again = start(companion, memory).buttons[0]

    card = decided(Tapped(encode(again.action)), NO_WORDS, companion.library, memory)

    assert isinstance(card, HoldCard)
    assert again.label == companion.library.words.browsing.button_again


def test_a_single_point_can_be_done_again_as_well(companion: Companion) -> None:
    reply = start(companion, Memory(NOW, done=(done("", "LI4"),)))

    assert reply.buttons[0].action == HoldPoint("LI4")


@pytest.mark.parametrize(
    "memory",
    [
        Memory(NOW),
        Memory(NOW, Profile(frozenset({"CR01"})), done=(done("", "LI4"),)),
        Memory(NOW, done=(done("R10"),), held=Hold("RF11", Tier.SAME_DAY, NOW)),
        Memory(NOW, done=(done("R99"),)),
        Memory(NOW, done=(done("", "LI4", "LR3"),)),
        Memory(NOW, done=(done("", "LI4"),), resting={"LI4": NOW + timedelta(hours=1)}),
    ],
    ids=["nothing done", "not for them", "a danger sign", "gone", "several points", "rests today"],
)
def test_what_cannot_be_done_again_is_not_offered(companion: Companion, memory: Memory) -> None:
    reply = start(companion, memory)

    assert companion.library.words.browsing.button_again not in labels(reply)
    assert companion.library.words.browsing.welcome_back in reply.plain
    assert "LI4" not in reply.plain


def test_a_link_still_leads_somebody_known_where_it_says(companion: Companion) -> None:
    decision = decided(Commanded("start", "p_LI4"), NO_WORDS, companion.library, Memory(NOW))

    assert not isinstance(decision, WelcomeBack)


def test_in_a_group_nobody_is_welcomed_back(companion: Companion) -> None:
    memory = Memory(NOW, done=(done("R01"),))

    answer = companion.answer(Commanded("start", by=1), NOTHING, NOW, private=False, asker=memory)

    assert companion.library.words.browsing.welcome_back not in answer.replies[0].plain


# --- help by example


def test_help_can_be_tried_with_a_thumb(companion: Companion) -> None:
    reply = answered(companion, Commanded("help"))

    assert 5 <= len(reply.buttons) <= 8
    for button in reply.buttons:
        seen = companion.answer(Tapped(encode(button.action)), NOTHING, NOW).replies[0]
        assert seen.plain != reply.plain, button.label
        assert not seen.buttons_only, button.label


def test_no_example_is_one_that_is_not_for_the_person(companion: Companion) -> None:
    for rule in companion.library.words.settings.labels:
        memory = Memory(NOW, Profile(frozenset({rule})))
        for button in answered(companion, Commanded("help"), memory).buttons:
            shown = decided(Tapped(encode(button.action)), NO_WORDS, companion.library, memory)
            assert not isinstance(shown, Withheld | NoPlan), (rule, button.label)


def test_a_command_nobody_knows_gets_one_line(companion: Companion) -> None:
    near, far = (answered(companion, Commanded(name)) for name in ("remnid", "xyzzy"))

    assert "/remind?" in near.plain
    assert "/help" in far.plain
    assert all("\n" not in reply.plain and len(reply.plain) < 100 for reply in (near, far))
