"""Each process of several tells for itself whether it is well, and what it did; a watchdog believes it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.delivery.watch import DATABASE, LATE_LOOK_SECONDS
from bot.playground.botapi import Simulator
from tools.fleet import Fleet, free_port
from tools.postgres import Postgres

PATIENCE_SECONDS = 30.0
READY = {"web": "receiving for", "worker": "working for"}


@pytest.fixture
async def web() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator() as sim:
        yield sim


class Seen:
    """What the processes say."""

    def __init__(self, fleet: Fleet, database_url: str, web: ClientSession) -> None:
        self._fleet, self.database_url, self._web = fleet, database_url, web
        self.places = {name: f"127.0.0.1:{free_port()}" for name in READY}

    async def start(self) -> None:
        starting = (
            self._fleet.start(name, ready=READY[name], HEALTH_LISTEN=place)
            for name, place in self.places.items()
        )
        await asyncio.gather(*starting)

    async def health(self, name: str) -> tuple[int, dict[str, Any]]:
        async with self._web.get(f"http://{self.places[name]}/healthz") as answer:
            return answer.status, await answer.json()

    async def until(self, name: str, status: int) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (told := await self.health(name))[0] != status:
                pass
        return told[1]

    async def figures(self, name: str) -> dict[str, float]:
        async with self._web.get(f"http://{self.places[name]}/metrics") as answer:
            lines = [line for line in (await answer.text()).splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in (re.split(r" (?=\S+$)", line) for line in lines)}


@pytest.fixture
async def seen(
    sim: Simulator, postgres: Postgres, template: str, tmp_path: Path, web: ClientSession
) -> AsyncIterator[Seen]:
    url = postgres.new_database(template)
    fleet = Fleet(sim, url, tmp_path)
    try:
        seen = Seen(fleet, url, web)
        await seen.start()
        yield seen
    finally:
        await fleet.close()


async def test_what_one_receives_and_another_answers_is_counted_where_it_happens(
    seen: Seen, sim: Simulator
) -> None:
    for name in READY:
        state = await seen.until(name, 200)
        assert (state["ready"], state["missing"], state["waiting_jobs"]) == (True, [], 0)
    anna = sim.user(987654321012, "Anna")
    await anna.send("where is LI4")
    await anna.expect("LI4", timeout=PATIENCE_SECONDS)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (answering := await seen.figures("worker"))["companion_answer_seconds_count"]:
            pass
    receiving = await seen.figures("web")

    assert receiving['companion_updates_total{kind="message"}'] == 1
    assert receiving["companion_answer_seconds_count"] == 0
    assert 'companion_updates_total{kind="message"}' not in answering
    assert answering['companion_waiting_jobs{queue="live"}'] == 0
    assert "987654321012" not in str(receiving) + str(answering)


async def test_without_a_database_nobody_is_ready_and_says_why(seen: Seen, postgres: Postgres) -> None:
    for name in READY:
        await seen.until(name, 200)
    assert LATE_LOOK_SECONDS < PATIENCE_SECONDS

    postgres.drop(seen.database_url)

    assert DATABASE in (await seen.until("web", 503))["missing"]
    assert {DATABASE, "live jobs", "timed jobs"} & set((await seen.until("worker", 503))["missing"])
