"""What Telegram calls the files that a bot sent before, so that each is uploaded once."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, text

from bot.storage.tables import upload

# Several may upload the same file at the same time.
_KEEP = text(
    """
    INSERT INTO upload (bot_id, sha256, file_id) VALUES (:bot, :sha256, :name)
    ON CONFLICT (bot_id, sha256) DO UPDATE SET file_id = excluded.file_id
    """
)


def load(connection: Connection, bot_id: int) -> dict[str, str]:
    """By the SHA-256 of its content: the name of each file that this bot has sent."""
    rows = connection.execute(select(upload.c.sha256, upload.c.file_id).where(upload.c.bot_id == bot_id))
    return {row.sha256: row.file_id for row in rows}


def keep(connection: Connection, bot_id: int, sha256: str, file_id: str) -> None:
    """Note the name of a file; an older one is replaced."""
    connection.execute(_KEEP, {"bot": bot_id, "sha256": sha256, "name": file_id})


def forget(connection: Connection, bot_id: int, *sha256: str) -> None:
    """Forget names that Telegram no longer knows."""
    connection.execute(delete(upload).where((upload.c.bot_id == bot_id) & upload.c.sha256.in_(sha256)))
