"""How often a verdict was given. There is nothing else to know: not by whom, when, or about what."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, insert, select, update

from bot.storage.tables import feedback


def count(connection: Connection, verdict: str) -> None:
    """Count a verdict once more."""
    row = feedback.c.verdict == verdict
    more = update(feedback).where(row).values(number=feedback.c.number + 1)
    if connection.execute(more).rowcount == 0:
        connection.execute(insert(feedback).values(verdict=verdict, number=1))


def counts(connection: Connection) -> Mapping[str, int]:
    """How often each verdict was given."""
    return {row.verdict: row.number for row in connection.execute(select(feedback))}
