"""The door in: updates from Telegram, answered chat by chat, and confirmed only when they are answered.

Telegram keeps an update until the next ``getUpdates`` confirms it. So that is where updates wait: one that
was not answered when the process died comes again after the restart.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.conversation.events import Pace
from bot.delivery.chats import Chats
from bot.delivery.clock import Now
from bot.delivery.vitals import Vitals
from bot.telegram.answering import Answerer
from bot.telegram.bringing import readable
from bot.telegram.calls import seconds_to_wait
from bot.telegram.elsewhere import order_of
from bot.telegram.inbound import WANTED_UPDATES
from bot.telegram.sieve import Sieve

log = logging.getLogger(__name__)

POLL_SECONDS = 30
SILENT_SECONDS = 120.0
"""When Telegram has not answered for so long, something is wrong."""
MOST_UPDATES = 100
"""Updates of one fetch, which is also the most that Telegram gives."""
GRACE_SECONDS = 0.5
"""How long answers may take before updates of other chats are looked for."""
STOP_SECONDS, CONFIRM_SECONDS = 4.0, 1.5
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 30.0
MOST_CONFLICTS = 5
RAW_UPDATES = "GetUpdates"
"""A spelling that Telegram takes as well, and by which the library gives updates as they came."""


class SecondPoller(Exception):
    """Another process reads the updates of the same bot."""


class Poller:
    """Fetches updates and has them answered: one at a time within a chat, many chats at once."""

    def __init__(
        self,
        bot: Bot,
        chats: Chats,
        answerer: Answerer,
        now: Now,
        heartbeat: Path | None = None,
        vitals: Vitals | None = None,
    ) -> None:
        self._bot, self._chats, self._answerer, self._now = bot, chats, answerer, now
        self._heartbeat, self._vitals = heartbeat, vitals
        self._sieve = Sieve()
        self._next_id = 0
        self._confirmed_below = 0
        self._in_work: dict[int, asyncio.Task[None]] = {}
        self._last_of_chat: dict[int | str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Answer updates until cancelled; then finish what is in work and confirm it.

        Raises ``SecondPoller`` when another process keeps taking the updates, and ``InvalidToken`` when the
        token was revoked.
        """
        try:
            await self._fetch_for_ever()
        finally:
            await asyncio.shield(self._finish())

    async def _fetch_for_ever(self) -> None:
        failures = conflicts = 0
        while True:
            try:
                updates = await self._fetch(0 if self._in_work else POLL_SECONDS)
            except Conflict as error:
                conflicts += 1
                if conflicts == MOST_CONFLICTS:
                    raise SecondPoller from error
            except InvalidToken:
                raise
            except RetryAfter as error:
                await asyncio.sleep(seconds_to_wait(error))
                continue
            except TelegramError as error:
                log.warning("Telegram cannot be reached", extra={"reason": type(error).__name__})
            else:
                failures = conflicts = 0
                self._show_life()
                await self._answer_batch(updates)
                continue
            await asyncio.sleep(min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2**failures))
            failures += 1

    async def _fetch(self, wait_seconds: int) -> Sequence[Update]:
        """Confirm what is before the first update in work, and get what comes after."""
        self._confirmed_below = max(self._confirmed_below, min(self._in_work, default=self._next_id))
        offset = self._confirmed_below or None
        try:
            updates = await self._bot.get_updates(
                offset=offset, limit=MOST_UPDATES, timeout=wait_seconds, allowed_updates=WANTED_UPDATES
            )
            await self._chats.forget_updates_below(offset or 0)
            return updates
        except TelegramError:
            raise
        except Exception:  # the library stumbles over what it does not know
            log.exception("updates could not be read")
        # One update that the library cannot read must not keep all others from being answered.
        asked = {"offset": offset, "limit": MOST_UPDATES, "allowed_updates": WANTED_UPDATES}
        found: list[dict[str, Any]] = await self._bot.do_api_request(RAW_UPDATES, asked)
        return [readable(data, self._bot) for data in found]

    def _show_life(self) -> None:
        if self._vitals:
            self._vitals.beat("Telegram", SILENT_SECONDS)
        if self._heartbeat:
            try:
                self._heartbeat.touch()
            except OSError as error:
                log.warning("the heartbeat file cannot be written", extra={"reason": type(error).__name__})

    async def _answer_batch(self, updates: Sequence[Update]) -> None:
        before = self._next_id
        for update in updates:
            if update.update_id >= self._next_id:
                self._next_id = update.update_id + 1
                self._start(update)
        if len(updates) == MOST_UPDATES and self._next_id == before:
            # What is in work hides what waits behind it. Being answered is worth more than being safe here.
            self._confirmed_below = self._next_id
        if self._in_work:
            await asyncio.wait(self._in_work.values(), timeout=GRACE_SECONDS)

    def _start(self, update: Update) -> None:
        """Answer an update after the one before it in the same chat."""
        chat = order_of(update)
        if (pace := self._sieve.pace(update, self._now())) is None:
            return
        task = asyncio.create_task(self._answer_after(self._last_of_chat.get(chat), update, pace))
        self._in_work[update.update_id] = self._last_of_chat[chat] = task

        def forget(done: asyncio.Task[None]) -> None:
            del self._in_work[update.update_id]
            if self._last_of_chat.get(chat) is done:
                del self._last_of_chat[chat]

        task.add_done_callback(forget)

    async def _answer_after(self, before: asyncio.Task[None] | None, update: Update, pace: Pace) -> None:
        if before:
            await asyncio.wait([before])
        await self._answerer.answer(update, pace)

    async def _finish(self) -> None:
        """Let answers in work go out, then tell Telegram what is done. The rest comes again."""
        if self._in_work:
            await asyncio.wait(self._in_work.values(), timeout=STOP_SECONDS)
        if not self._next_id:
            return
        try:
            async with asyncio.timeout(CONFIRM_SECONDS):
                await self._fetch(0)
        except (TelegramError, TimeoutError) as error:
            log.warning("the last answers are not confirmed", extra={"reason": type(error).__name__})
