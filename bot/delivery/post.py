"""The post: letters go out in the order of their urgency, within Telegram's budget, each once."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import replace
from typing import Protocol

from sqlalchemy import Connection

from bot.delivery.budget import Budget
from bot.delivery.clock import Now
from bot.delivery.lanes import Lanes
from bot.storage import memories, outbox
from bot.storage.database import Database
from bot.storage.outbox import Letter, Urgency
from bot.wording.reply import Reply

log = logging.getLogger(__name__)

MOST_AT_ONCE = 64
"""Letters on the wire at the same time."""
FAILED_PAUSE_SECONDS = 5.0
STOP_SECONDS = 4.0
"""How long letters on the wire may take when the process ends; the others are sent by the next one."""


class TryLater(Exception):
    """Telegram wants us to wait so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Unwanted(Exception):
    """The chat does not take messages of ours any more."""


class Moved(Exception):
    """The chat has another number now."""

    def __init__(self, chat_id: int) -> None:
        super().__init__(chat_id)
        self.chat_id = chat_id


class Undeliverable(Exception):
    """Telegram refuses this message for good."""


class Carrier(Protocol):
    """Whoever brings a message to Telegram."""

    async def carry(self, chat_id: int, reply: Reply) -> int:
        """Send a message; the number that Telegram gives it.

        Raises ``TryLater``, ``Moved``, ``Unwanted`` or ``Undeliverable``; goes on trying while Telegram is
        away.
        """


class Post:
    """Brings letters to their chats. A letter is forgotten when it has arrived, and not before."""

    def __init__(
        self,
        database: Database,
        lanes: Lanes,
        budget: Budget,
        carrier: Carrier,
        unwanted: Callable[[int], Awaitable[object]],
        now: Now,
    ) -> None:
        """``unwanted`` is told of each chat that turns out not to want us."""
        self._now = now
        self._database, self._lanes, self._budget, self._carrier = database, lanes, budget, carrier
        self._unwanted = unwanted
        self._heap: list[tuple[int, int, Letter]] = []
        self._numbers = itertools.count()
        self._of_chat: dict[int, dict[int, Letter]] = {}
        self._filled = asyncio.Event()
        self._free = asyncio.Semaphore(MOST_AT_ONCE)
        self._on_the_wire: set[asyncio.Task[None]] = set()

    def put(self, letters: Iterable[Letter]) -> None:
        """Take letters, which are kept in the outbox already."""
        for letter in letters:
            self._of_chat.setdefault(letter.chat_id, {})[letter.id] = letter
            self._queue(letter)

    def _queue(self, letter: Letter) -> None:
        heapq.heappush(self._heap, (letter.urgency, next(self._numbers), letter))
        self._filled.set()

    def _is_wanted(self, letter: Letter) -> bool:
        """Whether nobody has taken it back; numbers are given again, so the letter itself is compared."""
        return self._of_chat.get(letter.chat_id, {}).get(letter.id) is letter

    def take_back(self, chat_id: int, urgencies: Collection[Urgency]) -> None:
        """Send none of these letters to a chat that are not on the wire yet; they are out of the outbox."""
        waiting = self._of_chat.get(chat_id, {})
        for letter in [letter for letter in waiting.values() if letter.urgency in urgencies]:
            self._forget(letter)

    async def run(self) -> None:
        """Send letters until cancelled; then let those on the wire arrive."""
        try:
            while True:
                await self._filled.wait()
                while self._heap:
                    await self._free.acquire()
                    await self._budget.wait()
                    _, _, letter = heapq.heappop(self._heap)
                    self._send(letter)
                self._filled.clear()
        finally:
            if self._on_the_wire:
                await asyncio.wait(self._on_the_wire, timeout=STOP_SECONDS)

    def _send(self, letter: Letter) -> None:
        task = asyncio.create_task(self._bring(letter))
        self._on_the_wire.add(task)
        task.add_done_callback(self._arrived)

    def _arrived(self, task: asyncio.Task[None]) -> None:
        self._on_the_wire.discard(task)
        self._free.release()

    async def _bring(self, letter: Letter) -> None:
        async with self._lanes(letter.chat_id):
            if not self._is_wanted(letter):
                return
            if letter.is_stale(self._now()):
                await self._arrived_as(letter, None)
                return
            try:
                message_id = await self._carrier.carry(letter.chat_id, letter.reply)
            except TryLater as error:
                self._again(letter, error.seconds)
                return
            except Moved as error:
                await self._follow(letter, error.chat_id)
                return
            except Unwanted:
                await self._unwanted(letter.chat_id)
                message_id = None
            except Undeliverable:
                log.error("a letter was given up")
                message_id = None
            except Exception:  # one letter's fault must not stop the letters of others
                log.exception("a letter could not be sent")
                self._again(letter, FAILED_PAUSE_SECONDS)
                return
            await self._arrived_as(letter, message_id)

    async def _follow(self, letter: Letter, chat_id: int) -> None:
        """Take everything of a chat to its new number, and the letter with it."""
        await self._database.run(lambda connection: memories.move(connection, letter.chat_id, chat_id))
        self._forget(letter)
        self.put([replace(letter, chat_id=chat_id)])

    def _again(self, letter: Letter, seconds: float) -> None:
        """Try once more later; ``_bring`` looks whether it is still wanted then."""
        asyncio.get_running_loop().call_later(seconds, self._queue, letter)

    async def _arrived_as(self, letter: Letter, message_id: int | None) -> None:
        """Nothing more is to be done about a letter, which may have become a message."""

        def done(connection: Connection) -> None:
            outbox.drop(connection, letter.id)
            if message_id is not None and letter.reply.shows_round:
                memories.shown(connection, letter.chat_id, message_id)

        if self._is_wanted(letter):  # otherwise its row is gone, and its number may be another's
            await self._database.run(done)
            self._forget(letter)

    def _forget(self, letter: Letter) -> None:
        waiting = self._of_chat.get(letter.chat_id, {})
        waiting.pop(letter.id, None)
        if not waiting:
            self._of_chat.pop(letter.chat_id, None)
