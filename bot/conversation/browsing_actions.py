"""Buttons of those who look around: parts of the body, page after page, favourites, the point of the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import StringConstraints

from bot.conversation.about import About, Code, Numbers, Switch

Shelf = Literal[
    "back", "neck_shoulders", "hips_legs", "head", "belly_chest", "arms_hands", "favourites", "day", "answer"
]
"""Where a page was opened: a part of the body, one's favourites, the point of the day, or an answer."""
Verdict = Literal["good", "bad"]
CodeOrFirst = Annotated[str, StringConstraints(pattern=r"^(?:[A-Z]{2}\d{1,2})?$")]


@dataclass(frozen=True)
class ShowPlaces(About):
    """Show the parts of the body to look through."""

    letter = "f"


@dataclass(frozen=True)
class Browse(About):
    """Show the page of a point among others; the first one where it names none."""

    letter = "j"
    shelf: Shelf
    code: CodeOrFirst = ""


@dataclass(frozen=True)
class Star(About):
    """Keep a point as a favourite or no longer; ``agreed`` is consent. Then its page is shown again."""

    letter = "o"
    code: Code
    on: Switch
    shelf: Shelf = "answer"
    complaints: Numbers = ()
    agreed: Switch = "off"


@dataclass(frozen=True)
class Rate(About):
    """Say whether this is of use. Counted, and nothing else."""

    letter = "q"
    verdict: Verdict


Browsing = ShowPlaces | Browse | Star
"""Leads to pressing; ``person`` is the one who is to press."""
