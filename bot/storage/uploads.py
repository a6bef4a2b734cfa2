"""What Telegram calls the files that a bot sent before, so that each is uploaded once."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from bot.storage.tables import upload


def load(connection: Connection, bot_id: int) -> dict[str, str]:
    """By the SHA-256 of its content: the name of each file that this bot has sent."""
    rows = connection.execute(select(upload.c.sha256, upload.c.file_id).where(upload.c.bot_id == bot_id))
    return {row.sha256: row.file_id for row in rows}


def keep(connection: Connection, bot_id: int, sha256: str, file_id: str) -> None:
    """Note the name of a file; an older one is replaced."""
    forget(connection, bot_id, sha256)
    connection.execute(insert(upload).values(bot_id=bot_id, sha256=sha256, file_id=file_id))


def forget(connection: Connection, bot_id: int, *sha256: str) -> None:
    """Forget names that Telegram no longer knows."""
    connection.execute(delete(upload).where((upload.c.bot_id == bot_id) & upload.c.sha256.in_(sha256)))
