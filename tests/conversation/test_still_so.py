"""What ends one day is asked about when that day has come, and it counts until somebody says that it is over.

Six weeks after a birth the points it forbids are forbidden no more. Nobody should have to find that out in
the settings, and no point may come back by itself: the bot cannot know if the six weeks are counted right.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.conversation.events import Commanded, Said, Sent
from bot.conversation.memory import Memory, Profile
from bot.flow import Companion
from bot.library import Library
from bot.library.facts import Memorable
from tests.conversation.reminder_days import MONDAY, Days

AFTER_A_BIRTH = "CR18"
SIX_WEEKS = timedelta(weeks=6)
QUESTION = "Is that still so?"


@pytest.fixture
def mother(companion: Companion) -> Days:
    """Somebody who gave birth two weeks ago and lets the bot remember it."""
    person = Days(companion)
    person.says("I am two weeks postpartum and my neck hurts")
    person.taps("Yes, remember")
    person.taps("Yes")
    assert person.memory.profile.conditions == {AFTER_A_BIRTH}
    return person


def is_asked(person: Days, words: str = "my neck hurts") -> bool:
    person.says(words)
    return QUESTION in person.last[-1].plain


def may_press(person: Days, code: str = "ST36") -> bool:
    library = person.companion.library
    return library.words.points[code].where in person.says(f"where is {code}").plain


def test_within_six_weeks_nothing_is_asked(mother: Days) -> None:
    mother.now += SIX_WEEKS - timedelta(minutes=1)

    assert not is_asked(mother)


def test_after_six_weeks_it_is_asked_beside_an_answer_and_still_counts(mother: Days) -> None:
    mother.now += SIX_WEEKS

    assert is_asked(mother)
    assert len(mother.last) == 2
    assert not may_press(mother)


def test_who_says_no_may_press_again(mother: Days) -> None:
    mother.now += SIX_WEEKS
    is_asked(mother)
    mother.taps("No, not any more")

    assert mother.memory.profile == Profile()
    assert may_press(mother)
    assert not is_asked(mother)


def test_who_says_yes_is_asked_again_six_weeks_later(mother: Days) -> None:
    mother.now += SIX_WEEKS
    is_asked(mother)
    mother.taps("Yes, still so")
    mother.now += SIX_WEEKS - timedelta(minutes=1)
    early = is_asked(mother)
    mother.now += timedelta(minutes=1)

    assert not early
    assert is_asked(mother)
    assert not may_press(mother)


def test_who_does_not_answer_is_asked_again_after_a_week_and_not_before(mother: Days) -> None:
    mother.now += SIX_WEEKS
    asked = [is_asked(mother)]
    for _ in range(8):
        mother.now += timedelta(days=1)
        asked.append(is_asked(mother))

    assert asked == [True, *[False] * 6, True, False]


def test_who_tells_it_again_begins_anew(mother: Days) -> None:
    mother.now += SIX_WEEKS - timedelta(days=1)
    mother.says("I am two weeks postpartum and my neck hurts")
    mother.now += timedelta(days=2)

    assert not is_asked(mother)


def test_it_is_never_asked_by_itself_or_beside_a_danger_card(mother: Days) -> None:
    mother.now += SIX_WEEKS
    card = mother.does(Said("my calf is swollen and hot"))

    assert len(card) == 1
    assert not any(QUESTION in reply.plain for reply in mother.does(Sent("sticker")))


def test_it_is_not_asked_while_another_question_waits(mother: Days) -> None:
    mother.now += SIX_WEEKS

    assert not is_asked(mother, "remind me of GV20")
    assert mother.memory.question
    assert is_asked(mother, "thanks")


def test_it_is_not_asked_while_a_routine_runs(mother: Days) -> None:
    mother.says("time GV20 for 300 seconds")
    mother.taps("Start")
    mother.now += SIX_WEEKS

    assert mother.memory.round
    assert not is_asked(mother)


def test_of_what_does_not_end_nothing_is_asked(companion: Companion) -> None:
    person = Days(companion, memory=Memory(MONDAY, Profile(frozenset({"CR02"}))))
    person.now += timedelta(days=1000)

    assert not is_asked(person)
    assert person.memory.profile.ask_again == {}


def test_what_was_kept_before_this_was_known_is_asked_about_six_weeks_from_now(companion: Companion) -> None:
    person = Days(companion, memory=Memory(MONDAY, Profile(frozenset({AFTER_A_BIRTH}))))
    first = is_asked(person)
    person.now += SIX_WEEKS

    assert not first
    assert is_asked(person)


def test_what_is_turned_off_in_the_settings_is_not_asked_about(mother: Days) -> None:
    mother.says("/settings")
    mother.taps("Health")
    mother.taps(mother.companion.library.words.settings.button_on.format(label="Gave birth"))

    assert mother.memory.profile.ask_again == {}


def test_only_what_can_be_kept_is_asked_about_again(library: Library) -> None:
    ending = [rule for rule, entry in library.rules.items() if entry.asked_again_after_days]

    assert AFTER_A_BIRTH in ending
    assert all(library.rules[rule].memorable is Memorable.LASTING for rule in ending)


def test_without_consent_it_is_forgotten_and_never_asked(companion: Companion) -> None:
    person = Days(companion)
    person.says("I am two weeks postpartum and my neck hurts")
    person.now += SIX_WEEKS
    person.does(Commanded("help"))

    assert not is_asked(person)
    assert may_press(person)
