"""The small language in which the content says how people put things.

A phrase is a run of lower-case words. Within it

- ``{pain}`` stands for any phrase of the set ``pain``,
- ``(left|right hand)`` stands for one of several runs,
- ``numb*`` stands for any word that begins so,
- ``my?`` or ``(my own)?`` may be missing,
- ``..`` stands for up to four words of the same sentence, a comma counting as one,
- ``.`` and ``,`` stand for the end of a sentence and of a clause,
- ``&`` joins runs that may stand anywhere in the message, in any order.

Small words that are dropped from messages (fillers) are dropped from phrases too, and words are spelt the way
messages are. Only a beginning such as ``numb*`` stays as it is.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence, Set

from bot.understanding.runs import ANY_ENDING, Choice, Gap, Item, Run, Word, can_be_empty, heads
from bot.understanding.text import CLAUSE_END, SENTENCE_END, fold, split

_TOKEN = re.compile(r"\.\.|[()|?]|\{\w+\}|[^\s()|?]+")
_SET = re.compile(r"\{(\w+)\}")
_MARKS = re.compile(r"[{}*]")


class PhraseError(ValueError):
    """``phrase`` is not in the language."""

    def __init__(self, phrase: str, problem: str) -> None:
        super().__init__(f"{phrase!r}: {problem}")
        self.phrase = phrase


class Grammar:
    """Reads phrases with the sets, small words and spellings of a language. Sets and words are read once."""

    def __init__(
        self,
        sets: Mapping[str, Sequence[str]],
        fillers: Set[str] = frozenset(),
        spellings: Mapping[str, str] | None = None,
    ) -> None:
        self._sets = sets
        self._fillers = fillers
        self._spellings = spellings or {}
        self._read_sets: dict[str, tuple[Run, ...]] = {}
        self._read_words: dict[str, Run] = {}
        self._choices: dict[Choice, Choice] = {}

    def runs(self, phrase: str) -> list[Run]:
        """The runs of a phrase that must all be found.

        Raises ``PhraseError`` for the phrase, or for a phrase of a set that it uses.
        """
        return [self._run(part, phrase) for part in phrase.split("&")]

    def _run(self, part: str, phrase: str) -> Run:
        parts = deque(_TOKEN.findall(part))
        run = self._sequence(parts, phrase)
        if parts:
            raise PhraseError(phrase, f"unexpected {parts[0]!r}")
        if not any(heads(run)) or can_be_empty(run):
            raise PhraseError(phrase, "does not begin with a word")
        return run

    def _sequence(self, parts: deque[str], phrase: str) -> Run:
        """What stands up to the next ``|`` or ``)``; it is taken from ``parts``."""
        items: list[Item] = []
        while parts and parts[0] not in ("|", ")"):
            part = parts.popleft()
            if part == "?":
                raise PhraseError(phrase, "nothing before '?'")
            if part == "(":
                runs = self._alternatives(parts, phrase)
            elif named := _SET.fullmatch(part):
                runs = self._set(named[1], phrase)
            elif part == "..":
                runs = ((Gap(),),)
            else:
                runs = (self._words(part, phrase),)
            optional = bool(parts) and parts[0] == "?"
            if optional:
                parts.popleft()
            elif len(runs) > 1 and () in runs:
                raise PhraseError(phrase, "a choice is only small words; make it optional with '?'")
            items.extend(self._joined([run for run in runs if run], optional=optional))
        return tuple(items)

    def _alternatives(self, parts: deque[str], phrase: str) -> tuple[Run, ...]:
        runs = []
        while True:
            runs.append(self._sequence(parts, phrase))
            if not parts:
                raise PhraseError(phrase, "'(' is not closed")
            if parts.popleft() == ")":
                return tuple(runs)

    def _words(self, part: str, phrase: str) -> Run:
        """A word as messages have it: folded, spelt our way, gone if it is a filler; a beginning as it is."""
        if part not in self._read_words:
            base = part.removesuffix(ANY_ENDING)
            if part in (SENTENCE_END, CLAUSE_END):
                found = [part]
            elif _MARKS.search(base) or not any(char.isalnum() for char in base):
                raise PhraseError(phrase, f"{part!r} is not a word")
            elif base == part:
                found = split(fold(base), self._fillers, self._spellings)
            else:
                found = split(fold(base), frozenset(), {})
                found[-1] += ANY_ENDING
            self._read_words[part] = tuple(map(Word, found))
        return self._read_words[part]

    def _joined(self, runs: Sequence[Run], *, optional: bool) -> Run:
        """What alternatives come to: the only one itself, or a choice. Equal choices are one object."""
        if not runs:
            return ()
        if len(runs) == 1 and not optional:
            return runs[0]
        choice = Choice(tuple(runs), optional or any(can_be_empty(run) for run in runs))
        return (self._choices.setdefault(choice, choice),)

    def _set(self, name: str, phrase: str) -> tuple[Run, ...]:
        if name not in self._sets:
            raise PhraseError(phrase, f"there is no set {{{name}}}")
        if name not in self._read_sets:
            self._read_sets[name] = ()  # a set that names itself finds nothing more in itself
            try:
                self._read_sets[name] = tuple(self._run(member, member) for member in self._sets[name])
            except PhraseError:
                del self._read_sets[name]
                raise
        return self._read_sets[name]
