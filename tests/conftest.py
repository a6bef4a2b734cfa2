"""How this project is tested, in short.

- A test is a sentence about behaviour, and its file opens with the story that it protects. What a test
  expects is worked out from the rule it protects, never pasted from what came out.
- ``tests/`` mirrors ``bot/``. ``make unit`` runs what is quick, without what is marked ``walk``;
  ``pytest tests/library`` runs one room.
- Here stand the fixtures that every room may use. ``library``, ``reader`` and ``companion`` are the real
  content, built once; they keep nothing, so tests can share them. ``content`` is a copy of the content to
  spoil, one for each test.
- Properties are tested with hypothesis: about a hundred examples each, the same ones every time where ``CI``
  is set. No test sleeps, and none needs the internet.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from bot.delivery.chats import Chats
from bot.flow import Companion
from bot.library import CONTENT, Library, in_language, load
from bot.storage.database import Database
from bot.understanding.reader import Reader
from tools.postgres import Postgres

settings.register_profile(
    "project",
    deadline=None,
    max_examples=100,
    derandomize=os.environ.get("CI", "").lower() not in ("", "0", "false"),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("project")


@pytest.fixture(scope="session")
def library() -> Library:
    return load()


@pytest.fixture(scope="session")
def spanish(library: Library) -> Library:
    return in_language(library, "es")


@pytest.fixture(scope="session")
def companion(library: Library) -> Companion:
    return Companion(library)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL for all tests of one process."""
    # Not below pytest's own folder, which is closed to the user that PostgreSQL runs as when we are root.
    with tempfile.TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as folder:
        server = Postgres(Path(folder))
        yield server
        server.stop()


@pytest.fixture(scope="session")
def template(postgres: Postgres) -> str:
    """The name of a PostgreSQL database with the tables of today."""
    return postgres.migrated_template("template_of_today")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of its own without tables; once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/companion.db"
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    url = postgres.new_database()
    yield url
    postgres.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of its own with the tables of today; once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/companion.db"
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    url = postgres.new_database(request.getfixturevalue("template"))
    yield url
    postgres.drop(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database of its own, with the tables of today; a test that uses it runs on each kind."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def chats(companion: Companion, database: Database) -> Chats:
    return Chats(companion, database)


@pytest.fixture
def restart(chats: Chats) -> Iterator[Callable[..., Chats]]:
    """Start the same bot once more on the same database, or with another secret."""
    opened: list[Database] = []

    def start(secret: str = "") -> Chats:
        opened.append(Database(chats.database.url, secret))
        return Chats(chats.companion, opened[-1])

    yield start
    for database in opened:
        database.close()


@pytest.fixture(scope="session")
def reader(companion: Companion) -> Reader:
    return companion.reader


class ContentCopy:
    """A copy of ``content/`` to plant faults in. Files are named as in a fault: ``en/rules.toml``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._touched: set[str] = set()

    def table(self, file: str) -> dict[str, Any]:
        """What a file holds; a copy of its own."""
        parsed = tomllib.loads((self.folder / file).read_text(encoding="utf-8"))
        return json.loads(json.dumps(parsed))

    def write(self, file: str, data: bytes) -> None:
        self._touched.add(file)
        (self.folder / file).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / file).write_bytes(data)

    def delete(self, file: str) -> None:
        self._touched.add(file)
        (self.folder / file).unlink()

    def change(self, file: str, change: Callable[[dict[str, Any]], object]) -> None:
        """Write ``file`` again as ``change`` leaves its table."""
        table = self.table(file)
        change(table)
        self.write(file, _toml(table).encode())

    def restore(self) -> None:
        for file in self._touched:
            if (CONTENT / file).exists():
                shutil.copy(CONTENT / file, self.folder / file)
            else:
                (self.folder / file).unlink(missing_ok=True)

    def put(self, file: str, where: tuple[str | int, ...], value: object) -> None:
        self.change(file, lambda table: _parent(table, where).__setitem__(where[-1], value))

    def add(self, file: str, where: tuple[str | int, ...], value: object) -> None:
        """Append to a list that may not be there yet."""
        self.change(file, lambda table: _parent(table, where).setdefault(where[-1], []).append(value))

    def remove(self, file: str, where: tuple[str | int, ...]) -> None:
        self.change(file, lambda table: _parent(table, where).__delitem__(where[-1]))


def _parent(table: Any, where: tuple[str | int, ...]) -> Any:
    return functools.reduce(lambda inner, key: inner[key], where[:-1], table)


def _toml(table: dict[str, Any]) -> str:
    return "".join(f"{_toml_value(key)} = {_toml_value(value)}\n" for key, value in table.items())


def _toml_value(value: object) -> str:
    if isinstance(value, dict):
        pairs = (f"{_toml_value(key)} = {_toml_value(inner)}" for key, inner in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml_value, value))}]"
    return json.dumps(value, ensure_ascii=False)


_parsed_once = functools.cache(tomllib.loads)


@pytest.fixture(scope="session")
def new_content(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], ContentCopy]:
    """Makes copies to keep, for what several tests share."""

    def copied() -> ContentCopy:
        return ContentCopy(Path(shutil.copytree(CONTENT, tmp_path_factory.mktemp("copy") / "content")))

    return copied


@pytest.fixture(scope="session")
def _content_copy(new_content: Callable[[], ContentCopy]) -> Path:
    return new_content().folder


@pytest.fixture
def content(_content_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ContentCopy]:
    monkeypatch.setattr(
        tomllib, "loads", _parsed_once
    )  # a test changes a file or two; the rest is parsed once
    copy = ContentCopy(_content_copy)
    yield copy
    copy.restore()
