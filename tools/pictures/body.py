"""The base body: its shape targets, its skeleton, and posing by linear blend skinning."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence

import numpy as np

from tools.pictures.arrays import Floats, Ints, Point, unit
from tools.pictures.assets import Assets
from tools.pictures.mesh import Mesh

Pose = Mapping[str, Sequence[tuple[Point, float]]]
"""By bone: turns (axis in the rest frame, degrees), one after the other."""
_BODY_VERTICES = 13380
"""The first vertices of the file are the body; the others are joints and helpers of clothing."""
_CM = 10.0
"""The file counts in decimetres."""


class Body:
    """The mesh file, shaped. Coordinates inside are decimetres, as in the file; meshes come out in cm."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets
        vertices: list[list[float]] = []
        faces: list[list[int]] = []
        groups: dict[str, set[int]] = {}
        group = ""
        for line in io.TextIOWrapper(io.BytesIO(assets.read("3dobjs/base.obj"))):
            kind, *rest = line.split() or [""]
            if kind == "v":
                vertices.append([float(number) for number in rest[:3]])
            elif kind == "g":
                group = rest[0]
            elif kind == "f":
                face = [int(corner.split("/")[0]) - 1 for corner in rest]
                groups.setdefault(group, set()).update(face)
                if group == "body":
                    faces.append(face)
        self.v: Floats = np.array(vertices)
        self.faces: Ints = np.array(faces)
        self._groups = {name: np.array(sorted(members)) for name, members in groups.items()}
        rig = json.loads(assets.read("rigs/standard/rig.default.json"))
        self._bones = rig.get("bones", rig)
        self.bone_names = list(self._bones)
        self.weights = self._read_weights()

    def _read_weights(self) -> Floats:
        found = json.loads(self._assets.read("rigs/standard/weights.default.json"))["weights"]
        weights = np.zeros((_BODY_VERTICES, len(self.bone_names)), np.float32)
        for column, name in enumerate(self.bone_names):
            for vertex, weight in found.get(name, []):
                if vertex < _BODY_VERTICES:
                    weights[vertex, column] = weight
        return np.asarray(weights / np.maximum(weights.sum(1, keepdims=True), 1e-9))

    def apply(self, targets: Mapping[str, float]) -> None:
        """Move the vertices by shape targets, each with its weight."""
        for name, weight in targets.items():
            for line in self._assets.read(f"targets/{name}.target.gz").decode().splitlines():
                if line and line[0] != "#":
                    vertex, *move = line.split()
                    self.v[int(vertex)] += weight * np.array([float(number) for number in move[:3]])

    def joint(self, name: str) -> Point:
        """The middle of a joint at rest, cm."""
        return np.asarray(self.v[self._groups["joint-" + name]].mean(0) * _CM)

    def _head(self, bone: str) -> Point:
        spec = self._bones[bone]["head"]
        match spec["strategy"]:
            case "CUBE":
                found = self.v[self._groups[spec["cube_name"]]].mean(0)
            case "VERTEX":
                found = self.v[spec["vertex_index"]]
            case _:
                found = self.v[spec["vertex_indices"]].mean(0)
        return np.asarray(found)

    def transforms(self, pose: Pose) -> dict[str, Floats]:
        """The 4x4 matrix of each bone in a pose, for decimetres."""
        done: dict[str, Floats] = {}

        def place(name: str) -> Floats:
            if name in done:
                return done[name]
            parent = self._bones[name].get("parent")
            matrix = place(parent) if parent else np.eye(4)
            if name in pose:
                turn = np.eye(3)
                for axis, degrees in pose[name]:
                    turn = _rotation(axis, degrees) @ turn
                head = self._head(name)
                local = np.eye(4)
                local[:3, :3] = turn
                local[:3, 3] = head - turn @ head
                matrix = matrix @ local
            done[name] = matrix
            return matrix

        for name in self._bones:
            place(name)
        return done

    def posed(self, transforms: Mapping[str, Floats] | None = None) -> Mesh:
        """The mesh in cm, with its rest position as attribute ``rest``."""
        rest = self.v[:_BODY_VERTICES]
        v = rest.copy()
        if transforms is not None:
            matrices = np.stack([transforms[name] for name in self.bone_names])
            blended = np.einsum("vb,bij->vij", self.weights, matrices)
            v = np.einsum("vij,vj->vi", blended[:, :3, :3], rest) + blended[:, :3, 3]
        return Mesh(v * _CM, self.faces, {"rest": rest * _CM})


def carried(point: Point, transform: Floats) -> Point:
    """Where a bone of a pose carries a rest point (cm)."""
    return np.asarray((transform[:3, :3] @ (point / _CM) + transform[:3, 3]) * _CM)


def _rotation(axis: Point, degrees: float) -> Floats:
    x, y, z = unit(axis)
    angle = np.radians(degrees)
    k = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.asarray(np.eye(3) + np.sin(angle) * k + (1 - np.cos(angle)) * k @ k)
