"""Plain words: what may not stand in anything that people read, and how a text falls into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from bot.library.words import NotSaid

LONGEST_SENTENCE_WORDS = 20
LONGEST_LABEL_WORDS = 6
"""A longer run of bold words before a colon is a part of its sentence."""


def banned_in(text: str, not_said: Iterable[NotSaid]) -> Iterator[tuple[str, str]]:
    """Every word of ``text`` that may not be read here, with the reason; marks of exclamation as well."""
    straight = text.replace("’", "'")
    for ban in not_said:
        yield from ((match[0], ban.why) for match in _pattern(ban.words).finditer(straight))
    yield from ((mark, "an exclamation mark") for mark in "!¡" if mark in text)


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


_LABEL = re.compile(r"^((?:<[^>]*>)*)<b>([^<\n]*)</b>:(?=\s|$)", re.MULTILINE)
_HEADING = re.compile(r"(?:<[^>]*>)*<b>[^<]*</b>(?:<[^>]*>)*")
_TAG = re.compile(r"<[^>]*>")
_LINE_THAT_ENDS = re.compile(r"[.?!:…][\"'”’)]*$|[\"”]$")
_END_OF_SENTENCE = re.compile(r"(?<=[.?!…])[\"'”’)]*\s+")
_ITEM = "• "


def sentences(text: str) -> list[str]:
    """The sentences of a text in Telegram's HTML, as an eye reads them.

    A colon or a semicolon ends none; a bold label before a colon, at the start of a line, does. A line ends
    one if it has a mark at its end, is bold, or stands before an item or an empty line: a sentence that is
    only broken into lines stays one.
    """
    found: list[str] = []
    open_line = ""
    for line in (*_with_labels_apart(text).split("\n"), ""):
        plain = _TAG.sub("", line).strip()
        if open_line and plain and not plain.startswith(_ITEM):
            plain = f"{open_line} {plain}"
        elif open_line:
            found += _END_OF_SENTENCE.split(open_line)
        open_line = plain
        if _LINE_THAT_ENDS.search(plain) or _HEADING.fullmatch(line.strip()):
            found += _END_OF_SENTENCE.split(plain)
            open_line = ""
    return [sentence for sentence in found if words_in(sentence)]


def words_in(sentence: str) -> int:
    """How many words a sentence has; a mark by itself is none."""
    return sum(any(sign.isalnum() for sign in word) for word in sentence.split())


def too_long(text: str) -> list[str]:
    """The sentences that have too many words."""
    return [sentence for sentence in sentences(text) if words_in(sentence) > LONGEST_SENTENCE_WORDS]


def _with_labels_apart(text: str) -> str:
    def apart(match: re.Match[str]) -> str:
        return f"{match[1]}{match[2]}:\n" if words_in(match[2]) <= LONGEST_LABEL_WORDS else match[0]

    return _LABEL.sub(apart, text)
