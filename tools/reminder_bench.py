"""What many reminders at once come to, measured: how fast they go out, and who waits meanwhile.

All are due in the same minute. The strict local server keeps to Telegram's limits. While the reminders go
out, one person goes on writing. After that: what many rows that are not due cost.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, insert, select

from bot.conversation.memory import Memory, Preferences
from bot.reminders.reminder import create
from bot.reminders.schedule import Schedule
from bot.storage import memories
from bot.storage.database import Database
from bot.storage.tables import person, reminder
from tools.processes import BOT, Process, Telegram

FIRST_CHAT, WRITER = 10_001, 1001
EVERY_DAY = frozenset(range(7))
MESSAGE, EVERY_SECONDS = "my neck hurts", 2.0
START_SECONDS = 20.0
"""So long before the reminders are due the bot starts, and the person begins to write."""
QUIET_SECONDS = 10.0
"""After this long without a message the last reminder has come, and no second one with it."""
QUERIES = 200


def fill(file: Path, people: int, due: datetime) -> Database:
    """People with consent who have a daily reminder, next due at ``due``, which is a whole minute."""
    schedule = Schedule((due.time(),), EVERY_DAY, "UTC")
    known = Memory(
        consent_at=due - timedelta(days=1),
        preferences=Preferences(zone="UTC", last_id=1),
        reminders=(create(1, "R01", schedule, due - timedelta(hours=12)),),
    )
    database = Database(f"sqlite:///{file}")

    def work(connection: Connection) -> None:
        memories.save(connection, FIRST_CHAT, Memory(), known)
        for table in (person, reminder):  # all others are like the first
            row = connection.execute(select(table)).one()._asdict()
            others = [{**row, "chat_id": FIRST_CHAT + number} for number in range(1, people)]
            if others:
                connection.execute(insert(table), others)

    database.run_now(work)
    return database


def at_once(people: int) -> None:
    """Have so many reminders come due in one minute, and print the table."""
    due = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
    if due - datetime.now(UTC) < timedelta(seconds=START_SECONDS + people / 1000):
        due += timedelta(minutes=1)
    chats = range(FIRST_CHAT, FIRST_CHAT + people)
    with tempfile.TemporaryDirectory() as folder, Telegram([WRITER, *chats], flood=True) as telegram:
        file = Path(folder) / "bench.db"
        fill(file, people, due).close()
        time.sleep(max(0.0, due.timestamp() - START_SECONDS - time.time()))
        bot = Process(BOT, Path(folder), {**telegram.environment, "DATABASE_URL": f"sqlite:///{file}"})
        telegram.wait_for_polls(bot)
        telegram.ask("write", WRITER, MESSAGE, EVERY_SECONDS)
        time.sleep(max(0.0, due.timestamp() - time.time()))
        before, cpu_before = telegram.ask("answer_seconds"), bot.cpu_seconds
        arrived = reminders_until_quiet(telegram, people)
        during, cpu, megabytes = telegram.ask("answer_seconds"), bot.cpu_seconds - cpu_before, bot.megabytes
        too_many, wrong = telegram.ask("too_many"), telegram.ask("wrong")
        bot.stop()
    got = Counter(chat for chat, _ in arrived)
    times = [at for _, at in arrived]
    during = during[: round((max(times) - due.timestamp()) / EVERY_SECONDS)]
    print(f"{people} reminders due at {due:%H:%M} UTC, Telegram's limits on")
    print(f"first after              {min(times) - due.timestamp():9.2f} s")
    print(f"last after               {max(times) - due.timestamp():9.2f} s")
    print(f"reminders per second     {(len(times) - 1) / (max(times) - min(times)):9.2f}")
    print(f"refused as too many      {too_many:9}")
    print(f"wrong in any other way   {len(wrong):9}")
    print(f"people who got two       {sum(count > 1 for count in got.values()):9}")
    print(f"people who got none      {people - len(got):9}")
    print(f"CPU per reminder         {1000 * cpu / len(times):9.2f} ms, with the answers to who writes")
    print(f"memory                   {megabytes:9.0f} MB")
    print(f"time to the answer: {MESSAGE!r} every {EVERY_SECONDS:.0f} s")
    for when, taken in (("before", before), ("meanwhile", during)):
        print(f"  {when:22} {_milliseconds(taken)}")


def reminders_until_quiet(telegram: Telegram, people: int) -> list[tuple[int, float]]:
    """Who got a reminder and when, in Unix seconds, once all came or no more do."""
    arrived: list[tuple[int, float]] = []
    news_at, patience = time.time(), 2 * QUIET_SECONDS
    while time.time() - news_at < patience:
        time.sleep(QUIET_SECONDS / 4)
        now = [(each.chat_id, each.at) for each in telegram.ask("arrivals") if each.chat_id != WRITER]
        if len(now) > len(arrived):
            arrived, news_at = now, time.time()
        patience = QUIET_SECONDS if len(arrived) >= people else 2 * QUIET_SECONDS
    return arrived


def _milliseconds(seconds: Sequence[float]) -> str:
    median, slow = statistics.median(seconds), statistics.quantiles(seconds, n=100, method="inclusive")[98]
    most, count = max(seconds), len(seconds)
    return (
        f"median {1000 * median:.0f} ms, 99 of 100 within {1000 * slow:.0f} ms, most {1000 * most:.0f} ms"
        f" ({count} answers)"
    )


def many(rows: int) -> None:
    """Print what so many reminders that are not due cost."""
    due = (datetime.now(UTC) + timedelta(hours=12)).replace(second=0, microsecond=0)
    with tempfile.TemporaryDirectory() as folder, Telegram([WRITER], flood=True) as telegram:
        file = Path(folder) / "bench.db"
        database = fill(file, rows, due)
        taken = []
        for _ in range(QUERIES):
            began = time.perf_counter()
            assert database.run_now(memories.next_due) == due
            taken.append(1000 * (time.perf_counter() - began))
        database.close()
        bot = Process(BOT, Path(folder), {**telegram.environment, "DATABASE_URL": f"sqlite:///{file}"})
        ready, megabytes = telegram.wait_for_polls(bot), bot.megabytes
        size = file.stat().st_size / 2**20
        bot.stop()
    print(f"{rows} reminders in SQLite, {size:.0f} MB")
    print(f"when is the next due     {statistics.median(taken):9.2f} ms, median; most {max(taken):.2f} ms")
    print(f"start to first poll      {ready:9.2f} s")
    print(f"memory then              {megabytes:9.0f} MB")


def main() -> None:
    """Read the sizes from the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m tools.reminder_bench", description=__doc__)
    parser.add_argument("--due", type=int, default=3000)
    parser.add_argument("--rows", type=int, default=100_000)
    sizes = parser.parse_args()
    at_once(sizes.due)
    many(sizes.rows)


if __name__ == "__main__":
    main()
