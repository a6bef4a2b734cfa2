"""Asking the belt: what somebody gets of whom nothing, or only this, is known."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.conversation.decide import decide
from bot.conversation.decision import Decision
from bot.conversation.events import Event
from bot.conversation.memory import Memory
from bot.conversation.scene import Scene
from bot.flow import Companion
from bot.library import Library
from bot.understanding.reading import Reading
from bot.wording.reply import Reply

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
"""A Monday morning on which nothing special happens."""
NOTHING = Memory()


def answered(companion: Companion, event: Event, memory: Memory = NOTHING) -> Reply:
    """The one reply to an event."""
    (reply,) = companion.answer(event, memory, NOW).replies
    return reply


def decided(event: Event, reading: Reading, library: Library, memory: Memory = NOTHING) -> Decision:
    """The one thing that is decided to be said about an event."""
    (decision,) = decide(event, reading, Scene(library, NOW, memory)).says
    return decision
