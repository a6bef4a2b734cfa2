"""Whoever has several reminders at eight gets one message at eight, and can answer each or all at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.conversation.events import Said
from bot.flow import Companion
from bot.wording.reply import Reply
from tests.conversation.reminder_days import BERLIN, EIGHT, Came, Days, subscribed

TUESDAY_AT_EIGHT = datetime(2026, 3, 3, 7, tzinfo=UTC)
TUESDAY = date(2026, 3, 3)


@pytest.fixture
def both(companion: Companion) -> Days:
    """Somebody who is reminded of the starter and of the desk break every day at eight in Berlin."""
    person = subscribed(companion, "remind me of the starter every day at 8 am")
    person.says("remind me of the desk break every day at 8 am")
    return person


def at_eight(person: Days) -> Reply:
    (came,) = person.until(TUESDAY_AT_EIGHT)
    return came.reply


def labels(reply: Reply) -> list[str]:
    return [button.label for button in reply.buttons]


def lines(reply: Reply) -> list[str]:
    return reply.plain.split("\n")


def on_days(person: Days, came: list[Came]) -> list[tuple[str, time]]:
    return person.local(BERLIN, *came)


# --- one message


def test_what_is_due_together_comes_as_one_message_that_gives_nothing_away(both: Days) -> None:
    message = at_eight(both)

    assert lines(message) == ["Time for these:", "1) Two minutes.", "2) 5 minutes."]
    assert message.reminds
    assert not message.silent
    assert not any("desk" in label.casefold() for label in labels(message))


def test_who_wants_it_said_gets_the_names(both: Days) -> None:
    both.says("/settings")
    both.taps("Lock screen")
    both.taps("Say what")

    assert "desk break" in at_eight(both).plain


def test_one_that_is_alone_looks_as_ever(both: Days) -> None:
    both.says("remind me of GV20 every day at 9 am")
    at_eight(both)
    (came,) = both.until(TUESDAY_AT_EIGHT + timedelta(hours=1))

    assert came.reply.plain == "Time for your two minutes."
    assert "Start now" in labels(came.reply)


def test_after_downtime_one_message_says_what_each_was_meant_for(both: Days) -> None:
    both.says("remind me of GV20 every day at 8:30 am")
    (came,) = both.down_until(TUESDAY_AT_EIGHT + timedelta(hours=1))

    assert [line.partition("meant for ")[2] for line in lines(came.reply)[1:]] == [
        "08:00.",
        "08:00.",
        "08:30.",
    ]


def test_in_quiet_hours_that_silence_it_makes_no_sound(both: Days) -> None:
    both.says("/settings")
    both.taps("Quiet hours")
    both.taps("22:00 to 07:00, silent")
    both.says("/settings")
    both.taps("Quiet hours")
    both.says("from 22:00 to 9:00")

    assert at_eight(both).silent


# --- answers to all


def test_all_done_takes_the_buttons_away_and_is_kept_for_each(both: Days) -> None:
    at_eight(both)
    reply = both.taps("All done")

    assert lines(reply) == ["1) Two minutes. Done.", "2) 5 minutes. Done."]
    assert labels(reply) == ["My reminders"]
    assert [each.last_done_on for each in both.memory.reminders] == [TUESDAY] * 2
    assert both.memory.preferences.done_on == (TUESDAY,)


@pytest.mark.parametrize(
    ("label", "at"), [("In 10", time(8, 10)), ("In 1 hour", time(9)), ("This evening", time(20))]
)
def test_all_put_off_come_again_as_one(both: Days, label: str, at: time) -> None:
    at_eight(both)
    both.taps(label)
    (came,) = both.until(TUESDAY_AT_EIGHT + timedelta(hours=20))

    assert on_days(both, [came]) == [("03-03", at)]
    assert lines(came.reply)[1:] == ["1) Two minutes.", "2) 5 minutes."]


def test_all_skipped_come_tomorrow(both: Days) -> None:
    at_eight(both)
    reply = both.taps("Skip today")
    came = both.days(1)

    assert "Next: tomorrow at 08:00" in reply.plain
    assert on_days(both, came) == [("03-04", EIGHT)]


# --- answers to each


def test_one_that_is_done_leaves_the_other_to_do(both: Days) -> None:
    at_eight(both)
    reply = both.taps("1 is done")

    assert lines(reply) == ["Time for these:", "1) Two minutes. Done.", "2) 5 minutes."]
    assert "Start 2" in labels(reply)
    assert "Start 1" not in labels(reply)
    assert [each.last_done_on for each in both.memory.reminders] == [TUESDAY, None]


def test_what_is_done_is_not_put_off_with_the_rest(both: Days) -> None:
    at_eight(both)
    both.taps("2 is done")
    both.taps("In 10")
    (came,) = both.until(TUESDAY_AT_EIGHT + timedelta(hours=2))

    assert came.reply.plain == "Time for your two minutes."


def test_a_start_opens_the_card_and_the_way_back_leads_to_the_others(both: Days) -> None:
    at_eight(both)
    card = both.taps("Start 2")
    back = both.taps("The others")

    assert "Start" in labels(card)
    assert "desk break" in card.plain.casefold()
    assert lines(back) == ["Time for these:", "1) Two minutes.", "2) 5 minutes."]


def test_a_point_that_was_opened_is_answered_on_its_page_and_leads_back(companion: Companion) -> None:
    person = subscribed(companion, "remind me of GV20 every day at 8 am")
    person.says("remind me of the starter every day at 8 am")
    at_eight(person)
    page = person.taps("Start 1")
    reply = person.taps("Done")

    assert companion.library.words.points["GV20"].where in page.plain
    assert lines(reply)[1] == "1) Two minutes. Done."
    assert "Start 2" in labels(reply)


def test_what_is_no_longer_for_the_person_is_not_started(companion: Companion) -> None:
    person = subscribed(companion, "remind me of LI4 every day at 8 am")
    person.says("remind me of GV20 every day at 8 am")
    message = at_eight(person)
    person.does(Said("I'm pregnant"))
    reply = person.taps("Start 1", message)

    assert companion.library.words.points["LI4"].where not in reply.plain
    assert "pregnan" in reply.plain


# --- old and double taps


def test_every_button_twice_does_what_it_does_once(both: Days) -> None:
    message = at_eight(both)
    memory = both.memory
    for button in message.buttons:
        both.memory = memory
        tap = both.tap(button.label, message)
        once = both.does(tap)
        after = both.memory.reminders
        assert both.does(tap) == once, button.label
        assert both.memory.reminders == after, button.label


@pytest.mark.parametrize("label", ["Skip", "In 10", "In 1 hour", "This evening", "All done", "1 is done"])
def test_no_button_of_yesterday_touches_today(both: Days, label: str) -> None:
    yesterday = at_eight(both)
    both.days(1)
    both.taps(label, yesterday)

    assert [each.waiting_on for each in both.memory.reminders] == [date(2026, 3, 4)] * 2
    assert [each.snoozed_until for each in both.memory.reminders] == [None] * 2


def test_one_that_was_deleted_is_said_to_be_gone_and_the_other_can_be_done(both: Days) -> None:
    message = at_eight(both)
    both.says("/reminders")
    both.taps("1.")
    both.taps("Delete")
    gone = both.taps("1 is done", message)
    reply = both.taps("2 is done", message)

    assert "not there any more" in lines(gone)[1]
    assert lines(reply)[1] == "2) 5 minutes. Done."


def test_five_times_ignored_both_ask_in_one_message_and_then_rest(both: Days) -> None:
    came = both.days(20)

    assert len(came) == 6
    assert labels(came[-1].reply) == ["Yes, pause", "No, keep it"]


def test_no_to_the_question_keeps_both(both: Days) -> None:
    both.days(6)
    both.taps("No, keep")

    assert len(both.days(3)) == 3
