"""The end of a routine: a summary, how it is now, and what rests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.conversation import hold_decisions as say
from bot.conversation.hold_actions import Feel
from bot.conversation.memory import MOST_DONE, SAID_FOR, Done, Memory, Round
from bot.conversation.reminded import refused
from bot.conversation.scene import Scene, Turn
from bot.guidance.steps import Plan
from bot.routines.happenings import Finished


def ended(finished: Finished, going: Round, scene: Scene) -> Turn:
    """The turn at the end of a routine. It waits, no longer running, for a word on how it was."""
    summary = finished.summary
    memory = replace(scene.memory, round=going)
    if memory.consent_at and scene.private and summary.pressed >= timedelta(seconds=1):
        done = Done(
            ended_at=scene.now,
            name=summary.name,
            points=_points(going.running.plan, summary.done),
            pressed_seconds=round(summary.pressed.total_seconds()),
            before=going.before,
        )
        memory = replace(memory, done=(*memory.done, done)[-MOST_DONE:])
    told = say.Ended(summary, going.running, going.before, finished.ended, finished.sounds, finished.late)
    return Turn((told,), memory)


def _points(plan: Plan, steps: Iterable[int]) -> tuple[str, ...]:
    points = (plan.steps[step].point for step in steps)
    return tuple(dict.fromkeys(point for point in points if point))


def rested(memory: Memory, points: Sequence[str], scene: Scene) -> Memory:
    """The memory after something did not feel right.

    These points rest for today, and the danger signs are asked about again before the next routine.
    """
    until = scene.now + SAID_FOR
    return replace(memory, resting={**memory.resting, **dict.fromkeys(points, until)}, settled={})


def about_feeling(action: Feel, by: int, scene: Scene) -> Turn:
    """The turn for a tap that says how it is after a routine."""
    going = scene.memory.round
    if going is None or not going.running.over or going.running.serial != action.serial:
        return Turn((say.NothingChanged("old", tapped=True),), scene.memory)
    if going.by != by:
        return Turn((say.NothingChanged("not_yours", tapped=True),), scene.memory)
    after = action.score if action.verb == "score" else None
    return _felt(going, after, scene, odd=action.verb == "odd")


def about_score(score: int, by: int, scene: Scene) -> Turn | None:
    """The turn for a score in words after a routine; ``None`` where nothing waits for one."""
    going = scene.memory.round
    if going is None or not going.running.over or going.by != by:
        return None
    return _felt(going, score, scene)


def _felt(going: Round, after: int | None, scene: Scene, *, odd: bool = False) -> Turn:
    memory = replace(scene.memory, round=None)
    kept = bool(memory.consent_at and scene.private)
    worse = after is not None and going.before is not None and after > going.before
    last = memory.done[-1] if memory.done else None
    if after is not None and kept and last and last.ended_at >= going.running.started_at:
        memory = replace(memory, done=(*memory.done[:-1], replace(last, after=after)))
    if odd or worse:
        rests = _points(going.running.plan, range(len(going.running.plan.steps)))
        memory = rested(memory, rests, scene)
        return Turn((say.TroubleAdvice("odd" if odd else "worse", rests, person=memory.person()),), memory)
    may_ask = scene.private and not kept and after is not None
    person, name = memory.person(), going.running.plan.name
    routine = name if name in scene.library.routines and not refused(name, person, scene.library) else ""
    return Turn((say.ScoreNoted(going.before, after, kept, may_ask, person, routine),), memory)
