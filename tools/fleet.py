"""A receiver and workers as processes of their own, for tests and benchmarks."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import IO

from bot.playground.botapi import Simulator
from bot.settings import Settings

SECRET = "a-secret-of-sixteen-letters"
START_SECONDS = 90.0
ROOT = Path(__file__).parents[1]


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def until(so: Callable[[], bool]) -> None:
    """Wait until it is so: what other processes do sets no event here."""
    async with asyncio.timeout(START_SECONDS):
        while not so():
            await asyncio.to_thread(time.sleep, 0.05)


def _environment(settings: dict[str, str]) -> dict[str, str]:
    ours = {field.upper() for field in Settings.model_fields}
    kept = {name: value for name, value in os.environ.items() if name.upper() not in ours}
    return {**kept, "PYTHONPATH": str(ROOT), **settings}


class Fleet:
    """One receiver and some workers."""

    def __init__(self, sim: Simulator, database_url: str, folder: Path, **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/telegram"
        self.workers: list[Process] = []
        self._sim, self._folder = sim, folder
        self._settings = {
            "TELEGRAM_BOT_TOKEN": sim.token,
            "TELEGRAM_API_URL": f"http://{sim.host}:{sim.port}",
            "DATABASE_URL": database_url,
            "WEBHOOK_URL": self.url,
            "WEBHOOK_LISTEN": f"127.0.0.1:{self.port}",
            "WEBHOOK_SECRET": SECRET,
            **settings,
        }
        self.processes: list[Process] = []
        self._logs: list[IO[bytes]] = []

    async def start(self, *arguments: str, ready: str, **settings: str) -> Process:
        """Start a process and wait until it says that it is ready."""
        name = f"{arguments[0] if arguments else 'bot'}-{len(self._logs)}.log"
        log = (self._folder / name).open("wb")
        self._logs.append(log)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *arguments),
            cwd=self._folder,
            env=_environment({**self._settings, **settings}),
            stdin=DEVNULL,
            stdout=log,
            stderr=log,
        )
        self.processes.append(process)
        try:
            await until(lambda: ready in self.log(name) or process.returncode is not None)
        except TimeoutError:
            print(f"{name} is not ready; it wrote:\n{self.log(name)}", file=sys.stderr)
            await self.end(process, signal.SIGKILL)
            raise
        assert process.returncode is None, self.log(name)
        return process

    async def web(self) -> Process:
        """Start the receiver, and wait until Telegram knows it."""
        process = await self.start("web", ready="receiving for")
        await until(lambda: self._sim.counts["setWebhook"] > 0)
        return process

    async def worker(self) -> Process:
        """Start one more worker."""
        process = await self.start("worker", ready="working for")
        self.workers.append(process)
        return process

    def log(self, name: str = "") -> str:
        """What the processes, or one of them, wrote."""
        return "".join(path.read_text() for path in sorted(self._folder.glob(name or "*.log")))

    async def end(self, process: Process, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; the exit code."""
        process.send_signal(number)
        return await asyncio.wait_for(process.wait(), 20)

    async def close(self) -> None:
        """Kill what is left."""
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        for log in self._logs:
            log.close()


@contextlib.asynccontextmanager
async def fleet(sim: Simulator, database_url: str, folder: Path, workers: int) -> AsyncIterator[Fleet]:
    """A receiver and this many workers."""
    them = Fleet(sim, database_url, folder)
    try:
        await asyncio.gather(them.web(), *(them.worker() for _ in range(workers)))
        yield them
    finally:
        await them.close()
