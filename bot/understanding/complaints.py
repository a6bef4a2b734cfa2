"""Which complaints a message is about, best first.

A name such as "sciatica" is a complaint by itself. A body part is one only with a reason to think so: a
word of pain in the same sentence, a wish for a point, or nothing else in the message. What is not ours (an
idiom, a wrist, a rash) takes its words out of play first: "get back to me" is no back, and a rash on the knee
is no knee.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from bot.understanding.phrase_book import Found
from bot.understanding.text import sentence_around

MOST_WORDS_OF_A_BARE_NAME = 3
NEAR_WORDS = 4
REFUSING = frozenset({"animals", "skin", "wounds"})
"""What no body part beside it outweighs: pressing there could do harm."""
DOUBTFUL = frozenset({"illness"})
"""What only a body part with a word of pain near it outweighs."""


@dataclass(frozen=True)
class Evidence:
    """What was found in a message, denied matches already left out."""

    words: Sequence[str]
    parts: Sequence[Found]
    phrases: Sequence[Found]
    not_ours: Sequence[Found]
    senses: Set[int]
    """Indexes of words of pain, stiffness, numbness or trouble."""
    asks: bool


def complaints(evidence: Evidence) -> tuple[str, ...]:
    """The slugs of the complaints, best first, each once."""
    owned = _owners(evidence)
    scores: dict[str, tuple[float, int]] = {}
    for found in evidence.phrases:
        if owned.get(found.at[-1]) is found and not set(found.at) <= evidence.senses:
            _keep_best(scores, found, 3)
    for found in evidence.parts:
        if owned.get(found.at[-1]) is found:
            score = _strength_of_part(found, evidence)
            if score:
                _keep_best(scores, found, score)
    if not scores:
        for found in evidence.phrases:
            if owned.get(found.at[-1]) is found:
                _keep_best(scores, found, 1)
    return tuple(sorted(scores, key=lambda slug: (-scores[slug][0], scores[slug][1])))


def _owners(evidence: Evidence) -> Mapping[int, Found]:
    """Which match owns each word: the longest; among equals phrases, then what is not ours, then parts."""
    ranked: list[tuple[int, int, int, Found]] = []
    for rank, matches in enumerate((evidence.phrases, evidence.not_ours, evidence.parts)):
        ranked += [(-len(found.at), rank, found.start, found) for found in matches]
    owners: dict[int, Found] = {}
    for *_, found in sorted(ranked, key=lambda entry: entry[:3]):
        if not any(index in owners for index in found.at):
            owners.update(dict.fromkeys(found.at, found))
    return owners


def _strength_of_part(found: Found, evidence: Evidence) -> float:
    sentence = sentence_around(evidence.words, found.start)
    senses = [index for index in evidence.senses if index in sentence and index not in found.at]
    distance = min((abs(index - found.start) for index in senses), default=len(evidence.words))
    beside = {other.entry for other in evidence.not_ours if other.start in sentence}
    if beside & REFUSING or (beside & DOUBTFUL and distance > NEAR_WORDS):
        return 0
    if senses:
        return 2.5 if distance <= NEAR_WORDS else 2
    if evidence.asks:
        return 1.5
    others = [word for index, word in enumerate(evidence.words) if index not in found.at and word.isalnum()]
    return 1 if len(others) <= MOST_WORDS_OF_A_BARE_NAME else 0


def _keep_best(scores: dict[str, tuple[float, int]], found: Found, score: float) -> None:
    known = scores.get(found.entry)
    if known is None or score > known[0]:
        scores[found.entry] = (score, found.start)
