"""The receiver: stores what Telegram brings, has a worker answer it, and says at once that it has it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection
from telegram import Bot

from bot.delivery import clock
from bot.delivery.clock import Now
from bot.delivery.vitals import STARTED
from bot.settings import Settings
from bot.storage import incoming
from bot.storage.database import Database
from bot.storage.lease import Lease, Taken, Work
from bot.telegram.bringing import readable
from bot.telegram.elsewhere import order_of
from bot.telegram.health import watched
from bot.telegram.inbound import chat_of
from bot.telegram.process import SECOND_PROCESS, CannotStart, connect, new_bot, until_stopped
from bot.telegram.sieve import Sieve
from bot.telegram.webhook import Busy, brought_to
from bot.workers.jobs import Jobs

log = logging.getLogger(__name__)

MOST_WAITING = 5_000
"""Updates that wait for workers. Beyond that the rest waits at Telegram."""
COUNT_EVERY = 100


async def run(database: Database, settings: Settings) -> None:
    """Receive until SIGINT or SIGTERM. Raises ``CannotStart``."""
    if settings.webhook_url is None:
        raise CannotStart("WEBHOOK_URL is not set. Without it nothing can be received.")
    bot = new_bot(settings)
    lease = share(database)
    jobs = Jobs(database)
    try:
        async with watched(database, settings, clock.now, jobs.waiting) as vitals:
            await connect(bot, settings, polls=False)
            log.info("receiving for @%s", bot.username)
            vitals.has(STARTED)
            storing = Storing(bot, database, jobs.answer, clock.now)
            await until_stopped([brought_to(bot, settings, storing.take)])
    finally:
        lease.close()
        await bot.shutdown()


def share(database: Database) -> Lease:
    """The right to be one of several processes of the bot. Raises ``CannotStart``."""
    if not database.is_shared:
        raise CannotStart("Several processes need a DATABASE_URL that names a PostgreSQL.")
    try:
        return Lease(database, Work.ANSWERING, shared=True)
    except Taken:
        raise CannotStart(SECOND_PROCESS) from None


class Storing:
    """Stores each update once."""

    def __init__(
        self, bot: Bot, database: Database, answer: Callable[[Connection, int, int | str], None], now: Now
    ) -> None:
        """``answer`` has an update answered that is stored in the same transaction.

        It is given the update's number, and the key under which it keeps its order.
        """
        self._bot, self._database, self._answer, self._now = bot, database, answer, now
        self._sieve = Sieve()
        self._taken = 0
        self._waiting = 0

    async def take(self, data: dict[str, Any], body: bytes) -> None:
        """Store an update. Raises ``Busy`` while too many wait."""
        update = readable(data, self._bot)
        now = self._now()
        if self._taken % COUNT_EVERY == 0 or self._waiting >= MOST_WAITING:
            self._waiting, _ = await self._database.run(incoming.oldest_waiting)
        self._taken += 1
        if self._waiting >= MOST_WAITING:
            raise Busy
        pace = self._sieve.pace(update, now)
        if pace is None:
            return
        chat_id, sealed = chat_of(update), self._database.seal.close(body)

        def work(connection: Connection) -> None:
            if incoming.receive(connection, update.update_id, chat_id, sealed, pace, now):
                self._answer(connection, update.update_id, order_of(update))

        await self._database.run(work)
