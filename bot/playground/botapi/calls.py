"""The record a test reads afterwards: every call of the bot, and every mistake in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.playground.botapi.wire import ApiError, Json


@dataclass
class Call:
    """One request of the bot. `params` are as sent, with uploads shown by their size."""

    method: str
    params: Json
    time: float  # Unix seconds
    error: ApiError | None = None
    injected: str = ""  # the kind of fault it ran into
    result: Any = None

    @property
    def refused(self) -> bool:
        """Whether the server refused the call by itself, without being told to fail."""
        return self.error is not None and self.injected not in ("error", "flood")


@dataclass(frozen=True)
class Violation:
    """Something a correct bot would not do, although the real server may tolerate it."""

    method: str
    text: str
    time: float  # Unix seconds
