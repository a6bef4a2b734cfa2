"""What the only process does beside answering: it writes news, and forgets what is old."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.delivery.chats import Chats
from bot.delivery.clock import Now
from bot.delivery.newsroom import Newsroom
from bot.delivery.post import Post
from bot.storage import retention

log = logging.getLogger(__name__)

NEWS_SECONDS = 5.0
"""How often it looks for news to write: that is 100 people a second."""
TIDY_SECONDS = 24 * 3600.0
FIRST_TIDY_SECONDS = 300.0
"""A start has better things to do."""


class Housekeeping:
    """Keeps house until cancelled."""

    def __init__(self, chats: Chats, post: Post, now: Now) -> None:
        self._database, self._post, self._now = chats.database, post, now
        self._newsroom = Newsroom(chats.companion, chats.database)

    async def run(self) -> None:
        """Do all of it, each at its own pace."""
        await asyncio.gather(
            self._every(NEWS_SECONDS, self._write_news, NEWS_SECONDS),
            self._every(TIDY_SECONDS, self._tidy, FIRST_TIDY_SECONDS),
        )

    async def _every(self, seconds: float, work: Callable[[], Awaitable[None]], first_seconds: float) -> None:
        await asyncio.sleep(first_seconds)
        while True:
            try:
                await work()
            except Exception:  # it is tried again, and answers go on
                log.exception("the house could not be kept")
            await asyncio.sleep(seconds)

    async def _write_news(self) -> None:
        self._post.put(await self._newsroom.write(self._now()))

    async def _tidy(self) -> None:
        now = self._now()
        await self._database.run(lambda connection: retention.tidy(connection, now))
        await self._database.forget_deleted()
