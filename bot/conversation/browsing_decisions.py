"""What the bot can decide to say to somebody who looks around, alone or in a group."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.guidance.offer import Person
from bot.reminders.reminder import Reminder


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


BrowsingDecision = WhatAches | WelcomeBack | AnswerInPrivate | EndedInPrivate | NotYours
