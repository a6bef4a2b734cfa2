"""What is known of chats and may not, or need not, be stored: kept in mind for some hours."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from bot.conversation.memory import Memory
from bot.storage import in_mind
from bot.storage.database import Database
from bot.storage.seal import Seal

MOST_IN_MIND = 10_000
"""Chats that one process keeps in mind. Beyond that the one silent for longest is forgotten."""
_STRANGER = Memory()


class Mind(Protocol):
    """Keeps in mind what is known of each chat. Called inside the transaction that needs it."""

    def of(self, connection: Connection, chat_id: int, now: datetime) -> Memory:
        """What is in mind of a chat."""

    def keep(self, connection: Connection, chat_id: int, memory: Memory, now: datetime) -> None:
        """Have this in mind of a chat, and nothing else."""


def mind_for(database: Database) -> Mind:
    """The mind that fits: processes that share a database must not forget what another was told."""
    return SharedMind(database.seal) if database.is_shared else OwnMind()


class OwnMind:
    """The mind of one process, which no disk ever sees."""

    def __init__(self) -> None:
        self._chats: OrderedDict[int, Memory] = OrderedDict()

    def of(self, connection: Connection, chat_id: int, now: datetime) -> Memory:
        """What is in mind of a chat."""
        return self._chats.get(chat_id, _STRANGER)

    def keep(self, connection: Connection, chat_id: int, memory: Memory, now: datetime) -> None:
        """Have this in mind of a chat, and nothing else."""
        self._chats.pop(chat_id, None)
        if memory != _STRANGER:
            self._chats[chat_id] = memory
            if len(self._chats) > MOST_IN_MIND:
                self._chats.popitem(last=False)


class SharedMind:
    """The mind of several processes: sealed rows that are gone after some hours."""

    def __init__(self, seal: Seal) -> None:
        self._seal = seal

    def of(self, connection: Connection, chat_id: int, now: datetime) -> Memory:
        """What is in mind of a chat."""
        return in_mind.load(connection, self._seal, chat_id, now)

    def keep(self, connection: Connection, chat_id: int, memory: Memory, now: datetime) -> None:
        """Have this in mind of a chat, and nothing else."""
        in_mind.save(connection, self._seal, chat_id, memory, now)
