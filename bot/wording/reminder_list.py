"""Words about reminders that are there: the list, changes, pauses, quiet hours, the lock screen."""

from __future__ import annotations

from datetime import timedelta
from functools import singledispatchmethod

from bot.conversation import reminder_decisions as tell
from bot.conversation.reminder_actions import (
    AnswerReminder,
    ManageReminder,
    PauseReminder,
    SetQuiet,
)
from bot.reminders.reminder import InQuiet
from bot.wording.calendar import clock
from bot.wording.reminder_pieces import ReminderPart, today_of
from bot.wording.reply import Button, Reply

EVENING, NIGHT_ENDS = 22 * 60, 7 * 60


class ReminderListWriter(ReminderPart):
    """Writes the words of decisions about reminders that are there."""

    @singledispatchmethod
    def write(self, decision: object) -> Reply | None:
        """The reply to ``decision``; ``None`` when it is about something else."""
        return None

    @write.register
    def _(self, decision: tell.ReminderList) -> Reply:
        s, found = self._s, decision.reminders
        lines = [s.list, *self._p.lines(found, decision.now)] if found else [s.none]
        buttons = [
            Button(self._p.numbered(number, each), ManageReminder("show", each.id))
            for number, each in enumerate(found, start=1)
        ]
        if gone := decision.deleted:
            deleted = s.deleted.format(
                what=self._p.what(gone.what), when=self._calendar.when(gone, decision.now)
            )
            lines.insert(0, f"{deleted}\n")
            buttons.insert(0, self._p.manage(s.button_undo, "undo", gone))
        buttons.append(self._p.page(s.button_new, "new"))
        today = [each.schedule.local(decision.now).on for each in found]
        paused = [not each.active or each.is_paused(day) for each, day in zip(found, today, strict=True)]
        if not all(paused):
            buttons.append(self._p.page(s.button_pause_all, "pause_all"))
        if any(paused):
            buttons.append(self._p.page(s.button_resume_all, "resume_all"))
        return Reply("\n".join(lines), tuple(buttons))

    @write.register
    def _(self, decision: tell.NoReminders) -> Reply:
        return Reply(self._s.none, (self._p.page(self._s.button_new, "new"),))

    @write.register
    def _(self, decision: tell.ReminderShown) -> Reply:
        s, reminder = self._s, decision.reminder
        text = s.shown.format(
            what=self._p.what(reminder.what),
            when=self._calendar.when(reminder, decision.now),
            state=self._p.state(reminder, decision.now),
        )
        if decision.changed:
            text = f"{getattr(s, f'changed_{decision.changed}')} {text}"
        paused = not reminder.active or reminder.is_paused(today_of(reminder, decision.now))
        buttons = [self._p.manage(s.button_time, "retime", reminder)]
        if paused:
            buttons.append(self._p.manage(s.button_resume, "resume", reminder))
        else:
            today = today_of(reminder, decision.now).toordinal()
            buttons.append(self._p.manage(s.button_pause_one, "pause", reminder))
            buttons.append(Button(s.button_done_today, AnswerReminder("done", reminder.id, today)))
        buttons.append(self._p.manage(s.button_delete, "delete", reminder))
        return Reply(text, (*buttons, self._p.page(s.button_back, "list")))

    @write.register
    def _(self, decision: tell.AskNewTime) -> Reply:
        schedule = decision.reminder.schedule
        ask = self._s.ask_new_time.format(
            what=self._p.what(decision.reminder.what), when=self._calendar.clocks(schedule.times)
        )
        text = self._p.asking(self._p.fault(decision.fault), ask, self._s.new_time_example)
        return Reply(text, (self._p.manage(self._s.button_back_to_it, "show", decision.reminder),))

    @write.register
    def _(self, decision: tell.AskPause) -> Reply:
        s, today = self._s, decision.today
        if decision.choices:
            days = {self._calendar.date(day): day for day in decision.choices}
            return Reply(
                s.ask_pause_which,
                tuple(
                    Button(label, PauseReminder(decision.reminder, day.toordinal()))
                    for label, day in days.items()
                ),
            )
        fault = (
            getattr(s, f"pause_{decision.fault}") if decision.fault and decision.fault != "no_date" else ""
        )
        monday = today + timedelta(days=7 - today.weekday())
        ends = {s.button_until_tomorrow: today + timedelta(days=1)}
        if monday not in ends.values():
            ends[s.button_until_monday] = monday
        if today + timedelta(days=7) not in ends.values():
            ends[s.button_one_week] = today + timedelta(days=7)
        buttons = [
            Button(label, PauseReminder(decision.reminder, day.toordinal())) for label, day in ends.items()
        ]
        buttons.append(Button(s.button_until_i_say, PauseReminder(decision.reminder, 0)))
        return Reply(self._p.asking(fault, s.ask_pause, s.pause_example), tuple(buttons))

    @write.register
    def _(self, decision: tell.AllPaused) -> Reply:
        text = self._s.all_paused
        if decision.until:
            day = self._calendar.day(decision.until, decision.today)
            text = self._s.all_paused_until.format(day=day)
        return Reply(text, (self._p.page(self._s.button_resume_all, "resume_all"),))

    @write.register
    def _(self, decision: tell.AllSkipped) -> Reply:
        lines = [self._s.all_skipped, *self._p.lines(decision.reminders, decision.now)]
        return Reply("\n".join(lines), (self._p.page(self._s.button_list, "list"),))

    @write.register
    def _(self, decision: tell.OfferResume) -> Reply:
        buttons = (
            self._p.page(self._s.button_resume_all, "resume_all"),
            self._p.page(self._s.button_list, "list"),
        )
        return Reply(self._s.offer_resume, buttons)

    # --- quiet hours and the lock screen

    @write.register
    def _(self, decision: tell.QuietHoursSettings) -> Reply:
        s, quiet = self._s, decision.preferences.quiet
        state = s.quiet_none
        if quiet:
            template = s.quiet_move if quiet.then is InQuiet.MOVE else s.quiet_silent
            state = template.format(start=clock(quiet.start), end=clock(quiet.end))
        buttons = [
            Button(s.button_quiet_move, SetQuiet(EVENING, NIGHT_ENDS, "move")),
            Button(s.button_quiet_silent, SetQuiet(EVENING, NIGHT_ENDS, "silent")),
        ]
        if quiet:
            buttons.append(Button(s.button_quiet_off, SetQuiet(0, 0, "off")))
        return Reply(s.quiet.format(state=state), (*buttons, self._p.settings()))

    @write.register
    def _(self, decision: tell.LockScreenSettings) -> Reply:
        s, plain = self._s, decision.preferences.plain_text
        switch = self._p.page(s.button_say_more, "say_more")
        if plain:
            switch = self._p.page(s.button_say_less, "say_less")
        text = s.lock.format(state=s.lock_plain if plain else s.lock_neutral)
        return Reply(text, (switch, self._p.settings()))
