"""Whoever runs the bot sees whether it is well and how busy it is; nobody sees who uses it, or for what."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession
from test_running import PATIENCE_SECONDS, run_on, settings_for

from bot import meters
from bot.delivery.chats import Chats
from bot.playground.botapi import Simulator, User
from bot.telegram.process import CannotStart
from bot.telegram.run import run

WORD = "zanzibarquux"


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch, free_port: int) -> str:
    """Where health is shown by a process that has counted nothing so far."""
    monkeypatch.setattr(meters, "_meters", None)
    return f"127.0.0.1:{free_port}"


@pytest.fixture
async def web() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


async def health(web: ClientSession, place: str) -> tuple[int, dict[str, Any]]:
    async with web.get(f"http://{place}/healthz") as answer:
        return answer.status, await answer.json()


async def healthy(web: ClientSession, place: str) -> dict[str, Any]:
    """What a process says of itself as soon as it is well."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            status, state = await health(web, place)
            if status == 200:
                return state


async def figures(web: ClientSession, place: str) -> str:
    async with web.get(f"http://{place}/metrics") as answer:
        assert answer.status == 200
        assert answer.content_type == "text/plain"
        return await answer.text()


def figure(told: str, name: str) -> float:
    found = re.search(rf"^companion_{re.escape(name)} (\S+)$", told, re.MULTILINE)
    assert found, f"{name} is not in\n{told}"
    return float(found[1])


async def test_a_bot_that_answers_is_ready_and_lags_behind_nothing(
    sim: Simulator, chats: Chats, place: str, web: ClientSession
) -> None:
    async with run_on(sim, chats, HEALTH_LISTEN=place):
        state = await healthy(web, place)

    assert (state["ready"], state["missing"], state["waiting_updates"]) == (True, [], 0)
    assert state["lag_seconds"] < 1


async def test_a_bot_that_cannot_reach_telegram_yet_is_not_ready(
    sim: Simulator, chats: Chats, place: str, web: ClientSession
) -> None:
    sim.fault("getMe", "hang", seconds=3600)
    asked = asyncio.ensure_future(run(chats, settings_for(sim, HEALTH_LISTEN=place)))
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not sim.counts["getMe"]:
                await asyncio.to_thread(lambda: None)
        status, state = await health(web, place)
    finally:
        asked.cancel()
        await asyncio.wait([asked])

    assert status == 503
    assert "start" in state["missing"]


async def test_an_answer_that_takes_long_is_seen_as_lag(
    sim: Simulator, anna: User, chats: Chats, place: str, web: ClientSession
) -> None:
    async with run_on(sim, chats, HEALTH_LISTEN=place):
        sim.fault("sendMessage", "hang", seconds=3600)
        await anna.send("where is LI4")
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (state := (await health(web, place))[1])["lag_seconds"] < 0.2:
                assert state["waiting_updates"] <= 1

    assert state["waiting_updates"] == 1


async def test_what_was_done_is_counted(
    sim: Simulator, anna: User, chats: Chats, place: str, web: ClientSession
) -> None:
    async with run_on(sim, chats, HEALTH_LISTEN=place):
        await healthy(web, place)
        await anna.send("where is LI4")
        await anna.expect("LI4")
        await anna.send("where is BL23")
        await anna.expect("BL23")
        sim.fault("sendMessage", "flood", retry_after=1)
        await anna.send("where is GB30")
        await anna.expect("GB30")
        async with asyncio.timeout(PATIENCE_SECONDS):
            while figure(told := await figures(web, place), "answer_seconds_count") < 3:
                pass

    assert figure(told, 'updates_total{kind="message"}') == 3
    assert figure(told, 'telegram_calls_total{outcome="429"}') == 1
    assert figure(told, 'telegram_retries_total{reason="told_to_wait"}') == 1
    assert figure(told, "ready") == 1
    assert figure(told, 'waiting_letters{urgency="reminder"}') == 0
    assert "process_resident_memory_bytes" in told


async def test_cues_are_counted_with_how_late_they_were(
    sim: Simulator, anna: User, chats: Chats, place: str, web: ClientSession
) -> None:
    async with run_on(sim, chats, HEALTH_LISTEN=place):
        await anna.send("time LI4 for 5 seconds")
        card = await anna.expect("Timed hold")
        await anna.press("Start", card)
        async with asyncio.timeout(30):
            while 'letters_total{outcome="arrived",urgency="cue"}' not in (told := await figures(web, place)):
                await asyncio.to_thread(lambda: None)

    assert figure(told, 'rung_late_seconds_count{kind="cue"}') >= 1
    assert figure(told, 'rung_late_seconds_bucket{kind="cue",le="5.0"}') >= 1
    assert figure(told, 'letter_seconds_count{urgency="cue"}') >= 1


async def test_errors_are_counted_by_their_type_and_told_without_their_text(
    sim: Simulator, anna: User, chats: Chats, place: str, web: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise LookupError(WORD)

    async with run_on(sim, chats, HEALTH_LISTEN=place):
        await healthy(web, place)
        monkeypatch.setattr(type(chats.companion), "answer", fails)
        await anna.send("where is LI4")
        await anna.expect("went wrong")
        told = await figures(web, place)

    assert figure(told, 'errors_total{level="ERROR",place="bot.telegram.answering",type="LookupError"}') == 1
    assert WORD not in told


async def test_no_figure_holds_a_person_a_word_or_the_token(
    sim: Simulator, chats: Chats, place: str, web: ClientSession
) -> None:
    person = sim.user(987654321012, f"Xanthippe{WORD}")
    async with run_on(sim, chats, HEALTH_LISTEN=place):
        await healthy(web, place)
        await person.send(f"my {WORD} neck hurts")
        answer = await person.expect()
        await person.press("Another point", answer)
        await person.expect(kinds="edit")
        await person.send("remind me every day at 8")
        await person.expect()
        told = await figures(web, place) + str(await health(web, place))

    secrets = (WORD, "987654321012", "neck", sim.token.partition(":")[2], sim.token.partition(":")[0])
    assert [secret for secret in secrets if secret in told.lower()] == []


async def test_a_place_that_is_taken_is_one_sentence(sim: Simulator, chats: Chats, place: str) -> None:
    port = int(place.rpartition(":")[2])
    taken = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", port)
    async with taken:
        with pytest.raises(CannotStart, match="HEALTH_LISTEN cannot be listened on"):
            await run(chats, settings_for(sim, HEALTH_LISTEN=place))


async def test_without_the_setting_nothing_is_counted_and_nothing_loaded(
    sim: Simulator, anna: User, chats: Chats, place: str
) -> None:
    async with run_on(sim, chats):
        await anna.send("where is LI4")
        await anna.expect("LI4")

    assert meters._meters is None
