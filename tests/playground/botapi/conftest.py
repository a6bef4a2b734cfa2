"""A fresh local server for every test, a person who has started the bot, and the real client library."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import ClientSession, FormData
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.playground.botapi import Simulator, User

Post = Callable[..., Awaitable[dict[str, Any]]]


class MovableClock:
    """A clock that stands still until it is moved. Unix seconds."""

    def __init__(self) -> None:
        self.time = 1_800_000_000.0

    def __call__(self) -> float:
        return self.time

    def move(self, seconds: float) -> None:
        self.time += seconds


@pytest.fixture(autouse=True)
def _durations_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library warns about the numbers it will no longer give."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def sim(clock: MovableClock) -> AsyncIterator[Simulator]:
    async with Simulator(clock=clock) as sim:
        yield sim


@pytest.fixture
async def bot(sim: Simulator) -> AsyncIterator[Bot]:
    def client() -> HTTPXRequest:
        return HTTPXRequest(httpx_kwargs={"verify": False})  # certificates take long to load and are not used

    bot = Bot(
        sim.token,
        base_url=sim.base_url,
        base_file_url=sim.base_file_url,
        request=client(),
        get_updates_request=client(),
    )
    async with bot:
        yield bot


@pytest.fixture
async def anna(sim: Simulator) -> User:
    """A person whose first message the bot has read already."""
    anna = sim.user(1001, "Anna", "de")
    await anna.start()
    sim.updates.pending.clear()
    return anna


@pytest.fixture
async def post(sim: Simulator) -> AsyncIterator[Post]:
    """Call a method without a library in between: as JSON, or as a form."""
    async with ClientSession() as session:

        async def post(method: str, *, form: FormData | None = None, **params: Any) -> dict[str, Any]:
            url = f"{sim.base_url}{sim.token}/{method}"
            sending = session.post(url, data=form) if form else session.post(url, json=params)
            async with sending as answer:
                body: dict[str, Any] = await answer.json()
                assert answer.status == body.get("error_code", 200)
                return body

        yield post


@pytest.fixture
def png() -> bytes:
    """The head of a picture of 1600 x 400 pixels, which is all the server looks at."""
    size = (1600).to_bytes(4, "big") + (400).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + size + bytes(20)
