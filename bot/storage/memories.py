"""What is kept of a chat, read and written as a whole."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.conversation.memory import Hold, Memory, Profile
from bot.storage.tables import person

_PROFILE: TypeAdapter[Profile] = TypeAdapter(Profile)
_HELD: TypeAdapter[Hold | None] = TypeAdapter(Hold | None)
_CHAT = bindparam("chat", type_=person.c.chat_id.type)
_BY_CHAT = select(person).where(person.c.chat_id == _CHAT)


def load(connection: Connection, chat_id: int) -> Memory:
    """What is stored of the chat; an empty memory for one of which nothing is."""
    row = connection.execute(_BY_CHAT, {"chat": chat_id}).one_or_none()
    if row is None:
        return Memory()
    return Memory(
        consent_at=row.consent_at,
        profile=_PROFILE.validate_python(row.profile),
        held=_HELD.validate_python(row.held),
    )


def save(connection: Connection, chat_id: int, before: Memory, after: Memory) -> None:
    """Store what changed from ``before`` to ``after``. What may not be stored is left out."""
    old, new = _row(before), _row(after)
    if old == new:
        return
    if new is None:
        connection.execute(delete(person).where(person.c.chat_id == chat_id))
    elif old is None:
        connection.execute(insert(person).values(chat_id=chat_id, **new))
    else:
        connection.execute(update(person).where(person.c.chat_id == chat_id).values(**new))


def _row(memory: Memory) -> dict[str, Any] | None:
    """The columns for a person; none without consent."""
    if memory.consent_at is None:
        return None
    return {
        "consent_at": memory.consent_at,
        "profile": _PROFILE.dump_python(memory.profile, mode="json"),
        "held": _HELD.dump_python(memory.held, mode="json"),
    }
