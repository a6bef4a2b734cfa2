"""The least that can keep timed holds: a table of deadlines, one sleeper, plain sends. A yardstick.

It has no outbox: what was on its way when it died is lost. Every cue has the same words.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import time

import aiohttp

from bot.conversation.actions import encode
from bot.conversation.hold_actions import Steer, Steering

SECONDS = 10.0
MOST_AT_ONCE = 8
TABLE = "CREATE TABLE IF NOT EXISTS hold (chat_id INTEGER PRIMARY KEY, serial INTEGER, deadline INTEGER)"
INDEX = "CREATE INDEX IF NOT EXISTS hold_by_deadline ON hold (deadline)"
TEXT = (
    "<b>Let go. Then once more: LI4 (Joining Valley), right side.</b>\nHold for 10 seconds.\n\n"
    "I write again when it is over.\nStep 1 of 5"
)
LABELS: dict[Steering, str] = {
    "pause": "Pause",
    "stop": "Stop",
    "skip": "Skip",
    "back": "Back",
    "more": "More",
}


async def send(session: aiohttp.ClientSession, url: str, chat_id: int, serial: int) -> None:
    """Send the cue that ends the hold before this serial."""
    row = [{"text": label, "callback_data": encode(Steer(verb, serial))} for verb, label in LABELS.items()]
    markup = json.dumps({"inline_keyboard": [row]})
    values = {"chat_id": str(chat_id), "text": TEXT, "parse_mode": "HTML", "reply_markup": markup}
    async with session.post(f"{url}/sendMessage", data=values) as answer:
        await answer.read()


async def run(url: str, file: str) -> None:
    """Sleep until the earliest deadline, move what is due to its next one, send its cues; for ever."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    sending: set[asyncio.Task[None]] = set()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=MOST_AT_ONCE)) as session:
        async with session.post(f"{url}/getUpdates"):  # the sign that it is up
            pass
        try:
            while True:
                now = round(time.time() * 1000)
                due = connection.execute(
                    "SELECT chat_id, serial FROM hold WHERE deadline <= ?", (now,)
                ).fetchall()
                connection.execute("BEGIN IMMEDIATE")
                moved = [(serial + 1, now + SECONDS * 1000, chat_id) for chat_id, serial in due]
                connection.executemany("UPDATE hold SET serial = ?, deadline = ? WHERE chat_id = ?", moved)
                connection.execute("COMMIT")
                for chat_id, serial in due:
                    task = asyncio.create_task(send(session, url, chat_id, serial + 1))
                    sending.add(task)
                    task.add_done_callback(sending.discard)
                (soonest,) = connection.execute("SELECT min(deadline) FROM hold").fetchone()
                await asyncio.sleep(max(0.0, soonest / 1000 - time.time()))
        finally:
            await asyncio.gather(*sending, return_exceptions=True)


def main() -> None:
    """Run on the server and the file that the environment names."""
    url = f"{os.environ['TELEGRAM_API_URL']}/bot{os.environ['TELEGRAM_BOT_TOKEN']}"
    try:
        asyncio.run(run(url, os.environ["DATABASE_URL"].removeprefix("sqlite:///")))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
