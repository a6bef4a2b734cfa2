"""People put their own routine together, and it stays within what is sensible and allowed.

A refused change leaves the routine as it was and says why. What was allowed when the routine was made is
asked again when it starts, because somebody may be pregnant by then.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance.offer import Person
from bot.guidance.own_routines import (
    LONGEST_NAME,
    MOST_ROUTINES,
    MOST_STEPS,
    NotDone,
    OwnRoutine,
    add_step,
    delete,
    keep,
    move_step,
    new_routine,
    plan_of_own,
    remove_step,
    rename,
    seconds_of,
)
from bot.guidance.steps import PlanStep, step_of_point, step_of_technique
from bot.library import Library

SHORT = PlanStep("LI4", None, "each", hold_seconds=10, release_seconds=5)


def routine_of(*points: str, name: str = "mine") -> OwnRoutine:
    return OwnRoutine(name, tuple(replace(SHORT, point=point) for point in points))


def points_of(routine: OwnRoutine | NotDone) -> list[str | None]:
    assert isinstance(routine, OwnRoutine)
    return [step.point for step in routine.steps]


# --- names


def test_a_name_is_kept_without_needless_blanks() -> None:
    assert new_routine("  after\nwork  ") == OwnRoutine("after work")


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_a_routine_needs_a_name(name: str) -> None:
    assert new_routine(name) is NotDone.NO_NAME


def test_a_name_has_at_most_forty_characters() -> None:
    assert new_routine("x" * LONGEST_NAME) == OwnRoutine("x" * 40)
    assert rename(routine_of("LI4"), "x" * 41) is NotDone.NAME_TOO_LONG


def test_a_new_name_leaves_the_steps_alone() -> None:
    assert rename(routine_of("LI4", "SI3"), "other") == routine_of("LI4", "SI3", name="other")


# --- steps


def test_a_step_is_added_at_the_end(library: Library) -> None:
    longer = add_step(routine_of("LI4"), replace(SHORT, point="SI3"), library)

    assert points_of(longer) == ["LI4", "SI3"]


def test_there_are_at_most_ten_steps(library: Library) -> None:
    full = routine_of(*["LI4"] * MOST_STEPS)

    assert add_step(full, SHORT, library) is NotDone.TOO_MANY_STEPS
    assert points_of(add_step(routine_of(*["LI4"] * 9), SHORT, library)) == ["LI4"] * 10


def test_a_routine_takes_at_most_twenty_minutes(library: Library) -> None:
    long = replace(SHORT, order="together", hold_seconds=225, release_seconds=0)  # four minutes to get there
    five = OwnRoutine("mine", (long,) * 5)
    assert seconds_of(five, library.measures.timing) == 20 * 60

    assert add_step(OwnRoutine("mine", (long,) * 4), long, library) == five
    longer = replace(long, hold_seconds=226)
    assert add_step(OwnRoutine("mine", (long,) * 4), longer, library) is NotDone.TOO_LONG


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"hold_seconds": 4}, NotDone.HOLD_TOO_SHORT),
        ({"hold_seconds": 301}, NotDone.HOLD_TOO_LONG),
        ({"repeats": 0}, NotDone.TOO_MANY_REPEATS),
        ({"repeats": 11}, NotDone.TOO_MANY_REPEATS),
        ({"point": "LI5"}, NotDone.NOT_USED),
        ({"point": None}, NotDone.NOT_USED),
        ({"point": "BL20"}, NotDone.NEEDS_HELPER),
        ({"technique": "elbow"}, NotDone.NOT_USED),
        ({"technique": "wrapped_ice"}, NotDone.NOT_USED),
        ({"technique": "daily_use"}, NotDone.NOT_USED),
        ({"technique": "no_such_thing"}, NotDone.NOT_USED),
        ({"technique": "knuckle_strokes"}, NotDone.NEEDS_HELPER),
        ({"technique": "small_circles", "hold_seconds": 61}, NotDone.HOLD_TOO_LONG),
    ],
)
def test_a_step_that_is_not_sensible_is_refused_with_a_reason(
    change: dict[str, object], why: NotDone, library: Library
) -> None:
    assert add_step(routine_of("LI4"), replace(SHORT, **change), library) is why


def test_every_point_for_ones_own_hands_can_be_a_step(library: Library) -> None:
    for point in library.points.values():
        added = add_step(routine_of("LI4"), step_of_point(point), library)
        assert (added is NotDone.NEEDS_HELPER) == (point.reach.by == "helper")


def test_breathing_can_be_a_step(library: Library) -> None:
    breathing = step_of_technique("slow_breathing", 60, library)

    added = add_step(routine_of("LI4"), breathing, library)

    assert isinstance(added, OwnRoutine)
    assert added.steps[-1].longest_hold_seconds == library.techniques["slow_breathing"].seconds


@given(st.permutations(["LI4", "SI3", "TE3", "LR3"]), st.integers(-2, 5), st.integers(-2, 5))
def test_moving_a_step_puts_it_where_it_was_asked_to_and_keeps_the_order_of_the_others(
    points: list[str], index: int, to: int
) -> None:
    moved = move_step(routine_of(*points), index, to)

    if not (0 <= index < 4 and 0 <= to < 4):
        assert moved is NotDone.NO_SUCH_STEP
        return
    found = points_of(moved)
    assert found[to] == points[index]
    assert [point for point in found if point != points[index]] == [
        point for point in points if point != points[index]
    ]


def test_a_step_can_be_taken_out() -> None:
    routine = routine_of("LI4", "SI3", "TE3")

    assert points_of(remove_step(routine, 1)) == ["LI4", "TE3"]
    assert remove_step(routine, 3) is NotDone.NO_SUCH_STEP
    assert remove_step(routine, -1) is NotDone.NO_SUCH_STEP


# --- all of somebody's routines


def test_a_routine_is_kept_after_the_others() -> None:
    first, second = routine_of("LI4", name="first"), routine_of("SI3", name="second")

    assert keep((first,), second) == (first, second)


def test_a_changed_routine_takes_the_place_of_the_one_it_was() -> None:
    first, second = routine_of("LI4", name="first"), routine_of("SI3", name="second")
    changed = routine_of("TE3", name="new name")

    assert keep((first, second), changed, instead_of="FIRST") == (changed, second)
    assert keep((first, second), changed, instead_of="third") is NotDone.NO_SUCH_ROUTINE


def test_two_routines_cannot_have_the_same_name() -> None:
    first, second = routine_of("LI4", name="first"), routine_of("SI3", name="second")

    assert keep((first,), routine_of("SI3", name="First")) is NotDone.NAME_TAKEN
    assert keep((first, second), first, instead_of="second") is NotDone.NAME_TAKEN


def test_a_routine_without_steps_is_not_kept() -> None:
    assert keep((), OwnRoutine("empty")) is NotDone.NO_STEPS


def test_there_are_at_most_ten_routines() -> None:
    ten = tuple(routine_of("LI4", name=f"number {number}") for number in range(MOST_ROUTINES))
    another = routine_of("SI3", name="another")

    assert keep(ten, another) is NotDone.TOO_MANY_ROUTINES
    assert keep(ten[:9], another) == (*ten[:9], another)
    assert keep(ten, another, instead_of="number 3") == (*ten[:3], another, *ten[4:])


def test_a_routine_is_deleted_by_its_name() -> None:
    first, second = routine_of("LI4", name="first"), routine_of("SI3", name="second")

    assert delete((first, second), "First ") == (second,)
    assert delete((first, second), "third") is NotDone.NO_SUCH_ROUTINE


# --- starting one


def test_an_own_routine_starts_without_the_points_that_are_not_for_the_person_now(library: Library) -> None:
    routine = routine_of("LI4", "SI3")

    before = plan_of_own(routine, Person(), library)
    pregnant = plan_of_own(routine, Person(frozenset({"CR01"}), cleared=True), library)

    assert before.plan is not None
    assert pregnant.plan is not None
    assert [step.point for step in before.plan.steps] == ["LI4", "SI3"]
    assert [step.point for step in pregnant.plan.steps] == ["SI3"]
    assert [left.step.point for left in pregnant.left_out] == ["LI4"]
