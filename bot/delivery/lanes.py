"""One thing at a time in a chat, many chats at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Lanes:
    """A lane for each chat. Whoever comes first goes first."""

    def __init__(self) -> None:
        self._lanes: dict[int, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def __call__(self, chat_id: int) -> AsyncIterator[None]:
        """Have the lane of a chat for oneself."""
        lock, users = self._lanes.get(chat_id, (asyncio.Lock(), 0))
        self._lanes[chat_id] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._lanes[chat_id]
            if users == 1:
                del self._lanes[chat_id]
            else:
                self._lanes[chat_id] = (lock, users - 1)
