"""Which points to offer for complaints, in which order, and which to leave out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.guidance.safety import Verdict, judge
from bot.library import Library
from bot.library.facts import Effect


@dataclass(frozen=True)
class Person:
    """What is known of the one who is to press.

    ``conditions`` are the contraindication rules that apply; ``cleared`` says that a doctor or midwife agreed
    to the points that need asking first.
    """

    conditions: frozenset[str] = frozenset()
    cleared: bool = False

    def with_complaints(self, complaints: Sequence[str], library: Library) -> Person:
        """The same person, known to have these complaints and what they imply."""
        implied = {rule for slug in complaints for rule in library.complaints[slug].implies}
        return replace(self, conditions=self.conditions | implied)

    def elsewhere(self) -> Person:
        """The same person beyond what a doctor agreed to."""
        return replace(self, cleared=False)


@dataclass(frozen=True)
class Offer:
    """The points for some complaints, for one person. Each point stands in exactly one of the three."""

    shown: tuple[str, ...]
    ask_first: tuple[str, ...]
    withheld: tuple[tuple[str, Verdict], ...]


def offer(complaints: Sequence[str], person: Person, library: Library) -> Offer:
    """The points for ``complaints``, best first: those that serve most of them, then those for the first."""
    shown: list[str] = []
    ask_first: list[str] = []
    withheld: list[tuple[str, Verdict]] = []
    for code in _candidates(complaints, library):
        verdict = may_show(code, person, library)
        if verdict.effect is Effect.WITHHOLD:
            withheld.append((code, verdict))
        elif verdict.effect is Effect.ASK_FIRST:
            ask_first.append(code)
        else:
            shown.append(code)
    return Offer(tuple(shown), tuple(ask_first), tuple(withheld))


def serves(code: str, complaint: str, library: Library) -> bool:
    """Whether the point is among those for the complaint."""
    return any(suggested.code == code for suggested in library.complaints[complaint].points)


def may_show(code: str, person: Person, library: Library) -> Verdict:
    """The verdict on one point. What a doctor agreed to is not asked again; other cautions stay."""
    return judge(code, person.conditions, library, asked=person.cleared)


def easier_points(code: str, complaints: Sequence[str], person: Person, library: Library) -> tuple[str, ...]:
    """Points that are easier to reach than ``code`` and may be shown, those for ``complaints`` first."""
    far = [
        point
        for point in library.points[code].reach.far_points
        if may_show(point, person, library).effect in (None, Effect.WARN)
    ]
    wanted = _candidates(complaints, library)
    return tuple(sorted(far, key=lambda point: (point not in wanted, far.index(point))))


def _candidates(complaints: Sequence[str], library: Library) -> list[str]:
    places: dict[str, list[tuple[int, int]]] = {}
    for order, slug in enumerate(complaints):
        for rank, suggested in enumerate(library.complaints[slug].points):
            places.setdefault(suggested.code, []).append((order, rank))

    def preference(code: str) -> tuple[int, int, int]:
        served = places[code]
        return -len(served), min(order for order, _ in served), sum(rank for _, rank in served)

    return sorted(places, key=preference)
