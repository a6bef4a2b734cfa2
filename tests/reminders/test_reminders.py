"""A reminder keeps a habit and never becomes a nuisance.

It comes once on each day at its time. Snoozing moves nothing but itself, a tap on yesterday's message counts
for yesterday, a pause is a pause, and after a breakdown nobody finds a heap of messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.due import (
    ASK_AFTER_IGNORED,
    MOST_TOGETHER,
    Act,
    Due,
    after_downtime,
    due,
    due_together,
    gathered,
)
from bot.reminders.reminder import (
    InQuiet,
    Off,
    Pause,
    QuietHours,
    Reminder,
    already_there,
    blocked,
    create,
    done,
    keep_going,
    move_to_zone,
    pause_all,
    pause_until,
    reschedule,
    resume,
    skip_today,
    snooze,
    snooze_to_evening,
    streak,
    turn_off,
)
from bot.reminders.schedule import Schedule, Slot

EVERY_DAY = frozenset(range(7))
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MONDAY = date(2026, 5, 11)


def utc(text: str) -> datetime:
    """A moment of the week of 11 May 2026: "Tue 08:00"."""
    day, clock = text.split()
    on = MONDAY + ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].index(day) * DAY
    return datetime.combine(on, time.fromisoformat(clock), UTC)


def on(day: str) -> date:
    return utc(f"{day} 00:00").date()


def at(*clocks: str, zone: str = "UTC", weekdays: frozenset[int] = EVERY_DAY) -> Schedule:
    return Schedule(tuple(map(time.fromisoformat, clocks)), weekdays, zone)


@pytest.fixture
def reminder() -> Reminder:
    """Daily at eight, made on Monday at noon."""
    return create(1, "R01", at("08:00"), utc("Mon 12:00"))


def sent(reminder: Reminder, moment: str) -> Reminder:
    """The reminder after its message was sent at a moment."""
    found = due(reminder, utc(moment))
    assert found.sends
    return found.reminder


def messages(reminder: Reminder, until: str, *, step: timedelta = MINUTE) -> Iterator[tuple[str, Act]]:
    """What a scheduler that wakes at every deadline does until a moment."""
    while (moment := reminder.next_due()) is not None and moment <= utc(until):
        found = due(reminder, moment)
        assert found.act not in (Act.WAIT, Act.HOLD), "it woke for nothing"
        reminder = found.reminder
        assert (reminder.next_due() or moment + DAY) > moment, "it would send the same for ever"
        yield f"{moment:%a %H:%M}", found.act


# --- every day once


def test_it_comes_every_day_at_its_time(reminder: Reminder) -> None:
    assert [moment for moment, _ in messages(reminder, "Fri 12:00")] == [
        "Tue 08:00",
        "Wed 08:00",
        "Thu 08:00",
        "Fri 08:00",
    ]


def test_a_time_that_has_passed_when_it_is_made_comes_tomorrow() -> None:
    assert create(1, "R01", at("09:00"), utc("Mon 23:00")).next_due() == utc("Tue 09:00")
    assert create(1, "R01", at("23:30"), utc("Mon 23:00")).next_due() == utc("Mon 23:30")


def test_a_message_carries_the_local_date_for_its_buttons() -> None:
    in_tokyo = create(1, "R01", at("08:00", zone="Asia/Tokyo"), utc("Mon 12:00"))

    found = due(in_tokyo, utc("Mon 23:00"))

    assert (found.act, found.on, found.at) == (Act.SEND, on("Tue"), time(8))


def test_asked_again_it_sends_nothing_twice(reminder: Reminder) -> None:
    reminder = sent(reminder, "Tue 08:00")

    assert due(reminder, utc("Tue 08:00")).act is Act.WAIT
    assert due(reminder, utc("Tue 09:59")).act is Act.WAIT


# --- late


@pytest.mark.parametrize(
    ("moment", "act"),
    [
        ("Tue 07:59", Act.WAIT),
        ("Tue 08:00", Act.SEND),
        ("Tue 08:05", Act.SEND),
        ("Tue 08:20", Act.SEND_LATE),
        ("Tue 10:00", Act.SEND_LATE),
        ("Tue 10:01", Act.SKIP),
        ("Fri 07:00", Act.SKIP),
        ("Fri 08:00", Act.SEND),
    ],
)
def test_up_to_two_hours_late_it_comes_late_and_after_that_not_at_all(
    reminder: Reminder, moment: str, act: Act
) -> None:
    found = due(reminder, utc(moment))

    assert found.act is act
    assert found.at == (time(8) if found.sends else None), "a late message can say its time"


def test_after_three_days_one_message_is_left_of_one_reminder(reminder: Reminder) -> None:
    found = due(reminder, utc("Fri 08:30"))

    assert (found.act, found.on) == (Act.SEND_LATE, on("Fri"))
    assert found.reminder.next_due() == utc("Sat 08:00")


def several() -> tuple[Reminder, ...]:
    clocks = enumerate(("07:50", "08:20", "08:10", "20:00"))
    return tuple(create(i, f"R0{i}", at(clock), utc("Mon 21:00")) for i, clock in clocks)


def test_after_downtime_a_person_gets_one_message_of_all_that_is_not_too_late() -> None:
    found = after_downtime(several(), utc("Fri 08:22"))

    assert [each.act for each in found] == [Act.SEND_LATE, Act.SEND, Act.SEND_LATE, Act.SKIP]
    assert len(gathered(found)) == 1
    assert [each.reminder.next_due() for each in found] == [
        utc("Sat 07:50"),
        utc("Sat 08:20"),
        utc("Sat 08:10"),
        utc("Fri 20:00"),
    ]


def test_after_downtime_nobody_is_ignoring_what_was_never_sent() -> None:
    assert [each.reminder.ignored_in_a_row for each in after_downtime(several(), utc("Fri 08:22"))] == [0] * 4
    skipped = after_downtime(several(), utc("Fri 11:00"))[0].reminder
    assert (skipped.waiting_on, skipped.ignored_in_a_row) == (None, 0)


def at_eight(count: int, what: str = "R{:02}", **more: object) -> tuple[Reminder, ...]:
    made = (create(i, what.format(i), at("08:00"), utc("Mon 12:00")) for i in range(1, count + 1))
    return tuple(replace(each, **more) for each in made)


@pytest.mark.parametrize("clock", ["08:00", "08:30"])
def test_reminders_for_the_same_minute_come_as_one_message_on_time_or_late(clock: str) -> None:
    (together,) = gathered(due_together(at_eight(3), utc(f"Tue {clock}")))

    assert [each.reminder.what for each in together] == ["R01", "R02", "R03"]


def test_the_same_thing_comes_once_however_many_reminders_there_are_of_it() -> None:
    found = due_together(at_eight(3, "LI4"), utc("Tue 08:00"))
    (sent,) = gathered(found)

    assert len(sent) == 1
    assert all(due(each.reminder, utc("Tue 08:00")).act is Act.WAIT for each in found)


def test_more_than_one_message_holds_come_as_two_and_none_is_lost() -> None:
    found = due_together(at_eight(10), utc("Tue 08:00"))

    assert [len(each) for each in gathered(found)] == [MOST_TOGETHER, 10 - MOST_TOGETHER]


def test_what_asks_to_pause_and_what_reminds_are_two_messages() -> None:
    ignored = at_eight(2, waiting_on=on("Mon"), ignored_in_a_row=ASK_AFTER_IGNORED - 1)
    fresh = create(3, "R03", at("08:00"), utc("Mon 12:00"))
    sent = gathered(due_together((*ignored, fresh), utc("Tue 08:00")))

    assert [[each.act for each in those] for those in sent] == [[Act.ASK_TO_PAUSE] * 2, [Act.SEND]]


@given(
    st.lists(st.integers(0, 24 * 60 - 1), min_size=1, max_size=6),
    st.integers(1, 20 * 24 * 60),
)
def test_however_long_it_was_down_there_is_at_most_one_message(minutes: list[int], gap: int) -> None:
    clocks = [f"{minute // 60:02}:{minute % 60:02}" for minute in minutes]
    reminders = tuple(create(i, f"R{i:02}", at(clock), utc("Mon 12:00")) for i, clock in enumerate(clocks))
    now = utc("Mon 12:00") + gap * MINUTE

    found = after_downtime(reminders, now)

    assert len(gathered(found)) <= 1
    assert all(due(each.reminder, now).act is Act.WAIT for each in found)


# --- snooze


def test_a_snooze_comes_once_and_tomorrow_stays_at_its_time(reminder: Reminder) -> None:
    reminder = snooze(sent(reminder, "Tue 08:00"), 10, utc("Tue 08:03"))

    assert [moment for moment, _ in messages(reminder, "Thu 12:00")] == [
        "Tue 08:13",
        "Wed 08:00",
        "Thu 08:00",
    ]


def test_a_snooze_can_be_snoozed(reminder: Reminder) -> None:
    reminder = snooze(sent(reminder, "Tue 08:00"), 10, utc("Tue 08:00"))
    reminder = snooze(sent(reminder, "Tue 08:10"), 60, utc("Tue 08:12"))

    assert [moment for moment, _ in messages(reminder, "Wed 12:00")] == ["Tue 09:12", "Wed 08:00"]


def test_a_snooze_past_midnight_belongs_to_the_day_before() -> None:
    late = create(1, "R01", at("23:55"), utc("Mon 12:00"))
    late = snooze(sent(late, "Mon 23:55"), 10, utc("Tue 00:01"))

    found = due(late, utc("Tue 00:11"))

    assert (found.act, found.on, found.at) == (Act.SEND, on("Mon"), time(0, 11))
    assert done(found.reminder, on("Mon")).next_due() == utc("Tue 23:55")


def test_a_snooze_until_evening_is_at_eight_and_late_in_the_evening_in_an_hour(reminder: Reminder) -> None:
    assert snooze_to_evening(reminder, utc("Mon 12:00")).snoozed_until == utc("Mon 20:00")
    assert snooze_to_evening(reminder, utc("Mon 19:45")).snoozed_until == utc("Mon 20:45")
    assert snooze_to_evening(reminder, utc("Mon 22:00")).snoozed_until == utc("Mon 23:00")


def test_a_snooze_gives_way_to_the_regular_message_that_comes_just_before_it() -> None:
    twice = create(1, "R01", at("08:00", "14:00"), utc("Mon 15:00"))
    soon = snooze(sent(twice, "Tue 08:00"), 10, utc("Tue 13:55"))
    evening = snooze_to_evening(sent(twice, "Tue 08:00"), utc("Tue 13:55"))

    assert [moment for moment, _ in messages(soon, "Tue 23:00")] == ["Tue 14:00"]
    assert [moment for moment, _ in messages(evening, "Tue 23:00")] == ["Tue 14:00", "Tue 20:00"]


def test_a_snooze_that_the_process_slept_through_comes_late_or_not_at_all(reminder: Reminder) -> None:
    snoozed = snooze(sent(reminder, "Tue 08:00"), 10, utc("Tue 08:00"))

    assert due(snoozed, utc("Tue 09:00")).act is Act.SEND_LATE
    assert due(snoozed, utc("Tue 11:00")).act is Act.SKIP
    assert due(snoozed, utc("Tue 11:00")).reminder.next_due() == utc("Wed 08:00")


def test_a_snooze_takes_at_least_a_minute(reminder: Reminder) -> None:
    with pytest.raises(ValueError, match="minute"):
        snooze(reminder, 0, utc("Tue 08:00"))


# --- done


def test_done_answers_the_message_and_ends_its_snooze(reminder: Reminder) -> None:
    reminder = done(snooze(sent(reminder, "Tue 08:00"), 10, utc("Tue 08:01")), on("Tue"))

    assert (reminder.last_done_on, reminder.waiting_on, reminder.snoozed_until) == (on("Tue"), None, None)
    assert reminder.next_due() == utc("Wed 08:00")


def test_done_again_changes_nothing(reminder: Reminder) -> None:
    once = done(sent(reminder, "Tue 08:00"), on("Tue"))

    assert done(once, on("Tue")) == once


def test_done_before_the_time_leaves_todays_out(reminder: Reminder) -> None:
    reminder = done(reminder, on("Tue"))

    assert reminder.next_due() == utc("Wed 08:00")
    assert done(reminder, on("Tue")) == reminder


def test_done_in_the_morning_leaves_the_evening_of_a_reminder_with_both() -> None:
    both = create(1, "R01", at("08:00", "20:00"), utc("Mon 21:00"))

    assert done(both, on("Tue")).next_due() == utc("Tue 20:00")
    once = done(sent(both, "Tue 08:00"), on("Tue"))
    assert once.next_due() == done(once, on("Tue")).next_due() == utc("Tue 20:00")


def test_yesterdays_button_counts_for_yesterday(reminder: Reminder) -> None:
    today = sent(sent(reminder, "Tue 08:00"), "Wed 08:00")

    after = done(today, on("Tue"))

    assert (after.last_done_on, after.waiting_on) == (on("Tue"), on("Wed")), "today's is still unanswered"
    assert done(after, on("Wed")).last_done_on == on("Wed")
    assert done(done(today, on("Wed")), on("Tue")).last_done_on == on("Wed")


def test_skipping_today_leaves_out_the_rest_of_the_day_and_no_more() -> None:
    both = create(1, "R01", at("08:00", "20:00"), utc("Mon 21:00"))

    assert skip_today(both, utc("Tue 07:00")).next_due() == utc("Wed 08:00")
    assert skip_today(snooze(both, 10, utc("Tue 09:00")), utc("Tue 09:05")).next_due() == utc("Wed 08:00")


# --- ignored


def ignored(reminder: Reminder, times: int) -> Reminder:
    for day in range(times):
        reminder = due(reminder, utc("Tue 08:00") + day * DAY).reminder
    return reminder


def test_after_five_that_were_ignored_it_asks_once_and_then_is_silent(reminder: Reminder) -> None:
    found = []
    for day in range(9):
        step: Due = due(reminder, utc("Tue 08:00") + day * DAY)
        reminder = step.reminder
        found.append(step.act)

    assert found == [Act.SEND] * 5 + [Act.ASK_TO_PAUSE, Act.PAUSE, Act.WAIT, Act.WAIT]
    assert (reminder.off, reminder.next_due()) == (Off.IGNORED, None)


ANSWERS: dict[str, Callable[[Reminder], Reminder]] = {
    "done": lambda reminder: done(reminder, on("Sat")),
    "done for an earlier day": lambda reminder: done(reminder, on("Wed")),
    "snoozed": lambda reminder: snooze(reminder, 10, utc("Sat 08:00")),
    "skipped": lambda reminder: skip_today(reminder, utc("Sat 08:00")),
    "asked to keep going": keep_going,
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_any_answer_is_a_sign_of_life(reminder: Reminder, answer: Callable[[Reminder], Reminder]) -> None:
    answered = answer(ignored(reminder, 5))

    assert answered.ignored_in_a_row == 0
    assert due(answered, utc("Sun 08:00")).act is Act.SEND


def test_whoever_snoozes_ignores_nothing(reminder: Reminder) -> None:
    reminder = sent(reminder, "Tue 08:00")
    for minutes in range(0, 100, 10):
        reminder = snooze(reminder, 10, utc("Tue 08:00") + minutes * MINUTE)
        found = due(reminder, utc("Tue 08:10") + minutes * MINUTE)
        reminder = found.reminder
        assert (found.act, reminder.ignored_in_a_row) == (Act.SEND, 0)


def test_what_was_answered_is_not_ignored(reminder: Reminder) -> None:
    for day in range(10):
        found = due(reminder, utc("Tue 08:00") + day * DAY)
        assert found.act is Act.SEND
        reminder = done(found.reminder, on("Tue") + day * DAY)


# --- quiet hours


def in_quiet_hours(then: InQuiet, *clocks: str) -> Reminder:
    quiet = QuietHours(time(22), time(7), then)
    return create(1, "R01", at(*clocks), utc("Mon 12:00"), quiet=quiet)


def test_quiet_hours_move_a_snooze_to_their_end() -> None:
    reminder = snooze(in_quiet_hours(InQuiet.MOVE, "21:30"), 60, utc("Mon 21:40"))

    assert due(replace(reminder, handled=Slot(on("Mon"), time(22))), utc("Mon 22:40")).act is Act.HOLD
    moved = replace(reminder, handled=Slot(on("Mon"), time(22)))
    assert moved.next_due() == utc("Tue 07:00")
    assert due(moved, utc("Tue 07:00")).act is Act.SEND


def test_quiet_hours_move_a_reminder_to_their_end_and_to_its_day() -> None:
    reminder = in_quiet_hours(InQuiet.MOVE, "23:00")

    found = due(reminder, utc("Tue 07:00"))

    assert reminder.next_due() == utc("Tue 07:00")
    assert (found.act, found.on, found.at, found.silent) == (Act.SEND, on("Tue"), time(23), False)


def test_quiet_hours_can_let_it_come_without_a_sound() -> None:
    reminder = in_quiet_hours(InQuiet.SILENT, "23:00")

    found = due(reminder, utc("Mon 23:00"))

    assert (found.act, found.silent) == (Act.SEND, True)
    assert not due(replace(reminder, schedule=at("08:00")), utc("Tue 08:00")).silent


def test_what_is_late_into_quiet_hours_makes_no_sound() -> None:
    found = due(in_quiet_hours(InQuiet.MOVE, "21:30"), utc("Mon 22:15"))

    assert (found.act, found.silent) == (Act.SEND_LATE, True)


def test_of_several_held_in_one_night_one_message_is_left() -> None:
    reminder = in_quiet_hours(InQuiet.MOVE, "22:30", "23:00", "06:00")

    assert [moment for moment, _ in messages(reminder, "Tue 12:00")] == ["Tue 07:00"]


@pytest.mark.parametrize(
    ("start", "end", "inside", "outside"),
    [
        ("22:00", "07:00", ["22:00", "00:00", "06:59"], ["07:00", "21:59"]),
        ("13:00", "15:00", ["13:00"], ["15:00"]),
    ],
)
def test_quiet_hours_hold_from_their_start_up_to_their_end(
    start: str, end: str, inside: list[str], outside: list[str]
) -> None:
    quiet = QuietHours(time.fromisoformat(start), time.fromisoformat(end))

    assert all(quiet.hold(time.fromisoformat(clock)) for clock in inside)
    assert not any(quiet.hold(time.fromisoformat(clock)) for clock in outside)


def test_quiet_hours_that_never_end_are_refused() -> None:
    with pytest.raises(ValueError, match="end"):
        QuietHours(time(7), time(7))


# --- pauses


def test_a_pause_lasts_until_its_date_which_reminds_again(reminder: Reminder) -> None:
    paused = pause_until(snooze(reminder, 10, utc("Mon 12:00")), on("Fri"))

    assert [moment for moment, _ in messages(paused, "Sat 12:00")] == ["Fri 08:00", "Sat 08:00"]
    assert due(paused, utc("Wed 08:00")).act is Act.WAIT
    assert due(paused, utc("Fri 07:00")).act is Act.WAIT


def test_a_pause_that_ends_while_the_process_is_down_ends_all_the_same(reminder: Reminder) -> None:
    assert due(pause_until(reminder, on("Wed")), utc("Thu 08:01")).act is Act.SEND


def test_all_can_be_paused_with_and_without_an_end(reminder: Reminder) -> None:
    off = turn_off(replace(reminder, id=2))

    with_end = pause_all((reminder, off), on("Fri"))
    without = pause_all((reminder, off), None)

    assert [each.next_due() for each in with_end] == [utc("Fri 08:00"), None]
    assert [(each.next_due(), each.off) for each in without] == [(None, Off.ASKED)] * 2


def test_resuming_brings_nothing_that_was_missed(reminder: Reminder) -> None:
    for paused in (turn_off(reminder), pause_until(reminder, on("Sun"))):
        again = resume(paused, utc("Wed 09:00"))

        assert due(again, utc("Wed 09:00")).act is Act.WAIT
        assert again.next_due() == utc("Thu 08:00")


def test_who_blocked_the_bot_gets_nothing_until_they_ask(reminder: Reminder) -> None:
    (gone,) = blocked([reminder])

    assert (gone.off, gone.active, gone.next_due()) == (Off.BLOCKED, False, None)
    assert due(gone, utc("Tue 08:00")).act is Act.WAIT
    assert resume(gone, utc("Fri 12:00")).next_due() == utc("Sat 08:00")
    assert blocked([turn_off(reminder)])[0].off is Off.ASKED


# --- changes


def test_a_new_zone_keeps_the_local_time(reminder: Reminder) -> None:
    moved = move_to_zone(reminder, "Asia/Tokyo", utc("Mon 14:00"))

    assert moved.schedule == at("08:00", zone="Asia/Tokyo")
    assert moved.next_due() == utc("Mon 23:00")


def test_who_flies_west_gets_nothing_twice_on_one_date() -> None:
    in_tokyo = create(1, "R01", at("08:00", zone="Asia/Tokyo"), utc("Sun 12:00") - 7 * DAY)
    in_tokyo = sent(in_tokyo, "Mon 23:00")  # Tuesday at eight in Tokyo

    moved = move_to_zone(in_tokyo, "America/Los_Angeles", utc("Tue 02:00"))  # Monday evening in Los Angeles

    assert moved.next_due() == utc("Wed 15:00"), "Wednesday at eight in Los Angeles"


def test_who_flies_east_is_not_reminded_of_a_time_that_is_behind(reminder: Reminder) -> None:
    moved = move_to_zone(reminder, "Asia/Tokyo", utc("Tue 00:30"))  # half past nine in Tokyo

    assert due(moved, utc("Tue 00:30")).act is Act.WAIT
    assert moved.next_due() == utc("Tue 23:00")


def test_another_time_counts_from_now_on(reminder: Reminder) -> None:
    reminder = sent(reminder, "Tue 08:00")

    assert reschedule(reminder, at("20:00"), utc("Tue 12:00")).next_due() == utc("Tue 20:00")
    assert reschedule(reminder, at("07:00"), utc("Tue 12:00")).next_due() == utc("Wed 07:00")


# --- limits


def test_the_same_again_is_refused(reminder: Reminder) -> None:
    weekdays = at("08:00", weekdays=frozenset(range(5)))

    assert already_there([reminder], "R01", at("08:00")) == reminder
    assert already_there([reminder], "R01", weekdays) == reminder
    assert already_there([reminder], "R01", at("08:00", "20:00")) is None
    assert already_there([reminder], "R01", at("08:30")) is None
    assert already_there([reminder], "LI4", at("08:00")) is None


def test_the_same_hour_elsewhere_is_another_time(reminder: Reminder) -> None:
    elsewhere = replace(at("08:00"), zone="Asia/Tokyo")

    assert already_there([reminder], "R01", elsewhere) is None


def test_of_several_the_one_that_covers_it_is_named(reminder: Reminder) -> None:
    friday = replace(reminder, id=2, schedule=at("08:00", weekdays=frozenset({4})))
    saturday = at("08:00", weekdays=frozenset({5}))

    assert already_there([friday, reminder], "R01", saturday) == reminder


# --- looking back


def days(*names: str) -> set[date]:
    return {on(name) for name in names}


def test_a_streak_counts_the_days_in_a_row() -> None:
    assert streak(days("Mon", "Wed", "Thu"), on("Thu"), EVERY_DAY) == 2
    assert streak(set(), on("Thu"), EVERY_DAY) == 0


def test_today_breaks_no_streak_while_it_lasts() -> None:
    assert streak(days("Tue", "Wed"), on("Thu"), EVERY_DAY) == 2
    assert streak(days("Tue", "Wed"), on("Fri"), EVERY_DAY) == 0


def test_a_pause_and_a_free_day_break_no_streak() -> None:
    assert streak(days("Mon", "Fri"), on("Fri"), EVERY_DAY, [Pause(on("Tue"), on("Fri"))]) == 2
    assert streak(days("Mon"), on("Sun"), EVERY_DAY, [Pause(on("Tue"))]) == 1
    assert streak(days("Mon", "Wed", "Fri"), on("Sat"), {0, 2, 4}) == 3


# --- whatever happens

EVENTS: list[Callable[[Reminder, datetime], Reminder]] = [
    lambda reminder, now: done(reminder, reminder.schedule.local(now).on),
    lambda reminder, now: done(reminder, reminder.schedule.local(now).on - DAY),
    lambda reminder, now: snooze(reminder, 10, now),
    snooze_to_evening,
    skip_today,
    lambda reminder, now: pause_until(reminder, reminder.schedule.local(now).on + 3 * DAY),
    resume,
    lambda reminder, now: move_to_zone(reminder, "Pacific/Auckland", now),
    lambda reminder, now: move_to_zone(reminder, "America/Los_Angeles", now),
]


@given(
    st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(0, 30 * 60)), max_size=12),
    st.sampled_from([None, QuietHours(time(22), time(7)), QuietHours(time(7), time(9), InQuiet.SILENT)]),
    st.sets(st.sampled_from(["00:00", "08:00", "20:00", "23:30"]), min_size=1),
)
def test_whatever_people_do_no_slot_of_their_day_comes_twice_and_no_wake_is_for_nothing(
    events: list[tuple[Callable[[Reminder, datetime], Reminder], int]],
    quiet: QuietHours | None,
    clocks: set[str],
) -> None:
    now = utc("Mon 12:00")
    reminder = create(1, "R01", at(*clocks, zone="Europe/Berlin"), now, quiet=quiet)
    handled: list[Slot] = []
    for event, minutes in events:
        end = now + minutes * MINUTE
        while (moment := reminder.next_due()) is not None and moment <= end:
            now = max(now, moment)
            before, found = reminder, due(reminder, now)
            assert found.act not in (Act.WAIT, Act.HOLD)
            reminder = found.reminder
            assert (reminder.next_due() or now + DAY) > now, "it would send the same for ever"
            if reminder.handled != before.handled:
                handled.append(reminder.handled)
        now = end
        assert due(reminder, now).act in (Act.WAIT, Act.HOLD)
        reminder = event(reminder, now)

    assert handled == sorted(set(handled))
