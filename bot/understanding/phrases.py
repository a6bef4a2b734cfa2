"""The small language in which the content says how people put things, and the book that finds them in a text.

A phrase is a run of lower-case words. Within it

- ``{pain}`` stands for any phrase of the set ``pain``,
- ``(left|right hand)`` stands for one of several runs,
- ``numb*`` stands for any word that begins so,
- ``my?`` or ``(my own)?`` may be missing,
- ``..`` stands for up to four words of the same sentence,
- ``&`` joins runs that may stand anywhere in the message, in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

GAP_WORDS = 4
SENTENCE_END = "."
CLAUSE_END = ","

_TOKEN = re.compile(r"\s*(\.\.|[()|?]|\{\w+\}|[^\s()|?{}]+)")


class PhraseError(ValueError):
    """A phrase that is not in the language."""


@dataclass(frozen=True)
class _Word:
    text: str
    prefix: bool

    def fits(self, word: str) -> bool:
        return word.startswith(self.text) if self.prefix else word == self.text


@dataclass(frozen=True)
class _Choice:
    runs: tuple[_Run, ...]
    optional: bool


@dataclass(frozen=True)
class _Gap:
    pass


_Item = _Word | _Choice | _Gap
_Run = tuple[_Item, ...]


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
    """A run of a phrase: alone, or one of several that must all be there."""

    entry: str
    run: _Run
    phrase: int
    of: int


class PhraseBook:
    """All phrases of some entries, indexed by their first words."""

    def __init__(
        self,
        entries: Mapping[str, Iterable[str]],
        sets: Mapping[str, Sequence[str]],
        fillers: Set[str] = frozenset(),
    ) -> None:
        """Raises ``PhraseError`` for a phrase that cannot be read or names a set that is not there.

        ``fillers`` are dropped from phrases as they are from messages.
        """
        grammar = _Grammar(sets, fillers)
        self._by_head: dict[str, list[_Part]] = {}
        self._by_prefix: dict[str, list[_Part]] = {}
        self.words: set[str] = set()
        """Every whole word that occurs in a phrase."""
        listed = ((entry, phrase) for entry, phrases in entries.items() for phrase in phrases)
        for number, (entry, phrase) in enumerate(listed):
            runs = [grammar.run(part) for part in phrase.split("&")]
            for run in runs:
                self.words.update(_words(run))
                part = _Part(entry, run, number, len(runs))
                for head in set(_heads(run, phrase)):
                    index = self._by_prefix if head.prefix else self._by_head
                    index.setdefault(head.text, []).append(part)

    def find(self, words: Sequence[str]) -> list[Found]:
        """Every phrase found in ``words``, in the order of their beginnings; the longest run for each."""
        found: list[Found] = []
        together: dict[int, dict[_Part, Found]] = {}
        for start, word in enumerate(words):
            for part in self._beginning(word):
                at = max(_matches(part.run, words, start, ()), key=_reach, default=())
                if not at:
                    continue
                place = Found(part.entry, at)
                if part.of == 1:
                    found.append(place)
                    continue
                parts = together.setdefault(part.phrase, {})
                parts.setdefault(part, place)
                if len(parts) == part.of:
                    found.append(min(parts.values(), key=lambda found: found.at))
        return found

    def _beginning(self, word: str) -> Iterator[_Part]:
        yield from self._by_head.get(word, ())
        for text, parts in self._by_prefix.items():
            if word.startswith(text):
                yield from parts


class _Grammar:
    """Reads phrases; each set is read once."""

    def __init__(self, sets: Mapping[str, Sequence[str]], fillers: Set[str]) -> None:
        self._sets = sets
        self._fillers = fillers
        self._read: dict[str, tuple[_Run, ...]] = {}

    def run(self, phrase: str) -> _Run:
        parts = _TOKEN.findall(phrase)
        run, rest = self._sequence(parts, phrase)
        if rest:
            raise PhraseError(f"{phrase!r}: unexpected {rest[0]!r}")
        if not run:
            raise PhraseError(f"{phrase!r}: no words")
        return run

    def _sequence(self, parts: list[str], phrase: str) -> tuple[_Run, list[str]]:
        items: list[_Item] = []
        while parts and parts[0] not in ("|", ")"):
            part, parts = parts[0], parts[1:]
            if part == "..":
                items.append(_Gap())
                continue
            if part in self._fillers:
                if parts and parts[0] == "?":
                    parts = parts[1:]
                continue
            if part == "?":
                raise PhraseError(f"{phrase!r}: nothing before '?'")
            runs: tuple[_Run, ...]
            if part == "(":
                runs, parts = self._choice(parts, phrase)
            elif part.startswith("{"):
                runs = self._set(part[1:-1], phrase)
            else:
                runs = ((_Word(part.rstrip("*"), part.endswith("*")),),)
            optional = bool(parts) and parts[0] == "?"
            if optional:
                parts = parts[1:]
            if len(runs) == 1 and not optional:
                items.extend(runs[0])
            else:
                items.append(_Choice(runs, optional))
        return tuple(items), parts

    def _choice(self, parts: list[str], phrase: str) -> tuple[tuple[_Run, ...], list[str]]:
        runs = []
        while True:
            run, parts = self._sequence(parts, phrase)
            if run:
                runs.append(run)
            if not parts:
                raise PhraseError(f"{phrase!r}: '(' is not closed")
            mark, parts = parts[0], parts[1:]
            if mark == ")":
                return tuple(runs), parts

    def _set(self, name: str, phrase: str) -> tuple[_Run, ...]:
        if name not in self._sets:
            raise PhraseError(f"{phrase!r}: there is no set {{{name}}}")
        if name not in self._read:
            self._read[name] = ()  # a set that names itself finds nothing more in itself
            self._read[name] = tuple(self.run(member) for member in self._sets[name])
        return self._read[name]


def _matches(
    run: Sequence[_Item], words: Sequence[str], next_word: int, taken: tuple[int, ...]
) -> Iterator[tuple[int, ...]]:
    """Every way in which ``run`` matches from ``next_word`` on: ``taken`` and the indexes it takes itself."""
    if not run:
        yield taken
        return
    item, rest = run[0], run[1:]
    if isinstance(item, _Word):
        if next_word < len(words) and item.fits(words[next_word]):
            yield from _matches(rest, words, next_word + 1, (*taken, next_word))
    elif isinstance(item, _Gap):
        for index in range(next_word, min(next_word + GAP_WORDS, len(words) - 1) + 1):
            yield from _matches(rest, words, index, taken)
            if words[index] == SENTENCE_END:
                return
    else:
        for choice in item.runs:
            for chosen in _matches(choice, words, next_word, taken):
                yield from _matches(rest, words, chosen[-1] + 1, chosen)
        if item.optional:
            yield from _matches(rest, words, next_word, taken)


def _reach(at: tuple[int, ...]) -> tuple[int, int]:
    return at[-1], len(at)


def _heads(run: Sequence[_Item], phrase: str) -> Iterator[_Word]:
    """The words a match of ``run`` can begin with."""
    if not run or isinstance(run[0], _Gap):
        raise PhraseError(f"{phrase!r}: does not begin with a word")
    item = run[0]
    if isinstance(item, _Word):
        yield item
        return
    for choice in item.runs:
        yield from _heads(choice, phrase)
    if item.optional:
        yield from _heads(run[1:], phrase)


def _words(run: Sequence[_Item]) -> Iterator[str]:
    for item in run:
        if isinstance(item, _Word) and not item.prefix:
            yield item.text
        elif isinstance(item, _Choice):
            for choice in item.runs:
                yield from _words(choice)
