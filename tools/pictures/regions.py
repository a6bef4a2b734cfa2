"""The regions of the menu: one picture of the body with the six areas marked and named."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageChops

from tools.pictures import lettering
from tools.pictures.body_map import WholeBody, bodies, body_shot, drawn, pixel_canvas
from tools.pictures.canvas import INK, SIZE, Canvas, Place, collisions, svg_image
from tools.pictures.points import Crowded
from tools.pictures.scenes import Area
from tools.pictures.stage import Stage

_PATTERNS = {
    "back": ("#1F5F8B", 45),
    "neck_shoulders": ("#8A3F7E", 0),
    "hips_legs": ("#2F6B4E", 135),
    "head": ("#7A4A12", 90),
    "belly_chest": ("#A33B2A", 20),
}
"""Colour, and the slant of the stripes in degrees, so that colour is not the only sign."""
_LETTERS = 44.0


def regions_picture(stage: Stage) -> Image.Image:
    """The finished picture. Raises ``Crowded`` when words collide or leave the safe area."""
    shown = bodies(stage, ("front", "back"))
    image = drawn(shown.values())
    canvas = pixel_canvas()
    words, body_map = stage.content.words, stage.content.body_map
    for name, area in body_map.areas.items():
        colour, slant = _PATTERNS[name]
        for side in area.sides:
            image.alpha_composite(_painted(stage, shown[side], area, colour, slant))
        side, x, y = area.towards
        _name(canvas, words[name], area.label, shown[side].xy(np.array([x, y, 0.0])), colour)
    _name(canvas, words["whole_body"], body_map.whole_body_label, None, INK)
    if crowded := collisions(canvas):
        raise Crowded("regions: " + "; ".join(crowded))
    image.alpha_composite(canvas.image())
    return image.convert("RGB")


def _painted(stage: Stage, body: WholeBody, area: Area, colour: str, slant: float) -> Image.Image:
    """The band of the body between the area's heights, without the arms."""
    cm = stage.figure.measures.cm
    top, bottom = (body.xy(np.array([0.0, cm(height), 0.0]))[1] for height in (area.high, area.low))
    paint = svg_image(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}"><defs><pattern id="p" '
        f'width="22" height="22" patternUnits="userSpaceOnUse" patternTransform="rotate({slant})">'
        f'<rect width="22" height="22" fill="{colour}" fill-opacity=".34"/><rect width="22" height="6" '
        f'fill="{colour}" fill-opacity=".8"/></pattern></defs><rect x="0" y="{top + 3:.1f}" width="{SIZE}" '
        f'height="{bottom - top - 6:.1f}" fill="url(#p)"/></svg>'
    )
    high = body.shot.camera.size[1]
    trunk = body_shot(stage, body.side, high, ("arm.L", "arm.R")).image.getchannel("A")
    mask = Image.new("L", paint.size)
    mask.paste(trunk, body.origin)
    paint.putalpha(ImageChops.multiply(paint.getchannel("A"), mask))
    return paint


def _name(canvas: Canvas, words: str, at: Place, towards: Place | None, colour: str) -> None:
    lines = words.split("\n")
    wide = max(lettering.width(line, _LETTERS, 700) for line in lines) + 52
    high = 24 + 52 * len(lines)
    if towards is not None:
        for width, line in ((10, "#fff"), (5, INK)):
            canvas.add(
                f'<path d="M{at[0]:.1f},{at[1]:.1f}L{towards[0]:.1f},{towards[1]:.1f}" stroke="{line}" '
                f'stroke-width="{width}" stroke-linecap="round"/>'
            )
        canvas.circle(towards, 10, f'fill="#fff" stroke="{INK}" stroke-width="4"')
    canvas.add(
        f'<rect x="{at[0] - wide / 2:.1f}" y="{at[1] - high / 2:.1f}" width="{wide:.1f}" height="{high}" '
        f'rx="38" fill="{colour}" stroke="#fff" stroke-width="5"/>'
    )
    first = at[1] + 15 - 26 * (len(lines) - 1)
    for row, line in enumerate(lines):
        canvas.text((at[0], first + 52 * row), line, _LETTERS, colour="#fff", weight=700, halo=False)
