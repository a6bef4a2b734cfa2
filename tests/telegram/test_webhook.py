"""Telegram brings updates to the one process: each is answered once and in order, and none is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from running_bot import called, on

from bot.delivery.chats import Chats
from bot.playground.botapi import Simulator, User
from bot.settings import Settings
from bot.telegram.run import run
from bot.telegram.webhook import SECRET_HEADER
from tools.fleet import free_port, until

SECRET = "sixteen-letters-or-more"
PATIENCE_SECONDS = 10


class Brought:
    """A bot to which Telegram brings its updates."""

    def __init__(self, sim: Simulator, chats: Chats) -> None:
        self.sim, self.chats = sim, chats
        self.url = f"http://127.0.0.1:{free_port()}/telegram"
        self.task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        settings = {
            **on(self.sim),
            "WEBHOOK_URL": self.url,
            "WEBHOOK_LISTEN": self.url.removeprefix("http://").removesuffix("/telegram"),
            "WEBHOOK_SECRET": SECRET,
        }
        known = called(self.sim, "setWebhook")
        given = {name.lower(): value for name, value in settings.items()}
        self.task = asyncio.ensure_future(run(self.chats, Settings(_env_file=None, **given)))
        await asyncio.wait_for(known.wait(), PATIENCE_SECONDS)

    async def stop(self) -> None:
        assert self.task
        self.task.cancel()
        await asyncio.wait({self.task})

    async def bring(self, update: dict[str, object]) -> int:
        """Bring an update as Telegram does; the status."""
        async with aiohttp.ClientSession() as session:
            headers = {SECRET_HEADER: SECRET}
            async with session.post(self.url, json=update, headers=headers) as answer:
                return answer.status


@pytest.fixture
async def brought(sim: Simulator, chats: Chats) -> AsyncIterator[Brought]:
    brought = Brought(sim, chats)
    await brought.start()
    yield brought
    await brought.stop()
    sim.assert_clean()


def text(anna: User, update_id: int, words: str) -> dict[str, object]:
    message = {"message_id": update_id, "date": anna.sim.now(), "chat": anna.chat.json, "from": anna.json}
    return {"update_id": update_id, "message": {**message, "text": words}}


async def test_what_is_brought_is_answered_and_nothing_is_fetched(
    brought: Brought, sim: Simulator, anna: User
) -> None:
    await anna.send("my neck hurts")
    await anna.expect("neck pain")

    await until(lambda: not sim.updates.pending)
    assert sim.counts["getUpdates"] == 0


async def test_messages_of_one_person_keep_their_order(brought: Brought, anna: User) -> None:
    for code in ("LI4", "BL23", "GB30"):
        await anna.send(f"where is {code}")
    await anna.expect("^GB30")

    answers = [event.text.split()[0] for event in anna.events if event.kind == "message"]
    assert answers == ["LI4", "BL23", "GB30"]


async def test_an_update_brought_twice_at_once_is_answered_once(brought: Brought, anna: User) -> None:
    anna.started = True
    update = text(anna, 77, "my neck hurts")

    assert await asyncio.gather(brought.bring(update), brought.bring(update)) == [200, 200]
    assert len([event for event in anna.events if event.kind == "message"]) == 1


async def test_what_comes_while_the_bot_is_down_is_brought_again(
    brought: Brought, sim: Simulator, anna: User
) -> None:
    sim.limits.webhook_backoff = 0.2
    await brought.stop()
    await anna.send("my neck hurts")
    await anna.expect_none(seconds=0.5)
    await brought.start()

    await anna.expect("neck pain", since=0)
