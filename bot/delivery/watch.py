"""Looks now and then at what waits, so that asking how the bot does costs nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from bot import meters
from bot.delivery.clock import Now
from bot.delivery.vitals import Vitals
from bot.storage.database import Database
from bot.storage.survey import Survey, survey

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
LATE_LOOK_SECONDS = 10.0
"""When a look takes so long, the database counts as away."""
DATABASE = "database"

CountJobs = Callable[[Connection], Mapping[str, int]]
"""Counts the jobs that wait, by their queue."""


def no_jobs(connection: Connection) -> Mapping[str, int]:
    """For a process that has no jobs."""
    return {}


class Watch:
    """What was seen last of what waits, and how long that has been so."""

    def __init__(self, database: Database, vitals: Vitals, now: Now, count_jobs: CountJobs = no_jobs) -> None:
        self._database, self._vitals, self._now, self._count_jobs = database, vitals, now, count_jobs
        self._in_hand = meters.switch_on().in_hand
        self._seen: Survey | None = None
        self.jobs: Mapping[str, int] = {}
        """Jobs that wait, by their queue."""
        vitals.lacks(DATABASE)

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                self._seen, self.jobs = await self._database.run(self._look)
            except Exception:  # the next look may succeed
                log.warning("the database could not be looked at", exc_info=True)
            else:
                self._vitals.has(DATABASE)
                self._vitals.beat(DATABASE, LATE_LOOK_SECONDS)
            await asyncio.sleep(LOOK_SECONDS)

    def _look(self, connection: Connection) -> tuple[Survey, Mapping[str, int]]:
        return survey(connection), self._count_jobs(connection)

    @property
    def missing(self) -> tuple[str, ...]:
        """What this process lacks to do its work."""
        return self._vitals.missing

    @property
    def letters(self) -> Mapping[str, int]:
        """Messages that have not arrived, by their urgency."""
        return self._seen.letters if self._seen else {}

    @property
    def updates(self) -> int:
        """Updates that wait in the database or, where none do, are being answered."""
        return max(self._seen.updates if self._seen else 0, len(self._in_hand))

    @property
    def lag_seconds(self) -> float:
        """For how long the oldest update or deadline waits."""
        now = self._now()
        in_hand = [(now - since).total_seconds() for since in self._in_hand.values()]
        return max(0.0, self._seen.lag_seconds(now) if self._seen else 0.0, *in_hand)
