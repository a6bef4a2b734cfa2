"""Whose story it is: "my mum had cancer, my back hurts" is about the writer's back and another's cancer.

Here the small words count that are dropped elsewhere: ``my back`` and ``her back`` are two different backs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from bot.library.loading import Words
from bot.understanding.phrase_book import Found, PhraseBook
from bot.understanding.phrases import Grammar
from bot.understanding.spelling import Speller
from bot.understanding.text import sentence_around, sentences

WHOSE = "whose"
"""The question of the content that tells people apart. Its phrases hold the small words."""
ANIMAL, PERSON, TURN, SELF, MINE, BODY = "animal", "person", "turn", "self", "mine", "body"
CHILD, MINOR = "child", "minor"


@dataclass(frozen=True)
class Story:
    """A message in two ways: ``told`` leaves out animals, ``own`` what is told of other people as well.

    What is told of others stays in ``own`` when it may be what the message is about: when nothing of the
    writer's own hurts, or when the other one hurts too.
    """

    told: str
    own: str


class Whose:
    """Tells the writer's story from that of others."""

    def __init__(self, words: Words, speller: Speller) -> None:
        lexicon = words.lexicon
        self._spellings = lexicon.spellings
        self._speller = speller
        grammar = Grammar(lexicon.sets, frozenset(), lexicon.spellings)
        self._book = PhraseBook(words.context[WHOSE], grammar)

    def story(self, folded: str) -> Story:
        """The story in a folded message. It is the message itself where nobody else is in it."""
        words, found = self._find(folded)
        animals = [match for match in found if match.entry == ANIMAL]
        people = [match for match in found if match.entry == PERSON]
        if not animals and not people:
            return Story(folded, folded)
        own = sorted(match.start for match in found if match.entry in (SELF, MINE))
        turns = {match.at[1]: match.start for match in found if match.entry == TURN}
        of_animals = {index for match in animals for index in _about_an_animal(match, own, turns, words)}
        of_people = {index for match in people for index in _about_somebody(match, own, words)}
        mine = {index for match in found if match.entry == MINE for index in match.at}
        body = {index for match in found if match.entry == BODY for index in match.at}
        theirs = of_people if mine - of_people - of_animals and not body & of_people else set()
        return Story(
            _without(of_animals, words) if of_animals else folded,
            _without(of_animals | theirs, words) if of_animals or theirs else folded,
        )

    def about_a_child(self, folded: str) -> bool:
        """Whether somebody young in a folded message is another than the writer: "my son is 6"."""
        _, found = self._find(folded)
        entries = {match.entry for match in found}
        return CHILD in entries and MINOR not in entries

    def _find(self, folded: str) -> tuple[Sequence[str], Sequence[Found]]:
        words = self._speller.correct(sentences(folded, frozenset(), self._spellings))
        return words, self._book.find(words)


def _about_an_animal(
    match: Found, own: Sequence[int], turns: Mapping[int, int], words: Sequence[str]
) -> range:
    """From the animal to the end, or to where the writer takes over: but "my horse kicked me" stays."""
    start, end = match.end - 1, sentence_around(words, match.end - 1).stop
    for index in own:
        if start < index < end:
            return range(start, turns[index]) if index in turns else range(0)
    return range(start, end)


def _about_somebody(match: Found, own: Sequence[int], words: Sequence[str]) -> range:
    """From somebody to the end of the sentence, or to where the writer comes in."""
    end = sentence_around(words, match.start).stop
    return range(match.start, min((index for index in own if match.end <= index < end), default=end))


def _without(left_out: Set[int], words: Sequence[str]) -> str:
    return " ".join(word for index, word in enumerate(words) if index not in left_out and index > 0)
