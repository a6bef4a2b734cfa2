"""The alt texts, one for each picture, and the words on them."""

from __future__ import annotations

import tomllib

from pydantic import ConfigDict, TypeAdapter

from tools.pictures.facts import Fact
from tools.pictures.loading import ROOT


class Alt(Fact):
    """What a picture shows, in words."""

    alt: str


class PictureWords(Fact):
    """``pictures.toml`` of one language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: dict[str, str]
    regions: Alt
    points: dict[str, Alt]
    routines: dict[str, Alt]
    techniques: dict[str, Alt]
    reach: dict[str, Alt]


def load(language: str = "en") -> PictureWords:
    """Read them. Raises ``pydantic.ValidationError`` when a field is wrong."""
    path = ROOT / "content" / language / "pictures.toml"
    return TypeAdapter(PictureWords).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
