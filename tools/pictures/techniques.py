"""Pictures of ways to press and rub, and of ways to reach a point."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image

from tools.pictures import marks
from tools.pictures.canvas import ACCENT, HALO, INK, SIZE, Canvas, Place, collisions, smooth_path, svg_image
from tools.pictures.hands import over_the_rim, sprite
from tools.pictures.points import BACKGROUND, Crowded, nails, shape
from tools.pictures.scenes import Arrow, PlacedHand, Prop, Scale, Scene
from tools.pictures.stage import Shot, Stage


def scene_picture(stage: Stage, name: str, scene: Scene) -> Image.Image:
    """The finished picture. Raises ``Crowded`` when words collide or leave the safe area."""
    shot = stage.shot(stage.content.views[scene.view])
    image = Image.new("RGBA", (SIZE, SIZE), (*BACKGROUND, 255))
    image.alpha_composite(_props(scene.props, behind=True))
    image.alpha_composite(shot.image)
    image.alpha_composite(_props(scene.props, behind=False))
    below = Canvas(shot.camera)
    for each in scene.shapes:
        shape(below, shot, stage.content.shapes[each])
    if scene.nails:
        nails(below, shot, scene.nails)
    _markers(stage, below, shot, scene)
    image.alpha_composite(below.image())
    for hand in scene.hands:
        _lay_hand(stage, image, shot, hand)
    above = Canvas(shot.camera)
    above.markers = below.markers
    for arrow in scene.arrows:
        _arrow(above, shot, arrow)
    _words(stage, above, shot, scene)
    crowded = collisions(above)
    if crowded:
        raise Crowded(f"{name}: " + "; ".join(crowded))
    image.alpha_composite(above.image())
    return image.convert("RGB")


def _markers(stage: Stage, canvas: Canvas, shot: Shot, scene: Scene) -> None:
    for code in scene.points:
        at = shot.place(stage.content.points[code].spot)
        trunk = stage.content.views[scene.view].trunk
        if trunk and code in stage.content.paired:
            marks.marker(canvas, at * np.array([-1, 1, 1]), other_side=True)
        marks.marker(canvas, at)
    for spot in scene.markers:
        marks.marker(canvas, shot.place(spot))


def _words(stage: Stage, canvas: Canvas, shot: Shot, scene: Scene) -> None:
    words = stage.content.words
    for note in scene.notes:
        marks.note(
            canvas, shot.place(note.spot), words[note.word], note.offset, note.size, note.dot, note.leader
        )
    for badge, spot, (dx, dy) in scene.badges:
        x, y = canvas.xy(shot.place(spot))
        number_badge(canvas, (x + dx, y + dy), badge, 46)
    if scene.scale:
        _scale(canvas, words, scene.scale)
    for word, at, size in scene.words:
        canvas.text(at, words[word], size)


def number_badge(canvas: Canvas, at: Place, number: str, radius: float) -> None:
    """A number in a filled circle."""
    canvas.circle(at, radius, f'fill="{ACCENT}" stroke="#fff" stroke-width="5"')
    canvas.text((at[0], at[1] + radius * 0.44), number, radius * 1.25, colour="#fff", weight=700, halo=False)


def _lay_hand(stage: Stage, image: Image.Image, shot: Shot, placed: PlacedHand) -> None:
    drawn = sprite(stage, stage.content.hands[placed.hand])
    x, y, _ = shot.camera.project(shot.place(placed.spot))
    layer = Image.new("RGBA", image.size)
    at = (float(x) + placed.shift[0], float(y) + placed.shift[1])
    drawn.turned(placed.degrees, placed.mirrored, shot.camera.pixels_per_cm).lay(layer, at)
    if placed.behind:
        layer = over_the_rim(layer, shot.image, shot.camera.pixels_per_cm)
    image.alpha_composite(layer)


def _arrow(canvas: Canvas, shot: Shot, arrow: Arrow) -> None:
    dx, dy = arrow.shift
    places = [
        (float(x) + dx, float(y) + dy)
        for x, y, _ in (shot.camera.project(shot.place(spot)) for spot in arrow.along)
    ]
    if arrow.kind == "circle":
        radius = arrow.radius * canvas.scale
        x, y = places[0]
        turn = np.radians(np.linspace(-60, 235, 24))
        places = [(float(x + radius * np.cos(a)), float(y + radius * np.sin(a))) for a in turn]
    canvas.arrows += places
    for width, colour in ((20, "#fff"), (11, ACCENT)):
        canvas.add(
            f'<path d="{smooth_path(places)}" fill="none" stroke="{colour}" stroke-width="{width}" '
            'stroke-linecap="round"/>'
        )
        _head(canvas, places[-2], places[-1], width, colour)
        if arrow.kind == "both_ways":
            _head(canvas, places[1], places[0], width, colour)


def _head(canvas: Canvas, before: Place, end: Place, width: float, colour: str) -> None:
    angle = math.atan2(end[1] - before[1], end[0] - before[0])
    size = 34
    for side in (2.55, -2.55):
        x, y = end[0] + size * math.cos(angle + side), end[1] + size * math.sin(angle + side)
        canvas.add(
            f'<path d="M{end[0]:.1f},{end[1]:.1f}L{x:.1f},{y:.1f}" stroke="{colour}" stroke-width="{width}" '
            'stroke-linecap="round"/>'
        )


def _props(props: tuple[Prop, ...], *, behind: bool) -> Image.Image:
    drawn = "".join(_prop(prop) for prop in props if prop.behind == behind)
    return svg_image(f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}">{drawn}</svg>')


def _prop(prop: Prop) -> str:
    (x, y), (wide, high) = prop.at, prop.size
    left, top = x - wide / 2, y - high / 2
    line = f'stroke="{INK}" stroke-width="6"'
    match prop.kind:
        case "ball":
            return (
                f'<circle cx="{x}" cy="{y}" r="{wide / 2}" fill="#D8A63A" {line}/>'
                f'<path d="M{left + wide * 0.22},{top + high * 0.3} Q{x},{top + high * 0.05} '
                f'{left + wide * 0.7},{top + high * 0.2}" fill="none" stroke="#fff" stroke-width="6" '
                'stroke-linecap="round" stroke-opacity=".8"/>'
            )
        case "wall":
            return f'<rect x="{left}" y="{top}" width="{wide}" height="{high}" fill="#D5CABD" {line}/>'
        case "mat":
            return (
                f'<rect x="{left}" y="{top}" width="{wide}" height="{high}" rx="36" fill="#B9C7BE" {line}/>'
            )
        case "pillow":
            return (
                f'<rect x="{left}" y="{top}" width="{wide}" height="{high}" rx="{min(wide, high) * 0.35}" '
                f'fill="#F4EFE6" {line}/>'
            )


def _scale(canvas: Canvas, words: dict[str, str], scale: Scale) -> None:
    """0 to 10 in a row: what is meant is filled, where to ease off has a thick rim."""
    left, cell, high = 145.0, 90.0, 92.0
    top, bottom = scale.y - high / 2, scale.y + high / 2
    canvas.add(
        f'<rect x="{left}" y="{top}" width="{11 * cell}" height="{high}" rx="26" fill="{HALO}" '
        f'stroke="{INK}" stroke-width="5"/>'
    )
    good = left + cell * scale.good[0], cell * (scale.good[1] - scale.good[0] + 1)
    canvas.add(
        f'<rect x="{good[0]}" y="{top}" width="{good[1]}" height="{high}" fill="#2F6B5E" stroke="{INK}" '
        'stroke-width="5"/>'
    )
    ease_off = left + cell * scale.ease_off
    canvas.add(
        f'<rect x="{ease_off + 3}" y="{top}" width="{cell}" height="{high}" fill="#fff" stroke="{ACCENT}" '
        'stroke-width="11"/>'
    )
    for value in range(11):
        colour = "#fff" if scale.good[0] <= value <= scale.good[1] else INK
        at = (left + cell * (value + 0.5), scale.y + 18)
        canvas.text(at, str(value), 52, colour=colour, weight=700, halo=False)
    canvas.text((good[0] + good[1] / 2, bottom + 66), words["comfortable"], 50, weight=700)
    canvas.text((ease_off + cell / 2, top - 34), words["ease_off"], 50, colour=ACCENT, weight=700)
