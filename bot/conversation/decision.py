"""What the bot can decide to say. Each decision holds all that its words need."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.conversation.browsing_decisions import BrowsingDecision, Places, PointPage, Starred, WhatAches
from bot.conversation.group_reminder_decisions import GroupReminderDecision
from bot.conversation.hold_decisions import (
    AlreadyRunning,
    AskName,
    AskSigns,
    Cued,
    HoldCard,
    HoldDecision,
    NoPlan,
    OnHold,
    OwnAreas,
    OwnPoints,
    OwnRoutineShown,
    OwnStepShown,
    RoutineList,
    WhichPointToHold,
)
from bot.conversation.memory import Memory, Preferences, Profile
from bot.conversation.reminder_decisions import ReminderDecision
from bot.guidance.offer import Offer, Person
from bot.guidance.safety import Verdict
from bot.understanding.reading import Danger


@dataclass(frozen=True)
class Welcome:
    """Greet somebody with one question."""

    person: Person = field(default_factory=Person)


@dataclass(frozen=True)
class Help:
    """Show by example what can be asked."""

    person: Person = field(default_factory=Person)


@dataclass(frozen=True)
class Privacy:
    """Say what is kept."""


@dataclass(frozen=True)
class PrivacyInFull:
    """The whole privacy notice."""


@dataclass(frozen=True)
class AskConsent:
    """Ask whether something about the body may be stored, beginning with ``conditions``."""

    conditions: frozenset[str]


@dataclass(frozen=True)
class Remembered:
    """Confirm that ``conditions`` are now stored."""

    conditions: frozenset[str]
    person: Person = field(default_factory=Person)


@dataclass(frozen=True)
class AskStillSo:
    """Ask whether something that was kept, and ends one day, is still so."""

    rule: str


@dataclass(frozen=True)
class NotRemembered:
    """Confirm that nothing is stored."""

    person: Person = field(default_factory=Person)


@dataclass(frozen=True)
class Corrected:
    """Confirm that something understood wrongly no longer counts; ``person`` is what still does."""

    person: Person


@dataclass(frozen=True)
class Settings:
    """What is kept, and what can be set; ``news_set`` after a tap on whether there shall be news."""

    profile: Profile
    consented: bool
    preferences: Preferences = field(default_factory=Preferences)
    news_set: bool = False


@dataclass(frozen=True)
class Languages:
    """The languages to choose from, by code and own name, and the code of the one that was chosen."""

    names: tuple[tuple[str, str], ...]
    chosen: str | None


@dataclass(frozen=True)
class LanguageSet:
    """From now on it is this language: that of the app, or a chosen one, ``kept`` if that may be stored."""

    as_in_app: bool
    kept: bool
    person: Person = field(default_factory=Person)


@dataclass(frozen=True)
class HealthSettings:
    """The conditions that can be kept, and those that are."""

    kept: frozenset[str]


@dataclass(frozen=True)
class HabitSettings:
    """What can be kept about helping hands and positions, and what is."""

    profile: Profile


@dataclass(frozen=True)
class MyData:
    """Everything that is held, as a file."""

    memory: Memory


@dataclass(frozen=True)
class NothingHeld:
    """Say that there is nothing to send."""


@dataclass(frozen=True)
class NothingToDelete:
    """Say that there is nothing to delete."""


@dataclass(frozen=True)
class AskDelete:
    """Ask whether everything is to be deleted."""


@dataclass(frozen=True)
class Deleted:
    """Confirm that everything is gone."""


@dataclass(frozen=True)
class Checked:
    """Confirm that a danger sign no longer holds anything up; ``held`` says whether one did.

    ``forbidden`` is a rule under which there is no pressing all the same.
    """

    held: bool
    person: Person = field(default_factory=Person)
    forbidden: str | None = None


@dataclass(frozen=True)
class OnlyInPrivate:
    """A personal thing was asked for in a group."""

    link: str
    """What the link to the private chat carries."""


@dataclass(frozen=True)
class Stopped:
    """Confirm that nothing will come by itself."""


@dataclass(frozen=True)
class OneAtATime:
    """Ask somebody who sent many messages at once for one at a time."""


@dataclass(frozen=True)
class Thanked:
    """Answer thanks."""


@dataclass(frozen=True)
class DangerCard:
    """The danger card: the whole answer, with nothing beside it."""

    danger: Danger


@dataclass(frozen=True)
class NoPressing:
    """No point may be shown under this rule: under 18, fever, or unable to feel or judge.

    ``said_before`` marks that the message itself did not say so, but an earlier one or the profile.
    """

    rule: str
    said_before: bool = False


@dataclass(frozen=True)
class Answer:
    """A point for one or more complaints, or on its own when ``complaints`` is empty.

    ``offer`` holds the points for all that was named, those in ``also`` included.
    """

    code: str
    complaints: tuple[str, ...]
    person: Person
    offer: Offer
    verdict: Verdict = field(default_factory=Verdict)
    """What the rules say of the point for this person: nothing, or to take care."""
    also: tuple[str, ...] = ()
    """Complaints that were named and that this point is not for."""
    see_doctor_about: str | None = None
    """A red flag whose tier is ``doctor_soon``."""
    favourite: bool = False


@dataclass(frozen=True)
class NothingToOffer:
    """There is no point for the complaints, or none for this person; ``instead`` are points further away."""

    complaints: tuple[str, ...]
    person: Person
    offer: Offer
    instead: tuple[str, ...] = ()
    see_doctor_about: str | None = None


@dataclass(frozen=True)
class Withheld:
    """A point was asked for that this person must not press, or has to ask about first."""

    code: str
    complaints: tuple[str, ...]
    verdict: Verdict
    person: Person
    instead: tuple[str, ...]


@dataclass(frozen=True)
class Reach:
    """What to do when a point cannot be reached."""

    code: str
    complaints: tuple[str, ...]
    person: Person
    instead: tuple[str, ...]


@dataclass(frozen=True)
class WhichPoint:
    """An older number fits several points: ask which."""

    codes: tuple[str, ...]
    person: Person


@dataclass(frozen=True)
class WhichComplaint:
    """It is too close to call what is meant: ask which of these complaints."""

    complaints: tuple[str, ...]
    person: Person
    see_doctor_about: str | None = None


@dataclass(frozen=True)
class NotCovered:
    """A standard point without a page here."""

    codes: tuple[str, ...]
    person: Person


@dataclass(frozen=True)
class Areas:
    """The body regions to choose from."""

    person: Person = field(default_factory=Person)


@dataclass(frozen=True)
class Area:
    """The complaints of one body region."""

    area: str
    person: Person


@dataclass(frozen=True)
class PointList:
    """All points that this person may be shown."""

    codes: tuple[str, ...]
    person: Person


@dataclass(frozen=True)
class Evidence:
    """How much is known."""

    person: Person


@dataclass(frozen=True)
class Noted:
    """Something about the person was understood and nothing else: ask what hurts."""

    person: Person
    see_doctor_about: str | None = None


@dataclass(frozen=True)
class NotUnderstood:
    """An honest "I do not know that", with topics."""

    about: Literal["words", "foreign_words", "command", "no_words", "old_button"]
    command: str | None = None
    """The closest command there is, if one is close."""
    see_doctor_about: str | None = None
    person: Person = field(default_factory=Person)


Decision = (
    Welcome
    | Help
    | Privacy
    | PrivacyInFull
    | AskConsent
    | Remembered
    | AskStillSo
    | NotRemembered
    | Corrected
    | Settings
    | HealthSettings
    | Languages
    | LanguageSet
    | HabitSettings
    | MyData
    | NothingHeld
    | NothingToDelete
    | AskDelete
    | Deleted
    | Checked
    | OnlyInPrivate
    | Stopped
    | OneAtATime
    | Thanked
    | DangerCard
    | NoPressing
    | Answer
    | NothingToOffer
    | Withheld
    | Reach
    | WhichPoint
    | WhichComplaint
    | NotCovered
    | Areas
    | Area
    | PointList
    | Evidence
    | Noted
    | NotUnderstood
    | HoldDecision
    | ReminderDecision
    | GroupReminderDecision
    | BrowsingDecision
)

ABOUT_PRESSING = (
    Help,
    Evidence,
    Answer,
    NothingToOffer,
    Withheld,
    Reach,
    WhichPoint,
    WhichComplaint,
    NotCovered,
    Areas,
    Area,
    PointList,
    Noted,
    RoutineList,
    HoldCard,
    NoPlan,
    AskSigns,
    WhichPointToHold,
    AlreadyRunning,
    Cued,
    OnHold,
    OwnRoutineShown,
    OwnStepShown,
    OwnAreas,
    OwnPoints,
    AskName,
    WhatAches,
    Places,
    PointPage,
    Starred,
)
"""The decisions that lead somebody on to pressing."""
