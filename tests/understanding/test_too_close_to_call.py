"""Someone cannot say whether it is the hip or the back: then the bot asks, and only then.

A message that names two complaints plainly is answered for both, without a question.
"""

from __future__ import annotations

import pytest

from bot.library import Library
from bot.understanding.reader import Reader
from bot.understanding.reading import Kind
from bot.understanding.unsure import to_choose_from


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("is it my hip or my lower back that hurts", {"hip", "lower_back"}),
        ("not sure if it's my neck or my shoulder", {"neck", "shoulder"}),
        ("either my knee or my hip, can't tell", {"knee", "hip"}),
        ("sore right where my neck meets my shoulder", {"neck", "shoulder"}),
        ("sore somewhere between my hip and my buttock", {"hip", "buttock"}),
    ],
)
def test_a_writer_who_does_not_know_is_asked(text: str, choice: set[str], reader: Reader) -> None:
    reading = reader.read(text)

    assert reading.kind is Kind.COMPLAINT
    assert set(reading.ask) == set(reading.complaints) == choice


@pytest.mark.parametrize(
    "text",
    [
        "my neck and shoulder hurt",
        "my back hurts",
        "pain between my shoulder blades",
        "I don't know what to do, my knee hurts",
        "my neck, shoulders, hips and knees ache, not sure why or since when",
        "stop, is it my hip or my back",
        "I can't pee, not sure if it's my back or my hip",
    ],
)
def test_nobody_else_is_asked(text: str, reader: Reader) -> None:
    assert reader.read(text).ask == ()


def test_there_is_no_question_where_the_same_points_would_be_pressed(library: Library) -> None:
    by_points: dict[frozenset[str], list[str]] = {}
    for slug, complaint in library.complaints.items():
        by_points.setdefault(frozenset(complaint.points), []).append(slug)
    alike = next(slugs for slugs in by_points.values() if len(slugs) > 1)

    assert to_choose_from(alike[:2], unsure=True, library=library) == ()
    assert to_choose_from(["hip", "neck"], unsure=True, library=library) == ("hip", "neck")
    assert to_choose_from(["hip"], unsure=True, library=library) == ()
    assert to_choose_from(["hip", "neck"], unsure=False, library=library) == ()
