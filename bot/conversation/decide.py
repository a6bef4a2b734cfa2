"""From an event, its reading and what is known to a decision: danger first, then each to its own room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import (
    actions,
    at_its_time,
    browsing,
    holds,
    profile,
    reminders,
    returning,
    speaking,
    steering,
    still_so,
    talk,
)
from bot.conversation import decision as say
from bot.conversation.browsing_actions import Browsing, Rate
from bot.conversation.browsing_decisions import Rated
from bot.conversation.commands import COMMANDS, COMMANDS_BY_OTHER_NAMES
from bot.conversation.events import Blocked, Commanded, Due, Event, Missed, Pace, Placed, Said, Sent, Tapped
from bot.conversation.hold_actions import Choosing, Running
from bot.conversation.memory import Memory
from bot.conversation.reminder_actions import OwnReminders, Subscribe
from bot.conversation.scene import Scene, Turn
from bot.guidance.offer import Person
from bot.guidance.safety import forbids_everything
from bot.library import Library
from bot.understanding.reading import Danger, Kind, Reading

PREGNANCY, UNDER_18 = "CR01", "CR12"


def decide(event: Event, reading: Reading, scene: Scene) -> Turn:
    """What to do about ``event``. ``reading`` is that of its words, empty for an event without any."""
    scene = replace(scene, memory=scene.memory.at(scene.now))
    if says_stop(event, reading):
        scene = replace(scene, memory=scene.memory.without_finished_round())
        if scene.memory.round is None:
            scene = replace(scene, memory=reminders.without_news(scene.memory))
    turn = _decided(event, reading, scene)
    turn = steering.still_allowed(turn, scene.memory.conditions, reading.conditions, scene)
    turn = browsing.marked(reminders.afterwards(event, turn, scene))
    turn = still_so.asked(event, turn, reading.conditions, scene)
    return replace(turn, memory=turn.memory.after_the_message(scene.library))


def _decided(event: Event, reading: Reading, scene: Scene) -> Turn:
    if reading.danger and reading.danger.stops_everything:
        return _raise_card(reading.danger, reading, scene)
    question = scene.memory.question
    if isinstance(event, Said) and event.pace and not says_stop(event, reading):
        return _slow_down(event, reading, scene)
    if isinstance(event, Said) and event.late and not says_stop(event, reading):
        return _answer_late(reading, scene)
    match event:
        case Commanded("relief", argument) if argument:
            return _decided(Said(argument, event.by, event.language), reading, scene)
        case Said():
            return holds.without_old_question(_about_words(event, reading, scene), question)
        case Commanded():
            return holds.without_old_question(_about_command(event, reading, scene), question)
        case Tapped():
            try:
                return _about_tap(actions.decode(event.data), event, scene)
            except actions.StaleButton:
                return _only(say.NotUnderstood("old_button", person=scene.memory.person()), scene)
        case Sent():
            return _only(say.NotUnderstood("no_words", person=scene.memory.person()), scene)
        case Placed():
            return reminders.placed(event, scene)
        case Due():
            turn = steering.due(scene)
            reminded = at_its_time.due(replace(scene, memory=turn.memory), down=event.after_downtime)
            return replace(reminded, says=(*turn.says, *reminded.says))
        case Missed():
            return steering.missed(scene)
        case Blocked() if not scene.private:
            return Turn((), Memory())
        case Blocked():
            return Turn((), reminders.off_when_blocked(replace(scene.memory, round=None)))


def _slow_down(event: Said, reading: Reading, scene: Scene) -> Turn:
    """One of many messages at once: heard, so that nothing in it is forgotten, and not answered by itself."""
    memory = scene.memory.hearing(reading.conditions, scene.now)
    return Turn((say.OneAtATime(),) if event.pace is Pace.HURRIED else (), memory)


def _answer_late(reading: Reading, scene: Scene) -> Turn:
    """What was written hours ago is answered with an apology, and begins nothing and sets no time."""
    scene = _denied(reading, scene)
    turn = _talk(reading, scene, lambda person: talk.about_words(reading, person, scene.library))
    return replace(turn, belated=True)


def says_stop(event: Event, reading: Reading) -> bool:
    """Whether somebody wants nothing more to come, the last words about a finished routine included."""
    match event:
        case Said():
            return reading.context.control == "stop"
        case Commanded():
            return COMMANDS_BY_OTHER_NAMES.get(event.name, event.name) == "stop"
        case _:
            return False


def _only(decision: say.Decision, scene: Scene) -> Turn:
    return Turn((decision,), scene.memory)


def _raise_card(danger: Danger, reading: Reading, scene: Scene) -> Turn:
    """The card is the whole answer, and what runs by itself waits until somebody was checked."""
    memory = scene.memory.hearing(reading.conditions, scene.now)
    return holds.raise_card(danger, replace(scene, memory=memory))


def _about_words(event: Said, reading: Reading, scene: Scene) -> Turn:
    before = scene.memory
    scene = _denied(reading, scene)
    if turn := holds.about_name(event.text, reading, scene):
        return turn
    if turn := reminders.about_words(event.text, reading, scene):
        return turn
    if reading.kind in (Kind.UNKNOWN, Kind.CONTROL) and (turn := speaking.about_words(event.text, scene)):
        return turn
    if turn := _only_denied(reading, before, scene):
        return turn
    heard, unheard = _heard(reading, scene)
    if not forbids_everything(reading.conditions, scene.library):
        if turn := holds.about_words(event.text, reading, event.by, heard):
            return _offering(turn, unheard)
        if turn := browsing.about_words(event.text, reading, heard):
            return _offering(turn, unheard)
        control = reading.context.control if reading.kind is Kind.CONTROL else None
        if control in profile.CONTROLS:
            return profile.about_words(control, heard)
    return _talk(reading, scene, lambda person: talk.about_words(reading, person, scene.library))


def _about_command(event: Commanded, reading: Reading, scene: Scene) -> Turn:
    name = COMMANDS_BY_OTHER_NAMES.get(event.name, event.name)
    if turn := profile.about_command(name, event.argument, scene):
        return turn
    if turn := reminders.about_command(name, event.argument, reading, scene):
        return turn
    if turn := returning.about_command(name, event.argument, scene):
        return turn
    if turn := browsing.about_command(name, event.argument, reading, scene):
        return turn
    heard, unheard = _heard(reading, scene)
    if turn := holds.about_command(name, event.argument, reading, event.by, heard):
        return _offering(turn, unheard)
    return _talk(
        reading,
        scene,
        lambda person: talk.about_command(name, event.argument, reading, person, scene.library, COMMANDS),
    )


def _heard(reading: Reading, scene: Scene) -> tuple[Scene, frozenset[str]]:
    """The scene after the conditions of a message, and those of them that could be kept."""
    memory = scene.memory.hearing(reading.conditions, scene.now)
    return replace(scene, memory=memory), scene.memory.unheard(reading.conditions, scene.library)


def _offering(turn: Turn, unheard: frozenset[str]) -> Turn:
    """The turn, which offers to keep what was told: not to a child, and not of a fever."""
    if isinstance(turn.says[0], say.NoPressing):
        return turn
    return replace(turn, to_remember=unheard)


def _talk(reading: Reading, scene: Scene, about: Callable[[Person], say.Decision]) -> Turn:
    """What is said to words of a person, which may tell of conditions, and what is known afterwards."""
    person = scene.memory.person(reading.conditions)
    heard, unheard = _heard(reading, scene)
    decision = _permitted(about, person, reading.conditions, scene.library)
    return _offering(Turn((decision,), heard.memory), unheard)


def _permitted(
    about: Callable[[Person], say.Decision], person: Person, told: frozenset[str], library: Library
) -> say.Decision:
    """What is said about pressing, unless a rule forbids all pressing; ``told`` are the conditions just told.

    Where an earlier message or the profile forbids it, talk about other things goes on.
    """
    forbidden = forbids_everything(person.conditions, library)
    if forbidden in told:
        return say.NoPressing(forbidden)
    decision = about(person)
    if forbidden and isinstance(decision, say.ABOUT_PRESSING):
        return say.NoPressing(forbidden, said_before=True)
    return decision


def _denied(reading: Reading, scene: Scene) -> Scene:
    """What was said before and is now denied no longer counts; what is stored changes in the settings."""
    denied = _taken_back(reading) & scene.memory.said
    return replace(scene, memory=replace(scene.memory, said=scene.memory.said - denied)) if denied else scene


def _taken_back(reading: Reading) -> frozenset[str]:
    """The conditions of which a message says that they are not so."""
    not_so = {PREGNANCY: reading.context.pregnant is False, UNDER_18: reading.context.adult}
    return frozenset(rule for rule, denied in not_so.items() if denied)


def _only_denied(reading: Reading, before: Memory, scene: Scene) -> Turn | None:
    """The turn after words that only deny something: that is confirmed, or asked about where it is stored.

    An age by itself denies nothing unless somebody was taken for a child.
    """
    denied = _taken_back(reading)
    if (
        reading.kind is not Kind.UNKNOWN
        or reading.conditions
        or not denied & (before.conditions | {PREGNANCY})
    ):
        return None
    stored = sorted(denied & scene.memory.profile.conditions)
    if stored:
        return _only(say.AskStillSo(stored[0]), scene)
    return _only(say.Corrected(scene.memory.person()), scene)


def _about_tap(action: actions.Action, event: Tapped, scene: Scene) -> Turn:
    if not action.person.conditions <= scene.library.rules.keys():
        raise actions.StaleButton
    if isinstance(action, actions.ShowShared):
        raise actions.StaleButton  # such a button stands only where the bot is not
    if isinstance(action, actions.Keeping):
        return profile.about_tap(action, scene)
    if isinstance(action, Subscribe | OwnReminders):
        return reminders.about_tap(action, scene)
    if isinstance(action, Rate):
        return Turn((Rated(),), scene.memory, counted=action.verdict)
    if isinstance(action, Browsing):
        return browsing.about_tap(action, scene)
    if isinstance(action, Choosing | Running):
        return holds.about_tap(action, event.message_id, event.by, scene)
    person = Person(scene.memory.conditions | action.person.conditions, action.person.cleared)
    decision = _permitted(
        lambda person: talk.about_tap(replace(action, person=person), scene.library),
        person,
        action.person.conditions,
        scene.library,
    )
    return _only(decision, scene)
