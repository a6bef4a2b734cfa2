"""People say when in their own words, and are taken at their word.

A reminder at the wrong time is worse than none: it comes at night, or never. So what was said is read to the
minute, what was not said is marked as our guess, and what can be morning or evening is asked about.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.text import MOST_CHARACTERS
from bot.understanding.time_words import EVERY_DAY, WEEKDAYS, WEEKEND
from bot.understanding.times import Fault, TimeWish, read_time

NOW = datetime(2026, 5, 12, 18, 0, tzinfo=UTC)  # a Tuesday
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def at(*clocks: str) -> tuple[time, ...]:
    return tuple(time.fromisoformat(clock) for clock in clocks)


def read(text: str) -> TimeWish:
    return read_time(text, NOW)


# --- the time of day

CLEAR = {
    "8am": "08:00",
    "8 AM": "08:00",
    "8 a.m.": "08:00",
    "8 a. m.": "08:00",
    "8a": "08:00",
    "8 pm": "20:00",
    "8p.m": "20:00",
    "8.30 pm": "20:30",
    "8:30pm": "20:30",
    "830pm": "20:30",
    "8 30 pm": "20:30",
    "20:30": "20:30",
    "20.30": "20:30",
    "20h30": "20:30",
    "20h": "20:00",
    "at 20": "20:00",
    "at twenty": "20:00",
    "20:30:00": "20:30",
    "08:00": "08:00",
    "0800": "08:00",
    "1930": "19:30",
    "08": "08:00",
    "00:15": "00:15",
    "24:00": "00:00",
    "noon": "12:00",
    "at midday": "12:00",
    "midnight": "00:00",
    "12 noon": "12:00",
    "12 midnight": "00:00",
    "12 am": "00:00",
    "12pm": "12:00",
    "12:30 am": "00:30",
    "at eight in the morning": "08:00",
    "eight o'clock in the evening": "20:00",
    "8 in the evening": "20:00",
    "9 at night": "21:00",
    "12 at night": "00:00",
    "2 at night": "02:00",
    "3 in the afternoon": "15:00",
    "seven thirty pm": "19:30",
    "half past seven in the evening": "19:30",
    "quarter to nine am": "08:45",
    "twenty five to nine pm": "20:35",
    "every evening at 8": "20:00",
    "mornings at 7": "07:00",
    "7 every morning": "07:00",
    "８:３０ pm": "20:30",
    "٢٠:٣٠": "20:30",
    "Remind me please every day at 8 pm, thanks": "20:00",
    "6ish pm": "18:00",
}


@pytest.mark.parametrize(("text", "clock"), CLEAR.items())
def test_a_clear_time_is_read_to_the_minute(text: str, clock: str) -> None:
    wish = read(text)

    assert (wish.times, wish.unclear, wish.guessed, wish.fault) == (at(clock), frozenset(), False, None)


EITHER_HALF = {
    "8": "08:00",
    "9": "09:00",
    "at 9": "09:00",
    "8:30": "08:30",
    "8.30": "08:30",
    "830": "08:30",
    "8ish": "08:00",
    "about 8-ish": "08:00",
    "around eight": "08:00",
    "half past seven": "07:30",
    "half seven": "07:30",
    "half past eight": "08:30",
    "quarter to nine": "08:45",
    "a quarter past six": "06:15",
    "ten to eight": "07:50",
    "20 past 7": "07:20",
    "5 minutes to 10": "09:55",
    "quarter to one": "00:45",
    "eight o'clock": "08:00",
    "eight o clock": "08:00",
    "at one": "01:00",
    "seven fifteen": "07:15",
    "every day at 8": "08:00",
    "12": "00:00",
    "12:15": "00:15",
}


@pytest.mark.parametrize(("text", "morning"), EITHER_HALF.items())
def test_a_time_that_can_be_morning_or_evening_is_both_until_the_person_says(text: str, morning: str) -> None:
    wish = read(text)
    (early,) = at(morning)

    assert wish.ambiguous
    assert (wish.times, wish.unclear) == ((early,), {early})
    assert wish.in_the(afternoon=False).times == (early,)
    assert wish.in_the(afternoon=True).times == (early.replace(hour=early.hour + 12),)
    assert not wish.in_the(afternoon=True).ambiguous


def test_of_two_times_only_the_unclear_one_is_asked_about() -> None:
    wish = read("8:30 and 9 pm")

    assert (wish.times, wish.unclear) == (at("08:30", "21:00"), set(at("08:30")))
    assert wish.in_the(afternoon=True).times == at("20:30", "21:00")


SEVERAL = {
    "8 am and 8 pm": ("08:00", "20:00"),
    "9pm, 7am": ("07:00", "21:00"),
    "07:00 / 13:00 / 21:00": ("07:00", "13:00", "21:00"),
    "7 in the morning and 9 in the evening": ("07:00", "21:00"),
    "morning at 7, evening at 9": ("07:00", "21:00"),
    "every morning at 7 and 8": ("07:00", "08:00"),
    "20:00 and 8 pm": ("20:00",),
    "noon & midnight": ("00:00", "12:00"),
    "8 and 20": ("08:00", "20:00"),
    "7:30, 12:30 and 19:45": ("07:30", "12:30", "19:45"),
    "twice a day at 8 am and 8 pm": ("08:00", "20:00"),
}


@pytest.mark.parametrize(("text", "clocks"), SEVERAL.items())
def test_several_times_are_read_in_the_order_of_the_day_and_once_each(
    text: str, clocks: tuple[str, ...]
) -> None:
    assert (read(text).times, read(text).unclear) == (at(*clocks), frozenset())


GUESSED = {
    "every evening": ("20:00",),
    "in the morning": ("08:00",),
    "mornings and evenings": ("08:00", "20:00"),
    "after work": ("18:00",),
    "before bed": ("22:00",),
    "at lunchtime": ("12:30",),
    "tonight": ("20:00",),
    "once a day": ("08:00",),
    "twice a day": ("08:00", "20:00"),
    "2x daily": ("08:00", "20:00"),
    "three times a day": ("08:00", "14:00", "20:00"),
}


@pytest.mark.parametrize(("text", "clocks"), GUESSED.items())
def test_a_part_of_the_day_gets_a_usual_time_that_is_marked_as_a_guess(
    text: str, clocks: tuple[str, ...]
) -> None:
    assert (read(text).times, read(text).guessed) == (at(*clocks), True)


WRONG = [
    "25:00",
    "8:75",
    "13pm",
    "13:00 am",
    "at 99",
    "24:30",
    "8:5",
    "2575",
    "half past 30",
    "61 past 8",
    "8 am and 25:00",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_time_that_no_clock_shows_is_named_as_such(text: str) -> None:
    assert read(text).fault is Fault.NO_SUCH_TIME


@pytest.mark.parametrize(
    "text", ["", "hello", "my neck hurts", "🙂", "LI4", "R03", "I am tired", "the other one"]
)
def test_where_no_time_is_said_none_is_made_up(text: str) -> None:
    assert (read(text).times, read(text).fault) == ((), Fault.NO_TIME)


# --- the days

DAYS = {
    "every day at 8 pm": EVERY_DAY,
    "daily 20:00": EVERY_DAY,
    "everyday 8am": EVERY_DAY,
    "weekdays 8:30 am": WEEKDAYS,
    "8 am on workdays": WEEKDAYS,
    "8 am on work days": WEEKDAYS,
    "every week on monday 8 am": {MON},
    "mon-fri 8am": WEEKDAYS,
    "Monday to Friday at 8 am": WEEKDAYS,
    "weekends at 10am": WEEKEND,
    "mon wed fri at 6am": {MON, WED, FRI},
    "Mondays, Wednesdays and Fridays at 6 am": {MON, WED, FRI},
    "every tuesday 7pm": {TUE},
    "wensday 7pm": {WED},
    "saterday and sunday 7pm": {SAT, SUN},
    "thurs 7pm": {THU},
    "fri to mon 7pm": {FRI, SAT, SUN, MON},
    "every day except sunday at 7pm": EVERY_DAY - {SUN},
    "every day at 7 pm but not at weekends": WEEKDAYS,
    "7pm, not on fridays": EVERY_DAY - {FRI},
}


@pytest.mark.parametrize(("text", "days"), DAYS.items())
def test_the_days_that_were_named_are_the_days_of_the_week(text: str, days: set[int]) -> None:
    wish = read(text)

    assert (wish.weekdays, wish.days_said, wish.fault) == (frozenset(days), True, None)
    assert len(wish.times) == 1


def test_without_days_every_day_is_meant_and_nobody_said_so() -> None:
    assert (read("8 pm").weekdays, read("8 pm").days_said) == (EVERY_DAY, False)


@pytest.mark.parametrize("text", ["weekends", "every day", "mon wed fri"])
def test_days_alone_leave_the_time_to_be_asked_for(text: str) -> None:
    wish = read(text)

    assert (wish.times, wish.days_said, wish.fault) == ((), True, None)


NOT_DONE = {
    "every other day": Fault.EVERY_FEW_DAYS,
    "every second day at 8 pm": Fault.EVERY_FEW_DAYS,
    "every 3 days": Fault.EVERY_FEW_DAYS,
    "alternate days 8pm": Fault.EVERY_FEW_DAYS,
    "every two weeks on monday": Fault.EVERY_FEW_DAYS,
    "once a month": Fault.EVERY_FEW_DAYS,
    "monthly": Fault.EVERY_FEW_DAYS,
    "every hour": Fault.WITHIN_THE_DAY,
    "hourly": Fault.WITHIN_THE_DAY,
    "every 2 hours": Fault.WITHIN_THE_DAY,
    "every 30 minutes": Fault.WITHIN_THE_DAY,
    "20 times a day": Fault.TOO_MANY_TIMES,
    "1am 2am 3am 4am 5am 6am 7am": Fault.TOO_MANY_TIMES,
    "once a week": Fault.WHICH_DAYS,
    "weekly at 8 pm": Fault.WHICH_DAYS,
    "3 times a week": Fault.WHICH_DAYS,
    "every day except mon-sun 8 pm": Fault.WHICH_DAYS,
}


@pytest.mark.parametrize(("text", "fault"), NOT_DONE.items())
def test_what_a_reminder_cannot_do_has_a_name(text: str, fault: Fault) -> None:
    assert read(text).fault is fault


def test_a_weekly_reminder_with_its_day_is_fine() -> None:
    assert (read("weekly on monday 8 pm").weekdays, read("once a week on monday 8 pm").fault) == ({MON}, None)


# --- once

ONCE = {
    "in 2 hours": timedelta(hours=2),
    "in 10 minutes": timedelta(minutes=10),
    "in ten mins": timedelta(minutes=10),
    "in an hour": timedelta(hours=1),
    "in half an hour": timedelta(minutes=30),
    "in 1.5 hours": timedelta(minutes=90),
    "in an hour and a half": timedelta(minutes=90),
    "30 minutes from now": timedelta(minutes=30),
    "in a couple of hours": timedelta(hours=2),
    "in a quarter of an hour": timedelta(minutes=15),
    "in 2h": timedelta(hours=2),
}


@pytest.mark.parametrize(("text", "wait"), ONCE.items())
def test_a_wait_is_counted_from_now(text: str, wait: timedelta) -> None:
    assert (read(text).once_at, read(text).times, read(text).fault) == (NOW + wait, (), None)


ON_A_DAY = {
    "tomorrow at 7 am": (date(2026, 5, 13), "07:00"),
    "tommorow 7am": (date(2026, 5, 13), "07:00"),
    "tomorrow morning at 7": (date(2026, 5, 13), "07:00"),
    "7 tomorrow morning": (date(2026, 5, 13), "07:00"),
    "today at 9 pm": (date(2026, 5, 12), "21:00"),
    "tonight at 8": (date(2026, 5, 12), "20:00"),
    "the day after tomorrow at 7am": (date(2026, 5, 14), "07:00"),
    "next monday 7am": (date(2026, 5, 18), "07:00"),
    "this friday at 7am": (date(2026, 5, 15), "07:00"),
    "in 3 days at 7am": (date(2026, 5, 15), "07:00"),
}


@pytest.mark.parametrize(("text", "day_and_clock"), ON_A_DAY.items())
def test_a_single_day_is_named_by_its_date(text: str, day_and_clock: tuple[date, str]) -> None:
    on, clock = day_and_clock

    assert (read(text).once_on, read(text).times, read(text).fault) == (on, at(clock), None)


def test_the_date_of_tomorrow_is_that_of_the_persons_own_clock() -> None:
    late = datetime.fromisoformat("2026-05-12T23:30:00-05:00")  # already the 13th in Greenwich

    assert read_time("tomorrow 7am", late).once_on == date(2026, 5, 13)


def test_a_time_of_today_that_is_over_is_named_as_such() -> None:
    assert read("today at 7 am").fault is Fault.OVER
    assert read("today at 7").fault is None, "seven in the evening is still to come"


@pytest.mark.parametrize("text", ["in 500 hours", "in 99999999999 minutes", "in 4000 days at 8 pm"])
def test_a_wait_of_more_than_a_week_is_no_snooze(text: str) -> None:
    assert read(text).fault is Fault.TOO_FAR


# --- what else the message says


def test_words_that_are_not_about_time_are_counted_so_that_a_complaint_is_not_taken_for_a_time() -> None:
    assert read("please remind me every day at 8 pm").words_left == 0
    assert read("my neck hurts since 8 pm").words_left == 3


# --- any text


@given(st.text())
def test_every_text_has_a_reading(text: str) -> None:
    wish = read(text)

    assert wish == read(text)
    assert list(wish.times) == sorted(set(wish.times))
    assert wish.unclear <= set(wish.times)
    assert wish.fault or wish.times or wish.days_said or wish.once_on or wish.once_at


@given(
    st.lists(
        st.sampled_from(
            sorted({word for text in [*CLEAR, *DAYS, *ONCE, *GUESSED, *WRONG] for word in text.split()})
        ),
        max_size=12,
    )
)
def test_words_of_time_in_any_order_have_a_reading(words: list[str]) -> None:
    wish = read(" ".join(words))

    assert wish.unclear <= set(wish.times)
    assert wish.weekdays <= EVERY_DAY
    assert len(wish.times) <= 6 or wish.fault


@given(st.times().map(lambda clock: clock.replace(second=0, microsecond=0, tzinfo=None, fold=0)))
def test_every_minute_of_the_day_is_read_as_it_is_written(clock: time) -> None:
    assert read(f"{clock:%H:%M}").in_the(afternoon=clock.hour == 12).times == (clock,)
    assert read(f"{clock:%I:%M %p}").times == (clock,)
    assert read(f"every day at {clock:%I.%M%p}").times == (clock,)


@pytest.mark.parametrize(
    "piece", ["8", "8 ", "every ", "mon-", "in ", "half ", "a", "１", "not ", "8:30 and ", "twenty "]
)
def test_the_longest_message_is_read_in_a_moment(piece: str) -> None:
    started = process_time()

    read(piece * MOST_CHARACTERS)

    assert process_time() - started < 0.5
