"""Words for those who look around, alone or in a group."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatchmethod
from itertools import islice

from bot.conversation import browsing_decisions as say
from bot.conversation.hold_actions import HoldPoint, HoldRoutine
from bot.conversation.reminded import refused
from bot.conversation.reminder_actions import Subscribe
from bot.guidance.offer import Person
from bot.library import Library
from bot.wording.calendar import Calendar
from bot.wording.pieces import Pieces
from bot.wording.reminder_pieces import ReminderPieces
from bot.wording.reply import Button, Reply

EXAMPLE_POINTS, EXAMPLE_ROUTINES = ("LI4", "GB20", "BL23"), ("R10",)
"""What help shows of points, the first that is for the person, and of routines."""
EVENING = 20 * 60


class BrowsingWriter:
    """Writes the words of decisions about looking around."""

    def __init__(self, library: Library) -> None:
        self._library, self._words = library, library.words
        self._b, self._g = library.words.browsing, library.words.groups
        self._pieces = Pieces(library)
        self._reminders = ReminderPieces(library)
        self._calendar = Calendar(library)

    def write(self, decision: say.BrowsingDecision) -> Reply:
        """The reply to ``decision``."""
        return self._write(decision)

    @singledispatchmethod
    def _write(self, decision: object) -> Reply:
        raise TypeError(f"no words for {type(decision).__name__}")

    @_write.register
    def _(self, decision: say.WhatAches) -> Reply:
        return Reply(self._b.what_aches, self._pieces.topics(decision.person))

    @_write.register
    def _(self, decision: say.AnswerInPrivate) -> Reply:
        return Reply(self._g.in_private, (self.private_button(decision.link),))

    @_write.register
    def _(self, decision: say.EndedInPrivate) -> Reply:
        return Reply(self._g.ended, (self.private_button(decision.link),))

    @_write.register
    def _(self, decision: say.NotYours) -> Reply:
        return Reply(self._g.not_yours, toast=self._g.not_yours, toast_only=True)

    @_write.register
    def _(self, decision: say.WelcomeBack) -> Reply:
        b, person, last = self._b, decision.person, decision.last
        lines = [b.welcome_back]
        if last:
            lines.append(b.last_time.format(what=self._reminders.what(last)))
        if following := decision.following:
            what, now = self._reminders.what(following.what), decision.now
            due = following.next_due() or now
            when = self._calendar.moment(due, following, now)
            lines.append(b.next_reminder.format(what=what, when=when))
        buttons = [] if not last else [Button(b.button_again, self._card_of(last, person))]
        return Reply("\n".join((*lines, b.what_today)), (*buttons, *self._pieces.topics(person)))

    def examples(self, person: Person) -> Iterator[Button]:
        """What can be asked, as buttons that ask it; none for what is not for this person."""
        yield from self._pieces.topics(person)[:2]
        points = (code for code in EXAMPLE_POINTS if not refused(code, person, self._library))
        yield from (self._pieces.point_button(code, (), person) for code in islice(points, 1))
        for routine in EXAMPLE_ROUTINES:
            if not refused(routine, person, self._library):
                yield Button(self._words.routines[routine].button, self._card_of(routine, person))
        yield Button(self._b.example_remind, Subscribe(times=(EVENING,), person=person.elsewhere()))

    def _card_of(self, what: str, person: Person) -> HoldPoint | HoldRoutine:
        """The card of a routine or point, where its cautions are read before it starts."""
        if what in self._library.routines:
            return HoldRoutine(int(what.removeprefix("R")), person=person)
        return HoldPoint(what, person=person)

    def private_button(self, link: str) -> Button:
        """The button that opens the private chat with this word."""
        return Button(self._g.button_private, link=link)
