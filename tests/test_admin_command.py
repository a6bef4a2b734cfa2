"""Whoever runs the bot asks and orders beside it, from another process, while people go on writing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from running_bot import called, on, ran, started

from bot.playground.botapi import TOKEN, Simulator, User

PATIENCE_SECONDS = 30.0
WORDS = "Five points are new. Write /points to see them."


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator() as sim:
        yield sim
        sim.assert_clean()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "june.txt"
    file.write_text(WORDS)
    return file


async def switch_news_on(person: User) -> None:
    await person.send("/settings")
    await person.press("News about me", await person.expect("What I know about you"))
    await person.press("Yes, store it", await person.expect("May I store", kinds="edit"))
    await person.expect(kinds="edit")
    await person.send("/settings")
    await person.press("News about me", await person.expect("What I know about you"))
    await person.expect("You want to hear", kinds="edit")


async def test_news_reach_who_wants_them_from_another_process_once(
    sim: Simulator, tmp_path: Path, file: Path
) -> None:
    anna, ben = sim.user(1001, "Anna"), sim.user(1002, "Ben")
    polled = called(sim, "getUpdates")
    async with started(tmp_path, **on(sim)):
        await asyncio.wait_for(polled.wait(), PATIENCE_SECONDS)
        await switch_news_on(anna)
        await ben.send("my neck hurts")
        await ben.expect("neck")

        counted = await ran(tmp_path, "admin", "broadcast", str(file), "--dry-run", **on(sim))
        orders = [await ran(tmp_path, "admin", "broadcast", str(file), **on(sim)) for _ in range(2)]
        news = await anna.expect("Five points are new", timeout=PATIENCE_SECONDS)
        figures = await ran(tmp_path, "admin", "stats", **on(sim))
        await anna.press("No more news", news)
        await anna.expect("What I know about you", kinds="edit")

    assert counted.out.strip() == "1  people would get it. Nothing was sent."
    assert [each.code for each in (counted, *orders, figures)] == [0, 0, 0, 0]
    assert "1  people who agreed to storing" in figures.out
    assert "1001" not in figures.out
    assert [event.text for event in anna.events if event.text and "Five points" in event.text] == [WORDS]
    assert not [event for event in ben.events if event.text and "Five points" in event.text]


async def test_the_same_name_with_other_words_is_refused(tmp_path: Path, file: Path) -> None:
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN}
    first = await ran(tmp_path, "admin", "broadcast", str(file), **settings)
    other = tmp_path / "other" / file.name
    await asyncio.to_thread(other.parent.mkdir)
    await asyncio.to_thread(other.write_text, "Something else.")
    second = await ran(tmp_path, "admin", "broadcast", str(other), **settings)

    assert (first.code, second.code) == (0, 1)
    assert second.err.strip().endswith("Give the file another name.")
    assert "Traceback" not in second.err


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
async def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "june.txt").write_bytes(content)

    ended = await ran(tmp_path, "admin", "broadcast", "june.txt", TELEGRAM_BOT_TOKEN=TOKEN)

    assert ended.code == 1
    assert ended.err.strip() == "The file june.txt must be readable UTF-8 text."


async def test_what_is_old_is_forgotten_on_order(tmp_path: Path) -> None:
    ended = await ran(tmp_path, "admin", "retention", TELEGRAM_BOT_TOKEN=TOKEN)

    assert ended.code == 0
    assert [line.split()[0] for line in ended.out.splitlines()] == ["0"] * 5


async def test_an_order_that_is_none_is_told_what_there_is(tmp_path: Path) -> None:
    ended = await ran(tmp_path, "admin", TELEGRAM_BOT_TOKEN=TOKEN)

    assert ended.code == 2
    assert "admin" in ended.err
    assert "Traceback" not in ended.err
