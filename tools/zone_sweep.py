"""Every day of ten years in every zone of the world: is a daily reminder due once, at its time?

    python -m tools.zone_sweep

Walks from one due moment to the next and looks at the clock on the wall of the zone each time. Where the
clock changes, what is expected is found by walking through the two days around it minute by minute.
"""

from __future__ import annotations

import argparse
import os
import sys
import time as clock
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from bot.reminders.schedule import Schedule, Slot, moment_of, next_due

FIRST, LAST = date(2020, 1, 1), date(2030, 12, 31)
TIMES = (time(2, 30), time(8, 0))
AROUND_A_CHANGE = tuple(time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45))
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NOT_A_PLACE = {"Factory", "localtime", "posixrules"}


def zones() -> list[str]:
    """The names of all zones."""
    return sorted(available_timezones() - NOT_A_PLACE)


def changes(zone: ZoneInfo, first: date = FIRST, last: date = LAST) -> Iterator[datetime]:
    """The moments, in UTC, at which the offset of the zone changes; none are closer than a week."""
    early = datetime.combine(first, time(), UTC)
    while early.date() <= last:
        late = early + timedelta(days=7)
        if early.astimezone(zone).utcoffset() != late.astimezone(zone).utcoffset():
            before, after = early, late
            while after - before > MINUTE:
                middle = before + (after - before) // MINUTE // 2 * MINUTE
                same = middle.astimezone(zone).utcoffset() == early.astimezone(zone).utcoffset()
                before, after = (middle, after) if same else (before, middle)
            yield after
        early = late


def shown_by_the_clock(zone: ZoneInfo, change: datetime) -> dict[Slot, datetime | None]:
    """For slots on the days around a change, the first minute at which the clock shows them or later.

    A day that the clock never shows has none.
    """
    walls: list[tuple[datetime, datetime]] = []
    minute = change - 2 * DAY
    while minute < change + 2 * DAY:
        walls.append((minute, minute.astimezone(zone).replace(tzinfo=None)))
        minute += MINUTE
    shown = {wall.date() for _, wall in walls}
    expected: dict[Slot, datetime | None] = {}
    middle = change.astimezone(zone).date()
    for day in (middle - DAY, middle):
        later = iter(walls)
        now, wall = next(later)
        for at in AROUND_A_CHANGE:
            while wall < datetime.combine(day, at):
                now, wall = next(later)
            expected[Slot(day, at)] = now if day in shown else None
    return expected


def sweep(name: str, times: tuple[time, ...] = TIMES) -> tuple[int, int, list[str]]:
    """How many reminders were due in a zone, how many clock changes it had, and what was wrong."""
    zone, faults, due = ZoneInfo(name), [], 0
    exact: dict[Slot, datetime | None] = {}
    all_changes = list(changes(zone))
    for change in all_changes:
        exact |= shown_by_the_clock(zone, change)
    faults += [f"{name} {slot}" for slot, moment in exact.items() if moment_of(slot, zone) != moment]
    schedule = Schedule(times, frozenset(range(7)), name)
    day, last = FIRST, LAST
    moment = datetime.combine(FIRST - DAY, time(12), zone).astimezone(UTC)
    while day <= last:
        for at in schedule.times:
            expected = exact.get(Slot(day, at), ...)
            if expected is None:
                continue
            earlier, moment = moment, next_due(schedule, moment)
            due += 1
            wall = moment.astimezone(zone)
            right = moment == expected if expected is not ... else (wall.date(), wall.time()) == (day, at)
            if moment <= earlier or not right:
                faults.append(f"{name} {day} {at}: {earlier} {moment}")
        day += DAY
    return due, len(all_changes), faults


def main() -> None:
    """Sweep, print the figures, and end with 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("zones", nargs="*", help="only these zones")
    names = parser.parse_args().zones or zones()
    started = clock.perf_counter()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(sweep, names, chunksize=8))
    faults = [fault for _, _, found in results for fault in found]
    print("\n".join(faults))
    print(
        f"{len(names)} zones, {FIRST.year} to {LAST.year}: {sum(due for due, _, _ in results)} times due, "
        f"{sum(count for _, count, _ in results)} clock changes, {len(faults)} wrong, "
        f"{clock.perf_counter() - started:.0f} s"
    )
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
