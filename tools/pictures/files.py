"""Which pictures there are, and where their files stand. Needs no mesh."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tools.pictures.loading import FOLDER, PictureContent

Kind = Literal["point", "loop", "technique", "reach", "routine", "regions"]
STILL_SUFFIX = ".jpg"


@dataclass(frozen=True)
class Picture:
    """A file below ``content/pictures``: what it shows, and the code or name of that."""

    kind: Kind
    name: str

    @property
    def file(self) -> str:
        """The path below ``content/pictures``."""
        if self.kind == "regions":
            return f"regions{STILL_SUFFIX}"
        folder = {
            "point": "points",
            "loop": "loops",
            "technique": "techniques",
            "reach": "reach",
            "routine": "routines",
        }[self.kind]
        return f"{folder}/{self.name}{'.mp4' if self.kind == 'loop' else STILL_SUFFIX}"

    @property
    def path(self) -> Path:
        """Where the committed file stands."""
        return FOLDER / self.file


def pictures(content: PictureContent) -> list[Picture]:
    """All pictures: points, routines, regions, techniques, ways to reach, and last the loops."""
    return [
        *(Picture("point", code) for code in content.points),
        *(Picture("routine", name) for name in content.routines),
        Picture("regions", "regions"),
        *(Picture("technique", name) for name in content.techniques),
        *(Picture("reach", name) for name in content.reaches),
        *(Picture("loop", code) for code in sorted(content.self_reached)),
    ]
