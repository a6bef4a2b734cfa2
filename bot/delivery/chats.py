"""Gather, decide, apply: one event of one chat in one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot import meters
from bot.conversation.events import Due, Elsewhere, Event, Missed, Tapped
from bot.conversation.memory import Memory
from bot.delivery.hearing import HELD_BACK, Hearing, who
from bot.delivery.minds import mind_for
from bot.flow import Companion
from bot.storage import feedback, incoming, memories, outbox
from bot.storage.database import Database, lock_chat
from bot.storage.outbox import Letter, Urgency
from bot.wording.reply import Reply
from bot.wording.sharing import Listing

log = logging.getLogger(__name__)

MOST_DUE_AT_ONCE = 100
"""Chats whose time is up that are handled in one transaction, so that people who write wait no longer."""
STRANGER = Memory()


@dataclass(frozen=True)
class Source:
    """Where an event comes from: Telegram's number of the update, and where its answer belongs.

    ``address`` is in words of whoever delivers.
    """

    update_id: int
    address: Mapping[str, Any]


@dataclass(frozen=True)
class Answered:
    """The replies to an event, and the numbers of the letters as which they are kept until they arrive.

    What changes nothing is not kept: Telegram sends its update again, and the answer is the same. With
    ``asks_if_admin`` nothing happened yet: the event has to say whether it was an admin of the group.
    """

    replies: tuple[Reply, ...]
    kept: tuple[int, ...] = ()
    asks_if_admin: bool = False


@dataclass(frozen=True)
class Rung:
    """What came of the deadlines that had passed, and when the next one is."""

    letters: list[Letter]
    next_due: datetime | None


@dataclass(frozen=True)
class _Change:
    """What an event came to in a chat, and what was known before and is known now."""

    replies: tuple[Reply, ...]
    before: Memory
    after: Memory
    revoked: frozenset[Urgency]
    """The letters that are out of date now."""
    asks_if_admin: bool = False
    alarmed: int | None = None
    """Who told of a danger sign in a group, and gets nothing more that would come by itself."""


class Chats:
    """All chats. The caller sees to it that events of one chat come one after the other."""

    def __init__(self, companion: Companion, database: Database) -> None:
        self.companion = companion
        self.database = database
        self.deadline_changed = asyncio.Event()
        """Set when an answer may have made something due earlier than was known."""
        self.letters_revoked: Callable[[int, Collection[Urgency]], None] = lambda chat_id, urgencies: None
        """Told of each chat whose waiting letters are out of date, and which of them."""
        self._mind = mind_for(database)
        self._hearing = Hearing(companion, self._mind)
        self._last_acted_on: int | None = 0
        """While there may be numbers of updates in the database: the last one that this process put there."""

    async def answer(
        self, chat_id: int, event: Event, now: datetime, *, private: bool = True
    ) -> tuple[Reply, ...]:
        """The replies to an event that comes from no update, after what changed was stored."""
        return (await self.take(chat_id, event, now, private=private)).replies

    async def take(
        self,
        chat_id: int,
        event: Event,
        now: datetime,
        *,
        private: bool = True,
        source: Source | None = None,
    ) -> Answered:
        """The replies to an event, after what changed was stored; none to one that was answered before."""
        if unready := self.companion.unready(event):
            await asyncio.to_thread(self.companion.get_ready, unready)

        def work(connection: Connection) -> tuple[_Change, tuple[int, ...]] | None:
            lock_chat(connection, chat_id)
            if source and incoming.was_acted_on(connection, source.update_id):
                self._hearing.again(connection, chat_id, event, now, private=private)
                return None
            thread_id = source.address.get("thread_id") if source else None
            change = self._apply(connection, chat_id, event, now, private=private, thread_id=thread_id)
            if source is None or change.before == change.after:
                return change, ()
            incoming.act(connection, source.update_id, chat_id, now)
            return change, tuple(self._keep(connection, chat_id, change.replies, source, now))

        done = await self.database.run(work)
        if done is None:
            return Answered(())
        change, kept = done
        if source and change.before != change.after:
            self._last_acted_on = source.update_id
        if change.revoked:
            self.letters_revoked(chat_id, change.revoked)
        if change.alarmed is not None:
            self.letters_revoked(change.alarmed, HELD_BACK)
        if (change.before.round, change.before.reminders) != (change.after.round, change.after.reminders):
            self.deadline_changed.set()
        if change.after == STRANGER != change.before:
            await self.database.forget_deleted()
        return Answered(change.replies, kept, change.asks_if_admin)

    async def delivered(self, chat_id: int, kept: Collection[int], shown: int | None) -> None:
        """The answer to an update has arrived; ``shown`` is the message with the running routine."""
        if not kept and shown is None:
            return

        def work(connection: Connection) -> None:
            for id in kept:
                outbox.drop(connection, id)
            if shown is not None:
                memories.shown(connection, chat_id, shown)

        await self.database.run(work)

    async def forget_updates_below(self, update_id: int) -> None:
        """Telegram will not send these updates again."""
        if self._last_acted_on is not None and self._last_acted_on < update_id:
            self._last_acted_on = None
            await self.database.run(lambda connection: incoming.forget_below(connection, update_id))

    async def find(self, event: Elsewhere, now: datetime) -> Listing:
        """What is found in a chat that the bot is not in. What is known of who asks there stays as it is."""
        if unready := self.companion.unready(event):
            await asyncio.to_thread(self.companion.get_ready, unready)

        def work(connection: Connection) -> Listing:
            asker = self._hearing.known(connection, event.by, now) if event.by else STRANGER
            return self.companion.find(event, asker, now)

        return await self.database.run(work)

    async def tapped_elsewhere(self, data: str, language: str | None) -> Reply:
        """What a tap in such a chat leads to, the same for everybody with this language."""
        if unready := self.companion.unready(Tapped(data, language=language)):
            await asyncio.to_thread(self.companion.get_ready, unready)
        return self.companion.tapped_elsewhere(data, language)

    async def due(self, now: datetime, *, after_downtime: bool = False) -> Rung:
        """Handle what is due, or the longest overdue of it. The letters that come of it are in the outbox."""

        def work(connection: Connection) -> tuple[dict[int, frozenset[Urgency]], Rung]:
            revoked, letters = {}, []
            for chat_id in memories.due(connection, now, MOST_DUE_AT_ONCE):
                revoked[chat_id], written = self._ring(connection, chat_id, now, after_downtime)
                letters += written
            return revoked, Rung(letters, memories.next_due(connection))

        revoked, rung = await self.database.run(work)
        for chat_id, urgencies in revoked.items():
            if urgencies:
                self.letters_revoked(chat_id, urgencies)
        return rung

    async def due_in(self, chat_id: int, now: datetime, *, after_downtime: bool = False) -> None:
        """Handle what is due in one chat."""

        def work(connection: Connection) -> None:
            self._ring(connection, chat_id, now, after_downtime)

        await self.database.run(work)

    async def missed(self, chat_id: int, now: datetime) -> list[Letter]:
        """Something did not get through to a chat in time: the letters that say so."""

        def work(connection: Connection) -> list[Letter]:
            lock_chat(connection, chat_id)
            return self._write(connection, chat_id, Missed(), now)[1]

        letters = await self.database.run(work)
        self.deadline_changed.set()
        return letters

    async def next_due(self) -> datetime | None:
        """When something's time is up next."""
        return await self.database.run(memories.next_due)

    async def waiting_letters(self, now: datetime, chat_id: int | None = None) -> list[Letter]:
        """The letters that have not arrived and still may, to one chat or to all."""
        seal = self.database.seal
        return await self.database.run(lambda connection: outbox.waiting(connection, seal, now, chat_id))

    async def move(self, chat_id: int, new_chat_id: int) -> None:
        """Give everything of a chat to the number that Telegram gave it; the second time there is nothing."""
        await self.database.run(lambda connection: memories.move(connection, chat_id, new_chat_id))

    def _ring(
        self, connection: Connection, chat_id: int, now: datetime, after_downtime: bool
    ) -> tuple[frozenset[Urgency], list[Letter]]:
        """Handle what is due in a chat: the letters that are out of date now, and the new ones."""
        try:
            lock_chat(connection, chat_id)
            with connection.begin_nested():
                change, letters = self._write(connection, chat_id, Due(after_downtime), now)
            _count_late(change.before, now)
            return change.revoked, letters
        except DBAPIError:
            raise
        except Exception:  # one chat's trouble must not keep all others waiting
            log.exception("what was due in a chat is set aside")
            memories.set_aside(connection, chat_id)
            return frozenset(), []

    def _write(
        self, connection: Connection, chat_id: int, event: Due | Missed, now: datetime
    ) -> tuple[_Change, list[Letter]]:
        """Apply what happens by itself, and keep the letters that come of it."""
        change = self._apply(connection, chat_id, event, now, private=chat_id > 0)
        seal = self.database.seal
        topic = change.before.round.thread_id if change.before.round else None
        letters = (reply if reply.reminds else replace(reply, thread_id=topic) for reply in change.replies)
        return change, [
            outbox.put(connection, seal, chat_id, _urgency(reply), reply, now) for reply in letters
        ]

    def _apply(
        self,
        connection: Connection,
        chat_id: int,
        event: Event,
        now: datetime,
        *,
        private: bool,
        thread_id: int | None = None,
    ) -> _Change:
        stored = memories.load(connection, chat_id)
        before = stored.with_unstored(self._mind.of(connection, chat_id, now))
        by, asker = 0, STRANGER
        if not private:
            before = before.of_a_group
            if by := who(event, before):
                asker = self._hearing.known(connection, by, now)
        answer = self.companion.answer(event, before, now, private=private, asker=asker)
        alarmed = bool(by) and self._hearing.in_a_group(connection, by, asker, answer, now)
        answer = replace(answer, memory=_in_topic(answer.memory, before, thread_id))
        if answer.counted:
            feedback.count(connection, answer.counted)
        memories.save(connection, chat_id, stored, answer.memory)
        revoked = _revoked(before, answer.memory, event)
        for urgency in revoked:
            outbox.drop_all(connection, chat_id, urgency)
        if answer.memory.unstored != before.unstored:
            # Here, so that no other event of the chat can come in between.
            self._mind.keep(connection, chat_id, answer.memory.unstored, now)
        return _Change(
            answer.replies, before, answer.memory, revoked, answer.asks_if_admin, by if alarmed else None
        )

    def _keep(
        self,
        connection: Connection,
        chat_id: int,
        replies: Collection[Reply],
        source: Source,
        now: datetime,
    ) -> Iterator[int]:
        """Keep the replies of an answer until they have arrived, each with its place among them.

        They are sent as soon as this is stored, so whoever finds them later must think that they were.
        """
        seal = self.database.seal
        for place, reply in enumerate(replies):
            if not reply.toast_only:
                address = {**source.address, "place": place}
                letter = outbox.put(connection, seal, chat_id, Urgency.ANSWER, reply, now, address, sends=1)
                yield letter.id


