"""How soon a search from any chat is answered, letter by letter, against the strict local server.

The bot runs as a process of its own. First somebody asks for every point, so that their pictures are known.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import statistics
import tempfile
import time
from pathlib import Path

from bot.library import Library, load
from bot.playground.botapi import Limits, Simulator, User
from tools.processes import BOT, Process

TYPED = (
    "sciatica",
    "my neck is stiff",
    "lower back pain",
    "li4",
    "headache since this morning",
    "i am pregnant and my back hurts",
    "chest pain",
    "zzzz",
)
PATIENCE_SECONDS = 60.0
PROMISED_SECONDS = 1.0


async def measure(searches: int, people: int) -> None:
    """Have so many people type, each as fast as answers come, and print the table."""
    library = load()
    with tempfile.TemporaryDirectory() as folder:
        async with Simulator(limits=Limits(flood=False)) as server:
            environment = {
                "TELEGRAM_BOT_TOKEN": server.token,
                "TELEGRAM_API_URL": f"http://127.0.0.1:{server.port}",
                "DATABASE_URL": f"sqlite:///{folder}/bench.db",
                "LOG_LEVEL": "WARNING",
            }
            bot = Process(BOT, Path(folder), environment)
            try:
                users = [server.user(1001 + number, f"Person {number}") for number in range(people)]
                await show_pictures(users[0], library)
                cpu = bot.cpu_seconds
                share = -(-searches // people)
                taken = list(
                    itertools.chain(*await asyncio.gather(*(type_away(user, share) for user in users)))
                )
                cpu = bot.cpu_seconds - cpu
                refused = len(server.errors())
                photos = sum(len(answer) for answer in _photos(server))
            finally:
                await asyncio.to_thread(bot.stop)
    cuts = [1000 * cut for cut in statistics.quantiles(taken, n=100)]
    print(f"{len(taken)} searches, {people} people at once, {os.cpu_count()} cores")
    print(f"half within              {cuts[49]:9.1f} ms")
    print(f"99 of 100 within         {cuts[98]:9.1f} ms")
    print(f"slowest                  {1000 * max(taken):9.1f} ms")
    print(f"later than {PROMISED_SECONDS:.0f} s           {sum(each > PROMISED_SECONDS for each in taken):9}")
    print(f"refused                  {refused:9}")
    print(f"results with a picture   {photos:9}")
    print(f"CPU per search           {1000 * cpu / len(taken):9.2f} ms")


async def show_pictures(user: User, library: Library) -> None:
    """Ask for every point in private."""
    for code in library.points:
        await user.send(f"where is {code}")
        await user.expect(code, timeout=PATIENCE_SECONDS)


async def type_away(user: User, searches: int) -> list[float]:
    """Type letter by letter; the seconds that each answer took."""
    letters = itertools.cycle(text[: end + 1] for text in ("", *TYPED) for end in range(max(1, len(text))))
    taken = []
    for query in itertools.islice(letters, searches):
        started = time.perf_counter()
        await user.inline_query(query, timeout=PATIENCE_SECONDS)
        taken.append(time.perf_counter() - started)
    return taken


def _photos(server: Simulator) -> list[list[object]]:
    """The results with a picture of the answers that the server keeps."""
    answers = server.inline_cache.values()
    return [[each for each in answer.results if each["type"] == "photo"] for answer in answers]


def main() -> None:
    """Read the sizes from the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m tools.inline_bench", description=__doc__)
    parser.add_argument("--searches", type=int, default=2000)
    parser.add_argument("--people", type=int, default=4)
    sizes = parser.parse_args()
    asyncio.run(measure(sizes.searches, sizes.people))


if __name__ == "__main__":
    main()
