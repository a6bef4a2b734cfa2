"""Minutes of trouble: people, a Telegram that fails, workers that are killed, a database that restarts.

    python -m tools.fault_run --minutes 10 --people 200 --workers 2

Everything that was promised to somebody has to arrive, in order, and once; twice only where an answer of
Telegram was lost, because then nobody can know; and not at all only where the answers to both attempts were
lost. Ends with exit code 1 where that is not so.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import re
import signal
import sys
import tempfile
import time
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bot.library import load
from bot.playground.botapi import Event, Simulator, User
from bot.playground.botapi.faults import FaultKind
from tools.fleet import Fleet
from tools.postgres import Postgres

PATIENCE_SECONDS = 150.0
"""How long somebody waits for what was promised: longer than any trouble lasts."""
HOLD_SECONDS = 10
REMIND = "remind me of GV20 in 1 minute"
LOST: tuple[FaultKind, ...] = ("drop_after", "delay")
"""Faults after which nobody knows whether a message has arrived."""
FAULTS: dict[FaultKind, int] = {
    "error": 4,
    "html502": 3,
    "flood": 3,
    "drop": 3,
    "drop_after": 2,
    "hang": 1,
    "delay": 1,
}
"""Each kind of trouble and how often it is drawn."""
METHODS = ("sendMessage", "sendPhoto", "editMessageText", "answerCallbackQuery", "*")
HANG_SECONDS = 11.0
"""A little longer than the bot waits for an answer."""
SENT = "message"


@dataclass
class Tally:
    """What the people of one kind saw."""

    promised: int = 0
    once: int = 0
    twice: int = 0
    more: int = 0
    missing: int = 0
    out_of_order: int = 0
    waits: list[float] = field(default_factory=list)
    """Seconds until what was promised came."""

    def count(self, times: int) -> None:
        """Something that was promised was seen so many times."""
        self.promised += 1
        match times:
            case 0:
                self.missing += 1
            case 1:
                self.once += 1
            case 2:
                self.twice += 1
            case _:
                self.more += 1


class Run:
    """One run, and what happened in it."""

    def __init__(self, sim: Simulator, seconds: float, seed: int) -> None:
        self.sim, self.seconds, self.random = sim, seconds, random.Random(seed)
        self.until = time.monotonic() + seconds
        self.codes = sorted(load().points)
        self.tallies = {"answers": Tally(), "cues": Tally(), "reminders": Tally()}
        self.troubles: Counter[str] = Counter()

    @property
    def goes_on(self) -> bool:
        """Whether people still begin something."""
        return time.monotonic() < self.until

    async def rest(self, least: float, most: float) -> None:
        """Wait for so many seconds."""
        await asyncio.sleep(self.random.uniform(least, most))

    # People

    async def asker(self, person: User) -> None:
        """Asks for one point after the other."""
        tally, asked = self.tallies["answers"], []
        since = len(person.events)
        await self.rest(0, 20)
        while self.goes_on:
            code = self.random.choice([each for each in self.codes if each not in asked[-3:]])
            asked.append(code)
            await self.wait_for(
                tally, person, rf"^{code}\b", lambda code=code: person.send(f"where is {code}")
            )
            await self.rest(12, 28)
        seen = [match[0] for event in sent(person, since) if (match := re.match(r"[A-Z]{2}\d+", event.text))]
        judge(tally, asked, seen)

    async def holder(self, person: User) -> None:
        """Times one hold after the other."""
        tally = self.tallies["cues"]
        await self.rest(0, 20)
        while self.goes_on:
            since = len(person.events)
            words = f"time LI4 for {HOLD_SECONDS} seconds once on the left"
            await self.wait_for(Tally(), person, "^Timed hold", partial(person.send, words))
            await self.tap(person, "Start")
            with contextlib.suppress(AssertionError):
                await person.expect(END_OF_HOLD, PATIENCE_SECONDS, kinds=SENT, since=since)
            while interrupted := [event for event in sent(person, since) if "Tap Resume" in event.text]:
                since = len(person.events)
                del interrupted
                await self.tap(person, "Resume")
                with contextlib.suppress(AssertionError):
                    await person.expect(END_OF_HOLD, PATIENCE_SECONDS, kinds=SENT, since=since)
            await self.rest(3, 6)
            tally.count(sum(re.search(END_OF_HOLD, event.text) is not None for event in sent(person, since)))
            await self.wait_for(Tally(), person, "", lambda: person.send("stop"))
            await self.rest(5, 15)

    async def reminded(self, person: User) -> None:
        """Wants to be reminded, again and again."""
        tally = self.tallies["reminders"]
        await self.rest(0, 20)
        await self.wait_for(Tally(), person, "May I store", partial(person.send, REMIND))
        await self.tap(person, "Yes, store it")
        await self.rest(2, 4)
        await self.wait_for(Tally(), person, "", lambda: person.send("Berlin"))
        await self.rest(60, 90)
        while self.goes_on:
            since = len(person.events)
            await self.wait_for(Tally(), person, "GV20", partial(person.send, REMIND))
            since = len(person.events)
            with contextlib.suppress(AssertionError):
                event = await person.expect(is_reminder, PATIENCE_SECONDS, kinds=SENT, since=since)
                tally.waits.append(event.time % 60)  # reminders are due at whole minutes
            await self.rest(5, 8)
            tally.count(sum(is_reminder(event) for event in sent(person, since)))

    async def wait_for(
        self, tally: Tally, person: User, what: str, begin: Callable[[], Awaitable[object]]
    ) -> None:
        """Do something and wait for what comes of it."""
        since, began = len(person.events), time.monotonic()
        await begin()
        try:
            await person.expect(what, PATIENCE_SECONDS, kinds=SENT, since=since)
            tally.waits.append(time.monotonic() - began)
        except AssertionError:
            self.troubles["waited in vain"] += 1

    async def tap(self, person: User, label: str) -> None:
        """Tap a button, and once more if nothing comes of it, as people do."""
        for _ in range(2):
            since = len(person.events)
            try:
                await person.press(label)
                await person.expect(None, 30, since=since)
                return
            except (AssertionError, LookupError):
                self.troubles["tapped again"] += 1

    # Trouble

    async def spoil_calls(self) -> None:
        """Have Telegram fail, one way after the other."""
        kinds, weights = list(FAULTS), list(FAULTS.values())
        while self.goes_on:
            kind = self.random.choices(kinds, weights)[0]
            times = self.random.randint(1, 5)
            self.sim.fault(
                self.random.choice(METHODS),
                kind,
                times=times,
                seconds=HANG_SECONDS,
                retry_after=self.random.randint(1, 3),
            )
            self.troubles[kind] += times
            await self.rest(2, 5)

    async def kill_workers(self, fleet: Fleet) -> None:
        """Kill one worker after the other, and start another in its place."""
        while self.goes_on:
            await self.rest(15, 30)
            victim = self.random.choice(fleet.workers)
            fleet.workers.remove(victim)
            await fleet.end(victim, signal.SIGKILL)
            self.troubles["worker killed"] += 1
            await self._replace(fleet)

    async def _replace(self, fleet: Fleet) -> None:
        """Start a worker, and another when it does not start: as whoever runs services does."""
        while True:
            try:
                await fleet.worker()
                return
            except (AssertionError, TimeoutError):
                self.troubles["worker did not start"] += 1

    async def restart_database(self, postgres: Postgres, every_seconds: float) -> None:
        """Restart PostgreSQL as after a crash."""
        while self.goes_on:
            await asyncio.sleep(every_seconds)
            await asyncio.to_thread(postgres.restart)
            self.troubles["database restarted"] += 1


END_OF_HOLD = r"(?i)(release|let go|how (was|is) it|done)"


def is_reminder(event: Event) -> bool:
    """Whether a message is a reminder, which can be put off."""
    return any("Snooze" in label or "Start now" in label for label in event.labels)


def sent(person: User, since: int) -> list[Event]:
    """The messages of the bot to a person from then on."""
    return [event for event in person.events[since:] if event.kind == SENT and event.text]


def judge(tally: Tally, asked: list[str], seen: list[str]) -> None:
    """Compare what was asked for with what was seen, in order."""
    place = 0
    for code in asked:
        times = 0
        while place < len(seen) and seen[place] == code:
            times, place = times + 1, place + 1
        if not times and code in seen[place:]:
            tally.out_of_order += 1
        tally.count(times)


def memory_mb(process: Process) -> float:
    """The resident memory of a process."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


