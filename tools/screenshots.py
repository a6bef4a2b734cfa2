"""Pictures of the bot in the playground for docs/screenshots/.

    python tools/screenshots.py [NAME ...]

Starts the playground with the real bot, plays each scene as a new person, and writes NAME-light.png and
NAME-dark.png: 390 by 844 points, two pixels each. Needs Chromium and the test requirements.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bot.playground.run import open_playground  # noqa: E402 - the tool runs from any folder
from bot.playground.stage import Person  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
THEMES = ("light", "dark")
QUIET_SECONDS = 1.5  # the bot has said everything once the chat has been still for so long
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


@dataclass(frozen=True)
class Say:
    """The person types this."""

    text: str


@dataclass(frozen=True)
class Tap:
    """The person taps the newest button with this label."""

    label: str


@dataclass(frozen=True)
class Up:
    """Scroll back to the top of the newest message, for one that is taller than the screen."""


@dataclass(frozen=True)
class Scene:
    """One picture: what a person who has pressed START does first."""

    name: str
    steps: Sequence[Say | Tap | Up] = ()


SCENES = (
    Scene("start"),
    Scene("sciatica", (Say("which point helps sciatica"), Up())),
    Scene("emergency", (Say("back pain and I cannot feel between my legs, I cannot pee"),)),
)


async def settle(page: Page) -> None:
    """Wait until the bot has answered and the chat is still."""
    await page.wait_for_function(
        "() => document.querySelector('.messages > li:last-child')?.matches('.theirs')"
    )
    await page.evaluate(STILL, QUIET_SECONDS * 1000)
    await page.wait_for_function("() => !document.querySelector('.ping')")
    await page.wait_for_function("() => [...document.images].every((image) => image.complete)")


async def play(page: Page, step: Say | Tap | Up) -> None:
    """Do one step of a scene."""
    match step:
        case Say(text):
            await page.locator("#text").fill(text)
            await page.locator("#text").press("Enter")
        case Tap(label):
            await page.locator(".key", has_text=label).last.click()
        case Up():
            await page.evaluate(
                "document.querySelector('.theirs:last-child').scrollIntoView({ block: 'start' })"
            )
            return
    await settle(page)


async def take(browser: Browser, url: str, person: Person, scene: Scene, theme: str) -> Path:
    """Play one scene and write its picture."""
    context = await browser.new_context(
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    page = await context.new_page()
    await page.goto(f"{url}/?person={person.id}")
    await page.get_by_role("button", name="Start", exact=True).click()
    await settle(page)
    for step in scene.steps:
        await play(page, step)
    await page.evaluate("document.activeElement.blur()")
    path = FOLDER / f"{scene.name}-{theme}.png"
    await page.screenshot(path=path)
    await context.close()
    return path


async def main(names: Sequence[str]) -> int:
    """Take the scenes of these names, or all; exit code 1 when a name or the browser is missing."""
    unknown = set(names) - {scene.name for scene in SCENES}
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if unknown or browser_path is None:
        print(f"There is no scene {', '.join(sorted(unknown))}." if unknown else "No Chromium is installed.")
        return 1
    shots = [(scene, theme) for scene in SCENES if not names or scene.name in names for theme in THEMES]
    people = [Person(3000 + number, "Robin", "Hill") for number in range(len(shots))]
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with open_playground(0, people=people) as playground, async_playwright() as playwright:
        await asyncio.wait_for(playground.stage.polled.wait(), 60)
        browser = await playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        for (scene, theme), person in zip(shots, people, strict=True):
            print((await take(browser, playground.url, person, scene, theme)).relative_to(ROOT))
        await browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
