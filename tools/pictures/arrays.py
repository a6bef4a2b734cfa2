"""Names for the arrays that go from one step of the renderer to the next."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]
Point = NDArray[np.floating[Any]]
"""Three numbers, cm: x to the body's left, y up, z to the front."""


def unit(vector: ArrayLike) -> Point:
    """The vector with length 1."""
    v = np.asarray(vector, float)
    return np.asarray(v / np.linalg.norm(v))


def smooth(low: float, high: float, x: Floats) -> Floats:
    """0 below ``low``, 1 above ``high``, and an S-curve between."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))
