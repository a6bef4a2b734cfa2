"""News for those who want them, and how far each got."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "mailing",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("language", sa.String(16), primary_key=True),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("begun_at", sa.BigInteger, nullable=False),
        sa.Column("reached", sa.BigInteger, nullable=False),
        sa.Column("written", sa.Integer, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("mailing")
