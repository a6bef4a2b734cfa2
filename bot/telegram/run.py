"""The bot in one process, from start to stop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from telegram import Bot

from bot.delivery import clock
from bot.delivery.alarm import LONGEST_SLEEP_SECONDS, MOVED_CLOCK_SLEEP_SECONDS, Alarm
from bot.delivery.budget import MESSAGES_PER_SECOND
from bot.delivery.chats import Chats
from bot.delivery.clock import Now
from bot.delivery.post import Post
from bot.settings import Settings
from bot.storage.lease import Lease, Taken, Work
from bot.telegram.bringing import Brought
from bot.telegram.desk import desk
from bot.telegram.introduce import introduce
from bot.telegram.polling import Poller
from bot.telegram.process import SECOND_PROCESS, CannotStart, connect, new_bot, until_stopped
from bot.telegram.webhook import brought_to

log = logging.getLogger(__name__)


async def run(chats: Chats, settings: Settings) -> None:
    """Answer on Telegram until SIGINT or SIGTERM. Raises ``CannotStart``."""
    bot = new_bot(settings)
    try:
        lease = Lease(chats.database, Work.ANSWERING)
    except Taken:
        raise CannotStart(SECOND_PROCESS) from None
    try:
        await connect(bot, settings, polls=settings.webhook_url is None)
        log.info("ready as @%s", bot.username)
        introducing = asyncio.create_task(introduce(bot, {"": chats.companion.writer}))
        try:
            await until_stopped(_works(bot, chats, settings))
        finally:
            introducing.cancel()
            await asyncio.wait([introducing])
    finally:
        lease.close()
        await bot.shutdown()


def _works(bot: Bot, chats: Chats, settings: Settings) -> tuple[Coroutine[Any, Any, None], ...]:
    now, longest_sleep_seconds = clock.now, LONGEST_SLEEP_SECONDS
    if settings.clock_file:
        now, longest_sleep_seconds = clock.moved_by(settings.clock_file), MOVED_CLOCK_SLEEP_SECONDS
    return works(
        bot,
        chats,
        now,
        settings.heartbeat_file,
        settings.admin_chat_id,
        longest_sleep_seconds,
        settings.messages_per_second,
        settings,
    )


def works(
    bot: Bot,
    chats: Chats,
    now: Now,
    heartbeat: Path | None = None,
    admin_chat_id: int | None = None,
    longest_sleep_seconds: float = LONGEST_SLEEP_SECONDS,
    messages_per_second: float = MESSAGES_PER_SECOND,
    webhook: Settings | None = None,
) -> tuple[Coroutine[Any, Any, None], ...]:
    """All that goes on side by side: answering what comes in, waking at deadlines, sending letters.

    Updates are fetched, unless ``webhook`` says where Telegram brings them.
    """
    ours = desk(bot, chats, now, admin_chat_id, messages_per_second)
    post = Post(ours.lanes, ours.budget, ours.courier)
    chats.letters_revoked = post.take_back
    alarm = Alarm(chats, post, now, longest_sleep_seconds)
    if webhook and webhook.webhook_url:
        coming_in = brought_to(bot, webhook, Brought(bot, ours.answerer, now).take)
    else:
        coming_in = Poller(bot, chats, ours.answerer, now, heartbeat).run()
    return coming_in, alarm.run(), post.run()
