"""What a picture shows is what the page says: the same fingers, the same distance, the same landmarks."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library import Library
from tools.pictures import loading
from tools.pictures.loading import ROOT
from tools.pictures.measures import Measures, UnknownLength

CONTENT = loading.load()
MEASURES = Measures(CONTENT.figure)
SAID = {
    "two_fingers": r"\btwo (of your )?(finger-widths|fingers)",
    "three_fingers": r"\bthree (finger-widths|fingers)",
    "four_fingers": r"\bfour finger-widths",
}
MOST_CUN = 0.5
RULERS = [(code, ruler) for code, picture in CONTENT.points.items() for ruler in picture.rulers]
ROW = re.compile(r"^\| ([A-Z]{2}\d+) \| .+ \| (.+) \| (.+) \| (.*) \| (.*) \|$", re.MULTILINE)


@pytest.mark.parametrize(("code", "ruler"), RULERS, ids=[code for code, _ in RULERS])
def test_a_ruler_is_as_wide_as_the_way_to_its_point(code: str, ruler: loading.facts.Ruler) -> None:
    start, point = ([MEASURES.cm(x) for x in spot[1:]] for spot in (ruler.start, CONTENT.points[code].spot))

    width = getattr(CONTENT.figure.fingers, ruler.fingers)
    assert math.dist(start, point) == pytest.approx(width, abs=0.5)


@pytest.mark.parametrize(("code", "ruler"), RULERS, ids=[code for code, _ in RULERS])
def test_a_ruler_has_as_many_fingers_as_the_page_says(
    code: str, ruler: loading.facts.Ruler, library: Library
) -> None:
    page = library.words.points[code]

    assert re.search(SAID[ruler.fingers], f"{page.where} {page.another_way}")


def test_every_point_is_measured_against_its_written_place() -> None:
    assert CONTENT.claims.keys() == CONTENT.points.keys()


def test_the_table_of_placements_is_whole_and_within_half_a_cun() -> None:
    rows = ROW.findall((ROOT / "docs" / "pictures.md").read_text(encoding="utf-8"))
    claims = [(code, claim) for code, several in CONTENT.claims.items() for claim in several]

    assert [code for code, *_ in rows] == [code for code, _ in claims]
    for (code, claim), (_, _, _, cun, _) in zip(claims, rows, strict=True):
        assert (cun == "") == (claim.written is None), code
        assert claim.written is None or abs(float(cun)) <= MOST_CUN, code


def test_every_view_and_shape_a_picture_names_is_there() -> None:
    for code, picture in CONTENT.points.items():
        assert picture.view in CONTENT.views, code
        assert set(picture.shapes) <= CONTENT.shapes.keys(), code
    for name, scene in {**CONTENT.techniques, **CONTENT.reaches}.items():
        assert scene.view in CONTENT.views, name
        assert {hand.hand for hand in scene.hands} <= CONTENT.hands.keys(), name


def test_no_view_shape_hand_or_pose_lies_idle() -> None:
    points, scenes = CONTENT.points.values(), [*CONTENT.techniques.values(), *CONTENT.reaches.values()]
    everything = [*points, *scenes]
    presses = {point.press.hand for point in points if point.press}

    assert CONTENT.views.keys() == {picture.view for picture in everything}
    assert CONTENT.shapes.keys() == {shape for picture in everything for shape in picture.shapes}
    assert CONTENT.hands.keys() == presses | {hand.hand for scene in scenes for hand in scene.hands}
    posed = {each.pose for each in (*CONTENT.views.values(), *CONTENT.hands.values())}
    assert CONTENT.figure.poses.keys() == posed


def test_a_length_is_a_number_or_a_sum_of_names() -> None:
    two, navel = MEASURES.cm("two_fingers"), MEASURES.cm("navel")

    assert MEASURES.cm(1.5) == 1.5
    assert MEASURES.cm("-two_fingers") == -two
    assert MEASURES.cm("navel - two_fingers") == pytest.approx(navel - two)
    assert MEASURES.cm("navel - 1.5 cun_belly + 0.4") == pytest.approx(
        navel - 1.5 * CONTENT.figure.cun["belly"] + 0.4
    )


@pytest.mark.parametrize("length", ["", "navle", "navel two_fingers", "navel -", "2 * navel"])
def test_a_slip_in_a_length_is_told(length: str) -> None:
    with pytest.raises(UnknownLength):
        MEASURES.cm(length)


@given(st.lists(st.tuples(st.sampled_from(["+", "-"]), st.integers(0, 99)), min_size=1, max_size=5))
def test_any_sum_of_numbers_is_their_sum(terms: list[tuple[str, int]]) -> None:
    text = " ".join(f"{sign} {number}" for sign, number in terms)

    assert MEASURES.cm(text) == sum(number if sign == "+" else -number for sign, number in terms)
