"""How long something has been going on: "for three weeks", "2 DAYS", "since yesterday", "6 months now".

Only what is said counts. A month is 30 days and a year 365. Where no number is said, the least that the words
can mean counts: "for weeks" is two weeks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.understanding.amounts import Tokens, amount_at, tokens_of, word_at, word_set

MOST_YEARS = 100
SHORTEST_UNIT = 3
"""Letters of a unit that may stand without its number."""
_DAYS = {
    1 / 24: word_set("h hr hrs hour hours"),
    1: word_set("d day days dy dys"),
    7: word_set("w wk wks week weeks"),
    30: word_set("month months mth mths mnth mnths mo mos"),
    365: word_set("y yr yrs year years"),
}
_DAYS_OF = {unit: days for days, units in _DAYS.items() for unit in units}
_SPAN = word_set("for since past last these over nearly almost about from")
"""What stands before a unit without a number that is a time gone by: "for weeks"."""
_NOT_GONE_BEFORE = word_set("in every after within next until till per each another hold press at under")
_NOT_GONE_AFTER = word_set("pregnant pregnancy old older later apart along gone young away left per each")
_NOT_GONE_AFTER |= word_set("every from before a of")
_ONE = word_set("a an")
_SINCE = word_set("since from")
_WHEN = {
    "today": 0,
    "morning": 0,
    "afternoon": 0,
    "evening": 0,
    "lunch": 0,
    "breakfast": 0,
    "yesterday": 1,
    "night": 1,
    "week": 7,
    "weekend": 1,
    "month": 30,
    "year": 365,
}
"""The least days since a time that is named."""
_BETWEEN = word_set("the this last early past")


def waited(text: str) -> timedelta | None:
    """The longest time that a message says something has lasted, or ``None`` where it says none."""
    tokens = tokens_of(text)
    days: list[float] = []
    after = 0
    for index in range(len(tokens)):
        days.extend(_uncounted(tokens, index))
        days.extend(_since(tokens, index))
        amount = amount_at(tokens, index) if index >= after else None
        if amount and word_at(tokens, amount.end) in _DAYS_OF:
            after = amount.end
            if _has_gone_by(tokens, index, amount.end):
                days.append(amount.low * _DAYS_OF[word_at(tokens, amount.end)])
    gone = [found for found in days if found <= MOST_YEARS * 365]
    return timedelta(days=max(gone)) if gone else None


def _has_gone_by(tokens: Tokens, start: int, unit: int) -> bool:
    """Whether a number and its unit are a time gone by: no age, no appointment, no "twice a day"."""
    before, after = word_at(tokens, start - 1), word_at(tokens, unit + 1)
    if before in _NOT_GONE_BEFORE or after in _NOT_GONE_AFTER:
        return False
    return tokens[start] not in _ONE or before in _SPAN or after == "ago"


def _uncounted(tokens: Tokens, index: int) -> Iterator[float]:
    """ "For weeks", "over a month" without its "a", "past year"."""
    unit = tokens[index]
    if unit in _DAYS_OF and len(unit) >= SHORTEST_UNIT and word_at(tokens, index - 1) in _SPAN:
        yield (2 if unit.endswith("s") else 1) * _DAYS_OF[unit]


def _since(tokens: Tokens, index: int) -> Iterator[float]:
    """ "Since this morning", "from last week"."""
    if tokens[index] in _SINCE:
        at = index + 1
        while word_at(tokens, at) in _BETWEEN:
            at += 1
        if (when := word_at(tokens, at)) in _WHEN:
            yield _WHEN[when]
