"""A plan as the stages it runs through: get ready, hold, release, change side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from bot.guidance.steps import SHORTEST_HOLD_SECONDS, Plan, PlanStep

StageSide = Literal["left", "right", "both", "none"]
SHORT_PRESS_SECONDS = 15
"""A hold and its release that together last no longer are one press of a rhythm that is told in words."""


class StageKind(StrEnum):
    """What a stage asks for."""

    GET_READY = "get_ready"
    HOLD = "hold"
    RELEASE = "release"
    CHANGE_SIDE = "change_side"


@dataclass(frozen=True)
class Stage:
    """A stretch of a plan.

    ``step`` counts from 0, ``repeat`` from 1 up to ``repeats``: that of the hold itself, of the hold that a
    get-ready or change of side leads to, or of the hold that a release follows. ``sounds`` says whether its
    end is a message with a sound; within a rhythm and between two holds it is not.
    """

    step: int
    kind: StageKind
    side: StageSide
    repeat: int
    repeats: int
    seconds: int
    longest_seconds: int
    """Up to where a slower pace may stretch it."""
    sounds: bool

    def seconds_at(self, pace_percent: int) -> int:
        """How long it takes at a pace. Only holds have one; 150 makes them half as long again."""
        if self.kind is not StageKind.HOLD:
            return self.seconds
        paced = (self.seconds * pace_percent + 50) // 100
        shortest = min(self.seconds, SHORTEST_HOLD_SECONDS)
        return max(shortest, min(paced, max(self.seconds, self.longest_seconds)))


def stages(plan: Plan) -> tuple[Stage, ...]:
    """Every stage of a plan, in order. Their seconds add up to ``plan.total_seconds``."""
    return tuple(stage for index, step in enumerate(plan.steps) for stage in _stages_of(index, step, plan))


def is_rhythm(step: PlanStep) -> bool:
    """Whether the presses of a step are too short for a message each."""
    return step.repeats > 1 and step.hold_seconds + step.release_seconds <= SHORT_PRESS_SECONDS


def _stages_of(index: int, step: PlanStep, plan: Plan) -> Iterator[Stage]:
    def stage(kind: StageKind, side: StageSide, repeat: int, seconds: int, sounds: bool = False) -> Stage:
        longest = step.longest_hold_seconds
        return Stage(index, kind, side, repeat, step.repeats, seconds, longest, sounds)

    sides = _sides(step)
    yield from _lasting(stage(StageKind.GET_READY, sides[0], 1, plan.get_ready_seconds))
    for place, side in enumerate(sides):
        if place:
            yield from _lasting(stage(StageKind.CHANGE_SIDE, side, 1, plan.change_side_seconds))
        for repeat in range(1, step.repeats + 1):
            last = repeat == step.repeats
            yield stage(StageKind.HOLD, side, repeat, step.hold_seconds, last or not is_rhythm(step))
            if not last:
                yield from _lasting(stage(StageKind.RELEASE, side, repeat, step.release_seconds))
    yield from _lasting(stage(StageKind.RELEASE, sides[-1], step.repeats, step.release_seconds))


def _sides(step: PlanStep) -> tuple[StageSide, ...]:
    match step.order:
        case "each":
            return step.sides
        case "together":
            return ("both",)
        case "midline":
            return ("none",)


def _lasting(stage: Stage) -> Iterator[Stage]:
    """The stage, unless it takes no time."""
    if stage.seconds:
        yield stage
