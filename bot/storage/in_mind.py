"""What workers that share no memory keep in mind of chats: sealed, and for hours only."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, delete, insert, select

from bot.conversation.memory import SAID_FOR, Memory
from bot.storage.seal import Broken, Seal
from bot.storage.tables import in_mind

KEPT_FOR = SAID_FOR + timedelta(hours=1)

_MEMORY: TypeAdapter[Memory] = TypeAdapter(Memory)


def load(connection: Connection, seal: Seal, chat_id: int, now: datetime) -> Memory:
    """What is kept in mind of a chat; nothing once it is too old."""
    found = select(in_mind.c.memory).where((in_mind.c.chat_id == chat_id) & (in_mind.c.until > now))
    sealed = connection.execute(found).scalar()
    if sealed is None:
        return Memory()
    try:
        return _MEMORY.validate_json(seal.open(sealed))
    except (Broken, ValidationError):  # of another key or another version
        return Memory()


def save(connection: Connection, seal: Seal, chat_id: int, memory: Memory, now: datetime) -> None:
    """Keep this in mind of a chat, and nothing else."""
    connection.execute(delete(in_mind).where(in_mind.c.chat_id == chat_id))
    if memory != Memory():
        sealed = seal.close(_MEMORY.dump_json(memory))
        connection.execute(insert(in_mind).values(chat_id=chat_id, until=now + KEPT_FOR, memory=sealed))


def forget_old(connection: Connection, now: datetime) -> int:
    """Forget what counts no longer; of how many chats that was."""
    return connection.execute(delete(in_mind).where(in_mind.c.until <= now)).rowcount
