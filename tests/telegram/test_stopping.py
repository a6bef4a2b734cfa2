"""A bot that is told to go finishes what it began; one that is killed leaves nobody without an answer."""

from __future__ import annotations

import asyncio
import signal
import time
from pathlib import Path

import pytest
from running_bot import PATIENCE_SECONDS, called, end_of, on, started
from stand import Pending

from bot.playground.botapi import Simulator, User

LONGEST_GOODBYE_SECONDS = 8
CROWD = 20


@pytest.fixture
def pending(sim: Simulator) -> Pending:
    pending = sim.updates.pending = Pending()
    return pending


def crowd(sim: Simulator) -> list[User]:
    return [sim.user(2000 + number, f"Person {number}") for number in range(CROWD)]


def answers(person: User) -> int:
    """Messages with words; a picture goes with them."""
    return sum(message.from_bot and "text" in message.data for message in person.chat.visible())


async def everything_confirmed(pending: Pending) -> None:
    await asyncio.wait_for(pending.none.wait(), PATIENCE_SECONDS)


async def test_an_idle_bot_goes_at_once_and_leaves_with_0(sim: Simulator, tmp_path: Path) -> None:
    polled = called(sim, "getUpdates")
    async with started(tmp_path, **on(sim)) as process:
        await asyncio.wait_for(polled.wait(), PATIENCE_SECONDS)
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        ended = await end_of(process)

    assert time.monotonic() - began < 3
    assert ended.code == 0
    assert ended.out == ""
    assert "Traceback" not in ended.err
    sim.assert_clean()


@pytest.mark.parametrize("signals", [1, 2])
async def test_a_busy_bot_finishes_before_it_goes(
    sim: Simulator, tmp_path: Path, pending: Pending, signals: int
) -> None:
    """And what it could not finish it leaves for the next one, also when it was told twice."""
    sim.limits.chat_per_second = 1000
    people = crowd(sim)
    sim.fault("sendMessage", "delay", times=CROWD, seconds=0.15)
    sending = called(sim, "sendMessage")
    for person in people:
        await person.send("my neck hurts")
    async with started(tmp_path, **on(sim)) as process:
        await asyncio.wait_for(sending.wait(), PATIENCE_SECONDS)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        if signals == 2:
            await people[0].expect("neck pain", PATIENCE_SECONDS)
            process.send_signal(signal.SIGTERM)
        ended = await end_of(process)
    assert time.monotonic() - began < LONGEST_GOODBYE_SECONDS
    assert ended.code == 0
    assert "Traceback" not in ended.err
    if signals == 1:
        assert not pending

    async with started(tmp_path, **on(sim)) as process:
        await everything_confirmed(pending)

    most = 1 if signals == 1 else 2
    assert {answers(person) for person in people} <= set(range(1, most + 1))
    sim.assert_clean()


async def test_a_bot_that_is_made_to_wait_goes_in_time_and_forgets_nobody(
    sim: Simulator, tmp_path: Path, pending: Pending
) -> None:
    anna, ben = sim.user(1001, "Anna"), sim.user(1002, "Ben")
    held = sim.fault(
        "sendMessage", "flood", times=100, retry_after=60, when=lambda raw: str(raw["chat_id"]) == "1001"
    )
    refused = called(sim, "sendMessage")
    await anna.send("my neck hurts")
    async with started(tmp_path, **on(sim)) as process:
        await asyncio.wait_for(refused.wait(), PATIENCE_SECONDS)
        await ben.send("my neck hurts")
        await ben.expect("neck pain", PATIENCE_SECONDS)
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        ended = await end_of(process)
    assert time.monotonic() - began < LONGEST_GOODBYE_SECONDS
    assert ended.code == 0
    assert (answers(anna), answers(ben)) == (0, 1)

    held.times = 0
    async with started(tmp_path, **on(sim)):
        await anna.expect("neck pain", PATIENCE_SECONDS, since=0)
        await everything_confirmed(pending)

    assert answers(anna) == 1
    assert 1 <= answers(ben) <= 2


async def test_a_killed_bot_leaves_nobody_without_an_answer(
    sim: Simulator, tmp_path: Path, pending: Pending
) -> None:
    people = crowd(sim)
    sim.fault("sendMessage", "flood", retry_after=5, when=lambda raw: str(raw["chat_id"]) == "2000")
    in_flight = called(sim, "sendMessage", times=CROWD // 2)
    for person in people:
        await person.send("my neck hurts")
    async with started(tmp_path, **on(sim)) as process:
        await asyncio.wait_for(in_flight.wait(), PATIENCE_SECONDS)
        process.kill()
        await process.wait()
    assert pending, "the bot was killed too late for this test"

    async with started(tmp_path, **on(sim)):
        await everything_confirmed(pending)

    assert {answers(person) for person in people} <= {1, 2}
    sim.assert_clean()
