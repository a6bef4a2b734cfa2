"""Updates that wait or may come again, what workers keep in mind together, and their budget."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables, and let a letter know where it goes and how often it may have arrived."""
    op.create_table(
        "incoming",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("received_at", sa.BigInteger, nullable=False),
        sa.Column("acted_at", sa.BigInteger),
        sa.Column("pace", sa.SmallInteger, nullable=False, server_default="0"),
        sa.Column("body", sa.LargeBinary),
    )
    op.create_index("incoming_by_age", "incoming", ["received_at"])
    op.create_table(
        "in_mind",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("memory", sa.LargeBinary, nullable=False),
    )
    op.create_index("in_mind_by_age", "in_mind", ["until"])
    op.create_table(
        "budget",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("free_at", sa.Float(53), nullable=False),
    )
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("address", sa.JSON))
        outbox.add_column(sa.Column("sends", sa.SmallInteger, nullable=False, server_default="0"))


def downgrade() -> None:
    """Undo it. Letters of the newer form are passed over by the older program."""
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("sends")
        outbox.drop_column("address")
    for table in ("budget", "in_mind", "incoming"):
        op.drop_table(table)
