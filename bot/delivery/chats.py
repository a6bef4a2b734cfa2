"""Gather, decide, apply: one event of one chat in one transaction."""

from __future__ import annotations

import asyncio
import logging
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

log = logging.getLogger(__name__)

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


@dataclass(frozen=True)
class Rung:
    """What came of the deadlines that had passed, and when the next one is."""

    letters: list[Letter]
    next_due: datetime | None


class Chats:
    """All chats. The caller sees to it that events of one chat come one after the other."""

    def __init__(self, companion: Companion, database: Database) -> None:
        self.companion = companion
        self.database = database
        self.deadline_changed = asyncio.Event()
        """Set when an answer may have made something due earlier than was known."""
        self.letters_revoked: Callable[[int, Collection[Urgency]], None] = lambda chat_id, urgencies: None
        """Told of each chat whose waiting letters are out of date, and which of them."""
        self._in_mind: OrderedDict[int, Memory] = OrderedDict()

    async def answer(
        self, chat_id: int, event: Event, now: datetime, *, private: bool = True
    ) -> tuple[Reply, ...]:
        """The replies to an event, after what changed was stored."""
        if unready := self.companion.unready(event):
            await asyncio.to_thread(self.companion.get_ready, unready)
        applied = await self.database.run(
            lambda connection: self._apply(connection, chat_id, event, now, private=private)
        )
        self._settle(chat_id, applied)
        if (applied.before.round, applied.before.reminders) != (applied.after.round, applied.after.reminders):
            self.deadline_changed.set()
        if applied.after == STRANGER != applied.before:
            await self.database.forget_deleted()
        return applied.replies

    async def due(self, now: datetime, *, after_downtime: bool = False) -> Rung:
        """Handle what is due, or the longest overdue of it. The letters that come of it are in the outbox."""

        def work(
            connection: Connection,
        ) -> tuple[list[tuple[int, Applied, list[Letter]]], datetime | None]:
            handled = []
            for chat_id in memories.due(connection, now, MOST_DUE_AT_ONCE):
                try:
                    with connection.begin_nested():
                        handled.append(self._handle_due(connection, chat_id, Due(after_downtime), now))
                except Exception:  # one chat's trouble must not keep all others waiting
                    log.exception("what was due in a chat is set aside")
                    memories.set_aside(connection, chat_id)
                    handled.append((chat_id, Applied((), STRANGER, STRANGER, frozenset()), []))
            return handled, memories.next_due(connection)

        handled, next_due = await self.database.run(work)
        for chat_id, applied, _ in handled:
            self._settle(chat_id, applied)
        return Rung([letter for _, _, letters in handled for letter in letters], next_due)

    async def next_due(self) -> datetime | None:
        """When something's time is up next."""
        return await self.database.run(memories.next_due)

    async def waiting_letters(self, now: datetime) -> list[Letter]:
        """The letters that have not arrived and still may."""
        return await self.database.run(lambda connection: outbox.waiting(connection, now))

    async def move(self, chat_id: int, new_chat_id: int) -> None:
        """Give everything of a chat to the number that Telegram gave it; the second time there is nothing."""
        await self.database.run(lambda connection: memories.move(connection, chat_id, new_chat_id))

    async def shown(self, chat_id: int, message_id: int) -> None:
        """Note in which message the running routine of a chat is seen."""
        await self.database.run(lambda connection: memories.shown(connection, chat_id, message_id))

    def _handle_due(
        self, connection: Connection, chat_id: int, event: Due, now: datetime
    ) -> tuple[int, Applied, list[Letter]]:
        applied = self._apply(connection, chat_id, event, now, private=chat_id > 0)
        letters = [outbox.put(connection, chat_id, _urgency(reply), reply, now) for reply in applied.replies]
        return chat_id, applied, letters

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
        if private:  # here, so that no other event of the chat can come in between
            self._keep_in_mind(chat_id, answer.memory.unstored)
        return Applied(answer.replies, before, answer.memory, revoked)

    def _settle(self, chat_id: int, applied: Applied) -> None:
        """After the transaction: tell of what changed."""
        if applied.revoked:
            self.letters_revoked(chat_id, applied.revoked)

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
    if after == STRANGER:
        return frozenset(Urgency)
    revoked = {Urgency.CUE} if before.round != after.round else set()
    new_danger = after.held is not None and after.held != before.held
    if new_danger or (before.reminders != after.reminders and not isinstance(event, Due)):
        revoked.add(Urgency.REMINDER)
    return frozenset(revoked)
