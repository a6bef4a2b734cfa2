"""English text into a ``TimeWish``: the local times and days at which somebody wants to be reminded.

The grammar is our own and small, because what it has to say matters more than how much it reads: that a time
may be morning or evening, that it was our guess, that no clock shows it. Of the 27 phrasings it was first
measured by, recurrent, parsedatetime and dateparser each read fewer than half, took "13pm", "twice a day" or
"tomorrow at 7" for something else without saying so, and dateparser needs two seconds and 50 MB at first use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice

from rapidfuzz.distance import OSA

from bot.understanding import time_words
from bot.understanding.text import fold
from bot.understanding.time_words import EVERY_DAY, Half

MOST_TIMES = 6
MOST_WORDS = 200
"""Nobody needs more to say when; what follows is not read."""
LONGEST_WAIT = timedelta(days=7)


class Fault(StrEnum):
    """Why a wish cannot be met as it is written."""

    NO_TIME = "no_time"
    NO_SUCH_TIME = "no_such_time"
    TOO_MANY_TIMES = "too_many_times"
    EVERY_FEW_DAYS = "every_few_days"
    """Every other day, fortnightly, monthly: reminders go by the days of the week."""
    WITHIN_THE_DAY = "within_the_day"
    """Every hour, every 30 minutes: reminders go by times of day."""
    WHICH_DAYS = "which_days"
    """Weekly without a day, or every day but all of them."""
    OVER = "over"
    """A time of today that has passed."""
    TOO_FAR = "too_far"
    """A single reminder more than a week away."""


@dataclass(frozen=True)
class TimeWish:
    """When somebody wants to be reminded, in local time.

    ``times`` are in order and in whole minutes. Those in ``unclear`` may be morning or evening; they stand
    there as the morning. ``guessed`` says that somebody named a part of the day and the time is ours.
    ``once_on`` is the only day that is meant, ``once_at`` the only moment; without both the times come again
    on all ``weekdays``. ``words_left`` counts the words that are not about time.
    """

    times: tuple[time, ...] = ()
    unclear: frozenset[time] = frozenset()
    weekdays: frozenset[int] = EVERY_DAY
    days_said: bool = False
    guessed: bool = False
    once_on: date | None = None
    once_at: datetime | None = None
    words_left: int = 0
    fault: Fault | None = None

    @property
    def ambiguous(self) -> bool:
        """Whether to ask for morning or evening."""
        return bool(self.unclear)

    def in_the(self, *, afternoon: bool) -> TimeWish:
        """The same wish once the person has said which half of the day was meant."""
        moved = (_in_half(each, afternoon=afternoon and each in self.unclear) for each in self.times)
        return replace(self, times=tuple(sorted(set(moved))), unclear=frozenset())


_TOKEN = re.compile(
    r"(?<!\d)(?P<hour>\d{1,4})\s?(?P<between>[:.h])\s?(?P<minute>\d{1,2})(?::\d\d)?(?!\d)"
    r"|(?P<number>\d+)|(?P<word>[^\W\d_]+(?:\d+(?![\d:.]))?)|[-,]"
)
_DOTTED_HALF = re.compile(r"(?:\b|(?<=\d))([ap])(?:\s?\.\s?m\b\.?|(?<=\d.)\s?m?\b)")


@dataclass(frozen=True)
class _Token:
    """A word or a number; ``digits`` is how the number is written, and empty for one in letters."""

    word: str = ""
    number: int | None = None
    minute: int | None = None
    digits: str = ""


@dataclass
class _Clock:
    """A time on its way to a half of the day."""

    hour: int
    minute: int
    half: Half | None
    clear: bool
    """Whether the way it is written belongs to the 24-hour clock: 08:00, 20 or 7h."""


def read_time(text: str, now: datetime) -> TimeWish:
    """The wish in a text. ``now`` is aware and in the person's zone: its date is their today."""
    return _Walk(list(islice(_tokens(fold(text)), MOST_WORDS)), now).wish()


def words_and_numbers(text: str) -> list[str | int]:
    """The words of a text in order, with numbers as ``int``: "for two weeks" has a 2."""
    tokens = islice(_tokens(fold(text)), MOST_WORDS)
    return [token.word if token.number is None else token.number for token in tokens]