async def main() -> int:
    """Run, print the table, and say whether all is well."""
    parser = argparse.ArgumentParser(prog="python -m tools.fault_run", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--calm", action="store_true", help="without any trouble, to compare")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fault-run-", ignore_cleanup_errors=True) as folder:
        for part in ("postgresql", "logs"):
            os.mkdir(f"{folder}/{part}")  # noqa: PTH102 - before anything else runs
        os.chmod(folder, 0o755)  # noqa: PTH101 - PostgreSQL may run as another user
        postgres = Postgres(Path(folder) / "postgresql", durable=True)
        try:
            return await _run(given, postgres, Path(folder) / "logs")
        finally:
            postgres.stop()


async def _run(given: argparse.Namespace, postgres: Postgres, logs: Path) -> int:
    async with Simulator() as sim:
        fleet = Fleet(sim, postgres.new_database(), logs)
        try:
            await fleet.web()
            for _ in range(given.workers):
                await fleet.worker()
            run = Run(sim, given.minutes * 60, given.seed)
            people = [sim.user(1_000 + number, f"P{number}") for number in range(given.people)]
            for person in people:
                person.started = True
            kinds = [run.asker] * 6 + [run.holder] * 3 + [run.reminded]
            works = [asyncio.create_task(kinds[n % len(kinds)](person)) for n, person in enumerate(people)]
            web, troubles = fleet.processes[0], []
            if not given.calm:
                troubles = [
                    asyncio.create_task(trouble)
                    for trouble in (
                        run.spoil_calls(),
                        run.kill_workers(fleet),
                        run.restart_database(postgres, max(60.0, given.minutes * 20)),
                    )
                ]
            await asyncio.sleep(min(60.0, run.seconds / 4))
            early = memory_mb(web)
            await asyncio.gather(*troubles)
            sim.clear_faults()
            await asyncio.gather(*works)
            late = memory_mb(web)
            return report(run, sim, early, late, fleet.log())
        finally:
            await fleet.close()


