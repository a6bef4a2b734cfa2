"""The tables: one schema for SQLite and PostgreSQL, to which the migrations bring a database."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Dialect,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)
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


def _chat_id() -> Column[int]:
    """The number Telegram gives the chat: the only thing that says whose a row is."""
    return Column("chat_id", BigInteger, primary_key=True, autoincrement=False)


person = Table(
    "person",
    metadata,
    _chat_id(),
    Column("consent_at", Moment, nullable=False),
    Column("profile", JSON, nullable=False),
    Column("held", JSON(none_as_null=True)),
    Column("settled", JSON, nullable=False, server_default="{}"),
    Column("own", JSON, nullable=False, server_default="[]"),
    Column("preferences", JSON, nullable=False, server_default="{}"),
)
"""People who agreed to have something stored about their body."""

done = Table(
    "done",
    metadata,
    _chat_id(),
    Column("ended_at", Moment, primary_key=True, autoincrement=False),
    Column("state", JSON, nullable=False),
)
"""Their routines that are over, with scores."""

round_ = Table(
    "round",
    metadata,
    _chat_id(),
    Column("deadline", Moment),
    Column("message_id", BigInteger),
    Column("state", JSON, nullable=False),
)
"""Routines that run, or wait to be resumed. A row goes when its routine ends."""
Index("round_by_deadline", round_.c.deadline)

reminder = Table(
    "reminder",
    metadata,
    _chat_id(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("due_at", Moment),
    Column("state", JSON, nullable=False),
)
"""Reminders; without ``due_at`` one is off."""
Index("reminder_by_due", reminder.c.due_at)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("urgency", SmallInteger, nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("reply", JSON, nullable=False),
    Column("address", JSON(none_as_null=True)),
    Column("sends", SmallInteger, nullable=False, server_default="0"),
)
"""What is to be sent and has not arrived yet: ``reply`` sealed, ``sends`` how often it may have arrived."""
Index("outbox_by_chat", outbox.c.chat_id)

incoming = Table(
    "incoming",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("acted_at", Moment),
    Column("pace", SmallInteger, nullable=False, server_default="0"),
    Column("body", LargeBinary),
)
"""Updates that wait for an answer, sealed; and the numbers of those that were acted on and may come again."""
Index("incoming_by_age", incoming.c.received_at)
_waits = incoming.c.body.is_not(None)
Index("incoming_waiting", incoming.c.received_at, postgresql_where=_waits, sqlite_where=_waits)

in_mind = Table(
    "in_mind",
    metadata,
    _chat_id(),
    Column("until", Moment, nullable=False),
    Column("memory", LargeBinary, nullable=False),
)
"""What several workers keep in mind together, sealed and for hours only."""
Index("in_mind_by_age", in_mind.c.until)

budget = Table(
    "budget",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("free_at", Float(53), nullable=False),
)
"""When the next message may go out, in seconds since 1970: over all chats, and to one."""

feedback = Table(
    "feedback",
    metadata,
    Column("verdict", String(8), primary_key=True),
    Column("number", BigInteger, nullable=False),
)
"""How often people said that this is of use to them, and how often not; nothing about anyone."""

mailing = Table(
    "mailing",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("language", String(16), primary_key=True),
    Column("words", Text, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("reached", BigInteger, nullable=False),
    Column("written", Integer, nullable=False),
    Column("ended_at", Moment),
)
"""News: the operator's own words, and how far they got, which is up to ``reached`` in the order of chats."""

upload = Table(
    "upload",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("sha256", String(64), primary_key=True),
    Column("file_id", String(255), nullable=False),
)
"""What Telegram calls the files it already has, for each bot."""
