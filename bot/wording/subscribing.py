"""Words on the way to a reminder: what of, when, consent, the zone, and the confirmation."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatchmethod

from bot.conversation import actions
from bot.conversation import reminder_decisions as tell
from bot.conversation.reminder_actions import (
    ALL_DAYS,
    PickZone,
    Subscribe,
)
from bot.conversation.zoning import mark_of_zone
from bot.guidance.looking import DAILY
from bot.wording.calendar import clock, minutes
from bot.wording.pieces import bold, escape
from bot.wording.reminder_pieces import ReminderPart, today_of
from bot.wording.reply import Button, Reply

WEEKDAYS = 31


class SubscribingWriter(ReminderPart):
    """Writes the words of decisions about subscribing."""

    @singledispatchmethod
    def write(self, decision: object) -> Reply | None:
        """The reply to ``decision``; ``None`` when it is about something else."""
        return None

    @write.register
    def _(self, decision: tell.AskWhat) -> Reply:
        whats = (*decision.routines, DAILY)
        return Reply(
            self._s.ask_what,
            tuple(Button(self._p.button(what), replace(decision.draft, what=what)) for what in whats),
        )

    @write.register
    def _(self, decision: tell.AskWhen) -> Reply:
        draft = decision.draft
        ask = self._s.ask_when_of.format(what=self._p.what(draft.what)) if draft.what else self._s.ask_when
        presets = {
            self._s.button_every_morning: (ALL_DAYS, (8 * 60,)),
            self._s.button_every_noon: (ALL_DAYS, (12 * 60 + 30,)),
            self._s.button_every_evening: (ALL_DAYS, (20 * 60,)),
            self._s.button_weekdays: (WEEKDAYS, (9 * 60,)),
        }
        buttons = [
            Button(label, replace(draft, days=days, times=times)) for label, (days, times) in presets.items()
        ]
        return Reply(self._p.asking(self._p.fault(decision.fault), ask), tuple(buttons))

    @write.register
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

    @write.register
    def _(self, decision: tell.AskToStore) -> Reply:
        return Reply(
            self._s.ask_to_store,
            (
                Button(self._s.button_agree, replace(decision.draft, agreed="on")),
                Button(self._s.button_decline, actions.Decline()),
                Button(self._library.words.settings.button_privacy_full, actions.ShowPrivacy()),
            ),
        )

    @write.register
    def _(self, decision: tell.AskZone) -> Reply:
        why = getattr(self._s, f"zone_{decision.tried}") if decision.tried else self._s.ask_zone
        return Reply(why, ask_place=self._s.button_place)

    @write.register
    def _(self, decision: tell.PlaceKeyGone) -> Reply:
        text = self._s.place_key_gone
        if decision.zone:
            text = self._s.known_zone.format(place=self._calendar.zone(decision.zone))
        return Reply(text, silent=True, takes_key=True)

    @write.register
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

    @write.register
    def _(self, decision: tell.ZoneSet) -> Reply:
        place, now = self._calendar.zone(decision.zone), self._calendar.live(decision.now, decision.zone)
        text = self._s.zone_set.format(place=place, clock=now)
        buttons = [self._p.page(self._s.button_zone_other, "zone")]
        if decision.reminders:
            lines = self._p.lines(decision.reminders, decision.now)
            text += "\n\n" + "\n".join((self._s.zone_reminders, *lines))
            buttons.append(self._p.page(self._s.button_list, "list"))
        return Reply(text, tuple(buttons))

    @write.register
    def _(self, decision: tell.Subscribed) -> Reply:
        s, reminder = self._s, decision.reminder
        template = s.subscribed if reminder.last_on is None else s.subscribed_once
        text = (s.already if decision.already else template).format(
            what=self._p.what(reminder.what), when=self._calendar.when(reminder, decision.now)
        )
        following = reminder.next_due()
        if following is None:
            text += f" {s.already_off}"
        elif reminder.last_on is None:
            local, today = reminder.schedule.local(following), today_of(reminder, decision.now)
            text += "\n" + s.your_clock.format(
                day=self._calendar.day(local.on, today),
                time=clock(local.at),
                place=self._calendar.zone(reminder.schedule.zone),
                clock=self._calendar.live(following, reminder.schedule.zone),
            )
        buttons = (
            self._p.manage(s.button_time, "retime", reminder),
            self._p.page(s.button_zone, "zone"),
            self._p.page(s.button_list, "list"),
        )
        return Reply(text, buttons)

    @write.register
    def _(self, decision: tell.TooManyReminders) -> Reply:
        return Reply(self._s.too_many, (self._p.page(self._s.button_list, "list"),))

    @write.register
    def _(self, decision: tell.NotForReminding) -> Reply:
        text = self._s.not_for_reminding.format(
            what=self._p.what(decision.what),
            conditions=self._pieces.conditions(decision.rules),
            reason=self._pieces.reason(decision.rules),
        )
        return Reply(text, (Button(self._s.other_point, Subscribe(person=decision.person.elsewhere())),))

    @write.register
    def _(self, decision: tell.RemindersEnded) -> Reply:
        text = self._s.ended.format(
            whats=self._pieces.listed([self._p.what(each) for each in decision.whats]),
            conditions=self._pieces.conditions(decision.rules),
        )
        return Reply(text, (self._p.page(self._s.button_list, "list"),))

    @write.register
    def _(self, decision: tell.AlsoSeeDoctor) -> Reply:
        sign = self._library.words.red_flags[decision.red_flag].name
        return Reply(bold(self._library.words.sentences.doctor_soon.format(sign=sign)))

    @write.register
    def _(self, decision: tell.RemindInPrivate) -> Reply:
        return Reply(self._s.in_private, toast=self._s.in_private, toast_only=True)
