"""How long, how often, how much time and how bad: the numbers in a message about pressing.

Each function looks for one kind of number and answers ``None`` where there is none. Of a range the careful
end counts: the shorter hold, the fewer repeats, the shorter time, the worse score.
"""

from __future__ import annotations

import math

from bot.understanding.amounts import (
    Amount,
    Duration,
    Tokens,
    amount_at,
    durations,
    number_at,
    tokens_of,
    word_at,
    word_set,
)

MOST_SECONDS, MOST_REPEATS, MOST_MINUTES, WORST_SCORE = 3600, 99, 120, 10
QUICK_MINUTES = 2
"""What somebody has who asks for "a quick one"."""
LEAST_BARE_SECONDS = 5
"""A number without a unit that is smaller is no time."""

_HOLDING = word_set("hold holds holding press presses pressing push pushing keep time timer")
_HAVING = word_set("have got has spare free only")
_FILLING = word_set("break routine session plan workout exercise version starter relief")
_TIMES = word_set("times time reps rep rounds round sets repeats repetitions goes holds presses lots")
_PER = word_set("a per each every this")
_A_DAY = word_set("day week month hour night morning evening daily weekly today")
_OFTEN = {"once": 1, "twice": 2, "thrice": 3}
_AFTER_ONCE = word_set(". , please only each per on") | {""}
_QUICK = word_set("one break routine session fix hold go press something . please") | {""}
_NOT_NOW = word_set("in after every past last")
_POINTED_AT = word_set("it for this that them")
_IDLE = word_set(
    "a about around maybe perhaps probably like it its is it's i i'm im am id i'd say would my the"
)
_IDLE |= word_set("pain score level now today still only just at feels feel currently roughly um er well ok")
_IDLE |= word_set("okay please thanks . , ( )")
_NO_PAIN = (["none"], ["nothing"], ["no", "pain"], ["pain", "free"], ["no", "pain", "now"])


def hold_seconds(text: str) -> int | None:
    """How long each press is to be held: 1 to ``MOST_SECONDS`` seconds.

    Minutes are a hold when the message speaks of holding ("press for two minutes") or counts presses. A
    stretch with seconds in it ("1:30", "half a minute") is one as well.
    """
    said = _Said(text)
    seconds = next((each.seconds for each in said.durations if said.is_hold(each)), said.bare_seconds)
    return _within(seconds, 1, MOST_SECONDS)


def repeats(text: str) -> int | None:
    """How often to press: 1 to ``MOST_REPEATS``. "Three times a day" says nothing about it."""
    return _within(_Said(text).count, 1, MOST_REPEATS)


