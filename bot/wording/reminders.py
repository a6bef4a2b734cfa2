"""Words about reminders. The message itself gives nothing away on a locked screen, unless it was asked to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import singledispatchmethod

from bot.conversation import actions
from bot.conversation import reminder_decisions as tell
from bot.conversation.memory import Preferences
from bot.conversation.reminder_actions import (
    Answering,
    AnswerReminder,
    ManageReminder,
    Managing,
    Page,
    PauseReminder,
    PickZone,
    SetQuiet,
    ShowReminders,
    Subscribe,
)
from bot.conversation.zoning import mark_of_zone
from bot.guidance.offer import Person
from bot.library import Library
from bot.reminders.reminder import InQuiet, Off, Reminder
from bot.wording.calendar import Calendar, clock, minutes
from bot.wording.pieces import Pieces, bold, escape
from bot.wording.reply import Button, Reply

ALL_DAYS, WEEKDAYS = 127, 31
EVENING, NIGHT_ENDS = 22 * 60, 7 * 60
SHORT_SECONDS = 150
"""Up to here it is two minutes."""
_LATER: tuple[Answering, ...] = ("ten_minutes", "hour", "evening")
_OFF = {Off.BLOCKED: "state_blocked", Off.SAFETY: "state_safety"}


class ReminderWriter:
    """Writes the words of decisions about reminders."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._s = library.words.reminders
        self._pieces = Pieces(library)
        self._calendar = Calendar(library)

    def write(self, decision: tell.ReminderDecision) -> Reply:
        """The reply to ``decision``."""
        return self._write(decision)

    def remind_button(self, what: str, person: Person) -> Button:
        """The button that subscribes to a routine or a point."""
        return Button(self._s.button_remind, Subscribe(what, person=person.elsewhere()))

    def done_button(self, decision: tell.PointAtItsTime) -> Button:
        """The button that answers a reminder from the page that it opened."""
        answer = AnswerReminder("done", decision.reminder.id, decision.on.toordinal())
        return Button(self._s.button_done, answer)

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
            self._page(self._s.button_zone, "zone"),
            self._page(self._s.button_quiet, "quiet"),
            self._page(self._s.button_lock, "lock"),
        )

    @singledispatchmethod
    def _write(self, decision: object) -> Reply:
        raise TypeError(f"no words for {type(decision).__name__}")

    # --- subscribing

    @_write.register
    def _(self, decision: tell.AskWhat) -> Reply:
        names = self._library.words.routines
        return Reply(
            self._s.ask_what,
            tuple(
                Button(names[routine].button, replace(decision.draft, what=routine))
                for routine in decision.routines
            ),
        )

    @_write.register
    def _(self, decision: tell.AskWhen) -> Reply:
        draft = decision.draft
        ask = self._s.ask_when_of.format(what=self.what(draft.what)) if draft.what else self._s.ask_when
        presets = {
            self._s.button_every_morning: (ALL_DAYS, (8 * 60,)),
            self._s.button_every_noon: (ALL_DAYS, (12 * 60 + 30,)),
            self._s.button_every_evening: (ALL_DAYS, (20 * 60,)),
            self._s.button_weekdays: (WEEKDAYS, (9 * 60,)),
        }
        buttons = [
            Button(label, replace(draft, days=days, times=times)) for label, (days, times) in presets.items()
        ]
        return Reply(self._asking(self._fault(decision.fault), ask), tuple(buttons))

    @_write.register
    def _(self, decision: tell.AskHalf) -> Reply:
        morning, evening = (
            self._calendar.clocks(minutes(each.times)) for each in (decision.morning, decision.evening)
        )
        return Reply(
            self._s.ask_half.format(morning=morning, evening=evening),
            (
                Button(self._s.button_morning.format(time=morning), decision.morning),
                Button(self._s.button_evening.format(time=evening), decision.evening),
            ),
        )

    @_write.register
    def _(self, decision: tell.AskToStore) -> Reply:
        return Reply(
            self._s.ask_to_store,
            (
                Button(self._s.button_agree, replace(decision.draft, agreed="on")),
                Button(self._s.button_decline, actions.Decline()),
                Button(self._library.words.settings.button_privacy_full, actions.ShowPrivacy()),
            ),
        )

    @_write.register
    def _(self, decision: tell.AskZone) -> Reply:
        why = getattr(self._s, f"zone_{decision.tried}") if decision.tried else self._s.ask_zone
        return Reply(why, ask_place=self._s.button_place)

    @_write.register
    def _(self, decision: tell.WhichZone) -> Reply:
        labels = self._calendar.places(decision.places)
        text = self._s.which_zone
        if len(labels) == 1:
            zone, name = next(iter(labels.items()))
            text = self._s.is_it_zone.format(
                place=escape(name), clock=self._calendar.live(decision.now, zone)
            )
        buttons = [Button(label, PickZone(mark_of_zone(zone))) for zone, label in labels.items()]
        return Reply(text, tuple(buttons))

    @_write.register
    def _(self, decision: tell.ZoneSet) -> Reply:
        place, now = self._calendar.zone(decision.zone), self._calendar.live(decision.now, decision.zone)
        text = self._s.zone_set.format(place=place, clock=now)
        if decision.reminders:
            lines = self._lines(decision.reminders, decision)
            text += "\n\n" + "\n".join((self._s.zone_reminders, *lines))
        return Reply(
            text, (self._page(self._s.button_zone_other, "zone"), *self._to_list(decision.reminders))
        )

    @_write.register
    def _(self, decision: tell.Subscribed) -> Reply:
        s, reminder = self._s, decision.reminder
        template = s.subscribed if reminder.last_on is None else s.subscribed_once
        text = (s.already if decision.already else template).format(
            what=self.what(reminder.what), when=self._calendar.when(reminder, decision.now)
        )
        following = reminder.next_due()
        if following is None:
            text += f" {s.already_off}"
        elif reminder.last_on is None:
            local, today = reminder.schedule.local(following), self._today(reminder, decision)
            text += "\n" + s.your_clock.format(
                day=self._calendar.day(local.on, today),
                time=clock(local.at),
                place=self._calendar.zone(reminder.schedule.zone),
                clock=self._calendar.live(following, reminder.schedule.zone),
            )
        buttons = (
            self._manage(s.button_time, "retime", reminder),
            self._page(s.button_zone, "zone"),
            self._page(s.button_list, "list"),
        )
        return Reply(text, buttons)

    @_write.register
    def _(self, decision: tell.TooManyReminders) -> Reply:
        return Reply(self._s.too_many, (self._page(self._s.button_list, "list"),))

    @_write.register
    def _(self, decision: tell.NotForReminding) -> Reply:
        text = self._s.not_for_reminding.format(
            what=self.what(decision.what),
            conditions=self._pieces.conditions(decision.rules),
            reason=self._pieces.reason(decision.rules),
        )
        return Reply(text, (Button(self._s.other_point, Subscribe(person=decision.person.elsewhere())),))

    @_write.register
    def _(self, decision: tell.RemindersEnded) -> Reply:
        text = self._s.ended.format(
            whats=self._pieces.listed([self.what(each) for each in decision.whats]),
            conditions=self._pieces.conditions(decision.rules),
        )
        return Reply(text, (self._page(self._s.button_list, "list"),))

    @_write.register
    def _(self, decision: tell.AlsoSeeDoctor) -> Reply:
        sign = self._library.words.red_flags[decision.red_flag].name
        return Reply(bold(self._library.words.sentences.doctor_soon.format(sign=sign)))

    @_write.register
    def _(self, decision: tell.RemindInPrivate) -> Reply:
        return Reply(self._s.in_private, toast=self._s.in_private, toast_only=True)

    # --- at its time

    @_write.register
    def _(self, decision: tell.ReminderDue) -> Reply:
        s, reminder = self._s, decision.reminder
        text = s.due.format(length=self._length(reminder.what))
        if not reminder.private_text:
            text = s.due_plain.format(what=self.what(reminder.what))
        if decision.late:
            text += " " + s.late.format(time=clock(decision.at))
        verbs: tuple[Answering, ...] = ("start", *_LATER, "done", "skip")
        if decision.ask_to_pause:
            text, verbs = s.ask_to_pause, ("pause", "keep", "start")
        buttons = [self._answer(verb, decision) for verb in verbs]
        if not decision.ask_to_pause:
            buttons.append(self._manage(s.button_change, "show", reminder))
        return Reply(text, tuple(buttons), silent=decision.silent, reminds=True)

    @_write.register
    def _(self, decision: tell.ReminderAnswered) -> Reply:
        s, today = self._s, self._today(decision.reminder, decision)
        if decision.past:
            return Reply(f"{s.past} {self._next(decision)}", toast=s.toast_past)
        match decision.verb:
            case "done":
                text = s.done
                if decision.on != today:
                    text = s.done_before.format(day=self._calendar.day(decision.on, today))
                elif decision.days_in_a_row > 1:
                    text += " " + s.done_in_a_row.format(number=decision.days_in_a_row)
                return Reply(text, toast=s.toast_done)
            case "skip":
                return Reply(f"{s.skipped} {self._next(decision)}", toast=s.toast_skipped)
            case "keep":
                return Reply(f"{s.kept} {self._next(decision)}", toast=s.toast_kept)
            case "pause":
                resume = self._manage(s.button_resume, "resume", decision.reminder)
                return Reply(s.turned_off, (resume,), s.toast_turned_off)
            case _:
                return self._put_off(decision)

    def _put_off(self, decision: tell.ReminderAnswered) -> Reply:
        until, reminder = decision.until or decision.now, decision.reminder
        text = self._s.snoozed.format(when=self._calendar.moment(until, reminder, decision.now))
        at = until.astimezone(reminder.schedule.zone_info).time()
        toast = self._s.toast_snoozed.format(time=clock(at))
        buttons = (self._answer(verb, decision) for verb in ("start", "done", "skip"))
        return Reply(text, tuple(buttons), toast)

    @_write.register
    def _(self, decision: tell.ReminderGone) -> Reply:
        return Reply(self._s.gone, (self._page(self._s.button_list, "list"),), self._s.gone)

    # --- the list

    @_write.register
    def _(self, decision: tell.ReminderList) -> Reply:
        s, found = self._s, decision.reminders
        lines = [s.list, *self._lines(found, decision)] if found else [s.none]
        buttons = [
            Button(self._numbered(number, each), ManageReminder("show", each.id))
            for number, each in enumerate(found, start=1)
        ]
        if gone := decision.deleted:
            deleted = s.deleted.format(
                what=self.what(gone.what), when=self._calendar.when(gone, decision.now)
            )
            lines.insert(0, f"{deleted}\n")
            buttons.insert(0, self._manage(s.button_undo, "undo", gone))
        buttons.append(self._page(s.button_new, "new"))
        today = [each.schedule.local(decision.now).on for each in found]
        paused = [not each.active or each.is_paused(day) for each, day in zip(found, today, strict=True)]
        if not all(paused):
            buttons.append(self._page(s.button_pause_all, "pause_all"))
        if any(paused):
            buttons.append(self._page(s.button_resume_all, "resume_all"))
        return Reply("\n".join(lines), tuple(buttons))

    @_write.register
    def _(self, decision: tell.NoReminders) -> Reply:
        return Reply(self._s.none, (self._page(self._s.button_new, "new"),))

    @_write.register
    def _(self, decision: tell.ReminderShown) -> Reply:
        s, reminder = self._s, decision.reminder
        text = s.shown.format(
            what=self.what(reminder.what),
            when=self._calendar.when(reminder, decision.now),
            state=self._state(reminder, decision),
        )
        if decision.changed:
            text = f"{getattr(s, f'changed_{decision.changed}')} {text}"
        paused = not reminder.active or reminder.is_paused(self._today(reminder, decision))
        buttons = [self._manage(s.button_time, "retime", reminder)]
        if paused:
            buttons.append(self._manage(s.button_resume, "resume", reminder))
        else:
            today = self._today(reminder, decision).toordinal()
            buttons.append(self._manage(s.button_pause_one, "pause", reminder))
            buttons.append(Button(s.button_done_today, AnswerReminder("done", reminder.id, today)))
        buttons.append(self._manage(s.button_delete, "delete", reminder))
        return Reply(text, (*buttons, self._page(s.button_back, "list")))

    @_write.register
    def _(self, decision: tell.AskNewTime) -> Reply:
        schedule = decision.reminder.schedule
        ask = self._s.ask_new_time.format(
            what=self.what(decision.reminder.what), when=self._calendar.clocks(schedule.times)
        )
        text = self._asking(self._fault(decision.fault), ask, self._s.new_time_example)
        return Reply(text, (self._manage(self._s.button_back_to_it, "show", decision.reminder),))

    @_write.register
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
        return Reply(self._asking(fault, s.ask_pause, s.pause_example), tuple(buttons))

    @_write.register
    def _(self, decision: tell.AllPaused) -> Reply:
        text = self._s.all_paused
        if decision.until:
            day = self._calendar.day(decision.until, decision.today)
            text = self._s.all_paused_until.format(day=day)
        return Reply(text, (self._page(self._s.button_resume_all, "resume_all"),))

    @_write.register
    def _(self, decision: tell.AllSkipped) -> Reply:
        lines = [self._s.all_skipped, *self._lines(decision.reminders, decision)]
        return Reply("\n".join(lines), (self._page(self._s.button_list, "list"),))

    @_write.register
    def _(self, decision: tell.OfferResume) -> Reply:
        buttons = (
            self._page(self._s.button_resume_all, "resume_all"),
            self._page(self._s.button_list, "list"),
        )
        return Reply(self._s.offer_resume, buttons)

    # --- quiet hours and the lock screen

    @_write.register
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
        return Reply(s.quiet.format(state=state), (*buttons, self._settings()))

    @_write.register
    def _(self, decision: tell.LockScreenSettings) -> Reply:
        s, plain = self._s, decision.preferences.plain_text
        switch = self._page(s.button_say_more, "say_more")
        if plain:
            switch = self._page(s.button_say_less, "say_less")
        text = s.lock.format(state=s.lock_plain if plain else s.lock_neutral)
        return Reply(text, (switch, self._settings()))

    # --- pieces

    def what(self, what: str) -> str:
        """A routine or a point in a sentence."""
        routine = self._library.words.routines.get(what)
        return self._s.routine.format(name=escape(routine.name)) if routine else self._pieces.point(what)

    def _length(self, what: str) -> str:
        """How long it takes, in whole minutes; a point takes about two."""
        routine = self._library.routines.get(what)
        seconds = routine.total_seconds if routine else SHORT_SECONDS
        if seconds <= SHORT_SECONDS:
            return self._s.length_two
        return self._s.length_minutes.format(number=round(seconds / 60))

    def _numbered(self, number: int, reminder: Reminder) -> str:
        routine = self._library.words.routines.get(reminder.what)
        return self._s.numbered.format(number=number, what=routine.button if routine else reminder.what)

    def _fault(self, fault: tell.TimeFault | None) -> str:
        return str(getattr(self._s, f"fault_{fault}")) if fault and fault != "no_time" else ""

    def _asking(self, fault: str, ask: str, example: str = "") -> str:
        return " ".join(filter(None, (fault, ask, example or self._s.example)))

    def _lines(
        self,
        reminders: Iterable[Reminder],
        decision: tell.ReminderList | tell.ZoneSet | tell.AllSkipped,
    ) -> list[str]:
        return [
            self._s.line.format(
                number=number,
                what=self.what(each.what),
                when=self._calendar.when(each, decision.now),
                state=self._state(each, decision),
            )
            for number, each in enumerate(reminders, start=1)
        ]

    def _state(
        self,
        reminder: Reminder,
        decision: tell.ReminderList
        | tell.ZoneSet
        | tell.AllSkipped
        | tell.ReminderShown
        | tell.ReminderAnswered,
    ) -> str:
        if reminder.off:
            return str(getattr(self._s, _OFF.get(reminder.off, "state_off")))
        today = reminder.schedule.local(decision.now).on
        if reminder.paused_until and today < reminder.paused_until:
            return self._s.state_paused.format(day=self._calendar.day(reminder.paused_until, today))
        following = reminder.next_due()
        if following is None:
            return self._s.next_none
        return self._s.state_next.format(when=self._calendar.moment(following, reminder, decision.now))

    def _next(self, decision: tell.ReminderAnswered) -> str:
        return self._state(decision.reminder, decision)

    def _today(
        self,
        reminder: Reminder,
        decision: tell.ReminderAnswered | tell.ReminderShown | tell.Subscribed,
    ) -> date:
        return reminder.schedule.local(decision.now).on

    def _answer(self, verb: Answering, decision: tell.ReminderDue | tell.ReminderAnswered) -> Button:
        labels = {"evening": self._s.button_this_evening}
        label = labels.get(verb) or getattr(self._s, f"button_{verb}")
        return Button(label, AnswerReminder(verb, decision.reminder.id, decision.on.toordinal()))

    def _manage(self, label: str, verb: Managing, reminder: Reminder) -> Button:
        return Button(label, ManageReminder(verb, reminder.id))

    def _page(self, label: str, page: Page) -> Button:
        return Button(label, ShowReminders(page))

    def _to_list(self, reminders: Iterable[Reminder]) -> tuple[Button, ...]:
        return (self._page(self._s.button_list, "list"),) if tuple(reminders) else ()

    def _settings(self) -> Button:
        return Button(self._library.words.settings.button_back, actions.ShowSettings())
