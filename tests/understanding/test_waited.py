"""Someone has had it "for three weeks": that is another matter than since this morning, and is heard.

An age, an appointment, a pregnancy and "twice a day" are no time that has gone by.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.reader import Reader
from bot.understanding.waited import waited


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my neck has hurt for three weeks", timedelta(weeks=3)),
        ("NECK PAIN 2 DAYS", timedelta(days=2)),
        ("LT LEG PAIN 6HRS", timedelta(hours=6)),
        ("back pain since 1 WK", timedelta(weeks=1)),
        ("sore for about a month now", timedelta(days=30)),
        ("it began a couple of days ago", timedelta(days=2)),
        ("2 years of bad knees", None),
        ("bad knees, 2 years ago it began", timedelta(days=730)),
        ("for the past year", timedelta(days=365)),
        ("stiff for weeks", timedelta(weeks=2)),
        ("since yesterday my hip aches", timedelta(days=1)),
        ("sore since this morning", timedelta(0)),
        ("since last week", timedelta(weeks=1)),
        ("3-4 days", timedelta(days=3)),
        ("3 or 4 days", timedelta(days=3)),
        ("for 3 weeks, worse for 2 days", timedelta(weeks=3)),
    ],
)
def test_the_time_gone_by_is_read(text: str, expected: timedelta | None) -> None:
    assert waited(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "my back hurts",
        "I am 45 years old",
        "20 weeks pregnant with a sore back",
        "remind me in 2 days",
        "every 2 hours",
        "twice a day",
        "once a week",
        "hold for 30 seconds",
        "LI4 and ST36",
        "a day at the beach",
        "for 900 years",
        "",
    ],
)
def test_other_numbers_and_times_are_no_time_gone_by(text: str) -> None:
    assert waited(text) is None


@given(st.text(max_size=200))
def test_any_text_has_an_answer_that_is_no_time_to_come(text: str) -> None:
    found = waited(text)

    assert found is None or found >= timedelta(0)


def test_the_reading_carries_it(reader: Reader) -> None:
    assert reader.read("my knee has been sore for 6 weeks").context.waited == timedelta(weeks=6)
    assert reader.read("my knee is sore").context.waited is None
