"""Words about the reminders of a group: every member reads them, so they are about nobody."""

from __future__ import annotations

from functools import singledispatchmethod

from bot.conversation import group_reminder_decisions as tell
from bot.conversation.reminder_actions import ManageReminder
from bot.conversation.talk import POINT_LINK
from bot.conversation.wishes import ROUTINE_LINK
from bot.library import Library
from bot.reminders.reminder import Reminder
from bot.wording.calendar import Calendar, clock
from bot.wording.pieces import Pieces
from bot.wording.reminder_pieces import ReminderPieces, today_of
from bot.wording.reply import Button, Reply

OWN_REMINDERS = "remind"


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
        text = template.format(what=self._p.what(reminder.what), when=self._calendar.when(reminder, now))
        following = reminder.next_due()
        if following and reminder.last_on is None:
            local = reminder.schedule.local(following)
            text += "\n" + self._g.remind_next.format(
                day=self._calendar.day(local.on, today_of(reminder, now)),
                time=clock(local.at),
                place=self._calendar.zone(reminder.schedule.zone),
            )
        return Reply(f"{text}\n{self._g.remind_how_to_stop}")

    @write.register
    def _(self, decision: tell.TooManyForGroup) -> Reply:
        return Reply(self._g.remind_too_many)

    @write.register
    def _(self, decision: tell.GroupReminderList) -> Reply:
        toast = self._g.remind_removed if decision.removed else None
        own = self._pieces.private_button(OWN_REMINDERS)
        if not decision.reminders:
            return Reply(self._g.remind_none, (own,), toast)
        lines = [self._g.remind_list, *self._p.lines(decision.reminders, decision.now)]
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
        button = self._pieces.private_button(self._link(reminder))
        return Reply(text, (button,), reminds=True, thread_id=reminder.thread_id)

    def _link(self, reminder: Reminder) -> str:
        is_routine = reminder.what in self._library.routines
        return f"{ROUTINE_LINK if is_routine else POINT_LINK}{reminder.what}"
