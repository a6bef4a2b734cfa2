"""Who was taken for pregnant, or for a child, says so in a line: that is heard, and points come back.

"I did not understand that" leaves somebody to wonder whether they still count as pregnant. And a parent who
asked about a child is an adult with aches of their own.
"""

from __future__ import annotations

import pytest

from bot.conversation.memory import Memory, Profile
from bot.flow import Companion
from tests.conversation.reminder_days import MONDAY, Days

PREGNANCY, UNDER_18 = "CR01", "CR12"


@pytest.fixture
def anna(companion: Companion) -> Days:
    return Days(companion)


@pytest.mark.parametrize("words", ["I am not pregnant", "not pregnant anymore"])
def test_who_is_not_pregnant_after_all_is_told_that_it_no_longer_counts(words: str, anna: Days) -> None:
    anna.says("I'm pregnant and my neck hurts")

    reply = anna.says(words)

    assert reply.plain == anna.companion.library.words.settings.corrected
    assert PREGNANCY not in anna.memory.conditions


def test_what_is_stored_is_asked_about_before_it_goes(anna: Days) -> None:
    """Nothing may say that it no longer counts while it does."""
    anna.memory = Memory(MONDAY, Profile(frozenset({PREGNANCY})))

    reply = anna.says("I am not pregnant")

    assert "Is that still so?" in reply.plain
    assert PREGNANCY in anna.memory.conditions
    anna.taps("No, not any more")
    assert PREGNANCY not in anna.memory.conditions


def test_no_in_the_same_breath_as_an_ache_leaves_the_ache_to_be_answered(anna: Days) -> None:
    assert (
        anna.companion.library.words.settings.corrected
        not in anna.says("I'm not pregnant, my lower back hurts").plain
    )


def shows_a_point(anna: Days) -> bool:
    anna.says("my neck hurts")
    return any("press" in reply.plain.lower() and "Where:" in reply.plain for reply in anna.last)


@pytest.mark.parametrize("words", ["my 6 year old has a sore back", "my son is 6 and his neck hurts"])
def test_a_parent_who_asked_about_a_child_is_shown_points_for_their_own_aches(words: str, anna: Days) -> None:
    reply = anna.says(words)

    assert reply.plain == anna.companion.library.words.sentences.for_a_child.strip()
    assert anna.memory.conditions == frozenset()
    assert shows_a_point(anna)


@pytest.mark.parametrize(
    "words", ["I'm 34, it was about my kid", "I am an adult", "it was for my daughter", "I'm over 18"]
)
def test_who_was_taken_for_a_child_can_say_otherwise(words: str, anna: Days) -> None:
    anna.says("17, stiff lower back")
    assert not shows_a_point(anna)

    anna.says(words)

    assert UNDER_18 not in anna.memory.conditions
    assert shows_a_point(anna)


@pytest.mark.parametrize("words", ["I'm 16", "I'm 17, turning 18 tomorrow", "I have 34 books", "34"])
def test_nothing_less_makes_a_child_an_adult(words: str, anna: Days) -> None:
    anna.says("I am 15 and my back hurts")

    anna.says(words)

    assert UNDER_18 in anna.memory.conditions
    assert not shows_a_point(anna)
