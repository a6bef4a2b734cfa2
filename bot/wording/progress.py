"""Words and a chart about what was done so far."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation import actions
from bot.conversation import hold_decisions as say
from bot.conversation.hold_actions import ShowRoutines
from bot.library import Library
from bot.wording.calendar import Calendar
from bot.wording.chart import Bars, Chart
from bot.wording.hold_steps import SCORES, StepWords, begun
from bot.wording.pieces import Pieces, escape
from bot.wording.reply import Button, Reply

MOST_SCORES = 10
"""How many scores stand in a message, the newest."""
LEAST_WEEKS = 2
"""One week is no chart."""


class ProgressWriter:
    """Writes what was done so far. What is drawn stands in the words too, for whoever cannot see it."""

    def __init__(self, library: Library, steps: StepWords) -> None:
        self._words = library.words
        self._h = library.words.holds
        self._pieces = Pieces(library)
        self._calendar = Calendar(library)
        self._steps = steps

    def write(self, decision: say.Progress) -> Reply:
        """The reply to ``decision``."""
        h, person = self._h, decision.person
        routines = Button(h.button_routines, ShowRoutines(person=person))
        if not decision.kept:
            return Reply(h.progress_not_kept, (Button(h.button_keep, actions.Remember()), routines))
        buttons = (
            routines,
            Button(self._words.sentences.button_topics, actions.ShowAreas(person=person)),
        )
        if not decision.times:
            return Reply(h.progress_none, buttons)
        lines = [
            h.progress_times.format(times=decision.times),
            h.progress_week.format(minutes=self._steps.pressed(decision.minutes_this_week)),
        ]
        if decision.days_in_a_row > 1:
            lines.append(h.progress_streak.format(days=decision.days_in_a_row))
        paragraphs = [h.progress, "\n".join(lines), *self._scores(decision)]
        return Reply("\n\n".join(paragraphs), buttons, chart=self._chart(decision))

    def _scores(self, decision: say.Progress) -> Iterator[str]:
        h = self._h
        if decision.scores:
            newest = decision.scores[-MOST_SCORES:]
            each = [h.progress_score.format(before=before, after=after) for before, after in newest]
            yield h.progress_scores.format(scores="\n• ".join(["", *each]))
        if decision.helps:
            helps = [
                h.progress_help.format(
                    name=self._subject(each.what), drop=f"{each.drop:.1f}", times=each.times
                )
                for each in decision.helps
            ]
            yield h.progress_helps.format(helps="\n• ".join(["", *helps]))
        if decision.scores:
            yield h.progress_note

    def _subject(self, subject: str) -> str:
        routine = self._words.routines.get(subject)
        return escape(routine.name) if routine else self._pieces.point(subject)

    def _chart(self, decision: say.Progress) -> Chart | None:
        """What there is enough of to see something in it."""
        parts = (*self._scores_drawn(decision), *self._weeks_drawn(decision))
        return Chart(parts) if parts else None

    def _scores_drawn(self, decision: say.Progress) -> Iterator[Bars]:
        h, scored = self._h, decision.scored
        if scored:
            yield Bars(
                h.chart_scores,
                tuple(self._name(each.what) for each in scored),
                (
                    (h.chart_before, tuple(each.before for each in scored)),
                    (h.chart_after, tuple(each.after for each in scored)),
                ),
                most=max(SCORES),
            )

    def _weeks_drawn(self, decision: say.Progress) -> Iterator[Bars]:
        h, weeks = self._h, decision.weeks
        if sum(1 for each in weeks if each.minutes) >= LEAST_WEEKS:
            names = [self._calendar.date(each.monday) for each in weeks[:-1]]
            minutes = tuple(float(each.minutes) for each in weeks)
            yield Bars(h.chart_weeks, (*names, h.chart_this_week), (("", minutes),))

    def _name(self, what: str) -> str:
        """A routine or point in few words, and no HTML."""
        routine = self._words.routines.get(what)
        if routine:
            return routine.button
        known = self._words.points.get(what)
        return f"{what} {begun(known.name)}" if known else what
