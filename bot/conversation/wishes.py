"""What somebody wants to hold, and the plan that the rules allow for it."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import cast

from bot.conversation.about import MOST_COMPLAINTS
from bot.conversation.hold_actions import HoldOwn, HoldPlan, HoldPoint, HoldRoutine, Position, Wish
from bot.conversation.memory import Memory
from bot.guidance.made_plans import hold_plan, made_plan, minutes_to_fill
from bot.guidance.offer import Person
from bot.guidance.own_routines import OwnRoutine, plan_of_own
from bot.guidance.plans import Before, Planned, Refusal, allowed_plan, questions_before
from bot.library import Library
from bot.library.facts import Tier
from bot.understanding.reading import Reading

LEG = ("RF01", "RF02", "RF05")
"""Signs from the nerves that go to the legs, the bladder and the bowels."""
ASKED_WITH = {
    **dict.fromkeys(("sciatica", "buttock", "hip"), LEG),
    **dict.fromkeys(("upper_back", "mid_back"), ("RF06", "RF08", "RF11")),
    "pregnancy_back": ("RF20", "RF21"),
}
"""Danger signs that are asked about before any plan for a complaint."""
ASKED_WITH_SEVERE_PAIN = ("RF01", "RF06", "RF11")
SEVERE = "RF26"
USUAL_MINUTES = 5
ANYBODY = ("R10", "R09", "R04", "R05")
"""Routines to suggest where another one is not possible: the gentlest first."""


ROUTINE_LINK = "r_"
"""Begins the payload of a link to a routine: ``r_R01``."""


class Gone(LookupError):
    """The routine, complaint or point of a button is not there any more."""


def mark_of(text: str) -> int:
    """A number that tells a name or a state from others. It holds none of its words."""
    return zlib.crc32(text.encode())


def mark_of_name(name: str) -> int:
    """The mark of the name of a routine; names that differ only in case are the same."""
    return mark_of(" ".join(name.split()).casefold())


def mark_of_state(routine: OwnRoutine) -> int:
    """The mark of a routine as it is now, every step included."""
    return mark_of(repr(routine))


def routine_linked(payload: str, library: Library) -> HoldRoutine | None:
    """The routine that the payload of a link opens; ``None`` for any other payload."""
    name = payload.removeprefix(ROUTINE_LINK).upper()
    return HoldRoutine(int(name.removeprefix("R"))) if name in library.routines else None


def slugs_of(wish: Wish, library: Library) -> tuple[str, ...]:
    """The complaints that a wish is for. Raises ``Gone``."""
    match wish:
        case HoldRoutine():
            return library.routines[routine_of(wish, library)].complaints
        case HoldPlan() | HoldPoint():
            by_number = {entry.number: slug for slug, entry in library.complaints.items()}
            if not set(wish.complaints) <= by_number.keys():
                raise Gone
            return tuple(dict.fromkeys(by_number[number] for number in wish.complaints))
        case HoldOwn():
            return ()


def routine_of(wish: HoldRoutine, library: Library) -> str:
    """The id of a routine of the content. Raises ``Gone``."""
    routine = f"R{wish.number:02}"
    if routine not in library.routines:
        raise Gone
    return routine


def own_of(mark: int, memory: Memory) -> OwnRoutine:
    """The routine of one's own whose name has this mark; a draft counts too. Raises ``Gone``."""
    asked = memory.question
    drafts = [OwnRoutine(asked.about)] if asked and not asked.kind.startswith("remind") else []
    for routine in (*memory.own, *drafts):
        if mark_of_name(routine.name) == mark:
            return routine
    raise Gone


def with_implied(wish: Wish, library: Library) -> Wish:
    """The wish of somebody known to have its complaints and what they imply. Raises ``Gone``.

    A routine for several complaints implies only what each of them does.
    """
    if not isinstance(wish, HoldRoutine):
        return replace(wish, person=wish.person.with_complaints(slugs_of(wish, library), library))
    implied = (frozenset(library.complaints[slug].implies) for slug in slugs_of(wish, library))
    conditions = wish.person.conditions | frozenset.intersection(*implied)
    return replace(wish, person=replace(wish.person, conditions=conditions))


def planned(wish: Wish, memory: Memory, library: Library) -> Planned:
    """The plan for a wish, or its refusal. Raises ``Gone``."""
    found = _planned(wish, memory, library)
    if not found.plan:
        return found
    steps = tuple(step for step in found.plan.steps if step.point not in memory.resting)
    if not any(step.point for step in steps):
        return Planned(refusal=Refusal.NOTHING_LEFT, left_out=found.left_out)
    return replace(found, plan=replace(found.plan, steps=steps))


