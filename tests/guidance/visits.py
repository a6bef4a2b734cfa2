"""A reply and how it was reached: what the walks through the bot collect."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.conversation.actions import Action, decode
from bot.conversation.decision import Decision
from bot.guidance.offer import Person
from bot.understanding.reading import Kind, Reading
from bot.wording.reply import Reply

NO_WORDS = Reading(Kind.UNKNOWN)
decoded = lru_cache(maxsize=100_000)(decode)


@dataclass(frozen=True)
class Visit:
    """A reply, the decision behind it, how it was reached and for whom it is.

    ``taps`` is what its buttons do, read back from the data they carry.
    """

    reached_by: str
    person: Person
    decision: Decision
    reply: Reply
    taps: tuple[Action, ...] = ()
