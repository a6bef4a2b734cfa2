"""The buttons under a message and the keyboard below it, checked as Telegram does."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from bot.playground.botapi.entities import EntityError, check_link
from bot.playground.botapi.wire import Json, bad

if TYPE_CHECKING:
    from bot.playground.botapi.chats import Chat
    from bot.playground.botapi.server import Simulator

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
MOST_CALLBACK_BYTES = 64
DECORATION = {"text", "style", "icon_custom_emoji_id"}
PRIVATE_ONLY = {"request_location": "location", "request_contact": "phone number"}


def checked_markup(sim: Simulator, p: Json, chat: Chat | None, *, inline_only: bool = False) -> Json:
    """The `reply_markup` of a call, {} if it has none. Raises ApiError."""
    markup: Json = p.get("reply_markup") or {}
    if inline_only and markup and "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    inline_rows, rows = markup.get("inline_keyboard", []), markup.get("keyboard", [])
    for button in chain.from_iterable(inline_rows):
        _check_inline_button(sim, button)
    if sum(map(len, inline_rows)) > MOST_BUTTONS:
        raise bad("reply markup is too long")
    for row in inline_rows + rows:
        if len(row) > MOST_IN_A_ROW:
            text = f"a row of {len(row)} buttons; Telegram shows at most {MOST_IN_A_ROW}"
            sim.violate("reply_markup", text)
    for key in chain.from_iterable(rows):
        if isinstance(key, dict):
            _check_key(key, chat)
    return markup


def _check_inline_button(sim: Simulator, button: Json) -> None:
    actions = set(sim.spec.fields("InlineKeyboardButton")) - DECORATION
    chosen = sorted(actions & set(button))
    if not button.get("text"):
        raise bad("inline keyboard button text must be non-empty")
    if not chosen or button.get("callback_data") == "":
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(chosen) > 1:
        sim.violate("reply_markup", f"button {button['text']!r} has more than one action: {chosen}")
    if len(button.get("callback_data", "").encode()) > MOST_CALLBACK_BYTES:
        raise bad("BUTTON_DATA_INVALID")
    _check_button_link(button.get("url"), "URL")
    _check_button_link(button.get("web_app", {}).get("url"), "Web App URL", https_only=True)


def _check_button_link(url: str | None, name: str, *, https_only: bool = False) -> None:
    if url is None:
        return
    try:
        check_link(url, https_only)
    except EntityError as error:
        raise bad(f"inline keyboard button {name} '{url}' is invalid: {error}") from None


def _check_key(key: Json, chat: Chat | None) -> None:
    if not key.get("text"):
        raise bad("keyboard button text must be non-empty")
    for field, name in PRIVATE_ONLY.items():
        if key.get(field) and chat and not chat.user:
            raise bad(f"{name} can be requested in private chats only")
