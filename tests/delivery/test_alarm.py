"""Who moves the clock while watching sees at once what the step rings."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from bot.delivery.alarm import MOVED_CLOCK_SLEEP_SECONDS, Alarm
from bot.delivery.chats import Rung
from bot.delivery.clock import Now, moved_by
from bot.delivery.post import Post


class OneDeadline:
    """As much of the chats as the alarm needs: something is due in an hour, once."""

    def __init__(self, now: Now) -> None:
        self.deadline: datetime | None = now() + timedelta(hours=1)
        self.deadline_changed = asyncio.Event()
        self.asleep, self.rung = asyncio.Event(), asyncio.Event()

    async def due(self, now: datetime, *, after_downtime: bool) -> Rung:
        if self.deadline is not None and now >= self.deadline:
            self.deadline = None
            self.rung.set()
        self.asleep.set()
        return Rung([], self.deadline)

    async def waiting_letters(self, now: datetime) -> list[Any]:
        return []


class NoPost:
    """Nothing is sent here."""

    def put(self, letters: list[Any]) -> None:
        assert letters == []


async def test_a_step_of_the_clock_rings_what_it_passes(tmp_path: Path) -> None:
    now = moved_by(tmp_path / "clock")
    chats = OneDeadline(now)
    alarm = Alarm(cast(Any, chats), cast(Post, NoPost()), now, MOVED_CLOCK_SLEEP_SECONDS)
    running = asyncio.ensure_future(alarm.run())
    await chats.asleep.wait()
    (tmp_path / "clock").write_text("3600.5")
    async with asyncio.timeout(1.0):
        await chats.rung.wait()
    running.cancel()
