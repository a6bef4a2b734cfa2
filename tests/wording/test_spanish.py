"""Somebody who reads only Spanish gets nothing else, and it is as plain, as short and as calm as the English.

The texts of the files are looked at, and everything that can be sent, however it was filled in. What is read
here was asked in English, so that a gap in what is understood does not hide what is said.
"""

from __future__ import annotations

import re
import statistics
from copy import copy

import pytest

from bot.check import readable
from bot.flow import Companion
from bot.library import Library, in_language
from bot.plain_words import banned_in, too_long, words_in
from bot.wording.writer import Writer
from tests.guidance.visits import Visit
from tests.guidance.walk import labels, replies_of_every_kind
from tests.wording.reading_age import FEWEST_WORDS, as_prose, length, spanish_grade
from tests.wording.test_plain_words import LONGEST_ITEM_WORDS, MOST_ITEMS
from tests.wording.test_replies import LONGEST_LABEL

pytestmark = pytest.mark.walk

GRADE_AT_ELEVEN = 6.0
HARDEST_GRADE = 7.0
"""For a single short text, in which one long word already counts for a year."""
ENGLISH = re.compile(
    r"\b(?:the|and|you|your|is|are|of|with|press|hold|left|right|side|both|what|not|day|days|week|minutes?|seconds?"
    r"|Monday|Friday|today|tomorrow|please|doctors|this|that|it|if|or|to|from|for|by|on|in|at|then|once|twice)\b"
)
"""Words that stand in hardly any English sentence without one of them, and none of which is Spanish."""


@pytest.fixture(scope="module")
def spanish(library: Library) -> Library:
    return in_language(library, "es")


@pytest.fixture(scope="module")
def visits(companion: Companion, spanish: Library) -> tuple[Visit, ...]:
    """Every reply that can be reached, in Spanish."""
    writing = copy(companion)
    writing.library = spanish
    writing.writer = Writer(spanish)
    return tuple(replies_of_every_kind(writing))


@pytest.fixture(scope="module")
def sent(visits: tuple[Visit, ...], spanish: Library) -> dict[str, str]:
    """Every text that can be sent, as prose, and how it is reached."""
    writer = Writer(spanish)
    shown = dict.fromkeys(writer.commands().values(), "the command menu")
    shown[writer.description()] = "the empty chat"
    shown[writer.short_description()] = shown[writer.name()] = "the profile of the bot"
    for visit in visits:
        for text in (visit.reply.text, visit.reply.toast or "", *labels(visit.reply)):
            shown.setdefault(as_prose(text, spanish), visit.reached_by)
    return shown


def test_no_english_is_sent_to_somebody_who_reads_spanish(sent: dict[str, str]) -> None:
    found = {match[0]: (path, text) for text, path in sent.items() if (match := ENGLISH.search(text))}

    assert found == {}


def test_nothing_that_is_sent_claims_reproaches_or_makes_light(
    sent: dict[str, str], spanish: Library
) -> None:
    not_said = spanish.words.not_said.values()

    assert {word: path for text, path in sent.items() for word, _ in banned_in(text, not_said)} == {}


def test_no_sentence_that_is_sent_is_long(sent: dict[str, str]) -> None:
    assert {sentence: path for text, path in sent.items() for sentence in too_long(text)} == {}


def test_every_name_in_braces_is_filled_in(sent: dict[str, str]) -> None:
    assert {text: path for text, path in sent.items() if "{" in text or "}" in text} == {}


def test_labels_can_be_read_on_a_phone(visits: tuple[Visit, ...]) -> None:
    every_label = {label for visit in visits for label in labels(visit.reply)}

    assert [label for label in every_label if not 1 <= len(label.strip()) <= LONGEST_LABEL] == []


def test_a_question_and_a_quotation_open_and_close(sent: dict[str, str]) -> None:
    for text, path in sent.items():
        assert text.count("«") == text.count("»"), path
        assert text.count("¿") <= text.count("?"), path


def test_lists_of_whom_a_point_is_not_for_are_short_enough_to_be_read(spanish: Library) -> None:
    for code, point in spanish.points.items():
        for effect in {caution.effect for caution in point.cautions}:
            items = {spanish.words.cautions[each.id] for each in point.cautions if each.effect is effect}
            assert len(items) <= MOST_ITEMS, (code, effect)
            assert max(map(words_in, items)) <= LONGEST_ITEM_WORDS, (code, effect)


def test_each_warning_that_differs_in_english_differs_in_spanish(library: Library, spanish: Library) -> None:
    """Two cautions that became one text would hide what makes them two."""
    for code, words in library.words.points.items():
        told, translated = words.cautions, spanish.words.points[code].cautions
        assert len(set(told.values())) == len(set(translated.values())), code
    assert len(set(library.words.cautions.values())) == len(set(spanish.words.cautions.values()))


def test_the_measure_knows_a_picture_book_from_a_paper_in_spanish() -> None:
    plain = "Siéntate. Pon el dedo aquí. Mira la mano y suelta."
    learned = (
        "La aplicación bilateral de presión mecánica moderada en localizaciones anatómicamente identificadas "
        "demostró una mejoría estadísticamente significativa de las molestias musculoesqueléticas."
    )

    assert spanish_grade(plain) < 3
    assert spanish_grade(learned) > 10


def test_the_texts_of_the_files_can_be_read_at_eleven(spanish: Library) -> None:
    gaps = {gap.file for gap in spanish.words.missing if not gap.entry}
    texts = [text for file, *_, text in readable(spanish) if file not in gaps]
    grades = {text: spanish_grade(text) for text in texts if length(text) >= FEWEST_WORDS}

    assert statistics.quantiles(grades.values(), n=10)[-1] <= GRADE_AT_ELEVEN
    assert {text for text, grade in grades.items() if grade > HARDEST_GRADE} == set()
