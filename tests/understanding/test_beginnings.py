"""Somebody types into a chat that the bot is not in and looks at the list after every letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library import Library
from bot.understanding.beginnings import Beginnings, Begun
from bot.understanding.text import fold


@pytest.fixture(scope="session")
def beginnings(library: Library) -> Beginnings:
    return Beginnings(library)


@pytest.mark.parametrize(
    ("begun", "slug"),
    [
        ("sci", "sciatica"),
        ("SCI", "sciatica"),
        ("  low", "lower_back"),
        ("hea", "headache"),
        ("shou", "shoulder"),
    ],
)
def test_the_beginning_of_a_complaint_is_completed(beginnings: Beginnings, begun: str, slug: str) -> None:
    assert slug in beginnings.complete(begun).complaints


@pytest.mark.parametrize("begun", ["GB2", "gb2"])
def test_the_beginning_of_a_code_is_completed_to_every_code(beginnings: Beginnings, begun: str) -> None:
    assert beginnings.complete(begun).points == ("GB20", "GB21")


def test_a_code_comes_before_a_name_with_the_same_beginning(beginnings: Beginnings) -> None:
    assert beginnings.complete("li").points[0] == "LI4"


def test_names_are_completed_without_their_accents(beginnings: Beginnings, library: Library) -> None:
    pinyin = library.points["LI4"].pinyin
    assert fold(pinyin) != pinyin.lower()
    assert "LI4" in beginnings.complete(fold(pinyin)[:-1]).points


def test_every_name_is_found_by_its_first_half(beginnings: Beginnings, library: Library) -> None:
    for slug, words in library.words.complaints.items():
        assert slug in beginnings.complete(words.name[: len(words.name) // 2 + 1]).complaints
    for code, named in library.words.points.items():
        assert code in beginnings.complete(named.name[: len(named.name) // 2 + 1]).points


def test_a_word_within_a_name_is_completed_where_no_name_begins_so(beginnings: Beginnings) -> None:
    """People call the point in the hand "Joining Valley"; whoever remembers the valley finds it."""
    assert "LI4" in beginnings.complete("valle").points


@pytest.mark.parametrize(
    "begun", ["", " ", "s", "xq", "can't pe", "my sci", "ciatica", "sciaticas", "🤕", "(", "\\"]
)
def test_what_begins_no_name_is_not_completed(beginnings: Beginnings, begun: str) -> None:
    assert beginnings.complete(begun) == Begun()


@given(st.text(max_size=300))
def test_anything_may_be_typed(beginnings: Beginnings, library: Library, text: str) -> None:
    begun = beginnings.complete(text)
    assert library.complaints.keys() >= set(begun.complaints)
    assert library.points.keys() >= set(begun.points)
