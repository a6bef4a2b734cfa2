"""Reading the facts and words of the pictures, and what they need of the other content."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from tools.pictures import facts, scenes

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "content" / "pictures"
M = TypeVar("M")


@dataclass(frozen=True)
class PictureContent:
    """Everything that says what the pictures look like."""

    figure: facts.Figure
    relief: tuple[facts.Relief, ...]
    views: dict[str, facts.View]
    shapes: dict[str, facts.Shape]
    points: dict[str, facts.PointPicture]
    hands: dict[str, scenes.Hand]
    techniques: dict[str, scenes.Scene]
    reaches: dict[str, scenes.Scene]
    """Ways to reach a point, by the names of ``alternatives`` in ``content/points``."""
    body_map: scenes.BodyMap
    claims: dict[str, tuple[facts.Claim, ...]]
    words: dict[str, str]
    paired: frozenset[str]
    """Points with a left and a right side, from ``content/points``."""
    self_reached: frozenset[str]
    """Points a person can reach without help."""
    routines: dict[str, tuple[str, ...]]
    """The points and techniques of each routine, in order."""


def load(language: str = "en") -> PictureContent:
    """Read it all. Raises ``pydantic.ValidationError`` when a field is wrong."""
    points = [_table(path) for path in sorted((ROOT / "content" / "points").glob("*.toml"))]
    routines = _table(ROOT / "content" / "routines.toml")
    return PictureContent(
        figure=_one("body.toml", facts.Figure),
        relief=TypeAdapter(tuple[facts.Relief, ...]).validate_python(
            _table(FOLDER / "relief.toml")["relief"]
        ),
        views=_many("views.toml", facts.View),
        shapes=_many("shapes.toml", facts.Shape),
        points=_many("points.toml", facts.PointPicture),
        hands=_many("hands.toml", scenes.Hand),
        techniques=_many("techniques.toml", scenes.Scene),
        reaches=_many("reach.toml", scenes.Scene),
        body_map=_one("body_map.toml", scenes.BodyMap),
        claims=_many("placement.toml", tuple[facts.Claim, ...]),
        words=_table(ROOT / "content" / language / "pictures.toml")["words"],
        paired=frozenset(point["code"] for point in points if point["sides"] == "bilateral"),
        self_reached=frozenset(point["code"] for point in points if point["reach"]["by"] != "helper"),
        routines={
            name: tuple(step.get("point") or step["technique"] for step in routine["steps"])
            for name, routine in routines.items()
        },
    )


def point_codes() -> frozenset[str]:
    """Every point of ``content/points``."""
    return frozenset(path.stem for path in (ROOT / "content" / "points").glob("*.toml"))


def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _one(name: str, model: type[M]) -> M:
    return TypeAdapter(model).validate_python(_table(FOLDER / name))


def _many(name: str, model: Any) -> Any:
    return TypeAdapter(dict[str, model]).validate_python(_table(FOLDER / name))
