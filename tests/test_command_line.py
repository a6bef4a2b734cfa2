"""The command line tells in one sentence what is missing or wrong, and never what must stay secret."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import time
from pathlib import Path

import pytest
from running_bot import PATIENCE_SECONDS, ROOT, Ended, called, on, ran, started

from bot.flow import Companion
from bot.playground.botapi import TOKEN, Simulator
from bot.understanding.reading import Kind

LONGEST_START_SECONDS = 5
LONGEST_TRY_SECONDS = 10
SECRET = TOKEN.partition(":")[2]


def one_sentence(ended: Ended) -> str:
    """The only line of the process, on standard error."""
    assert ended.out == ""
    [line] = ended.err.splitlines()
    assert line.endswith((".", "playground"))
    return line


@pytest.fixture
def copied_tree(tmp_path: Path) -> Path:
    """The source and the content, to spoil."""
    ignored = shutil.ignore_patterns("__pycache__", "page")
    for folder in ("bot", "content"):
        shutil.copytree(ROOT / folder, tmp_path / "tree" / folder, ignore=ignored)
    return tmp_path / "tree"


# --- on Telegram


async def test_without_a_token_the_playground_is_named(tmp_path: Path) -> None:
    ended = await ran(tmp_path)

    assert ended.code == 2
    sentence = one_sentence(ended)
    assert "TELEGRAM_BOT_TOKEN" in sentence
    assert "python -m bot playground" in sentence


@pytest.mark.parametrize("token", [SECRET, f"bot{TOKEN}"])
async def test_a_malformed_token_is_named_and_not_shown(tmp_path: Path, token: str) -> None:
    ended = await ran(tmp_path, TELEGRAM_BOT_TOKEN=token)

    assert ended.code == 2
    sentence = one_sentence(ended)
    assert "TELEGRAM_BOT_TOKEN" in sentence
    assert SECRET not in sentence


async def test_a_token_that_telegram_does_not_know_is_named_and_not_shown(tmp_path: Path) -> None:
    unknown = "987654321:" + SECRET
    async with Simulator() as sim:
        ended = await ran(tmp_path, **{**on(sim), "TELEGRAM_BOT_TOKEN": unknown, "LOG_LEVEL": "DEBUG"})

    assert ended.code == 1
    *_, sentence = ended.err.splitlines()
    assert sentence == "Telegram does not accept the token in TELEGRAM_BOT_TOKEN."
    assert "Traceback" not in ended.err
    assert SECRET not in ended.out + ended.err


async def test_a_telegram_that_is_away_is_named_in_time(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
    began = time.monotonic()

    ended = await ran(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=nobody)

    assert time.monotonic() - began < LONGEST_TRY_SECONDS
    assert ended.code == 1
    assert one_sentence(ended) == f"Telegram cannot be reached at {nobody}."


async def test_the_bot_is_ready_soon(tmp_path: Path) -> None:
    async with Simulator() as sim:
        polled = called(sim, "getUpdates")
        began = time.monotonic()
        async with started(tmp_path, **on(sim)):
            await asyncio.wait_for(polled.wait(), PATIENCE_SECONDS)
            took = time.monotonic() - began

    assert took < LONGEST_START_SECONDS


async def test_content_with_faults_is_named_before_anything_starts(tmp_path: Path, copied_tree: Path) -> None:
    sources = copied_tree / "content" / "sources.toml"
    sources.write_text(sources.read_text() + "\n[broken\n")
    async with Simulator() as sim:
        ended = await ran(tmp_path, code=copied_tree, **on(sim))

        assert ended.code == 1
        assert ended.err.startswith("The content has faults, so the bot does not start:\n")
        assert "sources.toml" in ended.err
        assert "Traceback" not in ended.err
        assert sim.calls == []


@pytest.mark.parametrize("broken", ["(never closed", "{no such set}"])
@pytest.mark.parametrize("arguments", [(), ("ask", "my neck hurts"), ("understand",)])
async def test_a_phrase_that_cannot_be_read_is_no_stack_trace(
    tmp_path: Path, copied_tree: Path, broken: str, arguments: tuple[str, ...]
) -> None:
    controls = copied_tree / "content" / "en" / "controls.toml"
    controls.write_text(controls.read_text().replace("phrases = [", f'phrases = [ "{broken}",', 1))
    async with Simulator() as sim:
        ended = await ran(tmp_path, *arguments, code=copied_tree, **on(sim))

    assert ended.code == 1
    assert broken in ended.err
    assert "Traceback" not in ended.err


# --- without Telegram


async def test_ask_prints_the_answer_and_its_buttons(tmp_path: Path, companion: Companion) -> None:
    ended = await ran(tmp_path, "ask", "my neck hurts")

    assert (ended.code, ended.err) == (0, "")
    assert "neck pain" in ended.out
    assert "Where:" in ended.out
    assert "<b>" not in ended.out
    assert "[Another point]" in ended.out


async def test_ask_answers_a_danger_sign_with_the_danger_alone(tmp_path: Path) -> None:
    ended = await ran(tmp_path, "ask", "chest pain going down my left arm")

    assert ended.code == 0
    assert ended.out.startswith("Please get help now.")
    assert "[" not in ended.out


async def test_understand_reads_a_line_for_a_line(tmp_path: Path) -> None:
    lines = [
        json.dumps("my neck hurts"),
        json.dumps("where is LI4"),
        "no json",
        "",
        "7",
        json.dumps("é\n\0🦴"),
    ]

    ended = await ran(tmp_path, "understand", given="\n".join(lines).encode())

    assert (ended.code, ended.err) == (0, "")
    neck, point, *faulty, odd = [json.loads(line) for line in ended.out.splitlines()]
    assert (neck["kind"], neck["points"]) == (Kind.COMPLAINT, [])
    assert (point["kind"], point["points"]) == (Kind.POINT, ["LI4"])
    assert [list(each) for each in faulty] == [["error"], ["error"]]
    assert odd["kind"] == Kind.UNKNOWN


async def test_check_finds_no_fault_in_the_content(tmp_path: Path, companion: Companion) -> None:
    ended = await ran(tmp_path, "check")

    assert (ended.code, ended.err) == (0, "")
    first, *counts = ended.out.splitlines()
    assert first == "The content is in order."
    assert f"{len(companion.library.points):4} points" in counts


async def test_check_names_each_fault_and_fails(tmp_path: Path, copied_tree: Path) -> None:
    sentences = copied_tree / "content" / "en" / "sentences.toml"
    thanked = 'thanked = "This cures everything!"\n'
    kept = [line for line in sentences.read_text().splitlines() if not line.startswith("thanked")]
    sentences.write_text(thanked + "\n".join(kept))

    ended = await ran(tmp_path, "check", code=copied_tree)

    assert (ended.code, ended.err) == (1, "")
    named = [line for line in ended.out.splitlines() if "thanked" in line]
    assert len(named) == 2
    assert "sentences.toml" in named[0]


async def test_a_command_that_does_not_exist_is_explained(tmp_path: Path) -> None:
    ended = await ran(tmp_path, "dance")

    assert ended.code == 2
    assert "playground" in ended.err
