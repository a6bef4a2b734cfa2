"""The picture of one point: the body, landmarks, ruler, both markers, and where on the body that is."""

from __future__ import annotations

import numpy as np
from PIL import Image

from tools.pictures import fingers, marks
from tools.pictures.arrays import Floats, Point, unit
from tools.pictures.canvas import ACCENT, SAFE, SIZE, Box, Canvas, collisions
from tools.pictures.facts import PointPicture, Shape, Spot
from tools.pictures.inset import INSET, inset_picture
from tools.pictures.stage import Shot, Stage
from tools.pictures.surfaces import Ray

BACKGROUND = (250, 246, 240)
_MARGIN = 24


class Crowded(ValueError):
    """Words of a picture cannot be read."""


def point_picture(stage: Stage, code: str) -> Image.Image:
    """The finished picture. Raises ``Crowded`` when words collide or leave the safe area."""
    picture = stage.content.points[code]
    view = stage.content.views[picture.view]
    shot = stage.shot(view)
    canvas = Canvas(shot.camera)
    scenery(stage, canvas, shot, picture)
    at = _markers(stage, canvas, shot, code)
    marks.pill(canvas, at, code, picture.label)
    inset = inset_box(picture.inset)
    crowded = collisions(canvas, inset)
    if crowded:
        raise Crowded(f"{code}: " + "; ".join(crowded))
    image = on_background(shot.image)
    image.alpha_composite(canvas.image())
    image.alpha_composite(
        inset_picture(stage, view, picture.spot, code in stage.content.paired),
        (int(inset[0]), int(inset[1])),
    )
    return image.convert("RGB")


def press_background(stage: Stage, code: str) -> tuple[Image.Image, Shot, tuple[float, float]]:
    """The picture without ruler and words, for the pressing loop; its view; and the marker's pixels."""
    picture = stage.content.points[code]
    shot = stage.shot(stage.content.views[picture.view])
    canvas = Canvas(shot.camera)
    scenery(stage, canvas, shot, picture.model_copy(update={"rulers": (), "notes": (), "brackets": ()}))
    at = _markers(stage, canvas, shot, code)
    image = on_background(shot.image)
    image.alpha_composite(canvas.image())
    return image, shot, canvas.xy(at)


def on_background(body: Image.Image) -> Image.Image:
    """The body on the calm ground of all pictures."""
    image = Image.new("RGBA", body.size, (*BACKGROUND, 255))
    image.alpha_composite(body)
    return image


def inset_box(corner: str) -> Box:
    """Where the small body stands, within the safe area."""
    wide, high = INSET
    x = SAFE + _MARGIN if "left" in corner else SIZE - SAFE - _MARGIN - wide
    y = _MARGIN if "top" in corner else SIZE - _MARGIN - high
    return (x, y, x + wide, y + high)


def _markers(stage: Stage, canvas: Canvas, shot: Shot, code: str) -> Point:
    picture = stage.content.points[code]
    at = shot.place(picture.spot)
    for other, offset in picture.neighbours:
        marks.neighbour(canvas, shot.place(stage.content.points[other].spot), other, offset)
    if stage.content.views[picture.view].trunk and code in stage.content.paired:
        marks.marker(canvas, at * np.array([-1, 1, 1]), other_side=True)
    marks.marker(canvas, at)
    return at


def scenery(stage: Stage, canvas: Canvas, shot: Shot, picture: PointPicture) -> None:
    """Everything around the markers."""
    words, measures = stage.content.words, stage.figure.measures
    for name in picture.shapes:
        shape(canvas, shot, stage.content.shapes[name])
    for level in picture.vertebrae:
        lumbar = level[0] == "L"
        # The level is the lower border of the bone, so its middle is a little higher.
        middle = measures.cm(level) + (1.2 if lumbar else 0.9)
        size = (1.2, 1.75) if lumbar else (0.95, 1.35)
        marks.vertebra(canvas, shot.place(("back", 0, middle)), *size, level in picture.strong)
    if picture.nails:
        nails(canvas, shot, picture.nails)
    for line in picture.lines:
        marks.measured(canvas, [shot.place(spot) for spot in line.along], line.ticks)
    for ruler in picture.rulers:
        fingers.draw(
            canvas, shot.place(ruler.start), shot.place(ruler.towards), ruler, stage.figure.facts.fingers
        )
    for bracket in picture.brackets:
        marks.bracket(canvas, [shot.place(spot) for spot in bracket.spots], bracket.x, bracket.words)
    for line in picture.lines:
        for word, spot, (dx, dy) in line.words:
            x, y = canvas.xy(shot.place(spot))
            canvas.text((x + dx, y + dy), words.get(word, word), 52, colour=ACCENT, weight=700)
    for note in picture.notes:
        marks.note(
            canvas,
            shot.place(note.spot),
            words.get(note.word, note.word),
            note.offset,
            note.size,
            note.dot,
            note.leader,
        )


