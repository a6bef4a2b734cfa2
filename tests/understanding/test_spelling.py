"""Someone types "siatica" with one thumb and is understood; someone with sore ribs is not told about hips.

Unknown words become the nearest word that the content knows. A word that English knows stays as it is.
"""

from __future__ import annotations

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from wordfreq import get_frequency_dict

from bot.understanding.slips import one_slip
from bot.understanding.spelling import RAREST_ORDINARY, Speller

BODY = frozenset({"back", "buttock", "hips", "knee", "neck", "shoulder"})
PAIN = frozenset({"aching", "backache", "headache", "migraine", "numbness", "stiffness", "tingling"})
OTHER = frozenset({"acupressure", "indigestion", "lower", "lumbago", "pregnancy", "sciatica", "tea"})
KNOWN = sorted(BODY | PAIN | OTHER)
LONG = [word for word in KNOWN if len(word) >= 8]
FREQUENCIES = get_frequency_dict("en", "small")
ORDINARY = sorted(word for word, often in FREQUENCIES.items() if often >= RAREST_ORDINARY)
SPELLER = Speller(KNOWN, "en", (BODY, PAIN))


def corrected(word: str) -> list[str]:
    return SPELLER.correct([word])


@given(st.sampled_from(ORDINARY))
def test_a_word_that_ordinary_english_uses_never_changes(word: str) -> None:
    assert corrected(word) == [word]


@pytest.mark.parametrize("word", ["ribs", "itching", "knew", "bank", "deck", "flower", "hop", "shoulders"])
def test_a_word_close_to_a_known_one_stays_when_english_has_it(word: str) -> None:
    assert corrected(word) == [word]


@given(st.sampled_from(KNOWN))
def test_a_known_word_never_changes(word: str) -> None:
    assert corrected(word) == [word]


def test_a_word_that_phrases_know_by_a_long_beginning_keeps_it() -> None:
    speller = Speller(
        ["horse", "aching", "self", "harm"], "en", beginnings=frozenset({"hoarse", "ache", "selfhar"})
    )

    assert speller.correct(["hoarse", "hoarsen", "acheing"]) == ["hoarse", "hoarsen", "aching"]
    assert speller.correct(["selfharm"]) == ["selfharm"]


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A long known word, and the same word with one letter lost, doubled, changed, added or swapped."""
    word = draw(st.sampled_from(LONG))
    at, letter = draw(st.integers(0, len(word) - 1)), draw(st.sampled_from(string.ascii_lowercase))
    slip = draw(
        st.sampled_from(
            (
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            )
        )
    )
    return word, slip


@given(slips())
def test_one_slip_in_a_long_word_is_mended(pair: tuple[str, str]) -> None:
    word, slip = pair
    assume(FREQUENCIES.get(slip, 0) < RAREST_ORDINARY)
    assume({near for near, _ in one_slip(slip, FREQUENCIES)} <= {word})

    assert corrected(slip) == [word]


@pytest.mark.parametrize(
    ("word", "meant"),
    [("siatica", "sciatica"), ("sciattica", "sciatica"), ("sholder", "shoulder"), ("neckk", "neck"),
     ("buttok", "buttock"), ("migrane", "migraine"), ("indegestoin", "indigestion")],
)  # fmt: skip
def test_common_slips_are_mended(word: str, meant: str) -> None:
    assert corrected(word) == [meant]


def test_a_short_slip_becomes_a_body_part_and_no_other_word() -> None:
    assert corrected("nek") == ["neck"]
    assert corrected("tae") == ["tae"]


def test_of_two_words_equally_close_the_body_part_is_meant() -> None:
    speller = Speller(("lack", "back", "hack"), "en", (frozenset({"back"}),))

    assert speller.correct(["xack"]) == ["back"]


def test_of_words_equally_close_one_with_the_same_letters_is_meant() -> None:
    speller = Speller(("stool", "slots"), "en", (frozenset({"stool"}),))

    assert speller.correct(["slost"]) == ["slots"]


def test_a_word_to_be_left_alone_stays() -> None:
    speller = Speller(("buttock",), "en", left_alone=frozenset({"buttok"}))

    assert speller.correct(["buttok", "butock"]) == ["buttok", "buttock"]


@pytest.mark.parametrize("word", ["xx", "b", ""])
def test_a_word_of_one_or_two_letters_is_left_alone(word: str) -> None:
    assert corrected(word) == [word]


@pytest.mark.parametrize("word", ["qwrtzplk", "zzzzzzzzzzzz", "4321", "10:30", ".", ",", "наз", "ありがとう"])
def test_what_is_close_to_nothing_is_left_alone(word: str) -> None:
    assert corrected(word) == [word]


@pytest.mark.parametrize(
    ("word", "meant"), [("lowerback", ["lower", "back"]), ("shoulderstiffness", ["shoulder", "stiffness"])]
)
def test_two_words_written_as_one_are_parted(word: str, meant: list[str]) -> None:
    assert corrected(word) == meant


def test_the_words_around_a_slip_stay_in_their_order() -> None:
    assert SPELLER.correct(["my", "siatica", ",", "lowerback", "."]) == [
        "my", "sciatica", ",", "lower", "back", ".",
    ]  # fmt: skip


@given(st.lists(st.text(alphabet=string.ascii_lowercase + "é.,7", max_size=12), max_size=6))
def test_a_corrected_message_needs_no_more_correcting(message: list[str]) -> None:
    once = SPELLER.correct(message)

    assert SPELLER.correct(once) == once


@given(st.text(alphabet=string.ascii_lowercase, min_size=1, max_size=14))
def test_a_word_becomes_known_words_or_stays(word: str) -> None:
    result = corrected(word)

    assert result == [word] or result[0] in KNOWN
