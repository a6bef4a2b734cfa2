"""Local times on days of the week in a zone, and the moments at which they are due.

A slot is a local date and time: it belongs to a person's day and knows nothing of offsets. Its moment is the
first at which the clock on the wall shows that time. Where the clock jumps over it, the moment is that of
the jump, so the first minute there is; where a whole day is jumped over, there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY = timedelta(days=1)
LONGEST_SEARCH = 15 * DAY
"""A weekly slot whose day was jumped over comes two weeks after the last."""


@dataclass(frozen=True, order=True)
class Slot:
    """A time of a local day."""

    on: date
    at: time


@dataclass(frozen=True)
class Occurrence:
    """A slot of a schedule and its moment, in UTC."""

    slot: Slot
    moment: datetime


@dataclass(frozen=True)
class Schedule:
    """At which local ``times``, on which ``weekdays`` (Monday is 0), in which IANA ``zone``.

    Times are kept in order, once each. Raises ``ValueError`` without times or days, for a time with seconds
    or a zone of its own, for a weekday beyond 6 and for a zone that does not exist.
    """

    times: tuple[time, ...]
    weekdays: frozenset[int]
    zone: str

    def __post_init__(self) -> None:
        if not self.times or any(each != time(each.hour, each.minute) for each in self.times):
            raise ValueError("a schedule needs local times in whole minutes")
        if not self.weekdays or not self.weekdays <= set(range(7)):
            raise ValueError("a schedule needs days of the week, 0 to 6")
        zone_info(self.zone)
        object.__setattr__(self, "times", tuple(sorted(set(self.times))))
        object.__setattr__(self, "weekdays", frozenset(self.weekdays))

    @property
    def zone_info(self) -> ZoneInfo:
        """The rules of the zone."""
        return zone_info(self.zone)

    def local(self, moment: datetime) -> Slot:
        """What calendar and clock show in the zone at a moment, to the minute."""
        local = moment.astimezone(self.zone_info)
        return Slot(local.date(), time(local.hour, local.minute))


@cache  # the library keeps eight and reads the others from disk each time
def zone_info(name: str) -> ZoneInfo:
    """The rules of an IANA zone; ``ValueError`` if there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"no such zone: {name!r}") from error


def next_due(schedule: Schedule, after: datetime) -> datetime:
    """The first moment of the schedule later than ``after``, in UTC."""
    start = schedule.local(after).on
    moments = (each.moment for each in _occurrences(schedule, start) if each.moment > after)
    return next(moments)


def next_occurrence(schedule: Schedule, after: Slot, not_before: date | None = None) -> Occurrence:
    """The first slot later than ``after``, on ``not_before`` or later."""
    start = after.on if not_before is None else max(after.on, not_before)
    return next(each for each in _occurrences(schedule, start) if each.slot > after)


def last_occurrence(schedule: Schedule, until: datetime, after: Slot) -> Occurrence | None:
    """The last slot later than ``after`` whose moment has come at ``until``."""
    today = schedule.local(until).on
    day = today
    while day >= max(after.on, today - LONGEST_SEARCH):
        for at in reversed(schedule.times if day.weekday() in schedule.weekdays else ()):
            moment = moment_of(Slot(day, at), schedule.zone_info)
            if moment is not None and moment <= until and Slot(day, at) > after:
                return Occurrence(Slot(day, at), moment)
        day -= DAY
    return None


def _occurrences(schedule: Schedule, start: date) -> Iterator[Occurrence]:
    """The occurrences from a local date on, in order, for as long as any schedule may need."""
    for ahead in range(LONGEST_SEARCH.days):
        day = start + ahead * DAY
        for at in schedule.times if day.weekday() in schedule.weekdays else ():
            moment = moment_of(Slot(day, at), schedule.zone_info)
            if moment is not None:
                yield Occurrence(Slot(day, at), moment)


def moment_of(slot: Slot, zone: ZoneInfo) -> datetime | None:
    """The first moment, in UTC, at which the clock shows the slot or has jumped over it.

    ``None`` for a day that the zone does not have, as Samoa had no 30 December 2011.
    """
    wall = datetime.combine(slot.on, slot.at, zone)  # fold=0: of two, the first
    moment = wall.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return moment
    jump = _jump(wall.replace(fold=1).astimezone(UTC), moment, zone)
    before = (jump - timedelta(seconds=1)).astimezone(zone).date()
    return None if before < slot.on < jump.astimezone(zone).date() else jump


def _jump(early: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    """The moment between two at which the offset changes, to the second."""
    offset = early.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            early = middle
        else:
            late = middle
    return late
