"""The whole body from the front and from behind, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PIL import Image

from tools.pictures.arrays import Point
from tools.pictures.canvas import SIZE, Canvas, Place
from tools.pictures.facts import View
from tools.pictures.points import BACKGROUND
from tools.pictures.raster import Camera
from tools.pictures.stage import Shot, Stage
from tools.pictures.style import Look

Side = Literal["front", "back"]
SIDES: tuple[Side, ...] = ("front", "back")
"""In the order in which they stand."""
_LOOK = Look(outer=4, inner=2.4, step_cm=0.9)
_WIDE_CM = 84.0
_HEIGHTS = {1: 1150, 2: 1070}
"""Of a body, pixels, by how many stand side by side."""
_APART = 196.0
"""Half the distance between the middles of two bodies, pixels."""


@dataclass(frozen=True)
class WholeBody:
    """One body of a picture, and where the upper left corner of its drawing stands."""

    side: Side
    shot: Shot
    origin: tuple[int, int]

    def xy(self, point: Point) -> Place:
        """Pixels of the picture."""
        x, y, _ = self.shot.camera.project(point)
        return (float(x) + self.origin[0], float(y) + self.origin[1])

    @property
    def middle(self) -> float:
        """x of the midline, pixels."""
        return self.origin[0] + self.shot.camera.size[0] / 2


def bodies(stage: Stage, sides: Iterable[Side]) -> dict[Side, WholeBody]:
    """The bodies that a picture shows, from left to right."""
    wanted = list(sides)
    middles = [SIZE / 2] if len(wanted) == 1 else [SIZE / 2 - _APART, SIZE / 2 + _APART]
    found: dict[Side, WholeBody] = {}
    for side, middle in zip(wanted, middles, strict=True):
        shot = body_shot(stage, side, _HEIGHTS[len(wanted)])
        wide, high = shot.camera.size
        found[side] = WholeBody(side, shot, (round(middle - wide / 2), (SIZE - high) // 2))
    return found


def body_shot(stage: Stage, side: Side, high: int, without: tuple[str, ...] = ()) -> Shot:
    """The whole body from a side, ``high`` pixels high."""
    scale = high / 176.0
    view = View(
        center=(0, 2.6, 0),
        eye=(0, 0.03, 1 if side == "front" else -1),
        width=_WIDE_CM,
        pose="close",
        shorts=(13, -16),
        without=without,
    )
    return stage.shot(view, (round(_WIDE_CM * scale), high), _LOOK)


def drawn(shown: Iterable[WholeBody]) -> Image.Image:
    """The bodies on the ground of all pictures."""
    image = Image.new("RGBA", (SIZE, SIZE), (*BACKGROUND, 255))
    for body in shown:
        image.alpha_composite(body.shot.image, body.origin)
    return image


def pixel_canvas() -> Canvas:
    """A layer for places that are already pixels."""
    camera = Camera(np.zeros(3), np.array([0.0, 0, 1]), np.array([0.0, 1, 0]), 100.0, (SIZE, SIZE))
    return Canvas(camera)
