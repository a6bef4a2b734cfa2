"""The bot's process: a bot that falls is picked up, one that is told to go goes, and none is left behind."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator

import pytest
from puppetry import PATIENCE_SECONDS, Theatre, theatre

from bot.playground import leash
from bot.playground.process import LONGEST_PAUSE_SECONDS, BotProcess, BotState, pause_before_restart


@pytest.fixture
async def stage() -> AsyncIterator[Theatre]:
    async with theatre() as opened:
        yield opened


@contextlib.asynccontextmanager
async def running(command: list[str]) -> AsyncIterator[asyncio.Queue[BotState]]:
    states: asyncio.Queue[BotState] = asyncio.Queue()
    bot = BotProcess(command, os.environ, states.put_nowait, first_pause_seconds=0.01)
    task = asyncio.ensure_future(bot.run())
    try:
        yield states
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def test_a_bot_that_ends_is_started_again(stage: Theatre) -> None:
    async with running(stage.command) as states:
        first = await stage.next()
        first.leave(3)
        second = await stage.next()
        assert second.pid != first.pid
        seen = [await states.get() for _ in range(3)]
        assert [state.name for state in seen] == ["starting", "down", "starting"]
        assert seen[1].exit_code == 3


async def test_a_bot_with_a_wrong_setting_is_not_started_again(stage: Theatre) -> None:
    states: list[BotState] = []
    bot = BotProcess(stage.command, os.environ, states.append, first_pause_seconds=0.01)
    task = asyncio.ensure_future(bot.run())
    (await stage.next()).leave(2)
    assert await asyncio.wait_for(task, PATIENCE_SECONDS) == 2
    assert [state.name for state in states] == ["starting"]
    assert stage.empty()


async def test_a_stopped_playground_ends_its_bot(stage: Theatre) -> None:
    async with running(stage.command):
        puppet = await stage.next()
    await puppet.gone()
    assert stage.empty()


async def test_the_bot_dies_with_its_owner_even_when_nobody_could_say_goodbye(stage: Theatre) -> None:
    owner = await asyncio.create_subprocess_exec(
        sys.executable, leash.__file__, *stage.command, stdin=asyncio.subprocess.PIPE
    )
    puppet = await stage.next()
    assert owner.stdin is not None
    owner.stdin.close()  # what the system does to the pipe of a process that was killed
    await puppet.gone()
    await asyncio.wait_for(owner.wait(), PATIENCE_SECONDS)


async def test_the_leash_passes_on_how_the_bot_ended(stage: Theatre) -> None:
    owner = await asyncio.create_subprocess_exec(
        sys.executable, leash.__file__, *stage.command, stdin=asyncio.subprocess.PIPE
    )
    (await stage.next()).leave(7)
    assert await asyncio.wait_for(owner.wait(), PATIENCE_SECONDS) == 7
    assert owner.stdin is not None
    owner.stdin.close()


async def test_a_command_that_does_not_exist_is_reported_as_down() -> None:
    async with running(["/nowhere/bot"]) as states:
        seen = [await asyncio.wait_for(states.get(), PATIENCE_SECONDS) for _ in range(2)]
    assert [(state.name, state.exit_code) for state in seen] == [("starting", None), ("down", 127)]


def test_pauses_double_and_stay_bearable() -> None:
    assert [pause_before_restart(failures, 1.0) for failures in (1, 2, 3)] == [1.0, 2.0, 4.0]
    assert pause_before_restart(1000, 1.0) == LONGEST_PAUSE_SECONDS
