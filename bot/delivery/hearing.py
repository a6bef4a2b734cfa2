"""What people tell of themselves where others read along: it is kept in mind for their own chats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.conversation.events import Due, Event
from bot.conversation.memory import Memory
from bot.delivery.minds import Mind
from bot.flow import Answer, Companion
from bot.storage import memories, outbox
from bot.storage.database import lock_chat
from bot.storage.outbox import Urgency

STRANGER = Memory()
HELD_BACK = frozenset({Urgency.REMINDER, Urgency.NEWS})
"""Letters that nobody gets who has just told of a danger sign."""


@dataclass(frozen=True)
class Hearing:
    """Puts in mind what was told. Called inside the transaction of the event that told it."""

    companion: Companion
    mind: Mind

    def known(self, connection: Connection, person_id: int, now: datetime) -> Memory:
        """What is known of a person from their own chat."""
        return self._stored_and_known(connection, person_id, now)[1]

    def _stored_and_known(
        self, connection: Connection, person_id: int, now: datetime
    ) -> tuple[Memory, Memory]:
        stored = memories.load(connection, person_id)
        return stored, stored.with_unstored(self.mind.of(connection, person_id, now)).at(now)

    def in_a_group(
        self, connection: Connection, by: int, asker: Memory, answer: Answer, now: datetime
    ) -> bool:
        """Have in mind what somebody told among others; whether it was a danger sign, new to us.

        ``asker`` is what was known of them, ``answer`` what they got.
        """
        alarmed = answer.held is not None and answer.held != asker.held
        if answer.heard <= asker.conditions and not alarmed:
            return False
        lock_chat(connection, by)
        stored, known = self._stored_and_known(connection, by, now)  # their own chat may have gone on
        memory = known.hearing(answer.heard, now).after_the_message(self.companion.library)
        if alarmed:
            memory = replace(memory, held=answer.held)
            memories.save(connection, by, stored, memory)
            for urgency in HELD_BACK:
                outbox.drop_all(connection, by, urgency)
        self.mind.keep(connection, by, memory.unstored, now)
        return alarmed

    def again(
        self, connection: Connection, chat_id: int, event: Event, now: datetime, *, private: bool
    ) -> None:
        """Have in mind what an event told that was acted on before, by a process that died with its mind."""
        if not private:
            by = who(event, STRANGER)
            asker = self.known(connection, by, now)
            answer = self.companion.answer(event, STRANGER, now, private=False, asker=asker)
            self.in_a_group(connection, by, asker, answer, now)
            return
        before = self.known(connection, chat_id, now)
        after = self.companion.answer(event, before, now).memory
        again = replace(
            before, said=after.said, said_at=after.said_at, held=after.held, resting=after.resting
        )
        if again.unstored != before.unstored:
            self.mind.keep(connection, chat_id, again.unstored, now)


def who(event: Event, group: Memory) -> int:
    """The person who brought an event about in a group, whose number is also that of their own chat."""
    if isinstance(event, Due):
        return group.round.by if group.round else 0
    return getattr(event, "by", 0)
