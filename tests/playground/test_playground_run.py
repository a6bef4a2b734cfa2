"""`python -m bot playground` as a whole: it says where it is, refuses a taken port, leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest
from puppetry import PATIENCE_SECONDS, Theatre, theatre

from bot.delivery.clock import moved_by, now
from bot.playground.botapi import TOKEN
from bot.playground.run import OPERATOR_ID, open_playground

ROOT = Path(__file__).parents[2]
PROGRAM = (
    "import asyncio, sys; from bot.playground.run import run_playground; "
    "sys.exit(asyncio.run(run_playground(int(sys.argv[1]), sys.argv[2:], first_pause_seconds=0.05)))"
)


@pytest.fixture
async def stage() -> AsyncIterator[Theatre]:
    async with theatre() as opened:
        yield opened


Start = Callable[..., Awaitable[asyncio.subprocess.Process]]


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    """Starts a playground on a port with a command for the bot; a test that fails leaves none running."""
    started: list[asyncio.subprocess.Process] = []

    async def start_playground(port: int, command: list[str], **variables: str) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", PROGRAM, str(port), *command,
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        started.append(process)
        return process

    yield start_playground
    for process in started:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def line(stream: asyncio.StreamReader | None) -> str:
    assert stream is not None
    return (await asyncio.wait_for(stream.readline(), PATIENCE_SECONDS)).decode().strip()


async def ended(process: asyncio.subprocess.Process) -> tuple[int, str, str]:
    output, errors = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    assert process.returncode is not None
    return process.returncode, output.decode(), errors.decode()


async def test_the_bot_gets_the_address_of_the_local_server_and_no_webhook(
    start: Start, stage: Theatre
) -> None:
    process = await start(
        0,
        stage.command,
        WEBHOOK_URL="https://example.org/hook",
        HEALTH_LISTEN="127.0.0.1:9000",
        TELEGRAM_BOT_TOKEN="1:real",
    )
    puppet = await stage.next()
    assert puppet.given["TELEGRAM_BOT_TOKEN"] == TOKEN
    assert puppet.given["TELEGRAM_API_URL"].startswith("http://127.0.0.1:")
    assert "WEBHOOK_URL" not in puppet.given
    assert "HEALTH_LISTEN" not in puppet.given
    process.terminate()
    await ended(process)


async def test_the_address_is_printed_once_the_bot_asks_for_updates(start: Start, stage: Theatre) -> None:
    process = await start(0, stage.command)
    puppet = await stage.next()
    assert (await puppet.poll())["ok"] is True
    url = puppet.given["TELEGRAM_API_URL"]
    assert url in await line(process.stdout)
    async with aiohttp.ClientSession() as session, session.get(url) as page:
        assert page.status == 200
        assert "<title>" in await page.text()
    process.terminate()
    assert (await ended(process))[:2] == (0, "")


async def test_the_bot_reads_the_moved_time_from_its_file(start: Start, stage: Theatre) -> None:
    process = await start(0, stage.command)
    puppet = await stage.next()
    bot_now = moved_by(Path(puppet.given["CLOCK_FILE"]))
    assert abs((bot_now() - now()).total_seconds()) < 5
    url = f"{puppet.given['TELEGRAM_API_URL']}/play/clock"
    async with aiohttp.ClientSession() as session:
        for ahead in (3600, 7200):
            async with session.post(url, json={"person": 1001, "seconds": 3600}) as answer:
                assert await answer.json() == {"seconds_ahead": ahead}
            assert abs((bot_now() - now()).total_seconds() - ahead) < 5
    process.terminate()
    await ended(process)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_playground_and_bot_cleanly(
    start: Start, stage: Theatre, number: signal.Signals
) -> None:
    process = await start(0, stage.command)
    puppet = await stage.next()
    process.send_signal(number)
    code, _, errors = await ended(process)
    assert (code, errors) == (0, "")
    await puppet.gone()
    assert stage.empty()


async def test_a_killed_playground_leaves_no_bot_behind(start: Start, stage: Theatre) -> None:
    process = await start(0, stage.command)
    puppet = await stage.next()
    process.kill()
    await ended(process)
    await puppet.gone()
    assert stage.empty()


async def test_a_fallen_bot_is_named_and_started_again(start: Start, stage: Theatre) -> None:
    process = await start(0, stage.command)
    first = await stage.next()
    first.leave(3)
    assert "exit code 3" in await line(process.stderr)
    second = await stage.next()
    assert (await second.poll())["ok"] is True
    process.terminate()
    assert (await ended(process))[0] == 0


async def test_a_wrong_setting_ends_the_playground_with_one_sentence(start: Start) -> None:
    process = await start(0, [sys.executable, "-m", "bot"], LOG_LEVEL="foo")
    code, output, errors = await ended(process)
    assert (code, output) == (2, "")
    [sentence] = errors.splitlines()
    assert "LOG_LEVEL" in sentence


async def test_who_cannot_start_for_faulty_content_is_told_where_to_look(
    start: Start, stage: Theatre
) -> None:
    process = await start(0, stage.command)
    puppet = await stage.next()
    puppet.leave(1)
    sentence = await line(process.stderr)
    assert "exit code 1" in sentence
    url = puppet.given["TELEGRAM_API_URL"]
    assert url in sentence
    async with aiohttp.ClientSession() as session, session.get(url) as page:
        assert page.status == 200
    await stage.next()
    process.terminate()
    assert (await ended(process))[0] == 0


async def test_a_taken_port_is_one_clear_sentence(start: Start, stage: Theatre) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, output, errors = await ended(await start(port, stage.command))
    assert (code, output) == (1, "")
    assert len(errors.splitlines()) == 1
    assert f"Port {port} is taken" in errors
    assert stage.empty()


async def test_a_port_that_cannot_be_is_one_clear_sentence(start: Start, stage: Theatre) -> None:
    code, _, errors = await ended(await start(70000, stage.command))
    assert code == 1
    assert len(errors.splitlines()) == 1
    assert "0 to 65535" in errors


async def test_the_first_search_has_pictures_and_nobody_sees_them_come() -> None:
    async with open_playground(0) as playground:
        stage, sim = playground.stage, playground.stage.simulator
        await sim.users[OPERATOR_ID].expect(kinds="delete", timeout=PATIENCE_SECONDS)
        robin = sim.users[next(iter(stage.people))]
        answer = await robin.inline_query("BL23", timeout=PATIENCE_SECONDS)

    assert answer.results[0]["photo_file_id"] in sim.files
    assert OPERATOR_ID not in stage.people
    assert sim.violations == []
