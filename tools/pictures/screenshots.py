"""Makes docs/screenshots/ of the screens in build/screenshots/: pictures side by side, and a film.

    python -m tools.pictures.screenshots

Needs Pillow, so it stands with the pictures and runs in their environment.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "build" / "screenshots" / "screens.json"
FOLDER = ROOT / "docs" / "screenshots"
SCREEN = (390, 844)
"""Points; a lone picture has two pixels for each, a strip one and a half."""
STRIP_SCALE = 1.5
GAP, ROUND = 36, 42
"""Pixels between the screens of a strip, and the radius of their corners."""
FILM_WIDTH = 330
MOST_FILM_BYTES = 1_500_000
COLOURS = 256


def picture(paths: Sequence[str]) -> Image.Image:
    """The screens side by side with round corners, on nothing; a lone one as it is."""
    screens = [Image.open(path).convert("RGB") for path in paths]
    if len(screens) == 1:
        return screens[0]
    width, height = (round(side * STRIP_SCALE) for side in SCREEN)
    corners = Image.new("L", (width * 4, height * 4))
    ImageDraw.Draw(corners).rounded_rectangle((0, 0, width * 4 - 1, height * 4 - 1), ROUND * 4, fill=255)
    corners = corners.resize((width, height), Image.Resampling.LANCZOS)
    strip = Image.new("RGBA", (len(screens) * (width + GAP) - GAP, height))
    for place, screen in enumerate(screens):
        small = screen.resize((width, height), Image.Resampling.LANCZOS)
        strip.paste(small, (place * (width + GAP), 0), corners)
    return strip


def film(screens: Sequence[tuple[str, int]], path: Path) -> None:
    """An animated WebP that repeats. The same screens give the same bytes."""
    height = round(FILM_WIDTH * SCREEN[1] / SCREEN[0])
    size = (FILM_WIDTH, height)
    frames = [Image.open(file).convert("RGB").resize(size, Image.Resampling.LANCZOS) for file, _ in screens]
    durations = [milliseconds for _, milliseconds in screens]
    options = {"duration": durations, "loop": 0, "quality": 72, "method": 6, "minimize_size": True}
    frames[0].save(path, save_all=True, append_images=frames[1:], **options)
    if path.stat().st_size > MOST_FILM_BYTES:
        raise ValueError(f"{path.name} has {path.stat().st_size} bytes, and {MOST_FILM_BYTES} are the most")


def main() -> int:
    """Make a file of every scene that was played last."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, played in json.loads(LIST.read_text()).items():
        screens = [(file, milliseconds) for file, milliseconds in played["screens"]]
        path = FOLDER / f"{name}.{'webp' if played['film'] else 'png'}"
        if played["film"]:
            film(screens, path)
        else:
            made = picture([file for file, _ in screens])
            # This method keeps the colours of small things, such as the dot that says "ready".
            made.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(path, optimize=True)
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
