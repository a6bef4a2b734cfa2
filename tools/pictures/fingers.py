"""A ruler of the figure's own fingers, as wide as the mesh's fingers are."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from tools.pictures.canvas import INK, Canvas
from tools.pictures.facts import Fingers, Ruler

_TIPS = {1: (0.0,), 2: (0.0, 0.22), 3: (0.0, 0.20, 0.02), 4: (0.0, 0.20, 0.06, -0.42)}
"""How far each finger reaches beyond the first, in finger widths."""


def widths(fingers: Fingers, ruler: Ruler) -> list[float]:
    """The widths of the fingers of a ruler, cm, from the index finger on."""
    match ruler.fingers:
        case "thumb":
            return [fingers.thumb]
        case "two_fingers":
            return [fingers.two_fingers / 2] * 2
        case "three_fingers":
            return [*[fingers.two_fingers / 2] * 2, fingers.three_fingers - fingers.two_fingers]
        case "four_fingers":
            return [
                *[fingers.two_fingers / 2] * 2,
                fingers.three_fingers - fingers.two_fingers,
                fingers.four_fingers - fingers.three_fingers,
            ]


def draw(canvas: Canvas, start: ArrayLike, towards: ArrayLike, ruler: Ruler, fingers: Fingers) -> None:
    """Fingers side by side from ``start`` on; the hand fades out where it would hide the body."""
    a, b = np.array(canvas.xy(start)), np.array(canvas.xy(towards))
    t = (b - a) / np.linalg.norm(b - a)
    into = np.array([-t[1], t[0]]) * (1 if ruler.hand == "left" else -1)
    degrees = math.degrees(math.atan2(into[1], into[0])) - 90
    each = [width * canvas.scale for width in widths(fingers, ruler)]
    first = each[0]
    length = first * ruler.length
    name = f"ruler{a[0]:.0f}x{a[1]:.0f}"
    for kind, colour, opacity in (("f", "#FFFFFF", 0.78), ("s", INK, 1.0)):
        canvas.define(
            f'<linearGradient id="{name}{kind}" gradientUnits="userSpaceOnUse" x1="0" '
            f'y1="{length * 0.18:.1f}" x2="0" y2="{length * (1 - ruler.reach):.1f}">'
            f'<stop offset="0" stop-color="{colour}" stop-opacity="{opacity}"/>'
            f'<stop offset="1" stop-color="{colour}" stop-opacity="0"/></linearGradient>'
        )
    at = 0.0
    for width, tip in zip(each, _TIPS[len(each)], strict=True):
        middle = a + t * (at + width / 2)
        at += width
        body = _finger(width * 0.95, -length * ruler.reach - tip * first, length * (1 - ruler.reach), name)
        canvas.add(
            f'<g transform="translate({middle[0]:.1f},{middle[1]:.1f}) rotate({degrees:.1f})">{body}</g>'
        )


def _finger(w: float, top: float, bottom: float, gradient: str) -> str:
    half, nail_half, nail_high = w / 2, w * 0.28, w * 0.60
    creases = "".join(
        f'<path d="M{-w * 0.24:.1f},{y:.1f} Q0,{y - w * 0.07:.1f} {w * 0.24:.1f},{y:.1f}" stroke="{INK}" '
        'stroke-width="2.5" stroke-opacity=".45" fill="none" stroke-linecap="round"/>'
        for y in (top + w * 1.45, top + w * 1.58)
    )
    return (
        f'<path d="M{-half:.1f},{bottom:.1f} L{-half:.1f},{top + w * 0.52:.1f} '
        f"C{-half:.1f},{top - w * 0.08:.1f} {half:.1f},{top - w * 0.08:.1f} {half:.1f},{top + w * 0.52:.1f} "
        f'L{half:.1f},{bottom:.1f}" '
        f'fill="url(#{gradient}f)" stroke="url(#{gradient}s)" stroke-width="3.6" stroke-linejoin="round"/>'
        f'<path d="M{-nail_half:.1f},{top + nail_high * 1.2:.1f} '
        f"L{-nail_half:.1f},{top + nail_high * 0.55:.1f} "
        f"C{-nail_half:.1f},{top + nail_high * 0.05:.1f} {nail_half:.1f},{top + nail_high * 0.05:.1f} "
        f"{nail_half:.1f},{top + nail_high * 0.55:.1f} L{nail_half:.1f},{top + nail_high * 1.2:.1f} "
        f'Q0,{top + nail_high * 1.55:.1f} {-nail_half:.1f},{top + nail_high * 1.2:.1f}Z" '
        f'fill="#F7DCD3" fill-opacity=".9" stroke="{INK}" stroke-width="2.2" stroke-opacity=".6"/>{creases}'
    )
