"""What the bot can decide to say about timed holds. Each decision holds all that its words need."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from bot.conversation.hold_actions import Own, Wish
from bot.conversation.memory import Question
from bot.guidance.offer import Person
from bot.guidance.own_routines import NotDone, OwnRoutine
from bot.guidance.plans import Before, Planned
from bot.routines.cues import Cue, Times
from bot.routines.happenings import Summary, Why
from bot.routines.running import Running

Trouble = Literal["hurts", "numb", "dizzy"]


@dataclass(frozen=True)
class RoutineList:
    """All routines to choose from, one's own first."""

    person: Person
    own: tuple[OwnRoutine, ...] = ()
    nothing_runs: bool = False
    """Whether it answers a word about a routine while none runs."""


@dataclass(frozen=True)
class HoldCard:
    """What a routine or hold would be, with Start."""

    wish: Wish
    planned: Planned
    before: Before = field(default_factory=Before)
    own: OwnRoutine | None = None
    resting: tuple[str, ...] = ()
    """Points left out because they did not feel right today."""
    see_doctor_about: str | None = None


@dataclass(frozen=True)
class NoPlan:
    """Nothing can be timed, and why; ``instead`` are points, ``other`` is something that can be started."""

    wish: Wish
    planned: Planned
    instead: tuple[str, ...] = ()
    other: Wish | None = None
    resting: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskSigns:
    """Ask about danger signs before the card is shown."""

    wish: Wish
    signs: tuple[str, ...]


@dataclass(frozen=True)
class WaitsForCheck:
    """No routine until somebody was checked because of this danger sign."""

    red_flag: str


@dataclass(frozen=True)
class WhichPointToHold:
    """A hold without a point was asked for."""

    codes: tuple[str, ...]
    person: Person
    seconds: int = 0
    repeats: int = 0


@dataclass(frozen=True)
class AlreadyRunning:
    """Something runs: ask whether to start ``wish`` instead, or to go on."""

    wish: Wish
    running: Running


@dataclass(frozen=True)
class Cued:
    """A cue runs. ``change`` says what made it so, where it is not simply the next."""

    running: Running
    times: Times
    now: datetime
    ended: Cue | None = None
    sounds: bool = False
    change: Literal["found", "not_found", "resumed", "slower", "faster", "goes_on"] | None = None
    more: bool = False
    """Whether the buttons that are rarely needed are shown."""


@dataclass(frozen=True)
class OnHold:
    """The routine is paused. ``interrupted`` says that a signal came too late."""

    running: Running
    interrupted: bool = False
    sounds: bool = False
    not_found: bool = False


@dataclass(frozen=True)
class Ended:
    """The routine is over: a summary, and how it is now."""

    summary: Summary
    running: Running
    before: int | None = None
    ended: Cue | None = None
    sounds: bool = False
    late: bool = False


@dataclass(frozen=True)
class EndedForSafety:
    """The routine was ended because of something that was told; ``rules`` no longer allow a step of it."""

    rules: tuple[str, ...]
    person: Person = field(default_factory=Person)


@dataclass(frozen=True)
class OldCue:
    """An older message about a running routine: it no longer counts down."""

    message_id: int
    over: bool


@dataclass(frozen=True)
class NothingChanged:
    """A tap or a word that makes no sense now. A tap is told so over the chat."""

    why: Why | Literal["old", "not_yours"]
    tapped: bool


@dataclass(frozen=True)
class TroubleAdvice:
    """Something felt wrong: stop, and what to do. ``rests`` are points left out for today."""

    trouble: Trouble | Literal["worse", "odd"]
    rests: tuple[str, ...] = ()
    was_running: bool = False
    person: Person = field(default_factory=Person)


@dataclass(frozen=True)
class ScoreNoted:
    """Thanks for a score, or for none."""

    before: int | None
    after: int | None
    kept: bool
    may_ask: bool
    """Whether to offer to keep scores."""
    person: Person = field(default_factory=Person)
    routine: str = ""
    """The routine of the content that it was, of which a reminder can be made."""


@dataclass(frozen=True)
class Scored:
    """A routine or point by its id, with the means of its scores and how often it was scored."""

    what: str
    before: float
    after: float
    times: int

    @property
    def drop(self) -> float:
        """By how much the scores fell."""
        return self.before - self.after


@dataclass(frozen=True)
class Week:
    """What was pressed in the week that begins on a local date."""

    monday: date
    minutes: int


@dataclass(frozen=True)
class Progress:
    """What was done so far. ``scores`` are (before, after), oldest first.

    ``scored`` is what was used most of all that is for the person now, ``helps`` that after which scores fell
    most. ``weeks`` go up to this one, oldest first; none is left out between the first and the last.
    """

    kept: bool
    times: int = 0
    minutes_this_week: int = 0
    days_in_a_row: int = 0
    scores: tuple[tuple[int, int], ...] = ()
    scored: tuple[Scored, ...] = ()
    helps: tuple[Scored, ...] = ()
    weeks: tuple[Week, ...] = ()
    person: Person = field(default_factory=Person)


@dataclass(frozen=True)
class OwnRoutineShown:
    """A routine of one's own with what can be done to it. ``draft`` has no step yet and is not kept."""

    routine: OwnRoutine
    person: Person
    draft: bool = False
    refused: NotDone | None = None


@dataclass(frozen=True)
class OwnStepShown:
    """One step of a routine of one's own."""

    routine: OwnRoutine
    index: int
    person: Person


@dataclass(frozen=True)
class OwnAreas:
    """The body regions from which to add a point."""

    routine: OwnRoutine
    person: Person


@dataclass(frozen=True)
class OwnPoints:
    """The points of a region that can be added."""

    routine: OwnRoutine
    codes: tuple[str, ...]
    person: Person


@dataclass(frozen=True)
class AskName:
    """Ask for the name of a routine."""

    question: Question
    refused: NotDone | None = None
    person: Person = field(default_factory=Person)


@dataclass(frozen=True)
class AskDeleteOwn:
    """Ask whether a routine of one's own is to be deleted."""

    routine: OwnRoutine
    delete: Own


HoldDecision = (
    RoutineList
    | HoldCard
    | NoPlan
    | AskSigns
    | WaitsForCheck
    | WhichPointToHold
    | AlreadyRunning
    | Cued
    | OnHold
    | Ended
    | EndedForSafety
    | OldCue
    | NothingChanged
    | TroubleAdvice
    | ScoreNoted
    | Progress
    | OwnRoutineShown
    | OwnStepShown
    | OwnAreas
    | OwnPoints
    | AskName
    | AskDeleteOwn
)
