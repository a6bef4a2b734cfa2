"""A strict local Telegram with all its limits, a bot that answers on it, and people who write to it."""

from __future__ import annotations

import logging
import socket
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from stand import Stand

from bot.delivery.chats import Chats
from bot.flow import Companion
from bot.library import Library
from bot.playground.botapi import Simulator, User


@pytest.fixture(autouse=True)
def _durations_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library warns about the numbers it will no longer give. The whole process is tested with those."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture(scope="session")
def companion(library: Library) -> Companion:
    """The companion without pictures: what is said does not depend on them, and each is a message more."""
    return Companion(replace(library, pictures=frozenset()))


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator() as sim:
        yield sim


@pytest.fixture
async def idle_stand(sim: Simulator, chats: Chats, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Stand]:
    """A stand that the test starts itself; stopped and inspected at the end."""
    stand = Stand(sim, chats)
    yield stand
    if stand.running:
        await stand.stop()
    stand.assert_clean()
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    errors = [each for each in records if each.name.startswith("bot") and each.levelno >= logging.ERROR]
    assert not [each.getMessage() for each in errors]


@pytest.fixture
async def stand(idle_stand: Stand) -> Stand:
    await idle_stand.start()
    return idle_stand


@pytest.fixture
def anna(sim: Simulator) -> User:
    return sim.user(1001, "Anna")


@pytest.fixture
def ben(sim: Simulator) -> User:
    return sim.user(1002, "Ben")


@pytest.fixture
def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
