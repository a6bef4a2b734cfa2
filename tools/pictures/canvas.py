"""A layer of vector drawing over a rendered body. Collects SVG, and where words stand."""

from __future__ import annotations

import io
from collections.abc import Sequence
from xml.sax.saxutils import escape

import numpy as np
import resvg_py
from numpy.typing import ArrayLike
from PIL import Image

from tools.pictures import lettering
from tools.pictures.raster import Camera

SIZE = 1280
"""Side of a finished picture, pixels."""
LINE_HEIGHT = 1.08
"""Of the size of the letters."""
SAFE = 128
"""A phone may crop a square to 4:5. Words and markers stay this far from the left and the right edge."""
ACCENT = "#B5123A"
INK = "#3B2A21"
BONE = "#FFFDF8"
HALO = "#FFFDF9"
Place = tuple[float, float]
Box = tuple[float, float, float, float]


class Canvas:
    """Points with three coordinates are cm on the figure, points with two are pixels."""

    def __init__(self, camera: Camera, size: int = SIZE) -> None:
        self.camera, self.size = camera, size
        self._elements: list[str] = []
        self._definitions: list[str] = []
        self.words: list[tuple[Box, str]] = []
        self.markers: list[Place] = []
        self.arrows: list[Place] = []

    def xy(self, point: ArrayLike) -> Place:
        """Pixels of a point."""
        p = np.asarray(point, float)
        if len(p) == 3:
            p = self.camera.project(p)
        return float(p[0]), float(p[1])

    @property
    def scale(self) -> float:
        """Pixels per cm."""
        return self.camera.pixels_per_cm

    def add(self, element: str) -> None:
        """Put an SVG element on top."""
        self._elements.append(element)

    def define(self, definition: str) -> None:
        """Add a gradient."""
        self._definitions.append(definition)

    def curve(
        self,
        points: Sequence[ArrayLike],
        *,
        width: float,
        colour: str = INK,
        opacity: float = 1,
        dash: str = "",
        closed: bool = False,
        fill: str = "none",
        fill_opacity: float = 1,
    ) -> None:
        """A smooth line through points."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        path = smooth_path([self.xy(point) for point in points], closed)
        self.add(
            f'<path d="{path}" fill="{fill}" fill-opacity="{fill_opacity}" stroke="{colour}" '
            f'stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round" '
            f'stroke-opacity="{opacity}"{dashes}/>'
        )

    def circle(self, at: Place, radius: float, style: str) -> None:
        """A circle in pixels."""
        self.add(f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:.1f}" {style}/>')

    def text(
        self,
        at: Place,
        words: str,
        size: float,
        *,
        colour: str = INK,
        weight: int = 600,
        anchor: str = "middle",
        halo: bool = True,
    ) -> None:
        """Words on their baseline; several lines stand around it."""
        first, *more = words.split("\n")
        for number, line in enumerate(more, 1):
            below = (at[0], at[1] + (number - len(more) / 2) * size * LINE_HEIGHT)
            self.text(below, line, size, colour=colour, weight=weight, anchor=anchor, halo=halo)
        at, words = (at[0], at[1] - len(more) / 2 * size * LINE_HEIGHT), first
        wide = lettering.width(words, size, weight)
        x = at[0] - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
        self.words.append(((x, at[1] - size * 0.72, x + wide, at[1] + size * 0.22), words))
        around = (
            f'stroke="{HALO}" stroke-width="9" stroke-linejoin="round" paint-order="stroke"' if halo else ""
        )
        self.add(
            f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" font-family="{lettering.FAMILY}" font-size="{size:g}" '
            f'font-weight="{weight}" fill="{colour}" text-anchor="{anchor}" {around}>{escape(words)}</text>'
        )

    def svg(self) -> str:
        """The whole layer."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.size}" height="{self.size}" '
            f'viewBox="0 0 {self.size} {self.size}"><defs>{"".join(self._definitions)}</defs>'
            f"{''.join(self._elements)}</svg>"
        )

    def image(self) -> Image.Image:
        """The layer as RGBA."""
        return svg_image(self.svg())


def svg_image(svg: str) -> Image.Image:
    """An SVG as RGBA, with no font but ours."""
    png = resvg_py.svg_to_bytes(
        svg_string=svg,
        font_files=lettering.files(),
        skip_system_fonts=True,
        font_family=lettering.FAMILY,
    )
    return Image.open(io.BytesIO(bytes(png))).convert("RGBA")


def smooth_path(points: Sequence[Place], closed: bool = False) -> str:
    """A Catmull-Rom spline through the points, as cubic Beziers."""
    p = [np.array(point, float) for point in points]
    n = len(p)
    path = f"M{p[0][0]:.1f},{p[0][1]:.1f}"
    for i in range(n if closed else n - 1):
        before = p[(i - 1) % n] if closed or i > 0 else p[0]
        start, end = p[i % n], p[(i + 1) % n]
        after = p[(i + 2) % n] if closed or i + 2 < n else p[-1]
        a, b = start + (end - before) / 6, end - (after - start) / 6
        path += f"C{a[0]:.1f},{a[1]:.1f} {b[0]:.1f},{b[1]:.1f} {end[0]:.1f},{end[1]:.1f}"
    return path + ("Z" if closed else "")


def collisions(canvas: Canvas, inset: Box | None = None) -> list[str]:
    """Words, markers and arrows that leave the safe area, lie under the inset, or lie on each other."""
    found = []
    low, high = SAFE, canvas.size - SAFE
    for i, (box, words) in enumerate(canvas.words):
        if box[0] < low or box[2] > high or box[1] < 8 or box[3] > canvas.size - 8:
            found.append(f"{words!r} leaves the safe area")
        if inset and _overlap(box, inset):
            found.append(f"{words!r} lies under the inset")
        found += [
            f"{words!r} lies on {other!r}" for rest, other in canvas.words[i + 1 :] if _overlap(box, rest)
        ]
        found += [
            f"{words!r} lies on a marker"
            for x, y in canvas.markers
            if _overlap(box, (x - 20, y - 20, x + 20, y + 20))
        ]
    if any(not low < x < high for x, _ in canvas.arrows):
        found.append("an arrow leaves the safe area")
    for x, y in canvas.markers:
        if not (low < x < high and 8 < y < canvas.size - 8):
            found.append("a marker leaves the safe area")
        if inset and _overlap((x - 20, y - 20, x + 20, y + 20), inset):
            found.append("a marker lies under the inset")
    return found


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
