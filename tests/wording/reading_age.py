"""The school year that a text asks for, by Flesch and Kincaid: from the length of sentences and words.

What is sent is measured as prose: titles, names and lists are not read as sentences.
"""

from __future__ import annotations

import re
from functools import cache

import textstat

from bot.library import Library
from bot.plain_words import sentences, words_in

AGE_IN_GRADE_NOUGHT = 5
"""Somebody in the US grade n is about n + 5 years old."""
FEWEST_WORDS = 5
"""The formula says nothing about a name of a point or a word on a button."""


@cache
def grade(text: str) -> float:
    """The US grade of a text in Telegram's HTML; below 0 for the plainest."""
    told = (re.sub(r"[^\w%)]+$", "", sentence) for sentence in sentences(text))
    return textstat.flesch_kincaid_grade(" ".join(f"{sentence}." for sentence in told))


def length(text: str) -> int:
    """The words of a text in Telegram's HTML."""
    return sum(map(words_in, sentences(text)))


def as_prose(text: str, library: Library) -> str:
    """A reply without what nobody reads as a sentence.

    Left out are the titles of papers, which are quoted, and the lists of whom a point is not for, which have
    a test of their own. The name of a point, and the list of commands, count as one word.
    """
    s = library.words.sentences
    text = re.sub(r"<i>.*?</i>", "", text, flags=re.DOTALL)
    text = re.sub(rf"^<b>(?:{s.not_with}|{s.ask_first_with}|{s.care_with})</b>: .*$", "", text, flags=re.M)
    text = re.sub(r"/\w+(?:, /\w+)+", "/commands", text)
    for code, words in library.words.points.items():
        text = text.replace(f"{code} ({words.name})", code)
    return text


@cache
def spanish_grade(text: str) -> float:
    """The years of school that a Spanish text asks for, by Crawford: the same lengths, otherwise weighed."""
    told = (re.sub(r"[^\w%)]+$", "", sentence) for sentence in sentences(text))
    textstat.set_lang("es")
    try:
        return textstat.crawford(" ".join(f"{sentence}." for sentence in told))
    finally:
        textstat.set_lang("en_US")
