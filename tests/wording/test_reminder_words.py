"""Every text about reminders is said somewhere, and what is said about them comes from the content."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from datetime import date, time

import pytest

from bot.conversation.reminder_decisions import AskZone, ReminderDue, RemindersDue
from bot.flow import Companion
from bot.library import Library, in_language
from bot.library.reminder_words import ReminderWords
from bot.reminders.cities import name_of
from bot.reminders.places import find_zone
from bot.reminders.reminder import create
from bot.reminders.schedule import Schedule
from bot.reminders.zones import listed_zones
from bot.wording.calendar import Calendar
from bot.wording.writer import Writer
from tests.answering import NOW
from tests.guidance.reminding import every_reply_about_reminders
from tests.guidance.walk import labels, replies_without_conditions

pytestmark = pytest.mark.walk

LISTS = ("days", "weekly_days", "months")


def with_words(companion: Companion, **texts: str) -> Companion:
    """A companion that words reminders otherwise; it understands as before."""
    changed = copy(companion)
    words = companion.library.words
    reminders = words.reminders.model_copy(update=texts)
    changed.library = replace(companion.library, words=replace(words, reminders=reminders))
    changed.writer = Writer(changed.library)
    return changed


def test_every_text_is_said_somewhere(companion: Companion) -> None:
    words = companion.library.words.reminders
    fields = [name for name in ReminderWords.model_fields if name not in LISTS]
    marked = with_words(companion, **{name: f"«{name}»{getattr(words, name)}" for name in fields})
    said = set[str]()
    for visit in (*every_reply_about_reminders(marked), *replies_without_conditions(marked)):
        reply = visit.reply
        for text in (reply.text, reply.toast or "", reply.ask_place or "", *labels(reply)):
            said |= set(re.findall(r"«(\w+)»", text))

    assert set(fields) - said == set()


def test_every_name_in_braces_is_filled_in(companion: Companion) -> None:
    for visit in every_reply_about_reminders(companion):
        for text in (visit.reply.text, visit.reply.toast or "", *labels(visit.reply)):
            assert "{" not in text, visit.reached_by


def test_what_reminds_goes_as_a_reminder_and_nothing_else_does(companion: Companion) -> None:
    for visit in every_reply_about_reminders(companion):
        assert visit.reply.reminds is isinstance(visit.decision, ReminderDue | RemindersDue)
        assert bool(visit.reply.ask_place) is isinstance(visit.decision, AskZone)


# --- in Spanish


@pytest.mark.parametrize(
    ("weekdays", "at", "said"),
    [
        (range(7), (time(8), time(20)), "todos los días a las 08:00 y 20:00"),
        (range(5), (time(9, 30),), "de lunes a viernes a las 09:30"),
        ((0, 5), (time(1, 15),), "los lunes y sábados a la 01:15"),
        ((6,), (time(13),), "los domingos a las 13:00"),
    ],
)
def test_days_and_hours_are_said_as_spanish_says_them(
    weekdays: Iterable[int], at: tuple[time, ...], said: str, library: Library
) -> None:
    calendar = Calendar(in_language(library, "es"))
    weekly = create(1, "LI4", Schedule(at, frozenset(weekdays), "Europe/Madrid"), NOW)

    assert calendar.when(weekly, NOW) == said


def test_a_single_day_is_said_as_spanish_says_it(library: Library) -> None:
    calendar = Calendar(in_language(library, "es"))

    assert calendar.day(date(2026, 5, 2), date(2026, 4, 1)) == "el sábado, 2 de mayo"
    assert calendar.day(date(2026, 5, 2), date(2026, 5, 1)) == "mañana"


def test_somebody_chooses_among_namesakes_by_countries_in_their_language(library: Library) -> None:
    namesakes = find_zone("Córdoba", NOW).choices
    labels = Calendar(in_language(library, "es")).places(namesakes)

    assert {labels["Europe/Madrid"], labels["America/Argentina/Cordoba"]} == {"España", "Argentina"}
    assert Calendar(library).places(namesakes)["Europe/Madrid"] == "Spain"


def test_every_place_that_a_language_names_is_one_of_the_tables(library: Library) -> None:
    for language in library.languages:
        for key in in_language(library, language).words.places:
            assert key in listed_zones() or name_of(key)
