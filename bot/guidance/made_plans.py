"""Plans made for one message: "two minutes for a stiff neck", "time LI4 for 30 seconds three times"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Literal

from bot.guidance.fitting import fitted
from bot.guidance.offer import Person, offer
from bot.guidance.plans import (
    HELPER_PRESS,
    LeftOut,
    Planned,
    Refusal,
    checked,
    judge_step,
    nothing_left,
    softened,
)
from bot.guidance.safety import EVERYTHING, forbids_everything
from bot.guidance.steps import (
    BREATHING,
    LONGEST_HOLD_SECONDS,
    LONGEST_PLAN_SECONDS,
    MOST_REPEATS,
    SHORTEST_HOLD_SECONDS,
    PlanStep,
    Side,
    plan_of_steps,
    step_of_point,
    step_of_technique,
)
from bot.library import Library
from bot.library.facts import Effect

Minutes = Literal[2, 5, 10]
MOST_POINTS: Mapping[Minutes, int] = MappingProxyType({2: 1, 5: 3, 10: 5})
"""How many points fit into so many minutes without hurry."""
_BREATHS_SECONDS = (60, 50, 40, 30)
"""Six breaths to three: a breath takes ten seconds."""
_ANY = "any"
_ONLY_WITH_A_HELPER = frozenset({"lying_front"})
_POSITIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "desk": frozenset({"sitting"}),
        "sitting": frozenset({"sitting"}),
        "standing": frozenset({"standing"}),
        "lying": frozenset({"lying_back", "lying_side", "lying_front"}),
    }
)


def minutes_to_fill(minutes: int) -> Minutes:
    """The longest kind of plan that takes no more than ``minutes``; the shortest for less."""
    return max((kind for kind in MOST_POINTS if kind <= minutes), default=2)


def made_plan(
    complaints: Sequence[str],
    person: Person,
    library: Library,
    minutes: Minutes,
    *,
    helper: bool | None = None,
    position: str | None = None,
    side: Literal["left", "right", "both"] | None = None,
) -> Planned:
    """The best points for the complaints that can be reached, in at most so many minutes.

    All points of the plan share one position; ``position``, as a message names it, is kept to where any point
    fits it. Holds and repeats stay within what the page of each point says. The sore side comes first.
    """
    person = person.with_complaints(complaints, library)
    if forbidding := forbids_everything(person.conditions, library):
        return Planned(refusal=Refusal.FORBIDDEN, rules=(forbidding,))
    allowed, left_out = _sorted_out(complaints, person, library)
    if not allowed:
        return Planned(refusal=nothing_left(left_out), left_out=left_out)
    codes, helping = _reachable(allowed, person, library, helper=bool(helper))
    codes, place = _in_one_position(codes, position, library, helper=helping)
    if not codes:
        return Planned(refusal=Refusal.OUT_OF_REACH, left_out=left_out)
    sides: tuple[Side, ...] = ("right", "left") if side == "right" else ("left", "right")
    steps = [replace(step_of_point(library.points[code]), sides=sides) for code in codes]
    gentle = [softened(step, person) for step in steps[: MOST_POINTS[minutes]]]
    steps = _with_breathing(fitted(gentle, minutes * 60, library.measures.timing), minutes, library)
    plan = plan_of_steps(tuple(steps), library.measures.timing, helper=helping)
    return replace(checked(plan, person, library), left_out=left_out, position=place)


def hold_plan(
    code: str,
    person: Person,
    library: Library,
    *,
    seconds: int | None = None,
    repeats: int | None = None,
    side: Literal["left", "right", "both"] | None = None,
) -> Planned:
    """One point of the content, held as long and as often as somebody asked for.

    What was not asked for is as the page of the point says. A side that was named is the only one; otherwise
    each side has all its repeats. Of long holds there are as many as fit into ``LONGEST_PLAN_SECONDS``: no
    hold that was asked for is made shorter.
    """
    point = library.points[code]
    usual = step_of_point(point)
    seconds = usual.hold_seconds if seconds is None else seconds
    wanted_repeats, repeats = repeats or 0, usual.repeats if repeats is None else repeats
    if seconds < SHORTEST_HOLD_SECONDS:
        return Planned(refusal=Refusal.TOO_SHORT)
    if seconds > LONGEST_HOLD_SECONDS:
        return Planned(refusal=Refusal.TOO_LONG)
    if not 1 <= repeats <= MOST_REPEATS:
        return Planned(refusal=Refusal.TOO_MANY)
    wanted = replace(usual, hold_seconds=seconds, repeats=repeats)
    if point.sides == "bilateral" and (side == "left" or side == "right"):
        wanted = replace(wanted, order="each", sides=(side,))
    timing = library.measures.timing
    fitting = [
        fewer
        for fewer in range(1, repeats + 1)
        if plan_of_steps((replace(wanted, repeats=fewer),), timing).total_seconds <= LONGEST_PLAN_SECONDS
    ]
    wanted = replace(wanted, repeats=fitting[-1])  # one on each side always fits
    plan = plan_of_steps((wanted,), timing, helper=point.reach.by == "helper")
    planned = checked(plan, person, library)
    too_often = wanted_repeats if planned.plan and fitting[-1] < wanted_repeats else 0
    longer = _beyond_their_pages(planned, library)
    return replace(planned, longer_than_advised=longer, too_often=too_often)


def _beyond_their_pages(planned: Planned, library: Library) -> tuple[str, ...]:
    steps = planned.plan.steps if planned.plan else ()
    return tuple(
        step.point
        for step in steps
        if step.point and _beyond(step, step_of_point(library.points[step.point]))
    )


def _beyond(step: PlanStep, usual: PlanStep) -> bool:
    pressed, usually_pressed = (each.hold_seconds * each.repeats for each in (step, usual))
    return step.hold_seconds > usual.hold_seconds or pressed > usually_pressed


def _sorted_out(
    complaints: Sequence[str], person: Person, library: Library
) -> tuple[list[str], tuple[LeftOut, ...]]:
    """The points for the complaints that are allowed, best first, and the others with what bars them."""
    found = offer(complaints, person, library)
    allowed: list[str] = []
    left_out: list[LeftOut] = []
    for code in (*found.shown, *found.ask_first, *(code for code, _ in found.withheld)):
        step = step_of_point(library.points[code])
        verdict = judge_step(step, person, library, helper=False)
        if verdict.effect in (Effect.WITHHOLD, Effect.ASK_FIRST):
            left_out.append(LeftOut(step, verdict))
        else:
            allowed.append(code)
    return allowed, tuple(left_out)


def _reachable(
    codes: Sequence[str], person: Person, library: Library, *, helper: bool
) -> tuple[list[str], bool]:
    """The points that can be reached, and whether a helper is to press them.

    Some points are for the person's own hands alone, so a helper has a plan without them.
    """
    by = {code: library.points[code].reach.by for code in codes}
    if helper and not any(
        {HELPER_PRESS, EVERYTHING} & set(library.rules[rule].withhold_techniques)
        for rule in person.conditions
    ):
        for_helper = [code for code in codes if by[code] != "self"]
        if for_helper:
            return for_helper, True
    return [code for code in codes if by[code] != "helper"], False


def _in_one_position(
    codes: Sequence[str], wanted: str | None, library: Library, *, helper: bool
) -> tuple[list[str], str | None]:
    """The points that can be pressed in one position, best first, and that position.

    The wanted position counts if any point fits it; otherwise the first point decides. Nobody presses alone
    while lying on the front.
    """
    alone = frozenset() if helper else _ONLY_WITH_A_HELPER
    positions = {code: frozenset[str](library.points[code].reach.positions) - alone for code in codes}
    start = _POSITIONS.get(wanted or "")
    if start and not any(_common(start, positions[code]) for code in codes):
        start = None
    shared = start or frozenset({_ANY})
    chosen: list[str] = []
    for code in codes:
        if both := _common(shared, positions[code]):
            shared = both
            chosen.append(code)
    if shared == {_ANY}:
        return chosen, None
    in_order = [place for code in chosen for place in library.points[code].reach.positions]
    return chosen, next((place for place in in_order if place in shared), min(shared))


def _common(some: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    if _ANY in some:
        return others
    return some if _ANY in others else some & others


def _with_breathing(steps: list[PlanStep], minutes: int, library: Library) -> list[PlanStep]:
    """The steps after as many slow breaths as the time still holds."""
    timing = library.measures.timing
    left = minutes * 60 - plan_of_steps(tuple(steps), timing).total_seconds
    for seconds in _BREATHS_SECONDS:
        breathing = step_of_technique(BREATHING, seconds, library)
        if plan_of_steps((breathing,), timing).total_seconds <= left:
            return [breathing, *steps]
    return steps
