"""The address that Telegram brings updates to is public: nobody else is heard there, or learns anything."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession
from pydantic import ValidationError

from bot.playground.botapi import TOKEN
from bot.settings import Settings
from bot.telegram import webhook
from bot.telegram.webhook import LARGEST_UPDATE_BYTES, SECRET_HEADER, Busy, Receiver, served

SECRET = "a-secret-of-sixteen-letters"
GIVEN = {SECRET_HEADER: SECRET}
WORD = "zanzibarquux"
UPDATE = json.dumps({"update_id": 7, "message": {"text": WORD}})


class Door:
    """A receiver on a port of its own, and what it let in."""

    def __init__(self, url: str, web: ClientSession, taken: list[dict[str, Any]]) -> None:
        self.url, self.taken, self._web = url, taken, web

    async def post(self, body: str | bytes = UPDATE, headers: dict[str, str] | None = None) -> int:
        """The status of the answer, which never says anything."""
        given = GIVEN if headers is None else headers
        async with self._web.post(self.url, data=body, headers=given) as answer:
            told = await answer.text() + str(answer.headers)
            assert WORD not in told
            assert SECRET not in told
            assert "Traceback" not in told
            return answer.status

    async def ask(self, method: str, path: str = "") -> int:
        async with self._web.request(method, self.url + path, headers=GIVEN) as answer:
            return answer.status


@pytest.fixture
async def web() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def door(web: ClientSession, free_port: int) -> AsyncIterator[Door]:
    taken: list[dict[str, Any]] = []

    async def take(update: dict[str, Any], body: bytes) -> None:
        if update.get("fails") == "busy":
            raise Busy
        if update.get("fails"):
            raise LookupError(WORD)
        assert json.loads(body) == update
        taken.append(update)

    async with served(Receiver(SECRET, take).routes("/telegram"), "127.0.0.1", free_port):
        yield Door(f"http://127.0.0.1:{free_port}/telegram", web, taken)


async def test_what_telegram_brings_is_taken(door: Door) -> None:
    assert await door.post() == 200
    assert [update["update_id"] for update in door.taken] == [7]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {SECRET_HEADER: ""},
        {SECRET_HEADER: "wrong"},
        {SECRET_HEADER: SECRET[:-1]},
        {SECRET_HEADER: SECRET + "x"},
        {SECRET_HEADER: SECRET.upper()},
        {SECRET_HEADER: "sécret"},
        {"Authorization": SECRET},
    ],
    ids=str,
)
async def test_whoever_does_not_know_the_secret_is_not_heard(door: Door, headers: dict[str, str]) -> None:
    assert await door.post(headers=headers) == 403
    assert door.taken == []


async def test_the_secret_in_the_address_opens_nothing(door: Door) -> None:
    door.url += f"?{SECRET_HEADER}={SECRET}"

    assert await door.post(headers={}) == 403


async def test_a_stranger_is_turned_away_before_what_they_bring_is_read(door: Door) -> None:
    assert await door.post("{" * 1000, headers={}) == 403
    assert await door.post(b"x" * (LARGEST_UPDATE_BYTES + 1), headers={}) == 403


async def test_the_secret_is_compared_in_constant_time(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []
    real = webhook.hmac.compare_digest

    def noting(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return real(one, other)

    monkeypatch.setattr(webhook.hmac, "compare_digest", noting)

    assert await door.post(headers={SECRET_HEADER: "wrong"}) == 403
    assert compared == [(b"wrong", SECRET.encode())]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_other_methods_are_not_allowed(door: Door, method: str) -> None:
    assert await door.ask(method) == 405


@pytest.mark.parametrize("path", ["/more", "/../healthz", "/%2e%2e/metrics"])
async def test_there_is_no_other_page(door: Door, path: str) -> None:
    assert await door.ask("GET", path) == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b"{}",
        b'{"update_id": "7"}',
        b'{"update_id": null}',
        b'{"update_id": 1.5}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
    ids=lambda body: repr(body[:20]),
)
async def test_what_is_no_update_is_refused(door: Door, body: bytes) -> None:
    assert await door.post(body) == 400
    assert door.taken == []


async def test_what_is_too_large_is_refused(door: Door) -> None:
    large = json.dumps({"update_id": 7, "message": {"text": "x" * LARGEST_UPDATE_BYTES}})

    assert await door.post(large) == 413
    assert door.taken == []


async def test_what_cannot_be_taken_now_stays_with_telegram(door: Door) -> None:
    assert await door.post('{"update_id": 7, "fails": "busy"}') == 503
    assert await door.post('{"update_id": 7, "fails": "broken"}') == 500
    assert await door.post() == 200


@pytest.mark.parametrize("secret", ["", "short", "with spaces in between", "ümlaut-ümlaut-ümlaut", "x" * 257])
def test_a_webhook_without_a_good_secret_is_refused(secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WEBHOOK_SECRET", raising=False)
    given: dict[str, Any] = {"webhook_secret": secret} if secret else {}

    with pytest.raises(ValidationError, match="webhook_secret"):
        Settings(
            _env_file=None, telegram_bot_token=TOKEN, webhook_url="https://bot.example.org/telegram", **given
        )
