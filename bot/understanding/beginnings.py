"""What somebody means who is still typing: names of which only the beginning stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.library import Library
from bot.understanding.text import fold

FEWEST_LETTERS = 2
_PLAIN = re.compile(r"[\w '-]+")
"""A phrase that is nothing but words, and so a name to be completed."""


@dataclass(frozen=True)
class Begun:
    """What a beginning may become: complaints and points, in the order of the content."""

    complaints: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


class Beginnings:
    """Completes names of one library.

    The whole text has to be the beginning of a name, or of a word within one: of "can't pe" nothing is made.
    Of all that it begins the closest counts: "he" is a headache before it is a heavy leg.
    """

    def __init__(self, library: Library) -> None:
        self._complaints = {
            slug: _Names((words.name, words.button), (*words.parts, *words.phrases))
            for slug, words in library.words.complaints.items()
        }
        self._points = {
            code: _Names((code, library.points[code].pinyin, words.name, *words.nicknames), words.aliases)
            for code, words in library.words.points.items()
        }

    def complete(self, text: str) -> Begun:
        """The complaints and points that ``text`` may become."""
        begun = " ".join(fold(text).split())
        if len(begun) < FEWEST_LETTERS:
            return Begun()
        complaints = {slug: names.distance(begun) for slug, names in self._complaints.items()}
        points = {code: names.distance(begun) for code, names in self._points.items()}
        closest = min(*complaints.values(), *points.values())
        if closest == FAR:
            return Begun()
        return Begun(
            tuple(slug for slug, distance in complaints.items() if distance == closest),
            tuple(
                sorted(
                    (code for code, distance in points.items() if distance == closest),
                    key=lambda code: not fold(code).startswith(begun),
                )
            ),
        )


FAR = 3


class _Names:
    """The names of one thing, and other words for it."""

    def __init__(self, names: Iterable[str], others: Iterable[str]) -> None:
        self._names, self._others = tuple(_plain(names)), tuple(_plain(others))

    def distance(self, begun: str) -> int:
        """How far ``begun`` is from being one of the names; ``FAR`` where it begins none."""
        if any(name.startswith(begun) for name in self._names):
            return 0
        within = re.compile(rf"(?<!\w){re.escape(begun)}")
        if any(map(within.search, self._names)):
            return 1
        return 2 if any(map(within.search, self._others)) else FAR


def _plain(names: Iterable[str]) -> Iterator[str]:
    return (folded for name in names if _PLAIN.fullmatch(folded := fold(name)))
