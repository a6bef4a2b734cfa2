"""A thumb lands beside the key, swaps two letters or skips one: the word that was meant is among the guesses.

Slips that fingers make easily cost less than those they do not, so the likelier word wins.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.slips import LETTERS, NEAR_KEYS, is_along_the_keys, one_slip

WORDS = st.text(alphabet=LETTERS, min_size=1, max_size=12)


def cost(written: str, meant: str) -> float:
    return min(cost for word, cost in one_slip(written, {meant}) if word == meant)


@given(WORDS, st.data())
def test_every_word_one_slip_away_is_found(meant: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(meant) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    slipped = data.draw(
        st.sampled_from(
            (
                meant[:at] + meant[at + 1 :],
                meant[:at] + letter + meant[at:],
                meant[:at] + letter + meant[at + 1 :],
                meant[:at] + meant[at : at + 2][::-1] + meant[at + 2 :],
            )
        )
    )

    assert slipped == meant or meant in {word for word, _ in one_slip(slipped, {meant})}


@given(WORDS, st.sets(WORDS))
def test_only_known_words_are_found(written: str, known: set[str]) -> None:
    assert {word for word, _ in one_slip(written, known)} <= known


@given(WORDS)
def test_a_word_is_no_slip_for_itself_unless_letters_of_it_are_alike(written: str) -> None:
    again = {word for word, _ in one_slip(written, {written})}

    assert not again or any(first == second for first, second in pairwise(written))


def test_keys_lie_beside_each_other_both_ways() -> None:
    assert all(key in NEAR_KEYS[other] for key, others in NEAR_KEYS.items() for other in others)
    assert set(NEAR_KEYS["g"]) >= set("fhtb")
    assert "p" not in NEAR_KEYS["q"]


@pytest.mark.parametrize(
    ("easy", "hard", "meant"),
    [
        ("bcak", "bxck", "back"),
        ("kneee", "kneze", "knee"),
        ("neckk", "neqck", "neck"),
        ("shouldee", "shouldeq", "shoulder"),
        ("stomoch", "stomxch", "stomach"),
        ("bafk", "bawk", "back"),
        ("heqd", "uead", "head"),
    ],
)
def test_an_easy_slip_costs_less_than_a_hard_one(easy: str, hard: str, meant: str) -> None:
    assert cost(easy, meant) < cost(hard, meant)


@pytest.mark.parametrize("written", ["asd", "asdf", "qweqwe", "lkjh", "asdasdasd"])
def test_fingers_that_run_along_the_keys_are_told_from_words(written: str) -> None:
    assert is_along_the_keys(written)


@pytest.mark.parametrize("written", ["", "as", "asa", "bck", "acfd", "neck", "asdfneck", "assa"])
def test_words_and_their_slips_do_not_run_along_the_keys(written: str) -> None:
    assert not is_along_the_keys(written)
