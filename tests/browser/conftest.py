"""A real Chromium looking at the playground, with a small real bot behind it.

One browser, one playground and one bot serve the whole folder; every test gets a person of its own, so chats
and Telegram's limits of one test never touch another.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from chat_page import ChatPage, OpenChat
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.playground.run import Playground, open_playground
from bot.playground.stage import Person

SCRIPTED_BOT = Path(__file__).parents[1] / "playground" / "scripted_bot.py"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The first three share the playground's groups; every test takes one of the others.
PEOPLE = tuple(Person(2000 + number, "Person", str(number)) for number in range(1, 200))

USUAL: Any = {"viewport": {"width": 390, "height": 844}, "locale": "en-GB"}

expect.set_options(timeout=10_000)


def find_browser() -> str:
    """The installed browser. Without one the tests are skipped, but where CI is set they fail."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    reason = f"no browser is installed (looked for {', '.join(BROWSERS)}): the chat page was NOT tested"
    if os.environ.get("CI", "").lower() in ("", "0", "false"):
        pytest.skip(reason)
    pytest.fail(reason)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = find_browser()
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        await opened.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def playground() -> AsyncIterator[Playground]:
    command = [sys.executable, str(SCRIPTED_BOT)]
    async with open_playground(0, command, people=PEOPLE, first_pause_seconds=1.0) as opened:
        await opened.stage.polled.wait()
        yield opened


@pytest.fixture(scope="session")
def people() -> Iterator[Person]:
    return iter(PEOPLE[3:])


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def common_page(browser: Browser) -> AsyncIterator[Page]:
    """One page for all tests that need no settings of their own; opening another one takes longer."""
    yield await browser.new_page(**USUAL)


@pytest_asyncio.fixture(loop_scope="session")
async def open_chat(
    browser: Browser, playground: Playground, people: Iterator[Person]
) -> AsyncIterator[OpenChat]:
    """Opens a page as a new person who has pressed START (or not yet), with the given browser settings."""
    opened: list[ChatPage] = []

    async def open_page(
        *,
        started: bool = True,
        query: str = "",
        person: Person | None = None,
        page: Page | None = None,
        **settings: Any,
    ) -> ChatPage:
        person = person or next(people)
        if started:
            account = playground.stage.people[person.id]
            await account.start()
            await account.expect("Hello")
        own_page = page or await browser.new_page(**{**USUAL, **settings})
        chat = ChatPage(own_page, person, is_common=page is not None)
        opened.append(chat)
        await chat.page.goto(f"{playground.url}/?person={person.id}{query}")
        if started:
            await chat.theirs.first.wait_for()
            await expect(chat.theirs).to_have_count(1)
        return chat

    yield open_page
    for chat in opened:
        assert chat.faults == [], "the page ran into errors"
        await chat.leave()


@pytest_asyncio.fixture(loop_scope="session")
async def chat(open_chat: OpenChat, common_page: Page) -> ChatPage:
    """The page of a person who has pressed START."""
    return await open_chat(page=common_page)
