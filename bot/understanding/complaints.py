"""Which complaints a message is about, best first.

A name such as "sciatica" is a complaint by itself. A body part is one with a reason to think so: best a word
of pain near it, or a wish for a point. A part that hardly means anything else, such as a knee, or that
somebody calls their own, is one too where nothing better is found. What is not ours (an idiom, a wrist, a
rash) takes its words out of play first: "get back to me" is no back, and a rash on the knee is no knee.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from bot.understanding.phrase_book import Found
from bot.understanding.text import CLAUSE_END, SENTENCE_END, sentence_around

DOUBTED = frozenset({"menstrual"})
"""What an illness beside it makes a question for a doctor, unless it hurts."""
BACK, PARTS_OF_THE_BACK = "back", ("lower_back", "mid_back", "upper_back")
NEAR_WORDS, NEXT_WORDS = 4, 2
REFUSING = frozenset({"animals", "dosage", "skin", "wounds"})
"""What no body part beside it outweighs: pressing there could do harm."""
REFUSING_ALL = frozenset({"animals", "dosage"})
"""What nothing in the same sentence outweighs."""
DOUBTFUL = frozenset({"illness"})
"""What only a body part with a word of pain near it outweighs."""
ADVERBS = "adverbs"
"""What is never meant of something that somebody calls their own."""
SPREADING, WHERE_IT_STARTS = "sciatica", frozenset({*PARTS_OF_THE_BACK, "hip", "buttock", "knee"})
"""A pain that runs down the leg is one complaint, and the place that it runs from another."""
FATIGUE = "fatigue"
GENERAL = frozenset({"stress", FATIGUE})
"""What often only goes with a complaint: "my neck is tight from stress"."""
NAMED, GENERALLY_NAMED, ACHING_HERE, ACHING, ASKED_ABOUT, CALLED_OWN, BARE = 3, 2.2, 2.5, 2, 1.5, 1.2, 1


@dataclass(frozen=True)
class Evidence:
    """What was found in a message, denied matches already left out. Indexes are those of ``words``."""

    words: Sequence[str]
    parts: Sequence[Found]
    phrases: Sequence[Found]
    not_ours: Sequence[Found]
    senses: Set[int]
    """Words of pain, stiffness, numbness or trouble."""
    asks: bool
    everyday: Set[int] = frozenset()
    """Words for a body part that mean something else as often."""
    owned: Set[int] = frozenset()
    """Words that somebody calls their own."""
    plain: Set[int] = frozenset()
    """Words beside which the name of a body part still stands alone."""
    joins: Set[int] = frozenset()
    """Words that go on with a list."""
    guessed: Set[int] = field(default=frozenset())
    """Words that may be other words than they are."""


def complaints(evidence: Evidence) -> tuple[str, ...]:
    """The slugs of the complaints, best first, each once."""
    ours = _Ours(evidence)
    scores = _Scores()
    for found in ours.phrases:
        if not _is_only_a_sense(found, evidence) and not _is_for_a_doctor(found, evidence):
            scores.keep(found, GENERALLY_NAMED if found.entry in GENERAL else NAMED)
    weaker: list[tuple[Found, float]] = []
    for found in evidence.parts:
        if ours.has(found):
            score = _strength_of_part(found, evidence)
            if score >= ACHING:
                scores.keep(found, score)
            elif score:
                weaker.append((found, score))
        elif ours.starts(found, SPREADING):
            scores.keep(found, ACHING)
    alone = not scores.best
    for found, score in weaker:
        sure = score >= CALLED_OWN and not set(found.at) <= evidence.everyday
        if alone or score >= ASKED_ABOUT or sure or found.start - 1 in evidence.joins:
            scores.keep(found, score)
    if not scores.best:
        for found in ours.phrases:
            if not _is_for_a_doctor(found, evidence):
                scores.keep(found, BARE)
    return scores.ranked()


def guessed_complaints(evidence: Evidence) -> tuple[str, ...]:
    """The slugs of what a message is about where its ``guessed`` words are slips for others.

    A guess needs a word that is none beside it: "pan" is a pain beside a neck.
    """
    ours = _Ours(evidence)
    scores = _Scores()
    for found in ours.phrases:
        if len(found.at) > 1 and not set(found.at) <= evidence.guessed:
            scores.keep(found, NAMED)
    for found in filter(ours.has, evidence.parts):
        beside = {index for index in evidence.senses if abs(index - found.start) <= NEXT_WORDS}
        sure = set(found.at) - evidence.guessed or beside - evidence.guessed
        if beside and sure and _strength_of_part(found, evidence) >= ACHING_HERE:
            scores.keep(found, ACHING_HERE)
    return scores.ranked()


class _Scores:
    """The best score of each slug, and where it was found."""

    def __init__(self) -> None:
        self.best: dict[str, tuple[float, int]] = {}

    def keep(self, found: Found, score: float) -> None:
        known = self.best.get(found.entry)
        if known is None or score > known[0]:
            self.best[found.entry] = (score, found.start)

    def ranked(self) -> tuple[str, ...]:
        return tuple(sorted(self.best, key=lambda slug: (-self.best[slug][0], self.best[slug][1])))


class _Ours:
    """Which matches are about what they seem: each word belongs to the longest match over it.

    Among equals come names of parts in several words, then phrases, then what is not ours, then other parts.
    Two matches of the same words may both have them.
    """

    def __init__(self, evidence: Evidence) -> None:
        not_ours = [
            found
            for found in evidence.not_ours
            if found.entry != ADVERBS or not _is_a_body_part(found, evidence)
        ]
        refused = {
            index
            for found in not_ours
            if found.entry in REFUSING_ALL
            for index in sentence_around(evidence.words, found.start)
        }
        phrases = [found for found in evidence.phrases if refused.isdisjoint(found.at)]
        parts = [found for found in evidence.parts if refused.isdisjoint(found.at)]
        names = [found for found in parts if len(found.at) > 1]
        ranked: list[tuple[int, int, int, Found]] = []
        for rank, matches in enumerate((names, phrases, not_ours, parts)):
            ranked += [(-len(found.at), rank, found.start, found) for found in matches]
        self._owners: dict[int, Found] = {}
        long_names = frozenset(names)
        for *_, found in sorted(ranked, key=lambda entry: entry[:3]):
            if self._owners.keys().isdisjoint(found.at):
                self._owners.update(dict.fromkeys(found.at, found))
            elif found in long_names:  # the back of a leg stays one, whatever the leg belongs to
                for index in found.at:
                    self._owners.setdefault(index, found)
        self._not_ours = frozenset(map(id, not_ours))
        self.phrases = [found for found in phrases if self.has(found)]

    def has(self, found: Found) -> bool:
        """Whether its words are its own."""
        owner = self._owners.get(found.at[-1])
        return owner is not None and owner.at == found.at and id(owner) not in self._not_ours

    def starts(self, found: Found, entry: str) -> bool:
        """Whether it is the place that a match of ``entry`` starts from: "my back, down into the leg"."""
        owner = self._owners.get(found.at[-1])
        if owner is None or owner.entry != entry:
            return False
        return found.entry in WHERE_IT_STARTS or (found.entry == BACK and found.start == owner.start)


def _is_a_body_part(found: Found, evidence: Evidence) -> bool:
    """Whether what looks like an adverb is somebody's, or goes on with a list: "neck and back again"."""
    if not evidence.owned.isdisjoint(found.at):
        return True
    ends = {part.end for part in evidence.parts}
    return bool(evidence.senses) and found.start - 1 in evidence.joins and found.start - 1 in ends


