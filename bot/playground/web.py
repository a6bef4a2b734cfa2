"""The site on 127.0.0.1: the chat page, its JSON requests under /play/, and the Bot API for the bot.

    GET  /                 the chat page and its files
    GET  /play/events      server-sent events: one whole picture, then changes (see stage.py)
    GET  /play/file/{id}   a picture, film or document of a message
    POST /play/{action}    something a person does (see bodies.py)

A request that is wrong gets 400 (404 for something that is not there) with {"error": "one sentence"}.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from pydantic import ValidationError

from bot.playground import actions
from bot.playground.bodies import sentence_for
from bot.playground.stage import BotCall, Stage

PAGE = Path(__file__).with_name("page")
LOCAL_NAMES = frozenset({"127.0.0.1", "localhost"})
BODY_BYTES = 64 << 20
KEEP_ALIVE_SECONDS = 15.0
SHOWN_INLINE = ("image/jpeg", "image/png", "image/gif", "image/webp", "video/", "audio/")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def build_site(stage: Stage) -> web.Application:
    """One application that serves the people and the bot."""
    app = web.Application(client_max_size=BODY_BYTES, middlewares=[_only_local, _watch_bot(stage)])
    stage.simulator.routes(app)
    site = _Site(stage)
    app.router.add_get("/", site.page)
    app.router.add_get("/play/events", site.events)
    app.router.add_get("/play/file/{id}", site.file)
    app.router.add_post("/play/{action}", site.act)
    app.router.add_static("/page/", PAGE)
    app.on_response_prepare.append(_add_headers)
    app.on_shutdown.append(site.close)
    return app


def refusal(sentence: str, status: int = 400) -> web.Response:
    """An answer that says in one sentence why nothing was done."""
    return web.json_response({"error": sentence}, status=status)


class _Site:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def close(self, _app: web.Application) -> None:
        self._stage.close_pages()

    async def page(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html")

    async def events(self, request: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        with self._stage.page() as queue, contextlib.suppress(ConnectionResetError):  # the page was closed
            while True:
                try:
                    news = await asyncio.wait_for(queue.get(), KEEP_ALIVE_SECONDS)
                except TimeoutError:
                    news = ": still here\n\n"
                if news is None:
                    break
                await response.write(news.encode())
        return response

    async def file(self, request: web.Request) -> web.StreamResponse:
        file = self._stage.simulator.files.get(request.match_info["id"])
        if file is None or file.data is None:
            return refusal("There is no such file.", 404)
        headers = {"Accept-Ranges": "bytes", "Cache-Control": "no-store"}
        if not file.mime.startswith(SHOWN_INLINE):
            headers["Content-Disposition"] = "attachment"
        # A film repeats and seeks only when parts of it can be asked for.
        size = len(file.data)
        try:
            part = request.http_range
        except ValueError:
            return refusal("The range is wrong.", 416)
        if part.start is None and part.stop is None:
            return web.Response(body=file.data, content_type=file.mime, headers=headers)
        start, stop, _ = part.indices(size)
        if start >= stop:
            return refusal("The range is outside the file.", 416)
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
        return web.Response(status=206, body=file.data[start:stop], content_type=file.mime, headers=headers)

    async def act(self, request: web.Request) -> web.StreamResponse:
        action = actions.ACTIONS.get(request.match_info["action"])
        if action is None:
            return refusal("There is no such action.", 404)
        # A page of another site can send a form here, but not JSON: that needs a permission nobody gives.
        if request.content_type != "application/json":
            return refusal("The body has to be JSON.")
        try:
            body = action.body.model_validate_json(await request.read())
        except ValidationError as error:
            return refusal(sentence_for(error))
        seat = self._stage.seats.get(body.person)
        if seat is None:
            return refusal("There is no such person.", 404)
        seat.take()
        try:
            return web.json_response(await action.do(self._stage, seat, body))
        except actions.NotThere as error:
            return refusal(str(error), 404)


@web.middleware
async def _only_local(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other host names, so that no foreign page can reach the playground through a name of its own."""
    if urlsplit(f"//{request.host}").hostname not in LOCAL_NAMES:
        return refusal("The playground answers on this machine only.", 403)
    return await handler(request)


def _watch_bot(stage: Stage) -> Any:
    """Tell the stage about every call of the bot, with its parameters and how it ended."""

    @web.middleware
    async def watch(request: web.Request, handler: Handler) -> web.StreamResponse:
        method = request.match_info.get("method", "")
        if not method or not request.path.startswith("/bot"):
            return await handler(request)
        began = time.monotonic()
        if method.lower() == "getupdates" and request.match_info.get("token") == stage.simulator.token:
            stage.note_poll()
        params = await _parameters(request)
        with stage.time_lapse.waits_for(method):
            response = await handler(request)
        answer = _answer(response)
        error = "" if answer.get("ok") else str(answer.get("description", "No answer"))
        milliseconds = round((time.monotonic() - began) * 1000)
        stage.note_call(BotCall(method, params, error, milliseconds, answer.get("result")))
        return response

    return watch


async def _parameters(request: web.Request) -> dict[str, Any]:
    """The parameters of a call. aiohttp keeps the body it has read, so the server can read it again."""
    params: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        try:
            given = json.loads(await request.read() or b"{}")
        except ValueError:
            return params
        return params | given if isinstance(given, dict) else params
    for key, value in (await request.post()).items():
        params[key] = value if isinstance(value, str) else "(a file)"
    return params


def _answer(response: web.StreamResponse) -> dict[str, Any]:
    try:
        answer = json.loads(response.text or "") if isinstance(response, web.Response) else {}
    except ValueError:
        answer = {}
    return answer if isinstance(answer, dict) else {}


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    response.headers["X-Content-Type-Options"] = "nosniff"
    if request.path == "/" or request.path.startswith("/page/"):
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Cache-Control"] = "no-cache"
    elif request.path.startswith("/play/file/"):
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