def resting_in(wish: Wish, memory: Memory, library: Library) -> tuple[str, ...]:
    """The points of the plan that rest today."""
    if not memory.resting:
        return ()
    found = _planned(wish, memory, library)
    steps = found.plan.steps if found.plan else ()
    return tuple(step.point for step in steps if step.point and step.point in memory.resting)


def _planned(wish: Wish, memory: Memory, library: Library) -> Planned:
    person = with_implied(wish, library).person
    match wish:
        case HoldRoutine():
            return allowed_plan(routine_of(wish, library), wish.person, library)
        case HoldPlan():
            helper = memory.profile.helper if wish.helper == "unknown" else wish.helper == "yes"
            return made_plan(
                slugs_of(wish, library),
                person,
                library,
                minutes_to_fill(wish.minutes),
                helper=helper,
                position=_position(wish.position, memory),
                side=None if wish.side == "any" else wish.side,
            )
        case HoldPoint():
            if wish.code not in library.points:
                raise Gone
            return hold_plan(
                wish.code,
                person,
                library,
                seconds=wish.seconds or None,
                repeats=wish.repeats or None,
                side=None if wish.side == "any" else wish.side,
            )
        case HoldOwn():
            return plan_of_own(own_of(wish.own, memory), wish.person, library)


def _position(wanted: Position, memory: Memory) -> str | None:
    if wanted != "any":
        return wanted
    return "sitting" if "lying_down" in memory.profile.obstacles else None


def before(wish: Wish, library: Library) -> Before:
    """What to ask, say and explain before the wish starts."""
    told = questions_before(routine_of(wish, library)) if isinstance(wish, HoldRoutine) else Before()
    if isinstance(wish, HoldRoutine):
        asked = list(told.questions)
    else:
        asked = [sign for slug in slugs_of(wish, library) for sign in ASKED_WITH.get(slug, ())]
    if wish.asked == "severe":
        asked += ASKED_WITH_SEVERE_PAIN
    return replace(told, questions=tuple(dict.fromkeys(asked)))


def other_than(wish: Wish, memory: Memory, library: Library) -> Wish | None:
    """Something gentle that can be started instead."""
    if isinstance(wish, HoldPoint) and (wish.seconds or wish.repeats):
        usual = replace(wish, seconds=0, repeats=0, verb="card")
        if planned(usual, memory, library).plan:
            return usual
    for routine in ANYBODY:
        if routine in library.routines:
            other = HoldRoutine(int(routine.removeprefix("R")), person=wish.person)
            same = isinstance(wish, HoldRoutine) and wish.number == other.number
            fit = routine != "R05" or "CR01" in wish.person.conditions
            if fit and not same and planned(other, memory, library).plan:
                return other
    return None


def tier_when_asked(sign: str, library: Library) -> Tier:
    """How urgent a sign is that was asked about and is there: at least something for today."""
    tier = library.red_flags[sign].tier
    return Tier.SAME_DAY if tier is Tier.DOCTOR_SOON else tier


def wish_of(reading: Reading, person: Person, library: Library) -> Wish | None:
    """What a message asks to hold; ``None`` when that is not clear."""
    severe = reading.danger is not None and reading.danger.id == SEVERE
    numbers = tuple(library.complaints[slug].number for slug in reading.complaints[:MOST_COMPLAINTS])
    side = reading.context.side or "any"
    if reading.points:
        return HoldPoint(
            reading.points[0],
            numbers,
            reading.hold_seconds or 0,
            reading.repeats or 0,
            side,
            person=person,
            asked="severe" if severe else "no",
        )
    if reading.routine and not (reading.minutes and numbers):
        number = int(reading.routine.removeprefix("R"))
        return HoldRoutine(number, person=person, asked="severe" if severe else "no")
    if not any(library.complaints[slug].points for slug in reading.complaints):
        return None
    helper = reading.context.helper
    position = reading.context.position
    return HoldPlan(
        numbers,
        minutes_to_fill(reading.minutes or USUAL_MINUTES),
        "unknown" if helper is None else "yes" if helper else "no",
        cast(Position, position) if position in ("desk", "sitting", "standing", "lying") else "any",
        side,
        person=person,
        asked="severe" if severe else "no",
    )
