"""A reminder comes when it was asked for, and not when it was not.

Rivals' reminders come an hour off after the clock change, vanish at a restart, or nag. Here people live with
theirs for days: clocks change, the bot is down, they move, go on holiday, block and come back.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.events import Blocked
from bot.flow import Companion
from bot.reminders.reminder import Off
from tests.conversation.reminder_days import BERLIN, EIGHT, NEW_YORK, TOKYO, Days, subscribed

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
