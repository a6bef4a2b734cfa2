"""Buttons about timed holds: what to hold, the routine that runs, how it was, and one's own routines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from bot.conversation.about import About, Code, Numbers

Verb = Literal["card", "start", "replace", "denied"]
"""Show the card, start, start instead of what runs, or deny the danger signs that were asked about."""
Asked = Literal["no", "denied", "severe"]
"""Whether danger signs were asked about and denied; with very strong pain more of them are."""
Minutes = Literal[2, 5, 10]
WishedSide = Literal["any", "left", "right", "both"]
Position = Literal["any", "desk", "sitting", "standing", "lying"]
Helper = Literal["unknown", "yes", "no"]
Score = Annotated[int, Field(ge=0, le=10)]
TOLD = 1
"""A score from before is carried with one added to it, because 0 stands for none."""

_Count = Annotated[int, Field(ge=0, le=99)]
_Mark = Annotated[int, Field(ge=0, le=2**32)]
"""A number that tells one name or one state of a routine from others, without a word of it."""


@dataclass(frozen=True)
class _Wish(About):
    """Something to be held, and how far its start has come. ``before`` is a score with ``TOLD`` added."""

    verb: Verb = field(default="card", kw_only=True)
    before: Annotated[int, Field(ge=0, le=10 + TOLD)] = field(default=0, kw_only=True)
    asked: Asked = field(default="no", kw_only=True)


@dataclass(frozen=True)
class HoldRoutine(_Wish):
    """A routine of the content, by the number in its id."""

    letter = "A"
    number: Annotated[int, Field(ge=1, le=99)]


@dataclass(frozen=True)
class HoldPlan(_Wish):
    """A plan made for complaints."""

    letter = "B"
    complaints: Annotated[Numbers, Field(min_length=1)]
    minutes: Annotated[int, Field(ge=2, le=10)] = 5
    helper: Helper = "unknown"
    position: Position = "any"
    side: WishedSide = "any"


@dataclass(frozen=True)
class HoldPoint(_Wish):
    """One point; 0 seconds or repeats mean what its page says."""

    letter = "C"
    code: Code
    complaints: Numbers = ()
    seconds: Annotated[int, Field(ge=0, le=3600)] = 0
    repeats: _Count = 0
    side: WishedSide = "any"


@dataclass(frozen=True)
class HoldOwn(_Wish):
    """A routine of one's own, by the mark of its name."""

    letter = "D"
    own: _Mark


Wish = HoldRoutine | HoldPlan | HoldPoint | HoldOwn


@dataclass(frozen=True)
class ShowRoutines(About):
    """Show all routines."""

    letter = "E"


@dataclass(frozen=True)
class HasSign(About):
    """One of the danger signs that were asked about is there, by the number in its id."""

    letter = "F"
    number: Annotated[int, Field(ge=1, le=99)]


Steering = Literal[
    "pause",
    "resume",
    "skip",
    "back",
    "slower",
    "faster",
    "found",
    "not_found",
    "stop",
    "hurts",
    "more",
    "show",
]


@dataclass(frozen=True)
class Steer(About):
    """Something to do with the routine that runs, as it was when it had this serial."""

    letter = "G"
    verb: Steering
    serial: Annotated[int, Field(ge=0)]


@dataclass(frozen=True)
class Feel(About):
    """How it is after a routine: a score, odd feelings, or nothing to say. ``serial`` is that of its end."""

    letter = "H"
    verb: Literal["score", "odd", "skip"]
    serial: Annotated[int, Field(ge=0)]
    score: Score = 0


OwnVerb = Literal[
    "new", "show", "areas", "area", "step", "up", "down", "remove", "rename", "ask_delete", "delete"
]


@dataclass(frozen=True)
class Own(About):
    """Something to do with a routine of one's own.

    ``own`` is the mark of its name, ``index`` a step or a region, and ``state`` the mark of the routine as it
    was, so that a double tap changes it once.
    """

    letter = "I"
    verb: OwnVerb
    own: _Mark = 0
    index: _Count = 0
    state: _Mark = 0


@dataclass(frozen=True)
class AddToOwn(About):
    """Add a point to a routine of one's own."""

    letter = "J"
    own: _Mark
    state: _Mark
    code: Code


Choosing = HoldRoutine | HoldPlan | HoldPoint | HoldOwn | ShowRoutines | Own | AddToOwn
"""What leads to pressing; ``person`` is the one who is to press."""
Running = Steer | Feel | HasSign
"""What is about a routine that was started, or about a danger sign."""
Holding = Choosing | Running
