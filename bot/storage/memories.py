"""What is kept of a chat, read and written as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from bot.conversation.memory import Done, Hold, Memory, Profile, Round
from bot.guidance.own_routines import OwnRoutine
from bot.storage.tables import done, person, round_

_PROFILE: TypeAdapter[Profile] = TypeAdapter(Profile)
_HELD: TypeAdapter[Hold | None] = TypeAdapter(Hold | None)
_SETTLED: TypeAdapter[Mapping[str, datetime]] = TypeAdapter(Mapping[str, datetime])
_OWN: TypeAdapter[tuple[OwnRoutine, ...]] = TypeAdapter(tuple[OwnRoutine, ...])
_DONE: TypeAdapter[Done] = TypeAdapter(Done)
_ROUND: TypeAdapter[Round] = TypeAdapter(Round)

_CHAT = bindparam("chat", type_=person.c.chat_id.type)
_PERSON_OF = select(person).where(person.c.chat_id == _CHAT)
_DONE_OF = select(done.c.state).where(done.c.chat_id == _CHAT).order_by(done.c.ended_at)
_ROUND_OF = select(round_).where(round_.c.chat_id == _CHAT)
_DUE = (
    select(round_.c.chat_id)
    .where(round_.c.deadline <= bindparam("now", type_=round_.c.deadline.type))
    .order_by(round_.c.deadline)
    .limit(bindparam("most"))
)
_NEXT = select(round_.c.deadline).where(round_.c.deadline.is_not(None)).order_by(round_.c.deadline).limit(1)


def load(connection: Connection, chat_id: int) -> Memory:
    """What is stored of the chat; an empty memory for one of which nothing is."""
    chat = {"chat": chat_id}
    running = _round(connection.execute(_ROUND_OF, chat).one_or_none())
    row = connection.execute(_PERSON_OF, chat).one_or_none()
    if row is None:
        return Memory(round=running)
    return Memory(
        consent_at=row.consent_at,
        profile=_PROFILE.validate_python(row.profile),
        held=_HELD.validate_python(row.held),
        settled=_SETTLED.validate_python(row.settled),
        own=_OWN.validate_python(row.own),
        done=tuple(_DONE.validate_python(state) for state in connection.execute(_DONE_OF, chat).scalars()),
        round=running,
    )


def save(connection: Connection, chat_id: int, before: Memory, after: Memory) -> None:
    """Store what changed from ``before`` to ``after``. What may not be stored is left out."""
    if before.round != after.round:
        _save_row(connection, round_, chat_id, _round_row(before.round), _round_row(after.round))
    _save_row(connection, person, chat_id, _person_row(before), _person_row(after))
    if before.done != after.done:
        _save_done(connection, chat_id, _storable(before), _storable(after))


def shown(connection: Connection, chat_id: int, message_id: int) -> None:
    """Note in which message the running routine is seen."""
    connection.execute(update(round_).where(round_.c.chat_id == chat_id).values(message_id=message_id))


def due(connection: Connection, now: datetime, most: int) -> list[int]:
    """The chats in which something's time is up, the longest overdue first."""
    return list(connection.execute(_DUE, {"now": now, "most": most}).scalars())


def next_due(connection: Connection) -> datetime | None:
    """When something's time is up next."""
    return connection.execute(_NEXT).scalar()


def _round(row: Row[Any] | None) -> Round | None:
    if row is None:
        return None
    return _ROUND.validate_python({**row.state, "message_id": row.message_id})


def _round_row(running: Round | None) -> dict[str, Any] | None:
    if running is None:
        return None
    state = _ROUND.dump_python(running, mode="json", exclude={"message_id"})
    return {"deadline": running.running.deadline, "message_id": running.message_id, "state": state}


def _person_row(memory: Memory) -> dict[str, Any] | None:
    """The columns for a person; none without consent."""
    if memory.consent_at is None:
        return None
    return {
        "consent_at": memory.consent_at,
        "profile": _PROFILE.dump_python(memory.profile, mode="json"),
        "held": _HELD.dump_python(memory.held, mode="json"),
        "settled": _SETTLED.dump_python(memory.settled, mode="json"),
        "own": _OWN.dump_python(memory.own, mode="json"),
    }


def _save_row(
    connection: Connection, table: Any, chat_id: int, old: dict[str, Any] | None, new: dict[str, Any] | None
) -> None:
    if old == new:
        return
    if new is None:
        connection.execute(delete(table).where(table.c.chat_id == chat_id))
    elif old is None:
        connection.execute(insert(table).values(chat_id=chat_id, **new))
    else:
        connection.execute(update(table).where(table.c.chat_id == chat_id).values(**new))


def _storable(memory: Memory) -> dict[datetime, Done]:
    return {each.ended_at: each for each in memory.done} if memory.consent_at else {}


def _save_done(
    connection: Connection, chat_id: int, before: Mapping[datetime, Done], after: Mapping[datetime, Done]
) -> None:
    for ended_at, each in after.items():
        state = _DONE.dump_python(each, mode="json")
        if ended_at not in before:
            connection.execute(insert(done).values(chat_id=chat_id, ended_at=ended_at, state=state))
        elif before[ended_at] != each:
            row = (done.c.chat_id == chat_id) & (done.c.ended_at == ended_at)
            connection.execute(update(done).where(row).values(state=state))
    for ended_at in before.keys() - after.keys():
        connection.execute(delete(done).where((done.c.chat_id == chat_id) & (done.c.ended_at == ended_at)))
