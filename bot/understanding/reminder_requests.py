"""What a message about reminders asks for, apart from its times and dates."""

from __future__ import annotations

import re
from datetime import datetime, time
from enum import StrEnum

from bot.understanding.text import fold
from bot.understanding.times import TimeWish, read_time

_SOME_WORDS = r"(?:[\w']+ ){0,3}"
_REMINDERS = r"(?:reminders?|reminding|notifications?|notifying)"
_MOST_LETTERS = 200
"""A longer message is a story, and no order."""


class Request(StrEnum):
    """What somebody wants of their reminders."""

    NOT_TODAY = "not_today"
    STOP = "stop"
    RESUME = "resume"
    PAUSE = "pause"
    MOVED = "moved"
    """They are in another zone, or want to be."""
    LIST = "list"
    ADD = "add"


_NOT_TODAY = re.compile(
    rf"\b(?:not|skip|nothing|no more|no|stop) (?:(?:{_REMINDERS}|remind me) )?(?:for )?(?:just )?today\b"
)
_STOP = re.compile(
    rf"\b(?:stop|no more|no|turn off|switch off|cancel|end|quit|disable|mute|dont|do not|don't) {_SOME_WORDS}"
    rf"(?:{_REMINDERS}|remind|(?<=stop )messages|messaging)\b|\bunsubscribe\b|\b{_REMINDERS} off\b"
)
_RESUME = re.compile(
    rf"\b(?:resume|restart|unpause|continue|turn on|switch on|enable|start) {_SOME_WORDS}{_REMINDERS}\b"
    r"(?! (?:at|every))"
    rf"|\b{_REMINDERS} (?:on|again)$"
)
_PAUSE = re.compile(
    rf"\bpause {_SOME_WORDS}(?:{_REMINDERS}|all|everything)\b|\b{_REMINDERS} .*\b(?:pause|paused)\b"
    r"|\bon (?:holiday|vacation|leave) (?:un)?til+\b|\bpause (?:un)?til+\b"
    r"|\bpause for [\w ]*(?:days?|weeks?|months?)\b"
)
_MOVED = re.compile(
    r"\b(?:moved|moving|relocated|flew|flown) (?:here )?to\b|\btime ?zone\b"
    r"|\bi(?:'?m| am|'?ve arrived| live| am living)(?: now)? in [\w ]+ now\b"
    r"|\bi(?:'?m| am)? now (?:live )?in\b"
    r"|^(?:it'?s|it is|its) [\w: .]+ here\b"
)
_LIST = re.compile(
    r"^(?:please )?(?:list|show|see|which|what|edit|change|delete|remove|manage|my|the|all) "
    rf"{_SOME_WORDS}"
    rf"{_REMINDERS}\b|^{_REMINDERS}$"
)
_ORDERS = (
    (_NOT_TODAY, Request.NOT_TODAY),
    (_STOP, Request.STOP),
    (_PAUSE, Request.PAUSE),
    (_RESUME, Request.RESUME),
    (_MOVED, Request.MOVED),
    (_LIST, Request.LIST),
)
_MORNING = re.compile(r"\b(?:mornings?|am|a\.m|early|first)\b")
_EVENING = re.compile(r"\b(?:evenings?|pm|p\.m|afternoons?|nights?|late|second)\b")
_BETWEEN = re.compile(r"\b(?:to|until|till|til|and|(?<=\w )at(?= \d))\b|[-–]")


def request_in(text: str) -> Request | None:
    """What a text asks for; ``None`` where nothing of it is about reminders."""
    folded = fold(text).strip(" .!?")
    if len(folded) > _MOST_LETTERS:
        return None
    found = next((request for pattern, request in _ORDERS if pattern.search(folded)), None)
    return found or (Request.ADD if re.search(r"\b(?:remind|reminder)\b", folded) else None)


def comes_again(wish: TimeWish) -> bool:
    """Whether a text that says nothing else can only mean a reminder: "every evening", "in 2 hours"."""
    if wish.fault or wish.words_left:
        return False
    return bool(wish.once_at or (wish.times and wish.days_said))


def half_in(text: str) -> bool | None:
    """Whether a text says the evening (``True``) or the morning; ``None`` if neither, or both."""
    folded = fold(text)
    morning, evening = bool(_MORNING.search(folded)), bool(_EVENING.search(folded))
    return None if morning is evening else evening


def quiet_hours_in(text: str, now: datetime) -> tuple[time, time] | None:
    """The quiet hours in a text such as "from 22 to 7"; a bare hour begins in the evening."""
    parts = _BETWEEN.split(fold(text).replace("between", ""), maxsplit=1)
    if len(parts) != 2:
        return None
    start, end = (read_time(part, now) for part in parts)
    if start.fault or end.fault or len(start.times) != 1 or len(end.times) != 1:
        return None
    hours = start.in_the(afternoon=True).times[0], end.in_the(afternoon=False).times[0]
    return hours if hours[0] != hours[1] else None
