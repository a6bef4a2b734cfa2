"""The steps of a plan in words: what is pressed, on which side, for how long, and with which care."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.conversation.hold_actions import HoldOwn, HoldPlan, HoldPoint, HoldRoutine, Wish
from bot.guidance.own_routines import OwnRoutine
from bot.guidance.steps import PlanStep
from bot.library import Library
from bot.routines.stages import StageSide
from bot.wording.pieces import Pieces, bold, escape
from bot.wording.point_page import PointPage

SCORES = range(11)
ROUND_SECONDS = 60


class StepWords:
    """Words about steps. Everything they return is HTML, but for what stands on a button."""

    def __init__(self, library: Library, page: PointPage) -> None:
        self._library = library
        self._words = library.words
        self._h = library.words.holds
        self._pieces = Pieces(library)
        self._page = page

    def what(self, step: PlanStep) -> str:
        """A step by its point, or by its technique where it has no point."""
        return self._pieces.point(step.point) if step.point else escape(self.technique(step))

    def technique(self, step: PlanStep) -> str:
        """The name of the technique of a step; empty where it is simply pressed."""
        return self._words.techniques[step.technique].name if step.technique else ""

    def label(self, step: PlanStep, number: int) -> str:
        """A step as it stands on a button."""
        return f"{number}. {step.point or self.technique(step)}"

    def side(self, side: StageSide) -> str:
        """The side that is pressed, as it follows the name of a point."""
        sides = {"left": self._h.side_left, "right": self._h.side_right, "both": self._h.side_both}
        return sides.get(side, "")

    def line(self, step: PlanStep) -> str:
        """A step in one line: what, with which technique, how long and on which side."""
        h = self._h
        often = h.often_step if step.repeats > 1 else h.once_step
        pieces = [often.format(repeats=step.repeats, seconds=step.hold_seconds), *self._sides(step)]
        if step.light:
            pieces.append(h.light)
        if step.point and step.technique:
            pieces.append(escape(self.technique(step)))
        return f"{self.what(step)}: {', '.join(pieces)}"

    def _sides(self, step: PlanStep) -> Iterator[str]:
        h = self._h
        if step.order == "together":
            yield h.on_both
        elif step.order == "each" and len(step.sides) == 1:
            yield h.on_left if step.sides[0] == "left" else h.on_right
        elif step.order == "each":
            yield h.on_each.format(first=h.left if step.sides[0] == "left" else h.right)

    def cautions(self, steps: Sequence[PlanStep]) -> Iterator[str]:
        """For whom each point is not, in short, and the limits of each technique, below the name of each."""
        for code in dict.fromkeys(step.point for step in steps if step.point):
            yield "\n".join([bold(code), *self._page.cautions_in_short(code)])
        for name in dict.fromkeys(step.technique for step in steps if step.technique):
            limits = self._words.techniques[name].limits
            if limits:
                yield f"{bold(self._words.techniques[name].name)}. {escape(limits)}"

    def folded(self, step: PlanStep) -> str:
        """How to press a point, another landmark and its cautions in full: a block that opens at a tap."""
        s = self._words.sentences
        if not step.point:
            return ""
        point = self._words.points[step.point]
        lines = [
            *self._page.cautions(step.point),
            f"{bold(s.how)}: {escape(point.how)}",
        ]
        return "<blockquote expandable>" + "\n\n".join(lines) + "</blockquote>"

    def reason(self, rules: Iterable[str]) -> str:
        """Why something is left out."""
        return self._pieces.reason(rules)

    def minutes(self, seconds: int) -> str:
        """How long a whole plan takes."""
        minutes = max(1, round(seconds / ROUND_SECONDS))
        return self._h.about_a_minute if minutes == 1 else self._h.about_minutes.format(minutes=minutes)

    def pressed(self, minutes: int) -> str:
        """How long was pressed."""
        if minutes < 1:
            return self._h.under_a_minute
        return self._h.one_minute if minutes == 1 else self._h.minutes.format(minutes=minutes)

    def name(self, wish: Wish, own: OwnRoutine | None = None) -> str:
        """What a wish is called."""
        match wish:
            case HoldRoutine():
                return escape(begun(self._words.routines[f"R{wish.number:02}"].name))
            case HoldPlan():
                by_number = {entry.number: slug for slug, entry in self._library.complaints.items()}
                slugs = [by_number[number] for number in wish.complaints]
                return self._h.plan_name.format(complaints=self._pieces.complaints(slugs))
            case HoldPoint():
                return self._h.hold_name.format(point=self._pieces.point(wish.code))
            case HoldOwn():
                return escape(own.name) if own else ""


def begun(text: str) -> str:
    """Words that stand in a sentence, as they begin one."""
    return text[:1].upper() + text[1:]
