"""The door in: updates from Telegram, answered chat by chat, and confirmed only when they are answered.

Telegram keeps an update until the next ``getUpdates`` confirms it. So that is where updates wait: one that
was not answered when the process died comes again after the restart.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telegram import Bot, Update
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

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


@dataclass(frozen=True)
class _Batch:
    """The updates of one fetch that may be new, and how many it ``found`` with those that are not."""

    updates: Sequence[Update]
    found: int


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
        self._all_answered = asyncio.Event()
        """Set while nothing is in work: waiting for hundreds of tasks again and again would cost more."""
        self._all_answered.set()

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
                batch = await self._fetch(0 if self._in_work else POLL_SECONDS)
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
                await self._answer_batch(batch)
                continue
            await asyncio.sleep(min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2**failures))
            failures += 1

    async def _fetch(self, wait_seconds: int) -> _Batch:
        """Confirm what is before the first update in work, and get what comes after."""
        self._confirmed_below = max(self._confirmed_below, min(self._in_work, default=self._next_id))
        offset = self._confirmed_below or None
        batch = await (self._fetch_new(offset, wait_seconds) if wait_seconds else self._fetch_again(offset))
        await self._chats.forget_updates_below(offset or 0)
        return batch

    async def _fetch_new(self, offset: int | None, wait_seconds: int) -> _Batch:
        """Get updates when all that came before are confirmed."""
        try:
            updates = await self._bot.get_updates(
                offset=offset, limit=MOST_UPDATES, timeout=wait_seconds, allowed_updates=WANTED_UPDATES
            )
            return _Batch(updates, len(updates))
        except TelegramError:
            raise
        except Exception:  # the library stumbles over what it does not know
            log.exception("updates could not be read")
        # One update that the library cannot read must not keep all others from being answered.
        return await self._fetch_again(offset)

    async def _fetch_again(self, offset: int | None) -> _Batch:
        """Get updates of which many were there before: only the others are read."""
        asked = {"offset": offset, "limit": MOST_UPDATES, "allowed_updates": WANTED_UPDATES}
        try:
            found: list[dict[str, Any]] = await self._bot.do_api_request(RAW_UPDATES, asked)
        except EndPointNotFound:
            raise InvalidToken from None  # Telegram knows this call, so it is the token that it knows no more
        new = [readable(data, self._bot) for data in found if data["update_id"] >= self._next_id]
        return _Batch(new, len(found))

    def _show_life(self) -> None:
        if self._vitals:
            self._vitals.beat("Telegram", SILENT_SECONDS)
        if self._heartbeat:
            try:
                self._heartbeat.touch()
            except OSError as error:
                log.warning("the heartbeat file cannot be written", extra={"reason": type(error).__name__})

    async def _answer_batch(self, batch: _Batch) -> None:
        before = self._next_id
        for update in batch.updates:
            if update.update_id >= self._next_id:
                self._next_id = update.update_id + 1
                self._start(update)
        if batch.found == MOST_UPDATES and self._next_id == before:
            # What is in work hides what waits behind it. Being answered is worth more than being safe here.
            self._confirmed_below = self._next_id
        # Not asyncio.wait_for: in Python 3.11 it forgets that it was cancelled when both happen at once.
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE_SECONDS):
                await self._all_answered.wait()

    def _start(self, update: Update) -> None:
        """Answer an update after the one before it in the same chat."""
        chat = order_of(update)
        if (pace := self._sieve.pace(update, self._now())) is None:
            return
        task = asyncio.create_task(self._answer_after(self._last_of_chat.get(chat), update, pace))
        self._in_work[update.update_id] = self._last_of_chat[chat] = task
        self._all_answered.clear()

        def forget(done: asyncio.Task[None]) -> None:
            del self._in_work[update.update_id]
            if not self._in_work:
                self._all_answered.set()
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
