"""How long a stranger waits: a fresh clone, an empty environment, `make run`, the first answer.

The packages should be in pip's cache already; the first time on a machine they are fetched as well.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout

ROOT = Path(__file__).resolve().parents[1]
PAGE = "http://127.0.0.1:8080"
QUESTION = "which point helps sciatica"
LONGEST_SECONDS = 120


async def first_answer(clone: Path) -> float:
    """Seconds from `make run` in ``clone`` to the first answer on the page."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME")}
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        "make",
        "run",
        cwd=clone,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(LONGEST_SECONDS), ClientSession(timeout=ClientTimeout(None)) as session:
            while True:
                with contextlib.suppress(ClientError):
                    await ask(session)
                    return time.perf_counter() - started
                await asyncio.sleep(0.1)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        await process.wait()


async def ask(session: ClientSession) -> None:
    """Write to the bot as the first person of the page, and wait for what it says."""
    async with session.get(f"{PAGE}/play/events") as events:
        asked = await session.post(f"{PAGE}/play/text", json={"person": 1001, "text": QUESTION})
        asked.raise_for_status()
        async for line in events.content:
            if b"blockquote" in line:  # an answer has a folded block
                return


def main() -> None:
    """Clone, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        for run in ("fresh clone", "second time"):
            seconds = asyncio.run(first_answer(clone))
            print(f"make run to first answer, {run}: {seconds:.1f} s")


if __name__ == "__main__":
    main()
