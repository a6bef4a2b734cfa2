"""The bot on Telegram from start to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.conversation.events import Blocked
from bot.delivery import clock
from bot.delivery.alarm import LONGEST_SLEEP_SECONDS, MOVED_CLOCK_SLEEP_SECONDS, Alarm
from bot.delivery.budget import MESSAGES_PER_SECOND, budget_for
from bot.delivery.chats import Chats
from bot.delivery.clock import Now
from bot.delivery.courier import Courier
from bot.delivery.lanes import Lanes
from bot.delivery.post import Post
from bot.library import CONTENT
from bot.settings import Settings
from bot.telegram.answering import Answerer
from bot.telegram.calls import seconds_to_wait
from bot.telegram.introduce import introduce
from bot.telegram.outbound import Outbound
from bot.telegram.pictures import Pictures
from bot.telegram.polling import Poller, SecondPoller
from bot.telegram.transport import Transport

log = logging.getLogger(__name__)

CONNECTIONS = 8
"""Enough for Telegram's 30 messages a second; each one more costs every call a little."""
CALL_READ_SECONDS = 10.0
"""Long, because a message that was taken but not confirmed in time is sent a second time."""
POLL_READ_SECONDS = 10.0
"""How much later than promised the answer to a poll may come before the connection counts as dead."""
START_SECONDS, START_PAUSE_SECONDS = 4.0, 1.0
NO_TOKEN = "Telegram does not accept the token in TELEGRAM_BOT_TOKEN."


class CannotStart(Exception):
    """Why the bot cannot run on Telegram, in one sentence."""


async def run(chats: Chats, settings: Settings) -> None:
    """Answer on Telegram until SIGINT or SIGTERM. Raises ``CannotStart``."""
    token = settings.telegram_bot_token
    if token is None:
        raise CannotStart("TELEGRAM_BOT_TOKEN is not set.")
    bot = Bot(
        token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=Transport(CONNECTIONS, CALL_READ_SECONDS),
        get_updates_request=Transport(1, POLL_READ_SECONDS),
    )
    try:
        await _connect(bot, settings)
        log.info("ready as @%s", bot.username)
        introducing = asyncio.create_task(introduce(bot, {"": chats.companion.writer}))
        try:
            await _work(bot, chats, settings)
        finally:
            introducing.cancel()
            await asyncio.wait([introducing])
    finally:
        await bot.shutdown()


async def _connect(bot: Bot, settings: Settings) -> None:
    """Ask Telegram who we are, and have it keep updates for us; again and again if it cannot be reached."""
    try:
        async with asyncio.timeout(START_SECONDS):
            while True:
                try:
                    await bot.initialize()
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


def works(
    bot: Bot,
    chats: Chats,
    now: Now,
    heartbeat: Path | None = None,
    admin_chat_id: int | None = None,
    longest_sleep_seconds: float = LONGEST_SLEEP_SECONDS,
    messages_per_second: float = MESSAGES_PER_SECOND,
) -> tuple[Coroutine[Any, Any, None], ...]:
    """All that goes on side by side: answering what comes in, waking at deadlines, sending letters."""
    lanes, budget = Lanes(), budget_for(chats.database, messages_per_second)
    pictures = Pictures(CONTENT / "pictures", chats.database, bot.id)
    outbound = Outbound(bot, budget, pictures)

    async def unwanted(chat_id: int) -> None:
        await chats.answer(chat_id, Blocked(), now(), private=chat_id > 0)

    post = Post(lanes, budget, Courier(chats.database, outbound, unwanted, now))
    chats.letters_revoked = post.take_back
    answerer = Answerer(bot, chats, outbound, lanes, now, admin_chat_id)
    poller = Poller(bot, chats, answerer, now, heartbeat)
    alarm = Alarm(chats, post, now, longest_sleep_seconds)
    return poller.run(), alarm.run(), post.run()


async def _work(bot: Bot, chats: Chats, settings: Settings) -> None:
    """Do it all until told to stop."""
    now, longest_sleep_seconds = clock.now, LONGEST_SLEEP_SECONDS
    if settings.clock_file:
        now, longest_sleep_seconds = clock.moved_by(settings.clock_file), MOVED_CLOCK_SLEEP_SECONDS
    running = works(
        bot,
        chats,
        now,
        settings.heartbeat_file,
        settings.admin_chat_id,
        longest_sleep_seconds,
        settings.messages_per_second,
    )
    working = [asyncio.create_task(work) for work in running]
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
                raise CannotStart("Another process is running this bot. Stop it first.") from None
            case InvalidToken():
                raise CannotStart(NO_TOKEN) from None
            case Exception():
                raise error
