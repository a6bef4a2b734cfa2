"""Guest mode: a bot is mentioned in a chat it is not in, and may answer that one message once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playground.botapi.entities import detect
from bot.playground.botapi.inline import register, result_content
from bot.playground.botapi.messages import Msg, without_reply
from bot.playground.botapi.queries import TOO_OLD
from bot.playground.botapi.wire import Json, bad, pick

if TYPE_CHECKING:
    from bot.playground.botapi.people import User
    from bot.playground.botapi.server import Simulator


@dataclass
class GuestQuery:
    """A mention the bot was told of."""

    caller: User
    msg: Msg
    time: float  # Unix seconds
    answered: bool = False


def mention(sim: Simulator, caller: User, msg: Msg) -> None:
    """Tell the bot of a new message that mentions it in a chat it is not in; of others it learns nothing."""
    if not sim.guest_mode or msg.chat.user or msg.chat.bot_status != "left" or not _mentions(sim, msg.text):
        return
    id = str(sim.next_id() * 1_000_003)
    sim.guest_queries[id] = GuestQuery(caller, msg, sim.clock())
    sim.push("guest_message", {**msg.data, "guest_query_id": id})


def _mentions(sim: Simulator, text: str) -> bool:
    raw, name = text.encode("utf-16-le"), "@" + sim.me["username"].lower()
    found = [entity for entity in detect(text, []) if entity["type"] == "mention"]
    spans = [(2 * entity["offset"], 2 * (entity["offset"] + entity["length"])) for entity in found]
    return any(raw[start:end].decode("utf-16-le").lower() == name for start, end in spans)


async def _answer_guest_query(sim: Simulator, p: Json) -> Json:
    result: Json = p.get("result") or {}
    content, files = await result_content(sim, result)
    asked = sim.guest_queries.get(p.get("guest_query_id", ""))
    if not asked or asked.answered or sim.clock() - asked.time > sim.limits.guest_age:
        raise bad(TOO_OLD)
    asked.answered = True
    said = {"guest_bot_caller_user": asked.caller.json, "reply_to_message": without_reply(asked.msg)}
    chat = asked.msg.chat
    msg = chat.add(sim.me, {**said, **content, **pick(result, "reply_markup")}, files, from_bot=True)
    register(sim, msg)
    chat.show("message", "bot", msg)
    return {"inline_message_id": msg.inline_id}


HANDLERS = {"answerGuestQuery": _answer_guest_query}
