"""What many timed holds cost, measured: how late a cue is, processor time, memory, and what a kill does.

The bot runs as a process of its own against the strict local server, whose limits for messages a second are
lifted here. All routines step every 10 seconds, evenly spread. Beside it stands ``tools.hold_reference``.
A cue is known by the serial in its buttons, and its deadline is read from the database while the bot runs.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from bot.conversation.actions import decode
from bot.conversation.hold_actions import Steer
from bot.conversation.memory import Memory, Round
from bot.guidance.steps import Plan, PlanStep
from bot.routines import machine
from bot.storage import memories
from bot.storage.database import Database
from tools import hold_reference
from tools.processes import BOT, Arrival, Process, Telegram

HOLD_SECONDS = 10
FIRST_CHAT = 1001
LEAD_SECONDS = 6.0
"""From the moment at which the rows are there to the first deadline: the bot starts in it."""
READ_EVERY_SECONDS = 3.0
"""Often enough to see every deadline, as each stands for 10 seconds."""
DOWN_SECONDS = 3.0
LIFTED = {"MESSAGES_PER_SECOND": "100000"}
FEW = 10

Cue = tuple[int, int]
"""A chat, and the serial of its routine."""


@dataclass(frozen=True)
class Kind:
    """A bot that is measured: how it is started, how its rows come to be, how its deadlines are read."""

    command: Sequence[str]
    fill: Callable[[Path, int, float, float], None]
    deadlines: str
    """A query for chat, serial and deadline in milliseconds."""


def fill_ours(file: Path, routines: int, first: float, seconds: float) -> None:
    """Rows for routines whose first deadlines spread over 10 seconds from ``first``, in Unix seconds."""
    side_by_side = PlanStep("LI4", None, "each", HOLD_SECONDS, 0)
    steps = int(seconds / HOLD_SECONDS) // len(side_by_side.sides) + 3
    plan = Plan("", (side_by_side,) * steps, get_ready_seconds=0, change_side_seconds=0)
    database = Database(f"sqlite:///{file}")

    def work(connection: Connection) -> None:
        for number, deadline in _spread(routines, first):
            began = datetime.fromtimestamp(deadline, UTC) - timedelta(seconds=HOLD_SECONDS)
            running, _ = machine.start(plan, began)
            chat = FIRST_CHAT + number
            memories.save(connection, chat, Memory(), Memory(round=Round(running, by=chat)))

    database.run_now(work)
    database.close()


def fill_reference(file: Path, routines: int, first: float, seconds: float) -> None:
    """The same in the table of the reference."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(hold_reference.TABLE)
        connection.execute(hold_reference.INDEX)
        rows = [
            (FIRST_CHAT + number, round(deadline * 1000)) for number, deadline in _spread(routines, first)
        ]
        connection.executemany("INSERT INTO hold VALUES (?, 1, ?)", rows)


def _spread(routines: int, first: float) -> Iterator[tuple[int, float]]:
    for number in range(routines):
        yield number, first + number * HOLD_SECONDS / routines


OURS = Kind(BOT, fill_ours, "SELECT chat_id, json_extract(state, '$.running.serial'), deadline FROM round")
REFERENCE = Kind(
    (sys.executable, "-m", "tools.hold_reference"),
    fill_reference,
    "SELECT chat_id, serial, deadline FROM hold",
)


class Stage:
    """A server, a database full of routines, and the bot between them."""

    def __init__(self, kind: Kind, routines: int, seconds: float, folder: Path, telegram: Telegram) -> None:
        self._kind, self._folder = kind, folder
        self._file = folder / "bench.db"
        self.telegram = telegram
        self.first = time.time() + LEAD_SECONDS + routines / 1000
        kind.fill(self._file, routines, self.first, seconds)
        self.deadlines: dict[Cue, float] = {}
        self._environment = {**telegram.environment, **LIFTED, "DATABASE_URL": f"sqlite:///{self._file}"}

    def start(self) -> Process:
        """Start the bot, for the first time or once more."""
        return Process(self._kind.command, self._folder, self._environment)

    def watch_until(self, moment: float) -> None:
        """Note deadlines until a moment in Unix seconds."""
        while True:
            self.read()
            left = moment - time.time()
            if left <= 0:
                return
            time.sleep(min(READ_EVERY_SECONDS, left))

    def read(self) -> dict[Cue, float]:
        """The deadlines as they stand now, in Unix seconds; they are noted as well."""
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True)) as connection:
            rows = connection.execute(self._kind.deadlines).fetchall()
        now = {(chat, serial): deadline / 1000 for chat, serial, deadline in rows if deadline is not None}
        self.deadlines |= now
        return now

    def arrivals(self) -> list[tuple[Cue, float]]:
        """Which hold ended with each message, and when it arrived."""
        return [((each.chat_id, _serial(each) - 1), each.at) for each in self.telegram.ask("arrivals")]


