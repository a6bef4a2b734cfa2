"""What is kept of one chat between two events: values only. The room of storage knows where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

from bot.guidance.offer import Person
from bot.guidance.own_routines import OwnRoutine
from bot.library import Library
from bot.library.facts import Memorable, Tier
from bot.reminders.reminder import Pause, QuietHours, Reminder
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
    """What a person agreed to have stored about their body: ``conditions`` are contraindication rules.

    ``ask_again`` says of those that end one day when to ask whether they are still so.
    """

    conditions: frozenset[str] = frozenset()
    helper: bool | None = None
    obstacles: frozenset[Obstacle] = frozenset()
    ask_again: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Hold:
    """A danger sign that was written about: routines and reminders wait until somebody was checked."""

    red_flag: str
    tier: Tier
    since: datetime


@dataclass(frozen=True)
class Round:
    """A routine that runs, or ran and waits for a word on how it was.

    ``by`` is the person who started it, the only one who may touch it, and ``language`` theirs; without one
    it is English. ``message_id`` is the message that shows it, once Telegram has given it a number.
    ``before`` and ``after`` are scores from 0 to 10. ``thread_id`` is the topic of a group in which it runs.
    """

    running: Running
    by: int
    message_id: int | None = None
    complaints: tuple[str, ...] = ()
    before: int | None = None
    language: str | None = None
    thread_id: int | None = None


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
class Preferences:
    """What holds for all reminders of a person. ``zone`` is an IANA name, ``plain_text`` says more.

    ``last_id`` is the highest id that a reminder had, so that no old button meets a new reminder.
    ``done_on`` are the local dates on which something was done, ``pauses`` those on which nothing came.
    ``language`` is the one that was chosen; without a choice that of the app counts, and what comes by itself
    is in ``app_language``, that of the app when it was last heard of, or in English. ``favourites`` are
    points, by their codes. ``news`` says that what is new about the bot may be sent.
    """

    zone: str | None = None
    quiet: QuietHours | None = None
    plain_text: bool = False
    last_id: int = 0
    done_on: tuple[date, ...] = ()
    pauses: tuple[Pause, ...] = ()
    language: str | None = None
    app_language: str | None = None
    favourites: tuple[str, ...] = ()
    news: bool = False


QuestionKind = Literal[
    "new_name",
    "rename",
    "draft",
    "remind_what",
    "remind_when",
    "remind_half",
    "remind_zone",
    "remind_new_time",
    "remind_pause",
    "remind_quiet",
    "remind_group",
]


@dataclass(frozen=True)
class Question:
    """Something that was asked and that the next message answers.

    ``about`` is the name of a routine, or what is known of a reminder. A ``draft`` waits for no words: it is
    a routine that has a name and no step yet.
    """

    kind: QuestionKind
    about: str
    asked_at: datetime


@dataclass(frozen=True)
class Memory:
    """Everything known of a chat.

    Without ``consent_at`` no more than ``round`` may be stored; for a group it says since when an admin
    wants reminders to come to it. ``settled`` are danger signs that were asked
    about before a routine and denied, and when. ``own`` are routines that the person put together.

    ``said``, ``resting``, ``question``, ``deleted`` and ``place_key`` are never stored. ``said`` are the
    conditions of the messages of the last hours, so that the second message does not forget the first.
    ``resting`` are points that did not feel right, each until when no routine has it. ``question`` is what
    the next message answers, ``deleted`` the reminder that was deleted last. ``place_key`` says that a key
    lies over the chat with which to send a place.
    """

    consent_at: datetime | None = None
    profile: Profile = field(default_factory=Profile)
    held: Hold | None = None
    settled: Mapping[str, datetime] = field(default_factory=dict)
    own: tuple[OwnRoutine, ...] = ()
    done: tuple[Done, ...] = ()
    preferences: Preferences = field(default_factory=Preferences)
    reminders: tuple[Reminder, ...] = ()
    round: Round | None = None
    said: frozenset[str] = frozenset()
    said_at: datetime | None = None
    resting: Mapping[str, datetime] = field(default_factory=dict)
    question: Question | None = None
    deleted: Reminder | None = None
    place_key: bool = False

    @property
    def conditions(self) -> frozenset[str]:
        """The rules that apply to this person, from whatever source."""
        return self.profile.conditions | self.said

    @property
    def of_a_group(self) -> Memory:
        """What may be known where several people write: nothing about any of them.

        That is what runs there, the reminders that its admins want, and what one of them was asked for these.
        """
        question = self.question if self.question and self.question.kind == "remind_group" else None
        if not self.reminders:
            return Memory(round=self.round, question=question)
        mine = self.preferences
        preferences = Preferences(zone=mine.zone, last_id=mine.last_id, app_language=mine.app_language)
        return Memory(
            consent_at=self.consent_at,
            preferences=preferences,
            reminders=self.reminders,
            round=self.round,
            question=question,
        )

    @property
    def only_agreed(self) -> bool:
        """Whether nothing was stored yet but consent, and what was told before it."""
        told = Memory(consent_at=self.consent_at, held=self.held, round=self.round)
        return self == told.passing(self)

    @property
    def unstored(self) -> Memory:
        """What no database keeps: without consent all but a running round, else what is said in passing."""
        over = self.round if self.round and self.round.running.over else None
        if self.consent_at is None:
            return replace(self, round=over)
        return replace(Memory().passing(self), round=over)

    def with_unstored(self, unstored: Memory) -> Memory:
        """What was stored, together with what was not."""
        if self.consent_at is None:
            return replace(unstored, round=self.round or unstored.round)
        return replace(self.passing(unstored), round=self.round or unstored.round)

    def passing(self, other: Memory) -> Memory:
        """This memory with what ``other`` holds in passing."""
        return replace(
            self,
            said=other.said,
            said_at=other.said_at,
            resting=other.resting,
            question=other.question,
            deleted=other.deleted,
            place_key=other.place_key,
        )

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

    def hearing(self, conditions: frozenset[str], now: datetime) -> Memory:
        """The memory while a message is answered that says that these rules apply."""
        if conditions <= self.conditions:
            return self
        return replace(self, said=self.said | conditions, said_at=now)

    def without_finished_round(self) -> Memory:
        """The memory without a routine that is over and only waits for a word on how it was."""
        return replace(self, round=None) if self.round and self.round.running.over else self

    def after_the_message(self, library: Library) -> Memory:
        """The memory without what counts for its own message only."""
        remembered = {rule for rule in self.said if library.rules[rule].memorable is not Memorable.NO}
        return replace(self, said=frozenset(remembered), said_at=self.said_at if remembered else None)

    def unheard(self, conditions: frozenset[str], library: Library) -> frozenset[str]:
        """The lasting conditions among these that are not in the profile."""
        lasting = {rule for rule in conditions if library.rules[rule].memorable is Memorable.LASTING}
        return frozenset(lasting) - self.profile.conditions
