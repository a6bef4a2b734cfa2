"""Methods about chats and who is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.lookup import find_chat
from bot.playground.botapi.wire import Json, bad

if TYPE_CHECKING:
    from bot.playground.botapi.server import Simulator


async def _get_chat(sim: Simulator, p: Json) -> Json:
    return {**sim.spec.dummy("ChatFullInfo"), **find_chat(sim, p).json}


async def _get_chat_member(sim: Simulator, p: Json) -> Json:
    chat, user_id = find_chat(sim, p), p.get("user_id", 0)
    if user_id == sim.me["id"]:
        return chat.bot_as_member(chat.bot_status)
    user = sim.users.get(user_id)
    if not user:
        raise bad("user not found")
    return chat.person_as_member(user)


async def _leave_chat(sim: Simulator, p: Json) -> bool:
    find_chat(sim, p).bot_status = "left"
    return True


HANDLERS = {"getChat": _get_chat, "getChatMember": _get_chat_member, "leaveChat": _leave_chat}
