"""One database: how it is opened, and how work is done in it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.storage.migrate import TooNew, migrate
from bot.storage.seal import Seal

T = TypeVar("T")

BUSY_SECONDS = 5.0
"""How long SQLite waits for another process that writes."""
POSTGRESQL_THREADS = 8
CONNECT_SECONDS = 5
AWAY_SECONDS, AWAY_PAUSE_SECONDS = 60.0, 0.25
"""How long work waits for a PostgreSQL that restarts."""
START_SECONDS = 10.0
"""How long a start waits for it: not as long, because at a start the address may be wrong."""


class CannotOpen(Exception):
    """The database cannot be used. The message is one sentence, without its password."""


class Database:
    """A database whose tables are up to date. Work is done in threads, each in one transaction.

    The work itself is plain synchronous code: it reads, decides and writes in one go. On SQLite one thread
    does it all, so no other event can come in between; on PostgreSQL work on a chat locks the chat.
    """

    def __init__(self, url: str, secret: str = "") -> None:
        """Open the database at ``url`` and migrate it. Raises ``CannotOpen``.

        What waits in it is sealed with a key made from ``secret``.
        """
        self.url = url
        parsed = make_url(url)
        self.is_shared = parsed.get_backend_name() == "postgresql"
        """Whether several processes may work on it at the same time."""
        if self.is_shared:
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.seal = Seal(secret)
        try:
            if not self.is_shared and parsed.database:
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            self._engine = _engine(parsed)
            self._again_while_away(START_SECONDS, lambda: migrate(self._engine))
        except (OSError, SQLAlchemyError) as error:
            where = parsed.render_as_string(hide_password=True)
            raise CannotOpen(f"The database {where} cannot be used ({type(error).__name__}).") from None
        except TooNew:
            self._engine.dispose()
            where = parsed.render_as_string(hide_password=True)
            raise CannotOpen(f"The database {where} was changed by a newer version of the bot.") from None
        threads = POSTGRESQL_THREADS if self.is_shared else 1
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="database")

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Do ``work`` in one transaction: all of it is kept, or, if it raises, nothing."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.run_now, work)

    def run_now(self, work: Callable[[Connection], T]) -> T:
        """The same, in the thread of the caller.

        When the connection breaks, the work is done again on a new one. Whether the first time counted
        cannot be known then, so work that must not be done twice notes in the same transaction that it was.
        """

        def once() -> T:
            with self._engine.begin() as connection:
                return work(connection)

        return self._again_while_away(AWAY_SECONDS, once)

    def _again_while_away(self, seconds: float, work: Callable[[], T]) -> T:
        give_up_at = time.monotonic() + seconds
        while True:
            try:
                return work()
            except DBAPIError as error:
                if not self.is_shared or not _is_away(error) or time.monotonic() > give_up_at:
                    raise
            time.sleep(AWAY_PAUSE_SECONDS)

    def connect(self) -> Connection:
        """A connection of one's own, outside any transaction, for as long as it is needed."""
        return self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    async def forget_deleted(self) -> None:
        """Make sure that rows that were deleted cannot be read from the database's files any more."""
        if not self.is_shared:
            await asyncio.get_running_loop().run_in_executor(self._threads, self._empty_the_log)

    def _empty_the_log(self) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")  # a checkpoint cannot be made inside a transaction
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")

    def close(self) -> None:
        """Let work in hand finish, then close."""
        self._threads.shutdown()
        self._engine.dispose()


def lock_chat(connection: Connection, chat_id: int) -> None:
    """Have a chat for oneself until the transaction ends. On SQLite every transaction has all to itself."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (chat_id,))


def _is_away(error: DBAPIError) -> bool:
    """Whether the server is not there, or wants us to try again, rather than refusing what we ask of it."""
    from psycopg import OperationalError  # not needed, nor loaded, with SQLite

    return isinstance(error.orig, OperationalError)


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        timeout = {"connect_timeout": CONNECT_SECONDS}
        return create_engine(url, pool_size=POSTGRESQL_THREADS, pool_pre_ping=True, connect_args=timeout)
    engine = create_engine(url)
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
