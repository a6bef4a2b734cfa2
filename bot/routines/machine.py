"""The hold machine: what time and taps do to a running routine.

Every function answers with the routine as it is then and with what happened. One that makes no sense answers
with the routine unchanged and ``Ignored``; none raises. Whatever changes a routine raises its serial, so a
timer or a button of an earlier state is known by the serial it was made with.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.guidance.steps import Plan
from bot.routines.cues import Cue, cues
from bot.routines.happenings import (
    Began,
    Continues,
    Finished,
    Happening,
    Ignored,
    Interrupted,
    Paused,
    Summary,
    Why,
)
from bot.routines.running import Running

LATE = timedelta(seconds=30)
"""A signal later than this is no signal any more."""
MADE_UP_PERCENT = 50
"""How much of the time before a hold may go to make up for a late signal. The hold itself stays whole."""
PACES_PERCENT = (75, 100, 125, 150)

Change = tuple[Running, Happening]


def applies(running: Running, serial: int) -> bool:
    """Whether a button or timer made with ``serial`` is about the routine as it is now."""
    return not running.over and serial == running.serial


def start(plan: Plan, now: datetime, *, at_once: bool = False) -> Change:
    """Start a plan. With ``at_once`` the first hold begins without time to get ready."""
    running = Running(plan, started_at=now, deadline=now)
    if not plan.steps:
        return _finished(running, now, completed=True)
    running = running.moved_to(0, now)
    if at_once:
        running = running.set_to(running.hold_length, now)
    return running, Began(running.cue, running.times(now))


def due(running: Running, now: datetime) -> Change:
    """The time of the cue is up: the next one begins, or the routine is finished.

    It counts from the deadline and not from the signal, so that a routine lasts as long as it was said to.
    More than ``LATE`` after the deadline nothing begins by itself; the routine waits to be resumed.
    """
    if running.over:
        return running, Ignored(Why.OVER)
    if running.deadline is None:
        return running, Ignored(Why.PAUSED)
    if not running.time_is_up(now):
        return running, Ignored(Why.NOT_YET)
    deadline, ended = running.deadline, running.cue
    late = now > deadline + LATE
    running = running.cue_done()
    if not running.later_cues:
        return _finished(running, now, completed=True, ended=ended, late=late)
    running = running.moved_to(running.cue_index + 1, now)
    if late:
        running = replace(running.paused(running.counted_to), interrupted=True)
        return running, Interrupted(running.cue, ended)
    made_up = min(now - deadline, running.cue.lead(running.pace_percent) * MADE_UP_PERCENT / 100)
    running = replace(running, deadline=now - made_up + running.counted_to)
    return running, Began(running.cue, running.times(now), ended, sounds=True)


def missed(running: Running, now: datetime) -> Change:
    """The signal of the cue that runs did not get through: it waits at its beginning to be resumed."""
    if running.over:
        return running, Ignored(Why.OVER)
    if running.deadline is None:
        return running, Ignored(Why.PAUSED)
    running = running.moved_to(running.cue_index, now)
    running = replace(running.paused(running.counted_to), interrupted=True)
    return running, Interrupted(running.cue, running.cue)


def pause(running: Running, now: datetime) -> Change:
    """Stop the clock and keep what remains of the cue. After its end, what follows is paused."""
    if running.over:
        return running, Ignored(Why.OVER)
    if running.deadline is None:
        return running, Ignored(Why.ALREADY_PAUSED)
    if running.time_is_up(now):
        running, happening = due(running, now)
        if running.deadline is None:
            return running, happening
    remaining = running.remaining(now)
    running = running.counted(remaining).paused(remaining)
    return running, Paused(running.cue, remaining)


def resume(running: Running, now: datetime) -> Change:
    """Let the clock run on with what remained."""
    if running.over:
        return running, Ignored(Why.OVER)
    if running.paused_remaining is None:
        return running, Ignored(Why.ALREADY_RUNNING)
    started = replace(running, deadline=now, paused_remaining=None, interrupted=False)
    running = started.set_to(running.paused_remaining, now)
    return running, Continues(running.cue, running.times(now))


def skip(running: Running, now: datetime) -> Change:
    """Leave the rest of the step out and go to the next one; after the last the routine is finished."""
    if running.over or running.time_is_up(now):
        return due(running, now)
    running = running.counted(running.remaining(now))
    step = running.cue.step
    if step not in running.done:
        running = replace(running, skipped=running.skipped | {step})
    following = [index for index, cue in enumerate(cues(running.plan)) if cue.step > step]
    if not following:
        return _finished(running, now, completed=True)
    return _moved(running, following[0], now)


def back(running: Running, now: datetime) -> Change:
    """Begin the step again, or the one before while this one is still being got ready for."""
    if running.over or running.time_is_up(now):
        return due(running, now)
    cue = running.cue
    begun = not cue.opens_step or running.is_pressing(now)
    step = cue.step if begun else cue.step - 1
    if step < 0:
        return running, Ignored(Why.AT_THE_BEGINNING)
    first = next(index for index, each in enumerate(cues(running.plan)) if each.step == step)
    return _moved(running.counted(running.remaining(now)), first, now)


def slower(running: Running, now: datetime) -> Change:
    """Longer holds from here on."""
    pace = min((pace for pace in PACES_PERCENT if pace > running.pace_percent), default=None)
    return _paced(running, now, pace, otherwise=Why.SLOWEST)


def faster(running: Running, now: datetime) -> Change:
    """Shorter holds from here on."""
    pace = max((pace for pace in PACES_PERCENT if pace < running.pace_percent), default=None)
    return _paced(running, now, pace, otherwise=Why.FASTEST)


def found(running: Running, now: datetime) -> Change:
    """The point is found: the hold begins at once."""
    if running.over or running.time_is_up(now):
        return due(running, now)
    if running.deadline is None:
        return running, Ignored(Why.PAUSED)
    if running.is_pressing(now):
        return running, Ignored(Why.ALREADY_PRESSING)
    running = running.set_to(running.hold_length, now)
    return running, Continues(running.cue, running.times(now))


def not_found(running: Running, now: datetime) -> Change:
    """The point is not found yet: the time to get ready is given again, and then the whole hold."""
    if running.over or running.time_is_up(now):
        return due(running, now)
    if running.deadline is None:
        return running, Ignored(Why.PAUSED)
    ready = timedelta(seconds=running.plan.get_ready_seconds)
    running = running.counted(running.remaining(now)).set_to(running.hold_length + ready, now)
    return running, Continues(running.cue, running.times(now))


def stop(running: Running, now: datetime) -> Change:
    """End the routine. Nothing more comes of it."""
    if running.over:
        return running, Ignored(Why.OVER)
    if running.time_is_up(now):
        running = running.cue_done()
    return _finished(running.counted(running.remaining(now)), now, completed=False)


def _moved(running: Running, cue_index: int, now: datetime) -> Change:
    running = running.moved_to(cue_index, now)
    if running.deadline is None:
        return running, Paused(running.cue, running.counted_to)
    return running, Began(running.cue, running.times(now))


def _paced(running: Running, now: datetime, pace_percent: int | None, *, otherwise: Why) -> Change:
    if running.over or running.time_is_up(now):
        return due(running, now)
    if pace_percent is None:
        return running, Ignored(otherwise)
    remaining = running.remaining(now)
    rescaled = running.cue.rescaled(remaining, running.pace_percent, pace_percent)
    running = replace(running.counted(remaining), pace_percent=pace_percent).set_to(rescaled, now)
    if running.deadline is None:
        return running, Paused(running.cue, rescaled)
    return running, Continues(running.cue, running.times(now))


def _finished(
    running: Running, now: datetime, *, completed: bool, ended: Cue | None = None, late: bool = False
) -> Change:
    summary = Summary(
        name=running.plan.name,
        started_at=running.started_at,
        ended_at=now,
        pressed=running.pressed,
        steps=len(running.plan.steps),
        done=tuple(sorted(running.done)),
        skipped=tuple(sorted(running.skipped)),
        completed=completed,
    )
    return running.ended(), Finished(summary, ended, late, sounds=ended is not None and not late)
