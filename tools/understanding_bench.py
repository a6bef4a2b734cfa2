"""How well messages are understood: labelled rows in, a table of figures out.

A row is one JSON object on a line: ``id``, ``text``, ``kind``, ``complaints`` and ``group``.
``kind`` says what the right answer is: one of the ``complaints`` (``in_scope``), "I don't know"
(``out_of_scope``), the danger card (``red_flag``), a sentence about a doctor (``mild_sign``), the ``points``
of the row (``point``), what its ``control`` asks for (``control``) or that its ``condition`` is noticed
(``condition``). ``complaints`` is a list of complaints, each a list of acceptable slugs. ``group`` is the
family of danger, or of subjects that are not ours. What else a row holds is not looked at.

Texts are never printed, only ids, and those only where ``--wrong`` asks for them.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bot.library import ENGLISH, load
from bot.library.facts import Tier
from bot.understanding.reader import Reader
from bot.understanding.reading import Kind, Reading

RowKind = Literal["in_scope", "out_of_scope", "red_flag", "mild_sign", "point", "control", "condition"]
NO_ANSWER = (Kind.UNKNOWN, Kind.CONTROL)
"""What counts as "I don't know": a greeting and its like point to no place on the body either."""


@dataclass(frozen=True)
class Row:
    """A labelled message."""

    id: str
    text: str
    kind: RowKind
    complaints: tuple[frozenset[str], ...]
    group: str
    points: tuple[str, ...] = ()
    control: str | None = None
    condition: str | None = None

    @property
    def expected(self) -> frozenset[str]:
        """Every slug that is right as the first answer."""
        return frozenset().union(*self.complaints)


@dataclass(frozen=True)
class Result:
    """A row and what was understood, in ``milliseconds`` of the processor."""

    row: Row
    reading: Reading
    milliseconds: float

    @property
    def answered(self) -> bool:
        """Whether it names complaints."""
        return self.reading.kind is Kind.COMPLAINT

    @property
    def first_is_right(self) -> bool:
        """Whether the first complaint, whatever else was understood, is one that was meant."""
        return bool(self.reading.complaints) and self.reading.complaints[0] in self.row.expected

    @property
    def every_one(self) -> bool:
        """Whether each complaint of the row is among those understood."""
        return all(slugs & set(self.reading.complaints) for slugs in self.row.complaints)

    @property
    def whole(self) -> bool:
        """Whether the decision is right: the card, the right complaint, or "I don't know"."""
        if self.row.kind == "red_flag":
            return self.reading.kind is Kind.DANGER
        if self.row.kind == "mild_sign":
            return self.reading.danger is not None
        if self.row.kind == "out_of_scope":
            return self.reading.kind in NO_ANSWER
        if self.row.kind == "point":
            return self.reading.kind is Kind.POINT and self.reading.points == self.row.points
        if self.row.kind == "condition":
            return self.row.condition in self.reading.conditions
        if self.row.kind == "control":
            return self.reading.kind is Kind.CONTROL and self.reading.context.control == self.row.control
        return self.answered and self.first_is_right


def rows(path: Path) -> Iterator[Row]:
    """The rows of a file. Raises ``ValueError`` or ``KeyError`` for one that is not a row."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield as_row(json.loads(line))


def as_row(row: Mapping[str, Any]) -> Row:
    """A row of a file as an object."""
    complaints = tuple(frozenset(slugs) for slugs in row["complaints"])
    return Row(
        id=str(row["id"]),
        text=row["text"],
        kind=row["kind"],
        complaints=complaints,
        group=row["group"],
        points=tuple(row.get("points", ())),
        control=row.get("control"),
        condition=row.get("condition"),
    )


def measure(reader: Reader, labelled: Iterable[Row]) -> list[Result]:
    """Every row read, with the time that took."""
    results = []
    for row in labelled:
        started = time.process_time_ns()
        reading = reader.read(row.text)
        results.append(Result(row, reading, (time.process_time_ns() - started) / 1_000_000))
    return results


def table(results: Sequence[Result]) -> Iterator[str]:
    """The figures, one to a line."""
    ours = [result for result in results if result.row.kind == "in_scope"]
    others = [result for result in results if result.row.kind == "out_of_scope"]
    dangers = [result for result in results if result.row.kind == "red_flag"]
    calm = (*ours, *others)
    several = [result for result in ours if len(result.row.complaints) > 1]
    silent = [result for result in calm if result.reading.kind in NO_ANSWER]
    yield _share("whole decision", [result.whole for result in results])
    yield _share("top-1, of those with a complaint", [r.first_is_right for r in ours if r.reading.complaints])
    yield _share("answered right", [result.whole for result in ours])
    yield _share("every one of several", [result.every_one for result in several])
    yield _share('"I don\'t know", precision', [result.row.kind == "out_of_scope" for result in silent])
    yield _share('"I don\'t know", recall', [result.reading.kind in NO_ANSWER for result in others])
    yield _share("danger, recall", [result.whole for result in dangers])
    for name, those in (("in scope", ours), ("out of scope", others)):
        for tier in Tier:
            alarms = [bool(r.reading.danger and r.reading.danger.tier is tier) for r in those]
            yield _share(f"false alarms {name}, {tier}", alarms)
    yield from _by_group(results)
    times = sorted(result.milliseconds for result in results)
    yield f"{'median':44}{statistics.median(times):9.2f} ms"
    yield f"{'99 of 100 within':44}{times[int(len(times) * 0.99)]:9.2f} ms"


def _by_group(results: Sequence[Result]) -> Iterator[str]:
    groups: dict[str, list[bool]] = {}
    for result in results:
        for name in [result.row.group] if result.row.group else sorted(result.row.expected) or [""]:
            groups.setdefault(f"  {result.row.kind} {name}".rstrip(), []).append(result.whole)
    for name in sorted(groups):
        yield _share(name, groups[name])


def _share(name: str, right: Sequence[bool]) -> str:
    share = f"{sum(right) / len(right):9.3f}" if right else f"{'-':>9}"
    return f"{name:44}{share}  {sum(right):5} of {len(right)}"


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Read the paths from the command line, measure each and print its table."""
    parser = argparse.ArgumentParser(prog="python -m tools.understanding_bench", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--language", default=ENGLISH, help="the language that the rows are written in")
    parser.add_argument("--wrong", action="store_true", help="name the rows whose decision is wrong")
    asked = parser.parse_args()
    library = load(language=asked.language)
    before = _peak_megabytes()
    reader = Reader(library)
    for path in asked.paths:
        results = measure(reader, rows(path))
        print(f"{path}: {len(results)} rows")
        print("\n".join(table(results)))
        if asked.wrong:
            print("wrong:", *(result.row.id for result in results if not result.whole))
    print(f"{'memory, the reader and its rows':44}{_peak_megabytes() - before:9.0f} MB")


if __name__ == "__main__":
    main()
