"""Routines of one's own: named in words, put together by taps, for one's own hands."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import actions, wishes
from bot.conversation import decision as other
from bot.conversation import hold_decisions as say
from bot.conversation.hold_actions import AddToOwn, Own
from bot.conversation.memory import Question
from bot.conversation.scene import Scene, Turn
from bot.guidance import own_routines
from bot.guidance.offer import Person, may_show
from bot.guidance.own_routines import MOST_ROUTINES, NotDone, OwnRoutine
from bot.guidance.steps import step_of_point
from bot.library.facts import Effect


def about_tap(action: Own | AddToOwn, scene: Scene) -> Turn:
    """The turn for a tap about routines of one's own. Raises ``wishes.Gone``."""
    if not scene.private:
        return Turn((other.OnlyInPrivate("routines"),), scene.memory)
    if scene.memory.consent_at is None:
        return Turn((other.AskConsent(frozenset()),), scene.memory)
    if isinstance(action, Own) and action.verb == "new":
        return _ask("new_name", "", action.person, scene)
    routine = wishes.own_of(action.own, scene.memory)
    if isinstance(action, AddToOwn):
        return _add(action, routine, scene)
    return _about(action, routine, scene)


def _about(action: Own, routine: OwnRoutine, scene: Scene) -> Turn:
    person = action.person
    current = action.state == wishes.mark_of_state(routine)
    match action.verb:
        case "areas":
            return Turn((say.OwnAreas(routine, person),), scene.memory)
        case "area":
            return Turn(
                (say.OwnPoints(routine, _points_of(action.index, person, scene), person),), scene.memory
            )
        case "rename":
            return _ask("rename", routine.name, person, scene)
        case "ask_delete":
            delete = Own("delete", action.own, person=person)
            return Turn((say.AskDeleteOwn(routine, delete),), scene.memory)
        case "delete":
            return _delete(routine, person, scene)
        case "step" if current and action.index < len(routine.steps):
            return Turn((say.OwnStepShown(routine, action.index, person),), scene.memory)
        case "up" | "down" | "remove" if current:
            return _change(action, routine, scene)
        case "step" | "up" | "down" | "remove":
            return Turn((say.NothingChanged("old", tapped=True),), scene.memory)
        case _:
            return _show(routine, person, scene)


def _show(routine: OwnRoutine, person: Person, scene: Scene, refused: NotDone | None = None) -> Turn:
    draft = routine not in scene.memory.own
    return Turn((say.OwnRoutineShown(routine, person, draft, refused),), scene.memory)


def _ask(kind: str, about: str, person: Person, scene: Scene, refused: NotDone | None = None) -> Turn:
    if kind == "new_name" and len(scene.memory.own) >= MOST_ROUTINES:
        refused = NotDone.TOO_MANY_ROUTINES
        question = Question("new_name", "", scene.now)
        return Turn((say.AskName(question, refused, person),), replace(scene.memory, question=None))
    question = Question("rename" if kind == "rename" else "new_name", about, scene.now)
    return Turn((say.AskName(question, refused, person),), replace(scene.memory, question=question))


def about_words(text: str, scene: Scene) -> Turn | None:
    """The turn for the message after a question for a name; ``None`` where none was asked."""
    question = scene.memory.question
    if question is None or question.kind not in ("new_name", "rename") or not scene.private:
        return None
    if question.kind == "rename":
        return _rename(question.about, text, scene)
    routine = own_routines.new_routine(text)
    if isinstance(routine, NotDone):
        return _ask("new_name", "", scene.memory.person(), scene, routine)
    if any(each.name.casefold() == routine.name.casefold() for each in scene.memory.own):
        return _ask("new_name", "", scene.memory.person(), scene, NotDone.NAME_TAKEN)
    memory = replace(scene.memory, question=Question("draft", routine.name, scene.now))
    return _show(routine, memory.person(), replace(scene, memory=memory))


def _rename(name: str, text: str, scene: Scene) -> Turn | None:
    memory = scene.memory
    routine = next((each for each in memory.own if each.name == name), None)
    if routine is None:
        return None
    renamed = own_routines.rename(routine, text)
    if isinstance(renamed, NotDone):
        return _ask("rename", name, memory.person(), scene, renamed)
    kept = own_routines.keep(memory.own, renamed, instead_of=name)
    if isinstance(kept, NotDone):
        return _ask("rename", name, memory.person(), scene, kept)
    memory = replace(memory, own=kept, question=None)
    return _show(renamed, memory.person(), replace(scene, memory=memory))


def _add(action: AddToOwn, routine: OwnRoutine, scene: Scene) -> Turn:
    if action.state != wishes.mark_of_state(routine):
        return Turn((say.NothingChanged("old", tapped=True),), scene.memory)
    if action.code not in scene.library.points:
        raise wishes.Gone
    step = step_of_point(scene.library.points[action.code])
    changed = own_routines.add_step(routine, step, scene.library)
    return _kept(routine, changed, action.person, scene)


def _change(action: Own, routine: OwnRoutine, scene: Scene) -> Turn:
    index = action.index
    if action.verb == "remove":
        changed = own_routines.remove_step(routine, index)
    else:
        changed = own_routines.move_step(routine, index, index + (1 if action.verb == "down" else -1))
    return _kept(routine, changed, action.person, scene)


def _kept(routine: OwnRoutine, changed: OwnRoutine | NotDone, person: Person, scene: Scene) -> Turn:
    """The changed routine, kept; one that lost its last step is a draft again."""
    if isinstance(changed, NotDone):
        return _show(routine, person, scene, changed)
    memory = scene.memory
    if not changed.steps:
        kept = own_routines.delete(memory.own, routine.name)
        draft = Question("draft", routine.name, scene.now)
        memory = replace(memory, own=() if isinstance(kept, NotDone) else kept, question=draft)
        return _show(changed, person, replace(scene, memory=memory))
    replaced = routine.name if routine in memory.own else None
    kept = own_routines.keep(memory.own, changed, instead_of=replaced)
    if isinstance(kept, NotDone):
        return _show(routine, person, scene, kept)
    return _show(changed, person, replace(scene, memory=replace(memory, own=kept, question=None)))


def _delete(routine: OwnRoutine, person: Person, scene: Scene) -> Turn:
    kept = own_routines.delete(scene.memory.own, routine.name)
    memory = replace(scene.memory, question=None)
    if not isinstance(kept, NotDone):
        memory = replace(memory, own=kept)
    return Turn((say.RoutineList(person, memory.own),), memory)


def _points_of(area: int, person: Person, scene: Scene) -> tuple[str, ...]:
    """The points for the complaints of a region that this person may press with their own hands."""
    if area >= len(actions.AREAS):
        raise wishes.Gone
    library = scene.library
    slugs = [slug for slug, entry in library.complaints.items() if entry.area == actions.AREAS[area]]
    codes = dict.fromkeys(each.code for slug in slugs for each in library.complaints[slug].points)
    return tuple(
        code
        for code in codes
        if library.points[code].reach.by != "helper"
        and may_show(code, person, library).effect in (None, Effect.WARN)
    )
