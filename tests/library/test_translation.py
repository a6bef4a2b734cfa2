"""Somebody translates a sentence and slips: a name in braces, a number, a point or a whole line is lost.

Whoever reads the translation would not see it, and somebody in pain would press the wrong place or too long.
So the check holds every text against the English one, and Spanish is held to the rest as well: plain words,
no claims, labels that fit on a phone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.check import readable
from bot.library import ENGLISH, ContentError, Fault, Library, in_language, load
from bot.library.translation import translation_faults
from bot.plain_words import banned_in

if TYPE_CHECKING:
    from conftest import ContentCopy

PLACE = ("sentences.toml", "", "stopped")
POINT = ("points/LI4.toml", "", "how")


def compared(text: str, english: str, place: tuple[str, str, str] = PLACE, *alike: str) -> list[Fault]:
    file, entry, field = place
    there, here = (f"en/{file}", entry, field, english), (f"qx/{file}", entry, field, text)
    return list(translation_faults([here], [there], alike))


@pytest.fixture(scope="module")
def spanish(library: Library) -> Library:
    return in_language(library, "es")


# --- what a translation must keep


@pytest.mark.parametrize(
    ("text", "english", "lost"),
    [
        ("Quah {pont}.", "Back to {point}.", "braces"),
        ("Quah.", "Back to {point}.", "braces"),
        ("Quah {point} {side}.", "Back to {point}.", "braces"),
        ("<b>Quah. Quoh.", "<b>One.</b> Two.", "marks"),
        ("Quah. Quoh.", "<b>One.</b> Two.", "marks"),
        ("Quah LI5.", "Press LI4.", "points"),
        ("Quah.", "Not BL53 but B53.", "points"),
        ("Quah /setting.", "See /settings.", "commands"),
    ],
)
def test_what_is_filled_in_set_in_bold_or_tapped_is_the_same_in_every_language(
    text: str, english: str, lost: str
) -> None:
    [fault] = compared(text, english)

    assert (fault.file, fault.field) == ("qx/sentences.toml", "stopped")
    assert lost in fault.problem


@pytest.mark.parametrize("text", ["Quah 40 quox.", "Quah quox.", "Quah 30 quox, 30 queex.", "Quah 3.0 quox."])
def test_the_numbers_of_a_point_are_the_same_in_every_language(text: str) -> None:
    [fault] = compared(text, "Press for 30 seconds.", POINT)

    assert "numbers" in fault.problem


def test_a_text_that_keeps_all_of_it_in_another_order_is_no_fault() -> None:
    english = "<b>{point}</b>: press LI4 for 30 seconds, at 4 of 10. {point}, see /help."

    assert compared("Quox 4 a 10, quah 30: /help. LI4 <b>{point}</b>.", english, POINT) == []


def test_an_example_may_name_other_hours_and_cities() -> None:
    assert compared('Quah, "20:00".', 'Write it, for example "8 pm".') == []


# --- English that was left over


def test_a_text_that_is_still_english_is_named() -> None:
    [fault] = compared("Tap below.", "Tap below.")

    assert "the same as in English" in fault.problem


@pytest.mark.parametrize(
    "text", ["{city}, {country}", "✓ {label}", "{repeats} × {seconds} s", "<b>{name}</b>"]
)
def test_a_text_without_words_is_the_same_in_every_language(text: str) -> None:
    assert compared(text, text) == []


def test_a_language_says_itself_which_words_it_shares_with_english() -> None:
    assert compared("Pelvis", "Pelvis", PLACE, "Pelvis") == []


def test_one_text_among_several_at_a_place_is_looked_at_too() -> None:
    english = [("en/points/LI4.toml", "", "nicknames", text) for text in ("Hand Valley", "Tiger Mouth")]
    quex = [("qx/points/LI4.toml", "", "nicknames", text) for text in ("Quah", "Tiger Mouth", "Quox")]

    assert [fault.problem for fault in translation_faults(quex, english, ())] == [
        "the same as in English: 'Tiger Mouth'"
    ]


def test_the_check_of_a_language_holds_it_against_the_english_one(content: ContentCopy) -> None:
    """The whole check takes long; here is only that it hears of the slip."""
    content.put("es/points/LI4.toml", ("how",), "Presiona a unos 6 de 10.")
    content.put("es/sentences.toml", ("stopped",), "Nothing is running. I only write when you write to me.")
    library = load(content.folder, "es")

    found = translation_faults(readable(library), readable(in_language(library, ENGLISH)), ["Pelvis"])

    assert {(fault.file, fault.field) for fault in found} >= {
        ("es/points/LI4.toml", "how"),
        ("es/sentences.toml", "stopped"),
    }


@pytest.mark.parametrize(
    ("file", "where"),
    [
        ("es/sentences.toml", ("button_topics",)),
        ("es/holds.toml", ("button_stop",)),
        ("es/reminders.toml", ("button_done",)),
        ("es/settings.toml", ("labels", "CR01")),
        ("es/complaints.toml", ("knee", "button")),
        ("es/routines.toml", ("R01", "button")),
    ],
)
def test_a_label_that_does_not_fit_on_a_button_is_a_fault_of_shape(
    content: ContentCopy, file: str, where: tuple[str, ...]
) -> None:
    content.put(file, where, "q" * 41)

    with pytest.raises(ContentError, match=file):
        load(content.folder, "es")


# --- words that nobody may read in Spanish


@pytest.mark.parametrize(
    "text",
    [
        "Esto cura la espalda.",
        "Un tratamiento para el cuello",
        "¿Cómo se trata?",
        "Está demostrado.",
        "un método probado",
        "Comprueba que funciona.",
        "Es una terapia.",
        "fisioterapeutas",
        "Tu diagnóstico",
        "Previene la ciática.",
        "Sana rápido.",
        "Alivia el dolor.",
        "Te sentirás mejor.",
        "Adiós, vive sin dolor",
        "Deberías haber presionado.",
        "Te saltaste un día.",
        "Has perdido tu racha.",
        "Vuelves a empezar de cero.",
        "No te rindas.",
        "No olvides tus puntos.",
        "Simplemente presiona.",
        "Solo presiona aquí.",
        "Es muy fácil.",
        "No te preocupes.",
        "Cálmate",
        "dolor lumbar crónico",
        "a 2 cun de la columna",
        "la cara posterior",
        "Mira!",
        "¡Mira",
    ],
)
def test_a_claim_a_reproach_or_making_light_is_found_in_spanish(text: str, spanish: Library) -> None:
    assert [word for word, _ in banned_in(text, spanish.words.not_said.values())]


@pytest.mark.parametrize(
    "text",
    [
        "Es fácil confundir GB20 y BL10.",
        "Más fácil de alcanzar: LI4.",
        "Da paseos cortos y tranquilos.",
        "Toca solo si quieres.",
        "La acupresión puede aliviar un tiempo el dolor.",
        "Un retrato con contrato y procura",
        "una mano segura",
        "El punto está justo detrás del nudillo.",
        "Usa solo las yemas.",
        "No se ha visto que haga daño.",
    ],
)
def test_spanish_words_that_only_look_alike_are_left_alone(text: str, spanish: Library) -> None:
    assert list(banned_in(text, spanish.words.not_said.values())) == []
