"""Buttons as Telegram takes them."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.conversation.actions import MOST_BYTES, encode
from bot.telegram.inbound import PICTURE_MARK
from bot.wording.reply import Button, Reply


def markup(reply: Reply, bot_link: str, picture_id: int | None = None) -> InlineKeyboardMarkup | None:
    """The buttons under a reply, if it has any; ``bot_link`` leads to the private chat.

    ``picture_id`` is the number of the message with the picture of the text that they stand under.
    """
    if not reply.buttons:
        return None
    return InlineKeyboardMarkup(
        [[_button(button, bot_link, picture_id) for button in row] for row in reply.rows]
    )


def _button(button: Button, bot_link: str, picture_id: int | None) -> InlineKeyboardButton:
    if button.action is None:
        return InlineKeyboardButton(button.label, url=f"{bot_link}?start={button.link}")
    data = encode(button.action)
    marked = f"{data}{PICTURE_MARK}{picture_id}"
    if picture_id is not None and len(marked) <= MOST_BYTES:
        data = marked
    return InlineKeyboardButton(button.label, callback_data=data)
