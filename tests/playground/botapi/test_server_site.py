"""The playground serves its page and the Bot API at one address, and moves time at will."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import NetworkError

from bot.playground.botapi import Simulator
from bot.playground.botapi.spec import load_spec


@pytest.fixture
async def site() -> AsyncIterator[Simulator]:
    """A simulator without a socket of its own, in a site that has a page as well."""

    async def page(request: web.Request) -> web.Response:
        return web.Response(text="the page")

    async with Simulator(listen=False) as sim:
        app = web.Application()
        app.router.add_get("/", page)
        sim.routes(app)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        sim.port = runner.addresses[0][1]
        yield sim
        await runner.cleanup()


async def test_one_site_serves_the_page_and_the_bot(site: Simulator) -> None:
    async with site.session.get(f"http://127.0.0.1:{site.port}/") as answer:
        assert await answer.text() == "the page"
    async with Bot(site.token, base_url=site.base_url) as bot:
        ben = site.user(1002, "Ben")
        await ben.start()
        await bot.send_message(ben.id, "Hello Ben")
        await ben.expect("Hello Ben")


async def test_a_site_can_be_offline_for_the_bot_alone(site: Simulator) -> None:
    async with Bot(site.token, base_url=site.base_url) as bot:
        await site.offline()
        with pytest.raises(NetworkError):
            await bot.get_me()
        async with site.session.get(f"http://127.0.0.1:{site.port}/") as answer:
            assert answer.status == 200
        await site.online()
        assert (await bot.get_me()).is_bot


async def test_everything_is_dated_by_the_clock(bot: Bot, sim: Simulator, anna, clock) -> None:
    clock.move(seconds=3600)
    sent = await bot.send_message(anna.id, "a")
    await anna.send("b")
    [update] = await bot.get_updates()
    assert sent.date.timestamp() == update.message.date.timestamp() == clock.time
    assert {event.time for event in anna.events[1:]} == {clock.time}
    assert sim.calls[-1].time == clock.time


async def test_a_later_run_has_other_update_ids_and_file_ids(clock) -> None:
    seen: set[object] = set()
    for _ in range(2):
        async with Simulator(clock=clock) as sim:
            await sim.user(1, "Ben").send_voice()
            seen |= sim.updates.pending.keys() | sim.files.keys()
        clock.move(seconds=60)
    assert len(seen) == 4


def test_the_spec_is_that_of_bot_api_10_1() -> None:
    spec = load_spec()
    assert spec.version == "10.1"
    assert spec.method_name("SENDMESSAGE") == "sendMessage"


def test_every_type_has_a_dummy_that_fits_it() -> None:
    spec = load_spec()
    received = spec.types.keys() - {"InputFile"}  # which is only sent
    assert [problem for name in received for problem in spec.check(spec.dummy(name), [name], name)] == []


def test_a_text_is_enough_where_a_rich_text_may_be() -> None:
    spec = load_spec()
    assert spec.check("plain", ["RichText"], "text") == []
    assert spec.check(["plain", {"type": "bold", "text": "loud"}], ["RichText"], "text") == []
    assert spec.check({"type": "bold"}, ["RichText"], "text") == [
        "text: field 'text' of RichTextBold is missing"
    ]
