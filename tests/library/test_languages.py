"""Somebody adds a language, a sentence at a time: what they have is used, and English stands in for the rest.

Nobody ever reads the name of a key. What a language lacks is no fault while it is being written, and one from
the day on which it is offered to people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.check import every_fault, faults
from bot.library import ContentError, Library, best_match, in_language, load, offered

if TYPE_CHECKING:
    from conftest import ContentCopy

pytestmark = pytest.mark.walk

KNOWN = frozenset({"en", "es", "pt", "pt-br"})


@pytest.fixture
def begun(content: ContentCopy) -> ContentCopy:
    """A copy of the content with a language of which two files are begun."""
    content.write("qx/language.toml", b'name = "Quex"\ncomplete = false\n')
    content.write("qx/sentences.toml", b'thanked = "Quah."\n')
    content.write("qx/complaints.toml", b'[knee]\nname = "quee"\nparts = ["quee"]\n')
    return content


# --- which language somebody gets


@pytest.mark.parametrize(
    ("device", "language"),
    [
        ("es", "es"),
        ("es-419", "es"),
        ("ES_mx", "es"),
        ("pt-br", "pt-br"),
        ("pt-PT", "pt"),
        ("zh-hans", "en"),
        ("xx", "en"),
        ("", "en"),
        (None, "en"),
        ("e", "en"),
        ("-es", "en"),
    ],
)
def test_a_device_gets_the_nearest_language_or_english(device: str | None, language: str) -> None:
    assert best_match(device, KNOWN) == language


def test_only_complete_languages_are_offered(begun: ContentCopy) -> None:
    languages = load(begun.folder).languages

    assert {"en", "qx"} <= languages.keys()
    assert "qx" not in offered(languages)
    assert offered(languages)["en"].name == "English"


# --- what stands in


def test_english_stands_in_key_by_key(begun: ContentCopy, library: Library) -> None:
    words = in_language(load(begun.folder), "qx").words

    assert words.sentences.thanked == "Quah."
    assert words.sentences.help == library.words.sentences.help
    assert (words.complaints["knee"].name, words.complaints["knee"].parts) == ("quee", ("quee",))
    assert words.complaints["knee"].button == library.words.complaints["knee"].button
    assert words.complaints["neck"] == library.words.complaints["neck"]
    assert words.points == library.words.points


def test_the_facts_are_the_same_in_every_language(begun: ContentCopy, library: Library) -> None:
    translated = load(begun.folder, "qx")

    assert translated.points == library.points
    assert translated.rules == library.rules


def test_a_kind_of_a_language_takes_from_that_language_before_english(begun: ContentCopy) -> None:
    begun.write("qx-far/language.toml", b'name = "Far Quex"\ncomplete = false\n')
    begun.write("qx-far/sentences.toml", b'help = "Hulp."\n')

    sentences = load(begun.folder, "qx-far").words.sentences

    assert (sentences.thanked, sentences.help) == ("Quah.", "Hulp.")
    assert sentences.stopped == load(begun.folder).words.sentences.stopped


def test_english_misspellings_do_not_slip_into_another_language(begun: ContentCopy) -> None:
    begun.write("qx/lexicon.toml", b'[spellings]\nquea = "quee"\n')

    assert load(begun.folder, "qx").words.lexicon.spellings == {"quea": "quee"}


# --- what is missing


def test_gaps_are_named_once_each_at_their_highest_place(begun: ContentCopy) -> None:
    missing = {(gap.file, gap.entry, gap.field) for gap in load(begun.folder, "qx").words.missing}

    assert ("qx/sentences.toml", "", "help") in missing
    assert ("qx/sentences.toml", "", "thanked") not in missing
    assert ("qx/complaints.toml", "neck", "") in missing
    assert ("qx/complaints.toml", "knee", "phrases") in missing
    assert ("qx/points/LI4.toml", "", "") in missing
    assert load(begun.folder).words.missing == ()


def test_an_entry_that_says_nothing_in_english_is_no_gap_where_it_says_nothing_either(
    begun: ContentCopy, library: Library
) -> None:
    begun.write("qx/evidence.toml", "".join(f"[{study}]\n" for study in library.evidence).encode())
    silent = {study for study, words in library.words.evidence.items() if not words.says}

    gaps = {gap.entry for gap in load(begun.folder, "qx").words.missing if gap.file == "qx/evidence.toml"}

    assert silent
    assert gaps == library.evidence.keys() - silent


def test_gaps_are_faults_of_a_complete_language_only(begun: ContentCopy) -> None:
    assert faults(begun.folder, "qx") == []

    begun.put("qx/language.toml", ("complete",), True)

    assert faults(begun.folder, "qx") == list(load(begun.folder, "qx").words.missing)


def test_slips_of_an_incomplete_language_are_faults(begun: ContentCopy) -> None:
    begun.put("qx/sentences.toml", ("welcom",), "<b>Quah.</b>")

    assert [(fault.file, fault.field) for fault in faults(begun.folder, "qx")] == [
        ("qx/sentences.toml", "welcom")
    ]


def test_the_faults_of_every_language_are_told_together(begun: ContentCopy) -> None:
    begun.put("qx/sentences.toml", ("welcom",), "Quah.")
    begun.put("en/sentences.toml", ("welcom",), "Hello.")

    assert {("qx/sentences.toml", "welcom"), ("en/sentences.toml", "welcom")} <= {
        (fault.file, fault.field) for fault in every_fault(begun.folder)
    }


def test_a_language_without_a_manifest_cannot_be_loaded(begun: ContentCopy) -> None:
    begun.delete("qx/language.toml")

    with pytest.raises(ContentError, match=r"qx/language\.toml"):
        load(begun.folder, "qx")
