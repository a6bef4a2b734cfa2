"""The figure that all pictures share: one body, its relief, its poses, and spots on its skin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tools.pictures.arrays import Bools, Floats, Point, unit
from tools.pictures.assets import Assets
from tools.pictures.body import Body, Pose, carried
from tools.pictures.facts import Axis, Spot
from tools.pictures.facts import Figure as FigureFacts
from tools.pictures.measures import Measures
from tools.pictures.mesh import Mesh, triangles
from tools.pictures.surfaces import Frames, Ray, ray

_PARTS = {
    "arm": ("upperarm", "lowerarm", "wrist", "finger", "metacarpal"),
    "hand": ("wrist", "finger", "metacarpal"),
    "leg": ("upperleg", "lowerleg", "foot", "toe"),
    "shank": ("lowerleg", "foot", "toe"),
    "foot": ("foot", "toe"),
    **{f"finger{k}": (f"finger{k}",) for k in range(1, 6)},
}
"""Parts of the body by the beginnings of their bones' names."""
_LEVEL = 2
"""How often the drawn mesh is subdivided; spots are looked up after the first time."""


@dataclass(frozen=True)
class Binding:
    """A place on the skin that follows every pose: a triangle and two weights."""

    triangle: int
    u: float
    v: float


@dataclass(frozen=True)
class Posed:
    """The figure in a pose: the coarse mesh that carries bindings, and the bones' transforms."""

    coarse: Mesh
    transforms: Mapping[str, Floats]


