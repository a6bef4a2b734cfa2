"""Making a call until it has an answer, and what to do when Telegram refuses or cannot be reached."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import aiohttp
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot import meters
from bot.storage.outbox import MOST_SENDS
from bot.telegram.transport import Unsent

MOST_ATTEMPTS = 20
"""About two minutes, which outlasts most troubles at Telegram."""
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 8.0

T = TypeVar("T")


async def persist(
    call: Callable[[], Awaitable[T]],
    most_attempts: int = MOST_ATTEMPTS,
    *,
    patient: bool = True,
    most_sends: int = MOST_SENDS,
) -> T:
    """Make a call until it has an answer.

    Being told to wait and not reaching Telegram at all are no attempts: that ends some time, and nothing
    is lost meanwhile. A call whose connection broke, or whose answer did not come in time, may have
    arrived; it is made once more, so that a message is seen at most twice and not never, and fewer times
    (``most_sends``) where it may have arrived before. Where nobody waits (not ``patient``), being told to
    wait is raised.
    """
    attempts = unsure = pauses = 0
    while True:
        pause = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2**pauses)
        try:
            return await call()
        except RetryAfter as error:
            if not patient:
                raise
            pause = seconds_to_wait(error)
            meters.tried_again("told_to_wait")
        except (BadRequest, Forbidden, ChatMigrated, InvalidToken):
            raise
        except TelegramError as error:
            if not isinstance(error, Unsent):
                attempts += 1
                unsure += may_have_arrived(error)
                if attempts == most_attempts or unsure >= most_sends:
                    raise
            pauses += 1
            meters.tried_again("unsent" if isinstance(error, Unsent) else "failed")
        await asyncio.sleep(pause)


def seconds_to_wait(error: RetryAfter) -> float:
    """How long Telegram wants us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def may_have_arrived(error: TelegramError) -> bool:
    """Whether a call that reached Telegram could have had its effect although it failed with ``error``."""
    unreadable = not isinstance(error, NetworkError)
    return unreadable or isinstance(error.__cause__, aiohttp.ClientError | TimeoutError)
