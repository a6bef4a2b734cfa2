"""The chat page of one person, in the words of the tests."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from playwright.async_api import ConsoleMessage, Error, Locator, Page, expect

from bot.playground.stage import Person


class ChatPage:
    """The page of one person, in the words of the tests."""

    def __init__(self, page: Page, person: Person, is_common: bool) -> None:
        self.page, self.person, self.is_common = page, person, is_common
        self.faults: list[str] = []
        page.on("pageerror", self._on_error)
        page.on("console", self._on_line)
        self.box = page.locator("#text")
        self.theirs = page.locator(".message.theirs")
        self.mine = page.locator(".message.mine")

    async def say(self, text: str) -> None:
        """Type a message and send it."""
        await self.box.fill(text)
        await self.box.press("Enter")

    async def ask(self, text: str) -> Locator:
        """Say something and wait for the bot's next message."""
        before = await self.theirs.count()
        await self.say(text)
        await self.theirs.nth(before).wait_for()  # looks more often than an expectation does
        await expect(self.theirs).to_have_count(before + 1)
        return self.theirs.last

    def key(self, label: str) -> Locator:
        """A button under a message or below the chat."""
        return self.page.locator(".key", has_text=label).last

    def button(self, name: str) -> Locator:
        """A button of the page by what a screen reader says."""
        return self.page.get_by_role("button", name=name, exact=True)

    async def choose(self, name: str) -> None:
        """Send something of the attach menu."""
        await self.button("Attach").click()
        await self.page.get_by_role("menuitem", name=name, exact=True).click()

    async def turn(self, name: str) -> None:
        """Turn something of the menu at the top on or off."""
        await self.page.locator("#more").click()
        await self.page.get_by_role("menuitemcheckbox", name=name, exact=True).click()

    async def open_drawer(self) -> None:
        """Show what the bot called."""
        await self.page.locator("#more").click()
        await self.page.get_by_role("menuitem", name="What the bot called").click()

    async def leave(self) -> None:
        """Free the page for the next person."""
        self.page.remove_listener("pageerror", self._on_error)
        self.page.remove_listener("console", self._on_line)
        await (self.page.goto("about:blank") if self.is_common else self.page.close())

    def _on_error(self, error: Error) -> None:
        self.faults.append(str(error))

    def _on_line(self, line: ConsoleMessage) -> None:
        if line.type == "error":
            self.faults.append(line.text)


OpenChat = Callable[..., Awaitable[ChatPage]]
