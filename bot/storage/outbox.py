"""Letters: messages that have to arrive although nobody waits for them, kept until they have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from bot.conversation.actions import decode, encode
from bot.storage.tables import outbox
from bot.wording.reply import Button, Reply

_PUT = insert(outbox)
_DROP = delete(outbox).where(outbox.c.id == bindparam("letter"))
_DROP_ALL = delete(outbox).where(outbox.c.chat_id == bindparam("chat"))
_DROP_URGENCY = _DROP_ALL.where(outbox.c.urgency == bindparam("which"))


class Urgency(IntEnum):
    """What goes first where not everything can go at once."""

    CUE = 1
    REMINDER = 2


GOOD_FOR = {Urgency.CUE: timedelta(seconds=30), Urgency.REMINDER: timedelta(hours=2)}
"""How long a letter still says what is so."""


@dataclass(frozen=True)
class Letter:
    """A message on its way to a chat."""

    id: int
    chat_id: int
    urgency: Urgency
    written_at: datetime
    reply: Reply

    def is_stale(self, now: datetime) -> bool:
        """Whether it would come so late that it says something wrong."""
        return now - self.written_at > GOOD_FOR[self.urgency]


def put(connection: Connection, chat_id: int, urgency: Urgency, reply: Reply, now: datetime) -> Letter:
    """Keep a message until it has arrived."""
    row = {"chat_id": chat_id, "urgency": urgency, "written_at": now, "reply": _as_json(reply)}
    id = connection.execute(_PUT, row).inserted_primary_key
    assert id is not None
    return Letter(id[0], chat_id, urgency, now, reply)


def waiting(connection: Connection, now: datetime) -> list[Letter]:
    """All that has not arrived yet and still may, oldest first. What is too old is forgotten."""
    found: list[Letter] = []
    for row in connection.execute(select(outbox).order_by(outbox.c.id)).all():
        letter = _letter(row)
        if letter is None or letter.is_stale(now):
            drop(connection, row.id)
        else:
            found.append(letter)
    return found


def _letter(row: Row[Any]) -> Letter | None:
    """The letter in a row; none when it was written by another version."""
    try:
        return Letter(row.id, row.chat_id, Urgency(row.urgency), row.written_at, _from_json(row.reply))
    except (ValueError, LookupError, TypeError):
        return None


def drop(connection: Connection, id: int) -> None:
    """Forget a letter: it has arrived, or nobody wants it."""
    connection.execute(_DROP, {"letter": id})


def drop_all(connection: Connection, chat_id: int, urgency: Urgency | None = None) -> None:
    """Forget the letters to a chat: those of one urgency, or all."""
    if urgency is None:
        connection.execute(_DROP_ALL, {"chat": chat_id})
    else:
        connection.execute(_DROP_URGENCY, {"chat": chat_id, "which": urgency})


def _as_json(reply: Reply) -> dict[str, Any]:
    buttons = [
        (each.label, encode(each.action) if each.action else None, each.link) for each in reply.buttons
    ]
    return {
        "text": reply.text,
        "buttons": buttons,
        "silent": reply.silent,
        "reminds": reply.reminds,
        "shows_round": reply.shows_round,
    }


def _from_json(stored: dict[str, Any]) -> Reply:
    buttons = tuple(
        Button(label, decode(data) if data else None, link) for label, data, link in stored["buttons"]
    )
    flags = {flag: stored[flag] for flag in ("silent", "reminds", "shows_round")}
    return Reply(stored["text"], buttons, **flags)