def _count_late(memory: Memory, now: datetime) -> None:
    """Count how late it was noticed that something's time is up."""
    if memory.round and (deadline := memory.round.running.deadline) and deadline <= now:
        meters.rung("cue", (now - deadline).total_seconds())
    for each in memory.reminders:
        if (due_at := each.next_due()) and due_at <= now:
            meters.rung("reminder", (now - due_at).total_seconds())


def _in_topic(after: Memory, before: Memory, thread_id: int | None) -> Memory:
    """The memory, in which what has just begun knows the topic in which it did."""
    if thread_id is None:
        return after
    known = {each.id for each in before.reminders}
    reminders = tuple(
        each if each.id in known else replace(each, thread_id=thread_id) for each in after.reminders
    )
    after = replace(after, reminders=reminders)
    if after.round is None:
        return after
    if before.round and before.round.running.started_at == after.round.running.started_at:
        return after
    return replace(after, round=replace(after.round, thread_id=thread_id))


def _urgency(reply: Reply) -> Urgency:
    return Urgency.REMINDER if reply.reminds else Urgency.CUE


def _revoked(before: Memory, after: Memory, event: Event) -> frozenset[Urgency]:
    """The letters that are out of date after an event; a reminder that came due takes no other's place."""
    if after == STRANGER != before:
        return frozenset(Urgency)
    revoked = {Urgency.CUE} if before.round != after.round else set()
    new_danger = after.held is not None and after.held != before.held
    if new_danger or before.preferences.news > after.preferences.news:
        revoked.add(Urgency.NEWS)
    if new_danger or (before.reminders != after.reminders and not isinstance(event, Due)):
        revoked.add(Urgency.REMINDER)
    return frozenset(revoked)
