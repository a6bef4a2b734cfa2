"""What is kept of a chat, read and written as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Column, Connection, Row, Table, bindparam, delete, insert, select, update

from bot.conversation.memory import Done, Hold, Memory, Preferences, Profile, Round
from bot.guidance.own_routines import OwnRoutine
from bot.reminders.reminder import Reminder
from bot.storage.tables import done, outbox, person, reminder, round_

_PROFILE: TypeAdapter[Profile] = TypeAdapter(Profile)
_HELD: TypeAdapter[Hold | None] = TypeAdapter(Hold | None)
_SETTLED: TypeAdapter[Mapping[str, datetime]] = TypeAdapter(Mapping[str, datetime])
_OWN: TypeAdapter[tuple[OwnRoutine, ...]] = TypeAdapter(tuple[OwnRoutine, ...])
_DONE: TypeAdapter[Done] = TypeAdapter(Done)
_PREFERENCES: TypeAdapter[Preferences] = TypeAdapter(Preferences)
_REMINDER: TypeAdapter[Reminder] = TypeAdapter(Reminder)
_ROUND: TypeAdapter[Round] = TypeAdapter(Round)

_CHAT = bindparam("chat", type_=person.c.chat_id.type)
_ONE_CHAT = select(_CHAT.label("chat_id")).subquery()
_ROUND_AND_PERSON_OF = (
    select(*round_.c[1:], *person.c[1:])
    .select_from(_ONE_CHAT)
    .outerjoin(round_, round_.c.chat_id == _ONE_CHAT.c.chat_id)
    .outerjoin(person, person.c.chat_id == _ONE_CHAT.c.chat_id)
)
"""One row in any case; the columns of what is not stored are empty."""
_DONE_OF = select(done.c.state).where(done.c.chat_id == _CHAT).order_by(done.c.ended_at)
_INSERT = {table: insert(table) for table in (person, round_)}
_UPDATE = {table: update(table).where(table.c.chat_id == _CHAT) for table in (person, round_)}
_DELETE = {table: delete(table).where(table.c.chat_id == _CHAT) for table in (person, round_)}
"""Made once: to put a statement together takes longer than to carry it out."""
_SHOWN = update(round_).where(round_.c.chat_id == _CHAT).values(message_id=bindparam("message"))
_REMINDERS_OF = select(reminder.c.state).where(reminder.c.chat_id == _CHAT).order_by(reminder.c.id)
_DEADLINES = ((round_, round_.c.deadline), (reminder, reminder.c.due_at))
"""What is soonest goes first: a routine's cue before a reminder."""
_DUE = [
    select(table.c.chat_id, deadline.label("deadline"))
    .where(deadline <= bindparam("now", type_=deadline.type))
    .order_by(deadline)
    .limit(bindparam("most"))
    for table, deadline in _DEADLINES
]
_NEXT = [
    select(deadline).where(deadline.is_not(None)).order_by(deadline).limit(1) for _, deadline in _DEADLINES
]


def load(connection: Connection, chat_id: int) -> Memory:
    """What is stored of the chat; an empty memory for one of which nothing is."""
    chat = {"chat": chat_id}
    row = connection.execute(_ROUND_AND_PERSON_OF, chat).one()
    running = _round(row)
    if row.consent_at is None:
        return Memory(round=running)
    return Memory(
        consent_at=row.consent_at,
        profile=_PROFILE.validate_python(row.profile),
        held=_HELD.validate_python(row.held),
        settled=_SETTLED.validate_python(row.settled),
        own=_OWN.validate_python(row.own),
        done=tuple(_DONE.validate_python(state) for state in connection.execute(_DONE_OF, chat).scalars()),
        preferences=_PREFERENCES.validate_python(row.preferences),
        reminders=tuple(
            _REMINDER.validate_python(state) for state in connection.execute(_REMINDERS_OF, chat).scalars()
        ),
        round=running,
    )


def save(connection: Connection, chat_id: int, before: Memory, after: Memory) -> None:
    """Store what changed from ``before`` to ``after``. What may not be stored is left out."""
    if before.round != after.round:
        _save_row(connection, round_, chat_id, _round_row(before), _round_row(after))
    _save_row(connection, person, chat_id, _person_row(before), _person_row(after))
    old, new = (memory if memory.consent_at else Memory() for memory in (before, after))
    if old.done != new.done:
        _save_rows(connection, done, done.c.ended_at, chat_id, _done_rows(old), _done_rows(new))
    if old.reminders != new.reminders:
        _save_rows(connection, reminder, reminder.c.id, chat_id, _reminder_rows(old), _reminder_rows(new))


