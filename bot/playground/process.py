"""The bot as a child process: started, watched, started again, stopped."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.playground import leash

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
SETTLED_SECONDS = 60.0
WRONG_SETTING = 2  # the bot's exit code for a setting that cannot be; starting it again changes nothing
STOP_SECONDS = leash.GRACE_SECONDS + 3.0


@dataclass(frozen=True)
class BotState:
    """What the header of the page says about the bot.

    `starting`: the process runs and has not asked for updates yet. `ready`: it has. `down`: it ended with
    `exit_code` and is started again after `pause_seconds`.
    """

    name: Literal["starting", "ready", "down"]
    exit_code: int | None = None
    pause_seconds: float = 0.0


def pause_before_restart(failures: int, first: float = FIRST_PAUSE_SECONDS) -> float:
    """Seconds to wait after the given number of quick failures in a row (1 or more), doubling up to 30."""
    return min(LONGEST_PAUSE_SECONDS, first * 2.0 ** min(failures - 1, 10))


class BotProcess:
    """Keeps one bot running; tells `on_state` about every start, and every end that it starts again from."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        on_state: Callable[[BotState], None],
        *,
        first_pause_seconds: float = FIRST_PAUSE_SECONDS,
    ) -> None:
        self._command = [sys.executable, str(Path(leash.__file__)), *command]
        self._environment = dict(environment)
        self._on_state = on_state
        self._first_pause_seconds = first_pause_seconds

    async def run(self) -> int:
        """Run the bot, and start it again whenever it falls, until a setting is wrong; that exit code.

        The bot itself has said which setting. Faulty content can be mended while the page is open, so a bot
        that falls over it is started again. Cancelling ends the process cleanly before the cancellation
        goes on.
        """
        failures = 0
        while True:
            began = asyncio.get_running_loop().time()
            exit_code = await self._once()
            if exit_code == WRONG_SETTING:
                return exit_code
            lasted = asyncio.get_running_loop().time() - began
            failures = 1 if lasted > SETTLED_SECONDS else failures + 1
            pause = pause_before_restart(failures, self._first_pause_seconds)
            self._on_state(BotState("down", exit_code, pause))
            await asyncio.sleep(pause)

    async def _once(self) -> int:
        self._on_state(BotState("starting"))
        # An own session keeps Ctrl-C in the terminal away from the bot: the playground alone ends it.
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=asyncio.subprocess.PIPE, env=self._environment, start_new_session=True
        )
        try:
            return await process.wait()
        except asyncio.CancelledError:
            await asyncio.shield(self._stop(process))
            raise

    @staticmethod
    async def _stop(process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
