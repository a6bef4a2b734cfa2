"""What is to be done, as jobs of Procrastinate: which process does them, and in which order.

A job names an update or a chat and says no more. What is to be done about it stands in our own tables; so a
job that comes twice, or too late, finds nothing left to do. All jobs of a chat share a lock: they are done
one at a time, answers first.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from sqlalchemy import Connection

from bot.storage.database import Database

ANSWER, RING, BRING = "answer", "ring", "bring"
LIVE, TIMED = "live", "timed"
"""Two queues, so that thousands of reminders leave room for whoever writes now."""
MOST_CONNECTIONS = 6


class Rank(IntEnum):
    """What goes first; a higher number does."""

    NEWS = 0
    REMINDER = 1
    CUE = 5
    ANSWER = 10


class Jobs:
    """The jobs of one database."""

    def __init__(self, database: Database) -> None:
        self.app = App(
            connector=PsycopgConnector(conninfo=database.url, min_size=1, max_size=MOST_CONNECTIONS)
        )
        # Never opened: it writes on connections that it is handed.
        self._on_connection = App(connector=SyncPsycopgConnector())
        database.run_now(self._make_tables)

    def answer(self, connection: Connection, update_id: int, order: int | str) -> None:
        """Have an update answered, once the transaction is committed, after others of the same ``order``."""
        raw: Any = connection.connection.dbapi_connection
        job = self._on_connection.configure_task(
            ANSWER, queue=LIVE, priority=Rank.ANSWER, lock=str(order), connection=raw
        )
        job.defer(update_id=update_id)

    async def ring(self, calls: Iterable[tuple[int, Rank, bool]]) -> None:
        """Have what is due handled in these chats; each with its rank and whether it is overdue."""
        for chat_id, rank, overdue in calls:
            job = self.app.configure_task(
                RING, queue=TIMED, priority=rank, lock=str(chat_id), allow_unknown=False
            )
            await job.defer_async(chat_id=chat_id, overdue=overdue)

    @staticmethod
    def waiting(connection: Connection) -> dict[str, int]:
        """How many jobs of each queue nobody has begun."""
        counted = (
            "SELECT queue_name, count(*) AS waiting FROM procrastinate_jobs"
            " WHERE status = 'todo' GROUP BY queue_name"
        )
        return {LIVE: 0, TIMED: 0} | {
            row.queue_name: row.waiting for row in connection.exec_driver_sql(counted)
        }

    async def bring(self, chat_id: int, in_seconds: float, rank: Rank = Rank.CUE) -> None:
        """Have the letters to a chat tried again later."""
        wait = {"seconds": max(1, round(in_seconds))}
        job = self.app.configure_task(BRING, queue=TIMED, priority=rank, lock=str(chat_id), schedule_in=wait)
        await job.defer_async(chat_id=chat_id)

    def _make_tables(self, connection: Connection) -> None:
        """Make Procrastinate's tables where there are none. Processes that start together take turns."""
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7265111)")
        if connection.exec_driver_sql("SELECT to_regclass('procrastinate_jobs')").scalar() is None:
            schema = self.app.schema_manager.get_schema()
            raw: Any = connection.connection.dbapi_connection
            raw.execute(schema)
