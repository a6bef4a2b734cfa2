"""The look of a drawing: a few flat tones, soft contact shade, and contour lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image
from scipy import ndimage  # type: ignore[import-untyped] # scipy brings no types

from tools.pictures.arrays import Bools, Floats, smooth, unit
from tools.pictures.lines import cloth_rim, depth_steps, silhouette, widened
from tools.pictures.mesh import Mesh, triangles
from tools.pictures.raster import Camera, interpolate, rasterise

SKIN = {"base": "#D9B494", "shade": "#C0977A", "deep": "#966C54", "light": "#E8CDB4"}
CLOTH = {"base": "#8FA6AC", "shade": "#758D94", "deep": "#586F76", "light": "#A8BCC1"}
LINE = "#4A3429"
ClothShape = Callable[[Floats], Bools]
"""Which rest positions wear cloth."""


@dataclass(frozen=True)
class Look:
    """Widths of lines in pixels of the picture; ``step_cm`` is the jump in depth that makes a line."""

    outer: float = 5.5
    inner: float = 3.4
    step_cm: float = 0.35
    crease: float = 1.0
    light: tuple[float, float, float] = (-0.45, 0.55, 0.70)
    oversampling: int = 2


def rgb(colour: str) -> Floats:
    """``#RRGGBB`` as three numbers from 0 to 255."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], np.float32)


def shorts_between(top: float, hem: float) -> ClothShape:
    """Short trousers, by the heights of waistband and hem in cm at rest."""

    def shape(rest: Floats) -> Bools:
        x, y = rest[..., 0], rest[..., 1]
        return np.asarray((y < top + 0.020 * x**2) & (y > hem - 0.12 * np.abs(x)) & (np.abs(x) < 26))

    return shape


def draw(
    mesh: Mesh,
    normals: Floats,
    camera: Camera,
    look: Look,
    keep: Bools,
    cloth: ClothShape | None = None,
) -> Image.Image:
    """The mesh as RGBA. ``keep`` chooses faces."""
    ss = look.oversampling
    width, height = camera.size[0] * ss, camera.size[1] * ss
    projected = camera.project(mesh.v, ss)
    faces = mesh.quads[keep]
    x, y = projected[faces, 0], projected[faces, 1]
    seen = (x.max(1) > -4) & (x.min(1) < width + 4) & (y.max(1) > -4) & (y.min(1) < height + 4)
    tris = triangles(faces[seen])
    buffer = rasterise(projected, tris, width, height)
    mask = buffer.covered
    values = interpolate(
        np.concatenate([normals @ np.stack(camera.basis()).T, mesh.attr["rest"]], 1), tris, buffer
    )
    n, rest = values[..., :3], values[..., 3:]
    n /= np.maximum(np.linalg.norm(n, axis=-1, keepdims=True), 1e-6)
    dressed = cloth(rest) & mask if cloth else np.zeros_like(mask)
    image = _tones(n, np.where(mask, buffer.depth, 0), mask, dressed, camera.pixels_per_cm * ss, look)
    ink = _ink(buffer.depth, mask, dressed, look)
    image = image + (rgb(LINE) - image) * ink[..., None]
    return _reduced(image, np.maximum(mask.astype(np.float32), ink), ss)


def _tones(n: Floats, depth: Floats, mask: Bools, dressed: Bools, pixels_per_cm: float, look: Look) -> Floats:
    inside = mask.astype(np.float32)
    behind = np.zeros_like(inside)
    for cm, strength in ((0.6, 1.0), (2.0, 0.35)):
        sigma = min(max(cm * pixels_per_cm, 1.5), 60.0)
        behind += np.clip((depth - _blurred(depth, inside, sigma)) * strength, 0, 1) * inside
    hollow = np.zeros_like(inside)
    for cm, strength in ((0.18, 0.5), (0.55, 1.0)):
        sigma = min(max(cm * pixels_per_cm, 1.2), 40.0)
        bx = _blurred(n[..., 0] * inside, inside, sigma)
        by = _blurred(n[..., 1] * inside, inside, sigma)
        hollow += strength * (np.gradient(bx, axis=1) - np.gradient(by, axis=0)) * pixels_per_cm * cm
    lit = n @ unit(look.light).astype(np.float32)
    tone = lit + 0.55 * np.clip(hollow, -0.5, 0.3) - 0.25 * np.clip(behind, 0, 1)

    def colour(name: str) -> Floats:
        return np.where(dressed[..., None], rgb(CLOTH[name]), rgb(SKIN[name]))

    image = colour("base")
    for name, share in (
        ("light", 0.75 * smooth(0.86, 1.02, tone)),
        ("shade", 0.95 * (1 - smooth(0.24, 0.44, tone))),
        ("deep", 0.55 * (1 - smooth(-0.22, 0.10, tone))),
        ("deep", 0.45 * np.clip(behind, 0, 1)),
        ("deep", 0.75 * smooth(0.30, 0.85, -hollow * look.crease) * np.where(dressed, 0.35, 1)),
    ):
        image = image + (colour(name) - image) * share[..., None]
    return np.asarray(image)


def _ink(depth: Floats, mask: Bools, dressed: Bools, look: Look) -> Floats:
    ss = look.oversampling
    ink = widened(silhouette(mask), look.outer * ss / 2)
    ink = np.maximum(ink, widened(depth_steps(depth, mask, look.step_cm, 8 * ss), look.inner * ss / 2))
    if dressed.any():
        ink = np.maximum(ink, 0.7 * widened(cloth_rim(dressed, mask), look.inner * ss / 2.6))
    softened = ndimage.gaussian_filter(ink, 0.75 * ss, truncate=3)  # irons out the steps of the pixels
    return np.asarray(np.clip((softened - 0.5) * 2.2 + 0.5, 0, 1))


def _reduced(image: Floats, alpha: Floats, ss: int) -> Image.Image:
    h, w = alpha.shape[0] // ss, alpha.shape[1] // ss
    premultiplied = np.concatenate([np.clip(image, 0, 255) * alpha[..., None], alpha[..., None] * 255], -1)
    small = premultiplied.reshape(h, ss, w, ss, 4).mean((1, 3))
    small[..., :3] /= np.maximum(small[..., 3:] / 255, 1e-4)
    return Image.fromarray(np.clip(small + 0.5, 0, 255).astype(np.uint8), "RGBA")


def _blurred(x: Floats, inside: Floats, sigma: float) -> Floats:
    """Gaussian blur within the mask; a wide one runs on a coarser grid."""
    k = max(1, int(sigma // 3))
    if k == 1:
        blurred = ndimage.gaussian_filter(x * inside, sigma, truncate=3)
        return np.asarray(blurred / np.maximum(ndimage.gaussian_filter(inside, sigma, truncate=3), 1e-4))
    a, b = (ndimage.gaussian_filter(_coarse(part, k), sigma / k, truncate=3) for part in (x * inside, inside))
    quotient = (a / np.maximum(b, 1e-4)).astype(np.float32)
    h, w = x.shape
    size = (quotient.shape[1] * k, quotient.shape[0] * k)
    return np.asarray(Image.fromarray(quotient).resize(size, Image.Resampling.BICUBIC))[:h, :w]


def _coarse(x: Floats, k: int) -> Floats:
    h, w = x.shape
    high, wide = -(-h // k) * k, -(-w // k) * k
    x = np.pad(x, ((0, high - h), (0, wide - w)), mode="edge")
    return np.asarray(x.reshape(high // k, k, wide // k, k).mean((1, 3)))
