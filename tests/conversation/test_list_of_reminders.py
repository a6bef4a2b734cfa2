"""Reminders can be looked at and changed, keep quiet at night, and give nothing away on a locked screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.flow import Companion
from tests.conversation.reminder_days import BERLIN, Days, subscribed, times_of

# --- B48: the list


def test_b48_the_list_shows_times_and_what_comes_next(anna: Days) -> None:
    listed = anna.says("/reminders").plain

    assert "every day at 08:00" in listed
    assert "Next: tomorrow at 08:00" in listed


def test_b48_a_reminder_can_get_another_time(anna: Days) -> None:
    anna.says("/reminders")
    anna.taps("1.")
    anna.taps("Change the time")
    anna.says("weekdays 12:30")

    assert times_of(anna) == [("12:30",)]
    assert anna.reminder.schedule.weekdays == frozenset(range(5))


def test_b48_a_reminder_can_be_paused_and_resumed(anna: Days) -> None:
    anna.says("/reminders")
    anna.taps("1.")
    shown = anna.taps("Pause")
    anna.taps("Until Monday", shown)
    paused = anna.days(6)
    anna.says("/reminders")
    anna.taps("1.")
    anna.taps("Resume")

    assert paused == []
    assert len(anna.days(1)) == 1


def test_b48_what_was_deleted_can_be_brought_back_as_it_was(anna: Days) -> None:
    before = anna.reminder
    anna.says("/reminders")
    anna.taps("1.")
    gone = anna.taps("Delete")
    after_deleting = anna.memory.reminders
    anna.now += timedelta(minutes=5)
    anna.taps("Undo", gone)

    assert after_deleting == ()
    assert replace(anna.reminder, handled=before.handled) == before
    assert len(anna.days(1)) == 1


def test_b48_undo_tapped_twice_brings_back_one(anna: Days) -> None:
    anna.says("/reminders")
    anna.taps("1.")
    undo = anna.tap("Undo", anna.taps("Delete"))
    anna.does(undo)
    anna.does(undo)

    assert len(anna.memory.reminders) == 1


def test_buttons_of_a_deleted_reminder_say_so_and_never_meet_a_new_one(anna: Days) -> None:
    anna.until(datetime(2026, 3, 3, 7, 0, tzinfo=UTC))
    old = anna.last[0]
    anna.says("/reminders")
    anna.taps("1.")
    anna.taps("Delete")
    anna.says("remind me of SI3 every day at 8 am")
    new = anna.reminder
    reply = anna.taps("Done", old)

    assert "not there any more" in reply.plain
    assert anna.reminder == new


# --- B49: quiet hours


@pytest.mark.parametrize(
    ("label", "at"), [("22:00 to 07:00, wait", time(7)), ("22:00 to 07:00, silent", time(22, 5))]
)
def test_b49_in_quiet_hours_it_waits_or_comes_without_a_sound(
    companion: Companion, label: str, at: time
) -> None:
    person = subscribed(companion, "remind me of GV20 every day at 21:55")
    person.says("/settings")
    person.taps("Quiet hours")
    person.taps(label)
    person.until(datetime(2026, 3, 2, 20, 55, tzinfo=UTC))
    person.taps("In 10")
    (came,) = person.days(0.5)

    assert person.local(BERLIN, came)[0][1] == at
    assert came.reply.silent is (at != time(7))


def test_b49_quiet_hours_can_be_written(anna: Days) -> None:
    anna.says("/settings")
    anna.taps("Quiet hours")
    anna.says("from 21:30 to 6")

    quiet = anna.memory.preferences.quiet
    assert quiet
    assert (quiet.start, quiet.end) == (time(21, 30), time(6))
    assert anna.reminder.quiet == quiet


# --- B55: the lock screen


def test_b55_on_a_locked_screen_it_says_only_that_it_is_time(companion: Companion) -> None:
    person = subscribed(companion, "remind me of the starter every day at 8 am")
    (came,) = person.days(1)
    words = companion.library.words
    private = [name.name for name in (*words.complaints.values(), *words.routines.values())]

    assert came.reply.plain == "Time for your two minutes."
    assert came.reply.reminds
    assert not any(name.casefold() in came.reply.plain.casefold() for name in private)


def test_b55_who_wants_it_said_gets_it_said_by_all_reminders(anna: Days) -> None:
    anna.says("/settings")
    anna.taps("Lock screen")
    anna.taps("Say what")
    (came,) = anna.days(1)
    anna.says("/settings")
    anna.taps("Lock screen")
    anna.taps("Say only")
    (later,) = anna.days(1)

    assert "GV20" in came.reply.plain
    assert "GV20" not in later.reply.plain


def test_delete_tapped_twice_leaves_the_way_back(anna: Days) -> None:
    before = anna.reminder
    anna.says("/reminders")
    anna.taps("1.")
    delete = anna.tap("Delete")
    first = anna.does(delete)
    second = anna.does(delete)
    anna.taps("Undo")

    assert second == first
    assert anna.reminder.what == before.what
