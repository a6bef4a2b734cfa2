"""What an answer costs, measured: start, memory, and processor time against a bare echo bot.

Both bots run as processes of their own against the same local Bot API server, in turn, in the same run, each
with a database that is new. The processor time of an update is what many messages cost more than one of each
kind, divided by how many more: what a bot does once at its start, or with the first of a kind, is in neither.

The echo bot answers as fast as it can, so ours is compared with it while it may do so too. At the pace
that Telegram allows, the same work comes one message at a time and takes more of the processor.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import signal
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from bot.conversation.events import Said
from bot.conversation.memory import Memory
from bot.delivery import clock
from bot.flow import Companion
from bot.library import load
from bot.playground.botapi import Limits, Simulator, User

OURS = (sys.executable, "-m", "bot")
ECHO = (sys.executable, "-m", "tools.echo_bot")
MESSAGES = (
    "which point helps sciatica",
    "neck like concrete after desk work",
    "my lower back hurts when I bend over",
    "shoulders up by my ears and a headache",
    "where is LI4",
    "haedache since this morning",
)

ALLOWED_PACE: Mapping[str, str] = {}
FULL_SPEED = {"MESSAGES_PER_SECOND": "1000"}
QUIET_SECONDS = 1.0
"""When a bot has made no call for so long, it has nothing left to do."""


@dataclass(frozen=True)
class Run:
    """One run of a bot, from start to stop."""

    ready_seconds: float
    first_answer_seconds: float
    cpu_seconds: float
    peak_megabytes: float


async def run(
    command: Sequence[str], messages: int, people: int, settings: Mapping[str, str] = ALLOWED_PACE
) -> Run:
    """Start a bot, have people write to it, wait for every answer, stop it."""
    with TemporaryDirectory() as folder:
        database = {"DATABASE_URL": f"sqlite:///{folder}/companion.db"}
        return await _run(command, messages, people, database | dict(settings))


async def _run(command: Sequence[str], messages: int, people: int, settings: Mapping[str, str]) -> Run:
    async with Simulator(limits=Limits(flood=False)) as server:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        environment = os.environ | {
            "TELEGRAM_BOT_TOKEN": server.token,
            "TELEGRAM_API_URL": f"http://127.0.0.1:{server.port}",
            "LOG_LEVEL": "WARNING",
            **settings,
        }
        started = time.perf_counter()
        process = await asyncio.create_subprocess_exec(*command, env=environment)
        while not server.counts["getUpdates"]:  # noqa: ASYNC110 - the server has no event for this
            await asyncio.sleep(0.005)
        ready = time.perf_counter() - started
        users = [server.user(1000 + number, f"Person {number}") for number in range(people)]
        share = [messages // people + (number < messages % people) for number in range(people)]
        answered = [
            talk(user, count, place)
            for place, (user, count) in enumerate(zip(users, share, strict=True))
            if count
        ]
        first = min(await asyncio.gather(*answered))
        await until_quiet(server)
        process.send_signal(signal.SIGINT)
        await process.wait()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(ready, first, cpu, after.ru_maxrss / 1024)


async def until_quiet(server: Simulator) -> None:
    """Wait until the bot calls no more, so that all it does after its start is done in every run."""
    calls = -1
    while len(server.calls) != calls:
        calls = len(server.calls)
        await asyncio.sleep(QUIET_SECONDS)


async def talk(user: User, messages: int, begin_at: int) -> float:
    """Write message after message, each when the one before is answered; the seconds to the first answer.

    Everybody begins at another of the kinds, so that each comes as often where nobody writes many.
    """
    started, first = time.perf_counter(), 0.0
    for number in range(messages):
        await user.send(MESSAGES[(begin_at + number) % len(MESSAGES)])
        await user.expect(timeout=60)
        first = first or time.perf_counter() - started
    return first


def reading_milliseconds(repeats: int = 200) -> tuple[float, float]:
    """Median and 99th percentile of understanding and answering one message, in this process."""
    companion = Companion(load())
    taken = []
    for _ in range(repeats):
        for text in MESSAGES:
            started = time.perf_counter()
            companion.answer(Said(text), Memory(), clock.now())
            taken.append((time.perf_counter() - started) * 1000)
    cuts = statistics.quantiles(taken, n=100)
    return cuts[49], cuts[98]


async def compare(messages: int, people: int, rounds: int) -> None:
    """Print the table."""
    per_update: dict[str, list[float]] = {"ours": [], "echo": [], "paced": []}
    starts: list[Run] = []
    for _ in range(rounds):
        for name, command, pace in (
            ("ours", OURS, FULL_SPEED),
            ("echo", ECHO, ALLOWED_PACE),
            ("paced", OURS, ALLOWED_PACE),
        ):
            few = await run(command, len(MESSAGES), 1, pace)
            many = await run(command, messages, people, pace)
            per_update[name].append((many.cpu_seconds - few.cpu_seconds) / (messages - len(MESSAGES)) * 1000)
            if name == "paced":
                starts.append(few)
                peak = many.peak_megabytes
    ours, echo, paced = (statistics.median(per_update[name]) for name in ("ours", "echo", "paced"))
    print(f"{messages} messages of {people} people, median of {rounds} rounds")
    print(f"start to ready          {statistics.median(run.ready_seconds for run in starts):8.2f} s")
    print(f"first answer after it   {statistics.median(run.first_answer_seconds for run in starts):8.3f} s")
    print(f"peak memory             {peak:8.0f} MB")
    print(f"CPU per update, ours    {ours:8.2f} ms")
    print(f"CPU per update, echo    {echo:8.2f} ms")
    print(f"ours / echo             {ours / echo:8.2f}")
    print(f"ours, 29.5 a second     {paced:8.2f} ms")
    median, slowest = reading_milliseconds()
    print(f"reading and answering   {median:8.2f} ms, 99 of 100 within {slowest:.2f} ms")


def main() -> None:
    """Read the sizes from the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    sizes = parser.parse_args()
    asyncio.run(compare(sizes.messages, sizes.people, sizes.rounds))


if __name__ == "__main__":
    main()
