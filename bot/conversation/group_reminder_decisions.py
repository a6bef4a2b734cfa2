"""What the bot can decide to say about the reminders of a group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

from bot.conversation.reminder_decisions import TimeFault
from bot.reminders.reminder import Reminder

Missing = Literal["time", "half", "routine", "place", "which_place", "known_place"]
"""The time, the half of the day, a routine, a city, which of several cities, or one that we know."""


@dataclass(frozen=True)
class AskGroupReminder:
    """Ask an admin, who answers by a reply, for what is ``missing``; ``fault`` is why a time will not do."""

    missing: Missing
    fault: TimeFault | None = None


@dataclass(frozen=True)
class GroupReminderSet:
    """Confirm a reminder of a group; ``already`` says that it had been there before."""

    reminder: Reminder
    now: datetime
    already: bool = False


@dataclass(frozen=True)
class TooManyForGroup:
    """A group has as many reminders as it may have."""


@dataclass(frozen=True)
class GroupReminderList:
    """The reminders of a group, perhaps after one of them was taken away."""

    reminders: tuple[Reminder, ...]
    now: datetime
    removed: bool = False


@dataclass(frozen=True)
class GroupRemindersOver:
    """No reminder comes to this group any more."""


@dataclass(frozen=True)
class AdminsOnly:
    """Somebody who is no admin wanted to change the reminders of a group, perhaps with a tap."""

    tapped: bool = False


@dataclass(frozen=True)
class GroupReminderDue:
    """The reminder of a group, meant for the local time ``at``. With ``late`` it says so."""

    reminder: Reminder
    at: time
    late: bool = False


GroupReminderDecision = (
    AskGroupReminder
    | GroupReminderSet
    | TooManyForGroup
    | GroupReminderList
    | GroupRemindersOver
    | AdminsOnly
    | GroupReminderDue
)
