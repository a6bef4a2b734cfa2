"""What waits in the database, in numbers only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.storage import incoming, memories
from bot.storage.outbox import Urgency
from bot.storage.tables import outbox


@dataclass(frozen=True)
class Survey:
    """How much waits. ``next_due`` is when something's time is up next, or was if nobody has noticed yet."""

    updates: int
    oldest_update_at: datetime | None
    letters: Mapping[str, int]
    next_due: datetime | None

    def lag_seconds(self, now: datetime) -> float:
        """For how long the oldest thing waits that should be done."""
        since = [moment for moment in (self.oldest_update_at, self.next_due) if moment is not None]
        return max(0.0, max(((now - moment).total_seconds() for moment in since), default=0.0))


def survey(connection: Connection) -> Survey:
    """Look at what waits."""
    updates, oldest = incoming.oldest_waiting(connection)
    counted = select(outbox.c.urgency, func.count().label("waiting")).group_by(outbox.c.urgency)
    letters = {row.urgency: row.waiting for row in connection.execute(counted)}
    named = {each.name.lower(): letters.get(each.value, 0) for each in Urgency}
    return Survey(updates, oldest, named, memories.next_due(connection))
