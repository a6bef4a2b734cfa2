"""The shapes of the facts in ``content/pictures``. A misspelt field is a fault and not a silent loss."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Surface = Literal[
    "back",
    "front",
    "top",
    "side_left",
    "side_right",
    "leg_front",
    "leg_back",
    "leg_outer",
    "leg_inner",
    "sole",
    "foot_top",
    "hand_back",
    "palm",
    "hand_edge",
    "forearm_inner",
    "forearm_outer",
    "over_the_head",
    "along_the_head",
]
"""From where a place is looked up on the skin; ``surfaces.py`` says what the coordinates mean."""
Length = float | str
"""cm, or a sum of named lengths such as ``"navel - two_fingers"``."""
Spot = tuple[Surface, Length, Length]
Offset = tuple[float, float]
"""Pixels of the finished picture: to the right, and down."""
Vector = tuple[float, float, float]
Corner = Literal["top_left", "top_right", "bottom_left", "bottom_right"]
Axis = Literal["front", "left", "hand_dorsal", "curl_2", "curl_3", "curl_4", "curl_5"]
"""``curl_2`` is the axis about which the index finger bends, and so on to the little finger."""
Facing = Literal["back", "front", "left", "right", "down", "hand_dorsal", "forearm_palmar"] | Vector


class Fact(BaseModel):
    """A piece of content."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Fingers(Fact):
    """Widths of the figure's own fingers, cm."""

    thumb: float
    two_fingers: float
    three_fingers: float
    four_fingers: float


class Figure(Fact):
    """``body.toml``."""

    shape: dict[str, float]
    fingers: Fingers
    levels: dict[str, float]
    cun: dict[str, float]
    poses: dict[str, tuple[tuple[str, Axis, float], ...]]


class Relief(Fact):
    """A ridge, furrow, bump or hollow along points of the skin; radius and height in cm."""

    along: Annotated[tuple[Spot, ...], Field(min_length=1)]
    radius: float
    height: float
    facing: Facing | None = None


class View(Fact):
    """A camera on the figure. ``width`` is cm across the picture; vectors use the axes of ``frame``."""

    frame: Literal["body", "hand", "forearm"] = "body"
    center: Vector
    eye: Vector
    up: Vector = (0, 1, 0)
    width: Annotated[float, Field(gt=0)]
    pose: str = "rest"
    keep: tuple[str, ...] = ()
    """Parts of the body that are drawn; all when empty."""
    keep_above: float = 0.5
    without: tuple[str, ...] = ()
    shorts: tuple[float, float] | None = None
    """Heights of waistband and hem."""
    light: Vector = (-0.45, 0.55, 0.70)
    crease: float = 1.0
    inset: Literal["front", "back"] = "back"
    trunk: bool = False
    """The view is centred on the midline, so both sides are in it."""


class Shape(Fact):
    """A landmark drawn on the skin: the outline of a bone, a tendon, a crease."""

    kind: Literal["outline", "line", "crease", "guide", "bone", "ring"]
    along: Annotated[tuple[Spot, ...], Field(min_length=1)]
    both_sides: bool = False
    widths: tuple[float, float] | None = None
    """Of a bone's two ends, cm."""
    radius: float | None = None
    """Of a ring, cm."""


class Note(Fact):
    """A landmark's name beside it. ``word`` stands in the words of the language."""

    word: str
    spot: Spot
    offset: Offset
    dot: bool = True
    leader: bool = True
    size: float = 42


class Ruler(Fact):
    """The figure's own fingers, laid side by side from ``start`` towards ``towards``."""

    fingers: Literal["thumb", "two_fingers", "three_fingers", "four_fingers"]
    start: Spot
    towards: Spot
    hand: Literal["left", "right"]
    """From which side of the way the hand comes in."""
    reach: float = 0.32
    """How far the tips reach over the line, in finger lengths."""
    length: float = 4.2


class Line(Fact):
    """A measured line through spots, with words such as a fraction beside its parts."""

    along: Annotated[tuple[Spot, ...], Field(min_length=2)]
    ticks: bool = False
    words: tuple[tuple[str, Spot, Offset], ...] = ()


class Bracket(Fact):
    """Heights of a few spots carried to a scale beside the body, with words between them."""

    spots: Annotated[tuple[Spot, ...], Field(min_length=2)]
    x: float
    words: tuple[str, ...]


class Press(Fact):
    """How the hand of the loop comes in. It has to be the hand that the point's page speaks of."""

    hand: str = "thumb"
    degrees: float
    mirrored: bool = False
    shift: Offset = (0, 0)
    """From the marker to where the hand's anchor goes."""
    behind: bool = False
    """Only what lies on the body is drawn: the rest of the hand is beyond its rim."""


class PointPicture(Fact):
    """Where a point is and what is drawn around it."""

    view: str
    spot: Spot
    label: Offset
    inset: Corner = "bottom_left"
    vertebrae: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    rulers: tuple[Ruler, ...] = ()
    lines: tuple[Line, ...] = ()
    brackets: tuple[Bracket, ...] = ()
    neighbours: tuple[tuple[str, Offset], ...] = ()
    """Points that are mistaken for this one, and where their codes stand."""
    nails: Literal["fingers", "toes"] | None = None
    press: Press | None = None


class Claim(Fact):
    """A number in the written location of a point. Fields are explained in ``placement.toml``."""

    what: str
    along: Literal["across", "down", "forward", "apart", "share"]
    start: Spot | str
    end: Spot | str | None = None
    written: float | None = None
    unit: str | None = None
    hidden: bool = False
