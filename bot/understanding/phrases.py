"""The small language in which the content says how people put things.

A phrase is a run of lower-case words. Within it

- ``{pain}`` stands for any phrase of the set ``pain``,
- ``(left|right hand)`` stands for one of several runs,
- ``numb*`` stands for any word that begins so,
- ``my?`` or ``(my own)?`` may be missing,
- ``..`` stands for up to four words of the same sentence,
- ``&`` joins runs that may stand anywhere in the message, in any order.

Small words that are dropped from messages (fillers) are dropped from phrases too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

GAP_WORDS = 4
SENTENCE_END = "."
CLAUSE_END = ","
ANY_ENDING = "*"

_TOKEN = re.compile(r"\s*(\.\.|[()|?]|\{\w+\}|[^\s()|?{}]+)")


class PhraseError(ValueError):
    """A phrase that is not in the language."""


@dataclass(frozen=True)
class Word:
    """One word, or with ``*`` at the end of ``key`` any word that begins so."""

    key: str


@dataclass(frozen=True)
class Gap:
    """Up to ``GAP_WORDS`` words of the same sentence."""


@dataclass(frozen=True, eq=False)
class Choice:
    """One of several runs, found by the keys they can begin with; or none of them if ``optional``."""

    by_head: Mapping[str, tuple[Run, ...]]
    optional: bool


Item = Word | Gap | Choice
Run = tuple[Item, ...]


class Grammar:
    """Reads phrases. Each set is read once."""

    def __init__(self, sets: Mapping[str, Sequence[str]], fillers: Set[str] = frozenset()) -> None:
        self._sets = sets
        self._fillers = fillers
        self._read: dict[str, tuple[Run, ...]] = {}

    def runs(self, phrase: str) -> list[Run]:
        """The runs of a phrase that must all be found. Raises ``PhraseError``."""
        return [self._run(part) for part in phrase.split("&")]

    def _run(self, phrase: str) -> Run:
        run, rest = self._sequence(_TOKEN.findall(phrase), phrase)
        if rest:
            raise PhraseError(f"{phrase!r}: unexpected {rest[0]!r}")
        if not any(heads(run)):
            raise PhraseError(f"{phrase!r}: does not begin with a word")
        return run

    def _sequence(self, parts: list[str], phrase: str) -> tuple[Run, list[str]]:
        items: list[Item] = []
        while parts and parts[0] not in ("|", ")"):
            part, parts = parts[0], parts[1:]
            if part == "?":
                raise PhraseError(f"{phrase!r}: nothing before '?'")
            if part == "(":
                runs, parts = self._alternatives(parts, phrase)
            elif part.startswith("{"):
                runs = self._set(part[1:-1], phrase)
            elif part == "..":
                runs = ((Gap(),),)
            else:
                runs = ((),) if part in self._fillers else ((Word(part),),)
            optional = () in runs
            if parts and parts[0] == "?":
                optional, parts = True, parts[1:]
            items.extend(_joined([run for run in runs if run], optional))
        return tuple(items), parts

    def _alternatives(self, parts: list[str], phrase: str) -> tuple[tuple[Run, ...], list[str]]:
        runs = []
        while True:
            run, parts = self._sequence(parts, phrase)
            runs.append(run)
            if not parts:
                raise PhraseError(f"{phrase!r}: '(' is not closed")
            mark, parts = parts[0], parts[1:]
            if mark == ")":
                return tuple(runs), parts

    def _set(self, name: str, phrase: str) -> tuple[Run, ...]:
        if name not in self._sets:
            raise PhraseError(f"{phrase!r}: there is no set {{{name}}}")
        if name not in self._read:
            self._read[name] = ()  # a set that names itself finds nothing more in itself
            self._read[name] = tuple(self._run(member) for member in self._sets[name])
        return self._read[name]


def _joined(runs: Sequence[Run], optional: bool) -> Run:
    """What alternatives come to: the only one itself, or a choice of them."""
    if not runs:
        return ()
    if len(runs) == 1 and not optional:
        return runs[0]
    by_head: dict[str, tuple[Run, ...]] = {}
    for run in runs:
        for head in dict.fromkeys(heads(run)):
            by_head[head] = (*by_head.get(head, ()), run)
    return (Choice(by_head, optional),)


def heads(run: Run) -> Iterator[str]:
    """The keys of the words that a match of ``run`` can begin with."""
    for item in run:
        if isinstance(item, Word):
            yield item.key
            return
        if isinstance(item, Choice):
            yield from item.by_head
            if not item.optional:
                return
        else:
            return


def needs(run: Run) -> tuple[frozenset[str], ...]:
    """For each item that must be there: the keys of which a text needs one, most telling last item first."""
    wanted = []
    for item in reversed(run):
        if isinstance(item, Word):
            wanted.append(frozenset((item.key,)))
        elif isinstance(item, Choice) and not item.optional:
            wanted.append(frozenset(item.by_head))
    return tuple(wanted)


def words(run: Run) -> Iterator[str]:
    """Every whole word in ``run``."""
    for item in run:
        if isinstance(item, Word):
            if not item.key.endswith(ANY_ENDING):
                yield item.key
        elif isinstance(item, Choice):
            for choices in item.by_head.values():
                for choice in choices:
                    yield from words(choice)
