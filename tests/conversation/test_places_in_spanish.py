"""Who speaks Spanish names places in Spanish and reads them in Spanish.

The time of a reminder hangs on the place. Somebody who writes "Londres" and is told of "London", or not
understood in "Alemania", doubts that the reminder will come when they want it.
"""

from __future__ import annotations

import pytest

from bot.conversation.events import Commanded
from bot.conversation.memory import Memory, Preferences
from bot.flow import Companion
from tests.conversation.reminder_days import MONDAY, Days

WISH = "recuérdame GV20 todos los días a las 08:00"


@pytest.fixture
def ana(companion: Companion) -> Days:
    ana = Days(companion, memory=Memory(preferences=Preferences(language="es")))
    ana.says(WISH)
    ana.taps("Sí")
    assert ana.memory.question
    assert ana.memory.question.kind == "remind_zone"
    return ana


def said(ana: Days) -> str:
    return " ".join(reply.plain for reply in ana.last)


@pytest.mark.parametrize(
    ("written", "read", "zone"),
    [
        ("Londres", "Londres", "Europe/London"),
        ("nueva york", "Nueva York", "America/New_York"),
        ("Ciudad de México", "Ciudad de México", "America/Mexico_City"),
        ("estoy en Nueva York", "Nueva York", "America/New_York"),
        ("Londres, Reino Unido", "Londres", "Europe/London"),
        ("vivo en Alemania", "Berlín", "Europe/Berlin"),
        ("Sídney", "Sídney", "Australia/Sydney"),
        ("Isla de Pascua", "Isla de Pascua", "Pacific/Easter"),
        ("London", "Londres", "Europe/London"),
        ("Europe/London", "Londres", "Europe/London"),
    ],
)
def test_a_reminder_is_set_with_a_place_and_reads_it_back(
    ana: Days, written: str, read: str, zone: str
) -> None:
    ana.says(written)

    assert ana.reminder.schedule.zone == zone
    assert read in said(ana)


def test_a_country_with_several_clocks_is_asked_about_in_spanish(ana: Days) -> None:
    asked = ana.says("Estados Unidos")

    labels = [button.label for button in asked.buttons]
    assert "Nueva York, Estados Unidos" in labels
    assert "Los Ángeles, Estados Unidos" in labels
    assert "Londres" not in ana.taps("Nueva York").plain
    assert ana.reminder.schedule.zone == "America/New_York"


def test_namesakes_are_told_apart_by_regions_in_spanish(ana: Days) -> None:
    labels = [button.label for button in ana.says("Springfield, EE. UU.").buttons]

    assert any("Misuri" in label for label in labels)
    assert any("Oregón" in label for label in labels)


def test_a_place_of_which_spanish_has_no_name_keeps_its_english_one(ana: Days) -> None:
    assert "Anchorage" in ana.says("Anchorage").plain


def test_english_is_not_told_of_londres(companion: Companion) -> None:
    anna = Days(companion)
    anna.says("remind me of GV20 every day at 08:00")
    anna.taps("Yes")

    anna.says("Londres")

    assert anna.reminder.schedule.zone == "Europe/London"
    assert "Londres" not in said(anna)
    assert "London" in said(anna)


@pytest.mark.parametrize("written", ["Palaos", "Acra", "Tahití", "Adelaida"])
def test_a_place_that_could_be_a_misspelt_word_is_asked_about(ana: Days, written: str) -> None:
    asked = ana.says(written)

    assert any(written in button.label for button in asked.buttons)
    assert ana.memory.question
    assert ana.memory.question.kind == "remind_zone"


def test_pain_that_is_told_of_instead_of_a_place_is_no_place(ana: Days) -> None:
    assert "cuello" in ana.says("me duele el cuelo").plain


@pytest.mark.parametrize(("written", "read"), [("Londres", "Londres"), ("Alemania", "Berlín")])
def test_a_group_is_reminded_by_the_clock_of_a_place_named_in_spanish(
    companion: Companion, written: str, read: str
) -> None:
    order = Commanded("remind", f"cuello 15:00 {written}", 1001, by_admin=True, language="es")

    (reply,) = companion.answer(order, Memory(), MONDAY, private=False).replies

    assert read in reply.plain
