"""A reply as API calls, and what to do when Telegram refuses or cannot be reached."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
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
from bot.telegram.inbound import Address
from bot.wording.reply import Button, Reply

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 6
MOST_ATTEMPTS_TO_END_LOADING = 2
"""Few, because the answer itself waits for it."""
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 8.0
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_CANNOT_EDIT = (
    "message can't be edited",
    "message to edit not found",
    "message_id_invalid",
    "there is no text in the message",
)

Call = Callable[[], Awaitable[object]]


class Outbound:
    """Delivers replies. Every call is repeated while it is certain or likely that it did not arrive."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def deliver(self, address: Address, replies: Sequence[Reply]) -> None:
        """Answer a tap in its own message, anything else with new ones."""
        first, *others = replies
        if address.callback_id is not None:
            await self._end_loading(address.callback_id, first.toast)
        tapped = address.edit is not None or address.inline_message_id is not None
        if tapped and first.document is None:
            await self._edit(address, first)
        else:
            await self._send(address, first)
        for reply in others:
            await self._send(address, reply)

    async def _end_loading(self, callback_id: str, toast: str | None) -> None:
        """Stop the button's loading sign. When that fails, the answer is still given."""
        try:
            await self._persist(
                lambda: self._bot.answer_callback_query(callback_id, text=toast), MOST_ATTEMPTS_TO_END_LOADING
            )
        except TelegramError as error:
            log.info("a button went on loading", extra={"reason": type(error).__name__})

    async def _edit(self, address: Address, reply: Reply) -> None:
        place = (
            {"inline_message_id": address.inline_message_id}
            if address.inline_message_id
            else {"chat_id": address.chat_id, "message_id": address.edit}
        )
        markup = self._markup(reply)

        async def edit() -> None:
            if reply.buttons_only:
                await self._bot.edit_message_reply_markup(**place, reply_markup=markup)
            else:
                await self._bot.edit_message_text(
                    reply.text,
                    **place,
                    parse_mode="HTML",
                    reply_markup=markup,
                    link_preview_options=NO_PREVIEW,
                )

        try:
            await self._persist(edit)
        except BadRequest as error:
            refusal = str(error).lower()
            if "message is not modified" in refusal:
                return
            if not any(reason in refusal for reason in _CANNOT_EDIT):
                raise
            await self._send(address, reply)
        except ChatMigrated as moved:
            await self._send(replace(address, chat_id=moved.new_chat_id), reply)
        except Forbidden:
            _log_unwanted()

    async def _send(self, address: Address, reply: Reply) -> None:
        if address.chat_id is None:
            return
        chat_id = address.chat_id
        to = ReplyParameters(address.reply_to, allow_sending_without_reply=True) if address.reply_to else None
        common: dict[str, Any] = {
            "chat_id": chat_id,
            "parse_mode": "HTML",
            "message_thread_id": address.thread_id,
            "reply_parameters": to,
            "reply_markup": self._markup(reply),
        }

        def send() -> Awaitable[object]:
            if reply.document:
                file = InputFile(reply.document.content, reply.document.name)
                return self._bot.send_document(document=file, caption=reply.text, **common)
            return self._bot.send_message(text=reply.text, link_preview_options=NO_PREVIEW, **common)

        try:
            await self._persist(send)
        except ChatMigrated as moved:
            await self._send(replace(address, chat_id=moved.new_chat_id, reply_to=None), reply)
        except Forbidden:
            _log_unwanted()

    async def _persist(self, call: Call, most_attempts: int = MOST_ATTEMPTS) -> None:
        """Make a call until it has an answer.

        Being told to wait and not reaching Telegram at all are no attempts: that ends some time, and nothing
        is lost meanwhile. A call whose connection broke, or whose answer did not come in time, may have
        arrived; it is made once more, so that a message is seen at most twice and not never.
        """
        attempts = unsure = pauses = 0
        while True:
            pause = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2**pauses)
            try:
                await call()
                return
            except RetryAfter as error:
                pause = seconds_to_wait(error)
            except (BadRequest, Forbidden, ChatMigrated, InvalidToken):
                raise
            except TelegramError as error:
                if not isinstance(error.__cause__, _UNSENT):
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
    return unreadable or isinstance(error.__cause__, httpx.HTTPError)


def _log_unwanted() -> None:
    log.info("an answer was not wanted: the bot is blocked or was removed")


def seconds_to_wait(error: RetryAfter) -> float:
    """How long Telegram wants us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
