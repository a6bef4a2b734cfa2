"""A routine runs by itself, and every tap does what its button says, once.

Somebody who presses has no free hand: the routine must go on without taps. When they do tap, it must pause to
the second, skip one point and not two, and never sound again after it was stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.guidance.steps import Plan, plan_of_routine
from bot.library import Library
from bot.routines.happenings import (
    Began,
    Continues,
    Finished,
    Happening,
    Ignored,
    Interrupted,
    Paused,
    Why,
)
from bot.routines.machine import (
    LATE,
    applies,
    back,
    due,
    faster,
    found,
    pause,
    resume,
    skip,
    slower,
    start,
    stop,
)
from bot.routines.running import Running
from tests.routines.plans import ROUTINES, a_plan, a_press, plan

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
ONE_HOLD = plan(a_press(order="together", hold_seconds=60))
TWO_POINTS = plan(
    a_press(point="BL23", order="together", hold_seconds=60),
    a_press(point="SI3", order="each", hold_seconds=30),
)
Tap = Callable[[Running, datetime], tuple[Running, Happening]]
TAPS: tuple[Tap, ...] = (pause, resume, skip, back, slower, faster, found, stop, due)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def started(made: Plan = TWO_POINTS, *, at_once: bool = False) -> Running:
    return start(made, NOON, at_once=at_once)[0]


def left_alone(running: Running) -> list[Happening]:
    """All that happens when each signal comes in time."""
    happened: list[Happening] = []
    while not running.over:
        assert running.deadline is not None
        running, happening = due(running, running.deadline)
        happened.append(happening)
    return happened


def finished(happening: Happening) -> Finished:
    assert isinstance(happening, Finished)
    return happening


# --- running by itself


def test_a_start_tells_when_to_press_and_until_when() -> None:
    running, happening = start(ONE_HOLD, NOON)

    assert isinstance(happening, Began)
    assert (happening.times.press_from, happening.times.until) == (at(15), at(75))
    assert (happening.sounds, happening.ended) == (False, None)
    assert running.deadline == at(75)


def test_a_start_at_once_leaves_out_the_time_to_get_ready() -> None:
    running, happening = start(ONE_HOLD, NOON, at_once=True)

    assert isinstance(happening, Began)
    assert (happening.times.press_from, happening.times.until) == (NOON, at(60))
    assert running.deadline == at(60)


def test_the_end_of_a_hold_sounds_and_begins_the_next() -> None:
    _, happening = due(started(), at(75))

    assert isinstance(happening, Began)
    assert happening.sounds
    assert happening.ended is not None
    assert (happening.ended.step, happening.cue.step, happening.cue.side) == (0, 1, "left")
    assert (happening.times.press_from, happening.times.until) == (at(75 + 5 + 15), at(75 + 5 + 15 + 30))


@pytest.mark.parametrize("routine", ROUTINES)
def test_every_routine_ends_by_itself_with_all_of_it_pressed(routine: str, library: Library) -> None:
    made = plan_of_routine(routine, library)

    *cues, last = left_alone(started(made))

    summary = finished(last).summary
    holds = sum(step.hold_seconds * step.repeats * (2 if step.order == "each" else 1) for step in made.steps)
    assert all(isinstance(happening, Began) and happening.sounds for happening in cues)
    assert finished(last).sounds
    assert summary.pressed == timedelta(seconds=holds)
    assert summary.done == tuple(range(len(made.steps)))
    assert (summary.name, summary.skipped, summary.completed) == (routine, (), True)
    length = summary.ended_at - summary.started_at
    assert length.total_seconds() == made.total_seconds - made.steps[-1].release_seconds


def test_a_rhythm_is_told_with_the_seconds_of_one_press() -> None:
    _, happening = start(plan(a_press(hold_seconds=5, release_seconds=5, repeats=6)), NOON)

    assert isinstance(happening, Began)
    assert (happening.times.hold_seconds, happening.times.release_seconds) == (5, 5)
    assert len(happening.cue.holds) == 6
    assert happening.times.until == at(15 + 6 * 5 + 5 * 5)


def test_a_plan_without_steps_is_over_at_once() -> None:
    running, happening = start(plan(), NOON)

    assert running.over
    assert finished(happening).summary.pressed == timedelta(0)


# --- lateness


def test_a_signal_a_little_late_is_made_up_for_before_the_next_hold() -> None:
    running, happening = due(started(), at(75 + 10))

    assert isinstance(happening, Began)
    assert happening.times.press_from == at(75 + 5 + 15)
    assert happening.times.until == at(75 + 5 + 15 + 30) == running.deadline


def test_a_signal_later_than_that_leaves_half_the_time_before_the_hold_and_all_of_the_hold() -> None:
    running, happening = due(started(), at(75 + 30))

    assert isinstance(happening, Began)
    assert happening.times.press_from == at(75 + 30 + 10)
    assert happening.times.until == at(75 + 30 + 10 + 30) == running.deadline


@given(st.data())
def test_lateness_does_not_add_up_over_a_routine(data: st.DataObject) -> None:
    made = data.draw(a_plan)
    running, now = started(made), NOON
    while running.later_cues:
        assert running.deadline is not None
        before_the_next_hold = running.later_cues[0].lead(100) / 2
        now = running.deadline + data.draw(st.floats(0, 1)) * min(before_the_next_hold, LATE)
        running, _ = due(running, now)

    last_release = made.steps[-1].release_seconds
    assert running.deadline == at(made.total_seconds - last_release)


@given(st.data())
def test_no_lateness_takes_anything_of_a_hold(data: st.DataObject) -> None:
    running = started(data.draw(a_plan))
    while running.later_cues:
        assert running.deadline is not None
        now = running.deadline + data.draw(st.floats(0, 1)) * LATE
        running, happening = due(running, now)

        assert isinstance(happening, Began)
        held = happening.times.until - happening.times.press_from
        assert held == happening.cue.length(100) - happening.cue.lead(100)
        assert happening.times.press_from - now >= happening.cue.lead(100) / 2


def test_a_signal_more_than_half_a_minute_late_waits_to_be_resumed() -> None:
    running, happening = due(started(), at(75 + 31))

    assert isinstance(happening, Interrupted)
    assert (happening.ended.step, happening.cue.step) == (0, 1)
    assert running.interrupted
    assert running.deadline is None

    running, happening = resume(running, at(1000))

    assert isinstance(happening, Continues)
    assert happening.times.until == at(1050) == running.deadline
    assert not running.interrupted


def test_an_end_that_is_late_is_told_without_a_sound() -> None:
    _, happening = due(started(ONE_HOLD), at(75 + 31))

    assert finished(happening).late
    assert not finished(happening).sounds
    assert finished(happening).summary.done == (0,)


def test_a_timer_that_fires_early_does_nothing() -> None:
    running = started()

    assert due(running, at(74.9)) == (running, Ignored(Why.NOT_YET))


def test_a_tap_after_the_end_of_a_hold_is_about_what_has_ended() -> None:
    running, happening = skip(started(), at(76))

    assert isinstance(happening, Began)
    assert happening.cue.step == 1
    assert running.skipped == frozenset()


# --- pause and resume


def test_a_pause_keeps_what_is_left_and_resuming_runs_on_from_there() -> None:
    running, happening = pause(started(ONE_HOLD, at_once=True), at(20))
    assert happening == Paused(running.cue, timedelta(seconds=40))
    assert running.deadline is None

    running, happening = resume(running, at(500))
    assert isinstance(happening, Continues)
    assert (happening.times.press_from, happening.times.until) == (at(500), at(540))

    _, happening = due(running, at(540))
    assert finished(happening).summary.pressed == timedelta(seconds=60)


def test_a_pause_after_the_end_of_a_hold_pauses_what_follows() -> None:
    running, happening = pause(started(), at(76))

    assert isinstance(happening, Paused)
    assert (happening.cue.step, happening.remaining) == (1, timedelta(seconds=5 + 15 + 30 - 1))
    assert running.done == {0}


def test_a_pause_long_after_the_end_of_a_hold_is_an_interruption() -> None:
    running, happening = pause(started(), at(300))

    assert isinstance(happening, Interrupted)
    assert running.deadline is None


def test_a_clock_that_was_set_back_does_not_make_a_hold_longer() -> None:
    running, happening = pause(started(ONE_HOLD), at(-3600))

    assert happening == Paused(running.cue, timedelta(seconds=75))


# --- skip and back


def test_skipping_a_point_leaves_out_both_its_sides() -> None:
    made = plan(*(a_press(point=code) for code in ("SI3", "TE3", "LI4")))

    running, happening = skip(started(made), at(10))

    assert isinstance(happening, Began)
    assert (happening.cue.step, happening.sounds) == (1, False)
    assert running.skipped == {0}


def test_skipping_the_last_point_ends_the_routine() -> None:
    running, happening = skip(started(ONE_HOLD), at(25))

    assert running.over
    summary = finished(happening).summary
    assert (summary.done, summary.skipped, summary.completed) == ((), (0,), True)
    assert summary.pressed == timedelta(seconds=10)
    assert not finished(happening).sounds


def test_skipping_while_paused_stays_paused() -> None:
    running, _ = pause(started(), at(20))

    running, happening = skip(running, at(30))

    assert happening == Paused(running.cue, timedelta(seconds=5 + 15 + 30))
    assert (running.cue.step, running.deadline) == (1, None)


def test_back_begins_the_point_again_once_pressing_has_begun() -> None:
    running, _ = due(started(), at(75))

    running, happening = back(running, at(75 + 20 + 1))

    assert isinstance(happening, Began)
    assert (happening.cue.step, happening.cue.side, happening.cue.opens_step) == (1, "left", True)


def test_back_while_getting_ready_goes_to_the_point_before() -> None:
    running, _ = due(started(), at(75))

    _, happening = back(running, at(75 + 10))

    assert isinstance(happening, Began)
    assert happening.cue.step == 0


def test_back_on_the_second_side_begins_with_the_first_side() -> None:
    running, _ = due(started(plan(a_press())), at(45))

    _, happening = back(running, at(46))

    assert isinstance(happening, Began)
    assert (happening.cue.step, happening.cue.side) == (0, "left")


def test_there_is_nothing_before_the_first_point() -> None:
    running = started()

    assert back(running, at(3)) == (running, Ignored(Why.AT_THE_BEGINNING))


def test_a_point_that_was_skipped_and_then_done_counts_as_done() -> None:
    running, _ = skip(started(), at(1))
    running, _ = back(running, at(2))

    happened = left_alone(running)

    summary = finished(happened[-1]).summary
    assert (summary.done, summary.skipped) == ((0, 1), ())


def test_a_point_that_was_done_and_is_skipped_the_second_time_stays_done() -> None:
    running, _ = due(started(), at(75))
    running, _ = back(running, at(76))
    running, _ = skip(running, at(77))

    assert (running.done, running.skipped) == ({0}, frozenset())


def test_a_tap_ends_an_interruption_and_still_waits_to_be_resumed() -> None:
    running, _ = due(started(), at(300))

    running, happening = back(running, at(301))

    assert isinstance(happening, Paused)
    assert (happening.cue.step, running.interrupted, running.deadline) == (0, False, None)


def test_going_back_keeps_what_was_pressed() -> None:
    running, _ = back(started(ONE_HOLD), at(15 + 25))

    assert running.pressed == timedelta(seconds=25)


# --- pace and found


def test_found_starts_the_hold_at_once() -> None:
    running, happening = found(started(ONE_HOLD), at(4))

    assert isinstance(happening, Continues)
    assert (happening.times.press_from, happening.times.until) == (at(4), at(64))
    assert running.deadline == at(64)


def test_found_while_pressing_changes_nothing() -> None:
    running = started(ONE_HOLD)

    assert found(running, at(15)) == (running, Ignored(Why.ALREADY_PRESSING))


def test_slower_stretches_what_is_left_of_the_hold_and_every_hold_after_it() -> None:
    running, happening = slower(started(), at(15 + 20))

    assert isinstance(happening, Continues)
    assert happening.times.until == at(35 + 40 * 1.25)
    assert happening.times.hold_seconds == 75

    _, happening = due(running, at(85))
    assert isinstance(happening, Began)
    assert (happening.times.press_from, happening.times.until) == (at(105), at(105 + 38))


def test_faster_leaves_the_time_to_get_ready_as_it_is() -> None:
    _, happening = faster(started(ONE_HOLD), at(5))

    assert isinstance(happening, Continues)
    assert (happening.times.press_from, happening.times.until) == (at(15), at(60))


def test_what_was_pressed_before_a_change_of_pace_counts_as_it_was_pressed() -> None:
    running, _ = slower(started(ONE_HOLD), at(15 + 20))

    _, happening = due(running, at(85))

    assert finished(happening).summary.pressed == timedelta(seconds=20 + 50)


@pytest.mark.parametrize(("tap", "why"), [(slower, Why.SLOWEST), (faster, Why.FASTEST)])
def test_the_pace_has_ends(tap: Tap, why: Why) -> None:
    running = started()
    for _ in range(3):
        running, happening = tap(running, at(1))

    assert happening == Ignored(why)


def test_a_pace_can_be_changed_while_paused() -> None:
    running, _ = pause(started(ONE_HOLD), at(45))

    running, happening = slower(running, at(50))

    assert happening == Paused(running.cue, timedelta(seconds=37.5))
    assert running.deadline is None


# --- stop, and taps that make no sense


@pytest.mark.parametrize("paused", [False, True])
def test_after_a_stop_nothing_happens_any_more(paused: bool) -> None:
    running = started()
    if paused:
        running, _ = pause(running, at(5))

    running, happening = stop(running, at(25))

    assert not finished(happening).summary.completed
    assert not finished(happening).sounds
    for tap in TAPS:
        assert tap(running, at(75)) == (running, Ignored(Why.OVER))


def test_a_stop_tells_what_was_pressed_until_then() -> None:
    running, _ = due(started(), at(75))

    _, happening = stop(running, at(75 + 20 + 12))

    summary = finished(happening).summary
    assert summary.pressed == timedelta(seconds=72)
    assert (summary.minutes_pressed, summary.done, summary.skipped) == (1, (0,), ())


def test_a_hold_that_was_over_at_the_stop_is_done() -> None:
    _, happening = stop(started(), at(80))

    assert finished(happening).summary.done == (0,)


@pytest.mark.parametrize(
    ("before", "tap", "why"),
    [
        (pause, pause, Why.ALREADY_PAUSED),
        (slower, resume, Why.ALREADY_RUNNING),
        (pause, found, Why.PAUSED),
        (pause, due, Why.PAUSED),
    ],
)
def test_a_tap_that_makes_no_sense_changes_nothing_and_says_why(before: Tap, tap: Tap, why: Why) -> None:
    running, _ = before(started(), at(5))

    assert tap(running, at(6)) == (running, Ignored(why))


@pytest.mark.parametrize("tap", [pause, skip, slower, faster, found, stop])
def test_a_double_tap_has_one_effect(tap: Tap) -> None:
    running = started()
    drawn_with = running.serial
    assert applies(running, drawn_with)

    running, _ = tap(running, at(5))

    assert not applies(running, drawn_with)


def test_the_timer_of_a_hold_that_was_paused_is_out_of_date() -> None:
    running = started()
    timer = running.serial
    running, _ = pause(running, at(5))
    running, _ = resume(running, at(6))

    assert not applies(running, timer)


# --- what outlives a crash


@pytest.mark.parametrize("tap", [pause, slower, skip, stop, due])
def test_a_routine_can_be_written_down_and_read_again(tap: Tap) -> None:
    shape = TypeAdapter(Running)
    running, _ = tap(replace(started(), skipped=frozenset({1})), at(20.25))

    assert shape.validate_json(shape.dump_json(running)) == running


def test_the_time_left_is_how_long_the_routine_then_takes() -> None:
    running = started()

    ended_at = finished(left_alone(running)[-1]).summary.ended_at

    assert running.time_left(NOON) == ended_at - NOON
    assert stop(running, at(1))[0].time_left(at(1)) == timedelta(0)
