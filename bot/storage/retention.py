"""What nobody needs any more goes, also where nothing else would notice that it is there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from bot.conversation.memory import MOST_DONE
from bot.storage import budget, in_mind, incoming, outbox
from bot.storage.tables import done


def tidy(connection: Connection, now: datetime) -> dict[str, int]:
    """Forget what is old; how much that was of each kind."""
    return {
        "letters": outbox.forget_old(connection, now),
        "updates": incoming.forget_old(connection, now),
        "routines that are over": _forget_done(connection),
        "chats in mind": in_mind.forget_old(connection, now),
        "turns to write": budget.forget_old(connection, now),
    }


def _forget_done(connection: Connection) -> int:
    """Of each person, forget all but the newest routines."""
    newest_first = func.row_number().over(partition_by=done.c.chat_id, order_by=done.c.ended_at.desc())
    ranked = select(done.c.chat_id, done.c.ended_at, newest_first.label("place")).subquery()
    too_many = select(ranked.c.chat_id, ranked.c.ended_at).where(ranked.c.place > MOST_DONE)
    old = connection.execute(too_many).all()
    for chat_id, ended_at in old:
        connection.execute(delete(done).where((done.c.chat_id == chat_id) & (done.c.ended_at == ended_at)))
    return len(old)
