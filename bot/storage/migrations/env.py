"""Alembic's entry: runs migrations on the connection it was given, inside the caller's transaction."""

from __future__ import annotations

from alembic import context

from bot.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot change a column in place
    transactional_ddl=False,  # the transaction is the caller's
)
context.run_migrations()
