"""The bot as a process of its own: started like an operator does, next to a local Telegram or without one."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.playground.botapi import Simulator
from bot.playground.botapi.calls import Call
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
PATIENCE_SECONDS = 30.0


@dataclass(frozen=True)
class Ended:
    """What a process left behind."""

    code: int
    out: str
    err: str


def environment(code: Path = ROOT, **settings: str) -> dict[str, str]:
    """The environment of a bot with these settings and no others, running the source in ``code``."""
    ours = {field.upper() for field in Settings.model_fields}
    kept = {name: value for name, value in os.environ.items() if name.upper() not in ours}
    return {**kept, "PYTHONPATH": str(code), "PYTHONDONTWRITEBYTECODE": "1", **settings}


def on(sim: Simulator) -> dict[str, str]:
    """The settings for a bot on this local Telegram."""
    return {"TELEGRAM_BOT_TOKEN": sim.token, "TELEGRAM_API_URL": f"http://{sim.host}:{sim.port}"}


def called(sim: Simulator, method: str, times: int = 1) -> asyncio.Event:
    """Set when the method has been called this many times from now on."""
    event, before, record = asyncio.Event(), sim.counts[method], sim.record

    def record_and_tell(*call: Any) -> Call:
        recorded = record(*call)
        if sim.counts[method] >= before + times:
            event.set()
        return recorded

    sim.record = record_and_tell
    return event


@contextlib.asynccontextmanager
async def started(
    folder: Path, *arguments: str, code: Path = ROOT, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A bot that runs in ``folder``, where no ``.env`` of a developer lies; killed at the end."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=folder,
        env=environment(code, **settings),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def end_of(process: asyncio.subprocess.Process, given: bytes | None = None) -> Ended:
    out, err = await asyncio.wait_for(process.communicate(given), PATIENCE_SECONDS)
    assert process.returncode is not None
    return Ended(process.returncode, out.decode(), err.decode())


async def ran(
    folder: Path, *arguments: str, given: bytes | None = None, code: Path = ROOT, **settings: str
) -> Ended:
    """A bot that ends by itself."""
    async with started(folder, *arguments, code=code, **settings) as process:
        return await end_of(process, given)
