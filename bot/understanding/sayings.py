"""How another language says times, numbers and orders, put into the words that our grammar knows.

The grammars of times, pauses, amounts and orders to reminders read English. Another language has a table of
sayings: by the English words, how its speakers say that. So "todos los días a las nueve y media" is read as
"every day at half past 9", and a language needs no code. What is no saying stays as it is, such as a city.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from bot.understanding.text import fold

NUMBER, FIVES = "{n}", "{m}"
"""Stand in a saying for a number of a clock, and for one in steps of five. The English has it as well."""
MOST_DIGITS = 2
_TOKEN = re.compile(r"\w+|\{[nm]\}")
_BLANK = re.compile(r"\s+")


class Sayings:
    """The sayings of one language. Build it once."""

    def __init__(self, said: Mapping[str, Sequence[str]]) -> None:
        """``said`` holds, by what our grammar knows, runs of words without capitals and accents."""
        self._numbers = {
            saying: ours for ours, sayings in said.items() if ours.isdigit() for saying in sayings
        }
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for ours, sayings in said.items():
            for saying in sayings:
                run = tuple(_TOKEN.findall(saying))
                self._by_first.setdefault(run[0], []).append((run, ours))
        for runs in self._by_first.values():
            runs.sort(key=lambda found: -len(found[0]))

    def in_our_words(self, text: str) -> str:
        """The text with its sayings in English, the longest first; folded, unless there are no sayings."""
        if not self._by_first:
            return text
        folded = fold(text)
        words = list(_TOKEN.finditer(folded))
        parts, at, end = [], 0, 0
        while at < len(words):
            parts.append(folded[end : words[at].start()])
            ours, length = self._at(words, at, folded)
            parts.append(ours)
            at += length
            end = words[at - 1].end()
        return "".join([*parts, folded[end:]])

    def _at(self, words: Sequence[re.Match[str]], at: int, folded: str) -> tuple[str, int]:
        """What stands at a word in English, and how many words that takes."""
        first = words[at][0]
        candidates = [*self._by_first.get(first, ())]
        for slot in (NUMBER, FIVES):
            if self._fits(first, slot):
                candidates += self._by_first.get(slot, ())
        candidates.sort(key=lambda found: -len(found[0]))
        for run, ours in candidates:
            here = words[at : at + len(run)]
            if len(here) == len(run) and self._is_said(run, here, folded):
                for item, word in zip(run, here, strict=True):
                    if item in (NUMBER, FIVES):
                        ours = ours.replace(item, self._numbers.get(word[0], word[0]), 1)
                return ours, len(run)
        return first, 1

    def _is_said(self, run: Sequence[str], here: Sequence[re.Match[str]], folded: str) -> bool:
        """Whether some words are a saying, with nothing but blanks between them."""
        fits = all(
            self._fits(word[0], item) if item in (NUMBER, FIVES) else word[0] == item
            for item, word in zip(run, here, strict=True)
        )
        gaps = (folded[a.end() : b.start()] for a, b in pairwise(here))
        return fits and all(_BLANK.fullmatch(gap) for gap in gaps)

    def _fits(self, word: str, slot: str) -> bool:
        digits = self._numbers.get(word, word)
        if not digits.isascii() or not digits.isdigit() or len(digits) > MOST_DIGITS:
            return False
        return slot == NUMBER or (int(digits) % 5 == 0 and 0 < int(digits) < 60)


NO_SAYINGS = Sayings({})
"""Those of English."""
