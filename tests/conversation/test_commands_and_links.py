"""Commands and links lead where they say, even misspelt, and words of danger after them are still seen.

Commands arrive at odd moments: from a menu, from a habit with other bots, from a link on a poster that was
printed a year ago. A bad one may cost a person a second look, never an answer.
"""

from __future__ import annotations

import pytest

from bot.conversation.browsing_decisions import Places
from bot.conversation.commands import COMMANDS
from bot.conversation.decision import (
    Answer,
    DangerCard,
    Help,
    NothingToOffer,
    NotUnderstood,
    Privacy,
    Stopped,
    Welcome,
)
from bot.conversation.events import Commanded
from bot.library import Library
from bot.library.facts import Tier
from bot.understanding.reader import Reader
from bot.understanding.reading import Kind, Reading
from tests.answering import decided
from tests.conversation.deciding import (
    EMERGENCY,
    PREGNANT,
    TODAY,
    about,
    commanded,
    said,
    sign,
)

# --- commands


@pytest.mark.parametrize(
    ("name", "kind"),
    [("start", Welcome), ("help", Help), ("points", Places), ("privacy", Privacy), ("stop", Stopped)],
)
def test_each_command_of_the_menu_is_answered(library: Library, name: str, kind: type) -> None:
    assert name in COMMANDS
    assert isinstance(commanded(name, library), kind)


def test_every_command_of_the_menu_is_understood(library: Library) -> None:
    unknown = [name for name in COMMANDS if isinstance(commanded(name, library), NotUnderstood)]

    assert unknown == []


@pytest.mark.parametrize(("name", "means"), [("cancel", "stop"), ("menu", "help"), ("topics", "points")])
def test_commands_that_people_expect_do_what_ours_do(library: Library, name: str, means: str) -> None:
    assert commanded(name, library) == commanded(means, library)


@pytest.mark.parametrize(
    ("name", "closest"),
    [("halp", "help"), ("pionts", "points"), ("startt", "start"), ("privcy", "privacy"), ("stopp", "stop")],
)
def test_a_misspelt_command_is_answered_with_the_closest_one(
    library: Library, name: str, closest: str
) -> None:
    assert commanded(name, library) == NotUnderstood("command", closest)


@pytest.mark.parametrize("name", ["", "xyzzy", "zzz2000", "\N{PILE OF POO}"])
def test_a_command_like_no_other_is_answered_without_a_guess(library: Library, name: str) -> None:
    assert commanded(name, library) == NotUnderstood("command")


# --- links


def test_a_link_to_a_point_shows_the_point_at_once(library: Library) -> None:
    for code in library.points:
        decision = commanded("start", library, f"p_{code}")
        assert isinstance(decision, Answer)
        assert (decision.code, decision.complaints) == (code, ())


@pytest.mark.parametrize("payload", ["LI4", "p_li4", "li4"])
def test_a_link_to_a_point_may_be_written_loosely(library: Library, payload: str) -> None:
    assert commanded("start", library, payload) == commanded("start", library, "p_LI4")


def test_a_link_to_a_complaint_answers_the_complaint(library: Library) -> None:
    for slug, complaint in library.complaints.items():
        decision = commanded("start", library, f"c_{slug}")
        assert isinstance(decision, Answer if complaint.points else NothingToOffer)
        assert decision.complaints == (slug,)


@pytest.mark.parametrize(
    "payload", ["???", "p_", "c_", "p_ZZ99", "c_toe", "x" * 64, "p_LI4; drop", "-_-", "1"]
)
def test_a_bad_link_is_an_ordinary_start(library: Library, payload: str) -> None:
    assert commanded("start", library, payload) == Welcome()


def test_words_after_start_are_read_like_a_message(library: Library) -> None:
    reading = about("neck", conditions=PREGNANT)

    assert commanded("start", library, "my neck hurts, I am pregnant", reading) == said(reading, library)


@pytest.mark.parametrize("name", ["start", "help", "points", "privacy", "stop", "cancel", "xyzzy"])
@pytest.mark.parametrize("tier", [EMERGENCY, TODAY])
def test_danger_in_the_words_after_any_command_comes_before_the_command(
    library: Library, name: str, tier: Tier
) -> None:
    danger = sign(library, tier)
    reading = Reading(Kind.DANGER, danger=danger)

    assert commanded(name, library, "words of danger", reading) == DangerCard(danger)


def test_danger_in_the_words_of_a_start_link_is_seen(library: Library, reader: Reader) -> None:
    argument = "chest pain going down my left arm"

    decision = decided(Commanded("start", argument), reader.read(argument), library)

    assert isinstance(decision, DangerCard)
