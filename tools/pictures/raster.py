"""A small software rasteriser: orthographic z-buffer in numpy, so that a build needs no graphics system."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.pictures.arrays import Bools, Floats, Ints, Point, unit

_MOST_CELLS = 6_000_000
"""How many pixels are looked at together; more is faster and takes more memory."""


@dataclass(frozen=True)
class Camera:
    """Orthographic. ``eye`` points from the subject to the viewer; ``width`` is cm across the picture."""

    center: Point
    eye: Point
    up: Point
    width: float
    size: tuple[int, int]
    """Pixels, wide and high."""

    def basis(self) -> tuple[Point, Point, Point]:
        """Unit vectors to the right, up and towards the viewer."""
        forward = unit(self.eye)
        right = unit(np.cross(self.up, forward))
        return right, np.asarray(np.cross(forward, right)), forward

    @property
    def pixels_per_cm(self) -> float:
        """The scale."""
        return self.size[0] / self.width

    def project(self, points: Floats, oversampling: int = 1) -> Floats:
        """Pixels to the right, pixels down, and depth in cm (larger is further)."""
        right, up, forward = self.basis()
        d = np.asarray(points, float) - self.center
        scale = self.pixels_per_cm * oversampling
        x = d @ right * scale + self.size[0] * oversampling / 2
        y = -(d @ up) * scale + self.size[1] * oversampling / 2
        return np.stack([x, y, -(d @ forward)], -1)


@dataclass(frozen=True)
class Buffer:
    """What stands at each pixel: the triangle (-1: none), its two weights, and the depth in cm."""

    triangle: Ints
    weights: Floats
    depth: Floats

    @property
    def covered(self) -> Bools:
        """Where there is a body."""
        return np.asarray(self.triangle >= 0)


def rasterise(projected: Floats, triangles: Ints, width: int, height: int) -> Buffer:
    """Draw triangles that face the viewer into a buffer of ``width`` x ``height`` pixels."""
    a, b, c = (projected[triangles[:, k]] for k in range(3))
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    low, high = np.minimum(np.minimum(a, b), c), np.maximum(np.maximum(a, b), c)
    inside = (high[:, 0] > 0) & (low[:, 0] < width) & (high[:, 1] > 0) & (low[:, 1] < height)
    # Rows grow downwards, so a triangle that is counter-clockwise in the world has a negative area here.
    ids = np.nonzero(inside & (area < -1e-9))[0]
    x0 = np.maximum(np.floor(low[ids, 0] - 0.5).astype(int), 0)
    y0 = np.maximum(np.floor(low[ids, 1] - 0.5).astype(int), 0)
    x1 = np.minimum(np.ceil(high[ids, 0] + 0.5).astype(int), width)
    y1 = np.minimum(np.ceil(high[ids, 1] + 0.5).astype(int), height)
    extent = np.maximum(x1 - x0, y1 - y0)
    order = np.argsort(extent, kind="stable")
    ids, x0, y0, extent = ids[order], x0[order], y0[order], extent[order]

    triangle = np.full(height * width, -1, np.int32)
    depth = np.full(height * width, np.inf, np.float32)
    weights = np.zeros((height * width, 2), np.float32)
    start = 0
    while start < len(ids):
        cells = int(extent[start]) + 1
        cells = max(4, 1 << (cells - 1).bit_length() if cells > 8 else cells)
        most = max(1, _MOST_CELLS // (cells * cells))
        end = max(min(int(np.searchsorted(extent, cells, side="right")), start + most), start + 1)
        cells = int(extent[end - 1])
        part = ids[start:end]
        gx = x0[start:end, None, None] + np.arange(cells)[None, None, :]
        gy = y0[start:end, None, None] + np.arange(cells)[None, :, None]
        px, py = gx + 0.5, gy + 0.5
        (ax, ay), (bx, by), (cx, cy) = (
            (corner[part][:, 0, None, None], corner[part][:, 1, None, None]) for corner in (a, b, c)
        )
        scale = (1.0 / area[part])[:, None, None]
        w1 = ((px - ax) * (cy - ay) - (py - ay) * (cx - ax)) * scale
        w2 = ((bx - ax) * (py - ay) - (by - ay) * (px - ax)) * scale
        hit = (w1 >= -1e-6) & (w2 >= -1e-6) & (w1 + w2 <= 1 + 1e-6) & (gx < width) & (gy < height)
        which, row, column = np.nonzero(hit)
        if len(which):
            u, v = w1[hit], w2[hit]
            za, zb, zc = (corner[part][which, 2] for corner in (a, b, c))
            z = za + u * (zb - za) + v * (zc - za)
            pixel = (y0[start:end][which] + row) * width + x0[start:end][which] + column
            nearest = np.lexsort((z, pixel))
            pixel, z, u, v, which = pixel[nearest], z[nearest], u[nearest], v[nearest], which[nearest]
            first = np.ones(len(pixel), bool)
            first[1:] = pixel[1:] != pixel[:-1]
            first &= z < depth[pixel]
            pixel = pixel[first]
            depth[pixel] = z[first]
            triangle[pixel] = part[which[first]]
            weights[pixel, 0] = u[first]
            weights[pixel, 1] = v[first]
        start = end
    return Buffer(
        triangle.reshape(height, width), weights.reshape(height, width, 2), depth.reshape(height, width)
    )


def interpolate(values: Floats, triangles: Ints, buffer: Buffer) -> Floats:
    """The values of the vertices (n, k) at each pixel; zero where there is no body."""
    covered = buffer.covered
    corners = triangles[buffer.triangle[covered]]
    u, v = buffer.weights[covered][:, :1], buffer.weights[covered][:, 1:]
    out = np.zeros((*buffer.triangle.shape, values.shape[1]), np.float32)
    a, b, c = (values[corners[:, k]] for k in range(3))
    out[covered] = a * (1 - u - v) + b * u + c * v
    return out
