"""The shapes of the facts: points, complaints, safety rules, routines and where each fact comes from.

Every model is frozen and refuses unknown fields, so a misspelt field is a fault and not a silent loss.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, StringConstraints

_CODE = r"(LU|LI|ST|SP|HT|SI|BL|KI|PC|TE|GB|LR|GV|CV)[1-9]\d?"
PointCode = Annotated[str, StringConstraints(pattern=rf"^{_CODE}$")]
"""A WHO point code such as ``LI4``."""
PointCodeOrAll = Annotated[str, StringConstraints(pattern=rf"^(\*|{_CODE})$")]
"""A WHO point code, or ``*`` for every point."""
SourceId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]+$")]
Sources = Annotated[tuple[SourceId, ...], Field(min_length=1)]
RuleId = Annotated[str, StringConstraints(pattern=r"^CR\d\d$")]
RedFlagId = Annotated[str, StringConstraints(pattern=r"^RF\d\d$")]
TechniqueIdOrAll = Annotated[str, StringConstraints(pattern=r"^(\*|[a-z][a-z_]+)$")]
TechniqueId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]+$")]
RoutineId = Annotated[str, StringConstraints(pattern=r"^R\d\d$")]
StudyId = Annotated[str, StringConstraints(pattern=r"^E\d\d$")]
CorrectionId = Annotated[str, StringConstraints(pattern=r"^C\d\d$")]
OldCode = Annotated[str, StringConstraints(pattern=r"^B\d\d$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]+$")]


K = TypeVar("K")
V = TypeVar("V")
FrozenMap = Annotated[Mapping[K, V], AfterValidator(MappingProxyType)]


class Entry(BaseModel):
    """A piece of content."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Entry):
    """Where a fact comes from. ``read`` is false for general knowledge that no page was read for."""

    cite: str
    url: HttpUrl | None = None
    doi: str | None = None
    read: bool = True


class Channel(StrEnum):
    """The channel (meridian) a point lies on, by its English name."""

    LUNG = "lung"
    LARGE_INTESTINE = "large_intestine"
    STOMACH = "stomach"
    SMALL_INTESTINE = "small_intestine"
    BLADDER = "bladder"
    KIDNEY = "kidney"
    TRIPLE_ENERGIZER = "triple_energizer"
    GALLBLADDER = "gallbladder"
    LIVER = "liver"
    GOVERNOR_VESSEL = "governor_vessel"
    CONCEPTION_VESSEL = "conception_vessel"


class Region(StrEnum):
    """The part of the body a point lies on; one picture view each."""

    ABDOMEN = "abdomen"
    ANKLE_LATERAL = "ankle_lateral"
    ANKLE_MEDIAL = "ankle_medial"
    BACK_TORSO = "back_torso"
    BUTTOCK = "buttock"
    CHEST = "chest"
    FOOT_DORSUM = "foot_dorsum"
    FOREARM = "forearm"
    HAND_DORSUM = "hand_dorsum"
    HAND_ULNAR = "hand_ulnar"
    HEAD_TOP = "head_top"
    KNEE_POSTERIOR = "knee_posterior"
    LOWER_LEG_LATERAL = "lower_leg_lateral"
    NAPE = "nape"
    SHOULDER_TOP = "shoulder_top"
    SOLE = "sole"


class Effect(StrEnum):
    """What a caution or a rule does to a point, strictest first."""

    WITHHOLD = "withhold"
    ASK_FIRST = "ask_first"
    WARN = "warn"


class Caution(Entry):
    """When a point is not for someone. Its words stand with the words of the point, under the same id."""

    id: Slug
    effect: Effect
    rules: tuple[RuleId, ...] = ()
    red_flags: tuple[RedFlagId, ...] = ()
    sources: Sources


class Reach(Entry):
    """Who can reach a point and how."""

    by: Literal["self", "helper", "either"]
    ease: Literal["easy", "awkward", "helper_only"]
    positions: Annotated[
        tuple[Literal["sitting", "standing", "lying_back", "lying_front", "lying_side", "any"], ...],
        Field(min_length=1),
    ]
    alternatives: tuple[
        Literal["fists", "ball_on_wall", "ball_lying", "lying", "opposite_hand", "helper"], ...
    ] = ()
    far_points: tuple[PointCode, ...] = ()
    """Points that are easier to reach and used for the same complaints."""


class Press(Entry):
    """How long and how hard, once through. Seconds are whole; ``per_day_max`` counts sessions."""

    pressure: Literal["light", "gentle", "moderate", "firm"]
    order: Literal["midline", "together", "each"]
    """A midline point has no sides; paired points are pressed together or one side after the other."""
    hold_seconds: Annotated[int, Field(ge=3, le=120)]
    release_seconds: Annotated[int, Field(ge=0, le=60)]
    repeats: Annotated[int, Field(ge=1, le=10)]
    per_day_max: Annotated[int, Field(ge=1, le=5)]


class PointSources(Entry):
    """Where the location and the way of pressing come from."""

    location: Sources
    press: Sources


class Point(Entry):
    """A standard point: the facts that hold in every language."""

    code: PointCode
    pinyin: str
    characters: str
    characters_simplified: str
    channel: Channel
    region: Region
    sides: Literal["midline", "bilateral"]
    cun: str
    """Location in the standard's own measure, for the picture and for checking the words."""
    old_code: OldCode | None = None
    """The number the point carried before the WHO standard, where it differs."""
    misprints: tuple[str, ...] = ()
    """Codes under which widely read pages describe this point, though the standard gives them elsewhere."""
    lookalike_of: PointCode | None = None
    in_answers: bool = True
    """False for points that are explained when asked for but never suggested."""
    reach: Reach
    press: Press
    cautions: Annotated[tuple[Caution, ...], Field(min_length=1)]
    sources: PointSources


