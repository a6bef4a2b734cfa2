"""The contour lines of a drawing: silhouettes, and edges where one part stands before another."""

from __future__ import annotations

import numpy as np
from scipy import ndimage  # type: ignore[import-untyped] # scipy brings no types

from tools.pictures.arrays import Bools, Floats


def silhouette(mask: Bools) -> Bools:
    """The rim of the body."""
    return np.asarray(mask ^ ndimage.binary_erosion(mask, border_value=1))


def depth_steps(depth: Floats, mask: Bools, step_cm: float, least_pixels: int) -> Bools:
    """Where depth jumps by more than ``step_cm`` beyond what the slope on either side predicts.

    The line runs on the nearer side. Runs shorter than ``least_pixels`` are dropped.
    """
    z = np.where(mask, depth, np.nan)
    lines = np.zeros_like(mask)
    for axis in (0, 1):
        jump = np.diff(z, axis=axis)
        pad = [(0, 0), (0, 0)]
        pad[axis] = (1, 1)
        padded = np.pad(jump, pad, mode="edge")
        before = np.nan_to_num(np.take(padded, range(jump.shape[axis]), axis=axis))
        after = np.nan_to_num(np.take(padded, range(2, jump.shape[axis] + 2), axis=axis))
        excess = np.abs(jump) - np.maximum(np.abs(before), np.abs(after))
        step = np.nan_to_num(excess) > step_cm
        for nearer, part in ((step & (jump > 0), slice(0, -1)), (step & (jump < 0), slice(1, None))):
            where = [slice(None), slice(None)]
            where[axis] = part
            lines[tuple(where)] |= nearer
    runs, count = ndimage.label(lines, np.ones((3, 3)))
    if count:
        lines &= np.bincount(runs.ravel())[runs] > least_pixels
    return np.asarray(lines)


def cloth_rim(cloth: Bools, mask: Bools) -> Bools:
    """The edge of the cloth on the skin."""
    rim = cloth ^ ndimage.binary_erosion(cloth)
    return np.asarray(rim & ndimage.binary_dilation(mask & ~cloth, iterations=2))


def widened(lines: Bools, radius: float) -> Floats:
    """Lines grown by ``radius`` pixels, with a soft rim, as opacity."""
    ys, xs = np.nonzero(lines)
    if len(ys) == 0:
        return np.zeros(lines.shape, np.float32)
    k = int(np.ceil(radius + 1))
    yy, xx = np.mgrid[-k : k + 1, -k : k + 1]
    brush = np.clip(radius + 0.5 - np.hypot(yy, xx), 0, 1).astype(np.float32)
    grown = np.zeros((lines.shape[0] + 2 * k, lines.shape[1] + 2 * k), np.float32)
    for dy, dx in np.argwhere(brush > 0):
        grown[ys + dy, xs + dx] = np.maximum(grown[ys + dy, xs + dx], brush[dy, dx])
    return grown[k:-k, k:-k]
