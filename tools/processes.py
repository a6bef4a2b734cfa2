"""The two sides of a measurement as processes of their own: the bot, and the local Telegram it talks to.

What the kernel counts for a process is read from ``/proc``, so this runs on Linux.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

from bot.playground.botapi import TOKEN, Limits, Simulator, User

ROOT = Path(__file__).parents[1]
BOT = (sys.executable, "-m", "bot")
PATIENCE_SECONDS = 60.0
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Arrival:
    """A message that the server took: when, in Unix seconds, for whom, and its buttons as they were sent."""

    at: float
    chat_id: int
    markup: str


class Telegram:
    """The strict local server in a process of its own, with people who have all started the bot."""

    def __init__(self, people: Iterable[int], *, flood: bool) -> None:
        """``flood`` says whether it keeps to Telegram's limits for messages a second."""
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(theirs, list(people), flood), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        self.port: int = self._pipe.recv()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.join()

    @property
    def environment(self) -> dict[str, str]:
        """The settings by which a bot finds it."""
        return {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": f"http://127.0.0.1:{self.port}"}

    def ask(self, what: str, *arguments: Any) -> Any:
        """What the method of ``_Desk`` with this name answers."""
        self._pipe.send((what, arguments))
        return self._pipe.recv()

    def wait_for_polls(self, bot: Process, calls: int = 1) -> float:
        """Wait until so many polls have come in all; the seconds since the bot was started."""
        while self.ask("polls") < calls:
            if bot.ended or time.time() - bot.started_at > PATIENCE_SECONDS:
                raise SystemExit("The bot does not come up.")
            time.sleep(0.01)
        return time.time() - bot.started_at


class _Desk:
    """What the measuring process may ask the server."""

    def __init__(self, sim: Simulator) -> None:
        self._sim = sim
        self._answer_seconds: list[float] = []
        self._writing: asyncio.Task[None] | None = None

    def polls(self) -> int:
        """How often the bot asked for updates."""
        return self._sim.counts["getUpdates"]

    def arrivals(self) -> list[Arrival]:
        """Every message that was taken."""
        return [
            Arrival(call.time, int(call.params["chat_id"]), call.params.get("reply_markup", ""))
            for call in self._sim.calls
            if call.method == "sendMessage" and call.error is None
        ]

    def too_many(self) -> int:
        """How many calls were refused because there were too many."""
        return sum(call.error is not None and call.error.code == 429 for call in self._sim.calls)

    def wrong(self) -> list[str]:
        """What the server refused for other reasons, or a correct bot would not have done."""
        refused = [f"{call.method}: {call.error}" for call in self._sim.errors()]
        return refused + [f"{each.method}: {each.text}" for each in self._sim.violations]

    def write(self, person: int, text: str, every_seconds: float) -> None:
        """Have a person write again and again, from now on."""
        self._writing = asyncio.create_task(self._write(self._sim.users[person], text, every_seconds))

    async def _write(self, person: User, text: str, every_seconds: float) -> None:
        while True:
            began = time.perf_counter()
            await person.send(text)
            with suppress(AssertionError):  # no answer at all counts as one that took as long as that
                await person.expect(timeout=PATIENCE_SECONDS)
            self._answer_seconds.append(time.perf_counter() - began)
            await asyncio.sleep(max(0.0, every_seconds - (time.perf_counter() - began)))

    def answer_seconds(self) -> list[float]:
        """How long each answer took since this was asked last."""
        taken, self._answer_seconds = self._answer_seconds, []
        return taken


def _serve(pipe: Connection, people: list[int], flood: bool) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asyncio.run(_serve_until_killed(pipe, people, flood))


async def _serve_until_killed(pipe: Connection, people: list[int], flood: bool) -> None:
    async with Simulator(limits=Limits(flood=flood)) as sim:
        for number in people:
            sim.user(number, f"Person {number}").started = True
        desk = _Desk(sim)
        pipe.send(sim.port)
        while True:
            what, arguments = await asyncio.to_thread(pipe.recv)
            pipe.send(getattr(desk, what)(*arguments))


class Process:
    """A bot that runs, in a folder of its own where no ``.env`` of a developer lies."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        self.started_at = time.time()
        given = {"LOG_LEVEL": "WARNING", "PYTHONPATH": str(ROOT), **environment}
        self._process = subprocess.Popen(command, cwd=folder, env=os.environ | given)

    @property
    def ended(self) -> bool:
        """Whether it runs no more."""
        return self._process.poll() is not None

    @property
    def cpu_seconds(self) -> float:
        """Processor time it has used so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND

    @property
    def megabytes(self) -> float:
        """Memory it holds now."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def kill(self) -> None:
        """As ``kill -9`` does."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """As Ctrl-C does."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=PATIENCE_SECONDS)