class SuggestedPoint(Entry):
    """A point for a complaint. Order in the list is the order of suggestion."""

    code: PointCode
    sources: Sources


class Complaint(Entry):
    """Something people write about. ``number`` is what buttons carry, so that no button names a complaint."""

    number: Annotated[int, Field(ge=1, le=99)]
    area: Literal["back", "neck_shoulders", "hips_legs", "head", "belly_chest", "whole_body"]
    points: tuple[SuggestedPoint, ...]
    routines: tuple[RoutineId, ...] = ()
    evidence: tuple[str, ...] = ()
    implies: tuple[RuleId, ...] = ()
    """Contraindication rules that apply to everybody who has this complaint."""
    related: tuple[Slug, ...] = ()
    """Complaints to offer when there is no point for this one."""


class Tier(StrEnum):
    """How soon a person should be seen, most urgent first."""

    EMERGENCY_NOW = "emergency_now"
    SAME_DAY = "same_day"
    DOCTOR_SOON = "doctor_soon"


class RedFlag(Entry):
    """A danger sign. ``nerve`` marks new weakness or numbness: any same-day sign with it is an emergency."""

    tier: Tier
    nerve: bool = False
    recent_only: bool = False
    """Whether the sign means nothing when it is told of as long ago."""
    implies: tuple[RuleId, ...] = ()
    """Contraindication rules that apply to everybody with this sign."""
    emergency_with: tuple[RedFlagId, ...] = ()
    """Signs that make this one an emergency when both are written."""
    sources: Sources


class Memorable(StrEnum):
    """How long a condition that somebody told of counts: for good, for some hours, or for one message."""

    LASTING = "lasting"
    TODAY = "today"
    NO = "no"


class Rule(Entry):
    """A contraindication rule: what someone with a condition is not shown."""

    memorable: Memorable = Memorable.LASTING
    asked_again_after_days: Annotated[int, Field(ge=1)] | None = None
    """When to ask whether it is still so; it counts until the person says no."""

    withhold: tuple[PointCodeOrAll, ...] = ()
    ask_first: tuple[PointCode, ...] = ()
    warn: tuple[PointCode, ...] = ()
    allow: tuple[PointCode, ...] = ()
    site_only: bool = False
    """The rule withholds the points near one place on the body, which the person names."""
    withhold_techniques: tuple[TechniqueIdOrAll, ...] = ()
    sources: Sources


class Technique(Entry):
    """A way of pressing or rubbing: kept, kept within limits, or refused."""

    verdict: Literal["kept", "limited", "refused", "information"]
    seconds: Annotated[int, Field(ge=0, le=1200)] | None = None
    by: Literal["self", "helper", "either"] = "self"
    sources: Sources


class Step(Entry):
    """One step of a routine: a point, a technique, or a point pressed with a technique."""

    point: PointCode | None = None
    technique: TechniqueId | None = None
    order: Literal["midline", "together", "each"]
    hold_seconds: Annotated[int, Field(ge=3, le=120)]
    release_seconds: Annotated[int, Field(ge=0, le=60)]
    repeats: Annotated[int, Field(ge=1, le=10)] = 1
    light: bool = False
    sources: Sources


class Routine(Entry):
    """A sequence of steps for a complaint. ``gates`` are the rules that stop it as a whole or in part."""

    complaints: Annotated[tuple[Slug, ...], Field(min_length=1)]
    by: Literal["self", "helper"]
    position: Literal["sitting", "lying_back", "lying_front", "lying_side_then_sitting", "any"]
    gates: tuple[RuleId, ...]
    red_flags_first: bool = True
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    total_seconds: Annotated[int, Field(ge=30, le=1200)]


class Timing(Entry):
    """What every routine's clock adds to its holds."""

    get_ready_seconds: int
    change_side_seconds: int
    breathe_in_seconds: int
    breathe_out_seconds: int
    sources: Sources


class Study(Entry):
    """A study or guideline, with what it found and how far that goes."""

    cite: str
    design: str
    result: str
    limits: str
    sources: Sources


class Correction(Entry):
    """Where published advice disagrees or errs, and what this project does instead."""

    topic: str
    severity: Literal["high", "medium", "low"]
    finding: str
    resolution: str
    points: tuple[PointCode, ...] = ()
    techniques: tuple[TechniqueId, ...] = ()
    sources: Sources


class FingerMeasure(Entry):
    """A width of the person's own hand, in cun."""

    cun: float
    sources: Sources


class SpineLandmark(Entry):
    """Something to feel on one's own back, and the spinal level it stands for."""

    level: str
    sources: Sources


class Measures(Entry):
    """The clock of a routine, and the measures a person finds on the own body."""

    timing: Timing
    fingers: FrozenMap[Slug, FingerMeasure]
    spine: FrozenMap[Slug, SpineLandmark]


class OldNumber(Entry):
    """What an old Bladder number means today, and what the same number means in the WHO standard."""

    code: PointCode
    area: Literal["upper_back", "mid_back", "lower_back", "buttock", "thigh", "knee"]
    sources: Sources
