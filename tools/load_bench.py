"""How many people can be answered, measured: one message each, as fast as the answers come.

    python -m tools.load_bench --people 2000

One process on SQLite beside a bare echo bot, then a receiver with one worker and with two on PostgreSQL.
All share one machine with the local server, so only ratios say something. Pictures are sent by their names,
as after the first days; Telegram's limits are lifted.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.playground.botapi import Limits, Simulator, User
from tools.bench import ECHO, MESSAGES, OURS
from tools.fault_run import memory_mb
from tools.fleet import Fleet, until
from tools.postgres import Postgres

AT_ONCE = 100
"""People who wait for an answer at the same time."""
PATIENCE_SECONDS = 60.0
WARM_UP = 60
"""People who write first, so that every picture is known to the server."""
WAYS = ("echo", "one process", "one worker", "two workers")
LIFTED = {"MESSAGES_PER_SECOND": "100000", "LOG_LEVEL": "INFO"}


@dataclass(frozen=True)
class Measured:
    """What one way of running came to."""

    updates_per_second: float
    median_seconds: float
    slowest_seconds: float
    """99 of 100 waited no longer."""
    early_mb: float
    late_mb: float


async def measure(sim: Simulator, processes: Sequence[Process], people: int) -> Measured:
    """Have people write one message each."""
    crowd = [sim.user(10_000 + number, f"P{number}") for number in range(people + WARM_UP)]
    await _all(crowd[:WARM_UP])
    begun = time.perf_counter()
    quarter = people // 4
    waits = await _all(crowd[WARM_UP : WARM_UP + quarter])
    early = sum(memory_mb(process) for process in processes)
    waits += await _all(crowd[WARM_UP + quarter :])
    seconds = time.perf_counter() - begun
    late = sum(memory_mb(process) for process in processes)
    cuts = statistics.quantiles(waits, n=100)
    return Measured(people / seconds, cuts[49], cuts[98], early, late)


async def _all(crowd: Sequence[User]) -> list[float]:
    """How long each of them waited; so many at once."""
    free = asyncio.Semaphore(AT_ONCE)

    async def one(number: int, person: User) -> float:
        async with free:
            begun = time.perf_counter()
            await person.send(MESSAGES[number % len(MESSAGES)])
            await person.expect(timeout=PATIENCE_SECONDS, kinds="message")
            return time.perf_counter() - begun

    return list(await asyncio.gather(*(one(number, person) for number, person in enumerate(crowd))))


@asynccontextmanager
async def polling(sim: Simulator, command: Sequence[str], folder: str) -> AsyncIterator[list[Process]]:
    """A bot in one process that fetches its updates."""
    server = {"TELEGRAM_BOT_TOKEN": sim.token, "TELEGRAM_API_URL": f"http://127.0.0.1:{sim.port}"}
    paths = {"PYTHONPATH": os.getcwd(), "DATABASE_URL": f"sqlite:///{folder}/load.db"}  # noqa: PTH109 - ours
    environment = {**os.environ, **server, **LIFTED, **paths, "LOG_LEVEL": "WARNING"}
    process = await asyncio.create_subprocess_exec(*command, cwd=folder, env=environment)
    try:
        await until(lambda: sim.counts["getUpdates"] > 0)
        yield [process]
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def fleet(sim: Simulator, url: str, folder: str, workers: int) -> AsyncIterator[list[Process]]:
    """A receiver and workers."""
    them = Fleet(sim, url, Path(folder), **LIFTED)
    try:
        await them.web()
        for _ in range(workers):
            await them.worker()
        yield them.processes
    finally:
        await them.close()


async def main() -> None:
    """Measure each way and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tools.load_bench", description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--only", choices=WAYS, action="append", help="measure this way; may be repeated")
    given = parser.parse_args()
    people, ways = given.people, given.only or WAYS
    print(f"{people} people, {AT_ONCE} at once")
    print(f"{'':24}{'updates/s':>10}{'median s':>10}{'p99 s':>8}{'MB early':>10}{'late':>6}")
    rates = {}
    with tempfile.TemporaryDirectory(prefix="load-", ignore_cleanup_errors=True) as data:
        postgres = Postgres(Path(data))
        for name in ways:
            with tempfile.TemporaryDirectory() as folder:
                async with Simulator(limits=Limits(flood=False)) as sim:
                    match name:
                        case "echo":
                            running = polling(sim, ECHO, folder)
                        case "one process":
                            running = polling(sim, OURS, folder)
                        case _:
                            workers = WAYS.index(name) - 1
                            running = fleet(sim, postgres.new_database(), folder, workers)
                    async with running as processes:
                        found = await measure(sim, processes, people)
            rates[name] = found.updates_per_second
            print(
                f"{name:24}{found.updates_per_second:10.0f}{found.median_seconds:10.2f}"
                f"{found.slowest_seconds:8.2f}{found.early_mb:10.0f}{found.late_mb:6.0f}"
            )
        postgres.stop()
    for ours, other in (("one process", "echo"), ("two workers", "one worker")):
        if ours in rates and other in rates:
            print(f"{ours} / {other}: {rates[ours] / rates[other]:.2f}")


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
