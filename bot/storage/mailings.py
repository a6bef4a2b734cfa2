"""News for those who want them: the words, and how far along the chats they have got.

Chats are gone through in the order of their numbers, and ``reached`` moves in the transaction in which
letters are written. So nobody gets the same news twice, whatever stops in the middle, and nobody is listed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from bot.storage.tables import mailing, person

BEFORE_ALL = -(2**62)


class OtherWords(Exception):
    """News of this name were begun with other words."""


@dataclass(frozen=True)
class Mailing:
    """News on their way. ``written`` is to how many people."""

    name: str
    language: str
    words: str
    begun_at: datetime
    reached: int
    written: int
    ended_at: datetime | None


def begin(connection: Connection, name: str, language: str, words: str, now: datetime) -> Mailing:
    """Begin to send news, or see how far they are. Raises ``OtherWords``."""
    row = connection.execute(select(mailing).where(_of(name, language))).one_or_none()
    if row is None:
        new = Mailing(name, language, words, now, BEFORE_ALL, 0, None)
        connection.execute(insert(mailing).values(asdict(new)))
        return new
    if row.words != words:
        raise OtherWords
    return _mailing(row)


def every(connection: Connection) -> list[Mailing]:
    """All news, the oldest first."""
    return [_mailing(row) for row in connection.execute(select(mailing).order_by(mailing.c.begun_at))]


def going(connection: Connection) -> Mailing | None:
    """The oldest news that have not got to everybody, for this transaction alone."""
    open_ones = select(mailing).where(mailing.c.ended_at.is_(None)).order_by(mailing.c.begun_at).limit(1)
    row = connection.execute(open_ones.with_for_update()).one_or_none()
    return _mailing(row) if row else None


def people_after(connection: Connection, chat_id: int, most: int) -> tuple[list[int], int | None]:
    """Those among the next people who want news, and the last one looked at, if there was any."""
    after = select(person.c.chat_id, person.c.preferences).where(person.c.chat_id > chat_id)
    rows = connection.execute(after.order_by(person.c.chat_id).limit(most)).all()
    wanting = [row.chat_id for row in rows if row.preferences.get("news")]
    return wanting, rows[-1].chat_id if rows else None


def go_on(
    connection: Connection, known: Mailing, reached: int, written: int, ended_at: datetime | None
) -> None:
    """Note how far news got, and that they are at their end."""
    values = {"reached": reached, "written": known.written + written, "ended_at": ended_at}
    connection.execute(update(mailing).where(_of(known.name, known.language)).values(values))


def _of(name: str, language: str) -> ColumnElement[bool]:
    return (mailing.c.name == name) & (mailing.c.language == language)


def _mailing(row: Row[Any]) -> Mailing:
    return Mailing(**row._mapping)
