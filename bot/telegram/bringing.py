"""Updates that Telegram brings, answered in this process: it hears that we have one when it is answered."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from telegram import Bot, Update

from bot.delivery.clock import Now
from bot.telegram.answering import Answerer
from bot.telegram.sieve import Sieve
from bot.telegram.webhook import Busy

log = logging.getLogger(__name__)

MOST_IN_WORK = 256


class Brought:
    """Answers each update once, also when Telegram loses patience and brings it again."""

    def __init__(self, bot: Bot, answerer: Answerer, now: Now) -> None:
        self._bot, self._answerer, self._now = bot, answerer, now
        self._sieve = Sieve()
        self._in_work: dict[int, asyncio.Task[None]] = {}

    async def take(self, data: dict[str, Any], body: bytes) -> None:
        """Answer an update. Raises ``Busy`` while too many are in work."""
        update_id = data["update_id"]
        task = self._in_work.get(update_id)
        if task is None:
            if len(self._in_work) >= MOST_IN_WORK:
                raise Busy
            update = readable(data, self._bot)
            pace = self._sieve.pace(update, self._now())
            if pace is None:
                return
            task = asyncio.create_task(self._answerer.answer(update, pace))
            self._in_work[update_id] = task
            task.add_done_callback(lambda done: self._in_work.pop(update_id, None))
        await asyncio.shield(task)  # whoever asked may go away; the answer goes on


def readable(data: dict[str, Any], bot: Bot) -> Update:
    """The update in what Telegram sent; an empty one where the library cannot read it."""
    try:
        return Update.de_json(data, bot)
    except Exception as error:
        log.warning("an update was passed over", extra={"reason": type(error).__name__})
        return Update(data["update_id"])