def _tokens(folded: str) -> Iterator[_Token]:
    text = _DOTTED_HALF.sub(r" \1m ", folded.replace("'", ""))
    tens: int | None = None
    for part in _TOKEN.finditer(text):
        word = time_words.SPELT.get(part[0], part[0])
        if tens is not None:
            value = tens + time_words.NUMBERS.get(word, 0) if time_words.NUMBERS.get(word, 10) < 10 else tens
            joined, tens = value > tens, None
            yield _Token(number=value)
            if joined:
                continue
        if part["hour"]:
            yield _Token(part["between"], int(part["hour"]), int(part["minute"]), part[0])
        elif part["number"]:
            yield _Token(number=int(part[0][:9]), digits=part[0])
        elif word in time_words.TENS:
            tens = time_words.TENS[word]
        elif word in time_words.NUMBERS:
            yield _Token(number=time_words.NUMBERS[word])
        else:
            yield _Token(_corrected(word))
    if tens is not None:
        yield _Token(number=tens)


def _corrected(word: str) -> str:
    """A long word of time with a slip of the finger, as it is spelt; any other word as it is."""
    if len(word) < 6 or word in time_words.SMALL or word in time_words.LONG_WORDS:
        return word
    near = (each for each in time_words.LONG_WORDS if OSA.distance(word, each, score_cutoff=1) <= 1)
    return next(near, word)


