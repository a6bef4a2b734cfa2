"""The belt as a whole: the same words get the same answer, today and tomorrow, whoever wrote before.

Nothing is kept between two events. A double tap, a message that Telegram delivers twice and two strangers who
write the same all get one and the same reply, and no message can stop the bot from answering the next.
"""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.conversation.actions import Keeping, encode
from bot.conversation.events import Commanded, Event, Said, Sent, Tapped
from bot.flow import Companion
from bot.library.facts import Tier
from tests.answering import answered
from tests.guidance.walk import CODE, Instructions, Rules, replies_of_every_kind
from tests.wording.telegram_html import parse

pytestmark = pytest.mark.walk

things = st.sampled_from(["voice", "picture", "sticker", "place", "other"])
names = st.sampled_from(["start", "help", "points", "stop"])
events = st.one_of(
    st.builds(Said, st.text(max_size=300)),
    st.builds(Commanded, names | st.text(max_size=20), st.text(max_size=64)),
    st.builds(Tapped, st.text(max_size=64)),
    st.builds(Sent, things),
)


@pytest.mark.parametrize(
    "event",
    [
        Said("my neck hurts"),
        Said("chest pain going down my left arm"),
        Commanded("start", "p_LI4"),
        Commanded("pionts"),
        Tapped("rubbish"),
        Sent("sticker"),
    ],
    ids=repr,
)
def test_what_arrives_twice_is_answered_the_same_way(companion: Companion, event: Event) -> None:
    assert answered(companion, event) == answered(companion, event)


def test_a_double_tap_gives_the_same_reply(companion: Companion) -> None:
    """An edit to the same text changes nothing in the chat."""
    visits = replies_of_every_kind(companion)
    buttons = {
        encode(button.action)
        for visit in visits
        for button in visit.reply.buttons
        if button.action and not button.narrow  # scores differ in a number alone
    }
    for data in buttons:
        assert answered(companion, Tapped(data)) == answered(companion, Tapped(data))


def test_nothing_of_one_person_shows_in_the_answer_to_the_next(companion: Companion) -> None:
    before = answered(companion, Said("my neck hurts"))
    for text in ("I'm pregnant", "I'm 15", "I can't pee and my back hurts", "stop", "B54", "my knee hurts"):
        assert answered(companion, Said(text)) != before

    assert answered(companion, Said("my neck hurts")) == before


@given(events)
@example(Said(""))
@example(Said("<b>my neck</b> & <script>"))
@example(Said("\u202emy neck hurts\u202c"))
@example(Said("\x00\u200b\ufeff"))
@example(Said("\ud800 neck"))
@example(Said("my neck hurts " * 300))
@example(Said("9" * 4096))
@example(Commanded("", ""))
@example(Commanded("start", "p_" * 40))
@example(Commanded("start", "{x} my neck hurts {0}"))
@example(Commanded("{0}", ""))
@example(Commanded("<b>", ""))
def test_whatever_arrives_is_answered_with_something_that_can_be_sent(
    companion: Companion, event: Event
) -> None:
    reply = answered(companion, event)

    parsed = parse(reply.text)
    assert parsed.faults == ()
    assert 1 <= parsed.utf16_units <= 4096
    assert parsed.text.strip()


@given(st.text(alphabet=st.characters(categories=("L", "N")), min_size=6, max_size=12))
def test_what_somebody_wrote_is_never_repeated_to_them(companion: Companion, word: str) -> None:
    """A reply that quotes the message could carry marks, names or insults back into the chat."""
    marker = f"qzx{word}"

    assert marker not in answered(companion, Said(f"my neck hurts {marker}")).text


def test_every_example_of_a_danger_sign_beside_a_complaint_is_named_or_gets_a_card(
    companion: Companion,
) -> None:
    library = companion.library
    ignored = []
    for flag, words in library.words.red_flags.items():
        for text in words.calls:
            reply = answered(companion, Said(f"My back hurts. {text}"))
            named = any(other.name in reply.plain for other in library.words.red_flags.values())
            card = len(reply.buttons) < 2 and not CODE.search(reply.plain)
            if not (named or card):
                ignored.append(f"{flag}: {text}")

    assert not ignored, "\n".join(ignored)


def test_every_example_of_an_urgent_sign_gets_a_card_and_nothing_else(companion: Companion) -> None:
    library = companion.library
    for flag, words in library.words.red_flags.items():
        if library.red_flags[flag].tier is not Tier.DOCTOR_SOON:
            for text in words.calls:
                for event in (Said(text), Commanded("start", text), Commanded("help", text)):
                    reply = answered(companion, event)
                    labels = {button.label for button in reply.buttons}
                    assert labels <= {library.words.settings.button_checked}, (flag, event)
                    assert CODE.search(reply.plain) is None, (flag, event)


def test_every_example_of_a_condition_is_heeded(companion: Companion) -> None:
    """However somebody says that they are pregnant or take blood thinners, no withheld point is explained."""
    library, instructions = companion.library, Instructions(companion.library)
    for rule, words in library.words.rules.items():
        rules = Rules(frozenset({rule}), library)
        for text in words.calls:
            reply = answered(companion, Said(text))
            assert not instructions.given_in(reply) & (rules.withheld | rules.ask_first), (rule, text)
            forgetful = [
                button.label
                for button in reply.buttons
                if not isinstance(button.action, Keeping) and rule not in button.action.person.conditions
            ]
            assert not forgetful, (rule, text, forgetful)