def shown(connection: Connection, chat_id: int, message_id: int) -> None:
    """Note in which message the running routine is seen."""
    connection.execute(_SHOWN, {"chat": chat_id, "message": message_id})


def set_aside(connection: Connection, chat_id: int) -> None:
    """Let nothing of a chat come due: for one whose rows cannot be read or handled."""
    connection.execute(update(round_).where(round_.c.chat_id == chat_id).values(deadline=None))
    connection.execute(update(reminder).where(reminder.c.chat_id == chat_id).values(due_at=None))


def move(connection: Connection, chat_id: int, new_chat_id: int) -> None:
    """Give everything of a chat to another: Telegram has changed its number. What that one has stays."""
    for table in (person, done, round_, reminder):
        of_old = table.c.chat_id == chat_id
        if connection.execute(select(table.c.chat_id).where(table.c.chat_id == new_chat_id).limit(1)).first():
            connection.execute(delete(table).where(of_old))
        connection.execute(update(table).where(of_old).values(chat_id=new_chat_id))
    connection.execute(update(outbox).where(outbox.c.chat_id == chat_id).values(chat_id=new_chat_id))


@dataclass(frozen=True)
class Call:
    """A chat in which something's time is up: of a routine (``is_cue``) or of a reminder."""

    chat_id: int
    deadline: datetime
    is_cue: bool


def due_calls(connection: Connection, now: datetime, most: int) -> list[Call]:
    """What is due, cues first and the longest overdue first."""
    values = {"now": now, "most": most}
    return [
        Call(row.chat_id, row.deadline, table is round_)
        for (table, _), each in zip(_DEADLINES, _DUE, strict=True)
        for row in connection.execute(each, values)
    ]


def due(connection: Connection, now: datetime, most: int) -> list[int]:
    """The chats in which something's time is up, the longest overdue first."""
    values = {"now": now, "most": most}
    found = [chat_id for each in _DUE for chat_id in connection.execute(each, values).scalars()]
    return list(dict.fromkeys(found))[:most]


def next_due(connection: Connection) -> datetime | None:
    """When something's time is up next."""
    soonest = [connection.execute(each).scalar() for each in _NEXT]
    return min((moment for moment in soonest if moment is not None), default=None)


def _round(row: Row[Any]) -> Round | None:
    if row.state is None:
        return None
    return _ROUND.validate_python({**row.state, "message_id": row.message_id})


def _round_row(memory: Memory) -> dict[str, Any] | None:
    """The columns for a routine that is not over; without consent no more of it than it needs to run."""
    running = memory.round
    if running is None or running.running.over:
        return None
    if memory.consent_at is None:
        running = replace(running, complaints=(), before=None)
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
        "preferences": _PREFERENCES.dump_python(memory.preferences, mode="json"),
    }


def _save_row(
    connection: Connection, table: Any, chat_id: int, old: dict[str, Any] | None, new: dict[str, Any] | None
) -> None:
    if old == new:
        return
    if new is None:
        connection.execute(_DELETE[table], {"chat": chat_id})
    elif old is None:
        connection.execute(_INSERT[table], {"chat_id": chat_id, **new})
    else:
        connection.execute(_UPDATE[table], {"chat": chat_id, **new})


def _done_rows(memory: Memory) -> dict[Any, dict[str, Any]]:
    return {each.ended_at: {"state": _DONE.dump_python(each, mode="json")} for each in memory.done}


def _reminder_rows(memory: Memory) -> dict[Any, dict[str, Any]]:
    return {
        each.id: {"due_at": each.next_due(), "state": _REMINDER.dump_python(each, mode="json")}
        for each in memory.reminders
    }


def _save_rows(
    connection: Connection,
    table: Table,
    key: Column[Any],
    chat_id: int,
    old: Mapping[Any, dict[str, Any]],
    new: Mapping[Any, dict[str, Any]],
) -> None:
    """Bring the rows of a chat, by the second part of their key, from what they were to what they are."""
    for id, values in new.items():
        row = (table.c.chat_id == chat_id) & (key == id)
        if id not in old:
            connection.execute(insert(table).values({"chat_id": chat_id, key.name: id, **values}))
        elif old[id] != values:
            connection.execute(update(table).where(row).values(**values))
    for id in old.keys() - new.keys():
        connection.execute(delete(table).where((table.c.chat_id == chat_id) & (key == id)))
