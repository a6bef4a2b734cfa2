"""Words about reminders, by subject: on the way to one, at its time, and about those that are there."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation import reminder_decisions as tell
from bot.conversation.memory import Preferences
from bot.conversation.reminder_actions import (
    Subscribe,
)
from bot.guidance.offer import Person
from bot.library import Library
from bot.wording.at_its_time import DueWriter
from bot.wording.calendar import Calendar, clock
from bot.wording.reminder_list import ReminderListWriter
from bot.wording.reminder_pieces import ReminderPieces
from bot.wording.reply import Button, Reply
from bot.wording.subscribing import SubscribingWriter


class ReminderWriter:
    """Writes the words of decisions about reminders."""

    def __init__(self, library: Library) -> None:
        self._s = library.words.reminders
        self._calendar = Calendar(library)
        self._p = ReminderPieces(library)
        self._writers = (
            SubscribingWriter(library, self._p),
            DueWriter(library, self._p),
            ReminderListWriter(library, self._p),
        )

    def write(self, decision: object) -> Reply:
        """The reply to ``decision``. Raises ``TypeError`` for one that is not about reminders."""
        for writer in self._writers:
            if reply := writer.write(decision):
                return reply
        raise TypeError(f"no words for {type(decision).__name__}")

    def remind_button(self, what: str, person: Person) -> Button:
        """The button that subscribes to a routine or a point."""
        return Button(self._s.button_remind, Subscribe(what, person=person.elsewhere()))

    def done_button(self, decision: tell.PointAtItsTime) -> Button:
        """The button that answers a reminder from the page that it opened."""
        return Button(self._s.button_done, decision.done)

    def others_button(self, decision: tell.OneOfThem) -> Button:
        """The button that leads back to the reminders that came in the same message."""
        return Button(self._s.button_others, decision.back)

    def known(self, preferences: Preferences) -> Iterator[str]:
        """What is kept for all reminders."""
        if preferences.zone:
            yield self._s.known_zone.format(place=self._calendar.zone(preferences.zone))
        if quiet := preferences.quiet:
            yield self._s.known_quiet.format(start=clock(quiet.start), end=clock(quiet.end))
        if preferences.plain_text:
            yield self._s.known_plain

    def settings_buttons(self) -> tuple[Button, ...]:
        """Buttons to what holds for all reminders."""
        return (
            self._p.page(self._s.button_zone, "zone"),
            self._p.page(self._s.button_quiet, "quiet"),
            self._p.page(self._s.button_lock, "lock"),
        )
