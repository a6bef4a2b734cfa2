"""The font of the pictures, from the wheel that carries it, and how wide its words are."""

from __future__ import annotations

import functools
from importlib import resources

from PIL import ImageFont

FAMILY = "Source Sans Pro"
_FILES = {600: "SourceSansPro-Semibold.ttf", 700: "SourceSansPro-Bold.ttf"}
SMALLEST = 30
"""Pixels at 1280: smaller words cannot be read on a phone."""


def files() -> list[str]:
    """Paths of the font files, for the SVG renderer."""
    return [str(resources.files("font_source_sans_pro") / "files" / name) for name in _FILES.values()]


@functools.cache
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    path = resources.files("font_source_sans_pro") / "files" / _FILES[weight]
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


def width(words: str, size: float, weight: int = 600) -> float:
    """Pixels that the words take. Raises ``ValueError`` below ``SMALLEST``."""
    if size < SMALLEST:
        raise ValueError(f"{words!r} would be {size} px, smaller than {SMALLEST}")
    return _font(100, weight).getlength(words) * size / 100
