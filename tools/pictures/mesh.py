"""A mesh of four-cornered faces, and Catmull-Clark subdivision."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tools.pictures.arrays import Floats, Ints


@dataclass
class Mesh:
    """``v``: (n, 3) in cm. ``quads``: (m, 4) indices. ``attr``: values per vertex, subdivided as well."""

    v: Floats
    quads: Ints
    attr: dict[str, Floats] = field(default_factory=dict)

    def subdivided(self, times: int = 1) -> Mesh:
        """The mesh with each face cut into four, ``times`` over."""
        mesh = self
        for _ in range(times):
            mesh = _catmull_clark(mesh)
        return mesh

    def normals(self) -> Floats:
        """Unit normals per vertex, weighted by area."""
        q, v = self.quads, self.v
        faces = np.cross(v[q[:, 2]] - v[q[:, 0]], v[q[:, 3]] - v[q[:, 1]])
        n = np.zeros_like(v)
        for k in range(4):
            np.add.at(n, q[:, k], faces)
        return np.asarray(n / np.maximum(np.linalg.norm(n, axis=1, keepdims=True), 1e-12))


def triangles(quads: Ints) -> Ints:
    """Two triangles for each face."""
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def _catmull_clark(mesh: Mesh) -> Mesh:
    q = mesh.quads
    n, f = len(mesh.v), len(q)
    edges = np.concatenate([np.sort(q[:, [k, (k + 1) % 4]], axis=1) for k in range(4)])
    face_of = np.tile(np.arange(f), 4)
    key = edges[:, 0].astype(np.int64) * n + edges[:, 1]
    unique, inverse, count = np.unique(key, return_inverse=True, return_counts=True)
    e = len(unique)
    ends = np.stack([unique // n, unique % n], 1)
    border = count == 1
    on_border = np.zeros(n, bool)
    on_border[ends[border].ravel()] = True
    faces_at = np.bincount(q.ravel(), minlength=n).astype(float)
    edges_at = np.bincount(ends.ravel(), minlength=n).astype(float)

    def refined(x: Floats) -> Floats:
        face_points = x[q].mean(1)
        middles = x[ends].mean(1)
        beside = np.zeros((e, x.shape[1]))
        np.add.at(beside, inverse, face_points[face_of])
        edge_points = np.where(border[:, None], middles, (middles * 2 + beside) / (2 + count[:, None]))
        around = np.zeros_like(x, dtype=float)
        for k in range(4):
            np.add.at(around, q[:, k], face_points)
        around /= np.maximum(faces_at, 1)[:, None]
        along = np.zeros_like(around)
        np.add.at(along, ends[:, 0], middles)
        np.add.at(along, ends[:, 1], middles)
        along /= np.maximum(edges_at, 1)[:, None]
        valence = np.maximum(edges_at, 3)[:, None]
        points = (around + 2 * along + (valence - 3) * x) / valence
        if on_border.any():
            rim = np.zeros_like(around)
            rims = np.zeros(n)
            for side in (0, 1):
                np.add.at(rim, ends[border][:, side], middles[border])
                np.add.at(rims, ends[border][:, side], 1)
            points[on_border] = ((rim / np.maximum(rims, 1)[:, None] + x) / 2)[on_border]
        return np.concatenate([points, edge_points, face_points])

    edge_ids = inverse.reshape(4, f) + n
    centre = np.arange(f) + n + e
    quads = np.concatenate(
        [np.stack([q[:, k], edge_ids[k], centre, edge_ids[(k - 1) % 4]], 1) for k in range(4)]
    )
    return Mesh(refined(mesh.v), quads, {name: refined(x) for name, x in mesh.attr.items()})
