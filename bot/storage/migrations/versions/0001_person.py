"""People who agreed to have something stored about their body."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the table ``person``."""
    op.create_table(
        "person",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("consent_at", sa.BigInteger, nullable=False),
        sa.Column("profile", sa.JSON, nullable=False),
        sa.Column("held", sa.JSON),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("person")
