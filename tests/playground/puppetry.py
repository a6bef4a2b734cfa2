"""The test's end of the strings to a puppet (see puppet.py)."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PUPPET = Path(__file__).with_name("puppet.py")
PATIENCE_SECONDS = 20.0


@dataclass(frozen=True)
class Puppet:
    """One run of the stand-in bot."""

    pid: int
    given: dict[str, str]
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def poll(self) -> Any:
        self.writer.write(b"poll\n")
        return json.loads(await asyncio.wait_for(self.reader.readline(), PATIENCE_SECONDS))

    def leave(self, code: int) -> None:
        self.writer.write(f"exit {code}\n".encode())

    async def gone(self) -> None:
        """Wait until the process has ended."""
        assert await asyncio.wait_for(self.reader.read(), PATIENCE_SECONDS) == b""


class Theatre:
    """Where puppets report; `command` starts one."""

    def __init__(self, port: int, arrivals: asyncio.Queue[Puppet]) -> None:
        self.command = [sys.executable, str(PUPPET), str(port)]
        self._arrivals = arrivals

    async def next(self) -> Puppet:
        """The next puppet that starts."""
        return await asyncio.wait_for(self._arrivals.get(), PATIENCE_SECONDS)

    def empty(self) -> bool:
        """Whether every puppet that started has been met."""
        return self._arrivals.empty()


@asynccontextmanager
async def theatre() -> AsyncIterator[Theatre]:
    arrivals: asyncio.Queue[Puppet] = asyncio.Queue()
    writers: list[asyncio.StreamWriter] = []

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        greeting = json.loads(await reader.readline())
        arrivals.put_nowait(Puppet(greeting["pid"], greeting["given"], reader, writer))

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    async with server:
        yield Theatre(server.sockets[0].getsockname()[1], arrivals)
        for writer in writers:
            writer.close()
