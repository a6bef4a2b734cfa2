"""The bot in one process, from start to stop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import Bot

from bot.delivery import clock
from bot.delivery.alarm import LONGEST_SLEEP_SECONDS, MOVED_CLOCK_SLEEP_SECONDS, Alarm
from bot.delivery.chats import Chats
from bot.delivery.clock import Now
from bot.delivery.housekeeping import Housekeeping
from bot.delivery.post import Post
from bot.delivery.vitals import STARTED, Vitals
from bot.settings import Settings
from bot.storage.lease import Lease, Taken, Work
from bot.telegram.bringing import Brought
from bot.telegram.desk import desk
from bot.telegram.health import watched
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
        async with watched(chats.database, settings, _clock(settings)) as vitals:
            await connect(bot, settings, polls=settings.webhook_url is None)
            log.info("ready as @%s", bot.username)
            vitals.has(STARTED)
            introducing = asyncio.create_task(introduce(bot, chats.companion))
            try:
                await until_stopped(works(bot, chats, _clock(settings), settings, vitals))
            finally:
                introducing.cancel()
                await asyncio.wait([introducing])
    finally:
        lease.close()
        await bot.shutdown()


def _clock(settings: Settings) -> Now:
    return clock.moved_by(settings.clock_file) if settings.clock_file else clock.now


def works(
    bot: Bot, chats: Chats, now: Now, settings: Settings, vitals: Vitals | None = None
) -> tuple[Coroutine[Any, Any, None], ...]:
    """All that goes on side by side: answering what comes in, waking at deadlines, sending letters.

    Updates are fetched, unless ``settings`` say where Telegram brings them.
    """
    ours = desk(bot, chats, now, settings.admin_chat_id, settings.messages_per_second)
    post = Post(ours.lanes, ours.budget, ours.courier)
    chats.letters_revoked = post.take_back
    alarm = Alarm(
        chats, post, now, MOVED_CLOCK_SLEEP_SECONDS if settings.clock_file else LONGEST_SLEEP_SECONDS
    )
    if settings.webhook_url:
        coming_in = brought_to(bot, settings, Brought(bot, ours.answerer, now).take)
    else:
        coming_in = Poller(bot, chats, ours.answerer, now, settings.heartbeat_file, vitals).run()
    beforehand = _and_rest(ours.upload_beforehand)
    return coming_in, alarm.run(), post.run(), Housekeeping(chats, post, now).run(), beforehand


async def _and_rest(errand: Callable[[], Awaitable[None]]) -> None:
    """Do something once, and go on as all works do: the end of one would be the end of the bot."""
    await errand()
    await asyncio.Event().wait()
