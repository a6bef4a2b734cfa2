"""How long a pause lasts, from English text: the first local date that reminds again."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from bot.understanding.text import fold
from bot.understanding.times import words_and_numbers

LONGEST_PAUSE = timedelta(days=366)
A_FEW = 3


class Fault(StrEnum):
    """Why a pause cannot be made as it is written."""

    NO_DATE = "no_date"
    NO_SUCH_DATE = "no_such_date"
    OVER = "over"
    """A date that has passed, or today."""
    TOO_FAR = "too_far"
    """More than a year away."""


@dataclass(frozen=True)
class PauseWish:
    """Until when to pause: ``until`` is the first date that reminds again.

    ``choices`` are both readings of a date such as 3/5, the earlier first. ``open_ended`` is a pause without
    an end.
    """

    until: date | None = None
    choices: tuple[date, ...] = ()
    open_ended: bool = False
    fault: Fault | None = None


_MONTH_NAMES = """
    january february march april may june july august september october november december
"""
_MONTHS = {
    name[:length]: number
    for number, name in enumerate(_MONTH_NAMES.split(), start=1)
    for length in (3, 4, len(name))
}
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = {name[:length]: day for day, name in enumerate(_DAY_NAMES) for length in (3, 4, 5, len(name))}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"(?:,?\s*(?P<year>\d{4})\b)?"
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
_DAY_MONTH = re.compile(rf"{_DAY}(?:\s*of)?\s*\.?\s*\b{_MONTH}{_YEAR}")
_MONTH_DAY = re.compile(rf"\b{_MONTH}\s*\.?\s*(?:the\s*)?{_DAY}{_YEAR}")
_NUMBERS = re.compile(r"(?<!\d)(?P<one>\d{1,2})[/.-](?P<two>\d{1,2})(?:[/.-](?P<year>\d{2,4})?)?(?!\d)")
_ORDINAL = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)\b|\bthe (?P<bare>\d{1,2})\b")
_OPEN = re.compile(
    r"\b(?:forever|indefinitely|further notice|for good|(?:un)?til+ i (?:say|ask|tell|am|come|get)|no end)\b"
)
_END_OF = re.compile(r"\bend of (?:the |this )?(?P<unit>week|month|year)\b")
_COUNTS = {"a": 1, "an": 1, "one": 1, "couple": 2, "few": A_FEW}
_LENGTHS = {"day": 1, "days": 1, "night": 1, "nights": 1, "week": 7, "weeks": 7, "fortnight": 14}


def read_pause(text: str, today: date) -> PauseWish:
    """The pause in a text. ``today`` is the person's local date."""
    folded = fold(text)
    if _OPEN.search(folded):
        return PauseWish(open_ended=True)
    for pattern in (_ISO, _DAY_MONTH, _MONTH_DAY):
        if found := pattern.search(folded):
            month = _MONTHS.get(found["month"]) or int(found["month"])
            return _until(_date(found["year"], month, int(found["day"]), today), today)
    if found := _NUMBERS.search(folded):
        return _in_numbers(found, today)
    named = _length(text, today) or _named(folded, today)
    if named is not None:
        return _until(named, today)
    if found := _ORDINAL.search(folded):
        return _until(_day_of_month(int(found["day"] or found["bare"]), today), today)
    return PauseWish(fault=Fault.NO_DATE)


def _until(day: date | Fault, today: date) -> PauseWish:
    if isinstance(day, Fault):
        return PauseWish(fault=day)
    if day <= today:
        return PauseWish(fault=Fault.OVER)
    return PauseWish(day) if day - today <= LONGEST_PAUSE else PauseWish(fault=Fault.TOO_FAR)


def _date(year: str | None, month: int, day: int, today: date) -> date | Fault:
    """The date; without a year the next of that name after today."""
    try:
        if year:
            return date(int(year) + (2000 if len(year) < 3 else 0), month, day)
        date(2024, month, day)  # a leap year has every date
    except ValueError:
        return Fault.NO_SUCH_DATE
    following = today.year
    while day > monthrange(following, month)[1] or date(following, month, day) <= today:
        following += 1
    return date(following, month, day)


def _in_numbers(found: re.Match[str], today: date) -> PauseWish:
    """3/5 is in March or in May; 14/5 is clear."""
    one, two = int(found["one"]), int(found["two"])
    days = {_date(found["year"], month, day, today) for day, month in ((one, two), (two, one))}
    wishes = [_until(day, today) for day in days]
    dates = sorted(wish.until for wish in wishes if wish.until)
    if len(dates) > 1:
        return PauseWish(choices=tuple(dates))
    return PauseWish(dates[0]) if dates else min(wishes, key=lambda wish: wish.fault is Fault.NO_SUCH_DATE)


def _length(text: str, today: date) -> date | Fault | None:
    """The end of "for two weeks", "a fortnight", "3 days"."""
    words = words_and_numbers(text)
    for index, word in enumerate(words):
        before = [each for each in words[max(0, index - 2) : index] if each != "of"]
        last = before[-1] if before else None
        count = _COUNTS.get(last, 0) if isinstance(last, str) else last
        if not count or not isinstance(word, str):
            continue
        if word in _LENGTHS:
            days = _LENGTHS[word] * count
            return today + timedelta(days=days) if days <= LONGEST_PAUSE.days else Fault.TOO_FAR
        if word in ("month", "months", "year", "years"):
            months = count * (12 if word.startswith("year") else 1)
            return _months_later(today, months) if months <= 12 else Fault.TOO_FAR
    return None


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _named(folded: str, today: date) -> date | None:
    """The date of "Monday", "tomorrow", "next month", "May", "the end of the week"."""
    next_monday = today + timedelta(days=7 - today.weekday())
    next_month = _months_later(today.replace(day=1), 1)
    if found := _END_OF.search(folded):
        return {"week": next_monday, "month": next_month, "year": date(today.year + 1, 1, 1)}[found["unit"]]
    words = re.findall(r"[^\W\d_]+", folded)
    pairs = set(pairwise(words))
    if pairs & {("next", "month"), ("this", "month")}:
        return next_month
    if pairs & {("next", "week"), ("this", "week")}:
        return next_monday
    for word in words:
        if word == "tomorrow" or word == "today":
            return today + timedelta(days=1)
        if word == "weekend":
            return today + timedelta(days=(5 - today.weekday() - 1) % 7 + 1)
        if word in _DAYS:
            return today + timedelta(days=(_DAYS[word] - today.weekday() - 1) % 7 + 1)
        if word in _MONTHS:
            first = _date(None, _MONTHS[word], 1, today)
            return first if isinstance(first, date) else None
    return None


def _day_of_month(day: int, today: date) -> date | Fault:
    """The next day of that number after today: the 31st skips the shorter months."""
    if not 1 <= day <= 31:
        return Fault.NO_SUCH_DATE
    month = today.replace(day=1)
    while day > monthrange(month.year, month.month)[1] or month.replace(day=day) <= today:
        month = _months_later(month, 1)
    return month.replace(day=day)
