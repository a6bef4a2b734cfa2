"""When the next message may go out, for several processes together and by the database's own clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Text, bindparam, delete, text

from bot.storage.tables import budget

# Greatest of what is reserved and what is the time now: whoever asks gets the next free turn.
_TAKE = text(
    """
    INSERT INTO budget AS known (key, free_at)
    VALUES (:key, extract(epoch FROM clock_timestamp()) + :interval)
    ON CONFLICT (key) DO UPDATE
    SET free_at = greatest(known.free_at, extract(epoch FROM clock_timestamp())) + :interval
    RETURNING free_at - :interval - extract(epoch FROM clock_timestamp())
    """
).bindparams(bindparam("key", type_=Text))


def take(connection: Connection, interval_seconds: Mapping[str, float]) -> dict[str, float]:
    """Take the next turn of each key; how many seconds it is away. PostgreSQL only."""
    return {
        key: max(0.0, connection.execute(_TAKE, {"key": key, "interval": seconds}).scalar_one())
        for key, seconds in sorted(interval_seconds.items())  # in one order, so that nobody waits in a ring
    }


def forget_old(connection: Connection, now: datetime) -> int:
    """Forget turns that are over; how many."""
    return connection.execute(delete(budget).where(budget.c.free_at < now.timestamp())).rowcount