@contextmanager
def staged(kind: Kind, routines: int, seconds: float) -> Iterator[Stage]:
    """Everything that a measurement needs; gone afterwards."""
    people = range(FIRST_CHAT, FIRST_CHAT + routines)
    with tempfile.TemporaryDirectory() as folder, Telegram(people, flood=False) as telegram:
        yield Stage(kind, routines, seconds, Path(folder), telegram)


def _serial(arrival: Arrival) -> int:
    """The serial in the first button of a cue."""
    action = decode(json.loads(arrival.markup)["inline_keyboard"][0][0]["callback_data"])
    assert isinstance(action, Steer), "a message that is no cue"
    return action.serial


@dataclass(frozen=True)
class Steady:
    """What was measured while all routines ran, in seconds and megabytes."""

    cues_per_second: float
    lateness: list[float]
    cpu_per_second: float
    megabytes: float


def steady(kind: Kind, routines: int, seconds: float) -> Steady:
    """Let the routines run for so many seconds."""
    with staged(kind, routines, seconds) as stage:
        process = stage.start()
        stage.telegram.wait_for_polls(process)
        stage.watch_until(stage.first)
        before, began = process.cpu_seconds, time.time()
        stage.watch_until(began + seconds)
        cpu, ended, megabytes = process.cpu_seconds - before, time.time(), process.megabytes
        arrived = [(cue, at) for cue, at in stage.arrivals() if began <= at < ended]
        process.stop()
    late = [at - stage.deadlines[cue] for cue, at in arrived]
    lasted = ended - began
    return Steady(len(arrived) / lasted, late, cpu / lasted, megabytes)


def compare(routines: int, seconds: float) -> None:
    """Print the table of the bot and the reference."""
    ours, few = steady(OURS, routines, seconds), steady(OURS, FEW, HOLD_SECONDS)
    reference = steady(REFERENCE, routines, seconds)
    print(f"{routines} routines, a cue each every {HOLD_SECONDS} s, for {seconds:.0f} s")
    print(f"                         {'ours':>9} {'reference':>9}")

    def row(name: str, unit: str, value: Callable[[Steady], float]) -> None:
        print(f"{name:24} {value(ours):9.2f} {value(reference):9.2f} {unit}")

    row(f"cues of {routines / HOLD_SECONDS:.0f} a second", "/s", lambda run: run.cues_per_second)
    row("late, median", "ms", lambda run: 1000 * statistics.median(run.lateness))
    row("late, 99 of 100 within", "ms", lambda run: 1000 * statistics.quantiles(run.lateness, n=100)[98])
    row("late, most", "ms", lambda run: 1000 * max(run.lateness))
    row("CPU per second", "s", lambda run: run.cpu_per_second)
    row("CPU per cue", "ms", lambda run: 1000 * run.cpu_per_second / run.cues_per_second)
    row("memory", "MB", lambda run: run.megabytes)
    grown = (ours.megabytes - few.megabytes) * 1024 / (routines - FEW)
    print(f"{'memory per routine':24} {grown:9.2f} {'':9} kB, against a run of {FEW}")
    print(f"{'CPU, ours / reference':24} {ours.cpu_per_second / reference.cpu_per_second:9.2f}")


def kill(routines: int, seconds: float) -> None:
    """Kill the bot while all run, start it again, and print what became of the routines."""
    with staged(OURS, routines, seconds + DOWN_SECONDS) as stage:
        process = stage.start()
        stage.telegram.wait_for_polls(process)
        stage.watch_until(stage.first + seconds / 2)
        process.kill()
        polls = stage.telegram.ask("polls")
        time.sleep(DOWN_SECONDS)
        standing, process = stage.read(), stage.start()
        came_back = process.started_at
        ready = stage.telegram.wait_for_polls(process, polls + 1)
        stage.watch_until(came_back + seconds / 2)
        process.stop()
        running, arrived = stage.read(), stage.arrivals()
    times = Counter(cue for cue, _ in arrived)
    resumed = {cue[0] for cue, at in arrived if at > came_back} & {chat for chat, _ in running}
    ended = [(chat, serial) for chat, last in running for serial in range(1, last)]
    overdue = {cue for cue, deadline in standing.items() if deadline <= came_back}
    handled = max((at for cue, at in arrived if cue in overdue), default=came_back) - came_back
    print(f"{routines} routines, kill -9 while all run, started again after {DOWN_SECONDS:.0f} s")
    print(f"resumed                  {len(resumed):9}")
    print(f"routines lost            {routines - len(resumed):9}")
    print(f"cues lost                {sum(not times[cue] for cue in ended):9} of {len(ended)}")
    print(f"cues sent twice          {sum(count > 1 for count in times.values()):9}")
    print(f"overdue at the start     {len(overdue):9}")
    print(f"start to ready           {ready:9.2f} s")
    print(f"start to all told        {handled:9.2f} s")


def main() -> None:
    """Read the sizes from the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m tools.hold_bench", description=__doc__)
    parser.add_argument("--routines", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--kill", action="store_true", help="kill the bot while all run, and start it again")
    sizes = parser.parse_args()
    (kill if sizes.kill else compare)(sizes.routines, sizes.seconds)


if __name__ == "__main__":
    main()
