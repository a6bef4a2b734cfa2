"""Finding phrases in the words of a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, product

from bot.understanding.phrases import Grammar
from bot.understanding.runs import (
    ANY_ENDING,
    GAP_WORDS,
    Gap,
    Item,
    Run,
    Word,
    beginnings,
    is_one_word,
    keys,
    needs,
)
from bot.understanding.text import SENTENCE_END

MOST_COMBINATIONS = 16
"""How many ways to put a phrase of several runs together are looked at in one message."""
WORDS_REMEMBERED = 8192


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


class _Fork:
    """The parts that begin with one certain key, by what has to come next.

    The word is all of the parts ``here``; anything may follow it in those ``anyhow``.
    """

    __slots__ = ("anyhow", "here", "then")

    def __init__(self) -> None:
        self.here: tuple[_Part, ...] = ()
        self.anyhow: tuple[_Part, ...] = ()
        self.then: dict[str, tuple[_Part, ...]] = {}

    def add(self, part: _Part, follow: frozenset[str] | None, *, is_all: bool) -> None:
        if is_all:
            self.here += (part,)
        elif follow is None:
            self.anyhow += (part,)
        else:
            longer: dict[tuple[_Part, ...], tuple[_Part, ...]] = {}
            for key in follow:  # where the same parts may follow, they are one object
                before = self.then.get(key, ())
                self.then[key] = longer.setdefault(before, (*before, part))

    def after(self, keys: tuple[str, ...]) -> Iterable[_Part]:
        """The parts that may go on with a word of these ``keys``, apart from those ``here``."""
        if not self.then:
            return self.anyhow
        nexts = [parts for key in keys if (parts := self.then.get(key))]
        if not nexts:
            return self.anyhow
        if len(nexts) == 1:
            return chain(self.anyhow, nexts[0])
        return chain(self.anyhow, dict.fromkeys(chain.from_iterable(nexts)))


class PhraseBook:
    """All phrases of some entries, indexed by the words they can begin with."""

    def __init__(self, entries: Mapping[str, Iterable[str]], grammar: Grammar) -> None:
        """Raises ``PhraseError`` for a phrase that cannot be read or names a set that is not there."""
        self._by_head: dict[str, _Fork] = {}
        self._keys_of: dict[str, set[str]] = {entry: set() for entry in entries}
        shared: dict[frozenset[str], frozenset[str]] = {}
        listed = ((entry, phrase) for entry, phrases in entries.items() for phrase in phrases)
        for number, (entry, phrase) in enumerate(listed):
            runs = grammar.runs(phrase)
            for run in runs:
                self._keys_of[entry].update(keys(run))
                wanted = tuple(shared.setdefault(need, need) for need in needs(run))
                part = _Part(entry, run, wanted, number, len(runs))
                for head, follow in beginnings(run).items():
                    fork = self._by_head.setdefault(head, _Fork())
                    fork.add(part, follow, is_all=is_one_word(run, head))
        every_key = frozenset().union(*self._keys_of.values())
        self.beginnings = frozenset(key[:-1] for key in every_key if key.endswith(ANY_ENDING))
        """What words begin with that a phrase takes with any ending."""
        self._lengths = sorted({len(beginning) for beginning in self.beginnings})
        self._keys = lru_cache(maxsize=WORDS_REMEMBERED)(self._keys_of_word)

    def words(self, entries: Iterable[str] | None = None) -> frozenset[str]:
        """Every whole word that occurs in a phrase of the ``entries``, or of any entry."""
        of_entries = (self._keys_of[entry] for entry in (self._keys_of if entries is None else entries))
        return frozenset(key for found in of_entries for key in found if not key.endswith(ANY_ENDING))

    def find(self, text: Sequence[str | tuple[str, ...]]) -> list[Found]:
        """Every phrase found in the words ``text``, each run at its longest.

        A place may hold several readings of one word; any of them will do. A phrase of several runs is found
        once for each way its runs can be put together.
        """
        keys_at = [self._keys(word) if isinstance(word, str) else self._any_of(word) for word in text]
        present = frozenset(key for of_word in keys_at for key in of_word)
        found: list[Found] = []
        together: dict[int, dict[_Part, list[tuple[int, ...]]]] = {}
        for start, of_word in enumerate(keys_at):
            after = keys_at[start + 1] if start + 1 < len(keys_at) else ()
            for key in of_word:
                fork = self._by_head.get(key)
                if fork is None:
                    continue
                for part in fork.here:
                    _keep(part, (start,), found, together)
                for part in fork.after(after):
                    if _all_there(part.needs, present) and (at := _longest(part.run, keys_at, start)):
                        _keep(part, at, found, together)
        for places in together.values():
            part = next(iter(places))
            if len(places) == part.of:
                for ways in islice(product(*places.values()), MOST_COMBINATIONS):
                    everywhere = sorted({index for way in ways for index in way})
                    found.append(Found(part.entry, tuple(everywhere)))
        return found

    def _keys_of_word(self, word: str) -> tuple[str, ...]:
        """The word itself, and every beginning in the book that it has."""
        beginnings = (word[:length] for length in self._lengths if length <= len(word))
        return (word, *(f"{part}{ANY_ENDING}" for part in beginnings if part in self.beginnings))

    def _any_of(self, readings: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for word in readings for key in self._keys(word)))


def _keep(
    part: _Part,
    at: tuple[int, ...],
    found: list[Found],
    together: dict[int, dict[_Part, list[tuple[int, ...]]]],
) -> None:
    if part.of == 1:
        found.append(Found(part.entry, at))
    else:
        together.setdefault(part.phrase, {}).setdefault(part, []).append(at)


def _all_there(needs: Iterable[frozenset[str]], present: frozenset[str]) -> bool:
    return not any(map(present.isdisjoint, needs))


def _longest(run: Run, keys_at: Sequence[tuple[str, ...]], start: int) -> tuple[int, ...]:
    """What ``run`` takes from ``start`` on where it reaches farthest; nothing if it does not match."""
    best: tuple[int, ...] = ()
    for _, taken in _matches(run, keys_at, start, ()):
        if not best or (taken[-1], len(taken)) > (best[-1], len(best)):
            best = taken
    return best


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
