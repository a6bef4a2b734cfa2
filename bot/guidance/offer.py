"""Which points to offer for complaints, in which order, and which to leave out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
        verdict = judge(code, person.conditions, library)
        if verdict.effect is Effect.WITHHOLD:
            withheld.append((code, verdict))
        elif verdict.effect is Effect.ASK_FIRST and not person.cleared:
            ask_first.append(code)
        else:
            shown.append(code)
    return Offer(tuple(shown), tuple(ask_first), tuple(withheld))


def serves(code: str, complaint: str, library: Library) -> bool:
    """Whether the point is among those for the complaint."""
    return any(suggested.code == code for suggested in library.complaints[complaint].points)


def may_show(code: str, person: Person, library: Library) -> Verdict:
    """The verdict on one point; an ask-first point that a doctor agreed to may be shown."""
    verdict = judge(code, person.conditions, library)
    if verdict.effect is Effect.ASK_FIRST and person.cleared:
        return Verdict()
    return verdict


def easier_points(code: str, complaints: Sequence[str], person: Person, library: Library) -> tuple[str, ...]:
    """Points that are easier to reach than ``code`` and may be shown, those for ``complaints`` first."""
    far = [
        far for far in library.points[code].reach.far_points if may_show(far, person, library).effect is None
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
