"""The shapes of the facts behind pictures that show more than one point: techniques, routines, regions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tools.pictures.facts import Fact, Length, Note, Offset, Spot, Vector


class Hand(Fact):
    """A drawing of the figure's own left hand, laid over a view. Vectors use the axes of the hand."""

    pose: str
    eye: Vector
    up: Vector
    anchor: Vector | Literal["thumb_tip"]
    """What touches the body."""
    fade: tuple[float, float] = (7, 15)
    """Where the forearm fades out, cm from the wrist."""
    light: Vector = (-0.45, 0.55, 0.70)


class PlacedHand(Fact):
    """A hand on a spot, turned by degrees clockwise."""

    hand: str
    spot: Spot
    degrees: float = 0
    mirrored: bool = False
    shift: Offset = (0, 0)
    behind: bool = False
    """Only what lies on the body is drawn: the rest of the hand is beyond its rim."""


class Arrow(Fact):
    """How a hand moves: a circle of ``radius`` cm, or a stroke along spots."""

    kind: Literal["circle", "stroke", "both_ways"]
    along: Annotated[tuple[Spot, ...], Field(min_length=1)]
    radius: float = 4
    shift: Offset = (0, 0)


class Prop(Fact):
    """A thing beside the body: its middle, and how wide and high it is, in pixels."""

    kind: Literal["ball", "wall", "mat", "pillow"]
    at: tuple[float, float]
    size: tuple[float, float]
    behind: bool = False


class Scale(Fact):
    """The 0 to 10 scale of pressure: from where to where is meant, and where to ease off."""

    good: tuple[int, int]
    ease_off: int
    y: float


class Scene(Fact):
    """A picture of a technique or of a way to reach a point."""

    view: str
    shapes: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    markers: tuple[Spot, ...] = ()
    hands: tuple[PlacedHand, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    notes: tuple[Note, ...] = ()
    props: tuple[Prop, ...] = ()
    words: tuple[tuple[str, Offset, float], ...] = ()
    """Words of the language, where their middle stands, and their size in pixels."""
    badges: tuple[tuple[str, Spot, Offset], ...] = ()
    scale: Scale | None = None
    nails: Literal["fingers", "toes"] | None = None


class Area(Fact):
    """A region of the menu: a band of the body between two heights, and where its name stands."""

    sides: Annotated[tuple[Literal["front", "back"], ...], Field(min_length=1)]
    low: Length
    high: Length
    label: tuple[float, float]
    """Pixels of the name's middle."""
    towards: tuple[Literal["front", "back"], float, float]
    """Where the line from the name ends: the body's side, and x and y in cm."""


class BodyMap(Fact):
    """The whole body from the front and from behind, for routines and for the menu of regions."""

    areas: dict[str, Area]
    whole_body_label: tuple[float, float]
    steps: dict[str, dict[Literal["front", "back"], Spot]]
    """Where a technique is marked when a routine uses it without a point."""
    sides: dict[str, Literal["front", "back"]]
    """Points that are better seen from the other side than their own view says."""
