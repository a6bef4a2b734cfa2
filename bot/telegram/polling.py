"""The door in: updates from Telegram, answered chat by chat, and confirmed only when they are answered.

Telegram keeps an update until the next ``getUpdates`` confirms it. So that is where updates wait: one that
was not answered when the process died comes again after the restart.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Sequence
from pathlib import Path

from telegram import Bot, Update
from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError

from bot.flow import Companion
from bot.telegram.inbound import WANTED_UPDATES, chat_of, read
from bot.telegram.outbound import Outbound, seconds_to_wait

log = logging.getLogger(__name__)

POLL_SECONDS = 30
GRACE_SECONDS = 2.0
"""How long a batch of updates may take before the next is fetched; a chat that Telegram holds up goes on."""
STOP_SECONDS = 6.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 30.0
MOST_CONFLICTS = 5
ALBUMS_REMEMBERED = 256


class SecondPoller(Exception):
    """Another process reads the updates of the same bot."""


class Poller:
    """Fetches updates and has them answered: one at a time within a chat, many chats at once."""

    def __init__(self, bot: Bot, companion: Companion, heartbeat: Path | None = None) -> None:
        self._bot = bot
        self._companion = companion
        self._outbound = Outbound(bot)
        self._heartbeat = heartbeat
        self._next_id = 0
        self._last_of_chat: dict[int, asyncio.Task[None]] = {}
        self._albums: dict[str, None] = {}

    async def run(self) -> None:
        """Answer updates until cancelled; then finish what is in work and confirm it.

        Raises ``SecondPoller`` when another process keeps taking the updates.
        """
        try:
            await self._fetch_for_ever()
        finally:
            await asyncio.shield(self._finish())

    async def _fetch_for_ever(self) -> None:
        failures = conflicts = 0
        while True:
            try:
                updates = await self._bot.get_updates(
                    offset=self._next_id or None, timeout=POLL_SECONDS, allowed_updates=WANTED_UPDATES
                )
            except Conflict as error:
                conflicts += 1
                if conflicts == MOST_CONFLICTS:
                    raise SecondPoller from error
            except RetryAfter as error:
                await asyncio.sleep(seconds_to_wait(error))
                continue
            except NetworkError as error:
                log.warning("Telegram cannot be reached", extra={"reason": type(error).__name__})
            else:
                failures = conflicts = 0
                if self._heartbeat:
                    self._heartbeat.touch()
                await self._answer_batch(updates)
                continue
            await asyncio.sleep(min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2**failures))
            failures += 1

    async def _answer_batch(self, updates: Sequence[Update]) -> None:
        tasks = [self._start(update) for update in updates if update.update_id >= self._next_id]
        if tasks:
            self._next_id = max(update.update_id for update in updates) + 1
            await asyncio.wait(tasks, timeout=GRACE_SECONDS)

    def _start(self, update: Update) -> asyncio.Task[None]:
        """Answer an update after the one before it in the same chat."""
        chat = chat_of(update)
        before = self._last_of_chat.get(chat)
        task = asyncio.create_task(self._answer_after(before, update))
        self._last_of_chat[chat] = task

        def forget(done: asyncio.Task[None]) -> None:
            if self._last_of_chat.get(chat) is done:
                del self._last_of_chat[chat]

        task.add_done_callback(forget)
        return task

    async def _answer_after(self, before: asyncio.Task[None] | None, update: Update) -> None:
        if before:
            await asyncio.wait([before])
        try:
            await self._answer(update)
        except TelegramError as error:
            log.warning("an answer could not be delivered", extra={"reason": type(error).__name__})

    async def _answer(self, update: Update) -> None:
        found = read(update, self._bot.username)
        if found is None or self._is_rest_of_album(update):
            return
        address, event = found
        try:
            reply = self._companion.answer(event)
        except Exception:
            number = secrets.token_hex(4)
            log.exception("an event could not be answered", extra={"number": number})
            reply = self._companion.writer.apology(number)
        await self._outbound.deliver(address, reply)

    def _is_rest_of_album(self, update: Update) -> bool:
        """Whether the first picture of the same album was answered already."""
        message = update.effective_message
        album = message.media_group_id if message else None
        if album is None:
            return False
        if album in self._albums:
            return True
        self._albums[album] = None
        if len(self._albums) > ALBUMS_REMEMBERED:
            del self._albums[next(iter(self._albums))]
        return False

    async def _finish(self) -> None:
        """Let answers in work go out, then tell Telegram what is done."""
        tasks = set(self._last_of_chat.values())
        if tasks:
            await asyncio.wait(tasks, timeout=STOP_SECONDS)
        if self._next_id:
            try:
                await self._bot.get_updates(
                    offset=self._next_id, timeout=0, limit=1, allowed_updates=WANTED_UPDATES
                )
            except TelegramError as error:
                log.warning("the last answers are not confirmed", extra={"reason": type(error).__name__})
