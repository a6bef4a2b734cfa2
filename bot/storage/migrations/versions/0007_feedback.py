"""How often people said that this is of use to them, and how often not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "feedback",
        sa.Column("verdict", sa.String(8), primary_key=True),
        sa.Column("number", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("feedback")
