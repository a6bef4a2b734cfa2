"""Labelled messages of our own guard what the reader as a whole is worth: no change makes it worse unseen.

The rows are written for this project. ``python -m tools.understanding_bench`` with their paths prints all
figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.library import Library
from bot.understanding.reader import Reader
from bot.understanding.reading import Kind
from tools.understanding_bench import Result, Row, measure, rows, table

ROWS = Path(__file__).parent / "rows"
FAMILIES = {
    "skin", "skin_on_region", "wound", "near_bodypart", "other_medical", "smalltalk", "smalltalk_trap",
    "pets", "language", "negated", "vague", "eye", "ear", "hair", "respiratory", "urinary_sexual",
    "emotional", "dizzy",
    "bladder_bowel", "numb_weak_legs", "chest_pain", "breathing", "stroke_neuro", "trauma", "fever_spine",
    "self_harm", "dvt", "bleeding", "systemic",
}  # fmt: skip


@pytest.fixture(scope="module")
def labelled() -> list[Row]:
    return [row for path in sorted(ROWS.glob("*.jsonl")) for row in rows(path)]


@pytest.fixture(scope="module")
def results(labelled: list[Row], reader: Reader) -> list[Result]:
    return measure(reader, labelled)


def share(results: list[Result], right: Callable[[Result], bool], kind: str) -> float:
    of_kind = [right(result) for result in results if result.row.kind == kind]
    return sum(of_kind) / len(of_kind)


def test_the_rows_cover_every_complaint_and_every_family(labelled: list[Row], library: Library) -> None:
    assert set().union(*(row.expected for row in labelled)) == set(library.complaints)
    assert {row.group for row in labelled} >= FAMILIES
    assert max(Counter(row.id for row in labelled).values()) == 1
    assert max(Counter(row.text for row in labelled).values()) == 1


def test_the_whole_decision_keeps_its_floor(results: list[Result]) -> None:
    assert share(results, lambda result: result.whole, "in_scope") >= 0.97
    assert share(results, lambda result: result.whole, "out_of_scope") >= 0.95
    assert share(results, lambda result: result.whole, "red_flag") >= 0.97


def test_every_one_of_several_keeps_its_floor(results: list[Result]) -> None:
    several = [result for result in results if len(result.row.complaints) > 1]

    assert sum(result.every_one for result in several) / len(several) >= 0.97


def test_false_alarms_keep_below_their_ceiling(results: list[Result]) -> None:
    def alarm(result: Result) -> bool:
        return result.reading.kind is Kind.DANGER

    assert share(results, alarm, "in_scope") <= 0.02
    assert share(results, alarm, "out_of_scope") <= 0.03


def test_the_table_names_every_group_and_no_text(results: list[Result]) -> None:
    lines = list(table(results))

    assert {group for group in FAMILIES if any(f" {group} " in line for line in lines)} == FAMILIES
    stories = [result.row.text for result in results if len(result.row.text.split()) > 2]
    assert not any(story in line for story in stories for line in lines)
