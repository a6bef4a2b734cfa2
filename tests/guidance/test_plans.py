"""Nobody is led through a routine that presses a point, or in a way, that their rules leave out.

A timed routine goes on by itself while somebody presses with closed eyes. What is not for them has to be
taken out before it starts, and they are told what was taken out and why.
"""

from __future__ import annotations

import itertools
import tomllib

import pytest

from bot.guidance.offer import Person
from bot.guidance.plans import Before, Planned, Refusal, allowed_plan, checked, questions_before
from bot.guidance.steps import Plan, PlanStep, plan_of_routine, step_of_technique
from bot.library import CONTENT, Library
from bot.library.facts import Effect

ROUTINES = sorted(tomllib.loads((CONTENT / "routines.toml").read_text()))
RULES = sorted(tomllib.loads((CONTENT / "safety/rules.toml").read_text()))
NOBODY = Person()
PREGNANT, ON_BLOOD_THINNERS, NEAR_AN_OPERATION, UNDER_AGE = "CR01", "CR03", "CR05", "CR12"
FOR_PREGNANCY = "R05"
SORE_SKIN, JUST_AFTER_A_MEAL = "CR07", "CR16"


def somebody(*rules: str, cleared: bool = False) -> Person:
    return Person(frozenset(rules), cleared)


def pressed(planned: Planned) -> list[str]:
    return [step.point for step in planned.plan.steps if step.point] if planned.plan else []


def names(plan: Plan | None) -> list[tuple[str | None, str | None]]:
    return [(step.point, step.technique) for step in plan.steps] if plan else []


def everybody(library: Library) -> list[Person]:
    """Somebody for every rule and every pair of rules, before and after a doctor agreed."""
    sets = [*((rule,) for rule in RULES), *itertools.combinations(RULES, 2)]
    return [somebody(*rules, cleared=cleared) for rules in sets for cleared in (False, True)]


@pytest.mark.parametrize("routine", [routine for routine in ROUTINES if routine != FOR_PREGNANCY])
def test_whoever_wrote_nothing_about_themselves_has_the_whole_routine(routine: str, library: Library) -> None:
    assert allowed_plan(routine, NOBODY, library) == Planned(plan=plan_of_routine(routine, library))


def test_no_routine_of_anybody_holds_a_point_or_a_technique_that_a_rule_leaves_out(library: Library) -> None:
    for person, routine in itertools.product(everybody(library), ROUTINES):
        planned = allowed_plan(routine, person, library)
        if planned.plan is None:
            continue
        for rule in person.conditions:
            entry = library.rules[rule]
            closed = {*entry.withhold, *(() if person.cleared else entry.ask_first)} - {*entry.allow}
            assert not closed & {*pressed(planned), "*"}, (person, routine)
            ways = {step.technique for step in planned.plan.steps}
            ways |= {"helper_press"} if planned.plan.helper else set()
            assert not ways & {*entry.withhold_techniques}, (person, routine)


def test_every_step_is_in_the_plan_or_named_as_left_out_with_its_rules(library: Library) -> None:
    for person, routine in itertools.product(everybody(library), ROUTINES):
        planned = allowed_plan(routine, person, library)
        assert (planned.plan is None) == (planned.refusal is not None)
        if planned.plan is None:
            continue
        left_out = [(left.step.point, left.step.technique) for left in planned.left_out]
        whole = names(plan_of_routine(routine, library))
        assert sorted(names(planned.plan) + left_out, key=str) == sorted(whole, key=str)
        assert all(left.verdict.rules for left in planned.left_out)
        assert all(set(left.verdict.rules) <= {*person.conditions, PREGNANT} for left in planned.left_out)


def test_a_plan_always_has_a_point_to_press(library: Library) -> None:
    for person, routine in itertools.product(everybody(library), ROUTINES):
        planned = allowed_plan(routine, person, library)
        assert planned.refusal or pressed(planned)


@pytest.mark.parametrize("rule", ["CR12", "CR14", "CR15"])
@pytest.mark.parametrize("routine", ROUTINES)
def test_where_nothing_may_be_pressed_there_is_no_routine(routine: str, rule: str, library: Library) -> None:
    planned = allowed_plan(routine, somebody(rule, "CR05"), library)

    assert (planned.plan, planned.refusal, planned.rules) == (None, Refusal.FORBIDDEN, (rule,))


def test_near_an_operation_only_routines_that_keep_away_from_it_are_left(library: Library) -> None:
    gated = {routine for routine in ROUTINES if NEAR_AN_OPERATION in library.routines[routine].gates}
    refused = {
        routine
        for routine in ROUTINES
        if allowed_plan(routine, somebody(NEAR_AN_OPERATION), library).refusal is Refusal.PLACE_UNKNOWN
    }

    assert refused == gated
    assert "R09" not in gated


@pytest.mark.parametrize("rule", [SORE_SKIN, "CR17", JUST_AFTER_A_MEAL])
def test_what_only_the_person_can_judge_is_said_before_the_start(rule: str, library: Library) -> None:
    planned = allowed_plan("R01", somebody(rule), library)

    assert names(planned.plan) == names(plan_of_routine("R01", library))
    assert planned.heed == (rule,)


def test_a_rule_that_warns_of_a_point_is_said_only_when_the_point_is_there(library: Library) -> None:
    heart = somebody("CR09")

    assert allowed_plan("R03", heart, library).heed == ("CR09",)
    assert allowed_plan("R01", heart, library).heed == ()


