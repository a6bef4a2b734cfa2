"""What a plan is: points and techniques in an order, each with its times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.library import Library
from bot.library.facts import Point, Step, Technique, Timing

Order = Literal["midline", "together", "each"]
"""A midline point has no sides; paired points are pressed together or one side after the other."""
Side = Literal["left", "right"]

SHORTEST_HOLD_SECONDS, LONGEST_HOLD_SECONDS = 5, 300
MOST_REPEATS = 10
LONGEST_PLAN_SECONDS = 20 * 60
BREATHING = "slow_breathing"
"""The one technique that touches nothing."""


@dataclass(frozen=True)
class PlanStep:
    """One step: a point, a technique, or a point pressed with a technique.

    All times are whole seconds. ``sides`` counts for the order "each" alone: which sides, and in what order.
    """

    point: str | None
    technique: str | None
    order: Order
    hold_seconds: int
    release_seconds: int
    repeats: int = 1
    light: bool = False
    sides: tuple[Side, ...] = ("left", "right")
    longest_hold_seconds: int = LONGEST_HOLD_SECONDS
    """Up to where a slower pace may stretch the hold."""

    @property
    def touches(self) -> bool:
        """Whether anything is pressed or rubbed, in contrast to breathing."""
        return self.point is not None or self.technique != BREATHING

    @property
    def seconds_on_one_side(self) -> int:
        """Seconds from the first press on one side to the end of the last."""
        return self.repeats * self.hold_seconds + (self.repeats - 1) * self.release_seconds


@dataclass(frozen=True)
class Plan:
    """The steps of a routine with the clock that they run on, so that a running plan needs nothing else.

    ``name`` is the id of a routine of the content, or empty for a plan that was made for one person. With
    ``helper`` somebody else presses.
    """

    name: str
    steps: tuple[PlanStep, ...]
    get_ready_seconds: int
    change_side_seconds: int
    helper: bool = False

    @property
    def total_seconds(self) -> int:
        """How long it takes from the first get-ready to the last release, at the ordinary pace."""
        return sum(
            step_seconds(step, self.get_ready_seconds, self.change_side_seconds) for step in self.steps
        )


def step_seconds(step: PlanStep, get_ready_seconds: int, change_side_seconds: int) -> int:
    """How long one step takes, by the formula of ``content/routines.toml``."""
    sides = len(step.sides) if step.order == "each" else 1
    between = (sides - 1) * change_side_seconds
    return get_ready_seconds + sides * step.seconds_on_one_side + between + step.release_seconds


def plan_of_steps(
    steps: tuple[PlanStep, ...], timing: Timing, *, name: str = "", helper: bool = False
) -> Plan:
    """The steps on the clock of the content."""
    return Plan(name, steps, timing.get_ready_seconds, timing.change_side_seconds, helper)


def plan_of_routine(routine: str, library: Library) -> Plan:
    """A routine of the content as it is written. For whom it is, the content's rules say: see ``plans``."""
    entry = library.routines[routine]
    steps = tuple(_step_of_routine(step, library) for step in entry.steps)
    return plan_of_steps(steps, library.measures.timing, name=routine, helper=entry.by == "helper")


def step_of_point(point: Point) -> PlanStep:
    """A point pressed once through, as its own page says."""
    press = point.press
    return PlanStep(
        point=point.code,
        technique=None,
        order=press.order,
        hold_seconds=press.hold_seconds,
        release_seconds=press.release_seconds,
        repeats=press.repeats,
        light=press.pressure == "light",
    )


def step_of_technique(name: str, hold_seconds: int, library: Library, order: Order = "midline") -> PlanStep:
    """A technique without a point, such as slow breathing, done once, or once on each side."""
    longest = _longest_hold(library.techniques[name], hold_seconds, 0, 1)
    return PlanStep(None, name, order, hold_seconds, 0, longest_hold_seconds=longest)


def _step_of_routine(step: Step, library: Library) -> PlanStep:
    longest = LONGEST_HOLD_SECONDS
    if step.technique:
        technique = library.techniques[step.technique]
        longest = _longest_hold(technique, step.hold_seconds, step.release_seconds, step.repeats)
    return PlanStep(
        point=step.point,
        technique=step.technique,
        order=step.order,
        hold_seconds=step.hold_seconds,
        release_seconds=step.release_seconds,
        repeats=step.repeats,
        light=step.light,
        longest_hold_seconds=longest,
    )


def _longest_hold(technique: Technique, hold_seconds: int, release_seconds: int, repeats: int) -> int:
    """How long each hold may get so that one side stays within the limit of the technique."""
    if technique.seconds is None:
        return LONGEST_HOLD_SECONDS
    pauses = (repeats - 1) * release_seconds
    return max(hold_seconds, (technique.seconds - pauses) // repeats)
