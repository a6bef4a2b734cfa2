"""A routine that was finished needs no reminder that day, and the end of one leads to the next."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.conversation.events import Due
from bot.flow import Companion
from tests.conversation.reminder_days import Days, subscribed


def to_the_end(person: Days) -> None:
    """Let the routine that runs come to its end."""
    person.taps("Start")
    while person.memory.round and (deadline := person.memory.round.running.deadline):
        person.now = deadline
        person.does(Due())


def test_start_now_leads_to_the_card_and_finishing_the_routine_is_done(companion: Companion) -> None:
    person = subscribed(companion, "remind me of the starter every day at 8 am")
    person.days(1)
    person.taps("Start now")
    to_the_end(person)

    assert person.reminder.last_done_on == person.reminder.schedule.local(person.now).on
    assert person.reminder.waiting_on is None


def test_a_routine_finished_before_the_time_of_its_reminder_leaves_it_out(companion: Companion) -> None:
    person = subscribed(companion, "remind me of the starter every day at 8 am")
    person.now = datetime(2026, 3, 3, 5, tzinfo=UTC)
    person.says("start the two-minute starter")
    to_the_end(person)

    assert person.until(datetime(2026, 3, 3, 20, tzinfo=UTC)) == []


def test_a_plain_stop_ends_the_routine_first_and_reminders_stay(companion: Companion) -> None:
    person = subscribed(companion, "remind me of the starter every day at 8 am")
    person.says("start the two-minute starter")
    person.taps("Start")
    person.says("stop")
    reminded = person.next_due()
    person.says("stop reminders")

    assert reminded
    assert person.next_due() is None
