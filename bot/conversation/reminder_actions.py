"""Buttons about reminders: subscribing, what to do when one comes, the list, pauses, zones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.conversation.about import About, Switch
from bot.reminders.due import MOST_TOGETHER
from bot.reminders.reminder import MOST_REMINDER_ID
from bot.understanding.times import MOST_TIMES

What = Annotated[str, StringConstraints(pattern=r"^(?:R\d\d|[A-Z]{2}\d{1,2})?$")]
"""The id of a routine, the code of a point, or nothing yet."""
Minute = Annotated[int, Field(ge=0, lt=24 * 60)]
Times = Annotated[tuple[Minute, ...], Field(max_length=MOST_TIMES)]
"""Local times of day, in minutes after midnight."""
Day = Annotated[int, Field(ge=1, le=3_652_059)]
"""A local date, by its number as ``date.toordinal`` gives it."""
DAY_ZERO = 736_000
"""The ordinal of a date before all of ours, so that one takes few digits."""
ALL_DAYS = 127
"""All weekdays as bits."""
IN_UTC = 50_000
Days = Annotated[int, Field(ge=0, lt=2 * IN_UTC)]
"""Weekdays as the bits of a number, Monday the lowest; above 127 the number of the only date.

With ``IN_UTC`` added to it, date and times are those of Greenwich, whatever the person's zone.
"""
ReminderId = Annotated[int, Field(ge=1, le=MOST_REMINDER_ID)]
OneOrAll = Annotated[int, Field(ge=0, le=MOST_REMINDER_ID)]
"""A reminder, or 0 for all."""
ZoneMark = Annotated[int, Field(ge=0, le=2**32)]
"""A number that stands for a zone."""

Answering = Literal["start", "done", "skip", "ten_minutes", "hour", "evening", "pause", "keep"]
AnsweringTogether = Literal[Answering, "show"]
"""The same about several, or only how they stand."""
Managing = Literal["show", "retime", "pause", "resume", "delete", "undo"]
Page = Literal[
    "list",
    "new",
    "pause_all",
    "resume_all",
    "zone",
    "quiet",
    "lock",
    "say_more",
    "say_less",
]
QuietKind = Literal["off", "move", "silent"]


@dataclass(frozen=True)
class Subscribe(About):
    """Remind of something, as far as it is known: what is empty is asked for. ``agreed`` is consent."""

    letter = "N"
    what: What = ""
    days: Days = 0
    times: Times = ()
    agreed: Switch = "off"


@dataclass(frozen=True)
class AnswerReminder(About):
    """What to do about a reminder, for the local date ``on``."""

    letter = "O"
    verb: Answering
    reminder: ReminderId
    on: Day


@dataclass(frozen=True)
class AnswerTogether(About):
    """What to do about reminders of one message, for the local date ``on``: about one of them, or all."""

    letter = "V"
    verb: AnsweringTogether
    reminders: Annotated[tuple[ReminderId, ...], Field(min_length=2, max_length=MOST_TOGETHER)]
    place: Annotated[int, Field(ge=0, le=MOST_TOGETHER)]
    """Which of them, from 1; 0 for all."""
    on: Day


@dataclass(frozen=True)
class ManageReminder(About):
    """Show a reminder or change it."""

    letter = "P"
    verb: Managing
    reminder: ReminderId


@dataclass(frozen=True)
class PauseReminder(About):
    """Pause until a local date, which reminds again; 0 is a pause without an end."""

    letter = "Q"
    reminder: OneOrAll
    until: Annotated[int, Field(ge=0, le=3_652_059)]


@dataclass(frozen=True)
class Retime(About):
    """Other times for a reminder."""

    letter = "R"
    reminder: ReminderId
    days: Days
    times: Annotated[Times, Field(min_length=1)]


@dataclass(frozen=True)
class PickZone(About):
    """This is the person's zone."""

    letter = "S"
    zone: ZoneMark


@dataclass(frozen=True)
class SetQuiet(About):
    """Quiet hours, in minutes after midnight, and what becomes of a reminder in them."""

    letter = "T"
    start: Minute
    end: Minute
    then: QuietKind


@dataclass(frozen=True)
class ShowReminders(About):
    """A page about all reminders, or a change to all of them."""

    letter = "U"
    page: Page


def weekday_bits(weekdays: Iterable[int]) -> int:
    """Weekdays, Monday as 0, as ``Days`` carries them."""
    return sum(1 << day for day in weekdays)


def day_number(day: date) -> int:
    """A date as ``Days`` carries it; greater than 127 from 2016 until 2151."""
    return day.toordinal() - DAY_ZERO


Subscribing = Subscribe
"""Leads to pressing; ``person`` is the one who is to press."""
OwnReminders = (
    AnswerReminder
    | AnswerTogether
    | ManageReminder
    | PauseReminder
    | Retime
    | PickZone
    | SetQuiet
    | ShowReminders
)
"""What is about reminders that are stored; who is to press is known from what is stored as well."""
Reminding = Subscribing | OwnReminders
