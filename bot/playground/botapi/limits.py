"""Telegram's limits, and the gate that keeps a bot from flooding people."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playground.botapi.wire import too_many_requests

if TYPE_CHECKING:
    from bot.playground.botapi.chats import Chat
    from bot.playground.botapi.server import Simulator

EARLY_SECONDS = 0.05  # a bot that comes back this much before retry_after is over is not blamed


@dataclass
class Limits:
    """Change an attribute to make a test faster or stricter."""

    flood: bool = True
    per_second: float = 30  # messages a second over all chats
    chat_per_second: float = 1  # messages a second in one private chat ...
    chat_burst: int = 5  # ... after a burst of this many
    group_per_minute: float = 20
    callback_age: float = 15  # seconds a pressed button can be answered
    inline_age: float = 10  # seconds an inline query can be answered
    guest_age: float = 15  # seconds a mention in a foreign chat can be answered
    webhook_backoff: float = 2  # seconds before the second retry; doubles up to 60
    upload_bytes: int = 50 << 20
    photo_bytes: int = 10 << 20


class Bucket:
    """A token bucket: `rate` tokens a second, at most `burst` of them."""

    def __init__(self, rate: float, burst: float) -> None:
        self.rate, self.burst, self.level, self._at = rate, burst, burst, time.monotonic()

    def wait_seconds(self, n: int) -> float:
        """How long until n tokens are there; 0 if they are."""
        now = time.monotonic()
        self.level = min(self.burst, self.level + (now - self._at) * self.rate)
        self._at = now
        return max(0.0, (min(n, self.burst) - self.level) / self.rate)

    def take(self, n: int) -> None:
        """Use up n tokens."""
        self.level -= n


class FloodGate:
    """Lets messages through as long as they are not too many, over all chats and for each chat."""

    def __init__(self, sim: Simulator) -> None:
        self._sim = sim
        self._buckets: dict[int, Bucket] = {}
        self._closed_until: dict[int, float] = {}  # monotonic seconds, for each chat

    def admit(self, chat: Chat, n: int) -> None:
        """Raises ApiError (429) if n more messages to this chat are too many."""
        limits = self._sim.limits
        if not limits.flood:
            return
        rate, burst = limits.group_per_minute / 60, limits.group_per_minute
        if chat.user:
            rate, burst = limits.chat_per_second, limits.chat_burst
        buckets = [
            self._buckets.setdefault(0, Bucket(limits.per_second, limits.per_second)),
            self._buckets.setdefault(chat.id, Bucket(rate, burst)),
        ]
        if wait_seconds := max(bucket.wait_seconds(n) for bucket in buckets):
            now, refusal = time.monotonic(), too_many_requests(wait_seconds)
            if now < self._closed_until.get(chat.id, 0):
                self._sim.violate("flood", f"chat {chat.id}: sent again before retry_after was over")
            self._closed_until[chat.id] = now + refusal.parameters["retry_after"] - EARLY_SECONDS
            raise refusal
        for bucket in buckets:
            bucket.take(n)
