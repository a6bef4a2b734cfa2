"""A plan made for a message fits the person and the time, and holds no point longer than its page says.

"Two minutes for my neck" must end within two minutes, in one position, with points that the person can reach
alone. "LI4 for 30 seconds three times" must be just that.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from bot.guidance.fitting import fitted
from bot.guidance.made_plans import Minutes, hold_plan, made_plan, minutes_to_fill
from bot.guidance.offer import Person, offer
from bot.guidance.plans import Planned, Refusal
from bot.guidance.steps import Plan, PlanStep, step_of_point
from bot.library import Library
from bot.library.facts import Effect, SuggestedPoint
from tests.guidance.walk import Rules

NOBODY = Person()
ALL_MINUTES: tuple[Minutes, ...] = (2, 5, 10)
PREGNANT, ON_BLOOD_THINNERS = "CR01", "CR03"


def somebody(*rules: str, cleared: bool = False) -> Person:
    return Person(frozenset(rules), cleared)


def steps(planned: Planned) -> list[PlanStep]:
    return [step for step in planned.plan.steps if step.point] if planned.plan else []


def codes(planned: Planned) -> list[str]:
    return [step.point for step in steps(planned) if step.point]


def plan_in(planned: Planned) -> Plan:
    assert planned.plan is not None
    return planned.plan


def every_plan(library: Library, person: Person = NOBODY) -> list[tuple[str, Minutes, Planned]]:
    return [
        (slug, minutes, made_plan([slug], person, library, minutes))
        for slug, minutes in itertools.product(library.complaints, ALL_MINUTES)
    ]


# --- what goes into it


def test_a_plan_takes_no_longer_than_there_is_time(library: Library) -> None:
    for slug, minutes, planned in every_plan(library):
        if planned.plan:
            assert planned.plan.total_seconds <= minutes * 60, slug


def test_there_is_a_plan_for_every_complaint_with_a_point_within_reach(library: Library) -> None:
    for slug, minutes, planned in every_plan(library):
        own = [
            suggested.code
            for suggested in library.complaints[slug].points
            if library.points[suggested.code].reach.by != "helper"
        ]
        assert (planned.plan is not None) == bool(own), (slug, minutes)


def test_more_minutes_bring_more_points_or_as_many(library: Library) -> None:
    for slug in library.complaints:
        counts = [len(codes(made_plan([slug], NOBODY, library, minutes))) for minutes in ALL_MINUTES]
        assert counts == sorted(counts), slug


def test_holds_and_repeats_stay_within_what_the_page_of_the_point_says(library: Library) -> None:
    for slug, _, planned in every_plan(library):
        for step in steps(planned):
            press = library.points[step.point].press
            assert 5 <= step.hold_seconds <= press.hold_seconds, slug
            assert 1 <= step.repeats <= press.repeats, slug
            assert (step.order, step.release_seconds) == (press.order, press.release_seconds)


def test_the_best_point_for_the_complaint_is_in_it(library: Library) -> None:
    for slug, _, planned in every_plan(library):
        reachable = [
            code for code in offer([slug], NOBODY, library).shown if library.points[code].reach.by != "helper"
        ]
        assert codes(planned)[:1] == reachable[:1], slug


def test_all_points_can_be_pressed_in_the_one_position_that_is_named(library: Library) -> None:
    for slug, _, planned in every_plan(library):
        for code in codes(planned):
            positions = library.points[code].reach.positions
            assert planned.position in positions or "any" in positions, slug


def test_nobody_is_asked_to_press_alone_while_lying_on_the_front(library: Library) -> None:
    for slug, _, planned in every_plan(library):
        assert planned.position != "lying_front", slug


def test_time_that_is_left_begins_with_slow_breaths(library: Library) -> None:
    plan = plan_in(made_plan(["hip"], NOBODY, library, 5))

    assert plan.steps[0].technique == "slow_breathing"
    assert plan.steps[0].hold_seconds % 10 == 0


def test_a_step_that_does_not_fit_even_when_shortened_is_left_out(library: Library) -> None:
    step, timing = step_of_point(library.points["SI3"]), library.measures.timing

    both_shortest = 2 * (15 + 15 + 5 + 15 + 10)  # get ready, left, change sides, right, release
    assert [each.hold_seconds for each in fitted([step, step], both_shortest, timing)] == [15, 15]
    assert [each.hold_seconds for each in fitted([step, step], both_shortest - 1, timing)] == [40]
    assert fitted([step], 59, timing) == []


@pytest.mark.parametrize(("minutes", "filled"), [(1, 2), (2, 2), (4, 2), (5, 5), (9, 5), (10, 10), (45, 10)])
def test_any_number_of_minutes_becomes_a_plan_that_is_not_longer(minutes: int, filled: int) -> None:
    assert minutes_to_fill(minutes) == filled


# --- for whom


def test_a_plan_for_anybody_holds_only_points_that_may_be_shown_to_them(library: Library) -> None:
    for rule, cleared in itertools.product(library.rules, (False, True)):
        person = somebody(rule, cleared=cleared)
        rules = Rules(person.conditions, library)
        closed = rules.withheld if cleared else rules.withheld | rules.ask_first
        for slug, minutes in itertools.product(library.complaints, ALL_MINUTES):
            planned = made_plan([slug], person, library, minutes)
            assert (planned.plan is None) == (planned.refusal is not None)
            assert not closed & {*codes(planned)}, (rule, slug)


def test_what_is_left_out_is_named(library: Library) -> None:
    planned = made_plan(["lower_back"], somebody("CR08"), library, 10)

    assert {left.step.point for left in planned.left_out} >= {"LR3", "KI3"}
    assert {left.verdict.effect for left in planned.left_out} == {Effect.WITHHOLD}


def test_a_complaint_in_pregnancy_makes_a_plan_for_pregnancy(library: Library) -> None:
    assert codes(made_plan(["pregnancy_back"], NOBODY, library, 5)) == ["GV20"]
    assert "LI4" not in codes(made_plan(["neck", "pregnancy_back"], NOBODY, library, 10))


def test_with_blood_thinners_a_plan_waits_for_agreement_and_then_is_light(library: Library) -> None:
    before = made_plan(["neck"], somebody(ON_BLOOD_THINNERS), library, 5)
    after = made_plan(["neck"], somebody(ON_BLOOD_THINNERS, cleared=True), library, 5)

    assert before.refusal is Refusal.ASK_FIRST
    assert steps(after)
    assert all(step.light and step.hold_seconds <= 15 for step in steps(after))


def test_where_nothing_may_be_pressed_there_is_no_plan(library: Library) -> None:
    planned = made_plan(["neck"], somebody("CR12"), library, 2)

    assert (planned.refusal, planned.rules) == (Refusal.FORBIDDEN, ("CR12",))


def test_a_helper_presses_only_what_is_not_for_ones_own_hands_alone(library: Library) -> None:
    planned = made_plan(["mid_back"], NOBODY, library, 10, helper=True)

    assert plan_in(planned).helper
    assert all(library.points[code].reach.by != "self" for code in codes(planned))
    assert "BL20" in codes(planned)


@pytest.mark.parametrize("helper", [None, False])
def test_without_a_helper_no_point_needs_one(helper: bool | None, library: Library) -> None:
    for slug in library.complaints:
        planned = made_plan([slug], NOBODY, library, 10, helper=helper)
        assert all(library.points[code].reach.by != "helper" for code in codes(planned))


def test_a_complaint_whose_points_all_need_a_helper_has_no_plan_without_one(library: Library) -> None:
    only_helped = library.complaints["mid_back"].model_copy(
        update={"points": (SuggestedPoint(code="BL20", sources=("GENERAL",)),)}
    )
    point = library.points["BL20"]
    sitting = point.model_copy(update={"reach": point.reach.model_copy(update={"positions": ("sitting",)})})
    library = replace(
        library, complaints={"mid_back": only_helped}, points={**library.points, "BL20": sitting}
    )

    assert made_plan(["mid_back"], NOBODY, library, 5).refusal is Refusal.OUT_OF_REACH
    assert codes(made_plan(["mid_back"], NOBODY, library, 5, helper=True)) == ["BL20"]


def test_a_helper_who_may_not_press_leaves_a_plan_for_ones_own_hands(library: Library) -> None:
    planned = made_plan(["neck"], somebody("CR02"), library, 5, helper=True)

    assert codes(planned)
    assert not plan_in(planned).helper


@pytest.mark.parametrize("position", ["desk", "sitting", "standing", "lying"])
def test_a_plan_keeps_to_the_position_where_any_point_fits_it(position: str, library: Library) -> None:
    wanted = {
        "desk": {"sitting"},
        "sitting": {"sitting"},
        "standing": {"standing"},
        "lying": {"lying_back", "lying_side"},
    }[position]
    for slug in library.complaints:
        planned = made_plan([slug], NOBODY, library, 10, position=position)
        fits = any(
            wanted & {*library.points[suggested.code].reach.positions}
            for suggested in library.complaints[slug].points
            if library.points[suggested.code].reach.by != "helper"
        )
        if fits:
            assert planned.position in wanted, slug
        else:
            assert bool(planned.plan) == bool(made_plan([slug], NOBODY, library, 10).plan)


def test_the_sore_side_comes_first(library: Library) -> None:
    right = made_plan(["neck"], NOBODY, library, 2, side="right")
    left = made_plan(["neck"], NOBODY, library, 2, side="left")

    assert {step.sides for step in steps(right)} == {("right", "left")}
    assert {step.sides for step in steps(left)} == {("left", "right")}


# --- one point, as asked


def test_a_point_is_held_as_long_and_as_often_as_somebody_asks(library: Library) -> None:
    (step,) = steps(hold_plan("LI4", NOBODY, library, seconds=30, repeats=3, side="left"))

    assert (step.point, step.hold_seconds, step.repeats) == ("LI4", 30, 3)
    assert (step.order, step.sides) == ("each", ("left",))


def test_what_was_not_asked_for_is_as_the_page_says(library: Library) -> None:
    for code, point in library.points.items():
        (step,) = steps(hold_plan(code, NOBODY, library))
        press = point.press
        assert (step.hold_seconds, step.repeats, step.order) == (
            press.hold_seconds,
            press.repeats,
            press.order,
        )


def test_any_hold_from_five_seconds_to_five_minutes_can_be_asked_for(library: Library) -> None:
    for code, seconds in itertools.product(library.points, range(5, 301)):
        (step,) = steps(hold_plan(code, NOBODY, library, seconds=seconds, repeats=1))
        assert step.hold_seconds == seconds


@pytest.mark.parametrize(
    ("seconds", "repeats", "refusal"),
    [
        (4, 1, Refusal.TOO_SHORT),
        (301, 1, Refusal.TOO_LONG),
        (30, 0, Refusal.TOO_MANY),
        (30, 11, Refusal.TOO_MANY),
    ],
)
def test_a_hold_beyond_the_limits_is_refused_with_a_reason(
    seconds: int, repeats: int, refusal: Refusal, library: Library
) -> None:
    planned = hold_plan("SI3", NOBODY, library, seconds=seconds, repeats=repeats)

    assert (planned.plan, planned.refusal) == (None, refusal)


def test_long_holds_are_as_many_as_fit_into_twenty_minutes_and_no_shorter(library: Library) -> None:
    """Whoever asks for five minutes on each side gets them, and is told before the start how often."""
    for code, seconds, repeats in itertools.product(library.points, (90, 180, 300), (1, 2, 3, 10)):
        planned = hold_plan(code, NOBODY, library, seconds=seconds, repeats=repeats)
        (step,) = steps(planned)
        once_more = replace(plan_in(planned), steps=(replace(step, repeats=step.repeats + 1),))

        assert step.hold_seconds == seconds
        assert plan_in(planned).total_seconds <= 20 * 60
        if step.repeats == repeats:
            assert planned.too_often == 0
        else:
            assert planned.too_often == repeats
            assert once_more.total_seconds > 20 * 60


def test_who_did_not_say_how_often_is_not_told_that_it_is_too_often(library: Library) -> None:
    planned = hold_plan("LI4", NOBODY, library, seconds=300)

    assert library.points["LI4"].press.repeats > 1
    assert [step.repeats for step in steps(planned)] == [1]
    assert planned.too_often == 0


def test_a_long_hold_on_one_side_is_done_more_often_than_on_both(library: Library) -> None:
    (both,) = steps(hold_plan("LI4", NOBODY, library, seconds=300, repeats=3))
    (left,) = steps(hold_plan("LI4", NOBODY, library, seconds=300, repeats=3, side="left"))

    assert (both.repeats, left.repeats) == (1, 3)


@pytest.mark.parametrize(
    ("seconds", "repeats", "longer"), [(60, 1, False), (30, 2, False), (61, 1, True), (30, 3, True)]
)
def test_a_hold_longer_or_more_often_than_the_page_says_is_told_so(
    seconds: int, repeats: int, longer: bool, library: Library
) -> None:
    planned = hold_plan("SI3", NOBODY, library, seconds=seconds, repeats=repeats)

    assert planned.longer_than_advised == (("SI3",) if longer else ())


def test_one_long_hold_instead_of_many_short_ones_is_told_so(library: Library) -> None:
    assert hold_plan("LI4", NOBODY, library, seconds=30, repeats=1).longer_than_advised == ("LI4",)


def test_a_midline_point_has_no_side_to_choose(library: Library) -> None:
    (step,) = steps(hold_plan("GV20", NOBODY, library, side="left"))

    assert step.order == "midline"


def test_a_point_that_is_not_for_the_person_is_not_timed(library: Library) -> None:
    withheld = hold_plan("LI4", somebody(PREGNANT), library, seconds=30)
    asked_first = hold_plan("SI3", somebody(PREGNANT), library, seconds=30)

    assert withheld.refusal is Refusal.NOTHING_LEFT
    assert withheld.left_out[0].verdict.rules == (PREGNANT,)
    assert asked_first.refusal is Refusal.ASK_FIRST
    assert hold_plan("SI3", somebody(PREGNANT, cleared=True), library).plan


def test_a_long_hold_with_blood_thinners_becomes_a_short_light_one(library: Library) -> None:
    (step,) = steps(hold_plan("LI4", somebody(ON_BLOOD_THINNERS, cleared=True), library, seconds=60))

    assert (step.hold_seconds, step.light) == (15, True)


def test_a_point_that_needs_a_helper_is_not_timed_where_no_helper_may_press(library: Library) -> None:
    assert plan_in(hold_plan("BL20", NOBODY, library)).helper
    assert hold_plan("BL20", somebody("CR18"), library).refusal is Refusal.NOTHING_LEFT
