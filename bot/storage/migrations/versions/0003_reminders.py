"""Reminders, and what holds for all of a person's."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table ``reminder``; give ``person`` its preferences."""
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("preferences", sa.JSON, nullable=False, server_default="{}"))
    op.create_table(
        "reminder",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("due_at", sa.BigInteger),
        sa.Column("state", sa.JSON, nullable=False),
    )
    op.create_index("reminder_by_due", "reminder", ["due_at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("reminder")
    with op.batch_alter_table("person") as person:
        person.drop_column("preferences")
