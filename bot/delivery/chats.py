"""Gather, decide, apply: one event of one chat in one transaction."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
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


STRANGER = Memory()


@dataclass(frozen=True)
class Applied:
    """What an event came to: the replies, and what was known before and is known now."""

    replies: tuple[Reply, ...]
    before: Memory
    after: Memory
    revoked: frozenset[Urgency]
    """The letters that are out of date now."""


class Chats:
    """All chats. The caller sees to it that events of one chat come one after the other."""

    def __init__(self, companion: Companion, database: Database) -> None:
        self.companion = companion
        self.database = database
        self.deadline_changed = asyncio.Event()
        """Set when something may be due earlier than was known."""
        self.letters_revoked: Callable[[int, Collection[Urgency]], None] = lambda chat_id, urgencies: None
        """Told of each chat whose waiting letters are out of date, and which of them."""
        self._in_mind: OrderedDict[int, Memory] = OrderedDict()

    async def answer(
        self, chat_id: int, event: Event, now: datetime, *, private: bool = True
    ) -> tuple[Reply, ...]:
        """The replies to an event, after what changed was stored."""
        applied = await self.database.run(
            lambda connection: self._apply(connection, chat_id, event, now, private=private)
        )
        self._settle(chat_id, applied)
        if applied.after == STRANGER != applied.before:
            await self.database.forget_deleted()
        return applied.replies

    async def due(self, now: datetime, *, after_downtime: bool = False) -> list[Letter] | None:
        """Handle what is due, or the longest overdue of it; ``None`` when nothing is.

        The letters that come of it are in the outbox.
        """

        def work(connection: Connection) -> list[tuple[int, Applied, list[Letter]]]:
            handled = []
            for chat_id in memories.due(connection, now, MOST_DUE_AT_ONCE):
                event = Due(after_downtime)
                applied = self._apply(connection, chat_id, event, now, private=chat_id > 0)
                letters = [
                    outbox.put(connection, chat_id, _urgency(reply), reply) for reply in applied.replies
                ]
                handled.append((chat_id, applied, letters))
            return handled

        handled = await self.database.run(work)
        for chat_id, applied, _ in handled:
            self._settle(chat_id, applied)
        return [letter for _, _, letters in handled for letter in letters] if handled else None

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
        before = stored.of_a_group
        if private:
            before = stored.with_unstored(self._in_mind.get(chat_id, STRANGER))
        answer = self.companion.answer(event, before, now, private=private)
        memories.save(connection, chat_id, stored, answer.memory)
        revoked = _revoked(before, answer.memory, event)
        for urgency in revoked:
            outbox.drop_all(connection, chat_id, urgency)
        return Applied(answer.replies, before, answer.memory, revoked)

    def _settle(self, chat_id: int, applied: Applied) -> None:
        """After the transaction: remember what is not stored, and tell of what changed."""
        before, after = applied.before, applied.after
        self._keep_in_mind(chat_id, after.unstored)
        if applied.revoked:
            self.letters_revoked(chat_id, applied.revoked)
        if (before.round, before.reminders) != (after.round, after.reminders):
            self.deadline_changed.set()

    def _keep_in_mind(self, chat_id: int, unstored: Memory) -> None:
        """Remember, in this process only, what may not or need not be stored."""
        self._in_mind.pop(chat_id, None)
        if unstored != STRANGER:
            self._in_mind[chat_id] = unstored
            if len(self._in_mind) > MOST_IN_MIND:
                self._in_mind.popitem(last=False)


def _urgency(reply: Reply) -> Urgency:
    return Urgency.REMINDER if reply.reminds else Urgency.CUE


def _revoked(before: Memory, after: Memory, event: Event) -> frozenset[Urgency]:
    """The letters that are out of date after an event; a reminder that came due takes no other's place."""
    revoked = {Urgency.CUE} if before.round != after.round else set()
    if not isinstance(event, Due) and _coming(before) - _coming(after):
        revoked.add(Urgency.REMINDER)
    return frozenset(revoked)


def _coming(memory: Memory) -> set[int]:
    """The reminders that are on."""
    return {each.id for each in memory.reminders if each.next_due() and not each.paused_until}