def shape(canvas: Canvas, shot: Shot, drawn: Shape) -> None:
    """A landmark, on one side or on both."""
    for side in (1, -1) if drawn.both_sides else (1,):
        spots = [_mirrored(spot, side) for spot in drawn.along]
        places = [shot.place(spot) for spot in spots]
        match drawn.kind:
            case "outline" | "line":
                marks.outline(canvas, places, closed=drawn.kind == "outline")
            case "crease":
                canvas.curve(places, width=4.6, opacity=0.75)
            case "guide":
                canvas.curve(places, width=7, colour="#fff", opacity=0.7)
                canvas.curve(places, width=3.4, dash="13 11", opacity=0.75)
            case "bone":
                marks.long_bone(canvas, places[0], places[1], drawn.widths or (1, 1))
            case "ring":
                marks.ring(canvas, places[0], drawn.radius or 1)


def _mirrored(spot: Spot, side: int) -> Spot:
    surface, a, b = spot
    if side > 0:
        return spot
    if isinstance(a, str):
        raise ValueError(f"a shape on both sides needs numbers, not {a!r}")
    return (surface, -a, b)


def nails(canvas: Canvas, shot: Shot, which: str) -> None:
    """The nails of the left hand or foot."""
    for rim in _finger_nails(shot) if which == "fingers" else _toe_nails(shot):
        marks.nail(canvas, rim)


_NAIL = (
    (-0.8, 0.05),
    (-0.95, 0.5),
    (-0.62, 0.92),
    (0, 1.04),
    (0.62, 0.92),
    (0.95, 0.5),
    (0.8, 0.05),
    (0, -0.10),
)


def _finger_nails(shot: Shot) -> list[list[Point]]:
    figure, found = shot.figure, []
    hand: Floats = figure.rest.v[figure.rest.attr["part"][:, figure.parts["hand.L"]] > 0.5]
    for finger, wanted in ((2, 0.60), (3, 0.62), (4, 0.58), (5, 0.48)):
        joint, end = figure.joint(f"l-finger-{finger}-3"), figure.joint(f"l-finger-{finger}-4")
        along = unit(end - joint)
        across = unit(np.cross(along, figure.frames.dorsal))
        outwards = np.asarray(np.cross(across, along))
        length = float(np.linalg.norm(end - joint))
        d = hand - joint
        t = d @ along
        aside = np.linalg.norm(d - t[:, None] * along, axis=1)
        tip = d[(t > 0.35 * length) & (t < 1.1 * length) & (aside < 1.3)]
        middle = ((tip @ across).min() + (tip @ across).max()) / 2
        width = min(wanted, 0.74 * float(np.ptp(tip @ across)) / 2)
        top = float((tip @ along).max()) - 0.18
        base = top - 2.0 * width
        rim = []
        for u, v in _NAIL:
            q = joint + along * (base + (top - base) * v) + across * (middle + u * width)
            bound = figure.hit(Ray(q + outwards * 6, -outwards, "hand.L"))
            rim.append(figure.at(bound, shot.posed.coarse))
        found.append(rim)
    return found


def _toe_nails(shot: Shot) -> list[list[Point]]:
    found = []
    for toe, last, width in ((1, 3, 0.72), (2, 4, 0.42), (3, 4, 0.40), (4, 4, 0.38), (5, 4, 0.34)):
        tip = shot.figure.joint(f"l-toe-{toe}-{last}")
        top = tip[2] - 0.25
        base = top - (1.25 if toe == 1 else 0.75)
        found.append(
            [
                shot.place(("foot_top", float(tip[0] + u * width), float(base + (top - base) * v)))
                for u, v in _NAIL
            ]
        )
    return found
