"""Inline mode: what somebody types after "@bot" in any chat, the results, and one of them being sent."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from bot.playground.botapi.keyboards import checked_markup
from bot.playground.botapi.media import media_content
from bot.playground.botapi.messages import File, Msg
from bot.playground.botapi.queries import TOO_OLD
from bot.playground.botapi.texts import caption, message_text
from bot.playground.botapi.wire import Json, bad, pick

if TYPE_CHECKING:
    from bot.playground.botapi.chats import Chat
    from bot.playground.botapi.people import User
    from bot.playground.botapi.server import Simulator

MOST_QUERY = 256  # characters that an app passes on
MOST_RESULTS = 50
MOST_RESULT_ID_BYTES = MOST_OFFSET_BYTES = 64
CACHE_SECONDS = 300
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
CACHED_FILES = {  # the field of a result that names a file the server has, and the kind the file must have
    "photo_file_id": "photo",
    "gif_file_id": "animation",
    "mpeg4_file_id": "animation",
    "sticker_file_id": "sticker",
    "document_file_id": "document",
    "video_file_id": "video",
    "voice_file_id": "voice",
    "audio_file_id": "audio",
}


class CacheKey(NamedTuple):
    """What an answer to an inline query is kept for."""

    query: str
    offset: str
    user_id: int  # 0: the answer is the same for everybody


@dataclass(frozen=True)
class InlineAnswer:
    """What a person's app shows over the line they type in. `next_offset` is "" where that is all."""

    results: list[Json]
    next_offset: str = ""
    button: Json | None = None
    until: float = 0.0  # Unix seconds; before that the bot is not asked again


@dataclass(frozen=True)
class InlineQuery:
    """An inline query the bot was asked."""

    key: CacheKey
    time: float  # Unix seconds
    answer: asyncio.Future[InlineAnswer] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


async def ask(
    sim: Simulator,
    user: User,
    query: str,
    offset: str,
    location: tuple[float, float] | None,
    wait_seconds: float,
) -> InlineAnswer:
    """The answer to what a person types, from the cache if the bot allowed that.

    AssertionError if the bot does not answer within `wait_seconds`.
    """
    query = query[:MOST_QUERY]
    key = CacheKey(query, offset, user.id)
    for known in (key._replace(user_id=0), key):
        cached = sim.inline_cache.get(known)
        if cached and sim.clock() < cached.until:
            return cached
    id, asked = str(sim.next_id()), InlineQuery(key, sim.clock())
    sim.inline_queries[id] = asked
    place = {"location": {"latitude": location[0], "longitude": location[1]}} if location else {}
    question = {"id": id, "from": user.json, "query": query, "offset": offset, "chat_type": "sender"}
    if sim.inline_mode:
        sim.push("inline_query", {**question, **place})
    try:
        return await asyncio.wait_for(asked.answer, wait_seconds)
    except TimeoutError:
        raise AssertionError(f"inline query {query!r} was not answered within {wait_seconds} s") from None


async def _answer_inline_query(sim: Simulator, p: Json) -> bool:
    results: list[Json] = p.get("results") or []
    if len(results) > MOST_RESULTS:
        raise bad("too many inline query results specified")
    for result in results:
        await result_content(sim, result)
    if len({result["id"] for result in results}) < len(results):
        raise bad("RESULT_ID_DUPLICATE")
    next_offset, button = p.get("next_offset") or "", p.get("button")
    if len(next_offset.encode()) > MOST_OFFSET_BYTES:
        raise bad("NEXT_OFFSET_INVALID")
    if button:
        _check_results_button(sim, button)
    asked = sim.inline_queries.get(p.get("inline_query_id", ""))
    if not asked or asked.answer.done() or sim.clock() - asked.time > sim.limits.inline_age:
        raise bad(TOO_OLD)
    key = asked.key if p.get("is_personal") else asked.key._replace(user_id=0)
    until = sim.clock() + p.get("cache_time", CACHE_SECONDS)
    answer = sim.inline_cache[key] = InlineAnswer(results, next_offset, button, until)
    asked.answer.set_result(answer)
    return True


def _check_results_button(sim: Simulator, button: Json) -> None:
    if not button.get("text"):
        raise bad("SWITCH_PM_TEXT_EMPTY")
    if ("web_app" in button) == ("start_parameter" in button):
        sim.violate("answerInlineQuery", "a button above the results does exactly one thing")
    if "start_parameter" in button and not START_PARAMETER.fullmatch(button["start_parameter"]):
        raise bad("START_PARAM_INVALID" if button["start_parameter"] else "START_PARAM_EMPTY")


async def result_content(sim: Simulator, result: Json) -> tuple[Json, list[File]]:
    """What the message will hold that an inline result becomes, and its files. Raises ApiError."""
    if not 1 <= len(str(result.get("id", "")).encode()) <= MOST_RESULT_ID_BYTES:
        raise bad("RESULT_ID_INVALID")
    checked_markup(sim, result, None, inline_only=True)
    files: list[File] = []
    media: Json = {}
    if named := next((name for name in CACHED_FILES if name in result), None):
        if str(result[named]).startswith(("http://", "https://")):
            raise bad("wrong file identifier/HTTP URL specified")
        media, file = await media_content(sim, CACHED_FILES[named], result[named], {})
        files = [file]
    words: Json | None = result.get("input_message_content")
    if words is None and result.get("type") == "article":
        raise bad("MESSAGE_EMPTY")
    if words is None:
        return {**(media or {"text": result.get("title") or "…"}), **caption(result)}, files
    if "message_text" in words:
        return message_text({**words, "text": words["message_text"]}), []
    if "latitude" in words:
        return {"location": words}, []
    return {"text": result.get("title") or "…"}, []


async def choose(sim: Simulator, user: User, result: Json, chat: Chat, query: str) -> Msg:
    """Send an inline result into a chat in the person's name."""
    content, files = await result_content(sim, result)
    markup = pick(result, "reply_markup")
    msg = chat.add(user.json, {"via_bot": sim.me, **content, **markup}, files, from_bot=True)
    if markup:  # only what has buttons can be named later
        register(sim, msg)
    chat.show("other", user.first_name, msg)
    if chat.bot_reads(msg):
        sim.push("message", msg.data)
    if sim.inline_feedback:
        editable = {"inline_message_id": msg.inline_id} if markup else {}
        chosen = {"result_id": result["id"], "from": user.json, "query": query}
        sim.push("chosen_inline_result", {**chosen, **editable})
    return msg


def register(sim: Simulator, msg: Msg) -> None:
    """Give a message the name by which the bot can change it without knowing its chat."""
    msg.inline_id = f"inline{sim.next_id()}"
    sim.inline_messages[msg.inline_id] = msg


HANDLERS = {"answerInlineQuery": _answer_inline_query}
