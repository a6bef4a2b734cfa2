"""Which points a message asks about, by code, name, nickname or an older number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.library import Library
from bot.understanding.codes import WrittenCode
from bot.understanding.text import fold, split

_TONED = re.compile(r"(?<!\w)[a-z]{1,6}[1-5](?:[ -]?[a-z]{1,6}[1-5]){1,3}(?!\w)")
AREA_OF_COMPLAINT = {
    "knee": "knee",
    "leg": "thigh",
    "buttock": "buttock",
    "hip": "buttock",
    "lower_back": "lower_back",
    "mid_back": "mid_back",
    "upper_back": "upper_back",
}
"""Where on the body a complaint says a number is meant to be."""


@dataclass(frozen=True)
class AskedPoints:
    """Points asked about.

    ``ask`` is what an older number could mean; ``not_covered`` are standard points without a page.
    """

    points: tuple[str, ...]
    ask: tuple[str, ...]
    not_covered: tuple[str, ...]


def names_of(code: str, library: Library) -> Iterator[str]:
    """The phrases by which a point is asked for, code apart: pinyin, English name, nicknames, aliases."""
    words = library.words.points[code]
    lexicon = library.words.lexicon
    for name in (library.points[code].pinyin, words.name, *words.nicknames):
        yield " ".join(split(fold(name), lexicon.fillers, lexicon.spellings))
    yield from words.aliases


def pinyin_names(library: Library) -> Mapping[str, str]:
    """The code of each point by its folded pinyin."""
    return {fold(point.pinyin): code for code, point in library.points.items()}


def toned_names(folded: str, codes: Mapping[str, str]) -> Iterator[str]:
    """The codes of points whose pinyin is written with the numbers of its tones: "he2gu3", "zu2 san1 li3"."""
    for match in _TONED.finditer(folded):
        name = "".join(char for char in match[0] if char.isalpha())
        if name in codes:
            yield codes[name]


def read_points(
    codes: Iterable[WrittenCode], named: Sequence[str], complaints: Sequence[str], library: Library
) -> AskedPoints:
    """What written codes and names amount to.

    A Bladder number from 36 to 54 that is not written as the standard writes it may be an older number. It is
    settled by the body part named beside it, and otherwise left to be asked about.
    """
    points = list(named)
    ask: list[str] = []
    not_covered: list[str] = []
    misprints = {misprint: code for code, point in library.points.items() for misprint in point.misprints}
    areas = {AREA_OF_COMPLAINT[slug] for slug in complaints if slug in AREA_OF_COMPLAINT}
    for written in codes:
        meanings = _meanings(written, library)
        if len(meanings) > 1:
            there = [code for code, area in meanings.items() if area in areas]
            if len(there) == 1:
                points.append(there[0])
            elif set(meanings) & set(library.points):
                ask.extend(meanings)
            else:
                not_covered.append(written.code)
        elif written.code in library.points:
            points.append(written.code)
        elif written.code in misprints:
            points.append(misprints[written.code])
        elif meanings or not written.doubtful:
            not_covered.append(written.code)
    covered = [code for code in points if code in library.points]
    not_covered += [code for code in points if code not in library.points]
    return AskedPoints(*(tuple(dict.fromkeys(codes)) for codes in (covered, ask, not_covered)))


def _meanings(written: WrittenCode, library: Library) -> dict[str, str]:
    """The WHO codes that a Bladder number can stand for, each with its area; empty for any other code."""
    old = library.old_numbers.get(written.code.replace("BL", "B"))
    if old is None or (written.standard and written.code in library.points):
        return {}
    areas = {entry.code: entry.area for entry in library.old_numbers.values()}
    return {old.code: old.area, **({written.code: areas[written.code]} if written.code in areas else {})}
