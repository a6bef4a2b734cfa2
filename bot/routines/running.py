"""A running routine as a value: where it stands on the clock and what has been pressed so far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.guidance.steps import Plan
from bot.routines.cues import NOTHING, Cue, Times, cues


@dataclass(frozen=True)
class Running:
    """A routine that was started, in one of three states: it runs, it is paused, or it is over.

    It has a ``deadline`` while it runs and ``paused_remaining`` while it is paused. ``pressed`` is counted up
    to where ``counted_to`` remained of the cue. ``done`` and ``skipped`` are steps, from 0. ``serial`` rises
    with every change.
    """

    plan: Plan
    started_at: datetime
    serial: int = 0
    cue_index: int = 0
    deadline: datetime | None = None
    paused_remaining: timedelta | None = None
    interrupted: bool = False
    """Whether it is paused because a signal came too late."""
    pace_percent: int = 100
    pressed: timedelta = NOTHING
    counted_to: timedelta = NOTHING
    done: frozenset[int] = frozenset()
    skipped: frozenset[int] = frozenset()

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.deadline is None and self.paused_remaining is None

    @property
    def cue(self) -> Cue:
        """The cue that runs, or waits to be resumed."""
        return cues(self.plan)[self.cue_index]

    @property
    def later_cues(self) -> tuple[Cue, ...]:
        """The cues after this one."""
        return cues(self.plan)[self.cue_index + 1 :]

    @property
    def hold_length(self) -> timedelta:
        """How long the cue takes from the first press on."""
        return self.cue.length(self.pace_percent) - self.cue.lead(self.pace_percent)

    def time_is_up(self, now: datetime) -> bool:
        """Whether the cue has ended. A tap after that is about what has ended: the end comes first."""
        return self.deadline is not None and now >= self.deadline

    def remaining(self, now: datetime) -> timedelta:
        """What is left of the cue: never more than before, even when the clock was set back."""
        if self.deadline is None:
            return self.paused_remaining or NOTHING
        return max(NOTHING, min(self.deadline - now, self.counted_to))

    def time_left(self, now: datetime) -> timedelta:
        """How long the routine goes on if nobody taps."""
        if self.over:
            return NOTHING
        return sum((cue.length(self.pace_percent) for cue in self.later_cues), self.remaining(now))

    def is_pressing(self, now: datetime) -> bool:
        """Whether the lead to the hold is over."""
        return self.remaining(now) <= self.hold_length

    def times(self, now: datetime) -> Times:
        """The rest of the cue on the clock."""
        return Times(
            press_from=now + max(NOTHING, self.remaining(now) - self.hold_length),
            until=now + self.remaining(now),
            hold_seconds=self.cue.holds[-1].seconds_at(self.pace_percent),
            release_seconds=self.plan.steps[self.cue.step].release_seconds,
        )

    def counted(self, remaining: timedelta) -> Running:
        """With what was pressed until so much of the cue was left."""
        pressed = self.cue.pressed(self.pace_percent, self.counted_to, remaining)
        return replace(self, pressed=self.pressed + pressed, counted_to=remaining)

    def cue_done(self) -> Running:
        """With the whole cue pressed, and the step done if it was the last of it."""
        running = self.counted(NOTHING)
        step = self.cue.step
        if any(cue.step == step for cue in self.later_cues):
            return running
        return replace(running, done=self.done | {step}, skipped=self.skipped - {step})

    def set_to(self, remaining: timedelta, now: datetime) -> Running:
        """With so much of the cue left from now on, running or paused as before."""
        changed = replace(self, serial=self.serial + 1, counted_to=remaining)
        if self.deadline is None:
            return replace(changed, paused_remaining=remaining)
        return replace(changed, deadline=now + remaining)

    def moved_to(self, cue_index: int, now: datetime) -> Running:
        """At the beginning of another cue, running or paused as before."""
        moved = replace(self, cue_index=cue_index, interrupted=False)
        return moved.set_to(moved.cue.length(self.pace_percent), now)

    def paused(self, remaining: timedelta) -> Running:
        """With the clock stopped and so much of the cue left."""
        return replace(self, serial=self.serial + 1, deadline=None, paused_remaining=remaining)

    def ended(self) -> Running:
        """With nothing more to come."""
        return replace(self, serial=self.serial + 1, deadline=None, paused_remaining=None, interrupted=False)
