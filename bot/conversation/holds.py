"""Timed holds: which part of a conversation about them an event belongs to."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from bot.conversation import actions, choosing, ending, hold_decisions, own, steering, wishes
from bot.conversation import decision as say
from bot.conversation.hold_actions import (
    AddToOwn,
    Choosing,
    Feel,
    HasSign,
    Own,
    Running,
    ShowRoutines,
    Steer,
)
from bot.conversation.memory import Hold, Question
from bot.conversation.scene import Scene, Turn
from bot.guidance.offer import Person
from bot.guidance.own_routines import LONGEST_NAME
from bot.guidance.safety import forbids_everything
from bot.understanding.reading import Danger, Kind, Reading

REQUESTS = frozenset({"timer", "routines"})


def about_tap(action: Choosing | Running, message_id: int | None, by: int, scene: Scene) -> Turn:
    """The turn for a tap on a button about timed holds."""
    match action:
        case Steer():
            return steering.about_tap(action, message_id, by, scene)
        case Feel():
            return ending.about_feeling(action, by, scene)
        case HasSign():
            return _has_sign(action, scene)
        case _:
            return _chosen(action, message_id, by, scene)


def _chosen(action: Choosing, message_id: int | None, by: int, scene: Scene) -> Turn:
    told = action.person.conditions
    person = Person(scene.memory.conditions | told, action.person.cleared)
    if forbidden := _forbidden(person, told, scene):
        return forbidden
    action = replace(action, person=person)
    try:
        match action:
            case ShowRoutines():
                return choosing.routine_list(person.elsewhere(), scene)
            case Own() | AddToOwn():
                return own.about_tap(action, scene)
            case _:
                return choosing.about_tap(action, message_id, by, scene)
    except wishes.Gone:
        raise actions.StaleButton from None


def _has_sign(action: HasSign, scene: Scene) -> Turn:
    """A danger sign that was asked about is there: the same card as for one that was written about."""
    sign = f"RF{action.number:02}"
    if sign not in scene.library.red_flags:
        raise actions.StaleButton
    return raise_card(Danger(sign, wishes.tier_when_asked(sign, scene.library)), scene)


def raise_card(danger: Danger, scene: Scene) -> Turn:
    """The danger card is the whole answer. What runs ends, and what comes by itself waits for a check."""
    held = Hold(danger.id, danger.tier, scene.now)
    implied = frozenset(scene.library.red_flags[danger.id].implies)
    memory = replace(scene.memory.hearing(implied, scene.now), held=held)
    return steering.end_for_danger(Turn((say.DangerCard(danger),), memory))


def about_words(text: str, reading: Reading, by: int, scene: Scene) -> Turn | None:
    """The turn for words about timed holds; ``None`` for any others. ``scene`` has heard the message."""
    control = reading.context.control if reading.kind is Kind.CONTROL else None
    if scene.memory.round and text.strip().casefold() in steering.CONTROLS:
        control = text.strip().casefold()  # the word on a button of what runs, whatever else it may mean
    running = scene.memory.round is not None and not scene.memory.round.running.over
    if running and reading.complaints == ("digestion",):
        control = "dizzy"  # who feels sick while pressing has to stop
    if control == "stop":
        return _stop(by, scene)
    if control in steering.CONTROLS:
        return _steered(control, by, scene)
    named = reading.kind is Kind.UNKNOWN and reading.routine
    timed = reading.kind is Kind.POINT and reading.hold_seconds
    if control in REQUESTS or named or timed:
        return _asked(text, reading, scene)
    if reading.kind is Kind.UNKNOWN and reading.score is not None:
        return ending.about_score(reading.score, by, scene)
    return None


def _steered(control: str, by: int, scene: Scene) -> Turn:
    turn = steering.about_words(control, by, scene)
    if turn:
        return turn
    if control in steering.TROUBLES:
        trouble = cast(hold_decisions.Trouble, control)
        return Turn(
            (hold_decisions.TroubleAdvice(trouble, person=scene.memory.person()),),
            replace(scene.memory, round=None),
        )
    person = scene.memory.person()
    return _forbidden(person, frozenset(), scene) or choosing.routine_list(person, scene, lost=True)


def _asked(text: str, reading: Reading, scene: Scene) -> Turn | None:
    person = scene.memory.person(reading.conditions)
    if forbidden := _forbidden(person, reading.conditions, scene):
        return forbidden
    if not reading.points and (reading.ask or reading.not_covered):
        return None
    return choosing.about_words(reading, text, person, scene)


def about_name(text: str, reading: Reading, scene: Scene) -> Turn | None:
    """The turn for the message after a question for a name, unless it plainly is about something else."""
    if reading.context.control == "stop" or reading.conditions or reading.danger:
        return None
    if len(text.strip()) > LONGEST_NAME and reading.kind is not Kind.UNKNOWN:
        return None
    return own.about_words(text, scene)


def about_command(name: str, argument: str, reading: Reading, by: int, scene: Scene) -> Turn | None:
    """The turn for a command about timed holds; ``None`` for any other."""
    if name == "stop" and not argument:
        return _stop(by, scene)
    if name == "start" and (routine := wishes.routine_linked(argument, scene.library)):
        return _chosen(routine, None, by, scene)
    if name == "start" and argument == "routines":
        name, argument = "routines", ""
    if name != "routines":
        return None
    return _asked(argument, reading, scene)


def _stop(by: int, scene: Scene) -> Turn | None:
    """Stop what runs; ``None`` where nothing does, and "stop" means what it always means."""
    return steering.about_words("stop", by, scene)


def without_old_question(turn: Turn, before: Question | None) -> Turn:
    """The turn after words that did not answer the question: it is not asked any more."""
    if before is None or turn.memory.question is not before:
        return turn
    return replace(turn, memory=replace(turn.memory, question=None))


def _forbidden(person: Person, told: frozenset[str], scene: Scene) -> Turn | None:
    """Under a rule that forbids all pressing nothing about holds is shown."""
    rule = forbids_everything(person.conditions & told, scene.library)
    if rule:
        return Turn((say.NoPressing(rule),), scene.memory)
    rule = forbids_everything(person.conditions, scene.library)
    return Turn((say.NoPressing(rule, said_before=True),), scene.memory) if rule else None
