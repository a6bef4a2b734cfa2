"""A reminder comes when it was asked for, says no more than it may, and does what it is told at once.

Rivals' reminders come an hour off after the clock change, vanish at a restart, or nag. Here people live with
theirs for days: they subscribe in their own words, put off, move, go on holiday, block and come back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.events import Blocked, Due, Placed, Said
from bot.conversation.memory import Memory, Profile
from bot.flow import Companion
from bot.library.facts import Memorable
from bot.reminders.reminder import MOST_REMINDERS, Off
from tests.conversation.reminder_days import MONDAY, Days, subscribed

BERLIN, NEW_YORK, TOKYO = "Europe/Berlin", "America/New_York", "Asia/Tokyo"
EIGHT = time(8)


@pytest.fixture
def anna(companion: Companion) -> Days:
    """Somebody who is reminded of GV20 every day at eight in Berlin, where it is Monday 10:30."""
    return subscribed(companion)


@pytest.fixture
def stranger(companion: Companion) -> Days:
    return Days(companion)


def times_of(person: Days) -> list[tuple[str, ...]]:
    return [tuple(f"{at:%H:%M}" for at in each.schedule.times) for each in person.memory.reminders]


# --- B41: times


@pytest.mark.parametrize(
    ("answer", "times"),
    [
        ("8am", ("08:00",)),
        ("20:30", ("20:30",)),
        ("8.30 pm", ("20:30",)),
        ("half past eight in the evening", ("20:30",)),
        ("every evening", ("20:00",)),
        ("weekdays 8:30 and 9 pm", ("08:30", "21:00")),
    ],
)
def test_b41_a_time_in_any_usual_way_is_understood_and_confirmed(
    stranger: Days, answer: str, times: tuple[str, ...]
) -> None:
    stranger.says("/remind GV20")
    stranger.says(answer)
    stranger.taps("Yes")
    confirmed = stranger.says("Berlin")

    assert times_of(stranger) == [times]
    assert all(at in confirmed.plain for at in times)


@pytest.mark.parametrize("answer", ["9", "half past seven", "every day at 8"])
def test_b41_a_time_that_may_be_morning_or_evening_is_asked_about(stranger: Days, answer: str) -> None:
    stranger.says("/remind GV20")
    asked = stranger.says(answer)
    early, late = asked.buttons
    stranger.taps(late.label)
    stranger.taps("Yes")
    stranger.says("Berlin")

    assert "Do you mean" in asked.plain
    assert stranger.reminder.schedule.times[0] >= time(12)
    assert early.label != late.label


def test_b41_the_question_for_the_half_of_the_day_is_answered_by_words_too(stranger: Days) -> None:
    stranger.says("/remind GV20")
    stranger.says("9")
    stranger.says("in the evening")
    stranger.taps("Yes")
    stranger.says("Berlin")

    assert times_of(stranger) == [("21:00",)]


@pytest.mark.parametrize("answer", ["25:00", "every hour", "every other day", "weekly at 8 pm"])
def test_b41_a_time_that_cannot_be_gets_an_example(stranger: Days, answer: str) -> None:
    stranger.says("/remind GV20")
    reply = stranger.says(answer)

    assert "For example" in reply.plain
    assert stranger.memory.reminders == ()
    assert stranger.says("8 am").buttons[0].label == "Yes, store it"


def test_in_two_hours_comes_once_and_needs_no_zone(stranger: Days) -> None:
    stranger.says("remind me of GV20 in 2 hours")
    stranger.taps("Yes")
    (came,) = stranger.days(20)

    assert came.at == MONDAY + timedelta(hours=2)
    assert "no reminders" in stranger.says("/reminders").plain


def test_tomorrow_is_the_persons_own_tomorrow(companion: Companion) -> None:
    """In Auckland it is Tuesday already when the message is written on Monday evening in Greenwich."""
    person = subscribed(
        companion, "remind me of GV20 tomorrow at 9 am", "Auckland", now=MONDAY.replace(hour=21)
    )
    (came,) = person.days(10)

    assert person.local("Pacific/Auckland", came) == [("03-04", time(9))]


# --- what of


def test_what_to_be_reminded_of_is_asked_with_the_starter_first(stranger: Days) -> None:
    asked = stranger.says("remind me every day at 8 am")

    assert asked.buttons[0].label == "Two-minute starter"


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("remind me to press GV20 at 9 pm", "GV20"),
        ("remind me of the starter at 9 pm", "R10"),
        ("remind me of the wind-down at 9 pm", "R04"),
    ],
)
def test_what_the_words_name_is_what_is_reminded_of(companion: Companion, words: str, what: str) -> None:
    assert subscribed(companion, words).reminder.what == what


def test_an_answer_leads_to_a_reminder_of_its_point(stranger: Days) -> None:
    stranger.says("my neck hurts")
    stranger.taps("Remind me")
    stranger.taps("Every day, 20:00")
    stranger.taps("Yes")
    stranger.says("Berlin")

    assert stranger.reminder.what == "GB21"


# --- consent


def test_nothing_is_kept_before_consent_and_then_it_goes_on_where_it_was(stranger: Days) -> None:
    stranger.says("remind me of GV20 every day at 8 am")
    before = stranger.memory
    asked = stranger.last[0]
    zone = stranger.taps("Yes", asked)
    stranger.says("Berlin")

    assert before.consent_at is None
    assert before.reminders == ()
    assert zone.ask_place
    assert stranger.memory.consent_at == MONDAY
    assert times_of(stranger) == [("08:00",)]


def test_who_declines_gets_no_reminder_and_still_gets_answers(stranger: Days) -> None:
    stranger.says("remind me of GV20 every day at 8 am")
    stranger.taps("No")

    assert stranger.memory.reminders == ()
    assert stranger.memory.consent_at is None
    assert "GB21" in stranger.says("my neck hurts").plain


# --- B42: zones


@pytest.mark.parametrize(
    ("answer", "zone"),
    [
        ("Berlin", BERLIN),
        ("Sao Paulo", "America/Sao_Paulo"),
        ("UTC+5:30", "Asia/Kolkata"),
        ("Asia/Kathmandu", "Asia/Kathmandu"),
    ],
)
def test_b42_a_zone_is_found_and_confirmed_by_the_readers_own_clock(
    companion: Companion, answer: str, zone: str
) -> None:
    person = subscribed(companion, city=answer)
    due = person.next_due()

    assert person.reminder.schedule.zone == zone
    assert due
    assert f'<tg-time unix="{int(due.timestamp())}" format="t">08:00</tg-time>' in person.last[0].text


@pytest.mark.parametrize("answer", ["Springfield", "it's 14:35 here"])
def test_b42_an_ambiguous_place_is_asked_about_and_the_reminder_goes_on(stranger: Days, answer: str) -> None:
    stranger.says("remind me of GV20 every day at 8 am")
    stranger.taps("Yes")
    asked = stranger.says(answer)
    confirmed = stranger.taps(asked.buttons[0].label)

    assert asked.buttons
    assert "I will remind you" in confirmed.plain


def test_b42_of_a_place_nothing_but_its_zone_is_kept(stranger: Days) -> None:
    stranger.says("remind me of GV20 every day at 8 am")
    stranger.taps("Yes")
    stranger.does(Placed(52.5219, 13.4132))

    assert stranger.reminder.schedule.zone == BERLIN
    assert "52.5" not in repr(stranger.memory)
    assert "52.5" not in repr(Placed(52.5219, 13.4132))


def test_b42_the_label_of_the_place_button_as_words_is_neither_city_nor_complaint(stranger: Days) -> None:
    stranger.says("remind me of GV20 every day at 8 am")
    stranger.taps("Yes")
    reply = stranger.says("Send my location")
    stranger.says("Berlin")

    assert "write a city" in reply.plain
    assert stranger.reminder.schedule.zone == BERLIN
    assert "write a city" in Days(stranger.companion).says("send my location").plain


def test_b42_an_unknown_place_is_asked_for_again_and_a_complaint_is_answered(stranger: Days) -> None:
    stranger.says("remind me of GV20 every day at 8 am")
    stranger.taps("Yes")

    assert stranger.says("Qwxyzzy").ask_place
    assert "GB21" in stranger.says("my neck hurts").plain


def test_a_place_that_nobody_asked_for_is_offered_and_not_taken(anna: Days) -> None:
    (asked,) = anna.does(Placed(35.68, 139.69))

    assert anna.reminder.schedule.zone == BERLIN
    assert anna.taps(asked.buttons[0].label)
    assert anna.reminder.schedule.zone == TOKYO


# --- B43: clock changes


@pytest.mark.parametrize(
    ("city", "zone", "start"),
    [
        ("Berlin", BERLIN, datetime(2026, 3, 27, 12, tzinfo=UTC)),
        ("Berlin", BERLIN, datetime(2026, 10, 23, 12, tzinfo=UTC)),
        ("New York", NEW_YORK, datetime(2026, 3, 6, 18, tzinfo=UTC)),
        ("Australia/Lord_Howe", "Australia/Lord_Howe", datetime(2026, 4, 3, 18, tzinfo=UTC)),
        ("Kathmandu", "Asia/Kathmandu", datetime(2026, 3, 27, 12, tzinfo=UTC)),
    ],
)
@pytest.mark.parametrize("at", [time(8), time(2, 30)])
def test_b43_every_local_day_once_and_eight_stays_eight(
    companion: Companion, city: str, zone: str, start: datetime, at: time
) -> None:
    person = subscribed(companion, f"remind me of GV20 every day at {at:%H:%M}", city, now=start)
    came = person.days(5)
    local = person.local(zone, *came)
    first = date.fromisoformat(f"2026-{local[0][0]}")

    assert [day for day, _ in local] == [f"{first + timedelta(days=each):%m-%d}" for each in range(5)]
    assert {shown for _, shown in local} <= {at, time(3)}
    assert [shown for _, shown in local].count(time(3)) <= 1


# --- B44, B45: downtime


def test_b44_a_little_late_it_comes_once_and_says_its_time(anna: Days) -> None:
    (came,) = anna.down_until(datetime(2026, 3, 3, 7, 20, tzinfo=UTC))
    rest = anna.until(datetime(2026, 3, 3, 20, tzinfo=UTC))

    assert "meant for 08:00" in came.reply.plain
    assert rest == []


def test_b44_hours_late_it_waits_for_the_next_day(anna: Days) -> None:
    assert anna.down_until(datetime(2026, 3, 3, 11, tzinfo=UTC)) == []
    (came,) = anna.days(1)

    assert anna.local(BERLIN, came) == [("03-04", EIGHT)]


def test_b45_after_three_days_there_is_at_most_one_message(anna: Days) -> None:
    for words in ("remind me of GV20 every day at 8:30 am", "remind me of SI3 every day at 8:45 am"):
        anna.says(words)
    came = anna.down_until(datetime(2026, 3, 6, 8, 0, tzinfo=UTC))

    assert len(anna.memory.reminders) == 3
    assert len(came) == 1
    assert anna.until(datetime(2026, 3, 7, 6, 0, tzinfo=UTC)) == []


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


# --- B50: ignored


def test_b50_after_five_ignored_it_asks_once_and_then_rests(anna: Days) -> None:
    came = anna.days(20)
    texts = [each.reply.plain for each in came]

    assert len(came) == 6
    assert ["Shall I pause" in text for text in texts] == [False] * 5 + [True]
    assert anna.reminder.off is Off.IGNORED


def test_b50_no_to_the_question_goes_on(anna: Days) -> None:
    anna.days(6)
    anna.taps("No, keep")

    assert len(anna.days(3)) == 3


def test_b50_any_answer_starts_the_count_anew(anna: Days) -> None:
    anna.days(4)
    anna.taps("Skip")

    assert not any("Shall I pause" in each.reply.plain for each in anna.days(5))


# --- B51: blocked


def test_b51_blocked_stops_at_once_and_offers_on_return_without_resuming(anna: Days) -> None:
    anna.does(Blocked())
    silence = anna.days(3)
    anna.says("/start")
    offered = anna.last
    still = anna.days(2)
    anna.taps("Resume all", offered[-1])

    assert silence == []
    assert "could not reach you" in offered[-1].plain
    assert still == []
    assert len(anna.days(1)) == 1


def test_b51_it_is_offered_once(anna: Days) -> None:
    anna.does(Blocked())
    anna.says("/start")
    anna.says("thanks")

    assert not any("could not reach you" in each.plain for each in anna.last)


# --- B52: moving


def test_b52_who_moves_gets_everything_at_the_same_local_time(anna: Days) -> None:
    reply = anna.says("I moved to Tokyo")
    (came,) = anna.days(1)

    assert "Tokyo" in reply.plain
    assert "every day at 08:00" in reply.plain
    assert "Next:" in reply.plain
    assert came.at.astimezone(ZoneInfo(TOKYO)).time() == EIGHT


def test_b52_the_settings_change_the_zone_too(anna: Days) -> None:
    settings = anna.says("/settings")
    anna.taps("Time zone")
    anna.says("New York")

    assert "Berlin" in settings.plain
    assert anna.reminder.schedule.zone == NEW_YORK


# --- B54: duplicates and the most there may be


def test_b54_the_same_reminder_twice_is_one_and_said(anna: Days) -> None:
    reply = anna.says("remind me of GV20 every day at 8 am")

    assert "You have that one" in reply.plain
    assert len(anna.memory.reminders) == 1


def test_b54_a_double_tap_subscribes_once(stranger: Days) -> None:
    stranger.does(Placed(52.5, 13.4))
    stranger.says("remind me of GV20 every day at 8 am")
    agree = stranger.tap("Yes")
    stranger.does(agree)
    stranger.says("Berlin")
    stranger.does(agree)

    assert len(stranger.memory.reminders) == 1


def test_b54_more_than_ten_are_refused_clearly(anna: Days) -> None:
    for hour in range(9, 9 + MOST_REMINDERS):
        reply = anna.says(
            f"remind me of GV20 every day at {hour}:00"
            if hour > 12
            else f"remind me of GV20 every day at {hour} am"
        )

    assert "ten reminders" in reply.plain
    assert len(anna.memory.reminders) == MOST_REMINDERS


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


# --- stopping


@pytest.mark.parametrize("words", ["stop reminders", "/stop", "stop", "unsubscribe", "no more reminders"])
def test_after_stop_nothing_more_comes_until_it_is_asked_for(anna: Days, words: str) -> None:
    anna.until(datetime(2026, 3, 3, 7, 0, tzinfo=UTC))
    anna.taps("In 10")
    reply = anna.says(words)
    silence = anna.days(10)
    anna.taps("Resume all", reply)

    assert silence == []
    assert [button.label for button in reply.buttons] == ["Resume all"]
    assert len(anna.days(1)) == 1


def test_not_today_is_not_today(anna: Days) -> None:
    anna.until(datetime(2026, 3, 3, 5, 0, tzinfo=UTC))
    anna.says("not today")

    assert anna.local(BERLIN, *anna.days(1.5)) == [("03-04", EIGHT)]


def test_a_holiday_ends_by_itself(anna: Days) -> None:
    anna.says("pause reminders until friday")

    assert anna.local(BERLIN, *anna.days(5)) == [("03-06", EIGHT), ("03-07", EIGHT)]


def test_stop_with_nothing_to_stop_says_what_it_always_said(stranger: Days) -> None:
    assert stranger.says("/stop").plain == stranger.companion.library.words.sentences.stopped


# --- safety


@pytest.mark.parametrize(
    "words",
    ["I'm pregnant. Remind me of LI4 every day at 8 pm", "remind me of LI4 at 8 pm, I'm 20 weeks pregnant"],
)
def test_nobody_is_reminded_of_what_is_not_for_them(stranger: Days, words: str) -> None:
    reply = stranger.says(words)

    assert "LI4" in reply.plain
    assert "pregnan" in reply.plain
    assert stranger.memory.reminders == ()


def test_under_18_there_are_no_reminders(stranger: Days) -> None:
    stranger.says("I'm 15 and my back hurts")
    reply = stranger.says("remind me every day at 8 am")

    assert reply.plain.startswith("You told me before")
    assert stranger.memory.reminders == ()


@pytest.mark.parametrize("words", ["I'm pregnant", "I'm 16 years old"])
def test_what_is_learned_later_ends_what_is_not_for_the_person_and_says_so(
    companion: Companion, words: str
) -> None:
    person = subscribed(companion, "remind me of LI4 every day at 8 am")
    person.says(words)
    said = person.last

    assert "no longer remind you" in said[-1].plain
    assert person.days(5) == []
    assert person.reminder.off is Off.SAFETY


def test_what_is_set_in_the_settings_ends_it_too_and_it_cannot_be_resumed(companion: Companion) -> None:
    person = subscribed(companion, "remind me of LI4 every day at 8 am")
    person.says("/settings")
    person.taps("Health")
    person.taps("Pregnant")
    person.says("/reminders")
    person.taps("Resume all")
    person.taps("1.")
    refused = person.taps("Resume")

    assert "pregnan" in refused.plain
    assert person.days(3) == []


def test_a_fever_silences_for_hours_and_ends_nothing(companion: Companion) -> None:
    assert companion.library.rules["CR14"].memorable is not Memorable.LASTING
    person = subscribed(companion, now=datetime(2026, 3, 3, 5, 0, tzinfo=UTC))
    person.says("I have a fever today")
    today = person.until(datetime(2026, 3, 3, 12, 0, tzinfo=UTC))
    tomorrow = person.days(1)

    assert today == []
    assert len(tomorrow) == 1


def test_while_a_danger_sign_is_unchecked_nothing_comes_and_nothing_is_said_of_it(anna: Days) -> None:
    card = anna.does(Said("my calf is swollen and hot"))
    held = anna.days(7)
    ignored = anna.reminder.ignored_in_a_row
    anna.taps("I have been checked", card[0])

    assert len(card) == 1
    assert held == []
    assert ignored == 0
    assert len(anna.days(1)) == 1


def test_start_now_is_checked_again_when_it_is_tapped(companion: Companion) -> None:
    person = subscribed(companion, "remind me of LI4 every day at 8 am")
    person.days(1)
    message = person.last[0]
    person.memory = replace(person.memory, profile=Profile(frozenset({"CR01"})))
    reply = person.taps("Start now", message)

    assert companion.library.words.points["LI4"].where not in reply.plain
    assert "pregnan" in reply.plain


def test_nothing_withheld_is_ever_offered_to_be_reminded_of(companion: Companion) -> None:
    for rule in companion.library.words.settings.labels:
        person = Days(companion, memory=Memory(MONDAY, Profile(frozenset({rule}))))
        asked = person.says("/remind")
        for button in asked.buttons:
            reply = person.taps(button.label, asked)
            assert "I do not remind you" not in reply.plain, (rule, button.label)


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


# --- questions


def test_a_question_is_answered_by_the_next_message_only(stranger: Days) -> None:
    stranger.says("/remind GV20")
    stranger.says("thanks")
    reply = stranger.says("9 pm")

    assert "May I store" not in reply.plain


def test_a_question_is_forgotten_after_ten_minutes(stranger: Days) -> None:
    stranger.says("/remind GV20")
    stranger.now += timedelta(minutes=11)

    assert "May I store" not in stranger.says("9 pm").plain
