"""What is drawn over a body: markers, names, measured lines, bones under the skin."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from tools.pictures import lettering
from tools.pictures.canvas import ACCENT, BONE, HALO, INK, LINE_HEIGHT, Canvas, Place

_HINT = f'stroke="{INK}" stroke-width="3.2" stroke-dasharray="2 10" stroke-linecap="round"'


def marker(canvas: Canvas, at: ArrayLike, *, other_side: bool = False, radius: float = 21) -> None:
    """The point: a filled dot with a halo; on the other side a ring with a dot in it."""
    place = canvas.xy(at)
    canvas.markers.append(place)
    canvas.circle(place, radius * 2.1, f'fill="{ACCENT}" fill-opacity=".20"')
    if other_side:
        canvas.circle(place, radius * 0.95, f'fill="#fff" stroke="{ACCENT}" stroke-width="6"')
        canvas.circle(place, radius * 0.36, f'fill="{ACCENT}"')
    else:
        canvas.circle(place, radius * 3.1, f'fill="{ACCENT}" fill-opacity=".12"')
        canvas.circle(place, radius, f'fill="{ACCENT}" stroke="#fff" stroke-width="6"')


def neighbour(canvas: Canvas, at: ArrayLike, code: str, offset: Place) -> None:
    """A point that is mistaken for the marked one: a small dark dot and its code."""
    place = canvas.xy(at)
    canvas.circle(place, 12, f'fill="{INK}" fill-opacity=".85" stroke="#fff" stroke-width="4"')
    canvas.text((place[0] + offset[0], place[1] + offset[1]), code, 40)


def pill(canvas: Canvas, at: ArrayLike, words: str, offset: Place, size: float = 62) -> None:
    """The point's code, white on the accent, tied to its marker."""
    x, y = canvas.xy(at)
    wide, high = lettering.width(words, size, 700) + size * 0.9, size * 1.42
    cx, cy = x + offset[0], y + offset[1]
    canvas.words.append(((cx - wide / 2, cy - high / 2, cx + wide / 2, cy + high / 2), words))
    distance = math.hypot(*offset)
    start = (x + offset[0] / distance * 25, y + offset[1] / distance * 25)
    for width, colour in ((10, "#fff"), (5, ACCENT)):
        _straight(canvas, start, (cx, cy), width, colour)
    canvas.add(
        f'<rect x="{cx - wide / 2:.1f}" y="{cy - high / 2:.1f}" width="{wide:.1f}" height="{high:.1f}" '
        f'rx="{high / 2:.1f}" fill="{ACCENT}" stroke="#fff" stroke-width="6"/>'
        f'<text x="{cx:.1f}" y="{cy + size * 0.34:.1f}" font-family="{lettering.FAMILY}" '
        f'font-size="{size:g}" font-weight="700" fill="#fff" text-anchor="middle">{words}</text>'
    )


def note(
    canvas: Canvas, at: ArrayLike, words: str, offset: Place, size: float, dot: bool, leader: bool = True
) -> None:
    """A landmark's name with a thin line to it."""
    x, y = canvas.xy(at)
    tx, ty = x + offset[0], y + offset[1]
    anchor = "start" if offset[0] > 15 else "end" if offset[0] < -15 else "middle"
    if leader:
        ex = tx + {"start": -10, "end": 10, "middle": 0}[anchor]
        ey = ty - size * 0.30 if anchor != "middle" else ty + (10 if offset[1] < 0 else -size * 0.9)
        for width, colour in ((8, HALO), (3.2, INK)):
            _straight(canvas, (x, y), (ex, ey), width, colour)
    if dot:
        canvas.circle((x, y), 9, f'fill="{HALO}" stroke="{INK}" stroke-width="4"')
    if anchor == "middle":
        away = words.count("\n") / 2 * size * LINE_HEIGHT
        ty += away if offset[1] > 0 else -away
    canvas.text((tx, ty), words, size, anchor=anchor)


def measured(canvas: Canvas, points: Sequence[ArrayLike], ticks: bool) -> None:
    """A line along which something is counted; with ticks at its ends, or a dot at each."""
    places = [canvas.xy(point) for point in points]
    for width, colour in ((9, "#fff"), (4.5, ACCENT)):
        canvas.curve(places, width=width, colour=colour)
        if ticks:
            for end, other in ((places[0], places[1]), (places[-1], places[-2])):
                d = np.subtract(end, other) / max(math.dist(end, other), 1e-6)
                across = np.array([d[1], -d[0]]) * 16
                _straight(canvas, _place(end - across), _place(end + across), width, colour)
    if not ticks:
        for end in (places[0], places[-1]):
            canvas.circle(end, 11, f'fill="#fff" stroke="{ACCENT}" stroke-width="5"')


