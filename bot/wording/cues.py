"""Words while a routine runs and after it: readable at a glance, with the phone on the table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import singledispatchmethod

from bot.conversation import actions
from bot.conversation import hold_decisions as say
from bot.conversation.hold_actions import Feel, ShowRoutines, Steer, Steering
from bot.conversation.reminder_actions import Subscribe
from bot.guidance.offer import Person
from bot.guidance.steps import PlanStep
from bot.library import Library
from bot.routines.cues import Cue, Times
from bot.routines.running import Running
from bot.wording.hold_steps import SCORES, StepWords
from bot.wording.pieces import Pieces, bold, escape
from bot.wording.point_page import PointPage
from bot.wording.reply import Button, Reply

BREATH_SECONDS = 10
LEAST_BREATHS_SECONDS = 15


class CueWriter:
    """Writes cues, and what comes between and after them."""

    def __init__(self, library: Library, steps: StepWords, page: PointPage) -> None:
        self._words = library.words
        self._h = library.words.holds
        self._pieces = Pieces(library)
        self._steps = steps
        self._page = page

    def write(self, decision: object) -> Reply:
        """The reply to ``decision``. Raises ``TypeError`` for a decision that has no words anywhere."""
        return self._write(decision)

    @singledispatchmethod
    def _write(self, decision: object) -> Reply:
        raise TypeError(f"no words for {type(decision).__name__}")

    # --- while it runs

    @_write.register
    def _(self, decision: say.Cued) -> Reply:
        running, step = decision.running, _step(decision.running)
        lead = _seconds(decision.times.press_from, decision.now)
        finding = running.cue.opens_step or decision.change == "not_found"
        paragraphs = ["\n".join(self._at_a_glance(decision, step, lead))]
        paragraphs += self._where(decision, step) if finding else []
        paragraphs.append(self._counting(decision.times, decision.now))
        place = self._h.place.format(step=running.cue.step + 1, steps=len(running.plan.steps))
        paragraphs[-1] = f"{paragraphs[-1]}\n{place}"
        if finding and step.point:
            paragraphs.append(self._steps.folded(step))
        buttons = tuple(self._cue_buttons(decision, finding=finding and lead > 0 and bool(step.point)))
        picture = self._pieces.press_picture(step.point, step.technique) if finding else None
        return Reply("\n\n".join(paragraphs), buttons, picture=picture, shows_round=True, soon=True)

    def _at_a_glance(self, decision: say.Cued, step: PlanStep, lead: int) -> Iterator[str]:
        """What to do now, for how long, and how to breathe."""
        h, times, cue = self._h, decision.times, decision.running.cue
        yield f"<b>{self._first_line(decision, step, lead)}</b>"
        if lead:
            yield (h.ready if cue.opens_step or cue.changes_side else h.rest).format(seconds=lead)
        held = _seconds(times.until, times.press_from)
        if step.light and step.point:
            yield h.lightly
        if len(cue.holds) > 1:
            whole = lead or decision.change in (None, "found")
            rhythm = h.rhythm if whole else h.rhythm_on
            yield rhythm.format(
                hold=times.hold_seconds, release=times.release_seconds, repeats=len(cue.holds)
            )
            return
        yield (h.hold if step.point else h.do_it).format(hold=held)
        if held >= LEAST_BREATHS_SECONDS:
            yield h.breaths.format(breaths=round(held / BREATH_SECONDS))

    def _first_line(self, decision: say.Cued, step: PlanStep, lead: int) -> str:
        h, cue = self._h, decision.running.cue
        what, side = self._steps.what(step), self._steps.side(cue.side)
        if decision.change:
            changes = {
                "found": h.change_found,
                "not_found": h.change_not_found,
                "resumed": h.change_resumed,
                "slower": h.change_slower,
                "faster": h.change_faster,
                "goes_on": h.goes_on,
            }
            return changes[decision.change].format(what=what, side=side)
        opening = f"{self._release(decision, decision.ended)} " if decision.ended else ""
        if cue.opens_step:
            now = h.press_now if step.point else h.begin_now
            soon = h.next if decision.ended or cue.step else h.first
            return opening + (soon if lead else now).format(what=what, side=side)
        if cue.changes_side:
            changed = h.a_left_side if cue.side == "left" else h.a_right_side
            return opening + h.change_side.format(side=changed, what=what)
        return opening + h.again.format(what=what, side=side)

    def _release(self, decision: say.Cued, ended: Cue) -> str:
        """Let go, or a kind word after something where nothing was held."""
        return self._h.let_go if decision.running.plan.steps[ended.step].point else self._h.well

    def _where(self, decision: say.Cued, step: PlanStep) -> Iterator[str]:
        """Where the point is, and how its technique is done."""
        lines = []
        if step.point:
            words, s = self._words.points[step.point], self._words.sentences
            lines.append(f"{bold(s.where)}: {escape(words.where)}")
            lines.append(f"{bold(s.position)}: {escape(words.position)}")
            if decision.change == "not_found":
                lines.append(f"{bold(self._h.another_way)}: {escape(words.another_way)}")
        if step.technique:
            technique = self._words.techniques[step.technique]
            lines.append(escape(" ".join(text for text in (technique.how, technique.limits) if text)))
        if lines:
            yield "\n".join(lines)

    def _counting(self, times: Times, now: datetime) -> str:
        """When it ends, counted down by Telegram; an old client shows the words within."""
        in_seconds = self._h.in_seconds.format(seconds=_seconds(times.until, now))
        until = round(times.until.timestamp())
        countdown = f'<tg-time unix="{until}" format="r">{in_seconds}</tg-time>'
        return self._h.counting.format(countdown=countdown)

    def _cue_buttons(self, decision: say.Cued, *, finding: bool) -> Iterator[Button]:
        h, serial = self._h, decision.running.serial
        if finding or decision.more:
            yield self._steer(h.button_found, "found", serial)
            yield self._steer(h.button_not_found, "not_found", serial)
        yield self._steer(h.button_pause, "pause", serial)
        yield self._steer(h.button_stop, "stop", serial)
        yield self._steer(h.button_skip, "skip", serial)
        yield self._steer(h.button_back, "back", serial)
        if decision.more:
            yield self._steer(h.button_slower, "slower", serial)
            yield self._steer(h.button_faster, "faster", serial)
            yield self._steer(h.button_hurts, "hurts", serial)
        else:
            yield self._steer(h.button_more, "more", serial)

    def _steer(self, label: str, verb: Steering, serial: int) -> Button:
        return Button(label, Steer(verb, serial))

    @_write.register
    def _(self, decision: say.OnHold) -> Reply:
        h, running = self._h, decision.running
        step = _step(running)
        template = h.interrupted if decision.interrupted else h.paused
        left = running.paused_remaining.total_seconds() if running.paused_remaining else 0
        text = template.format(
            what=self._steps.what(step), side=self._steps.side(running.cue.side), seconds=round(left)
        )
        paragraphs = [f"<b>{text}</b>"]
        if decision.not_found and step.point:
            words = self._words.points[step.point]
            paragraphs.append(f"{bold(h.another_way)}: {escape(words.another_way)}")
        buttons = [
            self._steer(h.button_resume, "resume", running.serial),
            self._steer(h.button_stop, "stop", running.serial),
        ]
        if not decision.interrupted:
            buttons.append(self._steer(h.button_skip, "skip", running.serial))
            buttons.append(self._steer(h.button_back, "back", running.serial))
        silent = decision.interrupted and not decision.sounds
        return Reply("\n\n".join(paragraphs), tuple(buttons), silent=silent, shows_round=True)

    @_write.register
    def _(self, decision: say.OldCue) -> Reply:
        text = self._h.old_over if decision.over else self._h.old_paused
        return Reply(text, silent=True, instead_of=decision.message_id)

    @_write.register
    def _(self, decision: say.NothingChanged) -> Reply:
        text = str(getattr(self._h, f"why_{decision.why}"))
        return Reply(text, toast=text, toast_only=True) if decision.tapped else Reply(text)

    # --- after it

    @_write.register
    def _(self, decision: say.Ended) -> Reply:
        h, summary = self._h, decision.summary
        if not summary.completed:
            first = h.stopped
        elif decision.late:
            first = h.finished_late
        else:
            first = h.finished if decision.ended else h.finished_skipped
        told = h.summary.format(
            minutes=self._steps.pressed(summary.minutes_pressed), done=len(summary.done), steps=summary.steps
        )
        paragraphs = [f"<b>{first}</b>", told]
        routine = self._words.routines.get(summary.name)
        if routine and summary.completed:
            paragraphs.append(escape(routine.after))
        was = "" if decision.before is None else " " + h.was_before.format(score=decision.before)
        paragraphs.append(h.ask_after + was)
        serial = decision.running.serial
        buttons = [Button(str(score), Feel("score", serial, score), narrow=True) for score in SCORES]
        buttons.append(Button(h.button_odd, Feel("odd", serial)))
        buttons.append(Button(h.button_no_score, Feel("skip", serial)))
        return Reply("\n\n".join(paragraphs), tuple(buttons), silent=decision.late, shows_round=True)

    @_write.register
    def _(self, decision: say.EndedForSafety) -> Reply:
        text = self._h.ended_for_safety.format(
            conditions=self._pieces.conditions(decision.rules), reason=self._pieces.reason(decision.rules)
        )
        return Reply(f"<b>{text}</b>", (self._routines(decision.person),))

    @_write.register
    def _(self, decision: say.TroubleAdvice) -> Reply:
        h = self._h
        paragraphs = [str(getattr(h, decision.trouble)), bold(h.trouble_emergency), h.trouble_doctor]
        if decision.rests:
            paragraphs.append(h.trouble_rests.format(points=self._pieces.points(decision.rests)))
        if decision.was_running:
            paragraphs.append(h.trouble_ended)
        topics = [self._topics(decision.person)]
        if decision.trouble == "hurts" and not decision.was_running:
            paragraphs.append(h.trouble_where)
            topics = [*self._pieces.topics(decision.person), *topics]
        return Reply("\n\n".join(paragraphs), tuple(topics))

    @_write.register
    def _(self, decision: say.ScoreNoted) -> Reply:
        h, before, after = self._h, decision.before, decision.after
        if after is None:
            text = h.not_noted
        elif before is None:
            text = h.noted.format(after=after)
        else:
            template = h.noted_both if after != before else h.noted_same
            text = template.format(before=before, after=after)
        buttons = [self._routines(decision.person), self._topics(decision.person)]
        if decision.routine:
            again = Subscribe(decision.routine, person=decision.person)
            buttons.insert(0, Button(self._words.reminders.button_remind, again))
        if decision.may_ask:
            text = f"{text}\n\n{h.keep_scores}"
            buttons.insert(0, Button(h.button_keep, actions.Remember()))
        return Reply(text, tuple(buttons))

    def _routines(self, person: Person) -> Button:
        return Button(self._h.button_routines, ShowRoutines(person=person))

    def _topics(self, person: Person) -> Button:
        return Button(self._words.sentences.button_topics, actions.ShowAreas(person=person))


def _step(running: Running) -> PlanStep:
    return running.plan.steps[running.cue.step]


def _seconds(until: datetime, now: datetime) -> int:
    return max(0, round((until - now).total_seconds()))
