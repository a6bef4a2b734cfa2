"""Words about choosing a timed hold: the list of routines, the card, refusals, and what is asked first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import singledispatchmethod
from typing import get_args

from bot.conversation import actions, wishes
from bot.conversation import hold_decisions as say
from bot.conversation.hold_actions import (
    TOLD,
    HasSign,
    HoldOwn,
    HoldPlan,
    HoldPoint,
    HoldRoutine,
    Minutes,
    Own,
    ShowRoutines,
    Steer,
    Wish,
)
from bot.guidance.offer import Person
from bot.guidance.plans import LeftOut, Refusal
from bot.library import Library
from bot.library.facts import Effect
from bot.wording.cues import CueWriter
from bot.wording.hold_steps import SCORES, StepWords
from bot.wording.keeping import KeepingWriter
from bot.wording.own import OwnWriter
from bot.wording.pieces import Pieces, bold, escape
from bot.wording.point_page import PointPage
from bot.wording.progress import ProgressWriter
from bot.wording.reply import Button, Reply


class HoldWriter:
    """Writes the words of decisions about timed holds."""

    def __init__(self, library: Library, page: PointPage, keeping: KeepingWriter) -> None:
        self._library = library
        self._words = library.words
        self._h = library.words.holds
        self._s = library.words.sentences
        self._pieces = Pieces(library)
        self._steps = StepWords(library, page)
        self._cues = CueWriter(library, self._steps, page)
        self._own = OwnWriter(library, self._steps)
        self._progress = ProgressWriter(library, self._steps)
        self._keeping = keeping

    def write(self, decision: say.HoldDecision) -> Reply:
        """The reply to ``decision``."""
        return self._write(decision)

    @singledispatchmethod
    def _write(self, decision: object) -> Reply:
        return self._own.write(decision) or self._cues.write(decision)

    @_write.register
    def _(self, decision: say.Progress) -> Reply:
        return self._progress.write(decision)

    @_write.register
    def _(self, decision: say.RoutineList) -> Reply:
        person, h = decision.person.elsewhere(), self._h
        paragraphs = [h.nothing_runs] if decision.nothing_runs else []
        paragraphs.append(h.routines)
        if decision.own:
            paragraphs.append(h.own_routines)
        paragraphs.append(h.routines_plan_how)
        buttons = [
            Button(own.name, HoldOwn(wishes.mark_of_name(own.name), person=person)) for own in decision.own
        ]
        buttons += [
            Button(words.button, HoldRoutine(int(routine.removeprefix("R")), person=person))
            for routine, words in self._words.routines.items()
        ]
        buttons.append(Button(h.button_new, Own("new", person=person)))
        return Reply("\n\n".join(paragraphs), (*buttons, self._topics(person)))

    @_write.register
    def _(self, decision: say.HoldCard) -> Reply:
        text, buttons = "\n\n".join(self._card(decision)), tuple(self._card_buttons(decision))
        return Reply(text, buttons, picture=self._card_picture(decision))

    def _card_picture(self, decision: say.HoldCard) -> str | None:
        """The points of a routine on the body; none when one of them is not for this person."""
        whole = not decision.planned.left_out and not decision.resting
        if isinstance(decision.wish, HoldRoutine) and whole:
            return self._pieces.picture(f"routines/R{decision.wish.number:02}.jpg")
        return None

    def _card(self, decision: say.HoldCard) -> Iterator[str]:
        h, planned = self._h, decision.planned
        plan = planned.plan
        steps = plan.steps if plan else ()
        seconds = plan.total_seconds if plan else 0
        yield f"{bold_html(self._steps.name(decision.wish, decision.own))}, {self._steps.minutes(seconds)}"
        if decision.see_doctor_about:
            sign = escape(self._words.red_flags[decision.see_doctor_about].name)
            yield bold_html(self._s.doctor_soon.format(sign=sign))
        if planned.heed:
            conditions, reason = self._pieces.conditions(planned.heed), self._steps.reason(planned.heed)
            yield bold_html(h.heed.format(conditions=conditions, reason=reason))
        yield "\n".join(self._at_hand(decision, helper=bool(plan and plan.helper)))
        lines = [f"{number}. {self._steps.line(step)}" for number, step in enumerate(steps, 1)]
        yield "\n".join([f"{bold(h.steps)}:", *lines])
        yield from self._left_out(planned.left_out)
        if decision.resting:
            yield h.resting.format(points=self._pieces.points(decision.resting))
        if planned.too_often:
            often = h.often_once if steps[0].repeats == 1 else h.often.format(repeats=steps[0].repeats)
            yield h.too_often.format(wanted=planned.too_often, often=often)
        if planned.longer_than_advised:
            yield h.longer.format(points=self._pieces.points(planned.longer_than_advised))
        yield "\n".join(self._steps.cautions(steps))
        for sign in decision.before.advice:
            yield h.advice.format(sign=escape(self._words.red_flags[sign].name))
        yield h.stop_if
        if decision.wish.before:
            yield h.before_noted.format(score=decision.wish.before - TOLD)
        else:
            yield h.before_ask

    def _at_hand(self, decision: say.HoldCard, *, helper: bool) -> Iterator[str]:
        h, wish = self._h, decision.wish
        if isinstance(wish, HoldRoutine):
            routine = f"R{wish.number:02}"
            yield f"{bold(h.needs)}: {escape(self._words.routines[routine].needs)}"
            yield f"{bold(h.position)}: {self._place(self._library.routines[routine].position)}"
        else:
            if helper:
                yield f"{bold(h.needs)}: {h.needs_helper}"
            place = self._words.points[wish.code].position if isinstance(wish, HoldPoint) else None
            where = escape(place) if place else self._place(decision.planned.position or "any")
            yield f"{bold(h.position)}: {where}"
        technique = decision.before.briefing or ("helper_press" if helper else None)
        if technique:
            words = self._words.techniques[technique]
            briefing = " ".join(text for text in (words.how, words.limits) if text)
            yield f"{bold(h.briefing)}: {escape(briefing)}"

    def _place(self, position: str) -> str:
        return str(getattr(self._h, f"position_{position}"))

    def _left_out(self, left_out: tuple[LeftOut, ...]) -> Iterator[str]:
        barred = [each for each in left_out if each.verdict.effect is Effect.WITHHOLD]
        asking = [each for each in left_out if each.verdict.effect is Effect.ASK_FIRST]
        if barred:
            names = self._pieces.listed(list(dict.fromkeys(self._steps.what(each.step) for each in barred)))
            reason = self._steps.reason(sorted({rule for each in barred for rule in each.verdict.rules}))
            yield self._h.left_out.format(steps=names, reason=reason)
        if asking:
            names = self._pieces.listed(list(dict.fromkeys(self._steps.what(each.step) for each in asking)))
            yield self._h.left_out_agree.format(steps=names)

    def _card_buttons(self, decision: say.HoldCard) -> Iterator[Button]:
        h, wish = self._h, decision.wish
        yield Button(h.button_start, replace(wish, verb="start"))
        if any(each.verdict.effect is Effect.ASK_FIRST for each in decision.planned.left_out):
            yield self._agreed(wish)
        for score in SCORES:
            yield Button(str(score), replace(wish, verb="card", before=score + TOLD), narrow=True)
        if isinstance(wish, HoldPlan):
            yield from self._plan_buttons(replace(wish, verb="card"))
        elif isinstance(wish, HoldPoint) and wish.complaints:
            plan = HoldPlan(wish.complaints, person=wish.person.elsewhere(), asked=wish.asked)
            yield from self._plan_buttons(plan)
        elif isinstance(wish, HoldOwn):
            yield Button(h.button_edit, Own("show", wish.own, person=wish.person.elsewhere()))
        yield self._routines(wish.person)
        yield self._topics(wish.person)

    def _plan_buttons(self, plan: HoldPlan) -> list[Button]:
        return [
            Button(self._h.button_plan.format(minutes=minutes), replace(plan, minutes=minutes))
            for minutes in get_args(Minutes)
        ]

    def _agreed(self, wish: Wish) -> Button:
        cleared = Person(wish.person.conditions, cleared=True)
        return Button(self._s.button_agreed, replace(wish, verb="card", person=cleared))

    @_write.register
    def _(self, decision: say.NoPlan) -> Reply:
        h, planned, wish = self._h, decision.planned, decision.wish
        paragraphs = [bold_html(self._refused(decision))]
        asking = planned.refusal is Refusal.ASK_FIRST
        buttons = [self._agreed(wish)] if asking else []
        if decision.instead:
            paragraphs.append(h.instead.format(points=self._pieces.points(decision.instead)))
            numbers = wish.complaints if isinstance(wish, HoldPoint) else ()
            for code in decision.instead:
                point = HoldPoint(code, numbers, person=wish.person.elsewhere())
                buttons.append(Button(f"{code} {self._words.points[code].name}", point))
        if isinstance(decision.other, HoldRoutine):
            words = self._words.routines[f"R{decision.other.number:02}"]
            paragraphs.append(h.other.format(name=escape(words.name)))
            buttons.append(Button(words.button, decision.other))
        elif decision.other:
            buttons.append(Button(h.button_usual, decision.other))
        else:
            paragraphs.append(escape(self._s.breathe))
        return Reply(
            "\n\n".join(paragraphs), (*buttons, self._routines(wish.person), self._topics(wish.person))
        )

    def _refused(self, decision: say.NoPlan) -> str:
        h, planned = self._h, decision.planned
        rules = sorted({*planned.rules, *(rule for each in planned.left_out for rule in each.verdict.rules)})
        match planned.refusal:
            case Refusal.TOO_SHORT:
                return h.refused_short
            case Refusal.TOO_LONG:
                return h.refused_long
            case Refusal.TOO_MANY:
                return h.refused_many
            case Refusal.OUT_OF_REACH:
                return h.refused_reach
            case Refusal.NOTHING_LEFT if decision.resting:
                return h.refused_rest.format(points=self._pieces.points(decision.resting))
            case Refusal.PLACE_UNKNOWN:
                return h.refused_place.format(reason=self._steps.reason(rules))
            case Refusal.ASK_FIRST:
                template = h.refused_ask
            case _:
                template = h.refused_nothing
        if not rules:
            return h.refused_reach
        return template.format(conditions=self._pieces.conditions(rules), reason=self._steps.reason(rules))

    @_write.register
    def _(self, decision: say.AskSigns) -> Reply:
        names = [escape(self._words.red_flags[sign].name) for sign in decision.signs]
        text = "\n".join([self._h.ask_signs, *(f"{number}. {name}" for number, name in enumerate(names, 1))])
        buttons = [Button(self._h.button_none, decision.wish)]
        for number, sign in enumerate(decision.signs, 1):
            action = HasSign(int(sign.removeprefix("RF")), person=decision.wish.person)
            buttons.append(Button(self._h.button_yes.format(sign=number), action))
        return Reply(text, tuple(buttons))

    @_write.register
    def _(self, decision: say.WaitsForCheck) -> Reply:
        sign = escape(self._words.red_flags[decision.red_flag].name)
        return Reply(self._h.waits.format(sign=sign), (self._keeping.checked_button(),))

    @_write.register
    def _(self, decision: say.WhichPointToHold) -> Reply:
        buttons = [
            Button(
                f"{code} {self._words.points[code].name}",
                HoldPoint(code, (), decision.seconds, decision.repeats, person=decision.person),
            )
            for code in decision.codes
        ]
        return Reply(self._h.which_point, (*buttons, self._topics(decision.person)))

    @_write.register
    def _(self, decision: say.AlreadyRunning) -> Reply:
        go_on = Steer("show", decision.running.serial)
        return Reply(
            self._h.already,
            (Button(self._h.button_replace, decision.wish), Button(self._h.button_go_on, go_on)),
        )

    def timed_button(self, code: str, complaints: tuple[str, ...], person: Person, *, severe: bool) -> Button:
        """The button that leads from an answer to a timed hold."""
        numbers = self._pieces.numbers(complaints)
        wish = HoldPoint(code, numbers, person=person, asked="severe" if severe else "no")
        return Button(self._h.button_timed, wish)

    def _routines(self, person: Person) -> Button:
        return Button(self._h.button_routines, ShowRoutines(person=person.elsewhere()))

    def _topics(self, person: Person) -> Button:
        return Button(self._s.button_topics, actions.ShowAreas(person=person.elsewhere()))


def bold_html(text: str) -> str:
    """Words that are HTML already, in bold."""
    return f"<b>{text}</b>"
