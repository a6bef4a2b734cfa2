"""A database is brought up to date once, or refused with one sentence, and loses nothing to a crash."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from bot.storage import database as module
from bot.storage.database import CannotOpen, Database, lock_chat
from bot.storage.migrate import HEAD, configuration, revision
from bot.storage.tables import metadata
from tests.running_bot import ROOT
from tools.postgres import Postgres


def test_a_new_database_has_the_tables_of_today(database: Database) -> None:
    def compare(connection):
        return compare_metadata(MigrationContext.configure(connection), metadata)

    assert database.run_now(compare) == []
    assert database.run_now(revision) == HEAD


def test_every_migration_can_be_undone_and_done_again_and_leads_to_the_tables_of_today(
    database: Database,
) -> None:
    def down_and_up(connection):
        config = configuration(connection)
        for script in ScriptDirectory.from_config(config).walk_revisions():
            command.downgrade(config, str(script.down_revision or "base"))
        tables = set(inspect(connection).get_table_names())
        command.upgrade(config, "head")
        return tables, compare_metadata(MigrationContext.configure(connection), metadata)

    assert database.run_now(down_and_up) == ({"alembic_version"}, [])
    assert database.run_now(revision) == HEAD


@pytest.mark.parametrize("released", ["0001", "0002", "0003", "0004"])
def test_a_database_of_an_older_version_is_brought_up_to_date(database_url: str, released: str) -> None:
    url = database_url
    older = Database(url)
    older.run_now(lambda connection: command.downgrade(configuration(connection), released))
    older.close()
    newer = Database(url)
    difference = newer.run_now(
        lambda connection: compare_metadata(MigrationContext.configure(connection), metadata)
    )
    newer.close()

    assert difference == []


def test_the_newest_migration_is_the_one_a_start_looks_for(database: Database) -> None:
    def newest(connection):
        return ScriptDirectory.from_config(configuration(connection)).get_current_head()

    assert database.run_now(newest) == HEAD


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/deep/in/folders/companion.db"
    Database(url).close()
    before = (tmp_path / "deep/in/folders/companion.db").read_bytes()
    Database(url).close()

    assert (tmp_path / "deep/in/folders/companion.db").read_bytes() == before


def test_processes_that_start_together_take_turns(empty_url: str) -> None:
    program = "from bot.storage.database import Database; import sys; Database(sys.argv[1]).close()"
    arguments = [sys.executable, "-c", program, empty_url]
    starting = [subprocess.Popen(arguments, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(4)]

    errors = [process.communicate(timeout=60)[1] for process in starting]

    assert [process.returncode for process in starting] == [0, 0, 0, 0], errors


def test_a_file_that_is_no_database_is_named_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database " * 100)

    with pytest.raises(CannotOpen, match=r"notes\.txt cannot be used \(DatabaseError\)\.$"):
        Database(f"sqlite:///{tmp_path}/notes.txt")


def test_a_postgresql_that_is_away_is_named_in_one_sentence_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "START_SECONDS", 0.0)
    with pytest.raises(
        CannotOpen, match=r"^The database postgresql\S+\*\*\*@127.0.0.1:9/b cannot be used"
    ) as told:
        Database("postgresql://anna:secret@127.0.0.1:9/b")
    assert "secret" not in str(told.value)


def test_work_waits_for_a_postgresql_that_restarts_and_is_done_once(postgres: Postgres) -> None:
    database = Database(postgres.new_database())

    def note(connection):
        connection.exec_driver_sql("INSERT INTO upload (bot_id, sha256, file_id) VALUES (1, 'a', 'b')")

    database.run_now(note)
    postgres.restart()
    database.run_now(lambda connection: connection.exec_driver_sql("UPDATE upload SET file_id = 'c'"))

    rows = database.run_now(lambda connection: connection.exec_driver_sql("SELECT file_id FROM upload").all())
    database.close()
    assert rows == [("c",)]


def test_a_chat_is_locked_until_the_transaction_ends(database: Database) -> None:
    order: list[str] = []
    inside, outside = threading.Event(), threading.Event()

    def first(connection):
        lock_chat(connection, 7)
        inside.set()
        outside.wait(0.2)
        order.append("first")

    def second(connection):
        lock_chat(connection, 7)
        order.append("second")

    thread = threading.Thread(target=database.run_now, args=(first,))
    thread.start()
    inside.wait(5)
    database.run_now(second)
    thread.join()

    assert order == ["first", "second"]


def test_a_database_of_a_newer_version_is_named_in_one_sentence_and_left_alone(empty_url: str) -> None:
    database = Database(empty_url)
    newer = f"{int(HEAD) + 1:04}"
    database.run_now(
        lambda connection: connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{newer}'")
    )

    with pytest.raises(CannotOpen, match=r" was changed by a newer version of the bot\.$"):
        Database(empty_url)

    assert database.run_now(revision) == newer
    database.close()


def test_what_raises_in_the_middle_leaves_nothing_behind(database: Database) -> None:
    def half(connection):
        connection.execute(text("CREATE TABLE half (id INTEGER)"))
        raise KeyError

    with pytest.raises(KeyError):
        database.run_now(half)

    assert not database.run_now(lambda connection: inspect(connection).has_table("half"))


def test_what_was_committed_survives_a_kill(database_url: str) -> None:
    program = """
import os, signal, sys
from datetime import UTC, datetime
from bot.conversation.memory import Memory
from bot.storage.database import Database
from bot.storage.memories import save
database = Database(sys.argv[1])
database.run_now(lambda connection: save(connection, 5, Memory(), Memory(datetime(2026, 3, 2, tzinfo=UTC))))
os.kill(os.getpid(), signal.SIGKILL)
"""
    url = database_url
    ended = subprocess.run([sys.executable, "-c", program, url], cwd=ROOT, timeout=60, check=False)
    database = Database(url)
    rows = database.run_now(lambda connection: connection.execute(text("SELECT chat_id FROM person")).all())
    database.close()

    assert ended.returncode == -signal.SIGKILL
    assert rows == [(5,)]
