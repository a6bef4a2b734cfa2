"""In a group others read along: what somebody told in private protects them there, and nothing gives it away.

A group sees who asks. If the answer, a button or a silence told that there is a pregnancy, a whole office
would know it. And a point that the bot keeps from somebody in private must not reach them by way of a group.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

import pytest

from bot.conversation.actions import Keeping, ShowComplaints, ShowData, ShowPoint, decode, encode
from bot.conversation.events import Blocked, Commanded, Due, Event, Said, Tapped
from bot.conversation.hold_actions import HoldPoint, HoldRoutine, Own
from bot.conversation.in_a_group import private_link
from bot.conversation.memory import Hold, Memory, Profile
from bot.flow import Answer, Companion
from bot.guidance.offer import Person, may_show
from bot.library import Library
from bot.library.facts import Effect, Tier
from bot.wording.reply import Reply
from tests.answering import NOW

ANNA, BEN, MESSAGE = 1001, 1002, 77
STRANGER = Memory()
BARRED = (Effect.WITHHOLD, Effect.ASK_FIRST)


def known_for(*rules: str) -> Memory:
    return Memory(NOW, Profile(frozenset(rules)))


def in_a_group(
    companion: Companion, event: Event, asker: Memory = STRANGER, group: Memory = STRANGER
) -> Answer:
    return companion.answer(event, group, NOW, private=False, asker=asker)


def replied(companion: Companion, event: Event, asker: Memory = STRANGER) -> Reply:
    (reply,) = in_a_group(companion, event, asker).replies
    return reply


def tap(action: object, by: int = ANNA, asker: int | None = ANNA) -> Tapped:
    return Tapped(encode(action), by, MESSAGE, asker)


def every_tap(library: Library) -> Iterator[Tapped]:
    """What can be asked of the bot in a group: each complaint, point, routine and hold."""
    for complaint in library.complaints.values():
        yield tap(ShowComplaints((complaint.number,)))
    for code in library.points:
        yield tap(ShowPoint(code))
        yield tap(HoldPoint(code))
    for routine in library.routines:
        yield tap(HoldRoutine(int(routine.removeprefix("R"))))


def rules_on_buttons(reply: Reply) -> frozenset[str]:
    persons = [button.action.person for button in reply.buttons if button.action]
    return frozenset(rule for person in persons for rule in person.conditions)


@pytest.fixture(scope="module")
def to_a_stranger(companion: Companion) -> dict[Tapped, Reply]:
    """What each tap shows to somebody of whom nothing is known."""
    return {event: replied(companion, event) for event in every_tap(companion.library)}


def lasting(library: Library) -> list[str]:
    return sorted(library.words.settings.labels)


def test_what_is_stored_keeps_points_from_somebody_in_a_group_as_well(companion: Companion) -> None:
    library = companion.library
    shown = []
    for rule in lasting(library):
        barred = {
            c for c in library.points if may_show(c, Person(frozenset({rule})), library).effect in BARRED
        }
        headings = {code: f"{code} {library.points[code].pinyin}" for code in barred}
        for event in every_tap(library):
            reply = replied(companion, event, known_for(rule))
            shown += [(rule, event.data, code) for code, head in headings.items() if head in reply.plain]
            starts = [
                b.action for b in reply.buttons if b.action and getattr(b.action, "verb", "") == "start"
            ]
            shown += [(rule, event.data, each) for each in starts if getattr(each, "code", "") in barred]

    assert shown == []


def test_nothing_in_a_group_names_what_is_stored(
    companion: Companion, to_a_stranger: dict[Tapped, Reply]
) -> None:
    library = companion.library
    told = []
    for rule in lasting(library):
        words = library.words.rules[rule]
        for event, usual in to_a_stranger.items():
            reply = replied(companion, event, known_for(rule))
            said = {words.condition, words.reason, *words.reason.split(". ")}
            texts = [reply.plain, reply.toast or ""]
            told += [
                (rule, each) for each in said for text in texts if each in text and each not in usual.plain
            ]
            told += [(rule, event.data) for _ in rules_on_buttons(reply) - rules_on_buttons(usual)]

    assert told == []


def test_who_is_concerned_by_nothing_gets_what_everybody_gets(
    companion: Companion, to_a_stranger: dict[Tapped, Reply]
) -> None:
    """With every rule there are answers that do not change, down to the letter: a change would tell."""
    library = companion.library
    for rule in lasting(library):
        same = [
            event
            for event, usual in to_a_stranger.items()
            if replied(companion, event, known_for(rule)) == usual
        ]
        points = {decode(event.data).code for event in same if isinstance(decode(event.data), ShowPoint)}
        free = {c for c in library.points if may_show(c, Person(frozenset({rule})), library).effect is None}
        assert free <= points, rule


def test_a_point_that_is_not_for_the_asker_is_answered_in_private(companion: Companion) -> None:
    reply = replied(companion, Said("where is LI4", ANNA), known_for("CR01"))

    (button,) = reply.buttons
    assert reply.plain == companion.library.words.groups.in_private
    assert button.link == "p_LI4"


def test_what_somebody_says_openly_is_answered_openly(companion: Companion) -> None:
    reply = replied(companion, Said("where is LI4, I'm 20 weeks pregnant", ANNA), known_for("CR01"))

    assert companion.library.words.rules["CR01"].condition in html.unescape(reply.plain)


def test_a_danger_sign_that_nobody_has_looked_at_stays_private(companion: Companion) -> None:
    asker = Memory(NOW, held=Hold("RF11", Tier.SAME_DAY, NOW))

    reply = replied(companion, tap(HoldPoint("LI4")), asker)

    assert reply.plain == companion.library.words.groups.in_private


@pytest.mark.parametrize(
    "text", ["neck pain and I can't pee since last night", "chest pain down my left arm"]
)
def test_danger_is_answered_with_the_card_and_nothing_to_tap(companion: Companion, text: str) -> None:
    reply = replied(companion, Said(text, ANNA), known_for("CR01"))

    assert "emergency" in reply.plain
    assert reply.buttons == ()


def test_a_same_day_card_has_nothing_to_tap_either(companion: Companion) -> None:
    (alone,) = companion.answer(Said("my calf is hot, red and swollen"), STRANGER, NOW).replies
    reply = replied(companion, Said("my calf is hot, red and swollen", ANNA))

    assert reply.text == alone.text
    assert reply.buttons == ()


def test_an_answer_is_shorter_than_in_private_and_says_when_not_to_press(companion: Companion) -> None:
    s = companion.library.words.sentences
    for code in companion.library.points:
        (private,) = companion.answer(Tapped(encode(ShowPoint(code))), STRANGER, NOW).replies
        reply = replied(companion, tap(ShowPoint(code)))
        assert len(reply.plain) < 0.7 * len(private.plain), code
        for part in (s.where, s.how, s.how_long, s.side, s.stop_if):
            assert part in reply.plain, code
        assert len(reply.buttons) <= 4
        assert reply.buttons[-1].link


def test_no_button_in_a_group_leads_to_what_is_kept(companion: Companion) -> None:
    events = [
        *every_tap(companion.library),
        *(Commanded(name, by=ANNA) for name in ("help", "privacy", "routines", "points", "relief", "start")),
        Said("I'm 20 weeks pregnant and my neck hurts", ANNA),
        Said("my neck hurts", ANNA),
    ]
    replies = [reply for event in events for reply in in_a_group(companion, event).replies]
    buttons = [button for reply in replies for button in reply.buttons]

    assert [button.label for button in buttons if button.action and private_link(button.action)] == []
    assert {"routines", "mydata"} <= {button.link for button in buttons}


@pytest.mark.parametrize("words", ["delete my data", "what do you know about me", "settings", "/mydata"])
def test_what_is_kept_is_a_matter_for_the_private_chat(companion: Companion, words: str) -> None:
    event = Commanded(words[1:], by=ANNA) if words.startswith("/") else Said(words, ANNA)

    reply = replied(companion, event, known_for("CR01"))

    assert next(button.link for button in reply.buttons) in ("delete", "mydata", "settings")


def test_a_routine_that_is_not_shown_there_is_one_tap_away_in_private(companion: Companion) -> None:
    reply = replied(companion, Said("start the desk routine", ANNA), known_for("CR01"))

    assert [button.link for button in reply.buttons] == ["r_R01"]


def test_an_old_button_about_what_is_kept_changes_nothing(companion: Companion) -> None:
    action = ShowData()
    assert isinstance(action, Keeping)

    answer = in_a_group(companion, tap(action), known_for("CR01"))

    assert [button.link for reply in answer.replies for button in reply.buttons] == ["mydata"]


# --- whose button it is


def test_the_tap_of_another_member_changes_nothing_and_is_told_so(companion: Companion) -> None:
    reply = replied(companion, tap(ShowPoint("LI4"), by=BEN))

    assert reply.toast_only
    assert reply.toast == companion.library.words.groups.not_yours


def test_a_button_under_a_message_whose_asker_is_unknown_is_nobodys(companion: Companion) -> None:
    reply = replied(companion, tap(ShowPoint("LI4"), asker=None))

    assert reply.toast_only


def begun(companion: Companion) -> Memory:
    card = tap(HoldPoint("LI4", seconds=60, repeats=2, side="left", verb="start"))
    group = in_a_group(companion, card).memory
    assert group.round
    return group


def test_who_started_a_routine_may_tap_under_all_its_messages(companion: Companion) -> None:
    answer = in_a_group(companion, tap(ShowPoint("LR3"), asker=None), group=begun(companion))

    assert not answer.replies[0].toast_only


@pytest.mark.parametrize("event", [Due(), Said("slower", ANNA)], ids=repr)
def test_a_routine_ends_when_its_person_told_in_private_what_forbids_it(
    companion: Companion, event: Event
) -> None:
    answer = in_a_group(companion, event, known_for("CR01"), begun(companion))

    assert answer.memory.round is None
    assert answer.replies[0].plain == companion.library.words.groups.ended
    assert "LI4" not in "".join(reply.plain for reply in answer.replies)


def test_what_another_member_is_does_not_end_the_routine_of_somebody(companion: Companion) -> None:
    answer = in_a_group(companion, Said("slower", BEN), known_for("CR01"), begun(companion))

    assert answer.memory.round


def test_a_group_that_is_gone_is_forgotten(companion: Companion) -> None:
    answer = in_a_group(companion, Blocked(), group=begun(companion))

    assert answer.memory == Memory()
    assert answer.replies == ()


def test_routines_of_ones_own_are_opened_in_private(companion: Companion) -> None:
    reply = replied(companion, tap(Own("new")))

    assert [button.link for button in reply.buttons] == ["routines"]
