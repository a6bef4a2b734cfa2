"""Small pieces of text and buttons about reminders that several replies are made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from bot.conversation import actions
from bot.conversation import reminder_decisions as tell
from bot.conversation.reminder_actions import (
    ManageReminder,
    Managing,
    Page,
    ShowReminders,
)
from bot.guidance.looking import DAILY
from bot.library import Library
from bot.reminders.reminder import Off, Reminder
from bot.wording.calendar import Calendar
from bot.wording.pieces import Pieces, escape
from bot.wording.reply import Button

SHORT_SECONDS = 150
"""Up to here it is two minutes."""
_OFF = {Off.BLOCKED: "state_blocked", Off.SAFETY: "state_safety"}


class ReminderPieces:
    """The words of one language about reminders, put together."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._s = library.words.reminders
        self._pieces = Pieces(library)
        self._calendar = Calendar(library)

    def what(self, what: str) -> str:
        """A routine or a point in a sentence."""
        if what == DAILY:
            return escape(self._library.words.browsing.daily)
        routine = self._library.words.routines.get(what)
        return self._s.routine.format(name=escape(routine.name)) if routine else self._pieces.point(what)

    def length(self, what: str) -> str:
        """How long it takes, in whole minutes; a point takes about two."""
        routine = self._library.routines.get(what)
        seconds = routine.total_seconds if routine else SHORT_SECONDS
        if seconds <= SHORT_SECONDS:
            return self._s.length_two
        return self._s.length_minutes.format(number=round(seconds / 60))

    def numbered(self, number: int, reminder: Reminder) -> str:
        """A reminder as it stands on a button of the list."""
        return self._s.numbered.format(number=number, what=self.button(reminder.what))

    def button(self, what: str) -> str:
        """A routine or a point as it stands on a button."""
        if what == DAILY:
            return self._library.words.browsing.button_daily
        routine = self._library.words.routines.get(what)
        return routine.button if routine else what

    def fault(self, fault: tell.TimeFault | None) -> str:
        """Why a time cannot be met."""
        return str(getattr(self._s, f"fault_{fault}")) if fault and fault != "no_time" else ""

    def asking(self, fault: str, ask: str, example: str = "") -> str:
        """A question after what was wrong with its last answer, with an example."""
        return " ".join(filter(None, (fault, ask, example or self._s.example)))

    def lines(self, reminders: Iterable[Reminder], now: datetime) -> list[str]:
        """A line for each reminder: what, when, and how it stands."""
        return [
            self._s.line.format(
                number=number,
                what=self.what(each.what),
                when=self._calendar.when(each, now),
                state=self.state(each, now),
            )
            for number, each in enumerate(reminders, start=1)
        ]

    def state(self, reminder: Reminder, now: datetime) -> str:
        """Why a reminder does not come, or when it comes next."""
        if reminder.off:
            return str(getattr(self._s, _OFF.get(reminder.off, "state_off")))
        today = today_of(reminder, now)
        if reminder.paused_until and today < reminder.paused_until:
            return self._s.state_paused.format(day=self._calendar.day(reminder.paused_until, today))
        following = reminder.next_due()
        if following is None:
            return self._s.next_none
        return self._s.state_next.format(when=self._calendar.moment(following, reminder, now))

    def manage(self, label: str, verb: Managing, reminder: Reminder) -> Button:
        """A button about one reminder."""
        return Button(label, ManageReminder(verb, reminder.id))

    def page(self, label: str, page: Page) -> Button:
        """A button about all reminders."""
        return Button(label, ShowReminders(page))

    def settings(self) -> Button:
        """The button that leads back to the settings."""
        return Button(self._library.words.settings.button_back, actions.ShowSettings())


class ReminderPart:
    """What a writer of one part of the words about reminders works with."""

    def __init__(self, library: Library, pieces: ReminderPieces) -> None:
        self._library = library
        self._s = library.words.reminders
        self._pieces = Pieces(library)
        self._calendar = Calendar(library)
        self._p = pieces


def today_of(reminder: Reminder, now: datetime) -> date:
    """The date where the reminder comes."""
    return reminder.schedule.local(now).on
