"""A person who plays the steps of a scene on the chat page, and the screens that are taken on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Page

from tools.screenshots.scenes import Ahead, Choose, Go, Say, Scene, Scroll, Start, Step, Take, Tap, Type

QUIET_SECONDS = 1.2  # the bot has said everything once the chat has been still for so long
TYPED_AT_ONCE = 6  # letters between two screens of a film
TYPING_MS, SCROLLING_MS, CLOCK_MS, SEEN_MS = 110, 70, 160, 350
SCROLL_SCREENS = 6
LONGEST_MOVE_MS = 120_000
# Resolves once nothing but a countdown has changed for the given milliseconds.
STILL = """(stillness) => new Promise((resolve) => {
    const done = () => { watcher.disconnect(); resolve(); };
    let timer = setTimeout(done, stillness);
    const watcher = new MutationObserver((changes) => {
        const ofTime = ({ target }) => (target.closest ? target : target.parentElement)?.closest('time');
        if (changes.every(ofTime)) return;
        clearTimeout(timer);
        timer = setTimeout(done, stillness);
    });
    watcher.observe(document.querySelector('#log'), { childList: true, subtree: true, characterData: true });
})"""
SEEN = """() => !document.querySelector('.ping')
    && [...document.images].every((image) => image.complete)
    && [...document.querySelectorAll('video')].every((video) => video.readyState >= 2)"""
# Moving pictures stand at one moment, nothing has the focus, and only what tells of time shows the clock.
TIDY = """(withClock) => {
    for (const video of document.querySelectorAll('video')) {
        video.playbackRate = 0;
        video.currentTime = 1.2;
    }
    document.querySelector('#clock-bar').style.display = withClock ? '' : 'none';
    if (!document.querySelector('#text').value) document.activeElement.blur();
}"""
ARRIVED = "() => !document.querySelector('#clock-steps').hasAttribute('aria-busy')"


@dataclass
class Player:
    """Plays one scene and keeps its screens: the files, and how long each is seen in a film."""

    page: Page
    scene: Scene
    folder: Path
    screens: list[tuple[Path, int]] = field(default_factory=list)

    async def play(self) -> None:
        """Do every step of the scene."""
        for step in self.scene.steps:
            await self._do(step)

    async def _do(self, step: Step) -> None:
        match step:
            case Take(milliseconds):
                await self._settle()
                await self._take(milliseconds)
            case Start():
                await self.page.get_by_role("button", name="Start", exact=True).click()
            case Say(text):
                await self._type(text)
                await self.page.locator("#text").press("Enter")
            case Type(text):
                await self._type(text)
                await self.page.locator("#suggestions [role=option]").nth(1).wait_for()
            case Choose(label):
                await self.page.locator("#suggestions [role=option]", has_text=label).first.click()
            case Tap(label):
                await self._settle()
                await self.page.locator(".key", has_text=label).last.click()
            case Go(name):
                await self.page.locator("#people").click()
                line = re.compile(rf"^{re.escape(name)}( \d+ unread)?$")
                await self.page.get_by_role("menuitemradio", name=line).first.click()
            case Ahead(label):
                await self._move_clock(label)
            case Scroll(words):
                await self._scroll(words)

    async def _take(self, milliseconds: int) -> None:
        if not self.scene.film:
            await self.page.evaluate(TIDY, any(isinstance(step, Ahead) for step in self.scene.steps))
        path = self.folder / f"{len(self.screens):03}.png"
        await self.page.screenshot(path=path, caret="initial" if self.scene.film else "hide")
        self.screens.append((path, milliseconds))

    async def _settle(self) -> None:
        """Wait until the bot has answered, the chat is still and all of it is seen, with no hand over it."""
        await self.page.mouse.move(0, 0)
        await self.page.evaluate(STILL, QUIET_SECONDS * 1000)
        await self.page.wait_for_function(SEEN)

    async def _type(self, text: str) -> None:
        await self._settle()
        box = self.page.locator("#text")
        for end in range(TYPED_AT_ONCE, len(text), TYPED_AT_ONCE):
            if self.scene.film:
                await box.fill(text[:end])
                await self._take(TYPING_MS)
        await box.fill(text)
        if self.scene.film:
            await self._take(SEEN_MS)

    async def _scroll(self, words: str) -> None:
        """By hand, as it were: a film sees it pass by."""
        await self._settle()
        start, end = await self.page.evaluate(
            "(words) => { const log = document.querySelector('#log');"
            " const all = [...document.querySelectorAll('.message')];"
            " const found = all.findLast((node) => words && node.textContent.includes(words));"
            " const most = log.scrollHeight - log.clientHeight;"
            " return [log.scrollTop, found ? Math.min(most, found.offsetTop - 10) : most]; }",
            words,
        )
        for screen in range(1, SCROLL_SCREENS + 1):
            to = start + (end - start) * screen / SCROLL_SCREENS
            await self.page.evaluate("(to) => { document.querySelector('#log').scrollTop = to; }", to)
            if self.scene.film:
                await self._take(SCROLLING_MS)

    async def _move_clock(self, label: str) -> None:
        await self._settle()
        await self.page.get_by_role("button", name="Clock", exact=True).click()
        if self.scene.film:
            await self._take(SEEN_MS)
        await self.page.get_by_role("button", name=label, exact=True).click()
        while self.scene.film and not await self.page.evaluate(ARRIVED):
            await self._take(CLOCK_MS)
        await self.page.wait_for_function(ARRIVED, timeout=LONGEST_MOVE_MS)
        await self.page.get_by_role("button", name="Clock", exact=True).click()