def report(run: Run, sim: Simulator, early_mb: float, late_mb: float, log: str) -> int:
    """Print what came of it; the exit code."""
    heads = ("promised", "once", "twice", "more", "missing", "disorder")
    print(f"{'':12}" + "".join(f"{head:>9}" for head in heads) + "  wait s p50 / p99")
    for name, tally in run.tallies.items():
        waits = sorted(tally.waits) or [0.0]
        middle, slow = waits[len(waits) // 2], waits[min(len(waits) - 1, int(len(waits) * 0.99))]
        print(
            f"{name:12}{tally.promised:9}{tally.once:9}{tally.twice:9}{tally.more:9}{tally.missing:9}"
            f"{tally.out_of_order:9}  {middle:.2f} / {slow:.2f}"
        )
    print("trouble:", ", ".join(f"{name} {times}" for name, times in sorted(run.troubles.items())))
    print(f"calls {len(sim.calls)}; the receiver's memory {early_mb:.0f} MB early, {late_mb:.0f} MB late")
    for violation in sim.violations[:10]:
        print("violation:", violation.method, violation.text)
    errors = Counter(re.findall(r"(?:ERROR|WARNING) ([^\n{]+)", log))
    for line, times in errors.most_common(12):
        print(f"{times:5} x {line[:110]}")
    tallies = run.tallies.values()
    given_up = log.count("a letter was given up")
    print(f"given up, because the answer to both attempts was lost: {given_up}")
    missing = sum(tally.missing for tally in tallies)
    bad = max(0, missing - given_up) + sum(tally.out_of_order + tally.more for tally in tallies)
    twice = sum(tally.twice for tally in tallies)
    lost = sum(run.troubles[kind] for kind in LOST) + 40 * run.troubles["worker killed"]
    return 1 if bad or twice > lost else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
