"""A son writes for his mother, a nurse about her ward: it must be clear whose back and whose illness it is.

What is told of somebody else counts when that person hurts, and is left out when only the writer does. An
emergency is raised whoever has it. A dog is nobody's reason for a card.
"""

from __future__ import annotations

import pytest

from bot.understanding.reader import Reader
from bot.understanding.reading import Kind


@pytest.mark.parametrize(
    "text",
    [
        "my mum has breast cancer and my back hurts",
        "my back hurts and my dad has lymphoma",
        "my son is 9 and my back hurts",
        "my wife is pregnant and my neck is stiff",
        "my nan is 86 and my shoulders ache from lifting her",
        "my husband is on warfarin. My lower back aches",
        "my daughter has a fever and my back is sore",
        "my brother has a pacemaker but my hip hurts",
    ],
)
def test_what_somebody_else_has_is_not_the_writers(text: str, reader: Reader) -> None:
    reading = reader.read(text)

    assert reading.kind is Kind.COMPLAINT
    assert reading.danger is None
    assert reading.conditions == frozenset()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("my mum has breast cancer and her back hurts", "CR06"),
        ("my son is 9 and his back hurts", "CR24"),
        ("my wife is pregnant and has back pain", "CR01"),
        ("my nan is 86 with a stiff neck", "CR04"),
        ("my husband takes warfarin and his hip is sore", "CR03"),
    ],
)
def test_what_somebody_else_has_counts_when_they_hurt(text: str, rule: str, reader: Reader) -> None:
    assert rule in reader.read(text).conditions


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("I have osteoporosis and my mum says my back hurts from the bag", "CR04"),
        ("my dad and I both have osteoporosis and my back hurts", "CR04"),
        ("my mum is a nurse. I am on warfarin and my neck is stiff", "CR03"),
        ("my back hurts, my husband drives me mad and I am 30 weeks pregnant", "CR01"),
    ],
)
def test_what_the_writer_has_stays_beside_somebody_else(text: str, rule: str, reader: Reader) -> None:
    assert rule in reader.read(text).conditions


@pytest.mark.parametrize(
    "text",
    [
        "my husband can't pee and has back pain",
        "my wife has chest pain",
        "my dad's speech is slurred and my back hurts",
        "my son fell off the roof, and my neck hurts too",
        "my friend wants to kill herself and my shoulders are tense",
        "mum suddenly can't move her legs",
    ],
)
def test_an_emergency_is_raised_whoever_has_it(text: str, reader: Reader) -> None:
    assert reader.read(text).kind is Kind.DANGER


@pytest.mark.parametrize(
    "text",
    [
        "my dog had an accident on the rug and my back hurts from bending down",
        "my cat can't pee and my neck is stiff",
        "the horse has colic and my shoulders ache",
    ],
)
def test_an_animal_raises_no_danger_and_hides_no_complaint(text: str, reader: Reader) -> None:
    reading = reader.read(text)

    assert reading.danger is None
    assert reading.kind is Kind.COMPLAINT


@pytest.mark.parametrize(
    "text",
    [
        "my horse kicked me in the back",
        "I fell off my horse and my back hurts",
        "my dog pulled me over and I fell down the stairs",
        "my dog is fine, but I can't pee and my back hurts",
    ],
)
def test_what_an_animal_did_to_somebody_is_found(text: str, reader: Reader) -> None:
    assert reader.read(text).kind is Kind.DANGER


@pytest.mark.parametrize(
    "text",
    [
        "my 6 year old has a sore back",
        "my son is 6 and complains about his neck",
        "I'm 34 and my son is 6 and his back hurts",
        "my daughter just turned 16 and her neck is stiff",
        "which points for my toddler?",
    ],
)
def test_a_parent_is_not_taken_for_the_child(text: str, reader: Reader) -> None:
    """Who is told to ask a parent, and gets no point for hours, was a parent asking."""
    conditions = reader.read(text).conditions

    assert "CR24" in conditions
    assert "CR12" not in conditions


@pytest.mark.parametrize(
    "text",
    [
        "I am 15 and my brother is 12, our backs hurt",
        "17, stiff lower back, my sister says press something",
        "im 17 turning 18 tmrw, neck",
        "13 yo boy, sore lower back",
        "I'm in high school and my daughter of a desk ruins my neck",
    ],
)
def test_somebody_young_who_writes_is_not_taken_for_a_parent(text: str, reader: Reader) -> None:
    conditions = reader.read(text).conditions

    assert "CR12" in conditions
    assert "CR24" not in conditions
