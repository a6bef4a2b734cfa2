"""The notice in the chat and the notice on the page say the same, and the page knows every column.

Somebody reads it before they tell the bot that they are pregnant. It must not promise what the database does
not keep, in any of the places where it stands.
"""

from __future__ import annotations

import itertools
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Connection, LargeBinary, Table, insert
from sqlalchemy.types import TypeEngine

from bot.library import Library
from bot.storage.database import Database
from bot.storage.tables import Moment, metadata
from tests.answering import NOW

PAGE = Path(__file__).parents[2] / "docs" / "privacy.md"


def notice_and_rest() -> tuple[str, str]:
    notice, _, rest = PAGE.read_text(encoding="utf-8").partition("\n---\n")
    return notice.strip(), rest


def test_the_page_begins_with_the_notice_of_the_chat_word_for_word(library: Library) -> None:
    in_the_chat = library.words.settings.privacy_full

    title, _, text = in_the_chat.partition("\n")
    expected = re.sub(r"</?b>", "**", text)

    assert notice_and_rest()[0] == f"# {re.sub('</?b>', '', title)}\n{expected}".strip()


def test_the_page_lists_every_column_of_every_table_and_no_other() -> None:
    listed: set[tuple[str, str]] = set()
    table = ""
    for line in notice_and_rest()[1].splitlines():
        if match := re.match(r"\| (?:`(\w+)`)? ?\|[^|]*\| `(\w+)` \|", line):
            table = match[1] or table
            listed.add((table, match[2]))

    assert listed == {
        (each.name, column.name) for each in metadata.tables.values() for column in each.columns
    }


OF_CHATS = [table for table in metadata.tables.values() if "chat_id" in table.columns]
"""The tables that hold something about somebody."""


def commands_of_the_page() -> list[str]:
    """What the page tells an operator to run in SQLite, in order: look, delete, prune."""
    return re.findall(r'^sqlite3 \S+ "(.*)"$', notice_and_rest()[1], flags=re.MULTILINE)


def fill(path: Path, *chats: int) -> None:
    """A database in which every table has a row of every chat."""
    database = Database(f"sqlite:///{path}")

    def work(connection: Connection) -> None:
        for table, chat in itertools.product(OF_CHATS, chats):
            values = {column.name: filler(column.type) for column in table.columns}
            moments = {column.name: NOW for column in table.columns if isinstance(column.type, Moment)}
            connection.execute(
                insert(table).values(values | moments | {"chat_id": chat} | numbered(table, chat))
            )

    database.run_now(work)
    database.close()


def numbered(table: Table, chat: int) -> dict[str, int]:
    return {name: chat for name in ("id", "update_id") if name in table.columns}


def filler(kind: TypeEngine[Any]) -> object:
    if isinstance(kind, JSON):
        return {}
    return b"1" if isinstance(kind, LargeBinary) else 1


def chats_in(path: Path) -> dict[str, set[int]]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: {chat for (chat,) in connection.execute(f"SELECT chat_id FROM {name}")}
            for name in [table.name for table in OF_CHATS]
        }


def test_the_deletion_by_hand_reaches_one_chat_in_every_table(tmp_path: Path) -> None:
    path = tmp_path / "companion.db"
    fill(path, 42, 43)
    look, delete, _ = commands_of_the_page()

    with closing(sqlite3.connect(path)) as connection:
        assert len(connection.execute(look).fetchall()) == 1
        connection.executescript(delete)

    assert [chats for chats in chats_in(path).values() if chats != {43}] == []


def test_pruning_takes_whoever_left_out_of_a_copy(tmp_path: Path) -> None:
    fill(tmp_path / "live.db", 43)
    fill(tmp_path / "copy.db", 42, 43)
    prune = commands_of_the_page()[2].replace("data/companion.db", str(tmp_path / "live.db"))

    with closing(sqlite3.connect(tmp_path / "copy.db")) as connection:
        connection.executescript(prune)

    left = set().union(*chats_in(tmp_path / "copy.db").values())
    assert left == {43}
