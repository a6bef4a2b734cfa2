"""Words about the reminders of a group: every member reads them, so they are about nobody."""

from __future__ import annotations

from datetime import datetime
from functools import singledispatchmethod

from bot.conversation import group_reminder_decisions as tell
from bot.conversation.group_subscribing import MOST_IN_A_GROUP
from bot.conversation.reminder_actions import ManageReminder
from bot.conversation.wishes import ROUTINE_LINK
from bot.library import Library
from bot.reminders.reminder import Reminder
from bot.wording.calendar import Calendar, clock
from bot.wording.pieces import Pieces
from bot.wording.reminder_pieces import ReminderPieces
from bot.wording.reply import Button, Reply

OWN_REMINDERS = "remind"
UTC = "UTC"
"""The clock of what comes in so many hours, wherever that is."""


class GroupReminderWriter:
    """Writes the words of decisions about the reminders of a group."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._s, self._g = library.words.reminders, library.words.groups
        self._pieces, self._calendar = Pieces(library), Calendar(library)
        self._p = ReminderPieces(library)

    @singledispatchmethod
    def write(self, decision: object) -> Reply:
        """The reply to ``decision``. Raises ``TypeError`` for one that is not about these reminders."""
        raise TypeError(f"no words for {type(decision).__name__}")

    @write.register
    def _(self, decision: tell.AskGroupReminder) -> Reply:
        ask = getattr(self._g, f"remind_{decision.missing}")
        return Reply(" ".join(filter(None, (self._p.fault(decision.fault), ask))))

    @write.register
    def _(self, decision: tell.GroupReminderSet) -> Reply:
        reminder, now = decision.reminder, decision.now
        template = self._g.remind_already if decision.already else self._g.remind_set
        text = template.format(what=self._p.what(reminder.what), when=self._when(reminder, now))
        following, zone = reminder.next_due(), reminder.schedule.zone
        if following and zone != UTC:
            there, here = self._calendar.there(following, zone, now), self._calendar.live(following, zone)
            text += "\n" + self._g.remind_next.format(when=there, clock=here)
        return Reply(f"{text}\n{self._g.remind_how_to_stop}")

    def _when(self, reminder: Reminder, now: datetime) -> str:
        """When a reminder comes, with the city whose clock that is: members may be anywhere."""
        when = self._calendar.when(reminder, now)
        following, zone = reminder.next_due(), reminder.schedule.zone
        if zone == UTC or following is None:
            return when
        if reminder.last_on:
            when = self._calendar.there(following, zone, now)
        return self._g.remind_when.format(when=when, place=self._calendar.zone(zone))

    @write.register
    def _(self, decision: tell.TooManyForGroup) -> Reply:
        return Reply(self._g.remind_too_many.format(most=MOST_IN_A_GROUP))

    @write.register
    def _(self, decision: tell.GroupReminderList) -> Reply:
        toast = self._g.remind_removed if decision.removed else None
        own = self._pieces.private_button(OWN_REMINDERS)
        if not decision.reminders:
            return Reply(self._g.remind_none, (own,), toast)
        lines = [self._g.remind_list]
        lines += [
            self._g.remind_line.format(
                number=number, what=self._p.what(each.what), when=self._when(each, decision.now)
            )
            for number, each in enumerate(decision.reminders, start=1)
        ]
        stops = [
            Button(self._g.button_remind_stop.format(number=number), ManageReminder("delete", each.id))
            for number, each in enumerate(decision.reminders, start=1)
        ]
        return Reply("\n".join(lines), (*stops, own), toast)

    @write.register
    def _(self, decision: tell.GroupRemindersOver) -> Reply:
        return Reply(self._g.remind_over)

    @write.register
    def _(self, decision: tell.AdminsOnly) -> Reply:
        if decision.tapped:
            return Reply(self._g.remind_admins, toast=self._g.remind_admins, toast_only=True)
        return Reply(self._g.remind_admins, (self._pieces.private_button(OWN_REMINDERS),))

    @write.register
    def _(self, decision: tell.GroupReminderDue) -> Reply:
        reminder = decision.reminder
        text = self._g.remind_due.format(what=self._p.what(reminder.what))
        if decision.late:
            text += " " + self._s.late.format(time=clock(decision.at))
        button = self._pieces.private_button(f"{ROUTINE_LINK}{reminder.what}")
        return Reply(text, (button,), reminds=True, thread_id=reminder.thread_id)
