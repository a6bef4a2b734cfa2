"""Misspelt words, corrected to the vocabulary of the content and to nothing else.

A word that ordinary English uses is never changed: ribs stays ribs and itching stays itching, however close
they are to hips and aching. A word that nobody uses becomes the likeliest word that fingers could have missed
it for, by how easily they slip and how often the word is written. Where that is an ordinary word, it stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, cached_property, lru_cache
from math import log10

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract
from wordfreq import get_frequency_dict

from bot.understanding.slips import LOST, OTHER, is_along_the_keys, one_slip
from bot.understanding.text import fold

SHORTEST = 3
"""Words with fewer letters are too close to too many others to be corrected."""
SHORT = 4
"""Words with fewer letters are corrected only to a core word."""
LONGEST = 40
"""Words with more letters are no words."""
SHORTEST_WHOLE = 5
"""Words with fewer letters are not put together again."""
SHORTEST_BEGINNING = 6
"""Beginnings with fewer letters are too common to be kept: acheing begins with ache and is aching."""
RAREST_ORDINARY = 1.2e-6
"""Words that make up less of written English than this are rather a misspelling of one of ours."""
LEAST_OF_CORE, LEAST_OF_NAMES, LEAST_OF_OURS = 3e-3, 6e-4, 2e-5
"""How common the words of the content are taken to be at least: in messages to this bot they are."""
USUAL_OF_CORE = 1e-5
"""How common a core word is in written English; much rarer and much more common ones are here too."""
MOST_CANDIDATES = 8
ORDERS_OF_MAGNITUDE = 2
"""By how many powers of ten a slip of cost one is less likely than none."""
LEAST_MORE_COMMON = 0.5
"""How many powers of ten more common a word has to be than the one that is a slip for it."""
MOST_CONFUSED = 1.5e-4
"""Words that are more common than this are hardly ever a slip for another."""


@cache
def word_list(language: str) -> Mapping[str, float]:
    """The words of a language that are at all common, with how much of what is written each makes up.

    They stand as messages have them: words that differ only in an accent ("sí", "si") are one. Of a language
    that nobody has counted there are none, so that each of its words may be a slip.
    """
    try:
        counted = get_frequency_dict(language, "small")
    except LookupError:
        return {}
    often: dict[str, float] = {}
    for word, share in counted.items():
        plain = word if word.isascii() else fold(word)
        often[plain] = often.get(plain, 0) + share
    return often


@cache
def _ordinary(language: str) -> Mapping[str, float]:
    """The ordinary words of a language, with how much of what is written each makes up."""
    return {word: often for word, often in word_list(language).items() if often >= RAREST_ORDINARY}


class Speller:
    """Corrects single words. The same word gives the same answer for the life of the object.

    ``core`` holds the words that most messages turn on, the most likely kind first: body parts, then words of
    pain. Words in ``left_alone`` are never changed, and a word with one of the longer ``beginnings`` keeps
    it: with ``hoarse*`` among them hoarse is no horse. A misspelt one of the ``small`` words is dropped as
    they are. ``guesses`` are words that an ordinary word may be a slip for, beside those of the core.
    """

    def __init__(
        self,
        vocabulary: Iterable[str],
        language: str,
        core: Sequence[Set[str]] = (),
        left_alone: Set[str] = frozenset(),
        beginnings: Set[str] = frozenset(),
        small: Set[str] = frozenset(),
        guesses: Set[str] = frozenset(),
    ) -> None:
        self._vocabulary = frozenset(word for word in vocabulary if word.isalpha())
        self._left_alone = self._vocabulary | left_alone
        self._core = frozenset().union(*core)
        self._small = small
        self._guesses = guesses | self._core
        self._beginnings = [start for start in beginnings if len(start) >= SHORTEST_BEGINNING]
        self._often = _ordinary(language)
        self._every_word = self._vocabulary.union(self._often)
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(self._vocabulary):
            if len(word) >= SHORTEST:
                self._by_length.setdefault(len(word), []).append(word)
        self._correct_unknown = lru_cache(maxsize=8192)(self._meant)
        self.candidates = lru_cache(maxsize=8192)(self._candidates)
        self.confusable = lru_cache(maxsize=8192)(self._confusable)

    def correct(self, words: Sequence[str]) -> list[str]:
        """The words with each unknown one replaced by the one or two known words it was meant to be.

        A word of ours that a blank has cut in two ("vomiti ng") is made whole.
        """
        corrected: list[str] = []
        at = 0
        while at < len(words):
            word = words[at]
            if at + 1 < len(words) and self._is_cut_in_two(word, words[at + 1]):
                corrected.append(word + words[at + 1])
                at += 1
            elif self._is_known(word):
                corrected.append(word)
            else:
                corrected.extend(self._correct_unknown(word))
            at += 1
        return corrected

    def _is_cut_in_two(self, first: str, second: str) -> bool:
        whole = first + second
        if len(whole) < SHORTEST_WHOLE or whole not in self._vocabulary:
            return False
        return not (first in self._every_word and second in self._every_word)

    def _candidates(self, word: str) -> tuple[str, ...]:
        """The words of the vocabulary one slip away from an unknown word, the likeliest first."""
        if self._is_known(word):
            return ()
        ranked = sorted(
            (-score, near) for near, score in self._one_slip_away(word) if near in self._vocabulary
        )
        return tuple(dict.fromkeys(near for _, near in ranked))[:MOST_CANDIDATES]

    @cached_property
    def _near_guesses(self) -> frozenset[str]:
        """The ordinary words near one to guess: few, so that most words need not be looked at closely."""
        return frozenset(near for word in self._guesses for near, _ in one_slip(word, self._often))

    def _confusable(self, word: str) -> tuple[str, ...]:
        """The core words that an ordinary word may be an easy slip for: "pan" for pain, "loser" for lower."""
        if word not in self._near_guesses or len(word) < SHORTEST or word in self._core:
            return ()
        if self._often[word] > MOST_CONFUSED:
            return ()
        least = self._how_common(word) + LEAST_MORE_COMMON
        easy = {near for near, cost in one_slip(word, self._guesses) if cost < OTHER}
        return tuple(sorted(near for near in easy if self._how_common(near) >= least))

    def _is_known(self, word: str) -> bool:
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or is_along_the_keys(word):
            return True
        return word in self._left_alone or word in self._often

    def _meant(self, word: str) -> tuple[str, ...]:
        """The likeliest word one slip away, two words without their space, or one a few slips away."""
        beginning = max((start for start in self._beginnings if word.startswith(start)), key=len, default="")
        near = [(-score, known) for known, score in self._one_slip_away(word) if known.startswith(beginning)]
        likeliest = min(near, default=None)
        if likeliest and likeliest[1] in self._small:
            return ()
        if likeliest and self._may_become(word, likeliest[1]):
            return (likeliest[1],)
        if parted := self._parted(word, beginning):
            return parted
        ways = (*self._slips_away(word, beginning), *self._parted_with_a_slip(word, beginning))
        better = [
            (unlikely, meant)
            for unlikely, meant in ways
            if likeliest is None or (unlikely < likeliest[0] and meant[0] in self._core)
        ]
        return min(better)[1] if better else (word,)

    def _may_become(self, word: str, near: str) -> bool:
        """Whether a slip makes it one of our words; a short word becomes a core word or none."""
        return near in (self._core if len(word) < SHORT else self._vocabulary)

    def _one_slip_away(self, word: str) -> Iterator[tuple[str, float]]:
        for near, cost in one_slip(word, self._every_word):
            if len(near) >= SHORTEST:
                yield near, self._how_common(near) - ORDERS_OF_MAGNITUDE * cost

    def _how_common(self, word: str) -> float:
        often = self._often.get(word, 0)
        least = LEAST_OF_OURS if word in self._vocabulary else 0
        if word in self._guesses:
            usual = LEAST_OF_CORE if word in self._core else LEAST_OF_NAMES
            least = usual * min(max(often / USUAL_OF_CORE, 0.1), 3)
        return log10(max(often, least))

    def _slips_away(self, word: str, beginning: str) -> Iterator[tuple[float, tuple[str, ...]]]:
        """Words of ours two slips away, three in a long word, each with how unlikely it is."""
        allowed = 1 if len(word) < 6 else 2 if len(word) < 11 else 3
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            known = self._by_length.get(length, ())
            for near, distance, _ in extract(
                word, known, scorer=OSA.distance, score_cutoff=allowed, limit=None
            ):
                if near.startswith(beginning):
                    other = 0.2 * (near[0] != word[0]) + 0.1 * abs(len(near) - len(word))
                    other += 0.2 * (set(near) != set(word))
                    yield ORDERS_OF_MAGNITUDE * (distance + other) - self._how_common(near), (near,)

    def _parted(self, word: str, beginning: str) -> tuple[str, ...]:
        """Two words written as one, the first as long as it can be."""
        for cut in range(len(word) - 3, max(2, len(beginning) - 1), -1):
            first, second = word[:cut], word[cut:]
            if first in self._vocabulary and (second in self._vocabulary or second in self._often):
                return first, second
        return ()

    def _parted_with_a_slip(self, word: str, beginning: str) -> Iterator[tuple[float, tuple[str, ...]]]:
        """Two words without their space, one a core word, the other with a slip: "painbsince", "legpai"."""
        for cut in range(3, len(word) - 2):
            first, second = word[:cut], word[cut:]
            if first in self._core and first.startswith(beginning):
                for near, score in self._one_slip_away(second):
                    yield ORDERS_OF_MAGNITUDE * LOST - score, (first, near)
            elif second in self._core:
                for near, score in self._one_slip_away(first):
                    if near in self._vocabulary and near.startswith(beginning):
                        yield ORDERS_OF_MAGNITUDE * LOST - score, (near, second)
