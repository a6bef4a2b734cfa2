"""Chats that the bot is not in: what somebody types after its name there, a mention, a tap on what was sent.

There is one answer, and only for a few seconds. Nothing is uploaded for it and nothing is kept of it.
"""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from telegram import (
    Bot,
    CallbackQuery,
    InlineQuery,
    InlineQueryResult,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.error import BadRequest, TelegramError

from bot.conversation.events import Elsewhere, Mentioned, Searched
from bot.delivery.chats import Chats
from bot.delivery.clock import Now
from bot.telegram import groups
from bot.telegram.buttons import markup
from bot.telegram.calls import persist
from bot.telegram.inbound import chat_of
from bot.telegram.pictures import Pictures
from bot.telegram.refusals import changes_nothing, is_unknown_file
from bot.wording.sharing import Listing, Row

log = logging.getLogger(__name__)

ANSWER_SECONDS = 10.0
"""Later than that nobody looks at the answer any more."""
MOST_ATTEMPTS = 2
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_SHOWN = re.compile(r"[0-9]{1,6}")

T = TypeVar("T")
Tell = Callable[[str, str], Awaitable[None]]
"""Tells the operator that something broke: the number of the report, and the kind of error."""


def order_of(update: Update) -> int | str:
    """The key under which updates keep their order: one chat, or one message in a chat we do not know.

    A search and a mention wait for nothing: their few seconds run.
    """
    if update.inline_query:
        return update.inline_query.id
    if update.guest_message:
        return update.guest_message.guest_query_id or ""
    if update.callback_query and update.callback_query.inline_message_id:
        return update.callback_query.inline_message_id
    return chat_of(update)


class Outside:
    """Answers what happens in chats that the bot is not in."""

    def __init__(self, bot: Bot, chats: Chats, pictures: Pictures, now: Now, tell: Tell) -> None:
        self._bot, self._chats, self._pictures, self._now, self._tell = bot, chats, pictures, now, tell
        self._mention = re.compile(rf"@{re.escape(bot.username)}(?!\w)", re.IGNORECASE)

    async def answer(self, update: Update) -> bool:
        """Answer an update from such a chat; whether it was one."""
        if query := update.inline_query:
            await self._search(query)
        elif message := update.guest_message:
            await self._mentioned(message)
        elif (tap := update.callback_query) and tap.inline_message_id:
            await self._tapped(tap, tap.inline_message_id)
        else:
            return False
        return True

    async def _search(self, query: InlineQuery) -> None:
        person = query.from_user
        shown = int(query.offset) if _SHOWN.fullmatch(query.offset) else 0
        listing = await self._find(Searched(query.query, person.id, shown, person.language_code))

        async def send(results: list[InlineQueryResult]) -> None:
            # What is found depends on who asks and may change with their next message, so it is never kept.
            await self._bot.answer_inline_query(
                query.id,
                results,
                cache_time=0,
                is_personal=True,
                next_offset="" if listing.more_from is None else str(listing.more_from),
                button=_above(listing),
            )

        await self._send(listing.rows, send)

    async def _mentioned(self, message: Message) -> None:
        query_id, person = message.guest_query_id, message.from_user
        if query_id is None or (person and person.is_bot and not message.sender_chat):
            return  # another bot would be answered for ever
        words = self._mention.sub(" ", message.text or message.caption or "").strip()
        by = person.id if person and not groups.speaks_for_nobody(message) else 0
        listing = await self._find(Mentioned(words, by, person.language_code if person else None))

        async def send(results: list[InlineQueryResult]) -> None:
            await self._bot.answer_guest_query(query_id, results[0])

        await self._send(listing.rows, send)

    async def _find(self, event: Elsewhere) -> Listing:
        try:
            return await self._chats.find(event, self._now())
        except Exception as error:
            number = secrets.token_hex(4)
            log.exception("an event could not be answered", extra={"number": number})
            try:
                await self._tell(number, type(error).__name__)
            except TelegramError as refused:
                log.warning("the operator was not told", extra={"reason": type(refused).__name__})
            return self._chats.companion.writer_for(event.language).sharing.broken(number)

    async def _send(
        self, rows: tuple[Row, ...], send: Callable[[list[InlineQueryResult]], Awaitable[None]]
    ) -> None:
        """Send results, with the pictures that Telegram has; without any if it does not know one of them."""
        names = await self._names(rows)
        try:
            try:
                await self._once(lambda: send([self._result(row, names) for row in rows]))
            except BadRequest as error:
                if not is_unknown_file(error):
                    raise
                await self._pictures.forget(*names)
                await self._once(lambda: send([self._result(row, {}) for row in rows]))
        except (TelegramError, TimeoutError) as error:
            log.info("a search or a mention was left unanswered", extra={"reason": type(error).__name__})

    async def _names(self, rows: Sequence[Row]) -> Mapping[str, str]:
        """What Telegram calls the pictures of results, as far as it has them."""
        try:
            return await self._pictures.names(
                [row.pictured.picture for row in rows if row.pictured and row.pictured.picture]
            )
        except OSError as error:
            log.warning("the pictures were left out", extra={"reason": type(error).__name__})
            return {}

    def _result(self, row: Row, names: Mapping[str, str]) -> InlineQueryResult:
        name = names.get(row.pictured.picture or "") if row.pictured else None
        if row.pictured and name:
            return InlineQueryResultCachedPhoto(
                row.id,
                name,
                title=row.title,
                description=row.line,
                caption=row.pictured.text,
                parse_mode="HTML",
                reply_markup=markup(row.pictured, self._bot.link),
            )
        words = InputTextMessageContent(row.message.text, "HTML", link_preview_options=NO_PREVIEW)
        return InlineQueryResultArticle(
            row.id, row.title, words, markup(row.message, self._bot.link), description=row.line
        )

    async def _tapped(self, tap: CallbackQuery, inline_message_id: str) -> None:
        """Change a message that was sent to another chat. Who tapped does not matter."""
        reply = await self._chats.tapped_elsewhere(tap.data or "", tap.from_user.language_code)
        try:
            await self._once(lambda: self._bot.answer_callback_query(tap.id, reply.toast))
        except (TelegramError, TimeoutError) as error:
            log.info("a button went on loading", extra={"reason": type(error).__name__})
        if reply.toast_only:
            return
        buttons = markup(reply, self._bot.link)
        try:
            await self._once(
                lambda: self._bot.edit_message_caption(
                    inline_message_id=inline_message_id,
                    caption=reply.text,
                    parse_mode="HTML",
                    reply_markup=buttons,
                )
            )
        except (TelegramError, TimeoutError) as error:
            if not changes_nothing(error):
                log.info(
                    "a message in another chat was left as it was", extra={"reason": type(error).__name__}
                )

    async def _once(self, call: Callable[[], Awaitable[T]]) -> T:
        """Make a call that is of no use later."""
        async with asyncio.timeout(ANSWER_SECONDS):
            return await persist(call, MOST_ATTEMPTS, patient=False)


def _above(listing: Listing) -> InlineQueryResultsButton | None:
    above = listing.above
    return InlineQueryResultsButton(above.label, start_parameter=above.link) if above else None
