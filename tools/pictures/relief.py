"""Bones, tendons and furrows on the smooth mesh: a height in cm for each vertex."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from tools.pictures.arrays import Floats, Point, unit
from tools.pictures.facts import Facing, Relief
from tools.pictures.figure import Figure

_NAMED = {
    "back": (0, 0, -1),
    "front": (0, 0, 1),
    "left": (1, 0, 0),
    "right": (-1, 0, 0),
    "down": (0, -1, 0),
}


def heights(figure: Figure, reliefs: Iterable[Relief]) -> Floats:
    """How far each vertex of the drawn mesh is moved along its normal. Both sides alike."""
    mesh = figure.fine_rest()
    side = np.sign(mesh.v[:, 0]) + (mesh.v[:, 0] == 0)
    folded = np.column_stack([np.abs(mesh.v[:, 0]), mesh.v[:, 1:]])
    normals = mesh.normals()
    normals[:, 0] *= side
    total = np.zeros(len(folded))
    for relief in reliefs:
        points = [figure.spot(spot) for spot in relief.along]
        low, high = np.min(points, 0) - 4 * relief.radius, np.max(points, 0) + 4 * relief.radius
        near = np.nonzero(((folded >= low) & (folded <= high)).all(1))[0]
        weight = _falloff(folded[near], points, relief.radius)
        if relief.facing is not None:
            weight *= np.clip(normals[near] @ _direction(figure, relief.facing) * 2, 0, 1)
        total[near] += relief.height * weight
    return total


def _direction(figure: Figure, facing: Facing) -> Point:
    if facing == "hand_dorsal":
        return figure.frames.dorsal
    if facing == "forearm_palmar":
        return -figure.frames.arm_dorsal
    return unit(_NAMED[facing] if isinstance(facing, str) else facing)


def _falloff(vertices: Floats, points: Sequence[Point], radius: float) -> Floats:
    """1 on the line through the points, less away from it and towards its ends."""
    if len(points) == 1:
        return np.asarray(np.exp(-0.5 * (np.linalg.norm(vertices - points[0], axis=1) / radius) ** 2))
    lengths = [float(np.linalg.norm(b - a)) for a, b in pairwise(points)]
    nearest = np.full(len(vertices), np.inf)
    along = np.zeros(len(vertices))
    before = 0.0
    for (a, b), length in zip(pairwise(points), lengths, strict=True):
        ab = b - a
        t = np.clip(((vertices - a) @ ab) / max(float(ab @ ab), 1e-9), 0, 1)
        distance = np.linalg.norm(vertices - (a + t[:, None] * ab), axis=1)
        closer = distance < nearest
        nearest[closer] = distance[closer]
        along[closer] = (before + t[closer] * length) / sum(lengths)
        before += length
    ends = np.clip(np.minimum(along, 1 - along) / 0.25, 0, 1)
    return np.asarray(np.exp(-0.5 * (nearest / radius) ** 2) * ends)
