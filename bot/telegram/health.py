"""For whoever runs the bot: whether this process is ready, and its figures. Nothing here names anybody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from aiohttp import web

from bot import meters
from bot.delivery.clock import Now
from bot.delivery.vitals import Vitals
from bot.delivery.watch import CountJobs, Watch, no_jobs
from bot.settings import Settings
from bot.storage.database import Database
from bot.telegram.process import CannotStart
from bot.telegram.webhook import served


@asynccontextmanager
async def watched(
    database: Database, settings: Settings, now: Now, count_jobs: CountJobs = no_jobs
) -> AsyncIterator[Vitals]:
    """Show meanwhile how this process does, if whoever runs it asked for that. Raises ``CannotStart``."""
    vitals, place = Vitals(), settings.health_place
    if place is None:
        yield vitals
        return
    watch = Watch(database, vitals, now, count_jobs)
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(served(_routes(watch), *place))
        except OSError:
            raise CannotStart(f"{settings.health_listen} in HEALTH_LISTEN cannot be listened on.") from None
        looking = asyncio.create_task(watch.run())
        try:
            yield vitals
        finally:
            looking.cancel()
            await asyncio.wait([looking])


def _routes(watch: Watch) -> list[web.RouteDef]:
    async def healthz(request: web.Request) -> web.Response:
        return web.json_response(_state(watch), status=503 if watch.missing else 200)

    async def metrics(request: web.Request) -> web.Response:
        from prometheus_client import (
            CONTENT_TYPE_LATEST,
            generate_latest,
        )  # loaded only where it is asked for

        figures = meters.switch_on()
        figures.ready.set(not watch.missing)
        figures.lag.set(watch.lag_seconds)
        figures.waiting_updates.set(watch.updates)
        figures.show("waiting_letters", watch.letters)
        figures.show("waiting_jobs", watch.jobs)
        return web.Response(
            body=generate_latest(figures.registry), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )

    return [web.get("/healthz", healthz), web.get("/metrics", metrics)]


def _state(watch: Watch) -> dict[str, Any]:
    return {
        "ready": not watch.missing,
        "missing": watch.missing,
        "lag_seconds": round(watch.lag_seconds, 3),
        "waiting_updates": watch.updates,
        "waiting_letters": sum(watch.letters.values()),
        "waiting_jobs": sum(watch.jobs.values()),
    }
