"""How fingers slip: the words that a written one may have been meant to be, and what the slip costs.

A letter that is lost, doubled or has changed places with its neighbour costs least, and so does one whose key
lies beside the right one. A letter that is simply another costs most. The costs only rank words against each
other; a cost of one makes a word about a hundred times less likely.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SWAPPED, DOUBLED, LOST_DOUBLE, LOST, NEAR, ALIKE, OTHER = 0.7, 0.7, 0.7, 0.9, 0.9, 1.0, 1.6
FIRST_LETTER = 0.4
"""Added when the slip is in the first letter: people mind that one."""
SHORTEST_BY_SOUND = 4
"""Shorter words are written as they are heard too seldom to tell one vowel from another."""
SHORTEST_RUN = 3
"""Fewer keys in a row stand in many words."""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUND_ALIKE = ("aeiouy", "ckqs", "sz", "fv", "gj", "dt", "bp", "mn", "iy", "ou")


def _near_keys() -> dict[str, str]:
    near: dict[str, set[str]] = {letter: set() for letter in LETTERS}
    for row, keys in enumerate(_ROWS):
        for column, key in enumerate(keys):
            beside = keys[max(0, column - 1) : column + 2]
            below = _ROWS[row + 1][max(0, column - 1) : column + 1] if row + 1 < len(_ROWS) else ""
            for other in (*beside, *below):
                if other != key:
                    near[key].add(other)
                    near[other].add(key)
    return {key: "".join(sorted(others)) for key, others in near.items()}


NEAR_KEYS: Mapping[str, str] = _near_keys()
"""By key: the keys beside it on the usual keyboard."""
_ALIKE = {
    letter: frozenset("".join(group for group in _SOUND_ALIKE if letter in group)) for letter in LETTERS
}


def is_along_the_keys(word: str) -> bool:
    """Whether fingers only ran along a row of keys, once or again and again: "asdf", "qweqwe"."""
    lengths = range(SHORTEST_RUN, len(word) + 1)
    return any(_is_run(word[:length]) and word == word[:length] * (len(word) // length) for length in lengths)


def _is_run(word: str) -> bool:
    return any(word in keys or word in keys[::-1] for keys in _ROWS)


def one_slip(word: str, known: Container[str]) -> Iterator[tuple[str, float]]:
    """Every ``known`` word one slip away from ``word``, with the cost of that slip; some come twice."""
    for at in range(len(word) + 1):
        first = 0.0 if at else FIRST_LETTER
        before, after = word[:at], word[at:]
        here, rest = after[:1], after[1:]
        for letter in LETTERS:
            if (longer := before + letter + after) in known:
                yield longer, (LOST_DOUBLE if letter in (before[-1:], here) else LOST) + first
            if here and (other := before + letter + rest) in known and letter != here:
                yield other, _instead(here, letter, len(word)) + first
        if here and (shorter := before + rest) in known:
            yield shorter, _extra(before[-1:], here, rest[:1]) + first
        if rest and (swapped := before + rest[0] + here + rest[1:]) in known:
            yield swapped, SWAPPED + first


def _extra(before: str, letter: str, after: str) -> float:
    if letter in (before, after):
        return DOUBLED
    near = NEAR_KEYS.get(letter, "")
    return NEAR if (before and before in near) or (after and after in near) else OTHER


def _instead(written: str, meant: str, letters: int) -> float:
    if meant in NEAR_KEYS.get(written, ""):
        return NEAR
    alike = letters >= SHORTEST_BY_SOUND and meant in _ALIKE.get(written, ())
    return ALIKE if alike else OTHER
