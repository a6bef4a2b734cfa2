"""What the bot can decide to say about reminders."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Literal

from bot.conversation.reminder_actions import (
    Answering,
    AnswerReminder,
    AnswerTogether,
    Retime,
    Subscribe,
)
from bot.guidance.offer import Person
from bot.reminders.places import Place
from bot.reminders.reminder import Reminder

if TYPE_CHECKING:
    from bot.conversation.decision import Answer, Decision
    from bot.conversation.memory import Preferences

TimeFault = Literal[
    "no_time",
    "no_such_time",
    "too_many_times",
    "every_few_days",
    "within_the_day",
    "which_days",
    "over",
    "too_far",
]
ZoneFault = Literal["unknown", "no_such_offset", "no_place"]
PauseFault = Literal["no_date", "no_such_date", "over", "too_far"]


@dataclass(frozen=True)
class AskWhat:
    """Ask what to remind of; ``draft`` is what is known already."""

    draft: Subscribe
    routines: tuple[str, ...]


@dataclass(frozen=True)
class AskWhen:
    """Ask for the time; ``fault`` says why the last one cannot be met."""

    draft: Subscribe
    fault: TimeFault | None = None


@dataclass(frozen=True)
class AskHalf:
    """Ask whether the ``times`` are in the morning or in the evening."""

    times: tuple[time, ...]
    morning: Subscribe | Retime
    evening: Subscribe | Retime


@dataclass(frozen=True)
class AskToStore:
    """Ask whether the reminder may be stored."""

    draft: Subscribe


@dataclass(frozen=True)
class AskZone:
    """Ask for the zone; ``tried`` says why the last answer did not do."""

    tried: ZoneFault | None = None


@dataclass(frozen=True)
class PlaceKeyGone:
    """The key with which to send a place is taken away: the zone is known now, or nobody asks any more."""

    zone: str | None = None


@dataclass(frozen=True)
class WhichZone:
    """Ask which of some places is meant; of a single one, whether it is."""

    places: tuple[Place, ...]
    now: datetime


@dataclass(frozen=True)
class ZoneSet:
    """Confirm the zone, with the reminders at their new times."""

    zone: str
    reminders: tuple[Reminder, ...]
    now: datetime


@dataclass(frozen=True)
class Subscribed:
    """Confirm a reminder; ``already`` says that it had been there before."""

    reminder: Reminder
    now: datetime
    already: bool = False
    person: Person = field(default_factory=Person)


@dataclass(frozen=True)
class TooManyReminders:
    """There are as many as there may be."""


@dataclass(frozen=True)
class NotForReminding:
    """What was asked for is not for this person under ``rules``, so nobody is reminded of it."""

    what: str
    rules: tuple[str, ...]
    person: Person


@dataclass(frozen=True)
class RemindersEnded:
    """Reminders went off, because what they are about is not for the person any more."""

    whats: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True)
class ReminderDue:
    """The reminder itself. With ``late`` it says the time it was meant for."""

    reminder: Reminder
    on: date
    at: time
    late: bool = False
    ask_to_pause: bool = False
    silent: bool = False


@dataclass(frozen=True)
class RemindersDue:
    """Reminders that came due together and go as one message. All are about one date, and all or none ask."""

    those: tuple[ReminderDue, ...]


@dataclass(frozen=True)
class PointAtItsTime:
    """The page of a point, opened from a reminder, which ``done`` answers."""

    answer: Answer
    done: AnswerReminder | AnswerTogether


@dataclass(frozen=True)
class OneOfThem:
    """What was opened from a message with several reminders, and the way back to the others."""

    opened: Decision
    back: AnswerTogether


@dataclass(frozen=True)
class ReminderAnswered:
    """Confirm what became of a reminder. ``until`` is the moment to which it was put off."""

    verb: Answering
    reminder: Reminder
    on: date
    now: datetime
    until: datetime | None = None
    days_in_a_row: int = 0
    past: bool = False
    """Whether the button was of an earlier day."""


@dataclass(frozen=True)
class TogetherAnswered:
    """How the reminders of one message stand; ``None`` is one that is not there any more.

    ``past`` says that none of them waits for an answer any more, because the message is of an earlier day.
    """

    answer: AnswerTogether
    reminders: tuple[Reminder | None, ...]
    now: datetime
    days_in_a_row: int = 0
    past: bool = False


@dataclass(frozen=True)
class ReminderGone:
    """The reminder of a button is not there any more."""


@dataclass(frozen=True)
class ReminderList:
    """All reminders; ``deleted`` is the one just deleted, which can be brought back."""

    reminders: tuple[Reminder, ...]
    zone: str | None
    now: datetime
    deleted: Reminder | None = None


@dataclass(frozen=True)
class ReminderShown:
    """One reminder and what can be done with it."""

    reminder: Reminder
    now: datetime
    changed: Literal["paused", "resumed", "retimed", "restored"] | None = None


@dataclass(frozen=True)
class AskNewTime:
    """Ask for other times for a reminder."""

    reminder: Reminder
    fault: TimeFault | None = None


@dataclass(frozen=True)
class AskPause:
    """Ask until when to pause one reminder, or all for 0. ``choices`` are readings of a date."""

    reminder: int
    today: date
    choices: tuple[date, ...] = ()
    fault: PauseFault | None = None


@dataclass(frozen=True)
class AllPaused:
    """Confirm that nothing comes until a date, or until the person asks."""

    until: date | None
    today: date


@dataclass(frozen=True)
class AllSkipped:
    """Confirm that nothing more comes today."""

    reminders: tuple[Reminder, ...]
    now: datetime


@dataclass(frozen=True)
class NoReminders:
    """There is nothing to list, pause or resume."""


@dataclass(frozen=True)
class OfferResume:
    """Somebody who could not be reached is back: offer what was stopped meanwhile."""


@dataclass(frozen=True)
class QuietHoursSettings:
    """The quiet hours, and what they can be."""

    preferences: Preferences


@dataclass(frozen=True)
class LockScreenSettings:
    """How much a reminder says where others may read it."""

    preferences: Preferences


@dataclass(frozen=True)
class RemindInPrivate:
    """A tap in a group: reminders belong into the private chat."""


@dataclass(frozen=True)
class AlsoSeeDoctor:
    """Something in the words was a sign to see a doctor about in the coming days."""

    red_flag: str


ReminderDecision = (
    AskWhat
    | AskWhen
    | AskHalf
    | AskToStore
    | AskZone
    | PlaceKeyGone
    | WhichZone
    | ZoneSet
    | Subscribed
    | TooManyReminders
    | NotForReminding
    | RemindersEnded
    | ReminderDue
    | RemindersDue
    | TogetherAnswered
    | OneOfThem
    | PointAtItsTime
    | ReminderAnswered
    | ReminderGone
    | ReminderList
    | ReminderShown
    | AskNewTime
    | AskPause
    | AllPaused
    | AllSkipped
    | NoReminders
    | OfferResume
    | QuietHoursSettings
    | LockScreenSettings
    | RemindInPrivate
    | AlsoSeeDoctor
)
