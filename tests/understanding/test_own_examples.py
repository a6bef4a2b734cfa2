"""The bot says: write, for example, "until 3 May". Somebody writes just that, and is understood.

The examples stand in quotation marks in the texts of each language, so a text that changes brings
its own test.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from bot.conversation.events import Said
from bot.flow import Companion
from bot.library import ENGLISH, Library, in_language, load
from bot.reminders.pauses import read_pause
from bot.reminders.places import find_zone
from bot.understanding.reading import Kind
from bot.understanding.reminder_requests import quiet_hours_in
from bot.understanding.sayings import Sayings
from bot.understanding.times import read_time
from bot.wording.pieces import Pieces
from tests.answering import NOTHING, NOW

LANGUAGES = sorted(load().languages)
TUESDAY = datetime(2026, 3, 3, 9, tzinfo=UTC)


def examples(text: str) -> list[str]:
    """What stands in quotation marks."""
    found = re.findall(r'"([^"]+)"', text)
    assert found, text
    return found


@pytest.fixture(scope="module")
def companion(library: Library) -> Companion:
    """One that speaks each language, complete or not."""
    return Companion(library, LANGUAGES)


@pytest.fixture(scope="module", params=LANGUAGES)
def spoken(request: pytest.FixtureRequest, library: Library) -> Library:
    language: str = request.param
    return library if language == ENGLISH else in_language(library, language)


@pytest.fixture(scope="module")
def sayings(spoken: Library) -> Sayings:
    return Sayings(spoken.words.sayings)


def test_what_help_suggests_is_understood(spoken: Library, companion: Companion) -> None:
    for example in examples(spoken.words.sentences.help):
        reading = companion.tongues.read(example, spoken.words.language)
        assert reading.kind is not Kind.UNKNOWN or reading.context.control, example


def test_what_is_suggested_for_a_plan_of_so_many_minutes_is_one(
    spoken: Library, companion: Companion
) -> None:
    for text in (spoken.words.holds.routines_plan_how, spoken.words.sentences.help):
        example = next(each for each in examples(text) if each.startswith("2 "))

        [reply] = companion.answer(Said(example, language=spoken.words.language), NOTHING, NOW).replies

        name = spoken.words.holds.plan_name.format(complaints=Pieces(spoken).complaints(["neck"]))
        assert name in reply.text
        assert spoken.words.holds.steps in reply.text


def test_times_that_are_suggested_are_times(spoken: Library, sayings: Sayings) -> None:
    reminders = spoken.words.reminders
    for example in [*examples(reminders.example), *examples(reminders.new_time_example)]:
        wish = read_time(sayings.in_our_words(example), TUESDAY)
        assert wish.times, example
        assert wish.fault is None, example


def test_ends_of_a_pause_that_are_suggested_are_dates(spoken: Library, sayings: Sayings) -> None:
    for example in examples(spoken.words.reminders.pause_example):
        assert read_pause(sayings.in_our_words(example), TUESDAY.date()).until, example


def test_quiet_hours_that_are_suggested_are_hours(spoken: Library, sayings: Sayings) -> None:
    for example in examples(spoken.words.reminders.quiet):
        assert quiet_hours_in(sayings.in_our_words(example), TUESDAY), example


def test_places_that_are_suggested_are_places(spoken: Library, sayings: Sayings) -> None:
    reminders = spoken.words.reminders
    for example in [*examples(reminders.ask_zone), *examples(reminders.zone_unknown)]:
        wish = find_zone(sayings.in_our_words(example), TUESDAY)
        assert wish.place or wish.choices, example
