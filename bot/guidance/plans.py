"""Which plans are allowed for whom: the safety rules applied to every step before anything starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from bot.guidance.offer import Person, may_show
from bot.guidance.safety import EVERYTHING, Verdict, forbids_everything, silent
from bot.guidance.steps import Plan, PlanStep, plan_of_routine
from bot.library import Library
from bot.library.facts import Effect

HELPER_PRESS = "helper_press"
LIGHT_ONLY_SECONDS: Mapping[str, int] = MappingProxyType({"CR03": 15})
"""Rules under which holds are light and this short, and only once whoever prescribes has agreed.

Sources: UMN-SAFE, ETHOS.
"""


class Refusal(StrEnum):
    """Why there is no plan."""

    FORBIDDEN = "forbidden"
    """A rule of the person forbids all pressing."""
    PLACE_UNKNOWN = "place_unknown"
    """The routine must keep away from an operation or injury, and only the person knows where it is."""
    ASK_FIRST = "ask_first"
    """Nothing is left without the agreement of a doctor or midwife."""
    NOTHING_LEFT = "nothing_left"
    """The rules leave no point to press."""
    OUT_OF_REACH = "out_of_reach"
    """Points are allowed, but none that can be reached alone."""
    TOO_SHORT = "too_short"
    """A hold below ``SHORTEST_HOLD_SECONDS``."""
    TOO_LONG = "too_long"
    """A hold above ``LONGEST_HOLD_SECONDS``."""
    TOO_MANY = "too_many"
    """More repeats than ``MOST_REPEATS``, or less than one."""


@dataclass(frozen=True)
class LeftOut:
    """A step that is not in the plan, with the effect and the rules that left it out."""

    step: PlanStep
    verdict: Verdict


@dataclass(frozen=True)
class Planned:
    """A plan for one person, or the reason why there is none.

    Exactly one of ``plan`` and ``refusal`` is there. ``rules`` are those that refuse the plan as a whole,
    ``heed`` those to be said before it starts ("skip a spot where the skin is not whole").
    """

    plan: Plan | None = None
    refusal: Refusal | None = None
    rules: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    heed: tuple[str, ...] = ()
    position: str | None = None
    """For a plan that was made: a position of ``Reach`` in which each of its points can be pressed."""
    too_often: int = 0
    """The number of presses that was wanted, where so many take longer than ``LONGEST_PLAN_SECONDS``."""
    longer_than_advised: tuple[str, ...] = ()
    """Points that are to be held longer, or more often, than their own pages say."""


@dataclass(frozen=True)
class Before:
    """What has to be settled before a routine starts.

    ``questions`` are danger signs that have to be answered with no; ``advice`` are those whose advice is
    given first; ``briefing`` is the technique that is explained to the helper.
    """

    questions: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    briefing: str | None = None


_BEFORE: Mapping[str, Before] = MappingProxyType(
    {
        "R02": Before(questions=("RF01", "RF02", "RF03", "RF04")),
        "R03": Before(questions=("RF07", "RF08", "RF09", "RF11", "RF14"), advice=("RF18",)),
        "R05": Before(questions=("RF20", "RF21")),
        "R06": Before(briefing=HELPER_PRESS),
        "R07": Before(briefing=HELPER_PRESS),
        "R08": Before(advice=("RF24", "RF25")),
        "R09": Before(questions=("RF06", "RF07")),
    }
)


def questions_before(routine: str) -> Before:
    """What to ask, say and explain before a routine of the content starts.

    Every routine also comes after the search for danger signs in what was written.
    """
    return _BEFORE.get(routine, Before())


def allowed_plan(routine: str, person: Person, library: Library) -> Planned:
    """A routine of the content for one person: without what the rules leave out, or refused as a whole."""
    entry = library.routines[routine]
    person = replace(person, conditions=person.conditions | _implied(entry.complaints, library))
    near = tuple(rule for rule in sorted(person.conditions & set(entry.gates)) if _near(rule, library))
    if near and not forbids_everything(person.conditions, library):
        return Planned(refusal=Refusal.PLACE_UNKNOWN, rules=near)
    return checked(plan_of_routine(routine, library), person, library)


def checked(plan: Plan, person: Person, library: Library) -> Planned:
    """Any plan, without the steps that are not for this person. Refused when no point is left."""
    if forbidding := forbids_everything(person.conditions, library):
        return Planned(refusal=Refusal.FORBIDDEN, rules=(forbidding,))
    kept: list[PlanStep] = []
    left_out: list[LeftOut] = []
    heed: set[str] = set()
    for step in plan.steps:
        verdict = judge_step(step, person, library, helper=plan.helper)
        if verdict.effect in (Effect.WITHHOLD, Effect.ASK_FIRST):
            left_out.append(LeftOut(step, verdict))
        else:
            kept.append(softened(step, person))
            heed.update(verdict.rules)
    if not any(step.point for step in kept):
        return Planned(refusal=nothing_left(left_out), left_out=tuple(left_out))
    heed.update(rule for rule in person.conditions if _about_pressing_as_such(rule, library))
    return Planned(plan=replace(plan, steps=tuple(kept)), left_out=tuple(left_out), heed=tuple(sorted(heed)))


def judge_step(step: PlanStep, person: Person, library: Library, *, helper: bool) -> Verdict:
    """The strictest verdict on the point, the technique and, with ``helper``, on somebody else's pressing."""
    if not step.touches:
        return Verdict()
    techniques = {EVERYTHING, step.technique, HELPER_PRESS if helper else EVERYTHING}
    forbidding = tuple(
        rule
        for rule in sorted(person.conditions)
        if techniques & set(library.rules[rule].withhold_techniques)
    )
    verdict = may_show(step.point, person, library) if step.point else Verdict()
    if verdict.effect is Effect.WITHHOLD:
        return Verdict(Effect.WITHHOLD, tuple(sorted({*verdict.rules, *forbidding})))
    if forbidding:
        return Verdict(Effect.WITHHOLD, forbidding)
    if not person.cleared and (agreement := person.conditions & LIGHT_ONLY_SECONDS.keys()):
        asking = verdict.rules if verdict.effect is Effect.ASK_FIRST else ()
        return Verdict(Effect.ASK_FIRST, tuple(sorted({*agreement, *asking})))
    return verdict


def softened(step: PlanStep, person: Person) -> PlanStep:
    """The step as light and short as the rules of the person want it."""
    limits = [seconds for rule, seconds in LIGHT_ONLY_SECONDS.items() if rule in person.conditions]
    if not (limits and step.touches):
        return step
    most = min(limits)
    return replace(step, light=True, hold_seconds=min(step.hold_seconds, most), longest_hold_seconds=most)


def _implied(complaints: Iterable[str], library: Library) -> frozenset[str]:
    """The rules that apply to everybody for whom a routine is: those that each of its complaints implies."""
    return frozenset.intersection(*(frozenset(library.complaints[slug].implies) for slug in complaints))


def _near(rule: str, library: Library) -> bool:
    """Whether the rule keeps points away from a place that was not named, rather than warning about it."""
    entry = library.rules[rule]
    return entry.site_only and bool(entry.withhold)


def _about_pressing_as_such(rule: str, library: Library) -> bool:
    return silent(rule, library) and not library.rules[rule].withhold_techniques


def nothing_left(left_out: Iterable[LeftOut]) -> Refusal:
    """Why no point is left: a doctor's or midwife's agreement is missing, or the rules do not allow any."""
    asks = any(left.verdict.effect is Effect.ASK_FIRST and left.step.point for left in left_out)
    return Refusal.ASK_FIRST if asks else Refusal.NOTHING_LEFT
