"""The report of safety counts what is there: a fault that is planted shows up in it.

A table full of noughts reassures only if a nought could have been something else.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace

import pytest

from bot.flow import Companion
from bot.guidance.offer import Person
from bot.understanding.reading import Kind, Reading
from tests.guidance.walk import Instructions, Rules, walk
from tools.safety_report import Report, Walked, danger, wording

pytestmark = pytest.mark.walk

PREGNANT = frozenset({"CR01"})


def test_a_danger_sign_that_is_not_raised_is_counted_as_missed(companion: Companion) -> None:
    spoilt, report = copy(companion), Report()
    words = companion.library.words
    sign = words.red_flags["RF01"]
    planted = sign.model_copy(
        update={"calls": (*sign.calls, "a fine day"), "calm": (*sign.calm, sign.calls[0])}
    )
    flags = {**words.red_flags, "RF01": planted}
    spoilt.library = replace(companion.library, words=replace(words, red_flags=flags))

    danger(spoilt, report)

    assert report.faults == 2
    assert any("a fine day" in line for line in report.lines)


def test_a_withheld_point_on_any_page_is_counted_as_a_leak(companion: Companion) -> None:
    library = companion.library
    withheld = next(iter(Rules(PREGNANT, library).withheld))
    reading = Reading(Kind.POINT, points=(withheld,))
    walked = Walked(Instructions(library), library)

    for visit in walk(companion, frozenset(), [(withheld, reading)], tapping=False):
        walked.visit(replace(visit, person=Person(PREGNANT)), PREGNANT)

    assert walked.replies == 1
    assert any(f"tells how to press {withheld}" in leak for leak in walked.leaks)


def test_a_claim_in_a_text_is_counted(companion: Companion) -> None:
    spoilt, report = copy(companion), Report()
    words = companion.library.words
    sentences = words.sentences.model_copy(update={"command_help": "What cures you, as proven"})
    spoilt.library = replace(companion.library, words=replace(words, sentences=sentences))

    wording(spoilt, report)

    assert report.faults == 2


@pytest.mark.parametrize("found", [[], ["one"], ["one"] * 7])
def test_whatever_is_found_is_a_fault_and_the_first_of_it_are_printed(found: list[str]) -> None:
    report = Report()

    report.found("leaks", found)

    assert report.faults == len(found)
    assert report.lines[0].endswith(str(len(found)))
    assert len(report.lines) - 1 == min(5, len(found))
