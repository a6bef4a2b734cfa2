"""Nobody is reminded of what is not for them, whenever and however that was learned."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.conversation.events import Said
from bot.conversation.memory import Memory, Profile
from bot.flow import Companion
from bot.library.facts import Memorable
from bot.reminders.reminder import Off
from tests.conversation.reminder_days import MONDAY, Days, subscribed


@pytest.mark.parametrize(
    "words",
    ["I'm pregnant. Remind me of LI4 every day at 8 pm", "remind me of LI4 at 8 pm, I'm 20 weeks pregnant"],
)
def test_nobody_is_reminded_of_what_is_not_for_them(stranger: Days, words: str) -> None:
    reply = stranger.says(words)

    assert "LI4" in reply.plain
    assert "pregnan" in reply.plain
    assert stranger.memory.reminders == ()


def test_under_18_there_are_no_reminders(stranger: Days) -> None:
    stranger.says("I'm 15 and my back hurts")
    reply = stranger.says("remind me every day at 8 am")

    assert reply.plain.startswith("You told me before")
    assert stranger.memory.reminders == ()


@pytest.mark.parametrize("words", ["I'm pregnant", "I'm 16 years old"])
def test_what_is_learned_later_ends_what_is_not_for_the_person_and_says_so(
    companion: Companion, words: str
) -> None:
    person = subscribed(companion, "remind me of LI4 every day at 8 am")
    person.says(words)
    said = person.last

    assert "no longer remind you" in said[-1].plain
    assert person.days(5) == []
    assert person.reminder.off is Off.SAFETY


def test_what_is_set_in_the_settings_ends_it_too_and_it_cannot_be_resumed(companion: Companion) -> None:
    person = subscribed(companion, "remind me of LI4 every day at 8 am")
    person.says("/settings")
    person.taps("Health")
    person.taps("Pregnant")
    person.says("/reminders")
    person.taps("Resume all")
    person.taps("1.")
    refused = person.taps("Resume")

    assert "pregnan" in refused.plain
    assert person.days(3) == []


def test_a_fever_silences_for_hours_and_ends_nothing(companion: Companion) -> None:
    assert companion.library.rules["CR14"].memorable is not Memorable.LASTING
    person = subscribed(companion, now=datetime(2026, 3, 3, 5, 0, tzinfo=UTC))
    person.says("I have a fever today")
    today = person.until(datetime(2026, 3, 3, 12, 0, tzinfo=UTC))
    tomorrow = person.days(1)

    assert today == []
    assert len(tomorrow) == 1


def test_while_a_danger_sign_is_unchecked_nothing_comes_and_nothing_is_said_of_it(anna: Days) -> None:
    card = anna.does(Said("my calf is swollen and hot"))
    held = anna.days(7)
    ignored = anna.reminder.ignored_in_a_row
    anna.taps("I have been checked", card[0])

    assert len(card) == 1
    assert held == []
    assert ignored == 0
    assert len(anna.days(1)) == 1


def test_start_now_is_checked_again_when_it_is_tapped(companion: Companion) -> None:
    person = subscribed(companion, "remind me of LI4 every day at 8 am")
    person.days(1)
    message = person.last[0]
    person.memory = replace(person.memory, profile=Profile(frozenset({"CR01"})))
    reply = person.taps("Start now", message)

    assert companion.library.words.points["LI4"].where not in reply.plain
    assert "pregnan" in reply.plain


def test_nothing_withheld_is_ever_offered_to_be_reminded_of(companion: Companion) -> None:
    for rule in companion.library.words.settings.labels:
        person = Days(companion, memory=Memory(MONDAY, Profile(frozenset({rule}))))
        asked = person.says("/remind")
        for button in asked.buttons:
            reply = person.taps(button.label, asked)
            assert "I do not remind you" not in reply.plain, (rule, button.label)
