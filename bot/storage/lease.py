"""Who may do what on a shared database: held for as long as the connection lives, so never by the dead."""

from __future__ import annotations

from enum import IntEnum

from sqlalchemy import text

from bot.storage.database import Database


class Work(IntEnum):
    """What is given to one process or to several that share it. The numbers are our own, for PostgreSQL."""

    ANSWERING = 7_265_109
    LEADING = 7_265_110


class Taken(Exception):
    """Another process has it."""


class Lease:
    """The right to do some work. SQLite has no leases: there Telegram itself refuses a second process."""

    def __init__(self, database: Database, work: Work, *, shared: bool = False) -> None:
        """Take the lease, alone or ``shared`` with others who share it. Raises ``Taken``."""
        self._connection = database.connect() if database.is_shared else None
        if self._connection is None:
            return
        kind = "_shared" if shared else ""
        got = self._connection.execute(text(f"SELECT pg_try_advisory_lock{kind}(:work)"), {"work": int(work)})
        if not got.scalar():
            self.close()
            raise Taken

    def is_held(self) -> bool:
        """Whether the connection that holds it still lives."""
        try:
            return self._connection is None or self._connection.execute(text("SELECT 1")).scalar() == 1
        except Exception:  # whatever is wrong with it, it holds nothing any more
            return False

    def close(self) -> None:
        """Give it back."""
        if self._connection is not None:
            self._connection.invalidate()  # closes it, so that the lock ends with it
            self._connection.close()
            self._connection = None
