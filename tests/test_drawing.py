"""A chart shows what the numbers say: a bar twice as long is twice as much, and colour alone says nothing."""

from __future__ import annotations

import struct
import sys

import pytest

from bot.drawing import BLUE, ORANGE, PAPER, draw
from bot.wording.chart import Bars, Chart
from tests.picture_pixels import Colour, pixels, runs

pytestmark = pytest.mark.walk


def rgb(colour: str) -> Colour:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def size(png: bytes) -> tuple[int, int]:
    wide, high = struct.unpack(">II", png[16:24])
    return wide, high


def bars(png: bytes, colour: str) -> list[tuple[int, int]]:
    """The bars of a colour from the top down: the row in which each begins, and its length."""
    found: list[tuple[int, int]] = []
    last = -2
    for row, _, length in runs(pixels(png), rgb(colour)):
        if length < 30:  # the mark beside the name of a series, or the edge of a letter
            continue
        if row > last + 1:
            found.append((row, length))
        last = row
    return found


def luminance(colour: str) -> float:
    """Relative luminance as the accessibility guidelines of the W3C define it."""
    shades = [each / 255 for each in rgb(colour)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shades]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_bars_are_as_long_as_their_numbers_and_in_the_order_of_their_names() -> None:
    png = draw(Chart((Bars("Minutes", ("first", "second", "third"), (("", (4, 12, 8)),)),)))

    lengths = [length for _, length in bars(png, BLUE)]
    assert lengths[1] == max(lengths)
    assert lengths[0] / lengths[1] == pytest.approx(4 / 12, abs=0.02)
    assert lengths[2] / lengths[1] == pytest.approx(8 / 12, abs=0.02)


def test_of_two_series_the_first_stands_above_the_second() -> None:
    png = draw(Chart((Bars("Scores", ("one",), (("Before", (8,)), ("After", (2,))), most=10),)))
    ((before_at, before),), ((after_at, after),) = bars(png, ORANGE), bars(png, BLUE)

    assert before_at < after_at
    assert after / before == pytest.approx(2 / 8, abs=0.02)


def test_parts_stand_one_below_the_other() -> None:
    scores = Bars("Scores", ("one",), (("Before", (8,)), ("After", (2,))), most=10)
    weeks = Bars("Minutes", ("one", "two"), (("", (3, 4)),))
    (wide, one), (_, other), (both_wide, both) = (
        size(draw(Chart(parts))) for parts in ((scores,), (weeks,), (scores, weeks))
    )

    assert both == one + other
    assert both_wide == wide


def test_words_with_signs_of_markup_are_words() -> None:
    png = draw(Chart((Bars("a < b & c", ("<b>",), (("", (1,)),)),)))

    assert len(bars(png, BLUE)) == 1


def test_the_same_chart_is_the_same_picture() -> None:
    chart = Chart((Bars("Minutes", ("one",), (("", (3,)),)),))

    assert draw(chart) == draw(chart)


def test_without_seeing_colours_the_series_are_told_apart_by_how_dark_they_are() -> None:
    assert contrast(ORANGE, BLUE) > 2
    assert contrast(BLUE, PAPER) > 4.5


def test_drawing_leaves_no_import_hook_that_python_does_not_know() -> None:
    draw(Chart((Bars("Minutes", ("one",), (("", (3,)),)),)))

    assert [hook for hook in sys.meta_path if not hasattr(hook, "find_spec")] == []
