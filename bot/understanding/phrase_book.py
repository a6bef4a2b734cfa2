"""Finding phrases in the words of a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from bot.understanding.phrases import (
    ANY_ENDING,
    GAP_WORDS,
    SENTENCE_END,
    Gap,
    Grammar,
    Item,
    Run,
    Word,
    heads,
    needs,
    words,
)


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

    def __init__(
        self,
        entries: Mapping[str, Iterable[str]],
        sets: Mapping[str, Sequence[str]],
        fillers: Set[str] = frozenset(),
    ) -> None:
        """Raises ``PhraseError`` for a phrase that cannot be read or names a set that is not there."""
        grammar = Grammar(sets, fillers)
        self._by_head: dict[str, list[_Part]] = {}
        self.words: set[str] = set()
        """Every whole word that occurs in a phrase."""
        keys: set[str] = set()
        listed = ((entry, phrase) for entry, phrases in entries.items() for phrase in phrases)
        for number, (entry, phrase) in enumerate(listed):
            runs = grammar.runs(phrase)
            for run in runs:
                self.words.update(words(run))
                part = _Part(entry, run, needs(run), number, len(runs))
                for head in set(heads(run)):
                    self._by_head.setdefault(head, []).append(part)
                keys.update(_keys_in(run))
        self._beginnings = {key[:-1] for key in keys if key.endswith(ANY_ENDING)}
        self._lengths = sorted({len(beginning) for beginning in self._beginnings})

    def find(self, text: Sequence[str]) -> list[Found]:
        """Every phrase found in the words ``text``, in the order of their beginnings, each at its longest."""
        keys = [self._keys(word) for word in text]
        present = {key for of_word in keys for key in of_word}
        found: list[Found] = []
        together: dict[int, dict[_Part, tuple[int, ...]]] = {}
        for start, of_word in enumerate(keys):
            for part in (part for key in of_word for part in self._by_head.get(key, ())):
                if any(need.isdisjoint(present) for need in part.needs):
                    continue
                at = max(_matches(part.run, keys, start, ()), key=_reach, default=())
                if not at:
                    continue
                if part.of == 1:
                    found.append(Found(part.entry, at))
                    continue
                parts = together.setdefault(part.phrase, {})
                parts.setdefault(part, at)
                if len(parts) == part.of:
                    everywhere = sorted({index for part_at in parts.values() for index in part_at})
                    found.append(Found(part.entry, tuple(everywhere)))
        return found

    def _keys(self, word: str) -> tuple[str, ...]:
        """The word itself, and every beginning in the book that it has."""
        beginnings = (word[:length] for length in self._lengths if length <= len(word))
        return (word, *(f"{part}{ANY_ENDING}" for part in beginnings if part in self._beginnings))


def _matches(
    run: Sequence[Item], keys: Sequence[tuple[str, ...]], index: int, taken: tuple[int, ...]
) -> Iterator[tuple[int, ...]]:
    """Every way in which ``run`` matches from ``index`` on: ``taken`` and the indexes it takes itself."""
    if not run:
        yield taken
        return
    item, rest = run[0], run[1:]
    here = keys[index] if index < len(keys) else ()
    if isinstance(item, Word):
        if item.key in here:
            yield from _matches(rest, keys, index + 1, (*taken, index))
    elif isinstance(item, Gap):
        for later in range(index, min(index + GAP_WORDS, len(keys) - 1) + 1):
            yield from _matches(rest, keys, later, taken)
            if SENTENCE_END in keys[later]:
                return
    else:
        for key in here:
            for choice in item.by_head.get(key, ()):
                for chosen in _matches(choice, keys, index, taken):
                    yield from _matches(rest, keys, chosen[-1] + 1, chosen)
        if item.optional:
            yield from _matches(rest, keys, index, taken)


def _reach(at: tuple[int, ...]) -> tuple[int, int]:
    return at[-1], len(at)


def _keys_in(run: Run) -> Iterator[str]:
    for item in run:
        if isinstance(item, Word):
            yield item.key
        elif not isinstance(item, Gap):
            for choices in item.by_head.values():
                for choice in choices:
                    yield from _keys_in(choice)
