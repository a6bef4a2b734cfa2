"""Somebody's Telegram is in Spanish: they are answered in it from the first message on, also by buttons."""

from __future__ import annotations

import pytest
from stand import Stand

from bot.library import Library
from bot.playground.botapi import Simulator, User


@pytest.fixture
def eva(sim: Simulator) -> User:
    return sim.user(1010, "Eva", language_code="es-419")


async def test_b80_words_and_taps_are_answered_in_the_language_of_the_app(
    stand: Stand, eva: User, spanish: Library
) -> None:
    answer = await stand.answer(eva, eva.send("me duele el cuello"))

    assert spanish.words.complaints["neck"].name in answer.text
    assert spanish.words.sentences.button_evidence in answer.labels

    tapped = await stand.answer(eva, eva.press(spanish.words.sentences.button_topics, answer))
    assert spanish.words.sentences.area_neck_shoulders in tapped.labels


async def test_a_danger_sign_in_english_gets_the_card_in_spanish(
    stand: Stand, eva: User, spanish: Library
) -> None:
    answer = await stand.answer(eva, eva.send("chest pain going down my left arm"))

    assert answer.text.splitlines()[0] in spanish.words.sentences.emergency
    assert not answer.labels


async def test_a_danger_sign_in_spanish_gets_the_card_whatever_the_app_says(
    stand: Stand, anna: User, library: Library
) -> None:
    answer = await stand.answer(anna, anna.send("no siento las piernas y no puedo orinar"))

    assert answer.text.splitlines()[0] in library.words.sentences.emergency
    assert not answer.labels


async def test_a_language_chosen_by_a_tap_holds_from_then_on(
    stand: Stand, anna: User, spanish: Library
) -> None:
    choices = await stand.answer(anna, anna.send("/language"))
    chosen = await stand.answer(anna, anna.press("Español", choices))
    again = await stand.answer(anna, anna.send("my neck hurts"))

    assert spanish.words.settings.language_set in chosen.text
    assert spanish.words.complaints["neck"].name in again.text
