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
from typing import Any

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.conversation.events import Event, language_of
from bot.delivery.chats import Chats
from bot.delivery.clock import Now
from bot.delivery.lanes import Lanes
from bot.telegram.calls import seconds_to_wait
from bot.telegram.groups import migration
from bot.telegram.inbound import WANTED_UPDATES, Address, chat_of, read
from bot.telegram.outbound import Outbound

log = logging.getLogger(__name__)

POLL_SECONDS = 30
MOST_UPDATES = 100
"""Updates of one fetch, which is also the most that Telegram gives."""
GRACE_SECONDS = 0.5
"""How long answers may take before updates of other chats are looked for."""
STOP_SECONDS, CONFIRM_SECONDS = 4.0, 1.5
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 30.0
MOST_CONFLICTS = 5
ALBUMS_REMEMBERED = 256
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
        outbound: Outbound,
        lanes: Lanes,
        now: Now,
        heartbeat: Path | None = None,
        admin_chat_id: int | None = None,
    ) -> None:
        self._bot, self._outbound, self._lanes, self._now = bot, outbound, lanes, now
        self._chats = chats
        self._writer = chats.companion.writer
        self._heartbeat = heartbeat
        self._admin = Address(admin_chat_id) if admin_chat_id is not None else None
        self._next_id = 0
        self._confirmed_below = 0
        self._in_work: dict[int, asyncio.Task[None]] = {}
        self._last_of_chat: dict[int, asyncio.Task[None]] = {}
        self._albums: dict[str, None] = {}

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
            return await self._bot.get_updates(
                offset=offset, limit=MOST_UPDATES, timeout=wait_seconds, allowed_updates=WANTED_UPDATES
            )
        except TelegramError:
            raise
        except Exception:
            log.exception("updates could not be read")
        # One update that the library cannot read must not keep all others from being answered.
        asked = {"offset": offset, "limit": MOST_UPDATES, "allowed_updates": WANTED_UPDATES}
        return [self._readable(data) for data in await self._bot.do_api_request(RAW_UPDATES, asked)]

    def _readable(self, data: dict[str, Any]) -> Update:
        try:
            return Update.de_json(data, self._bot)
        except Exception as error:
            log.warning("an update was passed over", extra={"reason": type(error).__name__})
            return Update(data["update_id"])

    def _show_life(self) -> None:
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
        chat = chat_of(update)
        task = asyncio.create_task(self._answer_after(self._last_of_chat.get(chat), update))
        self._in_work[update.update_id] = self._last_of_chat[chat] = task

        def forget(done: asyncio.Task[None]) -> None:
            del self._in_work[update.update_id]
            if self._last_of_chat.get(chat) is done:
                del self._last_of_chat[chat]

        task.add_done_callback(forget)

    async def _answer_after(self, before: asyncio.Task[None] | None, update: Update) -> None:
        if before:
            await asyncio.wait([before])
        try:
            await self._answer(update)
        except TelegramError as error:
            log.warning("an answer could not be delivered", extra={"reason": type(error).__name__})
        except Exception:
            log.exception("an answer could not be delivered")

    async def _answer(self, update: Update) -> None:
        if moved := migration(update):
            await self._chats.move(*moved)
            return
        found = read(update, self._bot.username)
        if found is None or self._is_rest_of_album(update):
            return
        address, event = found
        async with self._lanes(chat_of(update)):
            try:
                replies = await self._chats.answer(
                    chat_of(update), event, self._now(), private=address.private
                )
            except Exception as error:
                number = secrets.token_hex(4)
                log.exception("an event could not be answered", extra={"number": number})
                await self._apologise(address, event, number, type(error).__name__)
                return
            shown = await self._outbound.deliver(address, replies)
            if shown is not None:
                await self._chats.shown(chat_of(update), shown)

    async def _apologise(self, address: Address, event: Event, number: str, error: str) -> None:
        writer = self._chats.companion.writer_for(language_of(event))
        await self._outbound.deliver(address, [writer.apology(number)])
        if self._admin:
            await self._outbound.deliver(self._admin, [self._writer.notice(number, error)])

    def _is_rest_of_album(self, update: Update) -> bool:
        """Whether a picture without words belongs to an album of which another was answered already."""
        album = update.message.media_group_id if update.message else None
        if album is None:
            return False
        if album in self._albums:
            return not (update.message and update.message.caption)
        self._albums[album] = None
        if len(self._albums) > ALBUMS_REMEMBERED:
            del self._albums[next(iter(self._albums))]
        return False

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