def test_a_rule_about_cold_or_scents_is_not_said(library: Library) -> None:
    assert allowed_plan("R01", somebody("CR21", "CR22", "CR23"), library).heed == ()


def test_the_point_that_is_left_out_is_named_with_the_rule(library: Library) -> None:
    planned = allowed_plan("R04", somebody("CR08"), library)

    assert pressed(planned) == ["GV20", "KI27", "LI4"]
    (left,) = planned.left_out
    assert (left.step.point, left.verdict.effect, left.verdict.rules) == ("LR3", Effect.WITHHOLD, ("CR08",))


def test_a_technique_that_is_left_out_takes_its_step_with_it(library: Library) -> None:
    planned = allowed_plan("R11", somebody("CR08"), library)

    assert planned.refusal is Refusal.NOTHING_LEFT
    assert {left.step.technique for left in planned.left_out} == {"sole_rubbing", None}


@pytest.mark.parametrize("routine", ["R06", "R07"])
def test_where_no_helper_may_press_there_is_no_routine_with_a_helper(routine: str, library: Library) -> None:
    planned = allowed_plan(routine, somebody("CR13"), library)
    without = checked(plan_of_routine(routine, library), somebody("CR18"), library)

    assert planned.refusal is Refusal.PLACE_UNKNOWN
    assert without.refusal is Refusal.NOTHING_LEFT


def test_breathing_is_never_left_out(library: Library) -> None:
    for person, routine in itertools.product(everybody(library), ROUTINES):
        left_out = allowed_plan(routine, person, library).left_out
        assert (None, "slow_breathing") not in [(left.step.point, left.step.technique) for left in left_out]


@pytest.mark.parametrize(("technique", "longest"), [("palm_rubbing", 60), ("comfort_rule", 300)])
def test_a_technique_may_be_stretched_up_to_its_own_limit(
    technique: str, longest: int, library: Library
) -> None:
    assert step_of_technique(technique, 30, library).longest_hold_seconds == longest


# --- pregnancy


@pytest.mark.parametrize("person", [NOBODY, somebody(PREGNANT)])
def test_in_the_routine_for_pregnancy_the_hand_points_wait_for_the_midwife(
    person: Person, library: Library
) -> None:
    planned = allowed_plan(FOR_PREGNANCY, person, library)

    assert names(planned.plan) == [(None, "slow_breathing"), ("GV20", None)]
    assert [left.step.point for left in planned.left_out] == ["SI3", "TE3"]
    assert {left.verdict.effect for left in planned.left_out} == {Effect.ASK_FIRST}


def test_after_the_midwife_agreed_the_routine_for_pregnancy_is_whole(library: Library) -> None:
    planned = allowed_plan(FOR_PREGNANCY, somebody(PREGNANT, cleared=True), library)

    assert planned.plan == plan_of_routine(FOR_PREGNANCY, library)
    assert planned.left_out == ()


# --- blood thinners


@pytest.mark.parametrize("routine", ROUTINES)
def test_with_blood_thinners_nothing_starts_before_whoever_prescribes_agreed(
    routine: str, library: Library
) -> None:
    planned = allowed_plan(routine, somebody(ON_BLOOD_THINNERS), library)

    assert planned.plan is None
    assert planned.refusal in (Refusal.ASK_FIRST, Refusal.NOTHING_LEFT)


@pytest.mark.parametrize("routine", ROUTINES)
def test_with_blood_thinners_every_hold_is_light_and_short(routine: str, library: Library) -> None:
    planned = allowed_plan(routine, somebody(ON_BLOOD_THINNERS, cleared=True), library)

    for step in planned.plan.steps if planned.plan else ():
        if step.technique != "slow_breathing" or step.point:
            assert step.light
            assert step.hold_seconds <= step.longest_hold_seconds == 15


def test_the_hand_routine_is_left_with_blood_thinners(library: Library) -> None:
    planned = allowed_plan("R09", somebody(ON_BLOOD_THINNERS, cleared=True), library)

    assert pressed(planned) == ["SI3", "LI4"]
    assert planned.heed == (ON_BLOOD_THINNERS,)


def test_a_doctors_word_does_not_lift_what_is_withheld(library: Library) -> None:
    plan = Plan("", (PlanStep("BL40", None, "each", 30, 5),), 15, 5)

    planned = checked(plan, somebody(ON_BLOOD_THINNERS, cleared=True), library)

    assert planned.refusal is Refusal.NOTHING_LEFT


# --- what comes before a routine


@pytest.mark.parametrize("routine", ROUTINES)
def test_what_is_asked_and_said_before_a_routine_is_in_the_content(routine: str, library: Library) -> None:
    before = questions_before(routine)

    assert {*before.questions, *before.advice} <= library.red_flags.keys()
    assert before.briefing is None or before.briefing in library.techniques
    assert (before.briefing is not None) == (library.routines[routine].by == "helper")


def test_advice_is_given_only_on_signs_that_stop_nothing(library: Library) -> None:
    for routine in ROUTINES:
        before = questions_before(routine)
        assert all(library.red_flags[flag].tier == "doctor_soon" for flag in before.advice)
        assert all(library.red_flags[flag].tier != "doctor_soon" for flag in before.questions)


def test_nothing_is_asked_before_the_two_minute_starter() -> None:
    assert questions_before("R10") == Before()
