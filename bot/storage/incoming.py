"""Updates that Telegram may send again, and, where others answer than receive, those that wait.

``body`` is an update as it came, sealed; it goes when the update is dealt with. The number stays for as long
as Telegram may send the update again, so that nothing is done twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from bot.conversation.events import Pace
from bot.storage.tables import incoming

MAY_COME_AGAIN_FOR = timedelta(hours=25)
"""Telegram keeps an update for 24 hours."""

_THIS = incoming.c.update_id == bindparam("update")
_INSERT = insert(incoming)
_ACTED = select(incoming.c.acted_at).where(_THIS)
_ACT = update(incoming).where(_THIS).values(acted_at=bindparam("at", type_=incoming.c.acted_at.type))
_WAITING = select(incoming.c.chat_id, incoming.c.received_at, incoming.c.pace, incoming.c.body).where(_THIS)
_DONE = (
    update(incoming).where(_THIS).values(acted_at=bindparam("at", type_=incoming.c.acted_at.type), body=None)
)


@dataclass(frozen=True)
class Waiting:
    """An update that nobody has answered yet."""

    chat_id: int
    received_at: datetime
    pace: Pace
    body: bytes


def receive(
    connection: Connection, update_id: int, chat_id: int, body: bytes, pace: Pace, now: datetime
) -> bool:
    """Keep an update until it is answered; false when it was received before."""
    if connection.execute(select(incoming.c.update_id).where(_THIS), {"update": update_id}).first():
        return False
    row = {"update_id": update_id, "chat_id": chat_id, "received_at": now, "pace": pace, "body": body}
    connection.execute(_INSERT, row)
    return True


def waiting(connection: Connection, update_id: int) -> Waiting | None:
    """The update, if it still waits."""
    row = connection.execute(_WAITING, {"update": update_id}).one_or_none()
    if row is None or row.body is None:
        return None
    return Waiting(row.chat_id, row.received_at, Pace(row.pace), row.body)


def was_acted_on(connection: Connection, update_id: int) -> bool:
    """Whether what an update changes was changed already."""
    return connection.execute(_ACTED, {"update": update_id}).scalar() is not None


def act(connection: Connection, update_id: int, chat_id: int, now: datetime) -> None:
    """Note, with the change itself, that an update was acted on."""
    if not connection.execute(_ACT, {"update": update_id, "at": now}).rowcount:
        row = {"update_id": update_id, "chat_id": chat_id, "received_at": now, "acted_at": now}
        connection.execute(_INSERT, row)


def finish(connection: Connection, update_id: int, now: datetime) -> None:
    """An update is answered: forget what it said."""
    connection.execute(_DONE, {"update": update_id, "at": now})


def forget_below(connection: Connection, update_id: int) -> None:
    """Forget the numbers of updates that Telegram will not send again."""
    connection.execute(delete(incoming).where(incoming.c.update_id < update_id))


def forget_old(connection: Connection, now: datetime) -> int:
    """Forget what is too old to come again; how many updates that was."""
    old = incoming.c.received_at < now - MAY_COME_AGAIN_FOR
    return connection.execute(delete(incoming).where(old)).rowcount


def left_lying(connection: Connection, before: datetime, most: int) -> list[tuple[int, int]]:
    """Updates that wait since before then, each with its chat: whoever was to answer them is gone."""
    found = (
        select(incoming.c.update_id, incoming.c.chat_id)
        .where(incoming.c.body.is_not(None), incoming.c.received_at < before)
        .order_by(incoming.c.update_id)
        .limit(most)
    )
    return [(row.update_id, row.chat_id) for row in connection.execute(found)]


def oldest_waiting(connection: Connection) -> tuple[int, datetime | None]:
    """How many updates wait, and since when the oldest does."""
    count, since = connection.execute(
        select(func.count(), func.min(incoming.c.received_at)).where(incoming.c.body.is_not(None))
    ).one()
    return count, since
