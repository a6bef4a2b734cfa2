"""Steps made to fit into the time there is: fewer repeats first, then shorter holds, then fewer points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.guidance.steps import PlanStep, step_seconds
from bot.library.facts import Timing

SHORTEST_SHORTENED_SECONDS = 15
"""A hold that is shortened to fit is not shortened below this."""
_SHORTER_BY_SECONDS = 5


def fitted(steps: Sequence[PlanStep], seconds: int, timing: Timing) -> list[PlanStep]:
    """As many steps, from the first on, as fit with an equal share each, then longer where time is left."""
    for count in range(len(steps), 0, -1):
        shares = [_within(step, seconds // count, timing) for step in steps[:count]]
        shortened = [step for step in shares if step]
        if len(shortened) == count:
            return _grown(shortened, steps, seconds, timing)
    return []


def _grown(fitted: list[PlanStep], steps: Sequence[PlanStep], seconds: int, timing: Timing) -> list[PlanStep]:
    """The fitted steps, lengthened again from the first on where time is left."""
    for index, step in enumerate(fitted):
        spare = seconds - sum(_seconds(each, timing) for each in fitted)
        fitted[index] = _within(steps[index], _seconds(step, timing) + spare, timing) or step
    return fitted


def _within(step: PlanStep, seconds: int, timing: Timing) -> PlanStep | None:
    """The fullest version of a step that takes no longer."""
    return next((version for version in _versions(step) if _seconds(version, timing) <= seconds), None)


def _versions(step: PlanStep) -> Iterator[PlanStep]:
    """The step as it is, then with fewer repeats, then with a shorter hold."""
    for repeats in range(step.repeats, 0, -1):
        yield replace(step, repeats=repeats)
    for hold_seconds in range(
        step.hold_seconds - _SHORTER_BY_SECONDS, SHORTEST_SHORTENED_SECONDS - 1, -_SHORTER_BY_SECONDS
    ):
        yield replace(step, repeats=1, hold_seconds=hold_seconds)


def _seconds(step: PlanStep, timing: Timing) -> int:
    return step_seconds(step, timing.get_ready_seconds, timing.change_side_seconds)
