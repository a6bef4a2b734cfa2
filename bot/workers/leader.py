"""What one worker does for all: calls for what is due, takes over from the dead, and tidies up.

Any worker can lead. Who leads holds a lease that ends with its connection; then another takes it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot import meters
from bot.delivery.clock import Now
from bot.delivery.newsroom import Newsroom
from bot.storage import incoming, memories, outbox, retention
from bot.storage.lease import Lease, Taken, Work
from bot.workers.jobs import Jobs, Rank

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.2
"""How often the leader looks for what is due: a deadline is never set nearer than that."""
TRY_TO_LEAD_SECONDS = 2.0
HEARTBEAT_SECONDS, STALLED_SECONDS = 3.0, 12.0
"""How often a worker shows that it lives, and after how long without that its jobs go to others."""
TAKE_OVER_SECONDS = 3.0
TIDY_SECONDS = 600.0
NEWS_SECONDS = 1.0
"""How often news are looked for: that is 500 people a second."""
LEFT_LYING = timedelta(minutes=10)
"""After so long, whoever was to answer an update or to bring a letter is gone."""
MOST_CALLED = 1_000
CALLED_AGAIN_AFTER = timedelta(seconds=30)
"""A call of which nothing came by then is made again."""
OVERDUE = timedelta(minutes=1)
"""What is due for so long has waited for a worker to start."""


class Leader:
    """Leads while it may, and tries to while another does."""

    def __init__(
        self,
        newsroom: Newsroom,
        jobs: Jobs,
        now: Now,
        begin: Callable[[], Awaitable[None]],
    ) -> None:
        """``begin`` is done once by whoever begins to lead."""
        self._newsroom, self._database = newsroom, newsroom.database
        self._jobs, self._now, self._begin = jobs, now, begin
        self._called: dict[int, tuple[datetime, datetime]] = {}
        """By chat: the deadline for which it was called, and when."""

    async def run(self) -> None:
        """Lead, or wait to, until cancelled."""
        while True:
            try:
                lease = await asyncio.to_thread(Lease, self._database, Work.LEADING)
            except Taken:
                pass
            except Exception as error:  # the database is away
                log.warning("nobody can lead now", extra={"reason": type(error).__name__})
            else:
                await self._lead(lease)
            await asyncio.sleep(TRY_TO_LEAD_SECONDS)

    async def _lead(self, lease: Lease) -> None:
        log.info("leading")
        works = (
            self._every(LOOK_SECONDS, self._call_for_what_is_due),
            self._every(TAKE_OVER_SECONDS, self._take_over),
            self._every(TIDY_SECONDS, self._tidy),
            self._every(NEWS_SECONDS, self._send_news),
        )
        tasks = [asyncio.create_task(work) for work in works]
        beginning = asyncio.ensure_future(self._begin())
        try:
            await self._until_lost(lease)
        finally:
            for task in (*tasks, beginning):
                task.cancel()
            await asyncio.wait([*tasks, beginning])
            lease.close()

    async def _until_lost(self, lease: Lease) -> None:
        while await asyncio.to_thread(lease.is_held):  # noqa: ASYNC110 - no event tells of a lost connection
            await asyncio.sleep(TRY_TO_LEAD_SECONDS)

    async def _every(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
            except Exception as error:  # it is tried again, and the other works go on
                log.warning("the leader was held up", extra={"reason": type(error).__name__})
            await asyncio.sleep(seconds)

    async def _call_for_what_is_due(self) -> None:
        now = self._now()
        found = await self._database.run(lambda connection: memories.due_calls(connection, now, MOST_CALLED))
        self._called = {
            chat_id: (deadline, at)
            for chat_id, (deadline, at) in self._called.items()
            if now - at < CALLED_AGAIN_AFTER
        }
        calls = []
        for call in found:
            known = self._called.get(call.chat_id)
            if known is None or known[0] != call.deadline:
                self._called[call.chat_id] = (call.deadline, now)
                rank = Rank.CUE if call.is_cue else Rank.REMINDER
                calls.append((call.chat_id, rank, now - call.deadline > OVERDUE))
        await self._jobs.ring(calls)

    async def _take_over(self) -> None:
        """Give the jobs of workers that died to those that live."""
        manager = self._jobs.app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
            log.warning("a job is taken over")
            await manager.retry_job(job)
            meters.taken_over()

    async def _tidy(self) -> None:
        """Forget what nobody needs any more."""
        now = self._now()
        await self._database.run(lambda connection: retention.tidy(connection, now))
        await self._pick_up(now - LEFT_LYING)

    async def _pick_up(self, before: datetime) -> None:
        """Call again for what lies there longer than any job takes: its job is gone."""

        def call_for_updates(connection: Connection) -> None:
            for update_id, chat_id in incoming.left_lying(connection, before, MOST_CALLED):
                self._jobs.answer(connection, update_id, chat_id)

        await self._database.run(call_for_updates)
        await self._bring_to(
            await self._database.run(lambda connection: outbox.left_lying(connection, before, MOST_CALLED))
        )

    async def _send_news(self) -> None:
        await self._bring_to([letter.chat_id for letter in await self._newsroom.write(self._now())])

    async def _bring_to(self, chats: list[int]) -> None:
        for chat_id in chats:
            await self._jobs.bring(chat_id, 0.0, Rank.NEWS)
