"""Updates on their way to the bot: the queue, long polling, and the webhook."""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from bot.playground.botapi.webhook import Webhook
from bot.playground.botapi.wire import ApiError, Json, bad

if TYPE_CHECKING:
    from bot.playground.botapi.server import Simulator

ON_REQUEST = ("chat_member", "message_reaction", "message_reaction_count")  # a bot has to ask for these
MOST_UPDATES = 100
MOST_POLL_SECONDS = 50
CONFLICT_SECONDS = 3
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OPEN_PORTS = ("80", "88", "443", "8443")
WEBHOOK_URL = re.compile(r"(https?)://([^/:]+)(?::(\d+))?(/.*)?")
MOST_SECRET = 256


class Updates:
    """The updates the bot has not confirmed yet, and the one way it gets them at present."""

    def __init__(self, sim: Simulator) -> None:
        self.pending: dict[int, Json] = {}  # by update_id, oldest first
        self.allowed: set[str] | None = None  # None: all but ON_REQUEST
        self.webhook: Webhook | None = None
        self._sim = sim
        self._last_id = sim.now()  # so that a later run has other ids
        self._poll: asyncio.Future[str] | None = None  # its result: why the poll was ended, or "" for news
        self._conflict_at = -float(CONFLICT_SECONDS)  # monotonic seconds

    def push(self, kind: str, payload: Json) -> None:
        """Queue an update, if the bot wants this kind."""
        wanted = kind not in ON_REQUEST if self.allowed is None else kind in self.allowed
        if not wanted:
            return
        self._last_id += 1
        update = self.pending[self._last_id] = {"update_id": self._last_id, kind: payload}
        if self.webhook:
            self.webhook.deliver(update)
        self._end_poll("")

    def allow(self, p: Json) -> None:
        """Take over which kinds of updates the bot wants, if the call says so."""
        if "allowed_updates" in p:
            self.allowed = set(p["allowed_updates"]) or None

    async def poll(self, offset: int, limit: int, wait_seconds: float) -> list[Json]:
        """Confirm what is before `offset`; the next updates, after at most `wait_seconds`.

        Raises ApiError (409) when another poll or a webhook takes over.
        """
        if self.webhook:
            raise await self._conflict(WEBHOOK_ACTIVE)
        self._end_poll(
            "terminated by other getUpdates request; make sure that only one bot instance is running"
        )
        ids = list(self.pending)
        for id in ids[:offset] if offset < 0 else [id for id in ids if id < offset]:
            del self.pending[id]
        if not self.pending and wait_seconds > 0:
            self._poll = asyncio.get_running_loop().create_future()
            with suppress(TimeoutError):
                if why := await asyncio.wait_for(self._poll, min(wait_seconds, MOST_POLL_SECONDS)):
                    raise await self._conflict(why)
        return list(islice(self.pending.values(), limit))

    def set_webhook(self, webhook: Webhook) -> None:
        """Deliver there from now on, beginning with what is pending."""
        self._end_poll("terminated by setWebhook request")
        self.webhook = webhook
        for update in self.pending.values():
            webhook.deliver(update)

    def drop_webhook(self) -> None:
        """Keep updates for polling from now on."""
        if self.webhook:
            self.webhook.close()
        self.webhook = None

    def _end_poll(self, why: str) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_result(why)

    async def _conflict(self, why: str) -> ApiError:
        """409; like the real server slower when it comes again within three seconds."""
        if time.monotonic() < self._conflict_at + CONFLICT_SECONDS:
            await asyncio.sleep(CONFLICT_SECONDS)
        else:
            self._conflict_at = time.monotonic()
        return ApiError(409, "Conflict: " + why)


async def _get_updates(sim: Simulator, p: Json) -> list[Json]:
    sim.updates.allow(p)
    limit = p.get("limit", MOST_UPDATES)
    return await sim.updates.poll(
        p.get("offset", 0), limit if 1 <= limit <= MOST_UPDATES else MOST_UPDATES, p.get("timeout", 0)
    )


async def _set_webhook(sim: Simulator, p: Json) -> bool:
    url, secret = p.get("url", ""), p.get("secret_token", "")
    if url:
        _check_webhook(sim, url, secret)
    await _delete_webhook(sim, p)
    if url:
        sim.updates.allow(p)
        sim.updates.set_webhook(Webhook(sim, url, secret, p.get("max_connections", 40)))
    return True


def _check_webhook(sim: Simulator, url: str, secret: str) -> None:
    parts = WEBHOOK_URL.fullmatch(url)
    if not parts:
        raise bad("invalid webhook URL specified")
    scheme, host, port, _ = parts.groups()
    if sim.strict_webhook_url or host not in ("127.0.0.1", "localhost"):
        if scheme != "https":
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if (port or "443") not in OPEN_PORTS:
            raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if len(secret) > MOST_SECRET:
        raise bad("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad("secret token contains unallowed characters")


async def _delete_webhook(sim: Simulator, p: Json) -> bool:
    sim.updates.drop_webhook()
    if p.get("drop_pending_updates"):
        sim.updates.pending.clear()
    return True


async def _get_webhook_info(sim: Simulator, p: Json) -> Json:
    updates = sim.updates
    hook = updates.webhook.info if updates.webhook else {"url": ""}
    allowed = {"allowed_updates": sorted(updates.allowed)} if updates.allowed else {}
    pending = {"has_custom_certificate": False, "pending_update_count": len(updates.pending)}
    return {**pending, **hook, **allowed}


HANDLERS = {
    "getUpdates": _get_updates,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _get_webhook_info,
}
