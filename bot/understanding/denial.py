"""Which words of a message are denied: "no numbness or fever, but a stiff neck"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.library.words import Lexicon
from bot.understanding.phrase_book import Found, PhraseBook
from bot.understanding.phrases import Grammar
from bot.understanding.text import CLAUSE_END, SENTENCE_END

_DENIAL, _NOT_DENIAL = "denial", "not a denial"
_LIST_ITEM_WORDS = 3


@dataclass(frozen=True)
class Denial:
    """The words that deny, the words they reach, and whether an exception follows ("except", "until").

    One that is ``only_next`` denies no more than what begins right after it: "no trauma to my back".
    """

    found: Found
    reach: range
    but_for: bool
    only_next: bool = False

    def holds_for(self, other: Found) -> bool:
        """Whether it denies ``other``.

        What is put as a denial itself ("no feeling") is not denied by it, nor is what the exception names
        ("no numbness except between my legs").
        """
        if self.found.start in other.at or not any(index in self.reach for index in other.at):
            return False
        if self.only_next:
            return other.start == self.reach.start
        return not (self.but_for and other.at[-1] >= self.reach.stop)


class Denials:
    """Finds the reach of each denial: up to a contrast, the end of the sentence, or the end of a list."""

    def __init__(self, lexicon: Lexicon, grammar: Grammar) -> None:
        self.book = PhraseBook({_DENIAL: lexicon.denials, _NOT_DENIAL: lexicon.not_denials}, grammar)
        self._contrasts = lexicon.contrasts | lexicon.exceptions
        self._exceptions = lexicon.exceptions
        self._joins = lexicon.joins

    def of(self, words: Sequence[str]) -> tuple[Denial, ...]:
        """Every denial in a message."""
        found = self.book.find(words)
        exempt = {match.start for match in found if match.entry == _NOT_DENIAL}
        return tuple(
            Denial(match, range(match.end, match.end + 1), but_for=False, only_next=True)
            if match.start in exempt
            else self._denial(match, words)
            for match in found
            if match.entry == _DENIAL
        )

    def _denial(self, match: Found, words: Sequence[str]) -> Denial:
        end = self._reach(words, match.end)
        but_for = end < len(words) and words[end] in self._exceptions
        return Denial(match, range(match.end, end), but_for)

    def _reach(self, words: Sequence[str], start: int) -> int:
        for index in range(start, len(words)):
            word = words[index]
            if word == SENTENCE_END or word in self._contrasts:
                return index
            if word == CLAUSE_END and not self._list_goes_on(words, index + 1):
                return index
        return len(words)

    def _list_goes_on(self, words: Sequence[str], start: int) -> bool:
        """Whether a comma stands within "no fever, chills or numbness"."""
        for word in words[start : start + _LIST_ITEM_WORDS]:
            if word in self._joins:
                return True
            if word == SENTENCE_END:
                return False
        return False
