"""The small body that shows where on the body a picture is."""

from __future__ import annotations

from PIL import Image

from tools.pictures.canvas import ACCENT, Canvas, svg_image
from tools.pictures.facts import Spot, View
from tools.pictures.stage import Stage
from tools.pictures.style import Look

INSET = (212, 408)
"""Pixels."""
_LOOK = Look(outer=2.8, inner=1.6, step_cm=1.2, oversampling=4)


def inset_picture(stage: Stage, view: View, spot: Spot, paired: bool) -> Image.Image:
    """A card with the body: a circle around the place, and a ring on the other side."""
    body = View(
        center=(0, 2.6, 0),
        eye=(0, 0, 1 if view.inset == "front" else -1),
        width=96,
        pose="close",
        shorts=(13, -16),
    )
    shot = stage.shot(body, INSET, _LOOK)
    wide, high = INSET
    x, y, _ = shot.camera.project(shot.place(spot))
    radius = max(view.width * shot.camera.pixels_per_cm * 0.31, 24)
    canvas = Canvas(shot.camera)
    place = (float(x), float(y))
    canvas.circle(place, radius, f'fill="{ACCENT}" fill-opacity=".12" stroke="{ACCENT}" stroke-width="4"')
    canvas.circle(place, 7, f'fill="{ACCENT}" stroke="#fff" stroke-width="2.5"')
    if paired:
        canvas.circle((wide - place[0], place[1]), 6, f'fill="#fff" stroke="{ACCENT}" stroke-width="3.5"')
    card = svg_image(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}"><rect x="2" y="2" '
        f'width="{wide - 4}" height="{high - 4}" rx="32" fill="#FFFDF9" stroke="#CDBFB0" '
        'stroke-width="3"/></svg>'
    )
    card.alpha_composite(shot.image)
    card.alpha_composite(canvas.image().crop((0, 0, wide, high)))
    return card
