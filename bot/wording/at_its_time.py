"""Words of a reminder that has come, and of the answers to it. They give nothing away on a locked screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import singledispatchmethod

from bot.conversation import reminder_decisions as tell
from bot.conversation.reminder_actions import Answering, AnswerReminder, AnswerTogether
from bot.reminders.reminder import Reminder
from bot.wording.calendar import clock
from bot.wording.hold_steps import begun
from bot.wording.reminder_pieces import ReminderPart, today_of
from bot.wording.reply import Button, Reply

_LATER: tuple[Answering, ...] = ("ten_minutes", "hour", "evening")


class DueWriter(ReminderPart):
    """Writes reminders and what became of them."""

    @singledispatchmethod
    def write(self, decision: object) -> Reply | None:
        """The reply to ``decision``; ``None`` when it is about something else."""
        return None

    @write.register
    def _(self, decision: tell.ReminderDue) -> Reply:
        s, reminder = self._s, decision.reminder
        text = s.due.format(length=self._p.length(reminder.what))
        if not reminder.private_text:
            text = s.due_plain.format(what=self._p.what(reminder.what))
        if decision.late:
            text += " " + s.late.format(time=clock(decision.at))
        verbs: tuple[Answering, ...] = ("start", *_LATER, "done", "skip")
        if decision.ask_to_pause:
            text, verbs = s.ask_to_pause, ("pause", "keep", "start")
        buttons = [self._answer(verb, decision) for verb in verbs]
        if not decision.ask_to_pause:
            buttons.append(self._p.manage(s.button_change, "show", reminder))
        return Reply(text, tuple(buttons), silent=decision.silent, reminds=True)

    @write.register
    def _(self, decision: tell.RemindersDue) -> Reply:
        s, first = self._s, decision.those[0]
        lines = [s.ask_to_pause_all if first.ask_to_pause else s.due_together]
        for number, each in enumerate(decision.those, start=1):
            late = s.late.format(time=clock(each.at)) if each.late else ""
            lines.append(self._line(number, each.reminder, late))
        ids = tuple(each.reminder.id for each in decision.those)
        answer = AnswerTogether("show", ids, 0, first.on.toordinal())
        if first.ask_to_pause:
            buttons = [self._for_all(verb, answer) for verb in ("pause", "keep")]
        else:
            buttons = self._together(answer, range(1, len(ids) + 1))
        silent = all(each.silent for each in decision.those)
        return Reply("\n".join(lines), tuple(buttons), silent=silent, reminds=True)

    def _line(self, number: int, reminder: Reminder, state: str) -> str:
        """One of several, which says what it is about only where it may."""
        what = begun(self._p.length(reminder.what))
        if not reminder.private_text:
            what = self._p.what(reminder.what)
        return " ".join(filter(None, (self._s.one_of_them.format(number=number, what=what), state)))

    def _together(self, answer: AnswerTogether, open_places: Iterable[int]) -> list[Button]:
        """Buttons to start or end each reminder that waits, and to answer all of them."""
        s, places = self._s, tuple(open_places)
        buttons = []
        for place in places:
            start, done = (replace(answer, verb=verb, place=place) for verb in ("start", "done"))
            buttons.append(Button(s.button_start_one.format(number=place), start))
            buttons.append(Button(s.button_done_one.format(number=place), done))
        if places:
            buttons += [self._for_all(verb, answer) for verb in (*_LATER, "done", "skip")]
        return [*buttons, self._p.page(s.button_list, "list")]

    def _for_all(self, verb: Answering, answer: AnswerTogether) -> Button:
        labels = {"done": self._s.button_all_done, "evening": self._s.button_this_evening}
        label = labels.get(verb) or getattr(self._s, f"button_{verb}")
        return Button(label, replace(answer, verb=verb, place=0))

    @write.register
    def _(self, decision: tell.TogetherAnswered) -> Reply:
        s, answer, now = self._s, decision.answer, decision.now
        on = date.fromordinal(answer.on)
        numbered = tuple(enumerate(decision.reminders, start=1))
        places = [number for number, each in numbered if each and each.is_open(on)]
        lines = [s.due_together] if places else []
        for number, each in numbered:
            lines.append(self._line(number, each, self._became(each, on, now)) if each else s.gone)
        if decision.days_in_a_row > 1 and not places:
            lines.append(s.done_in_a_row.format(number=decision.days_in_a_row))
        toasts = {"done": s.toast_done, "skip": s.toast_skipped, "keep": s.toast_kept}
        toast = toasts.get(answer.verb)
        if decision.past:
            toast = s.toast_past
        elif answer.verb == "pause":
            toast = s.toast_turned_off
        elif answer.verb in _LATER:
            toast = self._later(decision)
        return Reply("\n".join(lines), tuple(self._together(answer, places)), toast)

    def _became(self, reminder: Reminder, on: date, now: datetime) -> str:
        """What became of one of several; nothing while it waits."""
        if reminder.last_done_on == on:
            return self._s.became_done
        if reminder.is_open(on):
            until = reminder.snoozed_until and reminder.after_quiet(reminder.snoozed_until)
            return self._again(until, reminder, now) if until else ""
        return self._p.state(reminder, now)

    def _again(self, until: datetime, reminder: Reminder, now: datetime) -> str:
        return self._s.snoozed.format(when=self._calendar.moment(until, reminder, now))

    def _later(self, decision: tell.TogetherAnswered) -> str | None:
        """At which time the first of them comes again."""
        there = [each for each in decision.reminders if each and each.snoozed_until]
        again = [(each.after_quiet(each.snoozed_until), each) for each in there if each.snoozed_until]
        if not again:
            return None
        until, reminder = min(again, key=lambda each: each[0])
        return self._toast_later(until, reminder)

    @write.register
    def _(self, decision: tell.ReminderAnswered) -> Reply:
        s, today = self._s, today_of(decision.reminder, decision.now)
        state = self._p.state(decision.reminder, decision.now)
        if decision.past:
            return Reply(f"{s.past} {state}", toast=s.toast_past)
        match decision.verb:
            case "done":
                text = s.done
                if decision.on != today:
                    text = s.done_before.format(day=self._calendar.day(decision.on, today))
                elif decision.days_in_a_row > 1:
                    text += " " + s.done_in_a_row.format(number=decision.days_in_a_row)
                return Reply(text, toast=s.toast_done)
            case "skip":
                return Reply(f"{s.skipped} {state}", toast=s.toast_skipped)
            case "keep":
                return Reply(f"{s.kept} {state}", toast=s.toast_kept)
            case "pause":
                resume = self._p.manage(s.button_resume, "resume", decision.reminder)
                return Reply(s.turned_off, (resume,), s.toast_turned_off)
            case _:
                return self._put_off(decision)

    def _put_off(self, decision: tell.ReminderAnswered) -> Reply:
        until, reminder = decision.until or decision.now, decision.reminder
        buttons = (self._answer(verb, decision) for verb in ("start", "done", "skip"))
        text, toast = self._again(until, reminder, decision.now), self._toast_later(until, reminder)
        return Reply(text, tuple(buttons), toast)

    def _toast_later(self, until: datetime, reminder: Reminder) -> str:
        at = until.astimezone(reminder.schedule.zone_info).time()
        return self._s.toast_snoozed.format(time=clock(at))

    @write.register
    def _(self, decision: tell.ReminderGone) -> Reply:
        return Reply(self._s.gone, (self._p.page(self._s.button_list, "list"),), self._s.gone)

    def _answer(self, verb: Answering, decision: tell.ReminderDue | tell.ReminderAnswered) -> Button:
        labels = {"evening": self._s.button_this_evening}
        label = labels.get(verb) or getattr(self._s, f"button_{verb}")
        return Button(label, AnswerReminder(verb, decision.reminder.id, decision.on.toordinal()))
