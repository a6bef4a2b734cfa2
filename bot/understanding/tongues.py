"""Messages in any of several languages: each is read in the one it is written in, and danger in more of them.

People write in another language than their app is set to, and mix two when they are frightened. So a message
is read in the language its words fit best, and danger signs are looked for in English and in the person's own
language as well. There a sign counts only with a word that rather belongs to that language, so that a word
two languages share means what it means in the one that is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from math import log10
from threading import Lock

from bot.library import ENGLISH
from bot.understanding.danger import Signs
from bot.understanding.reader import Reader
from bot.understanding.reading import Kind, Reading
from bot.understanding.spelling import word_list
from bot.understanding.text import fold

UNKNOWN = 3e-8
"""How common a word is taken to be that nobody has counted: less than any that is on a list."""
LEAST_LEAD = 2.0
"""By how many powers of ten a message has to be likelier in another language to be read in that one."""
MOST_WORDS = 200
_WORD = re.compile(r"[^\W\d_]+")
LEAST_TIMES_MORE = 10
"""How many times more common a word has to be in one language than in another to belong to it."""


def often(word: str, language: str) -> float:
    """How much of what is written in a language a word makes up."""
    return word_list(language).get(word, UNKNOWN)


def leads(words: Sequence[str], own: str, languages: Iterable[str]) -> dict[str, float]:
    """By how many powers of ten some words are likelier in each other language than in one's ``own``."""
    return {
        language: sum(log10(often(word, language) / often(word, own)) for word in words[:MOST_WORDS])
        for language in languages
        if language != own
    }


def best_fit(lead: Mapping[str, float], own: str) -> str:
    """The language that a message is written in; ``own``, unless another fits much better."""
    best = max(lead, key=lambda language: lead[language], default=own)
    return best if lead.get(best, 0) >= LEAST_LEAD else own


class Tongues:
    """The readers of several languages. English is there from the start, each other from its first use on."""

    def __init__(self, english: Reader, languages: Collection[str], build: Callable[[str], Reader]) -> None:
        """``build`` makes the reader of one of the ``languages``; it is called once for each."""
        self.languages = languages
        self._build, self._building = build, Lock()
        self._readers = {ENGLISH: english}

    def reader(self, language: str) -> Reader:
        """The reader of a language, which may take half a second the first time."""
        if language not in self._readers:
            with self._building:
                if language not in self._readers:
                    self._readers[language] = self._build(language)
        return self._readers[language]

    def needed(self, text: str, own: str) -> frozenset[str]:
        """The languages in which a message has to be looked at, for somebody whose language is ``own``."""
        words = _words(text)
        return self._needed(words, own, best_fit(leads(words, own, self.languages), own))

    def _needed(self, words: Sequence[str], own: str, best: str) -> frozenset[str]:
        mixed = (other for other in self.languages if any(_belongs(word, other, best) for word in words))
        return frozenset({best, own, ENGLISH, *mixed})

    def read(self, text: str, own: str = ENGLISH) -> Reading:
        """What a message means that somebody wrote whose language is ``own``."""
        if self.languages == {ENGLISH}:
            return self.reader(ENGLISH).read(text)
        words = _words(text)
        lead = leads(words, own, self.languages)
        best = best_fit(lead, own)
        signs = self._signs(text, best, self._needed(words, own, best))
        for language in (best, *self._second_best(words, lead, own, best)):
            reading = self.reader(language).read(text, signs)
            if reading.kind is not Kind.UNKNOWN or reading.foreign:
                return replace(reading, language=language)
        return replace(self.reader(best).read(text, signs), language=best)

    def read_in(self, text: str, language: str) -> Reading:
        """What a message means in one language; its danger signs are looked for in the others as well."""
        return self.reader(language).read(text, self._signs(text, language, self.needed(text, language)))

    def _signs(self, text: str, best: str, needed: frozenset[str]) -> Signs:
        signs = self.reader(best).signs(text)
        for other in needed - {best}:
            signs |= self.reader(other).signs(
                _without_accented(text) if other == ENGLISH else text,
                partial(_belongs, language=other, other=best),
            )
        return signs

    def _second_best(
        self, words: Sequence[str], lead: Mapping[str, float], own: str, best: str
    ) -> Iterator[str]:
        """The other languages in which a message may still mean something, such as one that mixes two."""
        if best != own and any(_belongs(word, own, best) for word in words):
            yield own
        yield from (language for language in lead if language != best and lead[language] > 0)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text).replace("'", ""))


def _without_accented(text: str) -> str:
    """A text without the words that are not English for their accents: "fracturé" is no fracture."""
    return _WORD.sub(lambda word: word[0] if word[0].isascii() else "", text)


def _belongs(word: str, language: str, other: str) -> bool:
    """Whether a word rather belongs to one language than to another."""
    return often(word, language) >= LEAST_TIMES_MORE * often(word, other)
