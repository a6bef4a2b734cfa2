"""Looking through the points: those of one part of the body, and the one of a day, for one person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, get_args

from bot.guidance.offer import Person, may_show
from bot.library import Library
from bot.library.facts import Effect, Region

Place = Literal["back", "neck_shoulders", "hips_legs", "head", "belly_chest", "arms_hands"]
PLACES: tuple[Place, ...] = get_args(Place)

_PLACE_OF: Mapping[Region, Place] = MappingProxyType(
    {
        Region.HEAD_TOP: "head",
        Region.NAPE: "neck_shoulders",
        Region.SHOULDER_TOP: "neck_shoulders",
        Region.BACK_TORSO: "back",
        Region.BUTTOCK: "hips_legs",
        Region.KNEE_POSTERIOR: "hips_legs",
        Region.LOWER_LEG_LATERAL: "hips_legs",
        Region.ANKLE_LATERAL: "hips_legs",
        Region.ANKLE_MEDIAL: "hips_legs",
        Region.FOOT_DORSUM: "hips_legs",
        Region.SOLE: "hips_legs",
        Region.CHEST: "belly_chest",
        Region.ABDOMEN: "belly_chest",
        Region.FOREARM: "arms_hands",
        Region.HAND_DORSUM: "arms_hands",
        Region.HAND_ULNAR: "arms_hands",
    }
)

DAILY = "PD0"
"""Stands where the code of a point would, for the point of the day. No channel is called so."""


def allowed(code: str, person: Person, library: Library) -> bool:
    """Whether a person may simply be shown a point, with or without a warning."""
    return may_show(code, person.elsewhere(), library).effect in (None, Effect.WARN)


def points_at(place: Place, person: Person, library: Library) -> tuple[str, ...]:
    """The points of one part of the body that a person may be shown, in the order of the content."""
    return tuple(
        code
        for code, point in library.points.items()
        if _PLACE_OF[point.region] == place and allowed(code, person, library)
    )


def point_of_the_day(on: date, person: Person, library: Library) -> str | None:
    """The point for a date: another one each day, and only one that the person can press alone.

    ``None`` where there is no such point. The same date and person give the same point.
    """
    codes = [
        code
        for code, point in library.points.items()
        if point.in_answers and point.reach.by != "helper" and allowed(code, person, library)
    ]
    return codes[on.toordinal() % len(codes)] if codes else None
