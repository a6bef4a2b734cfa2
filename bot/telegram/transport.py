"""HTTP for python-telegram-bot, by the web library that the playground uses as well.

It takes less than half the time of the library's own transport, and every message costs one call.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot import meters

CONNECT_SECONDS = 5.0
_JSON = {"Content-Type": "application/json"}
_OF_OUR_OWN = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "reply_markup",
    "link_preview_options",
    "reply_to_message",
)
"""What Telegram tells again of a message that we sent. Nobody reads it, and reading it takes long."""


class Unsent(NetworkError):
    """Telegram was not reached, so nothing can have happened."""


class Transport(BaseRequest):
    """Makes the calls of one bot over at most ``connections`` connections at a time.

    ``read_seconds`` is how long an answer may take, on top of what a call itself waits for at Telegram.
    """

    def __init__(self, connections: int, read_seconds: float) -> None:
        self._connections, self._read_seconds = connections, read_seconds
        self._session: aiohttp.ClientSession | None = None
        # The library would look for it anew before each call, in two other threads.
        self._proxy = cache(_proxy)

    @property
    def read_timeout(self) -> float:
        """How long an answer may take, in seconds."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Open; calling it again changes nothing."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60.0)
            self._session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        """Close."""
        if self._session:
            await self._session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer to a call, without what we said in it ourselves. Raises ``TelegramError``."""
        answer = BaseRequest.parse_json_payload(payload)
        message = answer.get("result") if isinstance(answer, dict) else None
        if isinstance(message, dict) and "message_id" in message:
            for field in _OF_OUR_OWN:
                message.pop(field, None)
        return answer

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        """Make one call; the status and the body of the answer."""
        assert self._session, "not initialized"
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._read_seconds
        timeout = aiohttp.ClientTimeout(sock_connect=CONNECT_SECONDS, sock_read=seconds)
        server = urlsplit(url)
        proxy = self._proxy(server.scheme, server.hostname or "")
        try:
            async with self._session.request(
                method, url, proxy=proxy, timeout=timeout, **_content(request_data)
            ) as answer:
                body = await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            meters.called("unsent")
            raise Unsent(type(error).__name__) from error
        except TimeoutError as error:
            meters.called("timed_out")
            raise TimedOut from error
        except aiohttp.ClientError as error:
            meters.called("broken_off")
            raise NetworkError(type(error).__name__) from error
        meters.called(str(answer.status))
        return answer.status, body


def _proxy(scheme: str, host: str) -> str | None:
    """The proxy by which the environment wants a server to be called, if there is one."""
    return None if proxy_bypass(host) else getproxies().get(scheme)


def _content(data: RequestData | None) -> Mapping[str, Any]:
    """What a call says: JSON, as other forms take several times as long to write; files in a form."""
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": data.json_payload, "headers": _JSON}
    form = aiohttp.FormData(data.json_parameters)
    for name, (file_name, content, mime_type) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=file_name, content_type=mime_type)
    return {"data": form}
