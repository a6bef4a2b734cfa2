"""One database: how it is opened, and how work is done in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.migrate import migrate

T = TypeVar("T")

BUSY_SECONDS = 5.0
"""How long SQLite waits for another process that writes."""


class CannotOpen(Exception):
    """The database cannot be used. The message is one sentence, without its password."""


class Database:
    """A database whose tables are up to date. Work is done in a thread, one transaction at a time.

    The work itself is plain synchronous code: it reads, decides and writes in one go, so no other event can
    come in between.
    """

    def __init__(self, url: str) -> None:
        """Open the database at ``url`` and migrate it. Raises ``CannotOpen``."""
        parsed = make_url(url)
        try:
            if parsed.get_backend_name() == "sqlite" and parsed.database:
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            self._engine = _engine(url)
            migrate(self._engine)
        except (OSError, SQLAlchemyError) as error:
            where = parsed.render_as_string(hide_password=True)
            raise CannotOpen(f"The database {where} cannot be used ({type(error).__name__}).") from None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="database")

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Do ``work`` in one transaction: all of it is kept, or, if it raises, nothing."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self.run_now, work)

    def run_now(self, work: Callable[[Connection], T]) -> T:
        """The same, in the thread of the caller."""
        with self._engine.begin() as connection:
            return work(connection)

    async def forget_deleted(self) -> None:
        """Make sure that rows that were deleted cannot be read from the database's files any more."""
        if self._engine.dialect.name == "sqlite":
            await asyncio.get_running_loop().run_in_executor(self._thread, self._empty_the_log)

    def _empty_the_log(self) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")  # a checkpoint cannot be made inside a transaction
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")

    def close(self) -> None:
        """Let work in hand finish, then close."""
        self._thread.shutdown()
        self._engine.dispose()


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    cursor.execute("PRAGMA journal_mode = WAL")
    # Survives kill -9. A power cut may lose the last moments, which is less than what a phone loses.
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later must not find that another wrote in between.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
