"""Telegram's budget for one bot: so many messages a second over all chats, and fewer to each one."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from bot.storage import budget
from bot.storage.database import Database

FREE_PER_SECOND = 30.0
MESSAGES_PER_SECOND = 29.5
"""A little less than what is free. Telegram takes more from a bot that pays for it."""
ALL_CHATS = "all"
MOST_PACES = 10_000


class Rate(NamedTuple):
    """One message every so many seconds, after a few at once."""

    interval_seconds: float
    at_once: int


PRIVATE = Rate(1.05, 5)
GROUP = Rate(3.1, 20)
"""Telegram allows a chat about one message a second and a group 20 a minute, and counts by its own clock."""


class Budget(Protocol):
    """Says when the next message may go out.

    Answers to people go out as soon as their chat may have one; what they use up is taken from what may wait.
    """

    async def spend(self, chat_id: int | None) -> None:
        """An answer goes out, when this returns; ``None`` is for a message without a known chat."""

    async def wait(self, chat_id: int | None = None) -> None:
        """Wait until a message that can wait may go out, and count it: over all chats, and to this one."""

    async def pace(self, chat_id: int) -> None:
        """Wait until this chat may have a message that is counted over all chats already."""


def budget_for(database: Database, per_second: float = MESSAGES_PER_SECOND) -> Budget:
    """The budget that fits: processes that share a database share Telegram's patience."""
    return SharedBudget(database, per_second) if database.is_shared else OwnBudget(per_second)


class OwnBudget:
    """The budget of the only process."""

    def __init__(self, per_second: float = MESSAGES_PER_SECOND) -> None:
        self._all = Rate(1 / per_second, max(1, round(per_second)))
        self._free_at: dict[int | None, float] = {}

    async def spend(self, chat_id: int | None) -> None:
        """An answer goes out, when this returns."""
        own = 0.0 if chat_id is None else self._take(chat_id, rate_for(chat_id))
        await _sleep(max(own, self._take(None, self._all)))

    async def wait(self, chat_id: int | None = None) -> None:
        """Wait until a message that can wait may go out, and count it."""
        while (pause := self._free_at.get(None, 0.0) - _now()) > 0:  # noqa: ASYNC110 - time itself frees it
            await asyncio.sleep(pause)
        self._take(None, self._all)
        if chat_id is not None:
            await self.pace(chat_id)

    async def pace(self, chat_id: int) -> None:
        """Wait until this chat may have a message that is counted over all chats already."""
        await _sleep(self._take(chat_id, rate_for(chat_id)))

    def _take(self, key: int | None, rate: Rate) -> float:
        """Count a message; how long it has to wait."""
        now = _now()
        start = max(self._free_at.pop(key, now), now)
        self._free_at[key] = start + rate.interval_seconds
        if len(self._free_at) > MOST_PACES:
            self._free_at = {key: free_at for key, free_at in self._free_at.items() if free_at > now}
        return _pause(start - now, rate)


class SharedBudget:
    """The budget of several processes, kept in their database and by its clock."""

    def __init__(self, database: Database, per_second: float = MESSAGES_PER_SECOND) -> None:
        self._database = database
        self._all = Rate(1 / per_second, max(1, round(per_second)))

    async def spend(self, chat_id: int | None) -> None:
        """An answer goes out, when this returns."""
        await self._take({ALL_CHATS: self._all, **_own(chat_id)})

    async def wait(self, chat_id: int | None = None) -> None:
        """Wait until a message that can wait may go out, and count it."""
        await self._take({ALL_CHATS: self._all._replace(at_once=1), **_own(chat_id)})

    async def pace(self, chat_id: int) -> None:
        """Wait until this chat may have a message that is counted over all chats already."""
        await self._take(_own(chat_id))

    async def _take(self, wanted: Mapping[str, Rate]) -> None:
        intervals = {key: each.interval_seconds for key, each in wanted.items()}
        behind = await self._database.run(lambda connection: budget.take(connection, intervals))
        await _sleep(max(_pause(behind[key], each) for key, each in wanted.items()))


def _own(chat_id: int | None) -> dict[str, Rate]:
    return {} if chat_id is None else {str(chat_id): rate_for(chat_id)}


def rate_for(chat_id: int) -> Rate:
    """What one chat may have."""
    return PRIVATE if chat_id > 0 else GROUP


def _pause(behind_seconds: float, rate: Rate) -> float:
    """How long a message waits that comes so long before its turn, where a few may go at once."""
    return max(0.0, behind_seconds - (rate.at_once - 1) * rate.interval_seconds)


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _sleep(seconds: float) -> None:
    if seconds > 0:
        await asyncio.sleep(seconds)
