"""A reminder and what a person can do to it. Nothing here reads a clock, and every change is a new value.

The cursor of a reminder is ``handled``: a slot of the person's own day up to which everything has been sent
or let go. It is local on purpose. Nothing comes twice on one local day, whatever happens to clocks, zones or
the process, and nobody is woken for what lies behind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.reminders.schedule import Schedule, Slot, moment_of, next_occurrence

MOST_REMINDERS = 10
"""For one person."""
MOST_REMINDER_ID = 9999
EVENING = time(20)
"""The local time to which "this evening" snoozes."""
LEAST_SNOOZE_TO_EVENING = timedelta(minutes=30)
LATE_EVENING_SNOOZE = timedelta(hours=1)


class Off(StrEnum):
    """Why a reminder is off until somebody turns it on again."""

    ASKED = "asked"
    IGNORED = "ignored"
    BLOCKED = "blocked"
    """Telegram says that the person has blocked the bot or is gone."""
    SAFETY = "safety"
    """What it is about is not for the person any more."""


class InQuiet(StrEnum):
    """What becomes of a reminder in quiet hours."""

    MOVE = "move"
    """It waits for their end."""
    SILENT = "silent"
    """It comes without a sound."""


@dataclass(frozen=True)
class QuietHours:
    """From ``start`` up to ``end``, in local time; they may pass midnight.

    Raises ``ValueError`` if these are the same.
    """

    start: time
    end: time
    then: InQuiet = InQuiet.MOVE

    def __post_init__(self) -> None:
        if self.start == self.end:
            raise ValueError("quiet hours need a beginning and an end")

    def hold(self, at: time) -> bool:
        """Whether a local time lies in them."""
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def end_after(self, moment: datetime, schedule: Schedule) -> datetime:
        """The moment at which the quiet hours end that hold at ``moment``."""
        slot = schedule.local(moment)
        day = slot.on if slot.at < self.end else slot.on + timedelta(days=1)
        end = moment_of(Slot(day, self.end), schedule.zone_info)
        return moment if end is None else max(moment, end)


@dataclass(frozen=True)
class Reminder:
    """A reminder of one person, or of a group.

    ``what`` is the id of a routine or the code of a point. ``handled`` is the slot up to which everything is
    dealt with. ``waiting_on`` is the local date of a message that nobody has answered, ``ignored_in_a_row``
    how many before it were not answered either. ``paused_until`` is the first local date that reminds again.
    ``private_text`` keeps what it is about out of the message, which a locked screen may show. ``last_on`` is
    the last local date on which it comes by itself; without one it has no end. ``thread_id`` is the topic of
    a group to which it comes.
    """

    id: int
    what: str
    schedule: Schedule
    handled: Slot
    off: Off | None = None
    paused_until: date | None = None
    quiet: QuietHours | None = None
    snoozed_until: datetime | None = None
    waiting_on: date | None = None
    last_done_on: date | None = None
    ignored_in_a_row: int = 0
    private_text: bool = True
    last_on: date | None = None
    thread_id: int | None = None

    def is_open(self, on: date) -> bool:
        """Whether the message of a local date still waits for an answer, put off or not."""
        return self.active and self.waiting_on == on

    @property
    def active(self) -> bool:
        """Whether it is on; it may be paused all the same."""
        return self.off is None

    def is_paused(self, today: date) -> bool:
        """Whether it is paused on a local date."""
        return self.paused_until is not None and today < self.paused_until

    def is_after_the_last(self, day: date) -> bool:
        """Whether it has come for the last time before a local date."""
        return self.last_on is not None and day > self.last_on

    def next_due(self) -> datetime | None:
        """The moment, in UTC, from which ``due`` has something to do; ``None`` while it is off or over.

        It is what a table of deadlines holds, and changes only when the reminder does.
        """
        if not self.active:
            return None
        following = next_occurrence(self.schedule, self.handled, self.paused_until)
        moments = [] if self.is_after_the_last(following.slot.on) else [following.moment]
        moments += [self.snoozed_until] if self.snoozed_until else []
        return min(map(self.after_quiet, moments), default=None)

    def after_quiet(self, moment: datetime) -> datetime:
        """The moment itself, or the end of quiet hours that move it."""
        quiet = self.quiet
        if quiet is None or quiet.then is not InQuiet.MOVE or not quiet.hold(self.schedule.local(moment).at):
            return moment
        return quiet.end_after(moment, self.schedule)


def create(
    reminder_id: int,
    what: str,
    schedule: Schedule,
    now: datetime,
    *,
    quiet: QuietHours | None = None,
    private_text: bool = True,
    last_on: date | None = None,
) -> Reminder:
    """A new reminder. A time of today that has passed comes tomorrow."""
    handled = schedule.local(now)
    return Reminder(
        reminder_id, what, schedule, handled, quiet=quiet, private_text=private_text, last_on=last_on
    )


def already_there(
    existing: Iterable[Reminder], what: str, schedule: Schedule, last_on: date | None = None
) -> Reminder | None:
    """The reminder that makes another one needless: of the same, at all those times, on the same clock.

    Where it takes several to cover it all, it is the one that covers most of it.
    """
    like_it = (what, last_on, schedule.zone)
    same = [each for each in existing if (each.what, each.last_on, each.schedule.zone) == like_it]
    wanted = _week(schedule)
    if not wanted <= {slot for each in same for slot in _week(each.schedule)}:
        return None
    return max(same, key=lambda each: len(wanted & _week(each.schedule)))


def _week(schedule: Schedule) -> set[tuple[int, time]]:
    return {(day, at) for day in schedule.weekdays for at in schedule.times}


# --- answers


def done(reminder: Reminder, on: date) -> Reminder:
    """It was done, for the local date that its button carries.

    The message of that date is answered and its snooze is over. Done before the time, the next time of that
    date is left out. A second tap changes nothing, and yesterday's button leaves today alone.
    """
    answered = replace(_answered(reminder), last_done_on=max(on, reminder.last_done_on or on))
    if reminder.waiting_on == on:
        return replace(answered, waiting_on=None, snoozed_until=None)
    if reminder.last_done_on == on:
        return answered
    following = next_occurrence(reminder.schedule, reminder.handled).slot
    return replace(answered, handled=following) if following.on == on else answered


def snooze(reminder: Reminder, minutes: int, now: datetime) -> Reminder:
    """Once more in so many minutes, at least one. The regular times stay where they are."""
    if minutes < 1:
        raise ValueError("a snooze takes at least a minute")
    return _snoozed(reminder, now + timedelta(minutes=minutes), now)


def snooze_to_evening(reminder: Reminder, now: datetime) -> Reminder:
    """Once more this evening; when that is nearly here or over, in an hour."""
    today = reminder.schedule.local(now).on
    evening = moment_of(Slot(today, EVENING), reminder.schedule.zone_info)
    if evening is None or evening - now < LEAST_SNOOZE_TO_EVENING:
        evening = now + LATE_EVENING_SNOOZE
    return _snoozed(reminder, evening, now)


def _snoozed(reminder: Reminder, until: datetime, now: datetime) -> Reminder:
    on = reminder.waiting_on or reminder.schedule.local(now).on
    return replace(_answered(reminder), snoozed_until=until.astimezone(UTC), waiting_on=on)


def started(reminder: Reminder) -> Reminder:
    """What it is about has been opened: a sign of life, and no snooze any more. Done it is not yet."""
    return replace(_answered(reminder), snoozed_until=None)


def skip_today(reminder: Reminder, now: datetime) -> Reminder:
    """Nothing more today."""
    end_of_day = Slot(reminder.schedule.local(now).on, time(23, 59))
    handled = max(reminder.handled, end_of_day)
    return replace(_answered(reminder), handled=handled, snoozed_until=None, waiting_on=None)


def keep_going(reminder: Reminder) -> Reminder:
    """The answer no to "shall I pause?"."""
    return replace(_answered(reminder), waiting_on=None)


def _answered(reminder: Reminder) -> Reminder:
    """Any answer is a sign of life."""
    return replace(reminder, ignored_in_a_row=0)


# --- pauses and changes


def pause_until(reminder: Reminder, until: date) -> Reminder:
    """Nothing before the local date ``until``, which reminds again."""
    return replace(_answered(reminder), paused_until=until, snoozed_until=None, waiting_on=None)


def turn_off(reminder: Reminder, why: Off = Off.ASKED) -> Reminder:
    """Nothing until it is resumed."""
    return replace(_answered(reminder), off=why, snoozed_until=None, waiting_on=None)


def blocked(reminders: Iterable[Reminder]) -> tuple[Reminder, ...]:
    """All that are on are off: the person cannot be reached. They stay off until the person asks."""
    return tuple(turn_off(each, Off.BLOCKED) if each.active else each for each in reminders)


def pause_all(reminders: Iterable[Reminder], until: date | None) -> tuple[Reminder, ...]:
    """All paused, with or without an end. What is off stays as it is."""
    pause = turn_off if until is None else lambda each: pause_until(each, until)
    return tuple(pause(each) if each.active else each for each in reminders)


def resume(reminder: Reminder, now: datetime) -> Reminder:
    """On again, from now on; nothing that was missed comes."""
    handled = max(reminder.handled, reminder.schedule.local(now))
    return replace(_answered(reminder), off=None, paused_until=None, waiting_on=None, handled=handled)


def reschedule(reminder: Reminder, schedule: Schedule, now: datetime) -> Reminder:
    """Other times or days, from now on."""
    return replace(_answered(reminder), schedule=schedule, handled=schedule.local(now), snoozed_until=None)


def move_to_zone(reminder: Reminder, zone: str, now: datetime) -> Reminder:
    """The same local times in another zone. Who flies west gets nothing twice on one date."""
    schedule = replace(reminder.schedule, zone=zone)
    return replace(reminder, schedule=schedule, handled=max(reminder.handled, schedule.local(now)))


# --- looking back


@dataclass(frozen=True)
class Pause:
    """Local dates from ``start`` up to, without it, ``end``; ``None`` is a pause that still lasts."""

    start: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the pause covers a date."""
        return self.start <= day and (self.end is None or day < self.end)


def streak(
    done_on: Collection[date], today: date, weekdays: Collection[int], pauses: Sequence[Pause] = ()
) -> int:
    """On how many days in a row, up to today, it was done.

    Days that are paused or not among ``weekdays`` break nothing, and neither does today while it lasts.
    """
    count, day = 0, today
    earliest = min(done_on, default=today)
    while day >= earliest:
        if day in done_on:
            count += 1
        elif day != today and day.weekday() in weekdays and not any(each.covers(day) for each in pauses):
            break
        day -= timedelta(days=1)
    return count
