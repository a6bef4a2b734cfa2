"""However a phone writes it, in capitals, with accents or curly quotes, the same words come out.

What is left of a message are its words and the ends of its sentences and clauses.
"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.understanding.text import MOST_CHARACTERS, fold, sentences, split

FILLERS = frozenset({"my", "the"})
SPELLINGS = {"cannot": "cant", "im": "i am", "hes": "he is", "themy": "the my", "w/o": "without"}


def words(text: str) -> list[str]:
    return sentences(fold(text), FILLERS, SPELLINGS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LOWER BACK", "lower back"),
        ("Zúsānlǐ", "zusanli"),
        ("cafe\u0301", "cafe"),
        ("ＬＩ４", "li4"),
        ("𝐋𝐨𝐰𝐞𝐫 𝐁𝐚𝐜𝐤", "lower back"),
        ("don’t don‘t don`t donʼt", "don't don't don't don't"),
        ("low\u00adback", "lowback"),
        ("Straße", "strasse"),
    ],
)
def test_folding_takes_away_what_carries_no_meaning(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text())
@example("℡ 𝐍eck")
def test_folded_text_has_no_capitals_and_no_accents(text: str) -> None:
    folded = fold(text)

    assert not any(unicodedata.category(char) in ("Lu", "Lt") for char in folded)
    assert not any(unicodedata.combining(char) for char in folded)


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_what_lies_beyond_telegrams_longest_message_is_not_read() -> None:
    assert words("neck " * 2000).count("neck") <= MOST_CHARACTERS / len("neck ") + 1
    assert "knee" not in words("x" * MOST_CHARACTERS + " knee")
    assert "knee" in words("x" * (MOST_CHARACTERS - 5) + " knee")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My neck, then my back. Ouch", [".", "neck", ",", "then", "back", ".", "ouch", "."]),
        ("neck?! Really...", [".", "neck", ".", "really", "."]),
        ("neck\n\nback", [".", "neck", ".", "back", "."]),
        ("neck (left) – bad", [".", "neck", ",", "left", ",", ",", "bad", "."]),
        ("I can't", [".", "i", "cant", "."]),
        ("I cannot", [".", "i", "cant", "."]),
        ("I’m sore", [".", "i", "am", "sore", "."]),
        ("my mum's knee", [".", "mum", "knee", "."]),
        ("He’s sore", [".", "he", "is", "sore", "."]),
        ("lower-back pain", [".", "lower", "back", "pain", "."]),
        ("and/or", [".", "and", "or", "."]),
        ("my back/the neck/knee", [".", "back", "neck", "knee", "."]),
        ("w/o pain", [".", "without", "pain", "."]),
        ("LI4 or L5", [".", "li4", "or", "l5", "."]),
        ("60s", [".", "60", "s", "."]),
        ("at 10:30, 7/10 bad", [".", "at", "10:30", ",", "7/10", "bad", "."]),
        ("1.5 hours", [".", "1.5", "hours", "."]),
        ("themy neck", [".", "neck", "."]),
        ("🙏 😀 §", ["."]),
        ("", ["."]),
    ],
)
def test_a_message_becomes_its_words_between_the_ends_of_its_sentences_and_clauses(
    text: str, expected: list[str]
) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("my neck", ["neck"]), ("neck. Back!", ["neck", ".", "back", "."]), ("my", [])]
)
def test_words_by_themselves_end_only_where_they_were_ended(text: str, expected: list[str]) -> None:
    assert split(fold(text), FILLERS, SPELLINGS) == expected


@given(st.text())
def test_every_word_is_a_word_a_number_or_an_end(text: str) -> None:
    for word in words(text):
        assert word in (".", ",") or word[0].isalnum()
        assert word not in FILLERS
        assert not any(char.isspace() for char in word)


@given(st.lists(st.sampled_from(("my", "sore", "neck", "cannot", "turn")), max_size=8))
def test_blanks_between_words_do_not_count(message: list[str]) -> None:
    assert words("  ".join(["", *message, ""])) == words("\u00a0".join(message)) == words(" ".join(message))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no no neck", [".", "no", "neck", "."]),
        ("pain pain pain", [".", "pain", "."]),
        ("neck. neck", [".", "neck", ".", "neck", "."]),
        ("", ["."]),
    ],
)
def test_a_word_repeated_on_the_spot_counts_once(text: str, expected: list[str]) -> None:
    assert sentences(fold(text), frozenset(), {}) == expected
