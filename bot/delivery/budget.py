"""Telegram's budget for one bot: so many messages a second over all chats."""

from __future__ import annotations

import asyncio

MESSAGES_PER_SECOND = 29.5
"""Telegram takes 30, and more from a bot that pays for it."""


class Budget:
    """Says when the next message may go out.

    Answers to people go out at once; what they use up is taken from what may wait.
    """

    def __init__(self, per_second: float = MESSAGES_PER_SECOND) -> None:
        self._interval = 1 / per_second
        self._free_at = 0.0

    def spend(self) -> None:
        """A message goes out now."""
        self._free_at = max(self._free_at, asyncio.get_running_loop().time()) + self._interval

    async def wait(self) -> None:
        """Wait until a message may go out that can wait, and count it."""
        while (pause := self._free_at - asyncio.get_running_loop().time()) > 0:  # noqa: ASYNC110 - time itself frees it
            await asyncio.sleep(pause)
        self.spend()
