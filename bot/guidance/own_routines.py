"""Routines that a person puts together: named, in an order of their own, within limits.

Every change answers with the changed routine or with the reason why not. Whether a step is for this person is
asked each time the routine is to start, because conditions change: see ``plan_of_own``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.guidance.offer import Person
from bot.guidance.plans import Planned, checked
from bot.guidance.steps import (
    LONGEST_HOLD_SECONDS,
    LONGEST_PLAN_SECONDS,
    MOST_REPEATS,
    SHORTEST_HOLD_SECONDS,
    PlanStep,
    plan_of_steps,
)
from bot.library import Library
from bot.library.facts import Timing

LONGEST_NAME = 40
MOST_STEPS = 10
MOST_ROUTINES = 10
USED = frozenset({"kept", "limited"})
"""The verdicts on techniques that may be used."""


class NotDone(StrEnum):
    """Why a change was not made."""

    NO_NAME = "no_name"
    NAME_TOO_LONG = "name_too_long"
    NAME_TAKEN = "name_taken"
    NO_STEPS = "no_steps"
    TOO_MANY_STEPS = "too_many_steps"
    TOO_MANY_ROUTINES = "too_many_routines"
    TOO_LONG = "too_long"
    """The routine would take longer than ``LONGEST_PLAN_SECONDS``."""
    NO_SUCH_STEP = "no_such_step"
    NO_SUCH_ROUTINE = "no_such_routine"
    HOLD_TOO_SHORT = "hold_too_short"
    HOLD_TOO_LONG = "hold_too_long"
    """Longer than ``LONGEST_HOLD_SECONDS``, or than the technique may be used on one side."""
    TOO_MANY_REPEATS = "too_many_repeats"
    NEEDS_HELPER = "needs_helper"
    """An own routine is for one's own hands."""
    NOT_USED = "not_used"
    """A technique that is refused, that is no pressing, or a point that is not in the content."""


@dataclass(frozen=True)
class OwnRoutine:
    """A routine with a name of at most ``LONGEST_NAME`` characters and at most ``MOST_STEPS`` steps."""

    name: str
    steps: tuple[PlanStep, ...] = ()


def new_routine(name: str) -> OwnRoutine | NotDone:
    """An empty routine. White space around and within the name becomes single blanks."""
    return rename(OwnRoutine(""), name)


def rename(routine: OwnRoutine, name: str) -> OwnRoutine | NotDone:
    """The routine under another name."""
    name = " ".join(name.split())
    if not name:
        return NotDone.NO_NAME
    if len(name) > LONGEST_NAME:
        return NotDone.NAME_TOO_LONG
    return replace(routine, name=name)


def add_step(routine: OwnRoutine, step: PlanStep, library: Library) -> OwnRoutine | NotDone:
    """The routine with one more step at its end."""
    if wrong := _wrong_with(step, library):
        return wrong
    if len(routine.steps) >= MOST_STEPS:
        return NotDone.TOO_MANY_STEPS
    longer = replace(routine, steps=(*routine.steps, step))
    if seconds_of(longer, library.measures.timing) > LONGEST_PLAN_SECONDS:
        return NotDone.TOO_LONG
    return longer


def move_step(routine: OwnRoutine, index: int, to: int) -> OwnRoutine | NotDone:
    """The routine with the step at ``index`` (from 0) at the place ``to``."""
    places = range(len(routine.steps))
    if index not in places or to not in places:
        return NotDone.NO_SUCH_STEP
    steps = list(routine.steps)
    steps.insert(to, steps.pop(index))
    return replace(routine, steps=tuple(steps))


def remove_step(routine: OwnRoutine, index: int) -> OwnRoutine | NotDone:
    """The routine without the step at ``index`` (from 0)."""
    if index not in range(len(routine.steps)):
        return NotDone.NO_SUCH_STEP
    return replace(routine, steps=routine.steps[:index] + routine.steps[index + 1 :])


def seconds_of(routine: OwnRoutine, timing: Timing) -> int:
    """How long the routine takes."""
    return plan_of_steps(routine.steps, timing).total_seconds


def keep(
    routines: Sequence[OwnRoutine], routine: OwnRoutine, *, instead_of: str | None = None
) -> tuple[OwnRoutine, ...] | NotDone:
    """A person's routines with a new one at the end, or with it in the place of the one of that name.

    Names that differ only in case are the same.
    """
    if not routine.steps:
        return NotDone.NO_STEPS
    place = _place(routines, instead_of) if instead_of is not None else len(routines)
    if place is None:
        return NotDone.NO_SUCH_ROUTINE
    others = [*routines[:place], *routines[place + 1 :]]
    if _place(others, routine.name) is not None:
        return NotDone.NAME_TAKEN
    if len(others) >= MOST_ROUTINES:
        return NotDone.TOO_MANY_ROUTINES
    return (*routines[:place], routine, *routines[place + 1 :])


def delete(routines: Sequence[OwnRoutine], name: str) -> tuple[OwnRoutine, ...] | NotDone:
    """A person's routines without the one of that name."""
    place = _place(routines, name)
    if place is None:
        return NotDone.NO_SUCH_ROUTINE
    return (*routines[:place], *routines[place + 1 :])


def plan_of_own(routine: OwnRoutine, person: Person, library: Library) -> Planned:
    """A person's own routine as it is allowed now."""
    return checked(plan_of_steps(routine.steps, library.measures.timing), person, library)


def _place(routines: Sequence[OwnRoutine], name: str) -> int | None:
    wanted = " ".join(name.split()).casefold()
    return next((index for index, each in enumerate(routines) if each.name.casefold() == wanted), None)


def _wrong_with(step: PlanStep, library: Library) -> NotDone | None:
    if step.hold_seconds < SHORTEST_HOLD_SECONDS:
        return NotDone.HOLD_TOO_SHORT
    if step.hold_seconds > LONGEST_HOLD_SECONDS:
        return NotDone.HOLD_TOO_LONG
    if not 1 <= step.repeats <= MOST_REPEATS:
        return NotDone.TOO_MANY_REPEATS
    if step.point is not None and step.point not in library.points:
        return NotDone.NOT_USED
    if step.point and library.points[step.point].reach.by == "helper":
        return NotDone.NEEDS_HELPER
    if step.technique is None:
        return None if step.point else NotDone.NOT_USED
    technique = library.techniques.get(step.technique)
    if technique is None or technique.verdict not in USED:
        return NotDone.NOT_USED
    if technique.seconds is None or technique.seconds > LONGEST_HOLD_SECONDS:
        return NotDone.NOT_USED
    if technique.by == "helper":
        return NotDone.NEEDS_HELPER
    return NotDone.HOLD_TOO_LONG if step.seconds_on_one_side > technique.seconds else None
