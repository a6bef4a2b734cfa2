"""What the bot can decide to say to somebody who looks around, alone or in a group."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot.conversation.browsing_actions import Shelf, Star
from bot.guidance.looking import Place
from bot.guidance.offer import Person
from bot.guidance.safety import Verdict
from bot.reminders.reminder import Reminder

if TYPE_CHECKING:
    from bot.conversation.decision import Answer


@dataclass(frozen=True)
class WhatAches:
    """Ask what aches, with examples to tap."""

    person: Person = field(default_factory=Person)


@dataclass(frozen=True)
class WelcomeBack:
    """Greet somebody known. ``last`` is the routine or point that can be done again, "" for none."""

    last: str
    following: Reminder | None
    """The reminder that comes next."""
    now: datetime
    person: Person = field(default_factory=Person)


@dataclass(frozen=True)
class Places:
    """The parts of the body to look through, and how many favourites there are."""

    places: tuple[Place, ...]
    favourites: int
    person: Person


@dataclass(frozen=True)
class PointPage:
    """The page of a point among others, ``codes``, to turn from one to the next."""

    code: str
    codes: tuple[str, ...]
    shelf: Shelf
    person: Person
    verdict: Verdict = field(default_factory=Verdict)
    favourite: bool = False


@dataclass(frozen=True)
class NoFavourites:
    """There is no favourite, or none that is for this person."""

    person: Person


@dataclass(frozen=True)
class AskToKeep:
    """Ask whether a favourite may be stored."""

    star: Star


@dataclass(frozen=True)
class Starred:
    """A page of which the point is a favourite now, or is none any more."""

    page: Answer | PointPage
    on: bool


@dataclass(frozen=True)
class AskFeedback:
    """Ask whether this is of use."""


@dataclass(frozen=True)
class Rated:
    """Thank somebody for saying so."""


@dataclass(frozen=True)
class AnswerInPrivate:
    """In a group: the answer belongs into the private chat, which ``link`` opens. Nothing says why."""

    link: str


@dataclass(frozen=True)
class EndedInPrivate:
    """In a group: a routine ended, and nothing says why."""

    link: str


@dataclass(frozen=True)
class NotYours:
    """In a group: somebody tapped a button under an answer to another person."""


BrowsingDecision = (
    WhatAches
    | WelcomeBack
    | Places
    | PointPage
    | NoFavourites
    | AskToKeep
    | Starred
    | AskFeedback
    | Rated
    | AnswerInPrivate
    | EndedInPrivate
    | NotYours
)
