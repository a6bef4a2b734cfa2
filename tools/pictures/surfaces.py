"""How a named surface and two coordinates become a ray that meets the skin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tools.pictures.arrays import Point, unit
from tools.pictures.body import Body
from tools.pictures.facts import Surface

_FAR = 60.0


@dataclass(frozen=True)
class Frames:
    """The axes of the left hand and forearm at rest, from the wrist joint."""

    wrist: Point
    radial: Point
    distal: Point
    dorsal: Point
    arm_distal: Point
    arm_dorsal: Point
    arm_radial: Point

    @classmethod
    def of(cls, body: Body) -> Frames:
        """Measured between joints."""
        wrist, index, little, middle, elbow = (
            body.joint(name) for name in ("l-hand", "l-finger-2-1", "l-finger-5-1", "l-finger-3-1", "l-elbow")
        )
        distal = unit(middle - wrist)
        dorsal = unit(np.cross(index - wrist, little - wrist))
        arm_distal = unit(wrist - elbow)
        arm_dorsal = unit(dorsal - (dorsal @ arm_distal) * arm_distal)
        return cls(
            wrist=wrist,
            radial=np.asarray(np.cross(distal, dorsal)),
            distal=distal,
            dorsal=dorsal,
            arm_distal=arm_distal,
            arm_dorsal=arm_dorsal,
            arm_radial=np.asarray(np.cross(arm_distal, arm_dorsal)),
        )

    def hand(self, radial: float, distal: float, dorsal: float) -> Point:
        """A place by the axes of the hand."""
        return np.asarray(self.wrist + radial * self.radial + distal * self.distal + dorsal * self.dorsal)

    def forearm(self, radial: float, proximal: float, dorsal: float) -> Point:
        """A place by the axes of the forearm."""
        return np.asarray(
            self.wrist + radial * self.arm_radial - proximal * self.arm_distal + dorsal * self.arm_dorsal
        )


@dataclass(frozen=True)
class Ray:
    """Where to look from, which way, and on which part of the body (none: all of it)."""

    origin: Point
    direction: Point
    part: str | None = None


def ray(frames: Frames, surface: Surface, a: float, b: float) -> Ray:
    """The ray that finds a spot of a surface.

    Coordinates are x and y on ``back``, ``front`` and the leg's front and back; x and z on ``top``, ``sole``
    and ``foot_top``; y and z on the sides; towards the thumb and towards the fingertips on the hand; towards
    the thumb and towards the elbow on the forearm. On ``hand_edge``: towards the fingertips, towards the back
    of the hand. Over and along the head: degrees from the crown (to the left, or to the front) and the z or
    the x of the plane.
    """
    rays: dict[Surface, Callable[[], Ray]] = {
        "back": lambda: _ray((a, b, -_FAR), (0, 0, 1)),
        "front": lambda: _ray((a, b, _FAR), (0, 0, -1)),
        "top": lambda: _ray((a, 120, b), (0, -1, 0)),
        "side_left": lambda: _ray((80, a, b), (-1, 0, 0)),
        "side_right": lambda: _ray((-80, a, b), (1, 0, 0), "leg.R"),
        "leg_front": lambda: _ray((a, b, _FAR), (0, 0, -1), "leg.L"),
        "leg_back": lambda: _ray((a, b, -_FAR), (0, 0, 1), "leg.L"),
        "leg_outer": lambda: _ray((80, a, b), (-1, 0, 0), "leg.L"),
        "leg_inner": lambda: _ray((-20, a, b), (1, 0, 0), "leg.L"),
        "sole": lambda: _ray((a, -120, b), (0, 1, 0), "foot.L"),
        "foot_top": lambda: _ray((a, -60, b), (0, -1, 0), "foot.L"),
        "hand_back": lambda: Ray(frames.hand(a, b, 20), -frames.dorsal, "arm.L"),
        "palm": lambda: Ray(frames.hand(a, b, -20), frames.dorsal, "arm.L"),
        "hand_edge": lambda: Ray(frames.hand(-20, a, b), frames.radial, "arm.L"),
        "forearm_inner": lambda: Ray(frames.forearm(a, b, -20), frames.arm_dorsal, "arm.L"),
        "forearm_outer": lambda: Ray(frames.forearm(a, b, 20), -frames.arm_dorsal, "arm.L"),
        "over_the_head": lambda: _around((0, 78, b), (np.sin(np.radians(a)), np.cos(np.radians(a)), 0)),
        "along_the_head": lambda: _around((b, 76, 4.3), (0, np.cos(np.radians(a)), np.sin(np.radians(a)))),
    }
    return rays[surface]()


def _ray(
    origin: tuple[float, float, float], direction: tuple[float, float, float], part: str | None = None
) -> Ray:
    return Ray(np.array(origin, float), np.array(direction, float), part)


def _around(center: tuple[float, float, float], outwards: tuple[float, float, float]) -> Ray:
    direction = np.array(outwards, float)
    return Ray(np.array(center, float) + 40 * direction, -direction)
