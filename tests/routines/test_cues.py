"""A routine costs about one message a hold: the message that ends one starts the next.

Telegram allows few messages, and nobody wants a phone that sounds every five seconds. But the end of every
hold must be heard, because hands and eyes are busy.
"""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance.steps import Plan, plan_of_routine
from bot.library import Library
from bot.routines.cues import NOTHING, Cue, cues
from bot.routines.stages import StageKind, stages
from tests.routines.plans import PACES, ROUTINES, a_plan, a_press, plan


@given(a_plan)
def test_the_cues_and_the_last_release_hold_every_stage_once(made: Plan) -> None:
    in_cues = [stage for cue in cues(made) for stage in cue.stages]
    rest = stages(made)[len(in_cues) :]

    assert in_cues == list(stages(made))[: len(in_cues)]
    assert all(stage.kind is StageKind.RELEASE for stage in rest)
    assert len(rest) <= 1


@given(a_plan)
def test_a_cue_ends_with_a_hold_that_sounds_and_no_other_stage_of_it_does(made: Plan) -> None:
    for cue in cues(made):
        assert cue.stages[-1].kind is StageKind.HOLD
        assert [stage.sounds for stage in cue.stages] == [False] * (len(cue.stages) - 1) + [True]


@given(a_plan)
def test_every_press_of_a_cue_is_on_one_side_of_one_step(made: Plan) -> None:
    for cue in cues(made):
        assert {(stage.step, stage.side) for stage in cue.holds} == {(cue.step, cue.side)}


def test_a_long_hold_is_announced_with_the_time_to_get_ready() -> None:
    first, second = cues(plan(a_press()))

    assert [stage.kind.value for stage in first.stages] == ["get_ready", "hold"]
    assert [stage.kind.value for stage in second.stages] == ["change_side", "hold"]
    assert (first.opens_step, first.changes_side, first.side) == (True, False, "left")
    assert (second.opens_step, second.changes_side, second.side) == (False, True, "right")


def test_the_release_after_a_step_leads_into_the_next() -> None:
    found = cues(plan(a_press(order="together"), a_press(order="together")))

    assert [stage.kind.value for stage in found[1].stages] == ["release", "get_ready", "hold"]


@pytest.mark.parametrize(("hold", "release"), [(5, 5), (10, 5), (5, 10), (8, 0)])
def test_short_presses_in_a_row_are_one_cue_a_side(hold: int, release: int) -> None:
    found = cues(plan(a_press(hold_seconds=hold, release_seconds=release, repeats=6)))

    assert [(cue.side, len(cue.holds)) for cue in found] == [("left", 6), ("right", 6)]


@pytest.mark.parametrize(("hold", "release"), [(11, 5), (5, 11), (30, 0)])
def test_longer_presses_are_a_cue_each(hold: int, release: int) -> None:
    found = cues(plan(a_press(hold_seconds=hold, release_seconds=release, repeats=3)))

    assert [len(cue.holds) for cue in found] == [1] * 6


@pytest.mark.parametrize("routine", ROUTINES)
def test_no_routine_sends_more_messages_than_it_has_holds(routine: str, library: Library) -> None:
    made = plan_of_routine(routine, library)
    holds = [stage for stage in stages(made) if stage.kind is StageKind.HOLD]
    runs = [key for key, _ in itertools.groupby(holds, key=lambda stage: (stage.step, stage.side))]

    assert len(runs) <= len(cues(made)) <= len(holds)
    assert all(cue.length(75).total_seconds() >= 15 for cue in cues(made))


@given(a_plan, st.sampled_from(PACES), st.data())
def test_what_is_pressed_before_and_after_any_moment_is_what_the_cue_holds(
    made: Plan, pace_percent: int, data: st.DataObject
) -> None:
    cue = data.draw(st.sampled_from(cues(made)))
    length = cue.length(pace_percent)
    moment = length * data.draw(st.integers(0, 100)) / 100
    holds = sum(stage.seconds_at(pace_percent) for stage in cue.holds)

    before = cue.pressed(pace_percent, length, moment)
    after = cue.pressed(pace_percent, moment, NOTHING)

    assert (before + after).total_seconds() == pytest.approx(holds)
    assert before <= max(NOTHING, length - moment - cue.lead(pace_percent))


@given(a_plan, st.sampled_from(PACES), st.sampled_from(PACES), st.data())
def test_a_change_of_pace_and_back_leaves_as_much_to_do(
    made: Plan, pace_percent: int, other: int, data: st.DataObject
) -> None:
    cue = data.draw(st.sampled_from(cues(made)))
    remaining = cue.length(pace_percent) * data.draw(st.integers(0, 100)) / 100

    there = cue.rescaled(remaining, pace_percent, other)
    back = cue.rescaled(there, other, pace_percent)

    assert back.total_seconds() == pytest.approx(remaining.total_seconds(), abs=1e-3)
    assert (there >= remaining) == (other >= pace_percent) or there == remaining


@given(a_plan, st.sampled_from(PACES), st.sampled_from(PACES))
def test_a_whole_cue_at_another_pace_is_as_long_as_that_pace_makes_it(
    made: Plan, pace_percent: int, other: int
) -> None:
    for cue in cues(made):
        whole: Cue = cue
        assert whole.rescaled(whole.length(pace_percent), pace_percent, other) == whole.length(other)
