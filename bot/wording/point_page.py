"""A point in words that suffice without a picture: where, how, how long, which side, when not to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.library import Library
from bot.library.facts import Effect, Point
from bot.wording.pieces import bold, escape

MOST_STUDIES = 2


class PointPage:
    """The page of each point. What is the same for everybody is written once, at the start."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._sentences = library.words.sentences
        self._short = {code: tuple(self._cautions_in_short(code)) for code in library.points}
        self._bodies = {code: "\n".join(self._body(code)) for code in library.points}
        self._shorter = {code: "\n".join(self._body(code, position=False)) for code in library.points}
        self._cautions = {code: tuple(self._cautions_in_full(code)) for code in library.points}
        self._endings = {code: tuple(self._ending(code)) for code in library.points}

    def heading(self, code: str) -> str:
        """The point by its code, pinyin and name."""
        point, words = self._library.points[code], self._library.words.points[code]
        return f"<b>{code} {escape(point.pinyin)}</b> ({escape(words.name)})"

    def body(self, code: str) -> str:
        """What everybody has to see of the page, cautions included."""
        return self._bodies[code]

    def body_without_position(self, code: str) -> str:
        """The same without how to sit or lie, for where there is little room."""
        return self._shorter[code]

    def cautions_in_short(self, code: str) -> tuple[str, ...]:
        """For whom the point is not, in a few words each: one line per effect, strictest first."""
        return self._short[code]

    def cautions(self, code: str) -> tuple[str, ...]:
        """For whom the point is not, in full: one list per effect, strictest first."""
        return self._cautions[code]

    def folded(self, code: str, complaints: Sequence[str]) -> str:
        """Cautions in full, why and how sure, other ways and names: the block that opens at a tap."""
        s = self._sentences
        words = self._library.words.points[code]
        lines = [
            *self.cautions(code),
            f"{bold(s.another_way)}: {escape(words.another_way)}",
            f"{bold(s.why)}: {escape(words.why)}",
            f"{bold(s.how_sure)}: {escape(' '.join([s.how_sure_default, *self._studies(complaints)]))}",
            *self._endings[code],
        ]
        return "<blockquote expandable>" + "\n\n".join(lines) + "</blockquote>"

    def _body(self, code: str, *, position: bool = True) -> Iterator[str]:
        s = self._sentences
        words = self._library.words.points[code]
        yield f"{bold(s.where)}: {escape(words.where)}"
        if position:
            yield f"{bold(s.position)}: {escape(words.position)}"
        yield f"{bold(s.how)}: {escape(words.how)}"
        yield f"{bold(s.how_long)}: {escape(self._how_long(self._library.points[code]))}"
        yield f"{bold(s.side)}: {escape(words.side)}"
        yield from self._short[code]
        yield escape(s.stop_if)

    def _cautions_in_short(self, code: str) -> Iterator[str]:
        """For whom the point is not, in a few words each: one line per effect, strictest first."""
        s = self._sentences
        openings = {Effect.WITHHOLD: s.not_with, Effect.ASK_FIRST: s.ask_first_with, Effect.WARN: s.care_with}
        for effect, opening in openings.items():
            cautions = self._library.points[code].cautions
            labels = [self._library.words.cautions[each.id] for each in cautions if each.effect is effect]
            if labels:
                yield f"{bold(opening)}: {escape(', '.join(dict.fromkeys(labels)))}."

    def _cautions_in_full(self, code: str) -> Iterator[str]:
        s = self._sentences
        openings = {Effect.WITHHOLD: s.leave_out, Effect.ASK_FIRST: s.ask_first, Effect.WARN: s.take_care}
        point, words = self._library.points[code], self._library.words.points[code]
        for effect, opening in openings.items():
            clauses = [words.cautions[caution.id] for caution in point.cautions if caution.effect is effect]
            if clauses:
                lines = "".join(
                    f"\n• {escape(clause.removesuffix('.'))}" for clause in dict.fromkeys(clauses)
                )
                yield f"{bold(opening)}:{lines}"

    def _ending(self, code: str) -> Iterator[str]:
        s = self._sentences
        words = self._library.words.points[code]
        if words.alternatives:
            yield f"{bold(s.other_ways)}: {escape(' '.join(words.alternatives.values()))}"
        if words.nicknames:
            yield escape(s.names.format(names=", ".join(words.nicknames)))
        if words.note:
            yield escape(words.note)

    def _how_long(self, point: Point) -> str:
        s, press = self._sentences, point.press
        template = s.how_long_once if press.repeats == 1 else s.how_long_repeated
        held = template.format(
            hold=press.hold_seconds,
            release=press.release_seconds,
            repeats=self._times(press.repeats),
            each_side=f" {s.each_side}" if press.order == "each" else "",
        )
        return f"{held} {s.per_day.format(times=self._times(press.per_day_max))}"

    def _times(self, number: int) -> str:
        s = self._sentences
        return {1: s.once_times, 2: s.twice_times}.get(number, s.many_times.format(number=number))

    def _studies(self, complaints: Iterable[str]) -> list[str]:
        ids = [study for slug in complaints for study in self._library.complaints[slug].evidence]
        says = [self._library.words.evidence[study].says for study in dict.fromkeys(ids)]
        return [said for said in says if said][:MOST_STUDIES]
