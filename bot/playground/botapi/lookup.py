"""The chat and the message a call is about, and Telegram's words when there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.chats import Chat
from bot.playground.botapi.messages import Msg
from bot.playground.botapi.wire import ApiError, Json, bad

if TYPE_CHECKING:
    from bot.playground.botapi.server import Simulator


def find_chat(sim: Simulator, p: Json, key: str = "chat_id") -> Chat:
    """A chat the bot knows. Raises ApiError, also for a group it is no longer in."""
    id = p.get(key)
    if id in (None, ""):
        raise bad("chat_id is empty")
    by_name = (chat for chat in sim.chats.values() if chat.username and id == "@" + chat.username)
    chat = sim.chats.get(id) if isinstance(id, int) else next(by_name, None)
    if not chat:
        raise bad("chat not found")
    if chat.migrated_to:
        why = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, why, migrate_to_chat_id=chat.migrated_to)
    if chat.bot_status in ("kicked", "left"):
        how = "was kicked from" if chat.bot_status == "kicked" else "is not a member of"
        raise ApiError(403, f"Forbidden: bot {how} the {chat.type} chat")
    return chat


def find_writable_chat(sim: Simulator, p: Json) -> Chat:
    """A chat the bot may write to now. Raises ApiError."""
    chat = find_chat(sim, p)
    if person := chat.user:
        if person.deactivated:
            raise ApiError(403, "Forbidden: user is deactivated")
        if person.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if not person.started:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    return chat


def find_message(sim: Simulator, p: Json, purpose: str) -> Msg:
    """A message that is still there; `purpose` is Telegram's name for it, as in "message to delete"."""
    if inline_id := p.get("inline_message_id"):
        if inline_id not in sim.inline_messages:
            raise bad("MESSAGE_ID_INVALID")
        return sim.inline_messages[inline_id]
    chat = find_writable_chat(sim, p)
    if not p.get("message_id"):
        raise bad("message identifier is not specified")
    msg = chat.messages.get(p["message_id"])
    if not msg or msg.deleted:
        raise bad(f"{purpose} not found")
    return msg


def find_message_to_edit(sim: Simulator, p: Json) -> Msg:
    """A message of the bot that may be edited."""
    msg = find_message(sim, p, "message to edit")
    if not msg.from_bot or msg.frozen:
        raise bad("message can't be edited")
    return msg
