"""Words about routines of one's own."""

from __future__ import annotations

from functools import singledispatchmethod

from bot.conversation import hold_decisions as say
from bot.conversation.actions import AREAS
from bot.conversation.hold_actions import AddToOwn, HoldOwn, Own, ShowRoutines
from bot.conversation.wishes import mark_of_name, mark_of_state
from bot.guidance.offer import Person
from bot.guidance.own_routines import NotDone, OwnRoutine
from bot.library import Library
from bot.wording.hold_steps import StepWords
from bot.wording.pieces import Pieces, escape
from bot.wording.reply import Button, Reply


class OwnWriter:
    """Writes the words of decisions about routines of one's own."""

    def __init__(self, library: Library, steps: StepWords) -> None:
        self._words = library.words
        self._h = library.words.holds
        self._pieces = Pieces(library)
        self._steps = steps

    def write(self, decision: object) -> Reply | None:
        """The reply to ``decision``; ``None`` when it is about something else."""
        return self._write(decision)

    @singledispatchmethod
    def _write(self, decision: object) -> Reply | None:
        return None

    @_write.register
    def _(self, decision: say.OwnRoutineShown) -> Reply:
        h, routine, person = self._h, decision.routine, decision.person
        own, state = mark_of_name(routine.name), mark_of_state(routine)
        lines = [h.own.format(name=escape(routine.name))]
        lines += [f"{number}. {self._steps.line(step)}" for number, step in enumerate(routine.steps, 1)]
        paragraphs = ["\n".join(lines), h.own_steps if routine.steps else h.own_empty]
        if decision.refused:
            paragraphs.append(self._why(decision.refused))
        buttons = [Button(h.button_card, HoldOwn(own, person=person))] if routine.steps else []
        buttons += [
            Button(self._steps.label(step, index + 1), Own("step", own, index, state, person=person))
            for index, step in enumerate(routine.steps)
        ]
        buttons.append(Button(h.button_add, Own("areas", own, person=person)))
        if not decision.draft:
            buttons.append(Button(h.button_rename, Own("rename", own, person=person)))
            buttons.append(Button(h.button_delete, Own("ask_delete", own, person=person)))
        return Reply("\n\n".join(paragraphs), (*buttons, self._routines(person)))

    def _why(self, refused: NotDone) -> str:
        return str(getattr(self._h, f"not_{refused}"))

    @_write.register
    def _(self, decision: say.OwnStepShown) -> Reply:
        h, routine, person, index = self._h, decision.routine, decision.person, decision.index
        own, state = mark_of_name(routine.name), mark_of_state(routine)
        buttons = []
        if index:
            buttons.append(Button(h.button_up, Own("up", own, index, state, person=person)))
        if index < len(routine.steps) - 1:
            buttons.append(Button(h.button_down, Own("down", own, index, state, person=person)))
        buttons.append(Button(h.button_remove, Own("remove", own, index, state, person=person)))
        text = h.own_step.format(
            name=escape(routine.name), number=index + 1, step=self._steps.line(routine.steps[index])
        )
        return Reply(text, (*buttons, self._back(routine, person)))

    @_write.register
    def _(self, decision: say.OwnAreas) -> Reply:
        own = mark_of_name(decision.routine.name)
        buttons = [
            Button(self._pieces.area(area), Own("area", own, index, person=decision.person))
            for index, area in enumerate(AREAS)
        ]
        return Reply(self._h.own_areas, (*buttons, self._back(decision.routine, decision.person)))

    @_write.register
    def _(self, decision: say.OwnPoints) -> Reply:
        routine, person = decision.routine, decision.person
        own, state = mark_of_name(routine.name), mark_of_state(routine)
        buttons = [
            Button(f"{code} {self._words.points[code].name}", AddToOwn(own, state, code, person=person))
            for code in decision.codes
        ]
        return Reply(self._h.own_points, (*buttons, self._back(routine, person)))

    @_write.register
    def _(self, decision: say.AskName) -> Reply:
        h, question = self._h, decision.question
        asked = h.ask_rename.format(name=escape(question.about)) if question.about else h.ask_name
        if decision.refused is NotDone.TOO_MANY_ROUTINES:
            asked = ""
        refused = self._why(decision.refused) if decision.refused else ""
        return Reply("\n\n".join(filter(None, (refused, asked))), (self._routines(decision.person),))

    @_write.register
    def _(self, decision: say.AskDeleteOwn) -> Reply:
        text = self._h.ask_delete.format(name=escape(decision.routine.name))
        delete = Button(self._h.button_delete_now, decision.delete)
        return Reply(text, (delete, self._back(decision.routine, decision.delete.person)))

    def _back(self, routine: OwnRoutine, person: Person) -> Button:
        return Button(self._h.button_own, Own("show", mark_of_name(routine.name), person=person))

    def _routines(self, person: Person) -> Button:
        return Button(self._h.button_routines, ShowRoutines(person=person))
