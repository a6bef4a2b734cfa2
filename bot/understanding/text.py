"""A message as the words that carry its meaning.

Case, accents, apostrophes, punctuation and small words are gone; what is left are words, the end of a
sentence (``.``) and the end of a clause (``,``). Nothing here knows a language: its small words and
spellings are given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence, Set

SENTENCE_END = "."
CLAUSE_END = ","
MOST_CHARACTERS = 4096
"""Telegram's longest message; what is longer is read this far."""

_APOSTROPHES = re.compile("['’‘`´ʼ]")
_POSSESSIVE = re.compile(r"(?<![a-z])([a-z]+)'s\b")
_PART = re.compile(
    r"\d+(?:[.:/]\d+)+|[^\W\d_]+/[^\W\d_]*|[^\W\d_]+\d*|\d+"
    r"|[.!?;\n…]+|[,()\u2013\u2014:]|[\U0001f300-\U0001faff]"
)
_CLAUSE_MARKS = frozenset(",()\u2013\u2014:")
_SENTENCE_MARKS = frozenset(".!?;\n…")


def fold(text: str) -> str:
    """The first ``MOST_CHARACTERS`` of a text in lower case, without accents, with plain apostrophes."""
    plain = unicodedata.normalize("NFKD", text[:MOST_CHARACTERS])
    lower = unicodedata.normalize("NFKD", plain.casefold())
    letters = "".join(char for char in lower if not unicodedata.combining(char) and char != "\u00ad")
    # One sign may stand for eighteen letters; a message of nothing but those is not read to its end.
    return _APOSTROPHES.sub("'", letters[: 2 * MOST_CHARACTERS])


def split(folded: str, fillers: Set[str], spellings: Mapping[str, str]) -> list[str]:
    """The words of folded text. A spelling may stand for several words: ``hes`` for ``he is``.

    An ``'s`` goes, as in "mum's", unless the word with it has a spelling. A stroke parts two words, as in
    "back/neck", unless they have a spelling together: ``w/o``.
    """
    words: list[str] = []
    text = _POSSESSIVE.sub(lambda has: has[1] + "s" * (f"{has[1]}s" in spellings), folded).replace("'", "")
    for part in _PART.findall(text):
        if part[0] in _SENTENCE_MARKS:
            words.append(SENTENCE_END)
        elif part[0] in _CLAUSE_MARKS:
            words.append(CLAUSE_END)
        elif part[0].isalpha() and "/" in part and part not in spellings:
            words.extend(split(part.replace("/", " "), fillers, spellings))
        elif part[0].isalnum() or part in spellings:  # of pictures, only those that are spelt as a word
            words.extend(word for word in spellings.get(part, part).split() if word not in fillers)
    return words


def sentences(folded: str, fillers: Set[str], spellings: Mapping[str, str]) -> list[str]:
    """The words of a folded message between two ends of a sentence, the first being where it begins.

    A word that is repeated on the spot ("no no", "pain pain") counts once.
    """
    words = [SENTENCE_END, *split(folded, fillers, spellings), SENTENCE_END]
    pairs = zip(words, ["", *words], strict=False)
    return [word for word, before in pairs if word != before or word == CLAUSE_END]


def sentence_around(words: Sequence[str], index: int) -> range:
    """The indexes of the words of one sentence, that of the word at ``index``."""
    start, end = index, index
    while start > 0 and words[start - 1] != SENTENCE_END:
        start -= 1
    while end < len(words) and words[end] != SENTENCE_END:
        end += 1
    return range(start, end)
