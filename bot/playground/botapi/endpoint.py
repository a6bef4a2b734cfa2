"""The Bot API over HTTP: requests in, answers and injected faults out."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.playground.botapi.wire import ApiError, Json, Upload, bad, too_many_requests

if TYPE_CHECKING:
    from bot.playground.botapi.calls import Call
    from bot.playground.botapi.faults import Fault
    from bot.playground.botapi.server import Simulator

TOKEN_SHAPE = re.compile(r"\d+:[\w-]{30,}")


class Endpoint:
    """Answers the requests of a bot."""

    def __init__(self, sim: Simulator) -> None:
        self.reachable = True
        self._sim = sim
        self._busy: set[asyncio.Transport] = set()  # connections with a request that is not answered yet

    def add_routes(self, app: web.Application) -> None:
        """Serve methods and files at the root of a site."""
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{id}/{name:.*}", self._serve_file)

    def cut(self) -> None:
        """Break off all requests that are not answered yet."""
        for connection in self._busy:
            connection.abort()

    async def _serve(self, request: web.Request) -> web.Response:
        connection = request.transport
        if connection is None:  # the bot is gone already
            return web.Response()
        if not self.reachable:
            connection.abort()
            return web.Response()
        self._busy.add(connection)
        try:
            return await self._answer(request)
        finally:
            self._busy.discard(connection)

    async def _answer(self, request: web.Request) -> web.Response:
        token, name = request.match_info["token"], request.match_info["method"]
        if token != self._sim.token:
            is_shaped = TOKEN_SHAPE.fullmatch(token)
            return _response(ApiError(401, "Unauthorized") if is_shaped else ApiError(404, "Not Found"))
        try:
            raw, files = await _read(request)
        except ApiError as error:
            return _response(error)
        if sum(len(upload.data) for upload in files.values()) > self._sim.limits.upload_bytes:
            return _response(ApiError(413, "Request Entity Too Large"))
        call = self._sim.record(name, raw, files)
        if fault := self._sim.take_fault(call.method, raw):
            return await self._fail(request, fault, call, raw, files)
        return await self._carry_out(call, raw, files)

    async def _fail(
        self, request: web.Request, fault: Fault, call: Call, raw: Json, files: dict[str, Upload]
    ) -> web.Response:
        call.injected = fault.kind
        match fault.kind:
            case "error":
                call.error = ApiError(fault.code, fault.description)
                return _response(call.error)
            case "flood":
                call.error = too_many_requests(fault.retry_after)
                return _response(call.error)
            case "html502":
                page = "<html><h1>502 Bad Gateway</h1></html>"
                return web.Response(status=502, text=page, content_type="text/html")
            case "garbage":
                return web.Response(text='{"ok":true,"resu', content_type="application/json")
            case "hang" | "delay":
                await asyncio.sleep(fault.seconds)
        if fault.kind in ("drop", "hang"):
            return _drop(request)
        response = await self._carry_out(call, raw, files)
        return _drop(request) if fault.kind == "drop_after" else response

    async def _carry_out(self, call: Call, raw: Json, files: dict[str, Upload]) -> web.Response:
        try:
            return _response(await self._sim.call(call, raw, files))
        except ApiError as error:
            return _response(error)

    async def _serve_file(self, request: web.Request) -> web.Response:
        file = self._sim.files.get(request.match_info["id"])
        if request.match_info["token"] != self._sim.token or not file or file.data is None:
            return _response(ApiError(404, "Not Found"))
        return web.Response(body=file.data, content_type=file.mime)


async def _read(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """The parameters of a call as they were sent, and its uploads. Raises ApiError."""
    raw: Json = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        try:
            raw.update(json.loads(await request.read() or b"{}"))
        except (ValueError, TypeError):
            raise bad("can't parse the request body as a JSON object") from None
        return raw, files
    for key, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            with value.file:
                files[key] = Upload(value.filename, value.file.read())
        else:
            raw[key] = value if isinstance(value, str) else value.decode()
    return raw, files


def _response(result: Any) -> web.Response:
    if not isinstance(result, ApiError):
        return web.json_response({"ok": True, "result": result})
    body: Json = {"ok": False, "error_code": result.code, "description": result.description}
    headers = {}
    if result.parameters:
        body["parameters"] = result.parameters
    if "retry_after" in result.parameters:
        headers["Retry-After"] = str(result.parameters["retry_after"])
    return web.json_response(body, status=result.code, headers=headers)


def _drop(request: web.Request) -> web.Response:
    """Cut the connection; the response goes nowhere."""
    if request.transport:
        request.transport.abort()
    return web.Response()
