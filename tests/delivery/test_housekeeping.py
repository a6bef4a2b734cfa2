"""The only process keeps house beside answering: news go out, what is old goes, and a fault stops neither."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.conversation.memory import Memory, Preferences
from bot.delivery import housekeeping
from bot.delivery.chats import Chats
from bot.delivery.housekeeping import Housekeeping
from bot.storage import incoming, mailings, memories
from bot.storage.outbox import Letter
from tests.answering import NOW

ANNA = 1001
PATIENCE_SECONDS = 10.0


class Tray:
    """Where letters are put to be sent."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.filled = asyncio.Event()

    def put(self, letters: list[Letter]) -> None:
        self.letters += letters
        if letters:
            self.filled.set()


@asynccontextmanager
async def kept(chats: Chats, tray: Tray) -> AsyncIterator[None]:
    running = asyncio.ensure_future(Housekeeping(chats, tray, lambda: NOW).run())
    try:
        yield
        assert not running.done(), "nobody keeps house any more"
    finally:
        running.cancel()
        await asyncio.wait([running])


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NEWS_SECONDS", "TIDY_SECONDS", "FIRST_TIDY_SECONDS"):
        monkeypatch.setattr(housekeeping, name, 0.01)


def want_news(connection: Connection) -> None:
    wanting = Memory(consent_at=NOW, preferences=Preferences(news=True))
    memories.save(connection, ANNA, Memory(), wanting)
    mailings.begin(connection, "june", "en", "Something new.", NOW)


async def so(chats: Chats, is_so: Callable[[Connection], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await chats.database.run(is_so):
            pass


async def test_news_are_put_in_the_tray_once(chats: Chats) -> None:
    tray = Tray()
    chats.database.run_now(want_news)

    async with kept(chats, tray):
        await asyncio.wait_for(tray.filled.wait(), PATIENCE_SECONDS)
        await so(chats, lambda connection: all(each.ended_at for each in mailings.every(connection)))

    assert [(letter.chat_id, letter.reply.plain) for letter in tray.letters] == [(ANNA, "Something new.")]


async def test_what_is_old_goes_and_what_is_new_stays(chats: Chats) -> None:
    chats.database.run_now(lambda connection: incoming.act(connection, 1, ANNA, NOW - timedelta(hours=26)))
    chats.database.run_now(lambda connection: incoming.act(connection, 2, ANNA, NOW - timedelta(hours=1)))

    async with kept(chats, Tray()):
        await so(chats, lambda connection: not incoming.was_acted_on(connection, 1))

    assert chats.database.run_now(lambda connection: incoming.was_acted_on(connection, 2))


async def test_a_fault_is_logged_and_tried_again(chats: Chats, caplog: pytest.LogCaptureFixture) -> None:
    chats.database.run_now(want_news)
    tray, put = Tray(), Tray.put
    tray.put = lambda letters: 1 / 0

    async with kept(chats, tray):
        async with asyncio.timeout(PATIENCE_SECONDS):
            while "the house could not be kept" not in caplog.text:
                await asyncio.to_thread(lambda: None)
        tray.put = lambda letters: put(tray, letters)
        chats.database.run_now(lambda connection: mailings.begin(connection, "july", "en", "More.", NOW))
        await asyncio.wait_for(tray.filled.wait(), PATIENCE_SECONDS)

    assert [letter.reply.plain for letter in tray.letters] == ["More."]
