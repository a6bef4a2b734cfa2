"""What a message means: the one thing that leaves this room."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Literal

from bot.library.facts import Tier

Side = Literal["left", "right", "both"]
Onset = Literal["new", "long-standing"]


class Kind(StrEnum):
    """What the answer has to be about."""

    COMPLAINT = "complaint"
    POINT = "point"
    CONTROL = "control"
    DANGER = "danger"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Danger:
    """The most urgent danger sign in a message, with the tier it has together with the others."""

    id: str
    tier: Tier

    @property
    def stops_everything(self) -> bool:
        """Whether the danger card is the whole answer."""
        return self.tier is not Tier.DOCTOR_SOON


@dataclass(frozen=True)
class Context:
    """What else a message says. ``None`` means that it does not say."""

    pregnant: bool | None = None
    side: Side | None = None
    position: str | None = None
    helper: bool | None = None
    onset: Onset | None = None
    control: str | None = None
    waited: timedelta | None = None
    """How long it has lasted, at least."""
    adult: bool = False
    """Whether the writer is 18 or older, or wrote of a child before."""


@dataclass(frozen=True)
class Reading:
    """A message, understood. Nothing of its wording is kept.

    ``complaints`` are slugs, best first; ``points`` WHO codes that were asked about; ``ask`` what to choose
    from when it is too close to call, codes beside a point and slugs beside a complaint; ``conditions`` the
    contraindication rules that the message itself meets; ``not_covered`` standard points that exist but are
    not in the content. The numbers, and the routine that is named, are read where something is to be timed,
    or where hardly anything but a score is said.
    """

    kind: Kind
    complaints: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    danger: Danger | None = None
    context: Context = field(default_factory=Context)
    conditions: frozenset[str] = frozenset()
    not_covered: tuple[str, ...] = ()
    foreign: bool = False
    """Whether it is rather written in a language that is not ours."""
    slips: bool = False
    """Whether some of its words were taken for misspelt ones of ours."""
    hold_seconds: int | None = None
    repeats: int | None = None
    minutes: int | None = None
    routine: str | None = None
    """The routine of the content that is named, by its id."""
    score: int | None = None
    """How bad it is, from 0 to 10."""
    language: str = "en"
    """The language in which it was read."""
