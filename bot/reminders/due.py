"""What to do about a reminder at a moment. Late is decided here: never a burst, never the same slot twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.reminders.reminder import Off, Reminder, turn_off
from bot.reminders.schedule import last_occurrence

ON_TIME = timedelta(minutes=5)
"""So late a reminder need not say so: thousands that are due at eight take a few minutes to send."""
LATEST = timedelta(hours=2)
GIVES_WAY = timedelta(hours=1)
"""A snooze that would come so soon after the next regular message does not come."""
ASK_AFTER_IGNORED = 5
MOST_TOGETHER = 6
"""How many reminders one message holds: its buttons have to name them all."""


class Act(StrEnum):
    """What to do about a reminder."""

    WAIT = "wait"
    """Nothing is due."""
    SEND = "send"
    SEND_LATE = "send_late"
    """Send, and say the time it was meant for."""
    SKIP = "skip"
    """Too late: the next one comes at its time."""
    HOLD = "hold"
    """Quiet hours: it is due at ``Reminder.next_due``."""
    ASK_TO_PAUSE = "ask_to_pause"
    """Five were not answered: ask whether to pause, instead of reminding."""
    PAUSE = "pause"
    """The question was not answered either: it is off now, without another word."""


@dataclass(frozen=True)
class Due:
    """What to do, and the reminder as it is from then on.

    ``on`` is the local date that the message's buttons carry, ``at`` the local time it was meant for. A
    ``silent`` message comes without a sound.
    """

    act: Act
    reminder: Reminder
    on: date | None = None
    at: time | None = None
    silent: bool = False

    @property
    def sends(self) -> bool:
        """Whether there is a message to send."""
        return self.act in (Act.SEND, Act.SEND_LATE, Act.ASK_TO_PAUSE)


def due(reminder: Reminder, now: datetime) -> Due:
    """What to do about one reminder at ``now``. Of several slots that have come only the last counts."""
    last = last_occurrence(reminder.schedule, now, reminder.handled) if reminder.active else None
    if last is not None and (reminder.is_paused(last.slot.on) or reminder.is_after_the_last(last.slot.on)):
        last = None
    snoozed = reminder.snoozed_until if reminder.active else None
    if snoozed is not None and snoozed <= now and (last is None or last.moment < snoozed):
        local = reminder.schedule.local(snoozed)
        return _at(reminder, snoozed, reminder.waiting_on or local.on, local.at, now, regular=False)
    if last is not None:
        return _at(reminder, last.moment, last.slot.on, last.slot.at, now, regular=True)
    return Due(Act.WAIT, reminder)


def _at(reminder: Reminder, planned: datetime, on: date, at: time, now: datetime, *, regular: bool) -> Due:
    moment = reminder.after_quiet(planned)
    if now < moment:
        return Due(Act.HOLD, reminder)
    rest = _without_what_has_come(reminder, now)
    if now - moment > LATEST:
        return Due(Act.SKIP, rest)
    ignored = reminder.ignored_in_a_row + (regular and reminder.waiting_on is not None)
    if ignored > ASK_AFTER_IGNORED:
        return Due(Act.PAUSE, turn_off(rest, Off.IGNORED))
    act = Act.SEND_LATE if now - moment > ON_TIME else Act.SEND
    if regular and ignored == ASK_AFTER_IGNORED:
        act = Act.ASK_TO_PAUSE
    if regular and moment != planned:
        on = reminder.schedule.local(moment).on  # who gets yesterday's at seven does it today
    silent = reminder.quiet is not None and reminder.quiet.hold(reminder.schedule.local(now).at)
    return Due(act, replace(rest, waiting_on=on, ignored_in_a_row=ignored), on, at, silent)


def _without_what_has_come(reminder: Reminder, now: datetime) -> Reminder:
    """The reminder with everything dealt with that was due at ``now``, or will be in a moment."""
    last = last_occurrence(reminder.schedule, now, reminder.handled)
    handled = reminder.handled if last is None else last.slot
    snoozed = reminder.snoozed_until
    keep = snoozed is not None and snoozed - now > (timedelta() if last is None else GIVES_WAY)
    return replace(reminder, handled=handled, snoozed_until=snoozed if keep else None)


def let_go(reminder: Reminder, now: datetime) -> Reminder:
    """The reminder at a moment at which nothing may come: what is due is let go."""
    nothing = (Act.WAIT, Act.HOLD)
    return reminder if due(reminder, now).act in nothing else _without_what_has_come(reminder, now)


def due_together(reminders: Sequence[Reminder], now: datetime) -> tuple[Due, ...]:
    """What to do about all reminders of one person, in order. The same thing is sent once: the newest."""
    found = tuple(due(each, now) for each in reminders)
    newest = {each.reminder.what: each for each in _oldest_first(found)}
    return _only(reminders, found, list(newest.values()), now)


def after_downtime(reminders: Sequence[Reminder], now: datetime) -> tuple[Due, ...]:
    """The same for the first time after a start: no more than fits into one message, the newest."""
    found = due_together(reminders, now)
    newest = _oldest_first(found)[-MOST_TOGETHER:]
    return _only(reminders, found, [each for each in newest if fit_together(each, newest[-1])], now)


def gathered(found: Iterable[Due]) -> tuple[tuple[Due, ...], ...]:
    """What is to be sent, gathered into as few messages as can be."""
    together: list[list[Due]] = []
    for each in found:
        if not each.sends:
            continue
        fitting = (those for those in together if fit_together(each, those[0]) and len(those) < MOST_TOGETHER)
        if those := next(fitting, None):
            those.append(each)
        else:
            together.append([each])
    return tuple(map(tuple, together))


def fit_together(one: Due, other: Due) -> bool:
    """Whether two can stand in one message: they are about one date, and both remind or both ask."""
    return one.on == other.on and (one.act is Act.ASK_TO_PAUSE) == (other.act is Act.ASK_TO_PAUSE)


def _oldest_first(found: Iterable[Due]) -> list[Due]:
    return sorted((each for each in found if each.sends), key=lambda each: (each.on, each.at))


def _only(
    reminders: Sequence[Reminder], found: Sequence[Due], sent: Collection[Due], now: datetime
) -> tuple[Due, ...]:
    """What was found, with nothing sent but these."""
    return tuple(
        Due(Act.SKIP, _without_what_has_come(reminder, now)) if each.sends and each not in sent else each
        for reminder, each in zip(reminders, found, strict=True)
    )
