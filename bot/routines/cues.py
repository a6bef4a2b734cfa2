"""Stages gathered into cues: what one message announces, so that a routine costs one message a hold.

The message that ends one hold starts the next. It speaks of all that leads there (let go, change sides, get
ready) and of the hold itself. Short presses in a row are one cue, their rhythm told in words. The release
after the very last hold is told at the end and not waited for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from bot.guidance.steps import Plan
from bot.routines.stages import Stage, StageKind, StageSide, stages

NOTHING = timedelta(0)


@dataclass(frozen=True)
class Cue:
    """Consecutive stages that end with a hold whose end is signalled."""

    stages: tuple[Stage, ...]

    @property
    def step(self) -> int:
        """The step that is announced, from 0."""
        return self.stages[-1].step

    @property
    def side(self) -> StageSide:
        """The side that is pressed."""
        return self.stages[-1].side

    @property
    def holds(self) -> tuple[Stage, ...]:
        """The hold, or the holds of a rhythm."""
        return tuple(stage for stage in self.stages if stage.kind is StageKind.HOLD)

    @property
    def opens_step(self) -> bool:
        """Whether a new point is to be found first."""
        return any(stage.kind is StageKind.GET_READY for stage in self.stages)

    @property
    def changes_side(self) -> bool:
        """Whether the same point is to be found on the other side first."""
        return any(stage.kind is StageKind.CHANGE_SIDE for stage in self.stages)

    def length(self, pace_percent: int) -> timedelta:
        """How long the whole cue takes."""
        return timedelta(seconds=sum(stage.seconds_at(pace_percent) for stage in self.stages))

    def lead(self, pace_percent: int) -> timedelta:
        """How long it takes until pressing begins."""
        first = self.stages.index(self.holds[0])
        return timedelta(seconds=sum(stage.seconds_at(pace_percent) for stage in self.stages[:first]))

    def pressed(self, pace_percent: int, before: timedelta, after: timedelta) -> timedelta:
        """How much is pressed while the time left of the cue falls from ``before`` to ``after``."""
        pressed, end = NOTHING, NOTHING
        for stage in reversed(self.stages):
            start = end + timedelta(seconds=stage.seconds_at(pace_percent))
            if stage.kind is StageKind.HOLD:
                pressed += max(NOTHING, min(start, before) - max(end, after))
            end = start
        return pressed

    def rescaled(self, remaining: timedelta, pace_percent: int, new_percent: int) -> timedelta:
        """What is left of the cue after a change of pace, from the same place within it."""
        left, end = NOTHING, NOTHING
        for stage in reversed(self.stages):
            seconds, new_seconds = stage.seconds_at(pace_percent), stage.seconds_at(new_percent)
            part = min(max(NOTHING, remaining - end), timedelta(seconds=seconds))
            left += part * new_seconds / seconds
            end += timedelta(seconds=seconds)
        return left


@dataclass(frozen=True)
class Times:
    """A cue on the clock: pressing begins at ``press_from`` and the cue ends at ``until``.

    The seconds are those of one press at the pace of the person.
    """

    press_from: datetime
    until: datetime
    hold_seconds: int
    release_seconds: int


@lru_cache(maxsize=1024)  # a running routine asks for them at every step
def cues(plan: Plan) -> tuple[Cue, ...]:
    """The cues of a plan, in order. With the last release they hold every stage once."""
    gathered: list[Cue] = []
    waiting: list[Stage] = []
    for stage in stages(plan):
        waiting.append(stage)
        if stage.sounds:
            gathered.append(Cue(tuple(waiting)))
            waiting = []
    return tuple(gathered)
