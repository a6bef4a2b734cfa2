"""Eight o'clock stays eight o'clock: on every local day, in every zone, over every change of the clocks.

The commonest fault of reminder bots is an hour's difference after a clock change; the next is two messages
in an autumn night, or none in a spring one. ``python -m tools.zone_sweep`` walks through all zones and ten
years; here are the changes that are not alike, each once.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.schedule import (
    Occurrence,
    Schedule,
    Slot,
    last_occurrence,
    moment_of,
    next_due,
    next_occurrence,
)
from tools.zone_sweep import changes, shown_by_the_clock, zones

EVERY_DAY = frozenset(range(7))
DAY = timedelta(days=1)
MINUTES = st.times().map(lambda at: time(at.hour, at.minute))


def local(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def due_times(zone: str, at: str, start: str, count: int) -> list[str]:
    """When a daily reminder is due, as the clock on the wall shows it."""
    schedule = Schedule((time.fromisoformat(at),), EVERY_DAY, zone)
    moment = datetime.fromisoformat(f"{start}T12:00").replace(tzinfo=ZoneInfo(zone))
    found = []
    for _ in range(count):
        moment = next_due(schedule, moment)
        found.append(local(moment, zone))
    return found


CHANGES = {
    "a spring night in Berlin has no half past two, so it is three": (
        ("Europe/Berlin", "02:30", "2026-03-27"),
        ["2026-03-28 02:30", "2026-03-29 03:00", "2026-03-30 02:30"],
    ),
    "an autumn night in Berlin has half past two twice, and one reminder": (
        ("Europe/Berlin", "02:30", "2026-10-23"),
        ["2026-10-24 02:30", "2026-10-25 02:30", "2026-10-26 02:30"],
    ),
    "in New York as well": (
        ("America/New_York", "01:30", "2026-10-30"),
        ["2026-10-31 01:30", "2026-11-01 01:30", "2026-11-02 01:30"],
    ),
    "Lord Howe jumps by half an hour": (
        ("Australia/Lord_Howe", "02:15", "2026-10-02"),
        ["2026-10-03 02:15", "2026-10-04 02:30", "2026-10-05 02:15"],
    ),
    "Casablanca changes for Ramadan": (
        ("Africa/Casablanca", "08:00", "2026-02-13"),
        ["2026-02-14 08:00", "2026-02-15 08:00", "2026-02-16 08:00"],
    ),
    "Santiago jumps at midnight": (
        ("America/Santiago", "00:00", "2026-09-04"),
        ["2026-09-05 00:00", "2026-09-06 01:00", "2026-09-07 00:00"],
    ),
    "Kathmandu never changes and is 5:45 ahead": (
        ("Asia/Kathmandu", "08:00", "2026-03-27"),
        ["2026-03-28 08:00", "2026-03-29 08:00", "2026-03-30 08:00"],
    ),
    "Nuuk jumps from the evening into the next day": (
        ("America/Nuuk", "23:30", "2026-03-26"),
        ["2026-03-26 23:30", "2026-03-27 23:30", "2026-03-29 00:00", "2026-03-29 23:30"],
    ),
    "Samoa had no 30 December 2011": (
        ("Pacific/Apia", "08:00", "2011-12-28"),
        ["2011-12-29 08:00", "2011-12-31 08:00", "2012-01-01 08:00"],
    ),
}


@pytest.mark.parametrize(("asked", "expected"), CHANGES.values(), ids=CHANGES)
def test_one_reminder_for_each_local_day(asked: tuple[str, str, str], expected: list[str]) -> None:
    assert due_times(*asked, count=len(expected)) == expected


def test_in_autumn_it_is_the_first_of_the_two() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    assert moment_of(Slot(date(2026, 10, 25), time(2, 30)), ZoneInfo("Europe/Berlin")) == first


def test_of_two_times_in_the_same_gap_one_reminder_is_left() -> None:
    schedule = Schedule((time(2, 15), time(2, 45), time(8)), EVERY_DAY, "Europe/Berlin")
    start = datetime(2026, 3, 28, 23, tzinfo=UTC)

    first = next_due(schedule, start)

    assert local(first, "Europe/Berlin") == "2026-03-29 03:00"
    assert local(next_due(schedule, first), "Europe/Berlin") == "2026-03-29 08:00"


@cache
def unlike_changes() -> list[tuple[str, datetime]]:
    """One clock change of each kind in ten years: how far, from which local time, on or off the hour."""
    kinds = {}
    for name in zones():
        zone = ZoneInfo(name)
        for change in changes(zone):
            before, after = (change - timedelta(minutes=1)).astimezone(zone), change.astimezone(zone)
            kinds.setdefault((before.time(), after.utcoffset() - before.utcoffset()), (name, change))
    return list(kinds.values())


def test_around_every_kind_of_clock_change_a_slot_is_the_first_minute_that_shows_it() -> None:
    wrong = [
        (name, slot, moment)
        for name, change in unlike_changes()
        for slot, moment in shown_by_the_clock(ZoneInfo(name), change).items()
        if moment_of(slot, ZoneInfo(name)) != moment
    ]

    assert len(unlike_changes()) > 20
    assert wrong == []


@given(
    st.sampled_from(zones()),
    MINUTES,
    st.dates(date(2020, 1, 1), date(2030, 12, 1)),
)
def test_from_any_day_on_a_daily_reminder_comes_once_a_day_at_its_time(
    name: str, at: time, start: date
) -> None:
    zone, schedule = ZoneInfo(name), Schedule((at,), EVERY_DAY, name)
    changed = [change.astimezone(zone).date() for change in changes(zone, start, start + 40 * DAY)]
    near_a_change = {day + days * DAY for day in changed for days in (-1, 0, 1)}
    moment = datetime.combine(start - DAY, at, zone).astimezone(UTC)
    moment = next_due(schedule, moment + timedelta(hours=3))

    for days in range(30):
        day, wall = start + days * DAY, moment.astimezone(zone)
        assert day in near_a_change or (wall.date(), wall.time()) == (day, at)
        assert moment == moment_of(Slot(day, at), zone)
        moment = next_due(schedule, moment)


# --- days of the week


def test_only_the_days_of_the_schedule_come() -> None:
    schedule = Schedule((time(6),), frozenset({0, 2, 4}), "Europe/Berlin")
    slot, days = Slot(date(2026, 5, 12), time(18)), []
    for _ in range(4):
        slot = next_occurrence(schedule, slot).slot
        days.append(f"{slot.on:%a}")

    assert days == ["Wed", "Fri", "Mon", "Wed"]


def test_a_weekly_reminder_whose_day_was_skipped_comes_a_week_later() -> None:
    fridays = Schedule((time(8),), frozenset({4}), "Pacific/Apia")  # 30 December 2011 was to be a Friday

    due = next_due(fridays, datetime(2011, 12, 24, tzinfo=UTC))

    assert local(due, "Pacific/Apia") == "2012-01-06 08:00"


def test_several_times_of_a_day_come_in_order() -> None:
    schedule = Schedule((time(20), time(8), time(8)), EVERY_DAY, "Asia/Tokyo")
    slot = Slot(date(2026, 5, 12), time(8))

    assert schedule.times == (time(8), time(20))
    assert next_occurrence(schedule, slot).slot == Slot(date(2026, 5, 12), time(20))
    assert next_occurrence(schedule, next_occurrence(schedule, slot).slot).slot.on == date(2026, 5, 13)


@given(
    st.sampled_from(zones()),
    st.sets(MINUTES, min_size=1, max_size=3),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(0, 10 * 365 * 24 * 60),
)
def test_the_last_slot_that_has_come_and_the_next_have_none_between_them(
    name: str, times: set[time], weekdays: set[int], minutes: int
) -> None:
    now = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    schedule = Schedule(tuple(times), frozenset(weekdays), name)
    long_ago = Slot((now - 40 * DAY).date(), time())

    last = last_occurrence(schedule, now, long_ago)

    assert last is not None
    assert last.moment <= now < next_due(schedule, now)
    assert next_due(schedule, last.moment - timedelta(minutes=1)) == last.moment
    assert last_occurrence(schedule, now, last.slot) is None


@pytest.mark.parametrize(
    ("times", "weekdays", "zone"),
    [
        ((), EVERY_DAY, "UTC"),
        ((time(8, 0, 30),), EVERY_DAY, "UTC"),
        ((time(8, tzinfo=UTC),), EVERY_DAY, "UTC"),
        ((time(8),), frozenset(), "UTC"),
        ((time(8),), frozenset({7}), "UTC"),
        ((time(8),), EVERY_DAY, "Europe/Atlantis"),
        ((time(8),), EVERY_DAY, ""),
        ((time(8),), EVERY_DAY, "Europe"),
        ((time(8),), EVERY_DAY, "../etc/passwd"),
        ((time(8),), EVERY_DAY, "a\0b"),
    ],
)
def test_a_schedule_that_can_never_be_due_is_refused(
    times: tuple[time, ...], weekdays: frozenset[int], zone: str
) -> None:
    with pytest.raises(ValueError, match=r"schedule|zone|null|key"):
        Schedule(times, weekdays, zone)


def test_an_occurrence_knows_its_slot_and_its_moment() -> None:
    schedule = Schedule((time(8),), EVERY_DAY, "Asia/Kathmandu")
    found = next_occurrence(schedule, Slot(date(2026, 5, 12), time(9)))

    assert found == Occurrence(Slot(date(2026, 5, 13), time(8)), datetime(2026, 5, 13, 2, 15, tzinfo=UTC))
