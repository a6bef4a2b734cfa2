"""The steps of a routine, numbered in order on the body."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from tools.pictures import lettering
from tools.pictures.body_map import SIDES, Side, WholeBody, bodies, drawn, pixel_canvas
from tools.pictures.canvas import ACCENT, INK, SAFE, SIZE, Canvas, Place, collisions
from tools.pictures.facts import Spot
from tools.pictures.points import Crowded
from tools.pictures.stage import Stage
from tools.pictures.techniques import number_badge

_LETTERS = 42.0
_BADGE = 29.0
_ROW = 86.0
"""Least distance between two names, pixels."""


@dataclass(frozen=True)
class _Step:
    number: int
    name: str
    side: Side
    dots: tuple[Place, ...]


@dataclass(frozen=True)
class _Card:
    """A step's name beside the body: the dot it is tied to, its box, and the height it would like."""

    step: _Step
    dot: Place
    left: float
    wide: float
    wanted: float


def routine_picture(stage: Stage, routine: str) -> Image.Image:
    """The finished picture. Raises ``Crowded`` when words collide or leave the safe area."""
    steps = stage.content.routines[routine]
    fixed = {_fixed_side(stage, step) for step in steps}
    shown = bodies(stage, [side for side in SIDES if side in fixed] or ["front"])
    numbered = [_step(stage, step, number, shown) for number, step in enumerate(steps, 1)]
    canvas = pixel_canvas()
    for body in shown.values():
        _names(canvas, body, [step for step in numbered if step.side == body.side], alone=len(shown) == 1)
    if crowded := collisions(canvas):
        raise Crowded(f"{routine}: " + "; ".join(crowded))
    image = drawn(shown.values())
    image.alpha_composite(canvas.image())
    return image.convert("RGB")


def _fixed_side(stage: Stage, step: str) -> Side | None:
    """The side from which a step can be seen; none when either will do."""
    content = stage.content
    if step in content.points:
        return content.body_map.sides.get(step, content.views[content.points[step].view].inset)
    sides = list(content.body_map.steps[step])
    return sides[0] if len(sides) == 1 else None


def _step(stage: Stage, step: str, number: int, shown: dict[Side, WholeBody]) -> _Step:
    fixed = _fixed_side(stage, step)
    side = next(iter(shown)) if fixed is None else fixed
    if step in stage.content.points:
        spot, name = stage.content.points[step].spot, step
        paired = step in stage.content.paired
    else:
        spot, name, paired = stage.content.body_map.steps[step][side], stage.content.words[step], False
    return _Step(number, name, side, _dots(shown[side], spot, paired))


def _dots(body: WholeBody, spot: Spot, paired: bool) -> tuple[Place, ...]:
    x, y = body.xy(body.shot.place(spot))
    return ((x, y), (2 * body.middle - x, y)) if paired else ((x, y),)


def _names(canvas: Canvas, body: WholeBody, steps: list[_Step], *, alone: bool) -> None:
    """The names stand in a column beside the body, by height, each tied to its nearer dot."""
    on_left = not alone and body.middle < SIZE / 2
    cards = sorted((_card(step, on_left) for step in steps), key=lambda card: (card.wanted, card.step.number))
    rows = _rows([card.wanted for card in cards])
    for card, y in zip(cards, rows, strict=True):
        inner = card.left + card.wide if on_left else card.left
        for colour, width in (("#fff", 9), (INK, 4)):
            canvas.add(
                f'<path d="M{card.dot[0]:.1f},{card.dot[1]:.1f}L{inner:.1f},{y:.1f}" stroke="{colour}" '
                f'stroke-width="{width}"/>'
            )
    for step in steps:
        for dot in step.dots:
            canvas.circle(dot, 14, f'fill="{ACCENT}" stroke="#fff" stroke-width="4"')
    for card, y in zip(cards, rows, strict=True):
        canvas.add(
            f'<rect x="{card.left:.1f}" y="{y - 36:.1f}" width="{card.wide:.1f}" height="72" rx="36" '
            f'fill="#FFFDF9" stroke="{INK}" stroke-width="4"/>'
        )
        number_badge(canvas, (card.left + _BADGE + 8, y), str(card.step.number), _BADGE)
        canvas.text(
            (card.left + 2 * _BADGE + 20, y + _LETTERS * 0.34),
            card.step.name,
            _LETTERS,
            weight=700,
            anchor="start",
            halo=False,
        )


def _card(step: _Step, on_left: bool) -> _Card:
    dot = min(step.dots, key=lambda place: place[0] if on_left else -place[0])
    wide = lettering.width(step.name, _LETTERS, 700) + 2 * _BADGE + 40
    left = SAFE + 8 if on_left else SIZE - SAFE - 8 - wide
    covers = left - 40 < dot[0] < left + wide + 40
    return _Card(step, dot, left, wide, dot[1] - 110 if covers else dot[1])


def _rows(wanted: list[float]) -> list[float]:
    """Heights near the wanted ones, in the same order, at least a row apart and within the picture."""
    if not wanted:
        return []
    low, high = 60.0, SIZE - 60.0
    rows = np.array(wanted)
    for _ in range(200):
        for i in range(len(rows) - 1):
            short = _ROW - (rows[i + 1] - rows[i])
            if short > 0:
                rows[i] -= short / 2
                rows[i + 1] += short / 2
        rows[0] = max(rows[0], low)
        rows[-1] = min(rows[-1], high)
    return [float(row) for row in rows]
