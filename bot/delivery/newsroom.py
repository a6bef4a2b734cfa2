"""News go out little by little, to those who want them, and after everything else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.conversation.memory import Memory
from bot.flow import Companion
from bot.storage import mailings, memories, outbox
from bot.storage.database import Database, lock_chat
from bot.storage.outbox import Letter, Urgency

PEOPLE_AT_ONCE = 500
"""People who are looked at in one transaction."""
MOST_WAITING = 2_000
"""Letters with news that wait to be sent. Beyond that no more are written."""


def may_have_news(memory: Memory) -> bool:
    """Whether somebody wants news, and nothing is more important for them."""
    return memory.consent_at is not None and memory.preferences.news and memory.held is None


@dataclass(frozen=True)
class Newsroom:
    """Writes the letters of news that were begun."""

    companion: Companion
    database: Database

    async def write(self, now: datetime) -> list[Letter]:
        """The next letters; they are in the outbox."""
        return await self.database.run(lambda connection: self._write(connection, now))

    def count(self, connection: Connection, language: str) -> int:
        """How many people would get news in this language now."""
        reached, found = mailings.BEFORE_ALL, 0
        while True:
            people, last = mailings.people_after(connection, reached, PEOPLE_AT_ONCE)
            found += sum(self._reads(memories.load(connection, each), language) for each in people)
            if last is None:
                return found
            reached = last

    def _write(self, connection: Connection, now: datetime) -> list[Letter]:
        known = mailings.going(connection)
        if known is None or outbox.waiting_of(connection, Urgency.NEWS) >= MOST_WAITING:
            return []
        people, last = mailings.people_after(connection, known.reached, PEOPLE_AT_ONCE)
        reply = self.companion.writer_for(known.language).news(known.words)
        letters = [
            outbox.put(connection, self.database.seal, chat_id, Urgency.NEWS, reply, now)
            for chat_id in people
            if self._is_for(connection, chat_id, known.language)
        ]
        reached, ended_at = (last, None) if last is not None else (known.reached, now)
        mailings.go_on(connection, known, reached, len(letters), ended_at)
        return letters

    def _is_for(self, connection: Connection, chat_id: int, language: str) -> bool:
        lock_chat(connection, chat_id)  # what was said there a moment ago counts
        return self._reads(memories.load(connection, chat_id), language)

    def _reads(self, memory: Memory, language: str) -> bool:
        return may_have_news(memory) and self.companion.speaks_to(memory) == language
