"""A worker: answers what was received, rings what is due, and brings the letters that come of it."""

from __future__ import annotations

import asyncio
import json
import logging
from functools import partial
from typing import Any

from procrastinate import JobContext, RetryStrategy
from telegram import Bot

from bot.delivery import clock
from bot.delivery.chats import Chats
from bot.delivery.clock import Now
from bot.delivery.courier import TryLater
from bot.delivery.newsroom import Newsroom
from bot.delivery.vitals import STARTED, Vitals
from bot.settings import Settings
from bot.storage import incoming, outbox
from bot.storage.outbox import Urgency
from bot.storage.seal import Broken
from bot.telegram.bringing import readable
from bot.telegram.desk import Desk, desk
from bot.telegram.health import watched
from bot.telegram.introduce import introduce
from bot.telegram.process import connect, new_bot, until_stopped
from bot.workers.jobs import ANSWER, BRING, LIVE, RING, TIMED, Jobs
from bot.workers.leader import HEARTBEAT_SECONDS, STALLED_SECONDS, Leader
from bot.workers.web import share

log = logging.getLogger(__name__)

AT_ONCE = {LIVE: 16, TIMED: 16}
"""Jobs that one worker does at the same time. Most of a job is waiting for Telegram."""
STOP_SECONDS = 5.0
FALLBACK_POLL_SECONDS = 1.0
"""How often a worker looks for jobs of which nobody told it: those that are tried again later."""
RETRY = RetryStrategy(max_attempts=8, wait=1, linear_wait=2)
"""For jobs that broke: the database was away, or the worker was stopped in the middle."""
AWAY_PAUSE_SECONDS = 1.0
SETTLED_SECONDS = 1.0
"""When a worker has not failed for so long, it fetches jobs."""


async def run(chats: Chats, settings: Settings) -> None:
    """Work until SIGINT or SIGTERM. Raises ``CannotStart``."""
    bot = new_bot(settings)
    lease = share(chats.database)
    jobs = Jobs(chats.database)
    now = clock.moved_by(settings.clock_file) if settings.clock_file else clock.now
    try:
        async with watched(chats.database, settings, now, jobs.waiting) as vitals:
            await connect(bot, settings, polls=False)
            ours = desk(bot, chats, now, settings.admin_chat_id, settings.messages_per_second)
            Worker(bot, chats, ours, jobs, now).register()
            newsroom = Newsroom(chats.companion, chats.database)

            async def begin() -> None:
                await introduce(bot, chats.companion)
                await ours.upload_beforehand()

            leader = Leader(newsroom, jobs, now, begin)
            async with jobs.app.open_async():
                log.info("working for @%s", bot.username)
                vitals.has(STARTED)
                await until_stopped([*(_work(jobs, queue, vitals) for queue in (LIVE, TIMED)), leader.run()])
    finally:
        lease.close()
        await bot.shutdown()


async def _work(jobs: Jobs, queue: str, vitals: Vitals) -> None:
    """Do the jobs of a queue until cancelled, also after the database was away."""
    part = f"{queue} jobs"
    while True:
        vitals.lacks(part)
        fetching = asyncio.get_running_loop().call_later(SETTLED_SECONDS, vitals.has, part)
        try:
            await jobs.app.run_worker_async(
                queues=[queue],
                name=queue,
                concurrency=AT_ONCE[queue],
                fetch_job_polling_interval=FALLBACK_POLL_SECONDS,
                shutdown_graceful_timeout=STOP_SECONDS,
                install_signal_handlers=False,
                delete_jobs="successful",
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=STALLED_SECONDS,
            )
        except Exception as error:
            log.warning("jobs cannot be fetched", extra={"reason": type(error).__name__})
        finally:
            fetching.cancel()
            vitals.lacks(part)
        await asyncio.sleep(AWAY_PAUSE_SECONDS)


class Worker:
    """Does the jobs. Each finds out from the tables what is left to do."""

    def __init__(self, bot: Bot, chats: Chats, ours: Desk, jobs: Jobs, now: Now) -> None:
        self._bot, self._chats, self._desk, self._jobs, self._now = bot, chats, ours, jobs, now
        self._database = chats.database

    def register(self) -> None:
        """Offer to do jobs."""
        task = self._jobs.app.task
        task(name=ANSWER, retry=RETRY, pass_context=True)(self._answer)
        task(name=RING, retry=RETRY)(self._ring)
        task(name=BRING, retry=RETRY)(self._bring_all)

    async def _answer(self, context: JobContext, *, update_id: int) -> None:
        """Answer an update; what an earlier worker left of its answer first."""
        waiting = await self._database.run(lambda connection: incoming.waiting(connection, update_id))
        if waiting is None:
            return
        if context.job.attempts:
            await self._bring(waiting.chat_id, {Urgency.ANSWER})
        try:
            data: dict[str, Any] = json.loads(self._database.seal.open(waiting.body))
        except Broken:
            log.error("an update was passed over: it is sealed with another token")
        else:
            await self._desk.answerer.answer(readable(data, self._bot), waiting.pace, waiting.received_at)
        await self._database.run(lambda connection: incoming.finish(connection, update_id, self._now()))

    async def _ring(self, *, chat_id: int, overdue: bool) -> None:
        """Handle what is due in a chat."""
        await self._chats.due_in(chat_id, self._now(), after_downtime=overdue)
        await self._bring_all(chat_id=chat_id)

    async def _bring_all(self, *, chat_id: int) -> None:
        await self._bring(chat_id, set(Urgency))

    async def _bring(self, chat_id: int, urgencies: set[Urgency]) -> None:
        """Bring the letters that wait for a chat, in order."""
        for letter in await self._chats.waiting_letters(self._now(), chat_id):
            if letter.urgency not in urgencies:
                continue
            await self._desk.budget.wait(chat_id)
            if not await self._database.run(partial(outbox.set_out, id=letter.id)):
                continue
            try:
                for after in await self._desk.courier.bring(letter):
                    await self._jobs.bring(after.chat_id, 0)
            except TryLater as error:
                await self._database.run(partial(outbox.come_back, id=letter.id))
                await self._jobs.bring(chat_id, error.seconds)
                return