class Figure:
    """The figure at rest, in cm."""

    def __init__(self, assets: Assets, facts: FigureFacts) -> None:
        self.facts = facts
        self.measures = Measures(facts)
        self.body = Body(assets)
        self.body.apply(facts.shape)
        self.frames = Frames.of(self.body)
        self.parts: dict[str, int] = {}
        self._rest = self.body.posed()
        self._rest.attr["part"] = self._part_weights()
        self.rest = self._rest.subdivided()
        self.triangles = triangles(self.rest.quads)
        corners = self.rest.v[self.triangles]
        self._centers = corners.mean(1)
        self._radius2 = ((corners - self._centers[:, None]) ** 2).sum(2).max(1) * 1.01 + 1e-9
        self._in_part = self.rest.attr["part"][self.triangles].mean(1) > 0.5
        self._poses: dict[str, Posed] = {}

    def _part_weights(self) -> Floats:
        columns: list[Floats] = []
        for part, beginnings in _PARTS.items():
            for side in ("L", "R"):
                bones = [
                    column
                    for column, name in enumerate(self.body.bone_names)
                    if name.startswith(beginnings) and name.endswith("." + side)
                ]
                self.parts[f"{part}.{side}"] = len(columns)
                columns.append(self.body.weights[:, bones].sum(1))
        return np.stack(columns, 1).astype(float)

    def joint(self, name: str) -> Point:
        """The middle of a joint at rest."""
        return self.body.joint(name)

    def bind(self, spot: Spot) -> Binding:
        """A spot of the content on the skin."""
        surface, a, b = spot
        return self.hit(ray(self.frames, surface, self.measures.cm(a), self.measures.cm(b)))

    def hit(self, towards: Ray) -> Binding:
        """The first place of the skin that a ray meets. Raises ``ValueError`` when it misses."""
        direction = unit(towards.direction)
        near = self._centers - towards.origin
        aside = near - (near @ direction)[:, None] * direction
        candidates = (aside * aside).sum(1) < self._radius2
        if towards.part:
            candidates &= self._in_part[:, self.parts[towards.part]]
        ids = np.nonzero(candidates)[0]
        a, b, c = (self.rest.v[self.triangles[ids, k]] for k in range(3))
        e1, e2 = b - a, c - a
        h = np.cross(direction, e2)
        det = (e1 * h).sum(1)
        inverse = np.where(np.abs(det) > 1e-12, 1 / np.where(np.abs(det) > 1e-12, det, 1), 0)
        s = towards.origin - a
        u = (s * h).sum(1) * inverse
        q = np.cross(s, e1)
        v = (q @ direction) * inverse
        distance = (e2 * q).sum(1) * inverse
        good = (np.abs(det) > 1e-12) & (u >= -1e-9) & (v >= -1e-9) & (u + v <= 1 + 1e-9) & (distance > 1e-6)
        if not good.any():
            raise ValueError(f"no skin at {towards}")
        hits = np.nonzero(good)[0]
        first = hits[np.argmin(distance[hits])]
        return Binding(int(ids[first]), float(u[first]), float(v[first]))

    def at(self, binding: Binding, mesh: Mesh | None = None) -> Point:
        """Where a bound place is on a posed coarse mesh (at rest when there is none)."""
        vertices = (mesh or self.rest).v
        a, b, c = vertices[self.triangles[binding.triangle]]
        return np.asarray(a + binding.u * (b - a) + binding.v * (c - a))

    def spot(self, spot: Spot) -> Point:
        """A spot at rest."""
        return self.at(self.bind(spot))

    def axis(self, name: Axis) -> Point:
        """The direction of a named axis at rest."""
        if name.startswith("curl_"):
            finger = name.removeprefix("curl_")
            along = self.joint(f"l-finger-{finger}-4") - self.joint(f"l-finger-{finger}-1")
            return unit(np.cross(along, self.frames.dorsal))
        if name == "hand_dorsal":
            return self.frames.dorsal
        return np.array({"front": (0, 0, 1), "left": (1, 0, 0)}[name], float)

    def pose(self, name: str) -> Posed:
        """A pose of the content."""
        if name not in self._poses:
            turns: dict[str, list[tuple[Point, float]]] = {}
            for bone, axis, degrees in self.facts.poses[name]:
                turns.setdefault(bone, []).append((self.axis(axis), degrees))
            self._poses[name] = self._posed(turns)
        return self._poses[name]

    def _posed(self, pose: Pose) -> Posed:
        transforms = self.body.transforms(pose)
        mesh = self.body.posed(transforms)
        mesh.attr["part"] = self._rest.attr["part"]
        return Posed(mesh.subdivided(), transforms)

    def carried_joint(self, posed: Posed, joint: str, bone: str) -> Point:
        """Where a pose carries a joint with a bone."""
        return carried(self.joint(joint), posed.transforms[bone])

    def fine(self, posed: Posed, relief: Floats) -> Mesh:
        """The mesh that is drawn: finer, with the relief on it."""
        mesh = posed.coarse.subdivided(_LEVEL - 1)
        mesh.v = mesh.v + mesh.normals() * relief[:, None]
        return mesh

    def fine_rest(self) -> Mesh:
        """The mesh at rest, as fine as the drawn one, without relief."""
        return self.rest.subdivided(_LEVEL - 1)

    def faces_of(self, mesh: Mesh, parts: tuple[str, ...], above: float) -> Bools:
        """The faces that belong to any of the parts."""
        share = mesh.attr["part"][mesh.quads].mean(1)
        return np.asarray(np.any([share[:, self.parts[part]] > above for part in parts], axis=0))

    def finger_widths(self) -> dict[str, float]:
        """Widths of the left hand's fingers across their middle joints, cm, as the names of ``Fingers``."""
        width = {}
        for finger in range(1, 6):
            joint, end = (self.joint(f"l-finger-{finger}-{k}") for k in ((3, 4) if finger == 1 else (2, 3)))
            along = unit(end - joint)
            dorsal = (
                self.frames.dorsal if finger > 1 else 0.85 * self.frames.dorsal + 0.5 * self.frames.radial
            )
            across = unit(np.cross(along, dorsal))
            own = self.rest.attr["part"][:, self.parts[f"finger{finger}.L"]] > 0.5
            d = self.rest.v[own] - joint
            width[finger] = float(np.ptp(d[np.abs(d @ along) < 0.4] @ across))
        return {
            "thumb": width[1],
            "two_fingers": width[2] + width[3],
            "three_fingers": width[2] + width[3] + width[4],
            "four_fingers": width[2] + width[3] + width[4] + width[5],
        }
