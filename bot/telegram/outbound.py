"""A reply as API calls, and what to do when Telegram refuses or cannot be reached."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import aiohttp
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.conversation.actions import encode
from bot.delivery.budget import Budget
from bot.delivery.post import TryLater, Undeliverable, Unwanted
from bot.telegram.inbound import Address
from bot.telegram.transport import Unsent
from bot.wording.reply import Button, Reply

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 6
MOST_ATTEMPTS_TO_END_LOADING = 2
"""Few, because the answer itself waits for it."""
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 8.0
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_CANNOT_EDIT = (
    "message can't be edited",
    "message to edit not found",
    "message_id_invalid",
    "there is no text in the message",
)

T = TypeVar("T")


class Outbound:
    """Delivers replies. Every call is repeated while it is certain or likely that it did not arrive."""

    def __init__(self, bot: Bot, budget: Budget) -> None:
        self._bot, self._budget = bot, budget

    async def deliver(self, address: Address, replies: Sequence[Reply]) -> int | None:
        """Answer a tap in its own message, anything else with new ones.

        The number of the message in which a running routine is now seen, if it is in one of these.
        """
        shown = None
        tapped = address.edit is not None or address.inline_message_id is not None
        toast = next((reply.toast for reply in replies if reply.toast), None)
        if address.callback_id is not None:
            await self._end_loading(address.callback_id, toast)
        for place, reply in enumerate(replies):
            if reply.toast_only:
                continue
            if reply.instead_of is not None:
                await self._replace(address, reply.instead_of, reply)
                continue
            in_place = tapped and place == 0 and reply.document is None
            message_id = await (self._edit if in_place else self._send)(address, reply)
            shown = message_id if reply.shows_round else shown
        return shown

    async def carry(self, chat_id: int, reply: Reply) -> int:
        """Send a message nobody asked for just now; see ``bot.delivery.post.Carrier``."""
        try:
            message = await self._persist(lambda: self._call_to_send(Address(chat_id), reply), patient=False)
        except RetryAfter as error:
            raise TryLater(seconds_to_wait(error)) from None
        except Forbidden:
            raise Unwanted from None
        except (BadRequest, ChatMigrated) as error:
            if "chat not found" in str(error).lower():
                raise Unwanted from None
            raise Undeliverable from None
        return message.message_id

    async def _end_loading(self, callback_id: str, toast: str | None) -> None:
        """Stop the button's loading sign. When that fails, the answer is still given."""
        try:
            await self._persist(
                lambda: self._bot.answer_callback_query(callback_id, text=toast), MOST_ATTEMPTS_TO_END_LOADING
            )
        except TelegramError as error:
            log.info("a button went on loading", extra={"reason": type(error).__name__})

    async def _edit(self, address: Address, reply: Reply) -> int | None:
        """Change the tapped message; where that is not possible any more, send a new one."""
        place = (
            {"inline_message_id": address.inline_message_id}
            if address.inline_message_id
            else {"chat_id": address.chat_id, "message_id": address.edit}
        )
        try:
            await self._change(place, reply)
        except BadRequest as error:
            if not any(reason in str(error).lower() for reason in _CANNOT_EDIT):
                raise
            return await self._send(address, reply)
        except ChatMigrated as moved:
            return await self._send(replace(address, chat_id=moved.new_chat_id), reply)
        except Forbidden:
            _log_unwanted()
        return address.edit

    async def _replace(self, address: Address, message_id: int, reply: Reply) -> None:
        """Change an older message. When that is not possible any more, nothing is lost."""
        try:
            await self._change({"chat_id": address.chat_id, "message_id": message_id}, reply)
        except TelegramError as error:
            log.info("an older message was left as it was", extra={"reason": type(error).__name__})

    async def _change(self, place: dict[str, Any], reply: Reply) -> None:
        markup = self._markup(reply)

        def change() -> Awaitable[object]:
            self._budget.spend()
            if reply.buttons_only:
                return self._bot.edit_message_reply_markup(**place, reply_markup=markup)
            return self._bot.edit_message_text(
                reply.text,
                **place,
                parse_mode="HTML",
                reply_markup=markup,
                link_preview_options=NO_PREVIEW,
            )

        try:
            await self._persist(change)
        except BadRequest as error:
            if "message is not modified" not in str(error).lower():
                raise

    async def _send(self, address: Address, reply: Reply) -> int | None:
        if address.chat_id is None:
            return None

        def send() -> Awaitable[Message]:
            self._budget.spend()
            return self._call_to_send(address, reply)

        try:
            return (await self._persist(send)).message_id
        except ChatMigrated as moved:
            return await self._send(replace(address, chat_id=moved.new_chat_id, reply_to=None), reply)
        except Forbidden:
            _log_unwanted()
            return None

    def _call_to_send(self, address: Address, reply: Reply) -> Awaitable[Message]:
        to = ReplyParameters(address.reply_to, allow_sending_without_reply=True) if address.reply_to else None
        common: dict[str, Any] = {
            "chat_id": address.chat_id,
            "parse_mode": "HTML",
            "message_thread_id": address.thread_id,
            "reply_parameters": to,
            "reply_markup": self._markup(reply),
            "disable_notification": reply.silent,
        }
        if reply.document:
            file = InputFile(reply.document.content, reply.document.name)
            return self._bot.send_document(document=file, caption=reply.text, **common)
        return self._bot.send_message(text=reply.text, link_preview_options=NO_PREVIEW, **common)

    async def _persist(
        self, call: Callable[[], Awaitable[T]], most_attempts: int = MOST_ATTEMPTS, *, patient: bool = True
    ) -> T:
        """Make a call until it has an answer.

        Being told to wait and not reaching Telegram at all are no attempts: that ends some time, and nothing
        is lost meanwhile. A call whose connection broke, or whose answer did not come in time, may have
        arrived; it is made once more, so that a message is seen at most twice and not never. Where nobody
        waits (not ``patient``), being told to wait is raised.
        """
        attempts = unsure = pauses = 0
        while True:
            pause = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2**pauses)
            try:
                return await call()
            except RetryAfter as error:
                if not patient:
                    raise
                pause = seconds_to_wait(error)
            except (BadRequest, Forbidden, ChatMigrated, InvalidToken):
                raise
            except TelegramError as error:
                if not isinstance(error, Unsent):
                    attempts += 1
                    unsure += _may_have_arrived(error)
                    if attempts == most_attempts or unsure > 1:
                        raise
                pauses += 1
            await asyncio.sleep(pause)

    def _markup(self, reply: Reply) -> InlineKeyboardMarkup | None:
        if not reply.buttons:
            return None
        return InlineKeyboardMarkup([[self._button(button) for button in row] for row in reply.rows])

    def _button(self, button: Button) -> InlineKeyboardButton:
        if button.action is None:
            return InlineKeyboardButton(button.label, url=f"{self._bot.link}?start={button.link}")
        return InlineKeyboardButton(button.label, callback_data=encode(button.action))


def _may_have_arrived(error: TelegramError) -> bool:
    """Whether a call that reached Telegram could have had its effect although it failed with ``error``."""
    unreadable = not isinstance(error, NetworkError)
    return unreadable or isinstance(error.__cause__, aiohttp.ClientError | TimeoutError)


def _log_unwanted() -> None:
    log.info("an answer was not wanted: the bot is blocked or was removed")


def seconds_to_wait(error: RetryAfter) -> float:
    """How long Telegram wants us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
