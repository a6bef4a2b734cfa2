"""Labelled messages in Spanish guard what the Spanish phrases are worth, as the English rows do theirs.

The rows were written before the phrases were tried on them; many have slips and no accents. Those in
``fresh_danger``, ``second_danger`` and ``third_danger`` were written when the danger phrases were done, each
without a look at them, those in ``calm`` to look for false alarms.
"""

from __future__ import annotations

import pytest

from bot.library import Library
from bot.understanding.reader import Reader
from bot.understanding.reading import Kind
from tests.understanding.test_own_rows import ROWS
from tools.understanding_bench import Result, measure, rows

FLOORS = {
    "in_scope": 0.97,
    "denied": 0.95,
    "out_of_scope": 0.95,
    "points": 0.95,
    "controls": 0.97,
    "red_flag": 1.0,
    "fresh_danger": 0.98,
    "second_danger": 0.98,
    "third_danger": 0.98,
    "calm": 0.97,
    "conditions": 0.98,
}


@pytest.fixture(scope="module")
def results(spanish: Library) -> dict[str, list[Result]]:
    reader = Reader(spanish)
    return {name: measure(reader, rows(ROWS / "es" / f"{name}.jsonl")) for name in FLOORS}


@pytest.mark.parametrize("name", FLOORS)
def test_the_whole_decision_keeps_its_floor(name: str, results: dict[str, list[Result]]) -> None:
    right = [result.whole for result in results[name]]

    assert sum(right) / len(right) >= FLOORS[name]


def test_every_complaint_is_asked_about_in_spanish(
    results: dict[str, list[Result]], library: Library
) -> None:
    asked = {slug for result in results["in_scope"] for slug in result.row.expected}

    assert asked >= library.complaints.keys()


def test_what_is_denied_raises_no_card(results: dict[str, list[Result]]) -> None:
    assert [r.row.id for r in results["denied"] if r.reading.kind is Kind.DANGER] == []


@pytest.mark.parametrize(
    ("text", "pregnant"),
    [
        ("no estoy embarazada", False),
        ("ya no estoy embarazada", False),
        ("estoy embarazada y me duele la espalda", True),
        ("no creo que esté embarazada, me duele la espalda", None),
    ],
)
def test_who_says_in_spanish_that_she_is_not_pregnant_is_heard(
    text: str, pregnant: bool | None, spanish: Library
) -> None:
    """A denial that only sounds harmless could not take back what was said before."""
    assert Reader(spanish).read(text).context.pregnant is pregnant


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("mi hijo tiene 6 años y le duele la espalda", "CR24"),
        ("tengo 15 años y a mi hermano también le duele la espalda", "CR12"),
    ],
)
def test_a_parent_who_writes_in_spanish_is_not_taken_for_the_child(
    text: str, rule: str, spanish: Library
) -> None:
    conditions = Reader(spanish).read(text).conditions

    assert conditions & {"CR12", "CR24"} == {rule}
