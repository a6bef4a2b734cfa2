"""Routines that run, what is still to be sent of them, and what a person keeps of those that are over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables ``round``, ``done`` and ``outbox``; give ``person`` its routines."""
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("settled", sa.JSON, nullable=False, server_default="{}"))
        person.add_column(sa.Column("own", sa.JSON, nullable=False, server_default="[]"))
    op.create_table(
        "round",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("deadline", sa.BigInteger),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("state", sa.JSON, nullable=False),
    )
    op.create_index("round_by_deadline", "round", ["deadline"])
    op.create_table(
        "done",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("ended_at", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("state", sa.JSON, nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("urgency", sa.SmallInteger, nullable=False),
        sa.Column("written_at", sa.BigInteger, nullable=False),
        sa.Column("reply", sa.JSON, nullable=False),
    )
    op.create_index("outbox_by_chat", "outbox", ["chat_id"])


def downgrade() -> None:
    """Drop them."""
    for table in ("outbox", "done", "round"):
        op.drop_table(table)
    with op.batch_alter_table("person") as person:
        person.drop_column("own")
        person.drop_column("settled")
