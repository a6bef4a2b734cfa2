"""What Telegram calls the files it already has."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table ``upload``."""
    op.create_table(
        "upload",
        sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("file_id", sa.String(255), nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("upload")
