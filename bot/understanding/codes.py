"""Point codes in any spelling: ``LI4``, ``li-4``, ``large intestine 4``, ``UB23``, ``du 14``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_POINTS_ON = {"LU": 11, "LI": 20, "ST": 45, "SP": 21, "HT": 9, "SI": 19, "BL": 67}
_POINTS_ON |= {"KI": 27, "PC": 9, "TE": 23, "GB": 44, "LR": 14, "GV": 28, "CV": 24}
"""How many points each channel has in the WHO standard."""


@dataclass(frozen=True)
class WrittenCode:
    """A code in a message.

    ``standard`` is false for ``b54`` or ``ub54``, which may carry an older number. ``doubtful`` is one letter
    and a number, which may be anything, such as a vitamin.
    """

    code: str
    standard: bool
    doubtful: bool = False


class CodeSpellings:
    """Finds codes by the names a language has for the channels."""

    def __init__(
        self,
        channels: Mapping[str, Sequence[str]],
        units: Iterable[str] = (),
        misprints: Iterable[str] = (),
    ) -> None:
        """Codes by the names of ``channels``, and ``misprints`` such as ``U6`` as they are.

        ``units`` are words that make the number before them a count: "kidney 3 days".
        """
        self._prefixes = {_bare(name): prefix for prefix, names in channels.items() for name in names}
        names = sorted((name for names in channels.values() for name in names), key=len, reverse=True)
        counted = "|".join(re.escape(unit) for unit in units) or r"\b\B"
        written = "|".join(r"[ -]?".join(map(re.escape, name.split())) for name in names)
        self._pattern = re.compile(
            rf"(?<![\w.])({written})[ .#-]{{0,3}}(\d{{1,2}})(?![\w%]|[.:/]\d|[ -]?(?:{counted})\b)"
        )
        listed = "|".join(re.sub(r"(?<=[A-Z])(?=\d)", "-?", misprint).lower() for misprint in misprints)
        self._misprint = re.compile(rf"(?<!\w)(?:{listed or '(?!)'})(?!\w)")

    def find(self, folded: str) -> Iterator[WrittenCode]:
        """Each code in folded text; numbers that the channel does not have are left out."""
        for match in self._misprint.finditer(folded):
            yield WrittenCode(match[0].replace("-", "").upper(), standard=False)
        for match in self._pattern.finditer(folded):
            name = _bare(match[1])
            prefix, number = self._prefixes[name], int(match[2])
            if 1 <= number <= _POINTS_ON[prefix]:
                yield WrittenCode(f"{prefix}{number}", name == prefix.lower(), doubtful=len(name) == 1)


def _bare(name: str) -> str:
    return re.sub("[ -]", "", name)
