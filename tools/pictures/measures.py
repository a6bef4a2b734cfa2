"""Lengths by name: heights of the spine, widths of fingers, cun. Needs no mesh."""

from __future__ import annotations

import re

from tools.pictures.facts import Figure, Length

_TERM = re.compile(r"([+-]?)\s*(?:(\d+(?:\.\d+)?)\s*)?([A-Za-z]\w*)?\s*")


class UnknownLength(ValueError):
    """The words name no length."""


class Measures:
    """Turns ``Length`` into cm."""

    def __init__(self, figure: Figure) -> None:
        self._names = {
            **figure.levels,
            **figure.fingers.model_dump(),
            **{f"cun_{region}": cm for region, cm in figure.cun.items()},
        }

    def cm(self, length: Length) -> float:
        """The number, or the sum of terms such as ``-1.5 cun_back``. Raises ``UnknownLength``."""
        if not isinstance(length, str):
            return float(length)
        total, end, text = 0.0, 0, length.strip()
        if not text:
            raise UnknownLength("an empty length")
        while end < len(text):
            term = _TERM.match(text, end)
            if not term or term.end() == end or not (term[2] or term[3]) or (end and not term[1]):
                raise UnknownLength(length)
            if term[3] and term[3] not in self._names:
                raise UnknownLength(f"{length}: there is no {term[3]}")
            value = float(term[2] or 1) * (self._names[term[3]] if term[3] else 1)
            total += -value if term[1] == "-" else value
            end = term.end()
        return total
