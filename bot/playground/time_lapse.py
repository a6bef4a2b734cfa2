"""Going ahead in time without skipping what happens on the way.

A jump over the end of a hold would only show a bot that says sorry for being late. So time stops at every
moment that somebody has been promised, and goes in short steps while one is near. The bot gets the time it
needs to notice, and to send no faster than Telegram lets it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from bot.playground.botapi import Msg, Simulator
from bot.playground.clock import MovedClock

STEP_SECONDS = 10.0  # of the playground, while something is being counted down
NEAR_SECONDS = 600.0  # a promise that is as near as this is being counted down
AFTER_SECONDS = 60.0  # and so long after it, because the next one may follow after a pause
NOTICE_SECONDS = 0.3  # real ones, in which the bot notices that its clock was moved
MESSAGE_SECONDS = 1.1  # real ones, from one message to the next in a chat
MESSAGES_LOOKED_AT = 40  # of each chat, the newest


class TimeLapse:
    """Moves the clock for everybody; `tell()` is called after every step."""

    def __init__(
        self,
        simulator: Simulator,
        clock: MovedClock,
        tell: Callable[[], None],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._simulator, self._clock, self._tell, self._sleep = simulator, clock, tell, sleep
        self._one_at_a_time = asyncio.Lock()
        self._calls_under_way = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    async def go(self, seconds: float) -> None:
        """Move ahead by so many seconds, with stops on the way."""
        async with self._one_at_a_time:
            left, target = seconds, self._clock() + seconds
            while left > 0:
                step = min(left, self._step())
                sent = self._sent()
                self._clock.move(step)
                self._tell()
                if step == left:
                    break
                await self._let_it_happen(sent)
                left = target - self._clock()

    @contextmanager
    def waits_for(self, method: str) -> Iterator[None]:
        """A call of the bot is being carried out, and time does not go on before it is over."""
        counts = method.lower() != "getupdates"  # that one waits for time to go on
        self._calls_under_way += counts
        if counts:
            self._quiet.clear()
        try:
            yield
        finally:
            self._calls_under_way -= counts
            if not self._calls_under_way:
                self._quiet.set()

    def _step(self) -> float:
        """Seconds to the next promise or, while one is near, a short step towards it."""
        now = self._clock()
        away = [moment - now for moment in self._promises()]
        if any(-AFTER_SECONDS < seconds < NEAR_SECONDS for seconds in away):
            return STEP_SECONDS
        return min((seconds for seconds in away if seconds > 0), default=float("inf"))

    def _promises(self) -> Iterator[float]:
        """Every moment that the bot's messages name, in Unix seconds."""
        for chat in self._simulator.chats.values():
            for msg in chat.visible()[-MESSAGES_LOOKED_AT:]:
                yield from _moments(msg)

    async def _let_it_happen(self, sent: int) -> None:
        await self._sleep(NOTICE_SECONDS)
        await self._quiet.wait()
        await self._sleep(MESSAGE_SECONDS * (self._sent() - sent))

    def _sent(self) -> int:
        return sum(count for name, count in self._simulator.counts.items() if name.startswith("send"))


def _moments(msg: Msg) -> Iterator[float]:
    for entity in (*msg.data.get("entities", []), *msg.data.get("caption_entities", [])):
        if entity["type"] == "date_time":
            yield entity["unix_time"]
