"""A reminder does what its buttons say, at once and once, and knows which day it is about."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from bot.conversation.events import Due
from tests.conversation.reminder_days import BERLIN, EIGHT, Days

# --- B46: snooze


def test_b46_a_snooze_comes_in_ten_minutes_and_leaves_tomorrow_alone(anna: Days) -> None:
    anna.until(datetime(2026, 3, 3, 7, 0, tzinfo=UTC))
    reply = anna.taps("In 10")
    came = anna.days(1)

    assert reply.toast == "Later, at 08:10"
    assert anna.local(BERLIN, *came) == [("03-03", time(8, 10)), ("03-04", EIGHT)]


def test_b46_snoozing_twice_is_fine_and_done_ends_it(anna: Days) -> None:
    anna.until(datetime(2026, 3, 3, 7, 0, tzinfo=UTC))
    message = anna.last[0]
    anna.taps("In 10", message)
    anna.taps("In 10", message)
    anna.until(datetime(2026, 3, 3, 7, 10, tzinfo=UTC))
    anna.taps("In 1 hour")
    anna.taps("Done")

    assert anna.local(BERLIN, *anna.days(1)) == [("03-04", EIGHT)]


def test_b46_this_evening_is_this_evening(anna: Days) -> None:
    anna.until(datetime(2026, 3, 3, 7, 0, tzinfo=UTC))
    anna.taps("This evening")

    assert anna.local(BERLIN, *anna.days(0.9)) == [("03-03", time(20))]


# --- B47: done


def test_b47_done_takes_the_buttons_away_and_a_second_tap_changes_nothing(anna: Days) -> None:
    anna.until(datetime(2026, 3, 3, 7, 0, tzinfo=UTC))
    tap = anna.tap("Done")
    (first,) = anna.does(tap)
    once = anna.memory
    (second,) = anna.does(tap)

    assert first.buttons == ()
    assert first.toast
    assert second == first
    assert anna.memory == once


def test_b47_done_on_yesterdays_message_is_for_yesterday(anna: Days) -> None:
    anna.until(datetime(2026, 3, 3, 7, 0, tzinfo=UTC))
    yesterday = anna.last[0]
    anna.until(datetime(2026, 3, 4, 6, 0, tzinfo=UTC))
    reply = anna.taps("Done", yesterday)

    assert "for Tuesday" in reply.plain
    assert anna.reminder.last_done_on == date(2026, 3, 3)
    assert anna.local(BERLIN, *anna.days(0.5)) == [("03-04", EIGHT)]


@pytest.mark.parametrize("label", ["Skip", "In 10", "In 1 hour", "This evening"])
def test_b47_no_button_of_yesterday_touches_today(anna: Days, label: str) -> None:
    anna.until(datetime(2026, 3, 3, 7, 0, tzinfo=UTC))
    yesterday = anna.last[0]
    anna.until(datetime(2026, 3, 4, 7, 0, tzinfo=UTC))
    today = anna.reminder
    reply = anna.taps(label, yesterday)

    assert reply.toast == "That was an earlier day"
    assert anna.reminder == today


def test_skip_today_is_silent_until_tomorrow(anna: Days) -> None:
    anna.says("/reminders")
    anna.until(datetime(2026, 3, 3, 7, 0, tzinfo=UTC))
    anna.taps("Skip")

    assert anna.local(BERLIN, *anna.days(1)) == [("03-04", EIGHT)]


def test_done_before_its_time_leaves_the_reminder_of_that_day_out(anna: Days) -> None:
    anna.until(datetime(2026, 3, 3, 5, 0, tzinfo=UTC))
    anna.says("/reminders")
    anna.taps("1.")
    anna.taps("Done for today")

    assert anna.local(BERLIN, *anna.days(1.5)) == [("03-04", EIGHT)]


def test_days_in_a_row_are_counted_and_a_pause_does_not_break_them(anna: Days) -> None:
    def done() -> str:
        anna.days(1)
        return anna.taps("Done").plain

    anna.until(datetime(2026, 3, 2, 7, 30, tzinfo=UTC))
    first, second = done(), done()
    anna.says("pause reminders until saturday")
    anna.until(datetime(2026, 3, 6, 7, 30, tzinfo=UTC))
    third = done()

    assert "in a row" not in first
    assert "2 days in a row" in second
    assert "3 days in a row" in third


def test_start_now_opens_the_point_with_a_button_for_done(anna: Days) -> None:
    anna.until(datetime(2026, 3, 3, 7, 0, tzinfo=UTC))
    page = anna.taps("Start now")
    done = anna.taps("Done")

    assert anna.companion.library.words.points["GV20"].where in page.plain
    assert done.buttons == ()
    assert anna.reminder.last_done_on == date(2026, 3, 3)


# --- every button twice


def test_every_button_of_a_reminder_twice_does_what_it_does_once(anna: Days) -> None:
    anna.until(datetime(2026, 3, 3, 7, 0, tzinfo=UTC))
    message, memory = anna.last[0], anna.memory
    for button in message.buttons:
        anna.memory = memory
        tap = anna.tap(button.label, message)
        once = anna.does(tap)
        after = anna.memory.reminders
        assert anna.does(tap) == once, button.label
        assert anna.memory.reminders == after, button.label


def test_a_tick_with_nothing_due_says_and_changes_nothing(anna: Days) -> None:
    before = anna.memory

    assert anna.does(Due()) == ()
    assert anna.memory == before
