"""What is kept of one chat between two events: values only. The room of storage knows where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.guidance.offer import Person
from bot.guidance.own_routines import OwnRoutine
from bot.library import Library
from bot.library.facts import Memorable, Tier
from bot.routines.running import Running

SAID_FOR = timedelta(hours=12)
"""How long something said in passing counts, when it may not be stored or soon changes."""
QUESTION_FOR = timedelta(minutes=10)
MOST_DONE = 500
"""Of how many routines that are over is kept how they went: the newest."""

Obstacle = Literal["lying_down", "reaching_back"]
"""What a person cannot do, as far as it matters for pressing."""


@dataclass(frozen=True)
class Profile:
    """What a person agreed to have stored about their body: ``conditions`` are contraindication rules."""

    conditions: frozenset[str] = frozenset()
    helper: bool | None = None
    obstacles: frozenset[Obstacle] = frozenset()


@dataclass(frozen=True)
class Hold:
    """A danger sign that was written about: routines and reminders wait until somebody was checked."""

    red_flag: str
    tier: Tier
    since: datetime


@dataclass(frozen=True)
class Round:
    """A routine that runs, or ran and waits for a word on how it was.

    ``by`` is the person who started it, the only one who may touch it. ``message_id`` is the message that
    shows it, once Telegram has given it a number. ``before`` and ``after`` are scores from 0 to 10.
    """

    running: Running
    by: int
    message_id: int | None = None
    complaints: tuple[str, ...] = ()
    before: int | None = None


@dataclass(frozen=True)
class Done:
    """A routine that is over: what ``/progress`` tells of. Scores go from 0 to 10."""

    ended_at: datetime
    name: str
    points: tuple[str, ...]
    pressed_seconds: int
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Question:
    """Something that was asked and that the next message answers, about the routine of that name.

    A ``draft`` waits for no words: it is a routine that has a name and no step yet.
    """

    kind: Literal["new_name", "rename", "draft"]
    about: str
    asked_at: datetime


@dataclass(frozen=True)
class Memory:
    """Everything known of a chat.

    Without ``consent_at`` nothing of ``profile``, ``held``, ``settled``, ``own`` and ``done`` may be stored.
    ``settled`` are danger signs that were asked about before a routine and denied, and when. ``own`` are
    routines that the person put together.

    ``said``, ``resting`` and ``question`` are never stored. ``said`` are the conditions of the messages of
    the last hours, so that the second message does not forget the first. ``resting`` are points that did not
    feel right, each until when no routine has it. ``question`` is what the next message answers.
    """

    consent_at: datetime | None = None
    profile: Profile = field(default_factory=Profile)
    held: Hold | None = None
    settled: Mapping[str, datetime] = field(default_factory=dict)
    own: tuple[OwnRoutine, ...] = ()
    done: tuple[Done, ...] = ()
    round: Round | None = None
    said: frozenset[str] = frozenset()
    said_at: datetime | None = None
    resting: Mapping[str, datetime] = field(default_factory=dict)
    question: Question | None = None

    @property
    def conditions(self) -> frozenset[str]:
        """The rules that apply to this person, from whatever source."""
        return self.profile.conditions | self.said

    def person(self, conditions: frozenset[str] = frozenset()) -> Person:
        """The one who is to press, with what the message at hand says as well."""
        return Person(self.conditions | conditions)

    def at(self, now: datetime) -> Memory:
        """The same memory without what was said, asked or felt too long ago."""
        memory = self
        if self.said_at and now - self.said_at >= SAID_FOR:
            memory = replace(memory, said=frozenset(), said_at=None)
        if self.question and now - self.question.asked_at >= QUESTION_FOR:
            memory = replace(memory, question=None)
        if any(until <= now for until in self.resting.values()):
            resting = {point: until for point, until in self.resting.items() if until > now}
            memory = replace(memory, resting=resting)
        return memory

    def hearing(self, conditions: frozenset[str], library: Library, now: datetime) -> Memory:
        """The memory after a message that says that these rules apply."""
        heard = {rule for rule in conditions if library.rules[rule].memorable is not Memorable.NO}
        if heard <= self.conditions:
            return self
        return replace(self, said=self.said | heard, said_at=now)

    def unheard(self, conditions: frozenset[str], library: Library) -> frozenset[str]:
        """The lasting conditions among these that are not in the profile."""
        lasting = {rule for rule in conditions if library.rules[rule].memorable is Memorable.LASTING}
        return frozenset(lasting) - self.profile.conditions
