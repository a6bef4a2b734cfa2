"""Bringing a database's tables up to date, under a lock, when a process starts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from bot.storage.tables import metadata

if TYPE_CHECKING:  # slow to load, and rarely needed
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0009"
"""The newest migration. Known here, so that a start with nothing to do need not load Alembic."""
_LOCK = 7_265_108
"""A number of our own, by which PostgreSQL knows the lock."""


class TooNew(Exception):
    """The database was changed by a newer version, which this one knows nothing of."""


def migrate(engine: Engine) -> None:
    """Apply what is missing. Processes that start together take turns; only the first has work to do.

    Raises ``TooNew``.
    """
    with engine.begin() as connection:  # SQLite: this takes the lock for writing
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        known = revision(connection)
        if known is None:
            _create(connection)
        elif known > HEAD:
            raise TooNew
        elif known != HEAD:
            _upgrade(connection)


def revision(connection: Connection) -> str | None:
    """The newest migration that was applied."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _create(connection: Connection) -> None:
    """Make the tables of today at once. That the migrations lead to the same ones is tested."""
    metadata.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def _upgrade(connection: Connection) -> None:
    from alembic import command  # slow to load, and rarely needed

    command.upgrade(configuration(connection), "head")


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for work on ``connection``."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
