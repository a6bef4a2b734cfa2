"""Someone mentions in passing that they are 34 weeks, on Eliquis or fourteen: that must not be lost.

A condition is found in the words that people use, misspelt or not, and a word that only sounds like one is
left alone.
"""

from __future__ import annotations

import pytest

from bot.flow import Companion
from bot.library import Library
from bot.understanding.reader import Reader
from bot.understanding.reading import Kind
from tools.danger_report import slips

LEAST_MISSPELT = 0.95


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("CR01", "34w and my hips hurt"),
        ("CR01", "36+5, lower back pain"),
        ("CR01", "sore neck, 38 weeks"),
        ("CR01", "we're trying for a baby, which point for my neck?"),
        ("CR01", "pregnent with a sore back"),
        ("CR01", "my period is two weeks late and my back aches"),
        ("CR02", "factor V Leiden and a sore hip"),
        ("CR03", "on apixaban, neck is stiff"),
        ("CR03", "I take elliquis, neck is stiff"),
        ("CR03", "warfrin, which point for my shoulders?"),
        ("CR03", "aspirin every day for my heart, stiff neck"),
        ("CR04", "I have osteoporsis, lower back is tight"),
        ("CR05", "8 weeks post op, stiff hips"),
        ("CR06", "in remision, shoulders tight"),
        ("CR08", "diabetic with numb feet, which point for my neck?"),
        ("CR09", "I've a pacemakr, sore shoulders"),
        ("CR12", "I'm 14 and my back hurts"),
        ("CR12", "M15 sore neck"),
        ("CR12", "I study in class 9 and my neck hurts"),
        ("CR14", "I've got covid and my shoulders ache"),
        ("CR15", "had a few beers, which point for my neck?"),
        ("CR18", "two weeks postpartum, hips sore"),
    ],
)
def test_a_condition_is_found_however_it_is_put(rule: str, text: str, reader: Reader) -> None:
    assert rule in reader.read(text).conditions


@pytest.mark.parametrize("text", ["asdf", "ASDF", "asd", "asdf asdf", "asdasd", "qwer", "lkjh"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_fingers_run_along_the_keys_and_nothing_is_said(
    text: str, language: str, companion: Companion
) -> None:
    reading = companion.tongues.read(text, language)

    assert reading.kind is Kind.UNKNOWN
    assert reading.conditions == frozenset()
    assert reading.danger is None


def test_a_slip_in_the_name_of_an_operation_is_still_read(reader: Reader) -> None:
    assert "CR05" in reader.read("had an acfd in may, stiff neck").conditions


@pytest.mark.parametrize(
    "text",
    [
        "I'm not pregnant, my back just aches",
        "no chance I'm pregnant, my back aches",
        "my back has been stiff since my last pregnancy",
        "back pain for 34 weeks",
        "sore neck, 38 weeks of it",
        "my back hurts since June 14",
        "my neck hurts after 15 minutes at my desk",
        "I work on a cancer ward and my back hurts",
        "a drunk man bumped my bag, tense neck",
        "spring fever has me digging, sore back",
        "I'm pissed off and my neck is tense",
        "I drove 85 miles and my hips ache",
    ],
)
def test_what_only_sounds_like_a_condition_is_none(text: str, reader: Reader) -> None:
    assert reader.read(text).conditions == frozenset()


@pytest.mark.parametrize(
    ("text", "pregnant"),
    [
        ("I'm pregnant and my back hurts", True),
        ("I'm not pregnant, my back hurts", False),
        ("my back hurts", None),
        ("my wife is pregnant and my back hurts", None),
    ],
)
def test_pregnancy_is_said_denied_or_left_open(text: str, pregnant: bool | None, reader: Reader) -> None:
    assert reader.read(text).context.pregnant is pregnant


def test_misspelt_conditions_are_nearly_all_found(reader: Reader, library: Library) -> None:
    tried = [
        (rule, text)
        for rule, words in library.words.rules.items()
        for call in words.calls
        for text in slips(call, seed=1)
    ]
    missed = [text for rule, text in tried if rule not in reader.read(text).conditions]

    assert len(tried) > 300
    assert len(missed) <= (1 - LEAST_MISSPELT) * len(tried), missed


@pytest.mark.parametrize(
    ("text", "pregnant"),
    [
        ("positive test this morning!! also headache", True),
        ("the test came back positive and my back aches", True),
        ("positive test this morning, covid again, stiff neck", False),
        ("I have covid. Positive test today, back is stiff", False),
        ("my drug test was positive and my neck is tense", False),
    ],
)
def test_a_positive_test_is_one_for_pregnancy_unless_another_is_named(
    text: str, pregnant: bool, reader: Reader
) -> None:
    """Somebody who has just learnt of it does not always write the word."""
    assert ("CR01" in reader.read(text).conditions) is pregnant


def test_an_illness_beside_its_positive_test_still_counts(reader: Reader) -> None:
    assert "CR14" in reader.read("I have covid. Positive test today, back is stiff").conditions
