"""Beside what hurts, a message says which side, since when and where someone sits: the answer must fit that.

What a message does not say is left open and never guessed; a small "right now" is no right side.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.understanding.reader import Reader
from bot.understanding.reading import Context


def context(reader: Reader, text: str) -> Context:
    return reader.read(text).context


def test_a_message_that_says_nothing_else_leaves_everything_open(reader: Reader) -> None:
    assert context(reader, "my neck hurts") == Context()


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("my left knee hurts", "left"),
        ("my right hip aches", "right"),
        ("LEFT shoulder, sore", "left"),
        ("pain on the right side of my back", "right"),
        ("both knees ache", "both"),
        ("my hips hurt on both sides", "both"),
        ("left and right shoulder are tense", "both"),
        ("my neck is stiff right now", None),
        ("all right, my back aches", None),
        ("my knees ache", None),
    ],
)
def test_the_side_is_read_and_not_guessed(text: str, side: str | None, reader: Reader) -> None:
    assert context(reader, text).side == side


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("stiff neck from the office", "desk"),
        ("my back aches after laptop work", "desk"),
        ("my hip hurts when I lie on it in bed", "lying"),
        ("back ache from standing all day", "standing"),
        ("my bum aches from driving", "sitting"),
        ("my back went while lifting a box", "bending"),
        ("sore neck", None),
    ],
)
def test_the_position_is_read_and_not_guessed(text: str, position: str | None, reader: Reader) -> None:
    assert context(reader, text).position == position


@pytest.mark.parametrize(
    ("text", "onset"),
    [
        ("my back has hurt for years", "long-standing"),
        ("chronic neck pain", "long-standing"),
        ("my knee hurts on and off for months", "long-standing"),
        ("my back hurts since this morning", "new"),
        ("sudden stiff neck", "new"),
        ("it started yesterday, my shoulder aches", "new"),
        ("sore neck", None),
    ],
)
def test_new_and_long_standing_are_told_apart(text: str, onset: str | None, reader: Reader) -> None:
    assert context(reader, text).onset == onset


@pytest.mark.parametrize(
    ("text", "helper"),
    [
        ("my wife can press, upper back ache", True),
        ("upper back ache, my friend will help", True),
        ("I live alone and my upper back aches", False),
        ("my upper back aches and there is nobody to help", False),
        ("my upper back aches", None),
    ],
)
def test_it_is_known_whether_someone_can_help(text: str, helper: bool | None, reader: Reader) -> None:
    assert context(reader, text).helper is helper


@pytest.mark.parametrize(
    ("text", "pregnant"),
    [
        ("I am pregnant and my neck is stiff", True),
        ("neck pain in my second trimester", True),
        ("we are trying for a baby, and my hip aches", True),
        ("I'm not pregnant, my back hurts", False),
        ("my back hurts. I am not pregnant", False),
        ("my back hurts, no pregnancy or fever", False),
        ("my back hurts", None),
    ],
)
def test_pregnancy_is_yes_no_or_not_said(text: str, pregnant: bool | None, reader: Reader) -> None:
    assert context(reader, text).pregnant is pregnant


def test_a_condition_in_the_message_is_met_and_a_denied_one_is_not(reader: Reader) -> None:
    assert "CR01" in reader.read("I am pregnant, where is LI4").conditions
    assert "CR01" not in reader.read("I am not pregnant, where is LI4").conditions


def test_everything_can_be_said_at_once(reader: Reader) -> None:
    reading = reader.read("My left knee has been sore for years, worse at my desk, and I live alone.")

    assert reading.complaints == ("knee",)
    assert reading.context == Context(
        side="left", position="desk", helper=False, onset="long-standing", waited=timedelta(days=730)
    )


def test_the_next_message_knows_nothing_of_the_last(reader: Reader) -> None:
    before = reader.read("sore neck")
    reader.read("I am pregnant, my left knee hurts for years, stop")

    assert reader.read("sore neck") == before
