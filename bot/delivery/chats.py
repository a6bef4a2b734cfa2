"""Gather, decide, apply: one event of one chat in one transaction."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.conversation.events import Due, Event
from bot.conversation.memory import Memory
from bot.flow import Companion
from bot.storage import memories, outbox
from bot.storage.database import Database
from bot.storage.outbox import Letter, Urgency
from bot.wording.reply import Reply

MOST_IN_MIND = 10_000
"""Chats of which something unstored is remembered. Beyond that the one silent for longest is forgotten."""
MOST_DUE_AT_ONCE = 100
"""Chats whose time is up that are handled in one transaction, so that people who write wait no longer."""


@dataclass(frozen=True)
class Applied:
    """What an event came to: the replies, and what was known before and is known now."""

    replies: tuple[Reply, ...]
    before: Memory
    after: Memory


class Chats:
    """All chats. The caller sees to it that events of one chat come one after the other."""

    def __init__(self, companion: Companion, database: Database) -> None:
        self.companion = companion
        self.database = database
        self.deadline_changed = asyncio.Event()
        """Set when something may be due earlier than was known."""
        self.letters_revoked: Callable[[int], None] = lambda chat_id: None
        """Told of each chat whose waiting letters are out of date."""
        self._in_mind: OrderedDict[int, Memory] = OrderedDict()

    async def answer(
        self, chat_id: int, event: Event, now: datetime, *, private: bool = True
    ) -> tuple[Reply, ...]:
        """The replies to an event, after what changed was stored."""
        applied = await self.database.run(
            lambda connection: self._apply(connection, chat_id, event, now, private=private)
        )
        self._settle(chat_id, applied)
        if applied.after == Memory() != applied.before:
            await self.database.forget_deleted()
        return applied.replies

    async def due(self, now: datetime) -> list[Letter]:
        """Handle what is due, or the longest overdue of it; the letters that come of it are in the outbox."""

        def work(connection: Connection) -> list[tuple[int, Applied, list[Letter]]]:
            handled = []
            for chat_id in memories.due(connection, now, MOST_DUE_AT_ONCE):
                applied = self._apply(connection, chat_id, Due(), now, private=chat_id > 0)
                letters = [outbox.put(connection, chat_id, Urgency.CUE, reply) for reply in applied.replies]
                handled.append((chat_id, applied, letters))
            return handled

        handled = await self.database.run(work)
        for chat_id, applied, _ in handled:
            self._settle(chat_id, applied)
        return [letter for _, _, letters in handled for letter in letters]

    async def next_due(self) -> datetime | None:
        """When something's time is up next."""
        return await self.database.run(memories.next_due)

    async def waiting_letters(self) -> list[Letter]:
        """The letters that had not arrived when the process ended."""
        return await self.database.run(outbox.waiting)

    async def shown(self, chat_id: int, message_id: int) -> None:
        """Note in which message the running routine of a chat is seen."""
        await self.database.run(lambda connection: memories.shown(connection, chat_id, message_id))

    def _apply(
        self, connection: Connection, chat_id: int, event: Event, now: datetime, *, private: bool
    ) -> Applied:
        stored = memories.load(connection, chat_id)
        before = self._with_unstored(chat_id, stored) if private else stored.of_a_group
        answer = self.companion.answer(event, before, now, private=private)
        memories.save(connection, chat_id, stored, answer.memory)
        if before.round != answer.memory.round:
            outbox.drop_all(connection, chat_id, Urgency.CUE)
        if answer.memory == Memory() != before:
            outbox.drop_all(connection, chat_id)
        return Applied(answer.replies, before, answer.memory)

    def _settle(self, chat_id: int, applied: Applied) -> None:
        """After the transaction: remember what is not stored, and tell of what changed."""
        self._keep_in_mind(chat_id, applied.after)
        if applied.before.round != applied.after.round:
            self.letters_revoked(chat_id)
            self.deadline_changed.set()

    def _with_unstored(self, chat_id: int, stored: Memory) -> Memory:
        unstored = self._in_mind.get(chat_id)
        if unstored is None:
            return stored
        if stored.consent_at is not None:
            return replace(stored, said=unstored.said, said_at=unstored.said_at)
        return replace(unstored, round=stored.round)

    def _keep_in_mind(self, chat_id: int, memory: Memory) -> None:
        """Remember, in this process only, what may not or need not be stored."""
        unstored = replace(memory, round=None)
        if memory.consent_at is not None:
            unstored = Memory(said=memory.said, said_at=memory.said_at)
        self._in_mind.pop(chat_id, None)
        if unstored != Memory():
            self._in_mind[chat_id] = unstored
            if len(self._in_mind) > MOST_IN_MIND:
                self._in_mind.popitem(last=False)
