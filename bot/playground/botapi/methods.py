"""Which function carries out which Bot API method."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.playground.botapi import (
    editing,
    guests,
    inline,
    media,
    membership,
    profile,
    queries,
    sending,
    updates,
)
from bot.playground.botapi.lookup import find_writable_chat
from bot.playground.botapi.wire import ApiError, Json, Upload, bad

if TYPE_CHECKING:
    from bot.playground.botapi.server import Simulator

Handler: TypeAlias = "Callable[[Simulator, Json], Awaitable[Any]]"
HANDLERS: dict[str, Handler] = {
    **updates.HANDLERS,
    **sending.HANDLERS,
    **media.HANDLERS,
    **editing.HANDLERS,
    **queries.HANDLERS,
    **inline.HANDLERS,
    **guests.HANDLERS,
    **profile.HANDLERS,
    **membership.HANDLERS,
}


async def carry_out(sim: Simulator, name: str, raw: Json, files: dict[str, Upload]) -> Any:
    """Check one call against the spec and do what it says; its result. Raises ApiError.

    A method without a handler is only checked, and answered with the smallest result the spec allows.
    """
    if sim.logged_out:
        raise ApiError(400, "Logged out")
    method = sim.spec.method_name(name)
    if not method:
        raise ApiError(404, "Not Found: method not found")
    p, problems = sim.spec.decode(method, raw, files)
    for problem in problems:
        sim.violate(method, problem)
    if handler := HANDLERS.get(method):
        return await handler(sim, p)
    if method in media.SENDING:
        return await sending.send_media(sim, p, media.SENDING[method])
    if problems:
        raise bad(problems[0])
    if "chat_id" in p:
        find_writable_chat(sim, p)
    result_type = sim.spec.methods[method]["returns"][0]
    if method.startswith("send") and result_type == "Message":
        return await sending.send_other(sim, p, method)
    return sim.spec.dummy(result_type)
