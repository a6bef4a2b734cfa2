"""Gather, decide, apply: one event of one chat in one transaction."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.conversation.events import Event
from bot.conversation.memory import Memory
from bot.flow import Companion
from bot.storage import memories
from bot.storage.database import Database
from bot.wording.reply import Reply

MOST_IN_MIND = 10_000
"""Chats of which something unstored is remembered. Beyond that the one silent for longest is forgotten."""


class Chats:
    """All chats. The caller sees to it that events of one chat come one after the other."""

    def __init__(self, companion: Companion, database: Database) -> None:
        self.companion = companion
        self._database = database
        self._in_mind: OrderedDict[int, Memory] = OrderedDict()

    async def answer(self, chat_id: int, event: Event, now: datetime) -> tuple[Reply, ...]:
        """The replies to an event of a private chat, after what changed was stored."""

        def work(connection: Connection) -> tuple[tuple[Reply, ...], Memory, Memory]:
            stored = memories.load(connection, chat_id)
            before = self._with_unstored(chat_id, stored)
            answer = self.companion.answer(event, before, now)
            memories.save(connection, chat_id, stored, answer.memory)
            return answer.replies, stored, answer.memory

        replies, before, after = await self._database.run(work)
        self._keep_in_mind(chat_id, after)
        if after == Memory() != before:
            await self._database.forget_deleted()
        return replies

    async def answer_group(self, event: Event, now: datetime) -> tuple[Reply, ...]:
        """The replies to an event of a group, of which nothing is kept."""
        return self.companion.answer(event, Memory(), now, private=False).replies

    def _with_unstored(self, chat_id: int, stored: Memory) -> Memory:
        unstored = self._in_mind.get(chat_id)
        if unstored is None:
            return stored
        return replace(
            stored,
            said=unstored.said,
            said_at=unstored.said_at,
            held=stored.held or unstored.held if stored.consent_at is None else stored.held,
        )

    def _keep_in_mind(self, chat_id: int, memory: Memory) -> None:
        """Remember, in this process only, what may not or need not be stored."""
        unstored = Memory(
            held=None if memory.consent_at else memory.held, said=memory.said, said_at=memory.said_at
        )
        self._in_mind.pop(chat_id, None)
        if unstored != Memory():
            self._in_mind[chat_id] = unstored
            if len(self._in_mind) > MOST_IN_MIND:
                self._in_mind.popitem(last=False)
