"""Letters: messages that have to arrive, kept until they have. What they say is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, or_, select, update

from bot.storage.seal import Broken, Seal
from bot.storage.tables import outbox
from bot.storage.written import as_json, from_json
from bot.wording.reply import Reply

_PUT = insert(outbox)
_DROP = delete(outbox).where(outbox.c.id == bindparam("letter"))
_DROP_ALL = delete(outbox).where(outbox.c.chat_id == bindparam("chat"))
_SET_OUT = update(outbox).where(outbox.c.id == bindparam("letter")).values(sends=outbox.c.sends + 1)
_COME_BACK = update(outbox).where(outbox.c.id == bindparam("letter")).values(sends=outbox.c.sends - 1)
_DROP_URGENCY = _DROP_ALL.where(outbox.c.urgency == bindparam("which"))


class Urgency(IntEnum):
    """What goes first where not everything can go at once."""

    ANSWER = 0
    CUE = 1
    REMINDER = 2
    NEWS = 3


GOOD_FOR = {
    Urgency.ANSWER: timedelta(hours=24),
    Urgency.CUE: timedelta(hours=2),
    Urgency.REMINDER: timedelta(hours=2),
    Urgency.NEWS: timedelta(days=3),
}
"""How long a letter still says what is so."""
SOON = timedelta(seconds=30)
"""The same for what says what to do just now."""
MOST_SENDS = 2
"""How often a letter is sent whose arrival nobody knows of: seen twice is better than never."""


@dataclass(frozen=True)
class Letter:
    """A message on its way to a chat.

    ``address`` says more of where it goes, in words of whoever brings it; without one it is a new message,
    or the change of an older one where its reply stands ``instead_of`` that.
    ``sends`` is how often it was sent before without an answer, so that it may have arrived.
    """

    id: int
    chat_id: int
    urgency: Urgency
    written_at: datetime
    reply: Reply
    address: Mapping[str, Any] | None = None
    sends: int = 0

    def is_stale(self, now: datetime) -> bool:
        """Whether it would come so late that it says something wrong."""
        return (self.reply.soon and now - self.written_at > SOON) or self._is_old(now)

    def is_missed(self, now: datetime) -> bool:
        """Whether it is stale and somebody still waits for what it said."""
        return self.is_stale(now) and not self._is_old(now)

    def _is_old(self, now: datetime) -> bool:
        return now - self.written_at > GOOD_FOR[self.urgency]


def put(
    connection: Connection,
    seal: Seal,
    chat_id: int,
    urgency: Urgency,
    reply: Reply,
    now: datetime,
    address: Mapping[str, Any] | None = None,
    sends: int = 0,
) -> Letter:
    """Keep a message until it has arrived; see ``Letter``."""
    row = {
        "chat_id": chat_id,
        "urgency": urgency,
        "written_at": now,
        "reply": seal.close(as_json(reply)).decode("ascii"),
        "address": address,
        "sends": sends,
    }
    id = connection.execute(_PUT, row).inserted_primary_key
    assert id is not None
    return Letter(id[0], chat_id, urgency, now, reply, address, sends)


def waiting(connection: Connection, seal: Seal, now: datetime, chat_id: int | None = None) -> list[Letter]:
    """All that has not arrived yet and still may, oldest first: to one chat, or to all.

    What is too old, cannot be read any more, or may have arrived twice already, is forgotten.
    """
    found: list[Letter] = []
    rows = select(outbox).order_by(outbox.c.id)
    if chat_id is not None:
        rows = rows.where(outbox.c.chat_id == chat_id)
    for row in connection.execute(rows).all():
        letter = _letter(row, seal)
        stale = letter is None or (letter.is_stale(now) and not letter.is_missed(now))
        if letter is None or stale or letter.sends >= MOST_SENDS:
            drop(connection, row.id)
        else:
            found.append(letter)
    return found


def _letter(row: Row[Any], seal: Seal) -> Letter | None:
    """The letter in a row; none when it was written by another version or sealed with another key."""
    try:
        reply = from_json(seal.open(row.reply))
        return Letter(
            row.id, row.chat_id, Urgency(row.urgency), row.written_at, reply, row.address, row.sends
        )
    except (Broken, ValueError, LookupError, TypeError):
        return None


def waiting_of(connection: Connection, urgency: Urgency) -> int:
    """How many letters of this urgency have not arrived."""
    counted = select(func.count()).select_from(outbox).where(outbox.c.urgency == urgency)
    return connection.execute(counted).scalar_one()


def left_lying(connection: Connection, before: datetime, most: int) -> list[int]:
    """Chats to which letters were written before then that have not arrived."""
    found = select(outbox.c.chat_id).where(outbox.c.written_at < before).order_by(outbox.c.id).limit(most)
    return list(dict.fromkeys(connection.execute(found).scalars()))


def forget_old(connection: Connection, now: datetime) -> int:
    """Forget what is too old to be sent; how many letters that was."""
    old = [
        (outbox.c.urgency == urgency) & (outbox.c.written_at < now - good_for)
        for urgency, good_for in GOOD_FOR.items()
    ]
    return connection.execute(delete(outbox).where(or_(*old))).rowcount


def set_out(connection: Connection, id: int) -> bool:
    """Note that a letter is being sent; false when it is not to be sent any more."""
    return connection.execute(_SET_OUT, {"letter": id}).rowcount > 0


def come_back(connection: Connection, id: int) -> None:
    """Note that a letter has certainly not arrived."""
    connection.execute(_COME_BACK, {"letter": id})


def drop(connection: Connection, id: int) -> None:
    """Forget a letter: it has arrived, or nobody wants it."""
    connection.execute(_DROP, {"letter": id})


def drop_all(connection: Connection, chat_id: int, urgency: Urgency | None = None) -> None:
    """Forget the letters to a chat: those of one urgency, or all."""
    if urgency is None:
        connection.execute(_DROP_ALL, {"chat": chat_id})
    else:
        connection.execute(_DROP_URGENCY, {"chat": chat_id, "which": urgency})
