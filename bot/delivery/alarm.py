"""The door of the clock: when something's time is up, its event is handled and its letters are posted."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from datetime import datetime

from bot.delivery.chats import Chats
from bot.delivery.clock import Now
from bot.delivery.post import Post

log = logging.getLogger(__name__)

LONGEST_SLEEP_SECONDS = 30.0
"""The clock of the machine may be set while we sleep."""
MOVED_CLOCK_SLEEP_SECONDS = 0.1
"""For a clock that is moved while somebody watches: a step ahead must ring what it passes."""
FAILED_PAUSE_SECONDS = 1.0


class Alarm:
    """Sleeps until the earliest deadline of all chats."""

    def __init__(
        self, chats: Chats, post: Post, now: Now, longest_sleep_seconds: float = LONGEST_SLEEP_SECONDS
    ) -> None:
        self._chats, self._post, self._now = chats, post, now
        self._longest_sleep_seconds = longest_sleep_seconds

    async def run(self) -> None:
        """Handle deadlines until cancelled, those passed while nobody ran first."""
        after_downtime = letters_wait = True
        while True:
            try:
                if letters_wait:
                    self._post.put(await self._chats.waiting_letters(self._now()))
                    letters_wait = False
                self._chats.deadline_changed.clear()
                now = self._now()
                rung = await self._chats.due(now, after_downtime=after_downtime)
                self._post.put(rung.letters)
                if rung.next_due is None or rung.next_due > now:
                    after_downtime = False
                    await self._sleep_until(rung.next_due)
            except Exception:  # whatever fails, the clock must ring again for everybody else
                log.exception("deadlines could not be handled")
                await asyncio.sleep(FAILED_PAUSE_SECONDS)

    async def _sleep_until(self, deadline: datetime | None) -> None:
        seconds = self._longest_sleep_seconds
        if deadline is not None:
            seconds = min(seconds, (deadline - self._now()).total_seconds())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, seconds)):
                await self._chats.deadline_changed.wait()
