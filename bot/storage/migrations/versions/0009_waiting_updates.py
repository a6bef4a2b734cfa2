"""What waits is counted every few seconds, among a day of updates that wait no more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the index."""
    waits = sa.text("body IS NOT NULL")
    op.create_index(
        "incoming_waiting", "incoming", ["received_at"], postgresql_where=waits, sqlite_where=waits
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_index("incoming_waiting", "incoming")
