"""Questions a person's app waits on: pressed buttons and inline queries, and the bot's answers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from bot.playground.botapi.keyboards import checked_markup
from bot.playground.botapi.texts import message_text
from bot.playground.botapi.wire import Json, bad, pick

if TYPE_CHECKING:
    from bot.playground.botapi.chats import Chat
    from bot.playground.botapi.messages import EventKind, Msg
    from bot.playground.botapi.people import User
    from bot.playground.botapi.server import Simulator

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
MOST_TOAST = 200  # characters
MOST_RESULTS = 50
MOST_RESULT_ID_BYTES = 64
CACHE_SECONDS = 300


class CacheKey(NamedTuple):
    """What an answer to an inline query is kept for."""

    query: str
    offset: str
    user_id: int  # 0: the answer is the same for everybody


class CachedResults(NamedTuple):
    """An answer that is given again without asking the bot."""

    until: float  # Unix seconds
    results: list[Json]


@dataclass(frozen=True)
class InlineQuery:
    """An inline query the bot was asked."""

    key: CacheKey
    time: float  # Unix seconds
    results: asyncio.Future[list[Json]] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


async def _answer_callback_query(sim: Simulator, p: Json) -> bool:
    press = sim.presses.get(p.get("callback_query_id", ""))
    if not press or press.done.done() or sim.clock() - press.time > sim.limits.callback_age:
        raise bad(TOO_OLD)
    text = p.get("text") or ""
    if len(text) > MOST_TOAST:
        raise bad("MESSAGE_TOO_LONG")
    kind: EventKind = "alert" if p.get("show_alert") else "toast"
    press.done.set_result(press.user.see(kind, press.chat, "bot", text) if text else None)
    return True


async def ask(
    sim: Simulator,
    user: User,
    query: str,
    offset: str,
    location: tuple[float, float] | None,
    wait_seconds: float,
) -> list[Json]:
    """The results for what a person types, from the cache if the bot allowed that.

    AssertionError if the bot does not answer within `wait_seconds`.
    """
    key = CacheKey(query, offset, user.id)
    for known in (key._replace(user_id=0), key):
        cached = sim.inline_cache.get(known)
        if cached and sim.clock() < cached.until:
            return cached.results
    id, asked = str(sim.next_id()), InlineQuery(key, sim.clock())
    sim.inline_queries[id] = asked
    place = {"location": {"latitude": location[0], "longitude": location[1]}} if location else {}
    question = {"id": id, "from": user.json, "query": query, "offset": offset, "chat_type": "sender"}
    sim.push("inline_query", {**question, **place})
    try:
        return await asyncio.wait_for(asked.results, wait_seconds)
    except TimeoutError:
        raise AssertionError(f"inline query {query!r} was not answered within {wait_seconds} s") from None


async def _answer_inline_query(sim: Simulator, p: Json) -> bool:
    results: list[Json] = p.get("results") or []
    if len(results) > MOST_RESULTS:
        raise bad("too many inline query results specified")
    for result in results:
        _check_result(sim, result)
    if len({result["id"] for result in results}) < len(results):
        raise bad("RESULT_ID_DUPLICATE")
    asked = sim.inline_queries.get(p.get("inline_query_id", ""))
    if not asked or asked.results.done() or sim.clock() - asked.time > sim.limits.inline_age:
        raise bad(TOO_OLD)
    key = asked.key if p.get("is_personal") else asked.key._replace(user_id=0)
    until = sim.clock() + p.get("cache_time", CACHE_SECONDS)
    sim.inline_cache[key] = CachedResults(until, results)
    asked.results.set_result(results)
    return True


def _check_result(sim: Simulator, result: Json) -> None:
    checked_markup(sim, result, None, inline_only=True)
    content = result.get("input_message_content", {})
    if "message_text" in content:
        message_text({**content, "text": content["message_text"]})
    if not 1 <= len(str(result.get("id", "")).encode()) <= MOST_RESULT_ID_BYTES:
        raise bad("RESULT_ID_INVALID")


def choose(sim: Simulator, user: User, result: Json, chat: Chat, query: str) -> Msg:
    """Send an inline result into a chat in the person's name."""
    content = result.get("input_message_content", {"message_text": result.get("title", "")})
    if "latitude" in content:
        said: Json = {"location": content}
    else:
        said = message_text({**content, "text": content.get("message_text") or "…"})
    markup = pick(result, "reply_markup")
    msg = chat.add(user.json, {"via_bot": sim.me, **said, **markup}, [], from_bot=True)
    msg.inline_id = f"inline{sim.next_id()}"
    sim.inline_messages[msg.inline_id] = msg
    chat.show("other", user.first_name, msg)
    if sim.inline_feedback:
        editable = {"inline_message_id": msg.inline_id} if markup else {}
        chosen = {"result_id": result["id"], "from": user.json, "query": query}
        sim.push("chosen_inline_result", {**chosen, **editable})
    return msg


HANDLERS = {"answerCallbackQuery": _answer_callback_query, "answerInlineQuery": _answer_inline_query}
