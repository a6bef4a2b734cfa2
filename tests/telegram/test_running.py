"""The bot from start to stop: who it is, what it offers, why it cannot start, and what it leaves behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from running_bot import called, on
from telegram import Bot

from bot.delivery import clock
from bot.delivery.chats import Chats
from bot.playground.botapi import Simulator, User
from bot.settings import Settings
from bot.storage import outbox
from bot.storage.outbox import Urgency
from bot.telegram import polling
from bot.telegram import process as running
from bot.telegram.run import CannotStart, run
from bot.wording.reply import Reply

PATIENCE_SECONDS = 10


def settings_for(sim: Simulator, **more: str) -> Settings:
    given = {name.lower(): value for name, value in {**on(sim), **more}.items()}
    return Settings(_env_file=None, **given)


@asynccontextmanager
async def run_on(sim: Simulator, chats: Chats, **more: str) -> AsyncIterator[None]:
    """The bot, from its first poll on."""
    polled = called(sim, "getUpdates")
    task = asyncio.ensure_future(run(chats, settings_for(sim, **more)))
    waiting = asyncio.ensure_future(polled.wait())
    try:
        await asyncio.wait({task, waiting}, timeout=PATIENCE_SECONDS, return_when="FIRST_COMPLETED")
        assert polled.is_set()
        yield
    finally:
        waiting.cancel()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def why_not(sim: Simulator, chats: Chats) -> str:
    with pytest.raises(CannotStart) as stopped:
        await asyncio.wait_for(run(chats, settings_for(sim)), PATIENCE_SECONDS)
    return str(stopped.value)


async def test_the_bot_introduces_itself_when_it_starts(sim: Simulator, anna: User, chats: Chats) -> None:
    introduced = called(sim, "setChatMenuButton")

    async with run_on(sim, chats):
        await asyncio.wait_for(introduced.wait(), PATIENCE_SECONDS)

    assert {command["command"] for command in anna.commands()} == set(chats.companion.writer.commands())
    sim.assert_clean()
    assert sim.errors() == []


async def test_an_answer_does_not_wait_for_the_introduction(sim: Simulator, anna: User, chats: Chats) -> None:
    sim.fault("getMyCommands", "hang", seconds=3600)

    async with run_on(sim, chats):
        await anna.send("/help")
        await anna.expect("Write what hurts")


@pytest.mark.parametrize(("per_second", "asked"), [("29.5", None), ("30", None), ("900", "true")])
async def test_telegram_may_charge_only_a_bot_whose_operator_wants_more_than_is_free(
    sim: Simulator, anna: User, chats: Chats, per_second: str, asked: str | None
) -> None:
    async with run_on(sim, chats, MESSAGES_PER_SECOND=per_second):
        await anna.send("where is LI4")
        await anna.expect("LI4")

    (call,) = [call for call in sim.calls if call.method == "sendMessage"]
    assert call.params.get("allow_paid_broadcast") == asked


async def test_letters_go_out_as_fast_as_the_operator_says(sim: Simulator, anna: User, chats: Chats) -> None:
    anna.started = True
    for text in "abc":
        await chats.database.run(
            lambda connection, text=text: outbox.put(
                connection, chats.database.seal, anna.id, Urgency.CUE, Reply(text), clock.now()
            )
        )

    async with run_on(sim, chats, MESSAGES_PER_SECOND="5"):
        for text in "abc":
            await anna.expect(text)

    first, *_, last = [call.time for call in sim.calls if call.method == "sendMessage"]
    assert last - first > 0.3, "two gaps of 0.2 seconds, less what the first was late; by default 0.07"


async def test_a_menu_that_cannot_be_set_keeps_nobody_waiting(
    sim: Simulator, anna: User, chats: Chats
) -> None:
    sim.fault(("getMyCommands", "setMyCommands", "getMyDescription", "setMyDescription"), times=9)

    async with run_on(sim, chats):
        await anna.start()
        await anna.expect()


async def test_what_was_written_while_the_bot_was_down_is_answered_at_its_start(
    sim: Simulator, anna: User, chats: Chats
) -> None:
    await anna.send("my neck hurts")

    async with run_on(sim, chats):
        await anna.expect("neck pain", since=0)


async def test_a_webhook_of_earlier_times_is_no_obstacle(sim: Simulator, anna: User, chats: Chats) -> None:
    async with Bot(sim.token, base_url=sim.base_url) as earlier:
        await earlier.set_webhook("http://127.0.0.1:9/earlier")
    await anna.send("my neck hurts")

    async with run_on(sim, chats):
        await anna.expect("neck pain", since=0)


async def test_telegram_being_away_for_a_moment_delays_the_start(
    sim: Simulator, chats: Chats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "START_PAUSE_SECONDS", 0.01)
    for kind in ("error", "html502", "garbage", "drop"):
        sim.fault("getMe", kind)
    sim.fault("deleteWebhook")

    async with run_on(sim, chats):
        assert sim.counts["getMe"] == 5


async def test_telegram_asking_for_patience_at_the_start_gets_it(
    sim: Simulator, chats: Chats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "START_PAUSE_SECONDS", 0.01)
    sim.fault("getMe", "flood", retry_after=1)

    async with run_on(sim, chats):
        [first, second, *_] = [call.time for call in sim.calls if call.method == "getMe"]
        assert second - first >= 1


@pytest.mark.parametrize("kind", ["error", "hang"])
async def test_a_telegram_that_stays_away_is_named_in_one_sentence(
    sim: Simulator, chats: Chats, monkeypatch: pytest.MonkeyPatch, kind
) -> None:
    monkeypatch.setattr(running, "START_SECONDS", 0.3)
    monkeypatch.setattr(running, "START_PAUSE_SECONDS", 0.05)
    sim.fault("getMe", kind, times=1000)

    assert await why_not(sim, chats) == f"Telegram cannot be reached at http://{sim.host}:{sim.port}."


async def test_a_second_bot_with_the_same_token_is_named_in_one_sentence(
    sim: Simulator, chats: Chats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "FIRST_PAUSE_SECONDS", 0.01)
    conflict = "Conflict: terminated by other getUpdates request"
    sim.fault("getUpdates", times=1000, code=409, description=conflict)

    assert "Another process is running this bot" in await why_not(sim, chats)


async def test_a_token_that_is_revoked_is_named_in_one_sentence(sim: Simulator, chats: Chats) -> None:
    sim.fault("getUpdates", times=1000, code=401, description="Unauthorized")

    assert "does not accept the token" in await why_not(sim, chats)


async def test_every_poll_is_a_sign_of_life(sim: Simulator, anna: User, chats: Chats, tmp_path: Path) -> None:
    heartbeat = tmp_path / "heartbeat"

    async with run_on(sim, chats, heartbeat_file=str(heartbeat)):
        await anna.start()
        await anna.expect()
        assert heartbeat.exists()


async def test_a_sign_of_life_that_cannot_be_written_stops_nothing(
    sim: Simulator, anna: User, chats: Chats, tmp_path: Path
) -> None:
    async with run_on(sim, chats, heartbeat_file=str(tmp_path / "nowhere" / "heartbeat")):
        for text in ("my neck hurts", "where is LI4"):
            await anna.send(text)
            await anna.expect()
