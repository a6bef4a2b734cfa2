"""What a phrase of the content is made of once it is read: runs of words, gaps and choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

GAP_WORDS = 4
ANY_ENDING = "*"


@dataclass(frozen=True, slots=True)
class Word:
    """One word, or with ``*`` at the end of ``key`` any word that begins so."""

    key: str


@dataclass(frozen=True)
class Gap:
    """Up to ``GAP_WORDS`` words of the same sentence."""


@dataclass(frozen=True)
class Choice:
    """One of several runs, or none of them if ``optional``."""

    runs: tuple[Run, ...]
    optional: bool

    @cached_property
    def by_head(self) -> Mapping[str, tuple[Run, ...]]:
        """The runs by the keys they can begin with."""
        found: dict[str, tuple[Run, ...]] = {}
        for run in self.runs:
            for head in dict.fromkeys(heads(run)):
                found[head] = (*found[head], run) if head in found else (run,)
        return found

    @property
    def heads(self) -> frozenset[str]:
        """The keys that any of the runs can begin with."""
        return frozenset(self.by_head)

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every key in any of the runs."""
        return frozenset(key for run in self.runs for key in keys(run))


Item = Word | Gap | Choice
Run = tuple[Item, ...]


def can_be_empty(run: Run) -> bool:
    """Whether nothing at all matches ``run``."""
    return all(isinstance(item, Gap) or (isinstance(item, Choice) and item.optional) for item in run)


def heads(run: Run) -> Iterator[str]:
    """The keys of the words that a match of ``run`` can begin with."""
    for item in run:
        if isinstance(item, Word):
            yield item.key
            return
        if isinstance(item, Gap):
            return
        yield from item.heads
        if not item.optional:
            return


def beginnings(run: Run, after: frozenset[str] | None = None) -> dict[str, frozenset[str] | None]:
    """By each key that a match of ``run`` can begin with: the keys that can come next.

    ``after`` is what comes after the run. ``None`` stands for anything: after a gap, or where a match ends.
    """
    found: dict[str, frozenset[str] | None] = {}
    for position, item in enumerate(run):
        if isinstance(item, Gap):
            break
        follow = _next_keys(run[position + 1 :], after)
        if isinstance(item, Word):
            _may_follow(found, item.key, follow)
            break
        for choice in item.runs:
            for head, inner in beginnings(choice, follow).items():
                _may_follow(found, head, inner)
        if not item.optional:
            break
    return found


def is_one_word(run: Run, head: str) -> bool:
    """Whether every match of ``run`` that begins with ``head`` is that one word."""
    if len(run) != 1:
        return False
    item = run[0]
    if isinstance(item, Choice):
        return all(is_one_word(choice, head) for choice in item.by_head.get(head, ()))
    return isinstance(item, Word)


def _may_follow(found: dict[str, frozenset[str] | None], head: str, follow: frozenset[str] | None) -> None:
    known = found.get(head, frozenset())
    found[head] = None if follow is None or known is None else known | follow


def _next_keys(run: Run, after: frozenset[str] | None) -> frozenset[str] | None:
    """The keys that what follows can begin with: ``run``, and then ``after``."""
    found: frozenset[str] = frozenset()
    for item in run:
        if isinstance(item, Gap):
            return None
        if isinstance(item, Word):
            return found | {item.key}
        found |= item.heads
        if not item.optional:
            return found
    return None if after is None else found | after


def needs(run: Run) -> tuple[frozenset[str], ...]:
    """For each item that must be there: the keys of which a text needs one, the last item first."""
    wanted = []
    for item in reversed(run):
        if isinstance(item, Word):
            wanted.append(frozenset((item.key,)))
        elif isinstance(item, Choice) and not item.optional:
            wanted.append(item.heads)
    return tuple(wanted)


def keys(run: Run) -> Iterator[str]:
    """Every key in ``run``."""
    for item in run:
        if isinstance(item, Word):
            yield item.key
        elif isinstance(item, Choice):
            yield from item.keys
