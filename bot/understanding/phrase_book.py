"""Finding phrases in the words of a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

from bot.understanding.phrases import ANY_ENDING, GAP_WORDS, Gap, Grammar, Item, Run, Word, heads, keys, needs
from bot.understanding.text import SENTENCE_END

MOST_COMBINATIONS = 16
"""How many ways to put a phrase of several runs together are looked at in one message."""


@dataclass(frozen=True)
class Found:
    """A phrase of the book in a text: its entry, and the indexes of the words it is made of, in order.

    Words that ``..`` passed over are not among them.
    """

    entry: str
    at: tuple[int, ...]

    @property
    def start(self) -> int:
        """The index of the first word."""
        return self.at[0]

    @property
    def end(self) -> int:
        """The index after the last word."""
        return self.at[-1] + 1


@dataclass(frozen=True, eq=False)
class _Part:
    """A run of a phrase: alone, or one ``of`` several that must all be there."""

    entry: str
    run: Run
    needs: tuple[frozenset[str], ...]
    phrase: int
    of: int


class PhraseBook:
    """All phrases of some entries, indexed by the words they can begin with."""

    def __init__(self, entries: Mapping[str, Iterable[str]], grammar: Grammar) -> None:
        """Raises ``PhraseError`` for a phrase that cannot be read or names a set that is not there."""
        self._by_head: dict[str, list[_Part]] = {}
        self._keys_of: dict[str, set[str]] = {entry: set() for entry in entries}
        listed = ((entry, phrase) for entry, phrases in entries.items() for phrase in phrases)
        for number, (entry, phrase) in enumerate(listed):
            runs = grammar.runs(phrase)
            for run in runs:
                self._keys_of[entry].update(keys(run))
                part = _Part(entry, run, needs(run), number, len(runs))
                for head in set(heads(run)):
                    self._by_head.setdefault(head, []).append(part)
        every_key = frozenset().union(*self._keys_of.values())
        self.beginnings = frozenset(key[:-1] for key in every_key if key.endswith(ANY_ENDING))
        """What words begin with that a phrase takes with any ending."""
        self._lengths = sorted({len(beginning) for beginning in self.beginnings})

    def words(self, entries: Iterable[str] | None = None) -> frozenset[str]:
        """Every whole word that occurs in a phrase of the ``entries``, or of any entry."""
        of_entries = (self._keys_of[entry] for entry in (self._keys_of if entries is None else entries))
        return frozenset(key for found in of_entries for key in found if not key.endswith(ANY_ENDING))

    def find(self, text: Sequence[str]) -> list[Found]:
        """Every phrase found in the words ``text``, each run at its longest.

        A phrase of several runs is found once for each way its runs can be put together.
        """
        keys_at = [self._keys(word) for word in text]
        present = {key for of_word in keys_at for key in of_word}
        found: list[Found] = []
        together: dict[int, dict[_Part, list[tuple[int, ...]]]] = {}
        for start, of_word in enumerate(keys_at):
            for part in (part for key in of_word for part in self._by_head.get(key, ())):
                if any(need.isdisjoint(present) for need in part.needs):
                    continue
                at = max(
                    (taken for _, taken in _matches(part.run, keys_at, start, ())), key=_reach, default=()
                )
                if at and part.of == 1:
                    found.append(Found(part.entry, at))
                elif at:
                    together.setdefault(part.phrase, {}).setdefault(part, []).append(at)
        for places in together.values():
            part = next(iter(places))
            if len(places) == part.of:
                for ways in islice(product(*places.values()), MOST_COMBINATIONS):
                    everywhere = sorted({index for way in ways for index in way})
                    found.append(Found(part.entry, tuple(everywhere)))
        return found

    def _keys(self, word: str) -> tuple[str, ...]:
        """The word itself, and every beginning in the book that it has."""
        beginnings = (word[:length] for length in self._lengths if length <= len(word))
        return (word, *(f"{part}{ANY_ENDING}" for part in beginnings if part in self.beginnings))


def _matches(
    run: Sequence[Item], keys_at: Sequence[tuple[str, ...]], index: int, taken: tuple[int, ...]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Every way in which ``run`` matches from ``index`` on: where it ends, and what it and ``taken`` took."""
    if not run:
        yield index, taken
        return
    item, rest = run[0], run[1:]
    here = keys_at[index] if index < len(keys_at) else ()
    if isinstance(item, Word):
        if item.key in here:
            yield from _matches(rest, keys_at, index + 1, (*taken, index))
    elif isinstance(item, Gap):
        for later in range(index, min(index + GAP_WORDS, len(keys_at)) + 1):
            yield from _matches(rest, keys_at, later, taken)
            if later < len(keys_at) and SENTENCE_END in keys_at[later]:
                return
    else:
        for key in here:
            for choice in item.by_head.get(key, ()):
                for end, chosen in _matches(choice, keys_at, index, taken):
                    yield from _matches(rest, keys_at, end, chosen)
        if item.optional:
            yield from _matches(rest, keys_at, index, taken)


def _reach(at: tuple[int, ...]) -> tuple[int, int]:
    return (at[-1], len(at)) if at else (-1, 0)
