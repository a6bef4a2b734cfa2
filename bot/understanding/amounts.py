"""Numbers and stretches of time as people write them: "90sec", "1:30", "a minute and a half", "2-3"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.understanding.text import fold

Tokens = Sequence[str]


def word_set(words: str) -> frozenset[str]:
    """Words with blanks between them as a set."""
    return frozenset(words.split())


def _counted(words: str, first: int = 0, step: int = 1) -> dict[str, int]:
    """The value of each of the words, which count up from ``first``."""
    return {word: first + step * place for place, word in enumerate(words.split())}


_ONES = _counted("zero one two three four five six seven eight nine")
_TEENS = _counted("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10)
_TENS = _counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10) | {"fourty": 40}
_SMALL = _ONES | _TEENS
_LOOSE = {"couple": 2, "few": 3}
_PARTS = {"half": 0.5, "quarter": 0.25, "quarters": 0.25}
_SECONDS = word_set("s sec secs second seconds secound secounds secconds secods")
_MINUTES = word_set("m min mins minute minutes minuite minuites minuts")
_HOURS = word_set("h hr hrs hour hours")
_TO = word_set("- \u2013 to or")
_OF_THE_CLOCK = word_set("at by till until from around before after")
_NOON = word_set("am pm a.m p.m")
_GIVES_A_MINUTE = word_set("for have got hold press push spare of only")
_TAKES_A_MINUTE = word_set("each break per routine hold session and")
_TOKEN = re.compile(r"\d+:\d\d|\d+(?:\.\d+)?|x(?=\d)|(?<!\d)[a-z]+\d+|[a-z]+(?:'[a-z]+)?|\S")


@dataclass(frozen=True)
class Number:
    """A number, and the index of the token after it."""

    value: float
    end: int


@dataclass(frozen=True)
class Amount:
    """A number or a range of numbers, and the index of the token after it."""

    low: float
    high: float
    end: int


@dataclass(frozen=True)
class Duration:
    """A stretch of time of whole ``seconds``, the shorter end of a range, from token ``start`` to ``end``.

    ``precise`` says that it names seconds or a part of a minute.
    """

    seconds: int
    precise: bool
    start: int
    end: int


def tokens_of(text: str) -> list[str]:
    """Numbers, words, point codes and single signs. An "x" before or after a number is a token."""
    halves = text.replace("½", " and a half ").replace("×", "x").replace("*", "x")
    return _TOKEN.findall(fold(halves))


def word_at(tokens: Tokens, index: int) -> str:
    """The token at ``index``, or an empty one beyond both ends."""
    return tokens[index] if 0 <= index < len(tokens) else ""


def number_at(tokens: Tokens, index: int) -> Number | None:
    """The number that begins at ``index``, in digits or words up to ninety-nine."""
    token = word_at(tokens, index)
    if token[:1].isdecimal() and ":" not in token:
        return Number(float(token), index + 1)
    if token in _TENS:
        one = index + 2 if word_at(tokens, index + 1) == "-" else index + 1
        ones = _ONES.get(word_at(tokens, one), 0)
        return Number(_TENS[token] + ones, one + 1 if ones else index + 1)
    return Number(_SMALL[token], index + 1) if token in _SMALL else None


def amount_at(tokens: Tokens, index: int) -> Amount | None:
    """The number, range, "a couple", "half a" or "one and a half" that begins at ``index``."""
    start = index + 1 if word_at(tokens, index) in ("a", "an") else index
    token = word_at(tokens, start)
    if token in _LOOSE:
        end = start + 2 if word_at(tokens, start + 1) == "of" else start + 1
        return Amount(_LOOSE[token], _LOOSE[token], end)
    if token in _PARTS:
        return Amount(_PARTS[token], _PARTS[token], _after_of_a(tokens, start + 1))
    first = number_at(tokens, start)
    if first is None:
        return Amount(1, 1, start) if start > index else None
    if word_at(tokens, first.end) in _PARTS:
        part = first.value * _PARTS[word_at(tokens, first.end)]
        return Amount(part, part, _after_of_a(tokens, first.end + 1))
    last = number_at(tokens, first.end + 1) if word_at(tokens, first.end) in _TO else None
    last = last or first
    end, more = _and_a_half(tokens, last.end)
    low, high = sorted((first.value, last.value))
    return Amount(low + more, high + more, end)


def durations(tokens: Tokens) -> list[Duration]:
    """Every stretch of time, in order. A time of day and "wait a second" are none."""
    found: list[Duration] = []
    for index in range(len(tokens)):
        if found and index < found[-1].end:
            continue
        found.extend(_clock_at(tokens, index))
        if not found or found[-1].start != index:
            found.extend(_duration_at(tokens, index))
    return found


def _clock_at(tokens: Tokens, index: int) -> Iterator[Duration]:
    token = tokens[index]
    if ":" not in token or not token[0].isdecimal():
        return
    if word_at(tokens, index - 1) in _OF_THE_CLOCK or word_at(tokens, index + 1) in _NOON:
        return
    minutes, seconds = map(int, token.split(":"))
    if seconds < 60:
        yield Duration(60 * minutes + seconds, True, index, index + 1)


def _duration_at(tokens: Tokens, index: int) -> Iterator[Duration]:
    amount = amount_at(tokens, index)
    if amount is None:
        return
    unit = amount.end + 1 if word_at(tokens, amount.end) == "-" else amount.end
    if amount.end == index + 1 and tokens[index] in ("a", "an") and not _is_meant(tokens, index, unit):
        return
    word = word_at(tokens, unit)
    if word in _SECONDS:
        yield Duration(int(amount.low), True, index, unit + 1)
    elif word in _HOURS:
        yield Duration(int(3600 * amount.low), False, index, unit + 1)
    elif word in _MINUTES:
        end, half = _and_a_half(tokens, unit + 1)
        more, end = (30, end) if half else _seconds_after(tokens, unit + 1)
        seconds = int(60 * amount.low) + more
        yield Duration(seconds, seconds % 60 != 0, index, end)


def _is_meant(tokens: Tokens, index: int, unit: int) -> bool:
    """Whether "a minute" is a time, and not as in "wait a minute"."""
    if word_at(tokens, unit) not in _MINUTES | _HOURS:
        return False
    return word_at(tokens, index - 1) in _GIVES_A_MINUTE or word_at(tokens, unit + 1) in _TAKES_A_MINUTE


def _seconds_after(tokens: Tokens, index: int) -> tuple[int, int]:
    """The seconds of "1 minute 30" or "1 min and 30 secs", and where they end."""
    start = index + 1 if word_at(tokens, index) in ("and", ",") else index
    number = number_at(tokens, start)
    if number is None or number.value >= 60:
        return 0, index
    if word_at(tokens, number.end) in _SECONDS:
        return int(number.value), number.end + 1
    is_bare = start == index and number.end == len(tokens)
    return (int(number.value), number.end) if is_bare else (0, index)


def _and_a_half(tokens: Tokens, index: int) -> tuple[int, float]:
    """Where "and a half" at ``index`` ends and what it adds."""
    if word_at(tokens, index) == "and":
        start = index + 2 if word_at(tokens, index + 1) == "a" else index + 1
        if word_at(tokens, start) == "half":
            return start + 1, 0.5
    return index, 0.0


def _after_of_a(tokens: Tokens, index: int) -> int:
    """Past the "of a" of "a quarter of a minute"."""
    if word_at(tokens, index) == "of":
        index += 1
    return index + 1 if word_at(tokens, index) in ("a", "an") else index
