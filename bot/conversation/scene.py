"""What a decision rests on, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.conversation.browsing_actions import Verdict
from bot.conversation.decision import Decision
from bot.conversation.memory import Memory
from bot.library import Library
from bot.understanding.sayings import NO_SAYINGS, Sayings


@dataclass(frozen=True)
class Scene:
    """Where and when an event happens. In a group ``memory`` is about nobody; see its ``of_a_group``."""

    library: Library
    now: datetime
    memory: Memory = field(default_factory=Memory)
    private: bool = True
    sayings: Sayings = NO_SAYINGS
    """Those of the language in which the words at hand were read."""


@dataclass(frozen=True)
class Turn:
    """What to say, in this order, and what is known afterwards.

    ``to_remember`` are conditions that a message told of and that could be stored, if the person wants it.
    ``counted`` is a verdict on the bot to count, of which nobody is to know whose it is.
    A ``belated`` turn answers what was written hours ago. One that ``asks_if_admin`` says nothing yet: first
    it has to be known whether whoever brought the event about is an admin of the group.
    """

    says: tuple[Decision, ...]
    memory: Memory
    to_remember: frozenset[str] = frozenset()
    counted: Verdict | None = None
    belated: bool = False
    asks_if_admin: bool = False