def _is_only_a_sense(found: Found, evidence: Evidence) -> bool:
    """Whether a phrase is but a word of pain, or of a tension or weakness that the part beside it has."""
    if found.entry not in GENERAL:
        return set(found.at) <= evidence.senses
    if evidence.senses.isdisjoint(found.at):
        return False
    return found.entry != FATIGUE or any(_is_next_to(found, part, evidence) for part in evidence.parts)


def _is_next_to(found: Found, part: Found, evidence: Evidence) -> bool:
    """Whether a part is named at most two words away, without a comma between: "weakness in the legs"."""
    start, end = min(found.end, part.end), max(found.start, part.start)
    return end - start <= NEXT_WORDS and CLAUSE_END not in evidence.words[start:end]


def _is_for_a_doctor(found: Found, evidence: Evidence) -> bool:
    """Whether it is named beside an illness, and without pain."""
    ill = any(other.entry in DOUBTFUL for other in evidence.not_ours)
    return found.entry in DOUBTED and ill and not evidence.senses


def _strength_of_part(found: Found, evidence: Evidence) -> float:
    sentence = sentence_around(evidence.words, found.start)
    senses = [index for index in evidence.senses if index in sentence and index not in found.at]
    distance = min((abs(index - found.start) for index in senses), default=len(evidence.words))
    beside = {other.entry for other in evidence.not_ours if other.start in sentence}
    if beside & REFUSING or (beside & DOUBTFUL and distance > NEAR_WORDS):
        return 0
    if senses:
        return ACHING_HERE if distance <= NEAR_WORDS else ACHING
    if evidence.asks:
        return ASKED_ABOUT
    if _stands_alone(found, evidence):
        return BARE
    sure = set(found.at) - evidence.everyday or evidence.owned & set(found.at)
    return CALLED_OWN if sure and not beside else 0


def _stands_alone(found: Found, evidence: Evidence) -> bool:
    """Whether a message holds nothing but the name of a body part."""
    return all(
        index in found.at or index in evidence.plain or word in (SENTENCE_END, CLAUSE_END) or word.isdigit()
        for index, word in enumerate(evidence.words)
    )
