"""A routine takes exactly the time that it promises, and both sides get the same share of it.

People start a five-minute break because it takes five minutes. If the stages added up to something else, or
the second side came out shorter, the promise on the button would be wrong.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance.steps import Plan, PlanStep, plan_of_routine
from bot.library import Library
from bot.routines.stages import Stage, StageKind, stages
from tests.routines.plans import PACES, ROUTINES, a_plan, a_press, plan


def told(found: Stage) -> tuple[str, str, int]:
    return found.kind.value, found.side, found.seconds


@pytest.mark.parametrize("routine", ROUTINES)
def test_the_stages_of_every_routine_take_the_time_that_the_content_promises(
    routine: str, library: Library
) -> None:
    found = stages(plan_of_routine(routine, library))

    assert sum(stage.seconds for stage in found) == library.routines[routine].total_seconds


@given(a_plan)
def test_the_stages_of_any_plan_add_up_to_its_total(made: Plan) -> None:
    assert sum(stage.seconds for stage in stages(made)) == made.total_seconds


@given(a_plan)
def test_every_hold_is_there_once_on_each_side(made: Plan) -> None:
    holds = [stage for stage in stages(made) if stage.kind is StageKind.HOLD]

    for index, step in enumerate(made.steps):
        sides = step.sides if step.order == "each" else ("both" if step.order == "together" else "none",)
        mine = [(stage.side, stage.repeat) for stage in holds if stage.step == index]
        assert mine == [(side, repeat) for side in sides for repeat in range(1, step.repeats + 1)]


def test_one_side_after_the_other_is_pressed_with_a_change_of_sides_between() -> None:
    assert [told(stage) for stage in stages(plan(a_press(repeats=2)))] == [
        ("get_ready", "left", 15),
        ("hold", "left", 30),
        ("release", "left", 5),
        ("hold", "left", 30),
        ("change_side", "right", 5),
        ("hold", "right", 30),
        ("release", "right", 5),
        ("hold", "right", 30),
        ("release", "right", 5),
    ]


def test_the_sore_side_can_come_first_or_be_the_only_one() -> None:
    first = [stage.side for stage in stages(plan(a_press(sides=("right", "left"))))]
    only = {stage.side for stage in stages(plan(a_press(sides=("right",))))}

    assert first == ["right", "right", "left", "left", "left"]
    assert only == {"right"}


def test_a_stage_that_takes_no_time_is_left_out() -> None:
    breathing = PlanStep(None, "slow_breathing", "midline", hold_seconds=30, release_seconds=0)

    assert [told(stage) for stage in stages(plan(breathing))] == [
        ("get_ready", "none", 15),
        ("hold", "none", 30),
    ]


def test_the_end_of_a_long_hold_sounds_and_nothing_else_does() -> None:
    found = stages(plan(a_press(repeats=3)))

    assert all(stage.sounds == (stage.kind is StageKind.HOLD) for stage in found)


def test_of_short_presses_in_a_row_only_the_last_on_each_side_sounds() -> None:
    found = stages(plan(a_press(hold_seconds=5, release_seconds=5, repeats=6)))

    assert [(stage.side, stage.repeat) for stage in found if stage.sounds] == [("left", 6), ("right", 6)]


@given(a_plan, st.sampled_from(PACES))
def test_a_pace_changes_holds_alone(made: Plan, pace_percent: int) -> None:
    for stage in stages(made):
        if stage.kind is not StageKind.HOLD:
            assert stage.seconds_at(pace_percent) == stage.seconds


@pytest.mark.parametrize(("pace_percent", "seconds"), [(75, 45), (100, 60), (125, 75), (150, 90)])
def test_a_hold_is_as_much_longer_or_shorter_as_the_pace_says(pace_percent: int, seconds: int) -> None:
    hold = stages(plan(a_press(hold_seconds=60)))[1]

    assert hold.seconds_at(pace_percent) == seconds


def test_no_pace_makes_a_hold_shorter_than_five_seconds_or_longer_than_its_limit() -> None:
    short = stages(plan(a_press(hold_seconds=5)))[1]
    limited = stages(plan(a_press(hold_seconds=12, longest_hold_seconds=15)))[1]

    assert short.seconds_at(75) == 5
    assert limited.seconds_at(150) == 15


@pytest.mark.parametrize("routine", ROUTINES)
def test_no_pace_goes_beyond_how_long_a_technique_may_be_used(routine: str, library: Library) -> None:
    made = plan_of_routine(routine, library)
    for index, step in enumerate(made.steps):
        limit = library.techniques[step.technique].seconds if step.technique else None
        if limit and step.hold_seconds * step.repeats <= limit:
            one_side = [
                stage
                for stage in stages(made)
                if stage.step == index
                and stage.side in ("left", "both", "none")
                and (stage.kind is StageKind.HOLD or stage.repeat < stage.repeats)
                and stage.kind is not StageKind.GET_READY
            ]
            assert sum(stage.seconds_at(150) for stage in one_side) <= limit
