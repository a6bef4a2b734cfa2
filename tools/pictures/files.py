"""Which pictures there are, and where their files stand. Needs no mesh."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tools.pictures.loading import FOLDER, PictureContent

Kind = Literal["point", "loop", "technique", "reach", "routine", "regions"]
STILL_SUFFIX = ".jpg"
ENGLISH = "en"


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


def words_on(picture: Picture, content: PictureContent) -> set[str]:
    """The names of the words that stand on a picture; none where there are only codes and numbers."""
    match picture.kind:
        case "point":
            return {note.word for note in content.points[picture.name].notes}
        case "routine":
            return set(content.body_map.steps).intersection(content.routines[picture.name])
        case "regions":
            return {*content.body_map.areas, "whole_body"}
        case "loop":
            return set()
    scene = (content.techniques if picture.kind == "technique" else content.reaches)[picture.name]
    said = {note.word for note in scene.notes} | {word for word, _, _ in scene.words}
    return said | ({"comfortable", "ease_off"} if scene.scale else set())


def in_language(content: PictureContent) -> list[Picture]:
    """The pictures that each language needs a file of its own for: those with words."""
    return [picture for picture in pictures(content) if words_on(picture, content)]


def folder_of(language: str) -> Path:
    """Where the files of a language stand. English is what stands in for the others, and for itself."""
    return FOLDER if language == ENGLISH else FOLDER / language


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
