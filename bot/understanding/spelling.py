"""Misspelt words, corrected to the vocabulary of the content and to nothing else.

A word that ordinary English uses is never changed: ribs stays ribs and itching stays itching, however close
they are to hips and aching.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from functools import lru_cache

from rapidfuzz.distance import OSA
from wordfreq import get_frequency_dict

SHORTEST = 3
"""Words with fewer letters are too close to too many others to be corrected."""
SHORT = 4
"""Words with fewer letters are corrected only to a core word."""
SHORTEST_BEGINNING = 6
"""Beginnings with fewer letters are too common to be kept: acheing begins with ache and is aching."""
RAREST_ORDINARY = 2.1e-6
"""Words that make up less of written English than this are rather a misspelling of one of ours."""


class Speller:
    """Corrects single words. The same word gives the same answer for the life of the object.

    ``core`` holds the words that most messages turn on, the most likely kind first: body parts, then words of
    pain. Among equally close words the more likely one is meant. Words in ``left_alone`` are never changed,
    and a word with one of the longer ``beginnings`` keeps it: with ``hoarse*`` among them hoarse is no horse.
    """

    def __init__(
        self,
        vocabulary: Iterable[str],
        language: str,
        core: Sequence[Set[str]] = (),
        left_alone: Set[str] = frozenset(),
        beginnings: Set[str] = frozenset(),
    ) -> None:
        self._vocabulary = frozenset(word for word in vocabulary if word.isalpha())
        self._left_alone = self._vocabulary | left_alone
        self._core = core
        self._beginnings = [start for start in beginnings if len(start) >= SHORTEST_BEGINNING]
        frequencies = get_frequency_dict(language, "small")
        self._ordinary = frozenset(word for word, often in frequencies.items() if often >= RAREST_ORDINARY)
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(self._vocabulary):
            self._by_length.setdefault(len(word), []).append(word)
        self._correct_unknown = lru_cache(maxsize=4096)(self._nearest)

    def correct(self, words: Sequence[str]) -> list[str]:
        """The words with each unknown one replaced by the one or two known words it was meant to be."""
        corrected: list[str] = []
        for word in words:
            if self._is_known(word):
                corrected.append(word)
            else:
                corrected.extend(self._correct_unknown(word))
        return corrected

    def _is_known(self, word: str) -> bool:
        if len(word) < SHORTEST or not word.isalpha():
            return True
        return word in self._left_alone or word in self._ordinary

    def _nearest(self, word: str) -> tuple[str, ...]:
        """The closest word; among equals one with the same letters, as where two changed places."""
        allowed = 1 if len(word) < 6 else 2 if len(word) < 11 else 3
        beginning = max((start for start in self._beginnings if word.startswith(start)), key=len, default="")
        best: tuple[int, bool, int, bool, int, str] | None = None
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for known in self._by_length.get(length, ()):
                distance = OSA.distance(word, known, score_cutoff=allowed)
                if distance > allowed or length < SHORTEST or not known.startswith(beginning):
                    continue
                kind = self._kind(known)
                if len(word) < SHORT and kind == len(self._core):
                    continue
                other_letters = set(known) != set(word)
                rank = (distance, other_letters, kind, known[0] != word[0], abs(length - len(word)), known)
                best = min(best, rank) if best else rank
        if best:
            return (best[-1],)
        return self._split(word, beginning) or (word,)

    def _kind(self, word: str) -> int:
        return next((kind for kind, words in enumerate(self._core) if word in words), len(self._core))

    def _split(self, word: str, beginning: str) -> tuple[str, ...]:
        """Two words written as one, the first as long as it can be."""
        for cut in range(len(word) - 3, max(2, len(beginning) - 1), -1):
            first, second = word[:cut], word[cut:]
            if first in self._vocabulary and (second in self._vocabulary or second in self._ordinary):
                return first, second
        return ()