def bracket(canvas: Canvas, points: Sequence[ArrayLike], x: float, words: Sequence[str]) -> None:
    """Heights of points carried to a scale at ``x``, with words between them."""
    places = [canvas.xy(point) for point in points]
    for px, py in places:
        canvas.add(
            f'<path d="M{px + 36:.1f},{py:.1f}H{x:.1f}" stroke="{INK}" stroke-width="3" '
            'stroke-dasharray="11 11" stroke-opacity=".6"/>'
        )
    for (_, start), (_, end), word in zip(places, places[1:], words, strict=False):
        measured(canvas, [(x, start), (x, end)], ticks=True)
        canvas.text((x + 28, (start + end) / 2 + 14), word, 52, colour=ACCENT, weight=700, anchor="start")


def outline(canvas: Canvas, points: Sequence[ArrayLike], closed: bool) -> None:
    """A bone under the skin: a dotted line, pale inside when closed."""
    canvas.curve(
        points,
        width=3.2,
        dash="2 10",
        opacity=0.7,
        closed=closed,
        fill=BONE if closed else "none",
        fill_opacity=0.36,
    )


def long_bone(canvas: Canvas, a: ArrayLike, b: ArrayLike, widths: tuple[float, float]) -> None:
    """A long bone between two places; widths of its ends in cm."""
    start, end = np.array(canvas.xy(a)), np.array(canvas.xy(b))
    length = float(np.linalg.norm(end - start))
    t = (end - start) / length
    n = np.array([-t[1], t[0]])
    w0, w1 = (width * canvas.scale / 2 for width in widths)
    sides = [(0.0, 1.0, w0, -0.1), (0.25, 0.55, w0, 0), (0.72, 0.55, w1, 0), (1.0, 1.0, w1, 0.1)]
    left = [start + t * (length * f + over * w) + n * w * share for f, share, w, over in sides]
    right = [start + t * (length * f + over * w) - n * w * share for f, share, w, over in reversed(sides)]
    outline(canvas, [start - t * w0 * 0.7, *left, end + t * w1 * 0.7, *right], closed=True)


def ring(canvas: Canvas, at: ArrayLike, radius_cm: float) -> None:
    """A round bone under the skin."""
    canvas.circle(
        canvas.xy(at),
        radius_cm * canvas.scale,
        f'fill="{BONE}" fill-opacity=".36" stroke-opacity=".7" {_HINT}',
    )


def vertebra(canvas: Canvas, at: ArrayLike, width_cm: float, height_cm: float, strong: bool) -> None:
    """A spinous process, schematic; a strong one is a landmark to count from."""
    x, y = canvas.xy(at)
    rx, ry = width_cm * canvas.scale / 2, height_cm * canvas.scale / 2
    rim = (
        f'stroke="{ACCENT}" stroke-width="4.5"'
        if strong
        else f'stroke="{INK}" stroke-width="2.6" stroke-opacity=".55"'
    )
    canvas.add(
        f'<rect x="{x - rx:.1f}" y="{y - ry:.1f}" width="{2 * rx:.1f}" height="{2 * ry:.1f}" '
        f'rx="{rx * 0.75:.1f}" fill="{BONE}" fill-opacity="{0.9 if strong else 0.55}" {rim}/>'
    )


def nail(canvas: Canvas, rim: Sequence[ArrayLike]) -> None:
    """A finger- or toenail, which tells the back of a hand from its palm."""
    canvas.curve(rim, width=3, opacity=0.65, closed=True, fill="#F2DDD0", fill_opacity=0.8)


def _place(point: ArrayLike) -> Place:
    x, y = np.asarray(point, float)
    return float(x), float(y)


def _straight(canvas: Canvas, a: Place, b: Place, width: float, colour: str) -> None:
    canvas.add(
        f'<path d="M{a[0]:.1f},{a[1]:.1f}L{b[0]:.1f},{b[1]:.1f}" stroke="{colour}" stroke-width="{width}" '
        'stroke-linecap="round"/>'
    )
