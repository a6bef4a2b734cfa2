"""The post: letters go out in the order of their urgency, within Telegram's budget, each once."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Collection, Iterable

from bot.delivery.budget import Budget
from bot.delivery.courier import Courier, TryLater
from bot.delivery.lanes import Lanes
from bot.storage.outbox import Letter, Urgency

MOST_AT_ONCE = 64
"""Letters on the wire at the same time."""
STOP_SECONDS = 4.0
"""How long letters on the wire may take when the process ends; the others are sent by the next one."""


class Post:
    """Brings letters to their chats. A letter is forgotten when it has arrived, and not before."""

    def __init__(self, lanes: Lanes, budget: Budget, courier: Courier) -> None:
        self._lanes, self._budget, self._courier = lanes, budget, courier
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
            await self._budget.pace(letter.chat_id)
            try:
                more = await self._courier.bring(letter, lambda: self._is_wanted(letter))
            except TryLater as error:
                self._again(letter, error.seconds)
                return
        self._forget(letter)
        self.put(more)

    def _again(self, letter: Letter, seconds: float) -> None:
        """Try once more later; ``_bring`` looks whether it is still wanted then."""
        asyncio.get_running_loop().call_later(seconds, self._queue, letter)

    def _forget(self, letter: Letter) -> None:
        waiting = self._of_chat.get(letter.chat_id, {})
        if waiting.get(letter.id) is letter:
            del waiting[letter.id]
        if not waiting:
            self._of_chat.pop(letter.chat_id, None)
