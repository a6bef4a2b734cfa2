"""The bot on Telegram from start to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress

from telegram import Bot, BotCommand
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot.flow import Companion
from bot.settings import Settings
from bot.telegram.polling import Poller, SecondPoller

log = logging.getLogger(__name__)

CONNECTIONS = 64
POLL_READ_SECONDS = 45.0
START_ATTEMPTS = 3


class CannotStart(Exception):
    """Why the bot cannot run on Telegram, in one sentence."""


async def run(companion: Companion, settings: Settings) -> None:
    """Answer on Telegram until SIGINT or SIGTERM. Raises ``CannotStart``."""
    token = settings.telegram_bot_token
    if token is None:
        raise CannotStart("TELEGRAM_BOT_TOKEN is not set.")
    bot = Bot(
        token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=HTTPXRequest(connection_pool_size=CONNECTIONS, pool_timeout=30.0),
        get_updates_request=HTTPXRequest(connection_pool_size=1, read_timeout=POLL_READ_SECONDS),
    )
    await _connect(bot, settings)
    try:
        log.info("ready as @%s", bot.username)
        await _offer_commands(bot, companion)
        await _poll(Poller(bot, companion, settings.heartbeat_file))
    finally:
        await bot.shutdown()


async def _connect(bot: Bot, settings: Settings) -> None:
    """Ask Telegram who we are, a few times if it cannot be reached."""
    for attempt in range(START_ATTEMPTS):
        try:
            await bot.initialize()
        except InvalidToken:
            raise CannotStart("Telegram does not accept the token in TELEGRAM_BOT_TOKEN.") from None
        except TelegramError as error:
            if not isinstance(error, NetworkError) or attempt + 1 == START_ATTEMPTS:
                raise CannotStart(f"Telegram cannot be reached at {settings.telegram_api_url}.") from None
            await asyncio.sleep(2**attempt)
        else:
            return


async def _offer_commands(bot: Bot, companion: Companion) -> None:
    """Set the command menu when it differs from what Telegram has."""
    wanted = [BotCommand(name, description) for name, description in companion.writer.commands().items()]
    try:
        if list(await bot.get_my_commands()) != wanted:
            await bot.set_my_commands(wanted)
    except TelegramError as error:
        log.warning("the command menu could not be set", extra={"reason": type(error).__name__})


async def _poll(poller: Poller) -> None:
    polling = asyncio.create_task(poller.run())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, polling.cancel)
    with suppress(asyncio.CancelledError):
        try:
            await polling
        except SecondPoller:
            raise CannotStart("Another process is running this bot. Stop it first.") from None
