"""A process that works for a bot: how it finds Telegram, and how it ends."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine, Sequence
from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.settings import Settings
from bot.telegram.calls import seconds_to_wait
from bot.telegram.polling import SecondPoller
from bot.telegram.transport import Transport

CONNECTIONS = 8
"""Enough for Telegram's 30 messages a second; each one more costs every call a little."""
CALL_READ_SECONDS = 10.0
"""Long, because a message that was taken but not confirmed in time is sent a second time."""
POLL_READ_SECONDS = 10.0
"""How much later than promised the answer to a poll may come before the connection counts as dead."""
START_SECONDS, START_PAUSE_SECONDS = 4.0, 1.0
NO_TOKEN = "Telegram does not accept the token in TELEGRAM_BOT_TOKEN."
SECOND_PROCESS = "Another process is running this bot. Stop it first."


class CannotStart(Exception):
    """Why the bot cannot run on Telegram, in one sentence."""


def new_bot(settings: Settings) -> Bot:
    """The bot of these settings, which has not spoken to Telegram yet. Raises ``CannotStart``."""
    token = settings.telegram_bot_token
    if token is None:
        raise CannotStart("TELEGRAM_BOT_TOKEN is not set.")
    return Bot(
        token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=Transport(CONNECTIONS, CALL_READ_SECONDS),
        get_updates_request=Transport(1, POLL_READ_SECONDS),
    )


async def connect(bot: Bot, settings: Settings, *, polls: bool) -> None:
    """Ask Telegram who we are, again and again if it cannot be reached. Raises ``CannotStart``.

    Where the bot ``polls``, Telegram is to keep updates for it.
    """
    try:
        async with asyncio.timeout(START_SECONDS):
            while True:
                try:
                    await bot.initialize()
                    if polls:
                        await bot.delete_webhook()
                    return
                except InvalidToken:
                    raise CannotStart(NO_TOKEN) from None
                except RetryAfter as error:
                    await asyncio.sleep(seconds_to_wait(error))
                except TelegramError:
                    await asyncio.sleep(START_PAUSE_SECONDS)
    except TimeoutError:
        raise CannotStart(f"Telegram cannot be reached at {settings.telegram_api_url}.") from None


async def until_stopped(works: Sequence[Coroutine[Any, Any, None]]) -> None:
    """Do all of this side by side until SIGINT or SIGTERM or until one fails. Raises ``CannotStart``."""
    working = [asyncio.create_task(work) for work in works]
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    stopping = asyncio.create_task(stopped.wait())
    try:
        await asyncio.wait([*working, stopping], return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (*working, stopping):
            task.cancel()
        ended = await asyncio.gather(*working, return_exceptions=True)
    for error in ended:
        match error:
            case SecondPoller():
                raise CannotStart(SECOND_PROCESS) from None
            case InvalidToken():
                raise CannotStart(NO_TOKEN) from None
            case Exception():
                raise error