def minutes_available(text: str) -> int | None:
    """How much time there is in all: 1 to ``MOST_MINUTES`` whole minutes."""
    said = _Said(text)
    for each in said.durations:
        if not said.is_hold(each) and not said.is_elsewhen(each):
            return _within(max(1, each.seconds // 60), 1, MOST_MINUTES)
    quick = any(
        token in ("quick", "short") and word_at(said.tokens, index + 1) in _QUICK
        for index, token in enumerate(said.tokens)
    )
    return QUICK_MINUTES if quick else None


def score(text: str) -> int | None:
    """How bad it is: 0 to ``WORST_SCORE``, as "7", "about a 7", "7/10" or "seven out of ten".

    A number among other words counts only with the ten. Halves count as the worse number. Of several scores
    the one of now counts, or else the worst.
    """
    tokens = tokens_of(text)
    if tokens in _NO_PAIN:
        return 0
    found: list[tuple[int, bool]] = []
    index = 0
    while index < len(tokens):
        amount = _numeric_at(tokens, index)
        end = _out_of_ten(tokens, amount.end) if amount else None
        if amount and end:
            near = {*tokens[max(0, index - 3) : index], word_at(tokens, end)}
            found.append((math.ceil(amount.high), "now" in near))
        index = end or (amount.end if amount else index + 1)
    now = [value for value, is_now in found if is_now]
    if found:
        return _within(max(now or [value for value, _ in found]), 0, WORST_SCORE)
    return _score_alone(tokens)


def _score_alone(tokens: Tokens) -> int | None:
    """The score of a message that is a number and hardly anything else."""
    for index in range(len(tokens)):
        if amount := _numeric_at(tokens, index):
            others = {*tokens[:index], *tokens[amount.end :]}
            return _within(math.ceil(amount.high), 0, WORST_SCORE) if others <= _IDLE else None
    return None


def _numeric_at(tokens: Tokens, index: int) -> Amount | None:
    """An amount that begins with a number, in contrast to "a" or "a few"."""
    return amount_at(tokens, index) if number_at(tokens, index) else None


def _out_of_ten(tokens: Tokens, index: int) -> int | None:
    """Where "/10" or "out of ten" at ``index`` ends."""
    if word_at(tokens, index) == "out":
        index += 1
    ten = number_at(tokens, index + 1)
    if word_at(tokens, index) in ("/", "of") and ten and ten.value == WORST_SCORE:
        return ten.end
    return None


class _Said:
    """A message about pressing: its tokens, its stretches of time and its count of presses."""

    def __init__(self, text: str) -> None:
        self.tokens = tokens_of(text)
        self.durations = durations(self.tokens)
        self._starting = {each.start: each for each in self.durations}
        self._timed = {place for each in self.durations for place in range(each.start, each.end)}
        speaks_of_holding = (index for index, token in enumerate(self.tokens) if token in _HOLDING)
        self._first_holding = next(speaks_of_holding, len(self.tokens))
        counts = (self._count_at(index) for index in range(len(self.tokens)))
        self.count = next((count for count in counts if count is not None), None)

    @property
    def bare_seconds(self) -> int | None:
        """The number of "hold 60" or "hold LI4 60", or of "3x30"."""
        for index, token in enumerate(self.tokens):
            if token == "x":
                _, seconds = self._around_x(index)
                if seconds is not None:
                    return seconds
            elif token in ("hold", "press"):
                start = index + 1
                while self._word(start) in _POINTED_AT or _is_code(self._word(start)):
                    start += 1
                number = number_at(self.tokens, start)
                if number and self._word(number.end) in ("", ".", ",", "each", "please"):
                    return int(number.value) if number.value >= LEAST_BARE_SECONDS else None
        return None

    def is_hold(self, found: Duration) -> bool:
        """Whether a stretch of time is that of one press, and not of the whole."""
        before = self.tokens[max(0, found.start - 3) : found.start]
        after = self.tokens[found.end : found.end + 3]
        if not _HAVING.isdisjoint(before) or not _FILLING.isdisjoint(after):
            return False
        if found.precise or self._first_holding < found.start or self.count is not None:
            return True
        return self._word(found.end) in _HOLDING | {"each"}

    def is_elsewhen(self, found: Duration) -> bool:
        """Whether it is the time until or since something: "in ten minutes", "an hour ago"."""
        return self._word(found.start - 1) in _NOT_NOW or self._word(found.end) == "ago"

    def _word(self, index: int) -> str:
        return word_at(self.tokens, index)

    def _count_at(self, index: int) -> int | None:
        """The count that stands at ``index``, if it is one of presses."""
        token = self.tokens[index]
        if token in _OFTEN:
            if self._is_frequency(index + 1) or self._word(index - 1) == "at":
                return None
            return _OFTEN[token] if token != "once" or self._word(index + 1) in _AFTER_ONCE else None
        if token == "x":
            return self._around_x(index)[0]
        amount = amount_at(self.tokens, index)
        if not amount or amount.low != int(amount.low):
            return None
        if self._word(amount.end) in _TIMES:
            is_count = not self._is_frequency(amount.end + 1) and self._word(amount.end + 1) != "as"
            return int(amount.low) if is_count else None
        if "repeat" in (self._word(index - 1), self._word(index - 2)) and number_at(self.tokens, index):
            return int(amount.low) if self._word(index - 1) in ("repeat", "it", "this", "that") else None
        held = self._starting.get(amount.end)
        return int(amount.low) if held and self._word(held.end) in _TIMES else None

    def _is_frequency(self, index: int) -> bool:
        """Whether "a day", "per week" or "daily" stands at ``index``."""
        first, second = self._word(index), self._word(index + 1)
        return first in _A_DAY or (first in _PER and second in _A_DAY)

    def _around_x(self, index: int) -> tuple[int | None, int | None]:
        """The count at an "x", and the seconds beside it when they carry no unit, as in "3x30"."""
        sides = [number_at(self.tokens, index - 1), number_at(self.tokens, index + 1)]
        counts = sorted(int(each.value) for each in sides if each and each.end - 1 not in self._timed)
        if not counts:
            return None, None
        bare = counts[-1] if len(counts) > 1 and counts[-1] >= LEAST_BARE_SECONDS else None
        return counts[0], bare


def _is_code(token: str) -> bool:
    """Whether a token looks like a point code."""
    return token[:1].isalpha() and token[-1:].isdecimal()


def _within(value: int | None, least: int, most: int) -> int | None:
    return value if value is not None and least <= value <= most else None
