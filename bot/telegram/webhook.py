"""The other door in: Telegram brings each update to us, and again until it hears that we have it."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot
from telegram.error import TelegramError

from bot.settings import Settings
from bot.telegram.inbound import WANTED_UPDATES

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST_UPDATE_BYTES = 512 * 1024
MOST_CONNECTIONS = 100
"""How many updates Telegram may bring at the same time: the rest waits there."""
STOP_SECONDS = 4.0
SET_PAUSE_SECONDS = 5.0

Take = Callable[[dict[str, Any], bytes], Awaitable[None]]
"""Takes an update, as it is and as it came. When it returns, Telegram may forget the update."""


class Busy(Exception):
    """No more can be taken now; Telegram is to bring it again."""


class Receiver:
    """Receives what Telegram brings, and nothing from anybody else."""

    def __init__(self, secret: str, take: Take) -> None:
        self._secret, self._take = secret.encode(), take

    def routes(self, path: str) -> list[web.RouteDef]:
        """The one way in."""
        return [web.post(path, self._receive)]

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        body = await request.read()  # raises 413 when it is too large
        try:
            update = json.loads(body)
            if not isinstance(update["update_id"], int):
                raise TypeError
        except (ValueError, LookupError, TypeError, RecursionError):
            return web.Response(status=400)
        try:
            await self._take(update, body)
        except Busy:
            return web.Response(status=503, headers={"Retry-After": "1"})
        except Exception:  # Telegram brings it again
            log.exception("an update could not be taken")
            return web.Response(status=500)
        return web.Response()


async def brought_to(bot: Bot, settings: Settings, take: Take) -> None:
    """Have Telegram bring updates to the address in the settings, and take them until cancelled."""
    url, secret = settings.webhook_url, settings.webhook_secret
    assert url
    assert secret
    receiver = Receiver(secret.get_secret_value(), take)
    host, port = settings.listening_place
    async with served(receiver.routes(urlsplit(url).path or "/"), host, port):
        await _point_to(bot, url, secret.get_secret_value())
        await asyncio.Event().wait()


@asynccontextmanager
async def served(routes: Iterable[web.RouteDef], host: str, port: int) -> AsyncIterator[None]:
    """Serve these routes meanwhile; at the end the requests in hand are answered."""
    application = web.Application(client_max_size=LARGEST_UPDATE_BYTES)
    application.add_routes(routes)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=STOP_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield
    finally:
        await runner.cleanup()


async def _point_to(bot: Bot, url: str, secret: str) -> None:
    """Have Telegram bring updates to ``url``. What waits there is kept."""
    while True:
        try:
            await bot.set_webhook(
                url, secret_token=secret, max_connections=MOST_CONNECTIONS, allowed_updates=WANTED_UPDATES
            )
            return
        except TelegramError as error:
            log.warning("the webhook could not be set", extra={"reason": type(error).__name__})
        await asyncio.sleep(SET_PAUSE_SECONDS)
