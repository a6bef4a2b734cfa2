"""Danger comes before everything, and after it what forbids pressing altogether.

The decision is where a worried person is either sent for help or shown a point. Nothing else in a message may
stand in the way: no complaint, no point, no command, and no button tapped later.
"""

from __future__ import annotations

import pytest

from bot.conversation.actions import (
    OutOfReach,
    ShowArea,
    ShowAreas,
    ShowComplaints,
    ShowEvidence,
    ShowPoint,
    ShowPoints,
)
from bot.conversation.decision import (
    Answer,
    DangerCard,
    NoPressing,
    NothingToOffer,
)
from bot.guidance.offer import Person
from bot.library import Library
from bot.library.facts import Tier
from bot.understanding.reader import Reader
from bot.understanding.reading import Context, Danger, Kind, Reading
from tests.conversation.deciding import (
    EMERGENCY,
    SOON,
    TODAY,
    about,
    asking,
    heard,
    said,
    sign,
    tapped,
)

# --- danger first


@pytest.mark.parametrize("tier", [EMERGENCY, TODAY])
def test_danger_comes_before_everything_a_message_is_about(library: Library, tier: Tier) -> None:
    danger = sign(library, tier)
    subjects = (
        about("sciatica", danger=danger),
        asking("LI4", danger=danger),
        about("neck", conditions=frozenset({"CR12"}), danger=danger),
        Reading(Kind.CONTROL, context=Context(control="stop"), danger=danger),
        Reading(Kind.UNKNOWN, danger=danger),
        Reading(Kind.POINT, ask=("BL40", "BL54"), danger=danger),
    )

    assert {said(reading, library) for reading in subjects} == {DangerCard(danger)}


def test_every_sign_that_is_urgent_stops_everything(library: Library) -> None:
    for flag, entry in library.red_flags.items():
        decision = said(about("lower_back", danger=Danger(flag, entry.tier)), library)
        assert isinstance(decision, Answer if entry.tier is SOON else DangerCard), flag


def test_a_sign_for_a_doctor_soon_is_named_beside_the_point(library: Library) -> None:
    danger = sign(library, SOON)

    decision = said(about("lower_back", danger=danger), library)

    assert isinstance(decision, Answer)
    assert decision.see_doctor_about == danger.id


def test_a_sign_for_a_doctor_soon_is_named_where_there_is_no_point(library: Library) -> None:
    danger = sign(library, SOON)

    decision = said(about("digestion", danger=danger), library)

    assert isinstance(decision, NothingToOffer)
    assert decision.see_doctor_about == danger.id


def test_a_sign_for_a_doctor_soon_is_named_when_a_point_was_asked_for(library: Library) -> None:
    """ "Where is LI4? My back pain has gone on for months." """
    danger = sign(library, SOON)

    decision = said(asking("LI4", danger=danger), library)

    assert isinstance(decision, Answer)
    assert decision.see_doctor_about == danger.id


# --- nothing may be pressed


@pytest.mark.parametrize("rule", ["CR12", "CR14", "CR15"])
def test_under_18_fever_and_a_clouded_head_come_before_every_subject(library: Library, rule: str) -> None:
    conditions = frozenset({rule})
    subjects = (
        *(about(slug, conditions=conditions) for slug in library.complaints),
        *(asking(code, conditions=conditions) for code in library.points),
        Reading(Kind.POINT, ask=("BL40", "BL54"), conditions=conditions),
        Reading(Kind.POINT, not_covered=("ST40",), conditions=conditions),
        Reading(Kind.UNKNOWN, conditions=conditions),
        *(
            Reading(Kind.CONTROL, context=Context(control=control), conditions=conditions)
            for control in ("points", "evidence", "timer", "greeting", "help")
        ),
    )

    assert {said(reading, library) for reading in subjects} == {NoPressing(rule)}


@pytest.mark.parametrize("rule", ["CR12", "CR14", "CR15"])
def test_no_button_gets_around_what_forbids_everything(library: Library, rule: str) -> None:
    for cleared in (False, True):
        person = Person(frozenset({rule}), cleared)
        actions = (
            ShowPoint("LI4", (8,), person=person),
            OutOfReach("LI4", (8,), person=person),
            ShowComplaints((8,), person=person),
            ShowArea("back", person=person),
            ShowAreas(person=person),
            ShowPoints(person=person),
            ShowEvidence(person=person),
        )
        assert {tapped(action, library) for action in actions} == {NoPressing(rule)}


@pytest.mark.parametrize(
    "text", ["I'm 15 and my neck hurts", "I am 16 years old, where is LI4?", "my back hurts and I'm 14"]
)
def test_a_teenager_is_shown_no_point(library: Library, reader: Reader, text: str) -> None:
    assert heard(text, reader, library) == NoPressing("CR12")


def test_with_a_fever_nothing_is_pressed(library: Library, reader: Reader) -> None:
    for text in ("I have a fever and my back hurts", "neck pain and fever", "I have the flu, where is LI4?"):
        assert isinstance(heard(text, reader, library), (NoPressing, DangerCard)), text
