"""A routine that runs: what the clock, taps and words do to it, and what is said of that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal, cast

from bot.conversation import hold_decisions as say
from bot.conversation.choosing import closed
from bot.conversation.decision import DangerCard
from bot.conversation.ending import ended, rested
from bot.conversation.hold_actions import Steer, Steering
from bot.conversation.memory import Round
from bot.conversation.scene import Scene, Turn
from bot.guidance.offer import Person
from bot.guidance.plans import checked
from bot.library import Library
from bot.library.facts import Effect
from bot.routines import machine
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
from bot.routines.running import Running
from bot.understanding.reading import Danger

QUIET_AFTER = timedelta(minutes=10)
"""An apology that comes later than this makes no sound."""
TROUBLES = frozenset({"hurts", "numb", "dizzy"})
CONTROLS = frozenset(
    {"pause", "resume", "skip", "back", "slower", "faster", "found", "not_found", "done", *TROUBLES}
)
"""What people say to a routine that runs; "stop" is said to more than that."""

_MACHINE: Mapping[str, Callable[[Running, datetime], machine.Change]] = MappingProxyType(
    {
        "pause": machine.pause,
        "resume": machine.resume,
        "skip": machine.skip,
        "back": machine.back,
        "slower": machine.slower,
        "faster": machine.faster,
        "found": machine.found,
        "not_found": machine.not_found,
        "stop": machine.stop,
    }
)
_CHANGES: Mapping[str, Literal["found", "not_found", "resumed", "slower", "faster"]] = MappingProxyType(
    {
        "found": "found",
        "not_found": "not_found",
        "resume": "resumed",
        "slower": "slower",
        "faster": "faster",
    }
)


def due(scene: Scene) -> Turn:
    """The time is up. A timer of an earlier state finds its time not come, and nothing happens."""
    going = scene.memory.round
    if going is None or going.running.over:
        return Turn((), scene.memory)
    running, happening = machine.due(going.running, scene.now)
    if isinstance(happening, Ignored):
        return Turn((), scene.memory)
    if held := _held(scene):
        return held
    if rules := _withheld(going.running, scene.memory.conditions, scene.library):
        return _ended_for_safety(Turn((), scene.memory), going, rules, frozenset(), scene)
    deadline = going.running.deadline or scene.now
    sounds = scene.now - deadline < QUIET_AFTER
    return _told(happening, replace(going, running=running, message_id=None), scene, sounds=sounds)


def missed(scene: Scene) -> Turn:
    """What the running routine said last did not get through in time."""
    if held := _held(scene):
        return held
    going = scene.memory.round
    if going is None:
        return Turn((), scene.memory)
    running, happening = machine.missed(going.running, scene.now)
    if isinstance(happening, Ignored):
        return Turn((), scene.memory)
    return _told(happening, replace(going, running=running, message_id=None), scene, sounds=True)


def about_tap(action: Steer, message_id: int | None, by: int, scene: Scene) -> Turn:
    """The turn for a tap under a message that shows the routine."""
    going = scene.memory.round
    if going is None or not machine.applies(going.running, action.serial):
        return Turn((say.NothingChanged("old", tapped=True),), scene.memory)
    if going.by != by:
        return Turn((say.NothingChanged("not_yours", tapped=True),), scene.memory)
    if held := _held(scene):
        return held
    shown = replace(going, message_id=message_id)
    turn = _steered(action.verb, shown, scene, tapped=True)
    if isinstance(turn.says[0], say.NothingChanged):
        return turn
    return replace(turn, says=(*turn.says, *closed(going, message_id)))


def about_words(control: str, by: int, scene: Scene) -> Turn | None:
    """The turn for words to the routine that runs; ``None`` where none runs.

    Its new state stands in a new message, and the older one no longer counts down.
    """
    going = scene.memory.round
    if going is None or going.running.over:
        return None
    if going.by != by:
        return Turn((say.NothingChanged("not_yours", tapped=False),), scene.memory)
    if held := _held(scene):
        return held
    if control == "done":
        control = "skip" if going.running.later_cues else "stop"
    turn = _steered(control, replace(going, message_id=None), scene, tapped=False)
    if isinstance(turn.says[0], say.NothingChanged):
        return replace(turn, memory=scene.memory)
    older = () if going.message_id is None else (_older(going, turn),)
    return replace(turn, says=(*turn.says, *older))


def _held(scene: Scene) -> Turn | None:
    """The end of a routine whose person told of a danger sign elsewhere, such as in a group."""
    held, going = scene.memory.held, scene.memory.round
    if held is None or going is None or going.running.over:
        return None
    return end_for_danger(Turn((DangerCard(Danger(held.red_flag, held.tier)),), scene.memory))


def _older(going: Round, turn: Turn) -> say.OldCue:
    after = turn.memory.round
    return say.OldCue(going.message_id or 0, over=after is None or after.running.over)


def _steered(verb: Steering | str, going: Round, scene: Scene, *, tapped: bool) -> Turn:
    if verb in TROUBLES:
        return in_trouble(cast(say.Trouble, verb), going, scene)
    if verb in ("more", "show"):
        return _shown(going, scene, more=verb == "more")
    running, happening = _MACHINE[verb](going.running, scene.now)
    if isinstance(happening, Ignored):
        if verb == "not_found" and happening.why is Why.PAUSED:
            return Turn((say.OnHold(going.running, not_found=True),), replace(scene.memory, round=going))
        return Turn((say.NothingChanged(happening.why, tapped),), scene.memory)
    return _told(happening, replace(going, running=running), scene, change=_CHANGES.get(verb))


def _shown(going: Round, scene: Scene, *, more: bool) -> Turn:
    """The routine as it stands, with the buttons that are rarely needed or without them."""
    memory = replace(scene.memory, round=going)
    if going.running.deadline is None:
        return Turn((say.OnHold(going.running, going.running.interrupted),), memory)
    times = going.running.times(scene.now)
    change: Literal["goes_on"] | None = None if more else "goes_on"
    return Turn((say.Cued(going.running, times, scene.now, change=change, more=more),), memory)


def _told(
    happening: Happening,
    going: Round,
    scene: Scene,
    *,
    change: Literal["found", "not_found", "resumed", "slower", "faster"] | None = None,
    sounds: bool = False,
) -> Turn:
    memory = replace(scene.memory, round=going)
    match happening:
        case Began():
            cued = say.Cued(going.running, happening.times, scene.now, happening.ended, happening.sounds)
            return Turn((cued,), memory)
        case Continues():
            return Turn((say.Cued(going.running, happening.times, scene.now, change=change),), memory)
        case Paused():
            return Turn((say.OnHold(going.running),), memory)
        case Interrupted():
            return Turn((say.OnHold(going.running, interrupted=True, sounds=sounds),), memory)
        case Finished():
            return ended(happening, going, scene)
        case Ignored():
            return Turn((say.NothingChanged(happening.why, tapped=False),), scene.memory)


def in_trouble(trouble: say.Trouble, going: Round, scene: Scene) -> Turn:
    """It hurts, goes numb or makes dizzy: all stops at once, and the point rests for today."""
    point = going.running.plan.steps[going.running.cue.step].point
    running, happening = machine.stop(going.running, scene.now)
    turn = Turn((), scene.memory)
    if isinstance(happening, Finished):
        turn = ended(happening, replace(going, running=running), scene)
    rests = (point,) if point else ()
    memory = rested(replace(turn.memory, round=None), rests, scene)
    return Turn((say.TroubleAdvice(trouble, rests, was_running=True, person=memory.person()),), memory)


def still_allowed(turn: Turn, before: frozenset[str], told: frozenset[str], scene: Scene) -> Turn:
    """The turn, unless it taught something under which a step that is still to come is not allowed.

    ``before`` are the conditions known so far and ``told`` those of the message. Then the routine ends.
    """
    going = turn.memory.round
    if going is None or going.running.over:
        return turn
    learned = (turn.memory.conditions | told) - before
    if not learned:
        return turn
    barred_by = barred(going.running, learned, scene.library)
    if not barred_by:
        return turn
    return _ended_for_safety(turn, going, barred_by, told, scene)


def _ended_for_safety(
    turn: Turn, going: Round, rules: tuple[str, ...], told: frozenset[str], scene: Scene
) -> Turn:
    running, happening = machine.stop(going.running, scene.now)
    memory = turn.memory
    if isinstance(happening, Finished):
        memory = ended(happening, replace(going, running=running), replace(scene, memory=memory)).memory
    safety = say.EndedForSafety(rules, memory.person(told))
    return replace(turn, says=(*turn.says, safety, *closed(going)), memory=replace(memory, round=None))


def barred(running: Running, conditions: frozenset[str], library: Library) -> tuple[str, ...]:
    """The rules among ``conditions`` under which a step that is still to come is not allowed."""
    left = replace(running.plan, steps=running.plan.steps[running.cue.step :])
    planned = checked(left, Person(conditions), library)
    return tuple(
        sorted({rule for each in planned.left_out for rule in each.verdict.rules} | {*planned.rules})
    )


def _withheld(running: Running, conditions: frozenset[str], library: Library) -> tuple[str, ...]:
    """The rules that forbid a step that is still to come, whatever a doctor said before it began.

    Somebody may have told of them elsewhere, such as in a group, since it did.
    """
    left = replace(running.plan, steps=running.plan.steps[running.cue.step :])
    planned = checked(left, Person(conditions), library)
    forbidding = (each.verdict for each in planned.left_out if each.verdict.effect is Effect.WITHHOLD)
    return tuple(sorted({rule for verdict in forbidding for rule in verdict.rules} | {*planned.rules}))


def end_for_danger(turn: Turn) -> Turn:
    """A danger card ends whatever runs."""
    going = turn.memory.round
    if going is None:
        return turn
    older = () if going.running.over else closed(going)
    return replace(turn, says=(*turn.says, *older), memory=replace(turn.memory, round=None))
