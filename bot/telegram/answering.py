"""Answering one update, wherever it came from: read it, have it decided, deliver the replies."""

from __future__ import annotations

import itertools
import logging
import secrets
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from telegram import Bot, Update
from telegram.error import TelegramError

from bot import meters
from bot.conversation.events import Commanded, Event, Pace, Said, Tapped, language_of
from bot.delivery.chats import Answered, Chats, Source
from bot.delivery.clock import Now
from bot.delivery.lanes import Lanes
from bot.telegram.elsewhere import Outside
from bot.telegram.groups import is_admin, migration
from bot.telegram.inbound import Address, chat_of, read
from bot.telegram.outbound import Outbound

LATE = timedelta(hours=1)
"""After so long people do something else than when they wrote."""

log = logging.getLogger(__name__)


class Answerer:
    """Answers updates: one at a time within a chat."""

    def __init__(
        self,
        bot: Bot,
        chats: Chats,
        outbound: Outbound,
        lanes: Lanes,
        now: Now,
        admin_chat_id: int | None = None,
    ) -> None:
        self._bot, self._chats, self._outbound, self._lanes, self._now = bot, chats, outbound, lanes, now
        self._writer = chats.companion.writer
        self._admin = Address(admin_chat_id) if admin_chat_id is not None else None
        self._outside = Outside(bot, chats, outbound.pictures, now, self._tell_operator)

    async def answer(
        self, update: Update, pace: Pace = Pace.CALM, received_at: datetime | None = None
    ) -> None:
        """Answer an update. What fails is logged, and the person is told of it where that is possible."""
        received_at = received_at or self._now()
        try:
            with meters.answering(received_at):
                await self._answer(update, pace)
            meters.answered((self._now() - received_at).total_seconds())
        except TelegramError as error:
            log.warning("an answer could not be delivered", extra={"reason": type(error).__name__})
        except Exception:  # one answer that fails must not end the answering of others
            log.exception("an answer could not be delivered")

    async def _answer(self, update: Update, pace: Pace) -> None:
        if moved := migration(update):
            await self._chats.move(*moved)
        found = None if await self._outside.answer(update) else read(update, self._bot.username)
        if found is None:
            return
        address, event = found
        if isinstance(event, Said):
            pace = pace if address.private else Pace.CALM  # that of a group is that of all its members
            event = replace(event, pace=pace, late=self._is_late(update))
        chat_id = chat_of(update)
        async with self._lanes(chat_id):
            try:
                source = Source(update.update_id, asdict(address))
                answered = await self._take(chat_id, event, address, source)
                await self._deliver(chat_id, address, answered)
            except TelegramError:
                raise
            except Exception as error:
                number = secrets.token_hex(4)
                log.exception("an event could not be answered", extra={"number": number})
                await self._apologise(address, event, number, type(error).__name__)

    async def _take(self, chat_id: int, event: Event, address: Address, source: Source) -> Answered:
        answered = await self._chats.take(chat_id, event, self._now(), private=address.private, source=source)
        if answered.asks_if_admin and isinstance(event, Said | Commanded | Tapped):
            ranked = replace(event, by_admin=await is_admin(self._bot, chat_id, event.by))
            return await self._take(chat_id, ranked, address, source)
        return answered

    async def _deliver(self, chat_id: int, address: Address, answered: Answered) -> None:
        """Deliver an answer; what of it has arrived is not kept, even if the rest has not."""
        shown, arrived = None, itertools.count()
        try:
            shown = await self._outbound.deliver(address, answered.replies, lambda: next(arrived))
        finally:
            await self._chats.delivered(chat_id, answered.kept[: next(arrived)], shown)

    def _is_late(self, update: Update) -> bool:
        message = update.message
        return message is not None and self._now() - message.date > LATE

    async def _apologise(self, address: Address, event: Event, number: str, error: str) -> None:
        writer = self._chats.companion.writer_for(language_of(event))
        await self._outbound.deliver(address, [writer.apology(number)])
        await self._tell_operator(number, error)

    async def _tell_operator(self, number: str, error: str) -> None:
        if self._admin:
            await self._outbound.deliver(self._admin, [self._writer.notice(number, error)])
