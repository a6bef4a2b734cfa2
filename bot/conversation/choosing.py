"""From a wish to a card, over the questions that come first, and from the card to a running routine."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.conversation import hold_decisions as say
from bot.conversation import wishes
from bot.conversation.hold_actions import TOLD, HoldOwn, HoldPoint, Wish
from bot.conversation.memory import Memory, Round
from bot.conversation.scene import Scene, Turn
from bot.guidance.offer import Person, easier_points, may_show
from bot.guidance.own_routines import OwnRoutine
from bot.guidance.plans import Planned, Refusal
from bot.guidance.steps import LONGEST_HOLD_SECONDS, SHORTEST_HOLD_SECONDS
from bot.library.facts import Effect
from bot.routines import machine
from bot.routines.happenings import Began
from bot.understanding.reading import Reading
from bot.understanding.requests import says

SETTLED_FOR = timedelta(days=30)
"""How long a danger sign that was asked about and denied is not asked about again."""


def routine_list(person: Person, scene: Scene, *, lost: bool = False) -> Turn:
    """All routines; ``lost`` answers a word to a routine while none runs.

    While none can be started that word is no call for the list.
    """
    if lost and scene.memory.held:
        return _say(say.WaitsForCheck(scene.memory.held.red_flag), scene)
    return _say(say.RoutineList(person, scene.memory.own, nothing_runs=lost), scene)


def about_words(reading: Reading, text: str, person: Person, scene: Scene) -> Turn:
    """The turn for words that ask for something to be timed."""
    named = [routine for routine in scene.memory.own if says(text, routine.name)]
    if named:
        longest = max(named, key=lambda routine: len(routine.name))
        return show(HoldOwn(wishes.mark_of_name(longest.name), person=person), scene)
    wish = wishes.wish_of(reading, person, scene.library)
    if wish:
        return show(wish, scene, see_doctor_about=reading.danger.id if reading.danger else None)
    if reading.hold_seconds or reading.repeats:
        return _which_point(reading, person, scene)
    return routine_list(person, scene)


def _which_point(reading: Reading, person: Person, scene: Scene) -> Turn:
    """A hold was asked for without saying of what. One that is too short or long is told so first."""
    library = scene.library
    codes = tuple(
        code
        for code in library.points
        if may_show(code, person, library).effect in (None, Effect.WARN) and code not in scene.memory.resting
    )
    seconds = reading.hold_seconds or 0
    if seconds and not SHORTEST_HOLD_SECONDS <= seconds <= LONGEST_HOLD_SECONDS:
        refusal = Refusal.TOO_SHORT if seconds < SHORTEST_HOLD_SECONDS else Refusal.TOO_LONG
        wish = HoldPoint(codes[0], person=person)
        return _say(say.NoPlan(wish, Planned(refusal=refusal)), scene)
    return _say(say.WhichPointToHold(codes, person, seconds, min(reading.repeats or 0, 99)), scene)


def about_tap(wish: Wish, message_id: int | None, by: int, scene: Scene) -> Turn:
    """The turn for a tap that shows, starts or replaces something. Raises ``wishes.Gone``."""
    wish = wishes.with_implied(wish, scene.library)
    if wish.verb == "denied":
        return _denied(wish, scene)
    if wish.verb == "card":
        return show(wish, scene)
    return _start(wish, message_id, by, scene)


def show(wish: Wish, scene: Scene, *, see_doctor_about: str | None = None) -> Turn:
    """The card of a wish; before it whatever has to be settled first. Raises ``wishes.Gone``."""
    wish = wishes.with_implied(wish, scene.library)
    if in_the_way := _in_the_way(wish, scene):
        return in_the_way
    card = say.HoldCard(
        wish,
        wishes.planned(wish, scene.memory, scene.library),
        wishes.before(wish, scene.library),
        _own(wish, scene.memory),
        wishes.resting_in(wish, scene.memory, scene.library),
        see_doctor_about,
    )
    return _say(card, scene)


def _own(wish: Wish, memory: Memory) -> OwnRoutine | None:
    return wishes.own_of(wish.own, memory) if isinstance(wish, HoldOwn) else None


def _in_the_way(wish: Wish, scene: Scene) -> Turn | None:
    """A danger sign that nobody checked, a refusal of the rules, or questions that come first."""
    memory, library = scene.memory, scene.library
    if memory.held:
        return _say(say.WaitsForCheck(memory.held.red_flag), scene)
    planned = wishes.planned(wish, memory, library)
    if planned.refusal:
        return _refuse(wish, planned, scene)
    questions = wishes.before(wish, library).questions
    open_questions = tuple(sign for sign in questions if not _settled(sign, scene))
    if open_questions and wish.asked != "denied":
        return _say(say.AskSigns(replace(wish, verb="denied"), questions), scene)
    return None


def _settled(sign: str, scene: Scene) -> bool:
    denied_at = scene.memory.settled.get(sign)
    return denied_at is not None and scene.now - denied_at < SETTLED_FOR


def _refuse(wish: Wish, planned: Planned, scene: Scene) -> Turn:
    instead: tuple[str, ...] = ()
    if isinstance(wish, HoldPoint):
        slugs = wishes.slugs_of(wish, scene.library)
        person = wish.person.with_complaints(slugs, scene.library)
        instead = easier_points(wish.code, slugs, person, scene.library)
    resting = wishes.resting_in(wish, scene.memory, scene.library)
    other = wishes.other_than(wish, scene.memory, scene.library)
    return _say(say.NoPlan(wish, planned, instead, other, resting), scene)


def _denied(wish: Wish, scene: Scene) -> Turn:
    """None of the signs is there. With consent that is kept; otherwise it travels on in the buttons."""
    memory = scene.memory
    if memory.consent_at and scene.private:
        questions = wishes.before(wish, scene.library).questions
        memory = replace(memory, settled={**memory.settled, **dict.fromkeys(questions, scene.now)})
    return show(replace(wish, verb="card", asked="denied"), replace(scene, memory=memory))


def _start(wish: Wish, message_id: int | None, by: int, scene: Scene) -> Turn:
    if in_the_way := _in_the_way(wish, scene):
        return in_the_way
    going = scene.memory.round
    if going and not going.running.over and wish.verb != "replace":
        if message_id is not None and going.message_id == message_id:
            return _say(say.NothingChanged("old", tapped=True), scene)
        if going.by != by:
            return _say(say.NothingChanged("not_yours", tapped=True), scene)
        return _say(say.AlreadyRunning(replace(wish, verb="replace"), going.running), scene)
    if going and not going.running.over and going.by != by:
        return _say(say.NothingChanged("not_yours", tapped=True), scene)
    if going and wish.verb == "replace" and going.message_id == message_id is not None:
        return _say(say.NothingChanged("old", tapped=True), scene)
    plan = wishes.planned(wish, scene.memory, scene.library).plan
    if plan is None:
        raise wishes.Gone
    running, happening = machine.start(plan, scene.now, at_once=isinstance(wish, HoldPoint))
    if not isinstance(happening, Began):
        raise wishes.Gone
    before = wish.before - TOLD if wish.before else None
    slugs = wishes.slugs_of(wish, scene.library)
    memory = replace(scene.memory, round=Round(running, by, message_id, slugs, before))
    cued = say.Cued(running, happening.times, scene.now)
    return Turn((cued, *closed(going, message_id)), memory)


def closed(going: Round | None, message_id: int | None = None) -> tuple[say.OldCue, ...]:
    """The older message of a routine, unless it is the one that was tapped: it shall count down no longer."""
    if going is None or going.message_id is None or going.message_id == message_id:
        return ()
    return (say.OldCue(going.message_id, over=True),)


def _say(decision: say.HoldDecision, scene: Scene) -> Turn:
    return Turn((decision,), scene.memory)
