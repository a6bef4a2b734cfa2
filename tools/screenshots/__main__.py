"""Plays the scenes in the playground with the real bot, and keeps their screens in build/screenshots/.

    python -m tools.screenshots [NAME ...]

Needs Chromium and the test requirements. `python -m tools.pictures.screenshots` makes the pictures of them.
Each scene is played by a new person at ten in the morning of a day of its own, so that a second run shows the
same times.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, async_playwright

from bot.playground.run import Playground, open_playground
from bot.playground.stage import PEOPLE, Person
from tools.screenshots.player import Player
from tools.screenshots.scenes import SCENES, Go, Scene

FOLDER = Path(__file__).resolve().parents[2] / "build" / "screenshots"
LIST = "screens.json"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
ZONE = ZoneInfo("Europe/Berlin")
HOUR = 10


def morning(now: datetime, day: int) -> datetime:
    """Ten o'clock on a day of the March that comes next."""
    first = now.replace(month=3, day=1, hour=HOUR, minute=0, second=0, microsecond=0)
    if first <= now:
        first = first.replace(year=first.year + 1)
    return first + timedelta(days=day)


async def take(browser: Browser, playground: Playground, person: Person, scene: Scene) -> Player:
    """Play one scene; its player has the screens."""
    folder = FOLDER / scene.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    context = await browser.new_context(
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        color_scheme="dark" if scene.dark else "light",
        locale="en-GB",
        timezone_id=ZONE.key,
    )
    page = await context.new_page()
    await page.goto(f"{playground.url}/?person={person.id}")
    await page.locator("#people .avatar").wait_for()
    player = Player(page, scene, folder)
    await player.play()
    await context.close()
    return player


async def main(names: Sequence[str]) -> int:
    """Play the scenes of these names, or all; exit code 1 when a name or the browser is missing."""
    unknown = set(names) - {scene.name for scene in SCENES}
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if unknown or browser_path is None:
        print(f"There is no scene {', '.join(sorted(unknown))}." if unknown else "No Chromium is installed.")
        return 1
    scenes = [scene for scene in SCENES if not names or scene.name in names]
    alone = [Person(3000 + number, "Robin", "Hill") for number in range(len(scenes))]
    played = {}
    async with open_playground(0, people=[*PEOPLE, *alone]) as playground, async_playwright() as playwright:
        await asyncio.wait_for(playground.stage.polled.wait(), 60)
        browser = await playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        now, clock = datetime.now(ZONE), playground.stage.clock
        for day, (scene, person) in enumerate(zip(scenes, alone, strict=True)):
            clock.move(morning(now, day).timestamp() - clock())
            among_others = any(isinstance(step, Go) for step in scene.steps)
            player = await take(browser, playground, PEOPLE[0] if among_others else person, scene)
            played[scene.name] = {"film": scene.film, "screens": [(str(p), ms) for p, ms in player.screens]}
            print(f"{scene.name}: {len(player.screens)} screens", flush=True)
        await browser.close()
    (FOLDER / LIST).write_text(json.dumps(played, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
