"""Updates are the bot's only ears: none may be lost, come twice, or come in the wrong order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web
from expecting import arrival, refused
from telegram import Bot
from telegram.error import Conflict

from bot.playground.botapi import Simulator, User


def texts(updates) -> list[str]:
    return [update.message.text for update in updates]


async def test_updates_stay_until_the_offset_confirms_them(bot: Bot, anna: User) -> None:
    for text in ("one", "two", "three"):
        await anna.send(text)
    first = await bot.get_updates(limit=2)
    assert texts(first) == ["one", "two"]
    assert texts(await bot.get_updates(limit=2)) == ["one", "two"]
    rest = await bot.get_updates(offset=first[-1].update_id + 1)
    assert texts(rest) == ["three"]
    assert await bot.get_updates(offset=rest[-1].update_id + 1, timeout=0) == ()


async def test_a_negative_offset_keeps_only_the_newest(bot: Bot, anna: User) -> None:
    for text in ("one", "two", "three"):
        await anna.send(text)
    assert texts(await bot.get_updates(offset=-1)) == ["three"]
    assert texts(await bot.get_updates()) == ["three"]


async def test_update_ids_count_up_by_one(bot: Bot, anna: User) -> None:
    await anna.send("one")
    await anna.send("two")
    first, second = await bot.get_updates()
    assert second.update_id == first.update_id + 1


async def test_a_poll_waits_for_news(bot: Bot, sim: Simulator, anna: User) -> None:
    polled = arrival(sim, "getUpdates")
    waiting = asyncio.ensure_future(bot.get_updates(timeout=50))
    await polled.wait()
    await anna.send("here I am")
    assert texts(await asyncio.wait_for(waiting, 5)) == ["here I am"]


async def test_a_second_poll_ends_the_first_with_409(bot: Bot, sim: Simulator, anna: User) -> None:
    polled = arrival(sim, "getUpdates")
    first = asyncio.ensure_future(bot.get_updates(timeout=10))
    await polled.wait()
    second = asyncio.ensure_future(bot.get_updates(timeout=10))
    with refused("terminated by other getUpdates request", Conflict):
        await first
    await anna.send("for the second")
    assert texts(await second) == ["for the second"]


async def test_a_bot_gets_only_the_kinds_it_asked_for(bot: Bot, anna: User) -> None:
    msg = await anna.send("one")
    await anna.react(msg, "👍")
    assert len(await bot.get_updates()) == 1  # reactions have to be asked for
    assert await bot.get_updates(offset=-1, allowed_updates=["message_reaction"])
    await anna.send("not asked for")
    await anna.react(msg, "👎")
    [*_, update] = await bot.get_updates()
    assert [one.emoji for one in update.message_reaction.old_reaction] == ["👍"]
    assert [one.emoji for one in update.message_reaction.new_reaction] == ["👎"]


class Receiver:
    """The bot's end of a webhook. `answer` decides the response to each update."""

    def __init__(self) -> None:
        self.got: asyncio.Queue[tuple[dict[str, Any], str | None]] = asyncio.Queue()
        self.answer: Callable[[dict[str, Any]], web.Response] = lambda update: web.Response()
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.url = ""

    async def receive(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.got.put_nowait((update, request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        await self.may_answer.wait()
        return self.answer(update)

    async def next_text(self) -> str:
        update, _ = await asyncio.wait_for(self.got.get(), 5)
        text: str = update["message"]["text"]
        return text


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver, app = Receiver(), web.Application()
    app.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    receiver.may_answer.set()
    await runner.cleanup()


async def test_a_webhook_gets_old_and_new_updates_with_the_secret(
    bot: Bot, anna: User, receiver: Receiver
) -> None:
    await anna.send("before")
    await bot.set_webhook(receiver.url, secret_token="Open-Sesame_1")
    await anna.send("after")
    for text in ("before", "after"):
        update, secret = await asyncio.wait_for(receiver.got.get(), 5)
        assert (update["message"]["text"], secret) == (text, "Open-Sesame_1")


async def test_a_webhook_keeps_the_order_in_each_chat_and_lets_chats_pass_each_other(
    bot: Bot, sim: Simulator, anna: User, receiver: Receiver
) -> None:
    await bot.set_webhook(receiver.url)
    receiver.may_answer.clear()
    await anna.send("Anna 1")
    await anna.send("Anna 2")
    assert await receiver.next_text() == "Anna 1"
    await sim.user(1002, "Ben").send("Ben 1")
    assert await receiver.next_text() == "Ben 1"
    receiver.may_answer.set()
    assert await receiver.next_text() == "Anna 2"


async def test_an_update_is_delivered_again_until_it_is_accepted(
    bot: Bot, sim: Simulator, anna: User, receiver: Receiver
) -> None:
    sim.limits.webhook_backoff = 0.01
    statuses = iter([500, 503, 200])
    receiver.answer = lambda update: web.Response(status=next(statuses))
    await bot.set_webhook(receiver.url)
    await anna.send("again")
    assert [await receiver.next_text() for _ in range(3)] == ["again"] * 3
    assert "503" in (await bot.get_webhook_info()).last_error_message


async def test_the_first_repetition_comes_at_once(
    bot: Bot, sim: Simulator, anna: User, receiver: Receiver
) -> None:
    sim.limits.webhook_backoff = 3600
    statuses = iter([500, 200])
    receiver.answer = lambda update: web.Response(status=next(statuses))
    await bot.set_webhook(receiver.url)
    await anna.send("again")
    assert [await receiver.next_text() for _ in range(2)] == ["again"] * 2


async def test_a_bot_may_answer_an_update_with_a_call(
    bot: Bot, sim: Simulator, anna: User, receiver: Receiver
) -> None:
    call = {"method": "sendMessage", "chat_id": anna.id, "text": "by return"}
    receiver.answer = lambda update: web.json_response(call)
    await bot.set_webhook(receiver.url)
    await anna.send("hello")
    await anna.expect("by return")
    assert sim.counts["sendMessage"] == 1


async def test_an_answer_to_an_update_cannot_take_the_webhook_away(
    bot: Bot, sim: Simulator, anna: User, receiver: Receiver
) -> None:
    receiver.answer = lambda update: web.json_response({"method": "deleteWebhook"})
    await bot.set_webhook(receiver.url)
    for text in ("one", "two"):
        await anna.send(text)
        assert await receiver.next_text() == text
    assert sim.counts["deleteWebhook"] == 0


async def test_polling_and_a_webhook_exclude_each_other(bot: Bot, anna: User, receiver: Receiver) -> None:
    await bot.set_webhook(receiver.url)
    with refused("can't use getUpdates method while webhook is active", Conflict):
        await bot.get_updates()
    await bot.delete_webhook()
    await anna.send("polled")
    assert texts(await bot.get_updates()) == ["polled"]


async def test_deleting_a_webhook_can_drop_what_is_pending(bot: Bot, anna: User) -> None:
    await anna.send("old")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


@pytest.mark.parametrize(
    ("url", "secret", "reason"),
    [
        ("http://example.org/hook", "", "bad webhook: An HTTPS URL must be provided for webhook"),
        ("https://example.org:8080/hook", "", "Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ("nowhere", "", "invalid webhook URL specified"),
        ("https://example.org/hook", "a b", "secret token contains unallowed characters"),
    ],
)
async def test_a_webhook_has_to_follow_the_rules(bot: Bot, url: str, secret: str, reason: str) -> None:
    with refused(reason):
        await bot.set_webhook(url, secret_token=secret)