class _Walk:
    """One walk through the words, from left to right; every rule takes the words it understands."""

    def __init__(self, tokens: Sequence[_Token], now: datetime) -> None:
        self._tokens, self._now, self._at = tokens, now, 0
        self._clocks: list[_Clock] = []
        self._guesses: list[time] = []
        self._part: str | None = None  # named, and no time has claimed it yet
        self._half: Half | None = None  # of the part of the day that was named last, before its times
        self._claimed: set[int] = set()
        self._days: set[int] = set()
        self._excluded: set[int] = set()
        self._excluding = self._weekly = self._every_day = False
        self._once_on: date | None = None
        self._wait: timedelta | None = None
        self._times_a_day = 0
        self._words_left = 0
        self._faults: list[Fault] = []

    def wish(self) -> TimeWish:
        """What the words wish for."""
        rules = (self._waits, self._repeats, self._names_days, self._names_a_date, self._tells, self._parts)
        while self._at < len(self._tokens):
            if not any(rule() for rule in rules):
                token = self._tokens[self._at]
                self._excluding |= token.word in time_words.EXCEPT
                self._words_left += token.word not in time_words.SMALL | time_words.EXCEPT
                self._at += 1
        self._part_is_over()
        return self._result()

    # --- what stands where

    def _word(self, ahead: int = 0) -> str:
        index = self._at + ahead
        return self._tokens[index].word if 0 <= index < len(self._tokens) else ""

    def _number(self, ahead: int = 0) -> int | None:
        """The whole number that stands there."""
        index = self._at + ahead
        if not 0 <= index < len(self._tokens) or self._tokens[index].minute is not None:
            return None
        return self._tokens[index].number

    def _take(self, count: int) -> bool:
        self._at += count
        return True

    # --- rules

    def _waits(self) -> bool:
        """As in "in 2 hours", "30 minutes from now"."""
        start = 1 if self._word() == "in" else 0
        found = self._amount(start)
        if found is None or (
            not start and (self._word(found[1]), self._word(found[1] + 1)) != ("from", "now")
        ):
            return False
        wait, end = found
        self._take(end if start else end + 2)
        if wait > LONGEST_WAIT:
            self._faults.append(Fault.TOO_FAR)
        elif wait % timedelta(days=1):
            self._wait = wait
        else:
            self._once_on = self._now.date() + wait
        return True

    def _amount(self, ahead: int) -> tuple[timedelta, int] | None:
        """A length of time, and where it ends."""
        count = 1.0
        index = self._at + ahead
        ahead += self._word(ahead) in ("a", "an", "about")
        if self._word(ahead) in ("half", "quarter", "couple"):
            count = {"half": 0.5, "quarter": 0.25, "couple": 2.0}[self._word(ahead)]
            ahead += 1
            while self._word(ahead) in ("of", "a", "an"):
                ahead += 1
        elif self._word(ahead) == "." and index < len(self._tokens):
            count = float(re.sub(r"\s", "", self._tokens[self._at + ahead].digits)[:9].partition(":")[0])
            ahead += 1
        elif (number := self._number(ahead)) is not None:
            count = float(min(number, 100_000))
            ahead += 1
        unit = time_words.UNITS.get(self._word(ahead))
        if unit is None:
            return None
        ahead += 1
        if [self._word(ahead + i) for i in range(3)] == ["and", "a", "half"]:
            count, ahead = count + 0.5, ahead + 3
        return unit * count, ahead

    def _repeats(self) -> bool:
        """As in "every other day", "hourly", "twice a day", "weekly", "every day"."""
        word, every = self._word(), self._word() in time_words.EVERY
        if word in time_words.LONGER or (word in time_words.OTHER and self._word(1) in ("day", "days")):
            return self._cannot(Fault.EVERY_FEW_DAYS, 1)
        if word == "hourly":
            return self._cannot(Fault.WITHIN_THE_DAY, 1)
        if word == "weekly":
            self._weekly = True
            return self._take(1)
        if every:
            return self._every()
        return self._so_many_times()

    def _every(self) -> bool:
        number = self._number(1)
        skip = 1 + (number is not None) + (self._word(1) in ("half", "single"))
        skip += number is not None and self._word(skip) in ("nd", "rd", "th")
        unit = self._word(skip)
        if unit in time_words.UNITS and time_words.UNITS[unit] < timedelta(days=1):
            return self._cannot(Fault.WITHIN_THE_DAY, skip + 1)
        if self._word(1) in time_words.OTHER or (
            unit in time_words.UNITS and number is not None and number > 1
        ):
            return self._cannot(Fault.EVERY_FEW_DAYS, 2)
        if unit in ("day", "days"):
            self._every_day = True
            return self._take(skip + 1)
        if unit == "week":
            self._weekly = True
            return self._take(skip + 1)
        return False

    def _so_many_times(self) -> bool:
        words = {"once": 1, "twice": 2, "thrice": 3}
        count = words.get(self._word())
        end = 1
        if (
            count is None
            and (count := self._number()) is not None
            and self._word(1) in ("times", "time", "x")
        ):
            end = 2
        if count is None or (end == 1 and self._word() not in words):
            return False
        end += self._word(end) in ("a", "per", "in") or self._word(end) in time_words.EVERY
        if self._word(end) in ("day", "daily", "everyday"):
            self._every_day = True
            self._times_a_day = count
            return self._take(end + 1)
        if self._word(end) in ("week", "weekly"):
            self._weekly = True
            return self._take(end + 1)
        if self._word(end) in time_words.LONGER:
            return self._cannot(Fault.EVERY_FEW_DAYS, end + 1)
        return False

    def _cannot(self, fault: Fault, words: int) -> bool:
        self._faults.append(fault)
        return self._take(words)

    def _names_days(self) -> bool:
        """As in "weekdays", "mon - fri", "wednesdays"; after "not", the days that are not meant."""
        word = self._word()
        taken = 1
        if word in ("work", "working", "week") and self._word(1) in ("day", "days"):
            days, taken = time_words.WEEKDAYS, 2
        elif word in time_words.GROUPS:
            days = time_words.GROUPS[word]
        elif (
            word in time_words.DAYS
            and self._word(1) in time_words.THROUGH
            and self._word(2) in time_words.DAYS
        ):
            first, last = time_words.DAYS[word], time_words.DAYS[self._word(2)]
            days, taken = frozenset((first + i) % 7 for i in range((last - first) % 7 + 1)), 3
        elif word in time_words.DAYS:
            days = frozenset({time_words.DAYS[word]})
        else:
            return False
        (self._excluded if self._excluding else self._days).update(days)
        return self._take(taken)

    def _names_a_date(self) -> bool:
        """As in "today", "tomorrow", "next monday"."""
        today, word = self._now.date(), self._word()
        if word in ("today", "tonight"):
            self._once_on = today
            return word == "today" and self._take(1)  # tonight is a part of the day as well
        if word == "tomorrow":
            day_after = [self._word(-2), self._word(-1)] == ["day", "after"]
            self._once_on = today + timedelta(days=2 if day_after else 1)
            return self._take(1)
        if word in ("next", "this", "coming") and self._word(1) in time_words.DAYS:
            days = (time_words.DAYS[self._word(1)] - today.weekday() - 1) % 7 + 1
            self._once_on = today + timedelta(days=days)
            return self._take(2)
        return False

    def _tells(self) -> bool:
        """A time of day in any way of saying it."""
        told = self._told_in_words() or self._told_in_numbers()
        if told is None:
            return False
        clock, taken = told
        self._take(taken)
        while self._word() in ("o", "clock", "oclock", "ish", "sharp", "-") and self._word(1) != "":
            self._take(1)
        self._excluding = False
        if not (0 <= clock.hour < 24 and 0 <= clock.minute < 60) and (clock.hour, clock.minute) != (24, 0):
            self._faults.append(Fault.NO_SUCH_TIME)
        elif self._word() in ("am", "pm"):
            clock.half = "am" if self._word() == "am" else "pm"
            self._take(1)
            if clock.hour > 12 or (clock.hour == 0 and clock.half == "pm"):
                self._faults.append(Fault.NO_SUCH_TIME)
            clock.clear = False
        elif not clock.clear and clock.hour == 12 and self._word() in ("noon", "midnight"):
            clock.half = "pm" if self._word() == "noon" else "am"
            self._take(1)
        elif not clock.clear:
            clock.half = self._part_of_the_day()
        self._clocks.append(clock)
        return True

    def _told_in_words(self) -> tuple[_Clock, int] | None:
        """As in "noon", "half past seven", "quarter to nine", "20 past 7", and how many words that is."""
        word, number = self._word(), self._number()
        if word in ("noon", "midnight"):
            return _Clock(12 if word == "noon" else 0, 0, None, clear=True), 1
        minutes = {"half": 30, "quarter": 15}.get(word, number)
        if minutes is None:
            return None
        ahead = 1 + (self._word(1) in ("minutes", "min", "mins"))
        way = self._word(ahead)
        if word == "half" and way not in time_words.PAST:
            ahead, way = ahead - 1, "past"  # "half seven" is half past seven
        hour = self._number(ahead + 1)
        if hour is None or self._word(ahead + 2) in time_words.UNITS:
            return None
        if way in time_words.PAST:
            return _Clock(hour, minutes, None, clear=hour > 12), ahead + 2
        if way in time_words.TO and 0 < minutes < 60 and (minutes % 5 == 0 or ahead == 2) and 0 < hour <= 24:
            before = hour - 1 or (12 if hour == 1 else 0)
            return _Clock(before, 60 - minutes, None, clear=hour > 13), ahead + 2
        return None

    def _told_in_numbers(self) -> tuple[_Clock, int] | None:
        """As in "8", "8:30", "0830", "8 30", "seven fifteen", and how many words that is."""
        if self._at >= len(self._tokens):
            return None
        token = self._tokens[self._at]
        if token.number is None:
            return None
        if token.minute is not None:
            right = len(token.digits) > 3 and token.digits[-2].isdecimal()
            clear = token.digits[:2].startswith(("0", "٠")) or token.word == "h" or token.number > 12
            return _Clock(token.number if right else 99, token.minute, None, clear), 1
        if len(token.digits) in (3, 4):
            hour, minute = divmod(token.number, 100)
            return _Clock(hour, minute, None, clear=hour > 12 or (len(token.digits) == 4 and hour < 10)), 1
        return self._hour(token, token.number)

    def _hour(self, token: _Token, hour: int) -> tuple[_Clock, int] | None:
        following = self._word(1)
        if following == "h":
            return _Clock(hour, 0, None, clear=True), 2
        if following in time_words.UNITS or following in ("times", "time", "x", "st", "nd", "rd", "th"):
            return None
        minute = self._number(1)
        a_one = not token.digits and hour == 1 and minute is None and self._word(-1) not in time_words.AT
        if a_one and following not in ("am", "pm", "o", "oclock"):
            return None  # "the other one"
        if minute is not None and self._are_minutes(token, self._tokens[self._at + 1], minute):
            return _Clock(hour, minute, None, clear=hour > 12), 2
        clear = hour > 12 or hour == 0 or (len(token.digits) == 2 and hour < 10)
        return _Clock(hour, 0, None, clear), 1

    @staticmethod
    def _are_minutes(hour: _Token, minute: _Token, value: int) -> bool:
        """Whether two numbers are one time: "8 30" and "seven fifteen" are, "8 20" may be two times."""
        if bool(hour.digits) is not bool(minute.digits):
            return False
        if not minute.digits:
            return 10 <= value < 60
        return len(minute.digits) == 2 and (value in (0, 15) or 24 < value < 60)

    # --- parts of the day

    def _parts(self) -> bool:
        """As in "every evening": belongs to a time near it, and without one it has a usual time."""
        word = self._word()
        if word not in time_words.PARTS or self._excluding:
            return False
        if word in ("work", "bed") and self._word(-1) not in ("after", "before", "to"):
            return False
        if self._at not in self._claimed:
            self._part_is_over()
            self._part, self._half = word, time_words.PARTS[word][1]
        return self._take(1)

    def _part_is_over(self) -> None:
        if self._part is not None:
            self._guesses.append(time_words.PARTS[self._part][0])
            self._part = None

    def _part_of_the_day(self) -> Half | None:
        """The half of the day that a part of it gives to the time just read: the one before it, or after."""
        if self._part is not None:
            self._part = None
            return self._half
        ahead = 0
        while self._word(ahead) in time_words.BEFORE_A_PART:
            ahead += 1
        if self._word(ahead) in time_words.PARTS:
            self._claimed.add(self._at + ahead)
            return time_words.PARTS[self._word(ahead)][1]
        return self._half

    # --- all together

    def _result(self) -> TimeWish:
        if Fault.NO_SUCH_TIME in self._faults:
            return TimeWish(fault=Fault.NO_SUCH_TIME, words_left=self._words_left)
        if any(clock.clear and clock.hour > 12 for clock in self._clocks):
            for clock in self._clocks:  # who writes "8 and 20" writes the 24-hour clock
                clock.clear |= clock.half is None
        if not self._clocks and not self._guesses and self._times_a_day:
            self._guesses += [time(hour) for hour in time_words.TIMES_A_DAY.get(self._times_a_day, ())]
            self._faults += [Fault.TOO_MANY_TIMES] * (not self._guesses)
        if self._every_day or (self._excluded and not self._days):
            self._days |= EVERY_DAY
        wish = TimeWish(
            times=tuple(sorted({*map(_time, self._clocks), *self._guesses})),
            unclear=frozenset(_time(clock) for clock in self._clocks if not clock.clear and not clock.half),
            weekdays=frozenset(self._days - self._excluded) if self._days else EVERY_DAY,
            days_said=bool(self._days),
            guessed=bool(self._guesses),
            once_on=self._once_on,
            once_at=None if self._wait is None else self._now + self._wait,
            words_left=self._words_left,
        )
        return replace(wish, fault=self._fault(wish))

    def _fault(self, wish: TimeWish) -> Fault | None:
        if self._faults:
            return self._faults[0]
        if len(wish.times) > MOST_TIMES:
            return Fault.TOO_MANY_TIMES
        if not wish.weekdays or (self._weekly and not wish.days_said):
            return Fault.WHICH_DAYS
        if wish.once_on == self._now.date() and wish.times and not wish.unclear:
            return Fault.OVER if max(wish.times) <= self._now.time() else None
        if wish.times or wish.days_said or wish.once_on or wish.once_at:
            return None
        return Fault.NO_TIME


def _time(clock: _Clock) -> time:
    """A time as it was read; one that may be morning or evening as the morning."""
    hour = clock.hour % 24
    if not clock.clear and clock.hour <= 12:
        hour %= 12
        late = hour >= 5 if clock.half == "night" else clock.half == "pm"
        hour += 12 * late
    return time(hour % 24, clock.minute % 60)


def _in_half(clock: time, *, afternoon: bool) -> time:
    return clock.replace(hour=clock.hour + 12) if afternoon else clock
