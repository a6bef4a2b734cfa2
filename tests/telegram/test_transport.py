"""How calls leave the machine: by the proxy that its environment names, and with nothing else of it."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from telegram import Bot

from bot.telegram.transport import Transport

HOST = "127.0.0.1"


class Ear:
    """Hears what is called over HTTP, at Telegram's place or at that of a proxy."""

    def __init__(self) -> None:
        self.at = ""
        """Its host and port."""
        self.calls: list[web.BaseRequest] = []
        self.bodies: list[bytes] = []

    async def hear(self, request: web.BaseRequest) -> web.Response:
        """Take a call, and say that all is well."""
        self.calls.append(request)
        self.bodies.append(await request.read())
        return web.json_response({"ok": True, "result": True})


@pytest.fixture
async def ear() -> AsyncIterator[Ear]:
    ear = Ear()
    runner = web.ServerRunner(web.Server(ear.hear))
    await runner.setup()
    await web.TCPSite(runner, HOST, 0).start()
    ear.at = f"{HOST}:{runner.addresses[0][1]}"
    yield ear
    await runner.cleanup()


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    (tmp_path / "netrc").touch(0o600)


async def call(server: str, **parameters: object) -> None:
    """Make one call of a bot whose Telegram is at ``server``."""
    transport = Transport(1, 5.0)
    await transport.initialize()
    bot = Bot("1:a", base_url=f"{server}/bot", request=transport)
    await bot.do_api_request("doSomething", parameters)
    await transport.shutdown()


async def test_a_call_goes_by_the_proxy_of_the_environment(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://{ear.at}")

    await call("http://telegram.invalid")

    assert [each.headers["Host"] for each in ear.calls] == ["telegram.invalid"]


async def test_the_proxy_is_given_its_password(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://anna:p%40ss@{ear.at}")

    await call("http://telegram.invalid")

    said = ear.calls[0].headers["Proxy-Authorization"]
    assert said == "Basic " + b64encode(b"anna:p@ss").decode()


async def test_a_server_that_the_environment_excepts_is_called_itself(
    ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", HOST)

    await call(f"http://{ear.at}")

    assert len(ear.calls) == 1


async def test_telegram_is_given_none_of_the_passwords_that_the_machine_keeps(
    ear: Ear, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("default login anna password secret\n")

    await call(f"http://{ear.at}")

    assert "Authorization" not in ear.calls[0].headers


async def test_what_a_call_says_arrives_as_it_was_said(ear: Ear) -> None:
    await call(f"http://{ear.at}", text="día & <b>💧</b> 100 %", buttons=[["a"]], number=7)

    said = json.loads(ear.bodies[0])
    assert said["text"] == "día & <b>💧</b> 100 %"
    assert json.loads(said["buttons"]) == [["a"]]
    assert said["number"] == "7"


def test_of_a_message_that_was_sent_what_it_says_is_not_read_again() -> None:
    message = {"message_id": 7, "date": 1, "chat": {"id": 1}, "photo": [{"file_id": "a"}]}
    said = {"text": "<b>Press</b>", "entities": [], "reply_markup": {}, "reply_to_message": {"text": "neck"}}
    payload = json.dumps({"ok": True, "result": {**message, **said}}).encode()

    assert Transport.parse_json_payload(payload)["result"] == message


def test_updates_are_read_with_all_that_they_say() -> None:
    answer = {"ok": True, "result": [{"update_id": 1, "message": {"message_id": 7, "text": "my neck hurts"}}]}

    assert Transport.parse_json_payload(json.dumps(answer).encode()) == answer


@pytest.mark.parametrize("payload", [b"[]", b'"ok"', b'{"ok": true, "result": true}'])
def test_an_answer_of_another_form_is_left_as_it_is(payload: bytes) -> None:
    assert Transport.parse_json_payload(payload) == json.loads(payload)
