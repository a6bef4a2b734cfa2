"""`python -m bot playground`: a local Telegram with the real bot in it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from bot.playground.botapi import TOKEN, Simulator
from bot.playground.clock import MovedClock
from bot.playground.process import FIRST_PAUSE_SECONDS, BotProcess, BotState
from bot.playground.stage import PEOPLE, Person, Stage
from bot.playground.web import build_site

HOST = "127.0.0.1"
BOT_NAME = "Acupressure companion"
BOT_USERNAME = "acupressure_companion_bot"
# Meant for the bot on Telegram: the local one polls, and must not feign its sign of life.
LEFT_OUT = frozenset({"WEBHOOK_URL", "WEBHOOK_LISTEN", "WEBHOOK_SECRET", "HEALTH_LISTEN", "HEARTBEAT_FILE"})
CLOCK_FILE, DATABASE_FILE = "clock", "playground.db"
OPERATOR_ID = 900
"""Whoever runs the bot. Nobody sits in that chat; it is where pictures are uploaded before they are shown."""
BOT_COMMAND = (sys.executable, "-m", "bot")


@dataclass(frozen=True)
class Playground:
    """A playground that is being served: where, what is on its page, and the bot behind it.

    `bot` ends by itself, with an exit code, only when starting the bot again would be in vain.
    """

    url: str
    stage: Stage
    bot: asyncio.Task[int]


async def run_playground(
    port: int,
    command: Sequence[str] = BOT_COMMAND,
    *,
    environment: Mapping[str, str] | None = None,
    first_pause_seconds: float = FIRST_PAUSE_SECONDS,
) -> int:
    """Serve the playground on 127.0.0.1 until SIGINT or SIGTERM; the exit code.

    Says where the page is once the bot asks for updates. An address that cannot be had is exit code 1 and one
    sentence on standard error. A wrong setting is exit code 2, and the bot's own sentence says which one.
    The other arguments are those of `open_playground`.
    """
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    try:
        async with open_playground(
            port, command, environment=environment, first_pause_seconds=first_pause_seconds
        ) as playground:
            announcing = asyncio.create_task(_announce(playground))
            told = asyncio.create_task(stopping.wait())
            await asyncio.wait((told, playground.bot), return_when=asyncio.FIRST_COMPLETED)
            announcing.cancel()
            told.cancel()
            if not stopping.is_set():
                return playground.bot.result()
    except PortTaken as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
    return 0


@contextlib.asynccontextmanager
async def open_playground(
    port: int,
    command: Sequence[str] = BOT_COMMAND,
    *,
    people: Sequence[Person] = PEOPLE,
    environment: Mapping[str, str] | None = None,
    first_pause_seconds: float = FIRST_PAUSE_SECONDS,
) -> AsyncIterator[Playground]:
    """Serve the playground on 127.0.0.1 and keep the bot running until the block ends.

    `port` 0 takes a free one. `command` starts the bot; it gets `environment` (default: this process's own)
    with the token and the address of the local server. Raises PortTaken.
    """
    with _listen(port) as listener, tempfile.TemporaryDirectory() as folder:
        port = listener.getsockname()[1]
        url = f"http://{HOST}:{port}"
        async with Simulator(first_name=BOT_NAME, username=BOT_USERNAME, listen=False) as simulator:
            simulator.port = port
            simulator.user(OPERATOR_ID, "Operator").started = True
            stage = Stage(simulator, people, MovedClock(Path(folder) / CLOCK_FILE))
            site = build_site(stage)
            runner = web.AppRunner(site, access_log=None, handler_cancellation=True, shutdown_timeout=1.0)
            await runner.setup()
            await web.SockSite(runner, listener).start()
            bot = BotProcess(
                command,
                _bot_environment(environment or os.environ, url, Path(folder)),
                lambda state: _report(stage, state, url),
                first_pause_seconds=first_pause_seconds,
            )
            running = asyncio.create_task(bot.run())
            try:
                yield Playground(url, stage, running)
            finally:
                running.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await running
                await runner.cleanup()


class PortTaken(Exception):
    """The playground cannot listen on its port; the text is a sentence for the reader."""


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        # Two sockets can share an address until one of them listens, so the fault may only show here.
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        raise PortTaken(_why_not(port, error)) from error
    return listener


def _why_not(port: int, error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8080
        return f"Port {port} is taken. Try another one: python -m bot playground --port {other}"
    reason = error.strerror if isinstance(error, OSError) else "a port is a number from 0 to 65535"
    return f"The playground cannot listen on {HOST}:{port}: {reason}."


def _bot_environment(environment: Mapping[str, str], url: str, folder: Path) -> dict[str, str]:
    """What the bot is told: this server, and a database and a clock that end with the playground."""
    kept = {name: value for name, value in environment.items() if name not in LEFT_OUT}
    return kept | {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": url,
        "DATABASE_URL": f"sqlite:///{folder / DATABASE_FILE}",
        "CLOCK_FILE": str(folder / CLOCK_FILE),
        "ADMIN_CHAT_ID": str(OPERATOR_ID),
    }


def _report(stage: Stage, state: BotState, url: str) -> None:
    stage.set_state(state)
    if state.name == "down":
        sentence = f"The bot stopped with exit code {state.exit_code}. "
        sentence += f"It is started again in {state.pause_seconds:g} s. How it is doing: {url}"
        print(sentence, file=sys.stderr, flush=True)


async def _announce(playground: Playground) -> None:
    await playground.stage.polled.wait()
    print(f"The playground is open at {playground.url}", flush=True)
