"""Delivery of updates to a URL of the bot: in order for each chat, chats side by side."""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import ClientError

from bot.playground.botapi.wire import ApiError, Json

if TYPE_CHECKING:
    from bot.playground.botapi.server import Simulator

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST_BACKOFF_SECONDS = 60
NOT_AS_ANSWER = re.compile(r"(get|setwebhook|deletewebhook|close|logout)", re.IGNORECASE)


class Webhook:
    """One webhook, from setWebhook until it is replaced or deleted."""

    def __init__(self, sim: Simulator, url: str, secret: str, max_connections: int) -> None:
        self.info: Json = {"url": url, "max_connections": max_connections}  # for getWebhookInfo
        self._sim, self._url = sim, url
        self._headers = {SECRET_HEADER: secret} if secret else {}
        self._connections = asyncio.Semaphore(max_connections)
        self._queues: dict[int, deque[Json]] = {}  # by chat
        self._workers: dict[int, asyncio.Task[None]] = {}

    def deliver(self, update: Json) -> None:
        """Send an update, after those of the same chat."""
        chat_id = _chat_id(update)
        self._queues.setdefault(chat_id, deque()).append(update)
        if chat_id not in self._workers:
            self._workers[chat_id] = asyncio.create_task(self._deliver_all(chat_id))

    def close(self) -> None:
        """Deliver nothing more."""
        for worker in self._workers.values():
            worker.cancel()

    async def _deliver_all(self, chat_id: int) -> None:
        queue, failures = self._queues[chat_id], 0
        while queue:
            async with self._connections:
                error = await self._post(queue[0])
            if not error:
                self._sim.updates.pending.pop(queue.popleft()["update_id"], None)
                failures = 0
                continue
            self.info.update(last_error_date=self._sim.now(), last_error_message=error)
            failures += 1
            if failures > 1:  # the first retry is immediate
                backoff = self._sim.limits.webhook_backoff * 2 ** (failures - 2)
                await asyncio.sleep(min(MOST_BACKOFF_SECONDS, backoff))
        del self._workers[chat_id]

    async def _post(self, update: Json) -> str:
        """Deliver one update; returns what went wrong."""
        try:
            async with self._sim.session.post(self._url, json=update, headers=self._headers) as answer:
                body = await answer.read()
        except (ClientError, TimeoutError, OSError):
            return "Connection refused"
        if not 200 <= answer.status <= 299:
            return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        await self._carry_out(body)
        return ""

    async def _carry_out(self, body: bytes) -> None:
        """A bot may answer an update with a call; it never learns how that went."""
        call: Any = None
        with suppress(ValueError):
            call = json.loads(body)
        if not isinstance(call, dict) or "method" not in call:
            return
        method = str(call.pop("method"))
        if not NOT_AS_ANSWER.match(method):
            with suppress(ApiError):
                await self._sim.call(self._sim.record(method, call, {}), call, {})


def _chat_id(update: Json) -> int:
    """The chat an update belongs to, or the person if there is none."""
    payload: Json = next(value for key, value in update.items() if key != "update_id")
    message: Json = payload.get("message") or {}
    places = (payload.get("chat"), message.get("chat"), payload.get("from"), payload.get("user"))
    where = next((place for place in places if place), {"id": 0})
    id: int = where["id"]
    return id
