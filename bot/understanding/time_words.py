"""The English words of times, days and waits: what the grammar of times is made of.

They are what ``sayings.toml`` of another language puts its own words into.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import Literal

EVERY_DAY = frozenset(range(7))
"""All days of the week; Monday is 0, as in ``date.weekday``."""
WEEKDAYS = frozenset(range(5))
WEEKEND = EVERY_DAY - WEEKDAYS

Half = Literal["am", "pm", "night"]

NUMBER_WORDS = """
    zero one two three four five six seven eight nine ten
    eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
"""
NUMBERS = {word: number for number, word in enumerate(NUMBER_WORDS.split())}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50}
DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
DAYS = SHORT_DAYS | {"sat": 5, "sun": 6}
DAYS |= {name + ending: i for i, name in enumerate(DAY_NAMES) for ending in ("", "s")}
GROUPS = {
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays"), WEEKDAYS),
    **dict.fromkeys(("weekend", "weekends"), WEEKEND),
    **dict.fromkeys(("daily", "everyday", "nightly"), EVERY_DAY),
}
PARTS: dict[str, tuple[time, Half]] = {
    "morning": (time(8), "am"),
    "breakfast": (time(8), "am"),
    "wake": (time(7), "am"),
    "lunch": (time(12, 30), "pm"),
    "lunchtime": (time(12, 30), "pm"),
    "afternoon": (time(15), "pm"),
    "work": (time(18), "pm"),
    "dinner": (time(19), "pm"),
    "evening": (time(20), "pm"),
    "tonight": (time(20), "night"),
    "night": (time(22), "night"),
    "bed": (time(22), "night"),
    "bedtime": (time(22), "night"),
}
PARTS |= {f"{part}s": PARTS[part] for part in ("morning", "afternoon", "evening", "night")}
TIMES_A_DAY = {1: (8,), 2: (8, 20), 3: (8, 14, 20), 4: (8, 12, 16, 20), 5: (8, 11, 14, 17, 20)}
UNITS = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("day", "days"), timedelta(days=1)),
    **dict.fromkeys(("week", "weeks"), timedelta(weeks=1)),
}
LONGER_WORDS = "fortnight fortnightly month months monthly year years yearly biweekly"
LONGER = frozenset(LONGER_WORDS.split())
EXCEPT = frozenset({"except", "not", "without", "excluding"})
EVERY = frozenset({"every", "each"})
OTHER = frozenset({"other", "second", "third", "fourth", "alternate"})
TO, PAST = frozenset({"to", "till", "til", "before", "of"}), frozenset({"past", "after"})
THROUGH = frozenset({"-", "to", "through", "thru", "until", "till", "til"})
BEFORE_A_PART = frozenset({"in", "the", "at", "of", "this", "on", "every", "each", "tomorrow", "time"})
AT = frozenset({"at", "about", "around", "by"})
SMALL_WORDS = """
    a about after again am an and around at be before between but by can clock could day days do each every
    for from get go good hello here hi i id in is ish it its just last like lets local make maybe me my now o
    oclock of ok okay on once only or per please remind reminder reminders s send set sharp so than thank
    thanks that the then there time times to up us want week will with would yes you - ,
"""
SMALL = frozenset(SMALL_WORDS.split())
"""Words that a wish may hold without saying more than the time."""
SPELT = {
    **dict.fromkeys(("tmrw", "tmr", "tomorow", "tommorow", "tommorrow"), "tomorrow"),
    **dict.fromkeys(("wensday", "wendsday"), "wednesday"),
    "evry": "every",
    "midday": "noon",
}
LONG_WORDS = sorted(
    word
    for word in {*DAYS, *GROUPS, *PARTS, *NUMBERS, "tomorrow", "midnight", "quarter", "minutes"}
    if len(word) > 5
)
