"""Somebody writes "LI4 30 secs x3" or "I've got ten minutes" and gets just that.

A number that was not meant as one, such as that of a point, a time of day or "three times a day", must not
become a hold. Of a range the careful end counts.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.quantities import (
    MOST_MINUTES,
    MOST_REPEATS,
    MOST_SECONDS,
    hold_seconds,
    minutes_available,
    repeats,
    score,
)

TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
SMALL = f"zero one two three four five six seven eight nine {_TEENS}".split()
SECONDS = ["s", "sec", "secs", "second", "seconds"]
GAPS = ["", " ", "-"]
PIECES = ["a", "half", "of", "1", "2:30", "x", "min", "s", "and", "-", "/", "10", "two", "times", "hold"]


def in_words(number: int) -> str:
    """A number below a hundred as it is said."""
    if number < len(SMALL):
        return SMALL[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f"-{SMALL[ones]}" if ones else "")


# --- how long to hold


@given(st.integers(5, 300), st.sampled_from(SECONDS), st.sampled_from(GAPS), st.sampled_from(["", "hold "]))
def test_seconds_in_digits_are_understood(number: int, unit: str, gap: str, before: str) -> None:
    assert hold_seconds(f"{before}{number}{gap}{unit}") == number


@given(st.integers(1, 99), st.sampled_from(SECONDS[1:]))
def test_seconds_in_words_are_understood(number: int, unit: str) -> None:
    assert hold_seconds(f"hold it for {in_words(number)} {unit}") == number


@given(st.integers(0, 9), st.integers(0, 59))
def test_minutes_and_seconds_on_a_clock_face_are_understood(minutes: int, seconds: int) -> None:
    assert hold_seconds(f"{minutes}:{seconds:02}") == (60 * minutes + seconds or None)


@given(
    st.integers(1, 5),
    st.integers(1, 59),
    st.sampled_from(["{} min {} s", "{}m{}s", "{} minutes and {} seconds", "{} min {}", "{} mins, {} secs"]),
)
def test_minutes_with_seconds_are_understood(minutes: int, seconds: int, written: str) -> None:
    assert hold_seconds(written.format(minutes, seconds)) == 60 * minutes + seconds


@given(st.integers(1, 5))
def test_minutes_are_a_hold_when_holding_is_spoken_of(minutes: int) -> None:
    assert hold_seconds(f"press LI4 for {minutes} min") == 60 * minutes
    assert minutes_available(f"press LI4 for {minutes} min") is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30 seconds", 30),
        ("hold 60s", 60),
        ("90sec", 90),
        ("90 SECS.", 90),
        ("a minute and a half", 90),
        ("one and a half minutes", 90),
        ("1.5 minutes", 90),
        ("1½ minutes", 90),
        ("2 and a half minutes", 150),
        ("two minutes and a half", 150),
        ("half a minute", 30),
        ("½ minute", 30),
        ("half minute each side", 30),
        ("a quarter of a minute", 15),
        ("three quarters of a minute", 45),
        ("time LI4 for 30 seconds three times", 30),
        ("30-second hold", 30),
        ("three 30 second holds", 30),
        ("hold for a minute", 60),
        ("hold BL23 for 2 minutes", 120),
        ("2 minutes each", 120),
        ("2 minutes x 3", 120),
        ("hold 45", 45),
        ("hold LI4 45", 45),
        ("hold it for 20", 20),
        ("3x30", 30),
        ("3x30s", 30),
        ("30s x3", 30),
        ("BL23 30s", 30),
        ("I have ten minutes, hold each point for 20 seconds", 20),
    ],
)
def test_a_hold_is_understood_as_people_write_it(text: str, seconds: int) -> None:
    assert hold_seconds(text) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"), [("30-60 seconds", 30), ("30 to 60 secs", 30), ("hold 1-2 minutes", 60)]
)
def test_of_a_range_of_holds_the_shorter_counts(text: str, seconds: int) -> None:
    assert hold_seconds(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "my neck hurts",
        "hold LI4",
        "LI 4 and SI 3",
        "hold on a second",
        "wait a minute",
        "remind me at 1:30",
        "remind me every day at 8",
        "1:30 pm",
        "2 minute neck break",
        "I have ten minutes",
        "in ten minutes",
        "it hurts for 2 weeks",
        "0 seconds",
        "the second one",
        "for 9000 seconds",
    ],
)
def test_what_is_no_hold_is_not_taken_for_one(text: str) -> None:
    assert hold_seconds(text) is None


# --- how often


@given(
    st.integers(1, MOST_REPEATS),
    st.sampled_from(["{} times", "x{}", "{}x", "x {}", "{} reps", "{} rounds", "{}x 30s", "30 s × {}"]),
)
def test_repeats_in_digits_are_understood(number: int, written: str) -> None:
    assert repeats(written.format(number)) == number


@given(st.integers(1, 99))
def test_repeats_in_words_are_understood(number: int) -> None:
    assert repeats(f"do it {in_words(number)} times") == number


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("time LI4 for 30 seconds three times", 3),
        ("once", 1),
        ("just once please", 1),
        ("twice", 2),
        ("a couple of times", 2),
        ("a few times", 3),
        ("3x30", 3),
        ("30x3", 3),
        ("LI4x3", 3),
        ("three 30 second holds", 3),
        ("3 lots of 20 seconds", 3),
        ("repeat it 4", 4),
        ("two or three times", 2),
        ("3-5 times", 3),
        ("6 times 10 seconds", 6),
    ],
)
def test_repeats_are_understood_as_people_write_them(text: str, count: int) -> None:
    assert repeats(text) == count


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hold 60s",
        "three times a day",
        "3 times daily",
        "twice a week",
        "once I sit down it hurts",
        "at once",
        "three times as bad",
        "2 minute break",
        "0 times",
        "relax",
    ],
)
def test_what_is_no_count_of_presses_is_not_taken_for_one(text: str) -> None:
    assert repeats(text) is None


# --- how much time


@given(
    st.integers(1, MOST_MINUTES),
    st.sampled_from(
        ["I have {} minutes", "{} min", "{}-minute break", "start a {} minute routine", "{} mins"]
    ),
)
def test_minutes_in_digits_are_understood(number: int, written: str) -> None:
    assert minutes_available(written.format(number)) == number


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2 minute neck break", 2),
        ("I have ten minutes", 10),
        ("I've got five mins for my back", 5),
        ("quick one", 2),
        ("a quick break please", 2),
        ("something quick", 2),
        ("I only have a minute", 1),
        ("a couple of minutes", 2),
        ("5 to 10 minutes", 5),
        ("half an hour", 30),
        ("I have 90 seconds", 1),
        ("I have ten minutes, hold each point for 20 seconds", 10),
    ],
)
def test_the_time_there_is_is_understood_as_people_write_it(text: str, minutes: int) -> None:
    assert minutes_available(text) == minutes


@pytest.mark.parametrize(
    "text",
    [
        "",
        "my neck hurts",
        "wait a minute",
        "in ten minutes",
        "it started 10 minutes ago",
        "after an hour at the desk",
        "quick question",
        "hold for 2 minutes",
        "30 seconds",
        "5 hours",
    ],
)
def test_what_is_no_time_to_fill_is_not_taken_for_it(text: str) -> None:
    assert minutes_available(text) is None


# --- how bad


@given(
    st.integers(0, 10),
    st.sampled_from(
        ["{}", "{}/10", "{} / 10", "{} out of 10", "{} out of ten", "about a {}", "it's {} now.", "still {}"]
    ),
)
def test_a_score_is_understood(number: int, written: str) -> None:
    assert score(written.format(number)) == number
    assert score(written.format(in_words(number))) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my lower back is 8/10 today", 8),
        ("6 or 7", 7),
        ("6-7/10", 7),
        ("7.5", 8),
        ("no pain", 0),
        ("none", 0),
        ("was 8/10, now 3/10", 3),
        ("now 3/10, it was 8/10", 3),
        ("neck 4/10 and back 6/10", 6),
    ],
)
def test_a_score_among_words_is_understood(text: str, expected: int) -> None:
    assert score(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "my neck hurts", "LI4", "BL 23", "11", "11/10", "-3", "7 years", "5 minutes", "3 times", "a bit"],
)
def test_what_is_no_score_is_not_taken_for_one(text: str) -> None:
    assert score(text) is None


# --- any text at all


@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_every_text_has_an_answer_within_its_range(text: str) -> None:
    for found, least, most in (
        (hold_seconds(text), 1, MOST_SECONDS),
        (repeats(text), 1, MOST_REPEATS),
        (minutes_available(text), 1, MOST_MINUTES),
        (score(text), 0, 10),
    ):
        assert found is None or least <= found <= most


@pytest.mark.parametrize(
    "part", ["1 min ", "x3", "three times ", "1:30", "and a half ", "1/10 ", "repeat 1 "]
)
def test_the_longest_message_of_nothing_but_numbers_is_read_at_once(part: str) -> None:
    text = (part * 4096)[:4096]
    began = time.thread_time()

    for read in (hold_seconds, repeats, minutes_available, score):
        read(text)

    assert time.thread_time() - began < 1
