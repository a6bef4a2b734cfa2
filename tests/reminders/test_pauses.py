"""Who goes on holiday says so once, in their own words, and is left alone until they are back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.pauses import LONGEST_PAUSE, Fault, PauseWish, read_pause

TODAY = date(2026, 5, 12)  # a Tuesday

UNTIL = {
    "until Monday": date(2026, 5, 18),
    "till wed": date(2026, 5, 13),
    "until Tuesday": date(2026, 5, 19),
    "until next friday": date(2026, 5, 15),
    "until 20 May": date(2026, 5, 20),
    "until 3 May": date(2027, 5, 3),
    "until 12 May": date(2027, 5, 12),
    "until the 3rd of June": date(2026, 6, 3),
    "until june 3rd": date(2026, 6, 3),
    "May 20": date(2026, 5, 20),
    "until 1 June 2026": date(2026, 6, 1),
    "2026-06-01": date(2026, 6, 1),
    "until the 14th": date(2026, 5, 14),
    "until the 12th": date(2026, 6, 12),
    "until the 31st": date(2026, 5, 31),
    "until June": date(2026, 6, 1),
    "14/5": date(2026, 5, 14),
    "5/14": date(2026, 5, 14),
    "31.5.": date(2026, 5, 31),
    "until tomorrow": date(2026, 5, 13),
    "for today": date(2026, 5, 13),
    "for two weeks": date(2026, 5, 26),
    "for 2 weeks please": date(2026, 5, 26),
    "a week": date(2026, 5, 19),
    "10 days": date(2026, 5, 22),
    "a few days": date(2026, 5, 15),
    "a couple of weeks": date(2026, 5, 26),
    "for a fortnight": date(2026, 5, 26),
    "for a month": date(2026, 6, 12),
    "next week": date(2026, 5, 18),
    "this week": date(2026, 5, 18),
    "next month": date(2026, 6, 1),
    "until the end of the month": date(2026, 6, 1),
    "until the weekend": date(2026, 5, 16),
}


@pytest.mark.parametrize(("text", "until"), UNTIL.items())
def test_the_date_that_was_said_reminds_again(text: str, until: date) -> None:
    assert read_pause(text, TODAY) == PauseWish(until)


def test_a_month_from_the_31st_ends_on_the_last_day_of_a_shorter_one() -> None:
    assert read_pause("for a month", date(2026, 1, 31)).until == date(2026, 2, 28)
    assert read_pause("for a month", date(2026, 10, 31)).until == date(2026, 11, 30)


def test_the_31st_skips_the_months_that_have_none() -> None:
    assert read_pause("until the 31st", date(2026, 5, 31)).until == date(2026, 7, 31)


def test_the_29th_of_february_is_a_date_of_leap_years() -> None:
    assert read_pause("until 29 february", date(2027, 6, 1)).until == date(2028, 2, 29)


@pytest.mark.parametrize("text", ["3/6", "06/03", "3.6."])
def test_a_date_that_can_be_read_both_ways_is_asked_about(text: str) -> None:
    assert read_pause(text, TODAY) == PauseWish(choices=(date(2026, 6, 3), date(2027, 3, 6)))


@pytest.mark.parametrize("text", ["forever", "until further notice", "until I say so", "indefinitely"])
def test_a_pause_may_have_no_end(text: str) -> None:
    assert read_pause(text, TODAY) == PauseWish(open_ended=True)


FAULTS = {
    "": Fault.NO_DATE,
    "hello": Fault.NO_DATE,
    "until 31 June": Fault.NO_SUCH_DATE,
    "until the 40th": Fault.NO_SUCH_DATE,
    "30/30": Fault.NO_SUCH_DATE,
    "2026-13-01": Fault.NO_SUCH_DATE,
    "until 3 May 2025": Fault.OVER,
    "until 12 May 2026": Fault.OVER,
    "until 1 January 2030": Fault.TOO_FAR,
    "for 5 years": Fault.TOO_FAR,
    "for 99999999999 weeks": Fault.TOO_FAR,
}


@pytest.mark.parametrize(("text", "fault"), FAULTS.items())
def test_what_cannot_be_a_pause_has_a_name(text: str, fault: Fault) -> None:
    assert read_pause(text, TODAY) == PauseWish(fault=fault)


PIECES = sorted({word for text in [*UNTIL, *FAULTS] for word in text.split()})


@given(
    st.text() | st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join),
    st.dates(date(2020, 1, 1), date(2035, 1, 1)),
)
def test_every_text_has_an_answer_that_can_be_used(text: str, today: date) -> None:
    wish = read_pause(text, today)

    assert bool(wish.until) + bool(wish.choices) + wish.open_ended + bool(wish.fault) == 1
    assert all(today < each <= today + LONGEST_PAUSE for each in (*wish.choices, *filter(None, [wish.until])))
