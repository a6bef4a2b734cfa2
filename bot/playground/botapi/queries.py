"""Pressed buttons: the bot's answer ends the loading that a person's app shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.wire import Json, bad

if TYPE_CHECKING:
    from bot.playground.botapi.messages import EventKind
    from bot.playground.botapi.server import Simulator

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
MOST_TOAST = 200  # characters


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


HANDLERS = {"answerCallbackQuery": _answer_callback_query}
