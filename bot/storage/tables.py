"""The tables: one schema for SQLite and PostgreSQL, to which the migrations bring a database."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import JSON, BigInteger, Column, Dialect, MetaData, Table
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """An aware time, stored as whole milliseconds since 1970 in UTC: the same on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Aware datetime to milliseconds."""
        return None if value is None else round(value.timestamp() * 1000)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Milliseconds to a datetime in UTC."""
        return None if value is None else datetime.fromtimestamp(value / 1000, UTC)


metadata = MetaData()

person = Table(
    "person",
    metadata,
    # The number Telegram gives the private chat: the only thing that says who it is.
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("consent_at", Moment, nullable=False),
    Column("profile", JSON, nullable=False),
    Column("held", JSON(none_as_null=True)),
)
"""People who agreed to have something stored about their body."""
