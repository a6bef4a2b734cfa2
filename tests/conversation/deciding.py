"""Short ways to say what somebody wrote or tapped, and to get the decision about it."""

from __future__ import annotations

from bot.conversation.actions import Action, encode
from bot.conversation.decision import Decision
from bot.conversation.events import Commanded, Said, Tapped
from bot.library import Library
from bot.library.facts import Tier
from bot.understanding.reader import Reader
from bot.understanding.reading import Danger, Kind, Reading
from tests.answering import decided
from tests.guidance.walk import NO_WORDS

PREGNANT = frozenset({"CR01"})
EMERGENCY, TODAY, SOON = Tier.EMERGENCY_NOW, Tier.SAME_DAY, Tier.DOCTOR_SOON


def about(
    *complaints: str, conditions: frozenset[str] = frozenset(), danger: Danger | None = None
) -> Reading:
    return Reading(Kind.COMPLAINT, complaints=complaints, conditions=conditions, danger=danger)


def asking(*points: str, conditions: frozenset[str] = frozenset(), danger: Danger | None = None) -> Reading:
    return Reading(Kind.POINT, points=points, conditions=conditions, danger=danger)


def sign(library: Library, tier: Tier) -> Danger:
    return Danger(next(flag for flag, entry in library.red_flags.items() if entry.tier is tier), tier)


def said(reading: Reading, library: Library) -> Decision:
    return decided(Said("whatever was written"), reading, library)


def tapped(action: Action, library: Library) -> Decision:
    return decided(Tapped(encode(action)), NO_WORDS, library)


def heard(text: str, reader: Reader, library: Library) -> Decision:
    """What is decided about a message in a person's own words."""
    return decided(Said(text), reader.read(text), library)


def suggested(slug: str, library: Library) -> list[str]:
    return [point.code for point in library.complaints[slug].points]


def commanded(name: str, library: Library, argument: str = "", reading: Reading = NO_WORDS) -> Decision:
    return decided(Commanded(name, argument), reading, library)
