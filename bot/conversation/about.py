"""What every button has in common: for whom it is, and the small values that fit into its data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from bot.guidance.offer import Person

MOST_COMPLAINTS = 4
"""How many complaints a button carries; a message rarely names more."""

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}\d{1,2}$")]
Numbers = Annotated[tuple[Annotated[int, Field(ge=1, le=99)], ...], Field(max_length=MOST_COMPLAINTS)]
"""Complaints by their numbers."""
Switch = Literal["on", "off"]


@dataclass(frozen=True)
class About:
    """Every action remembers for whom it is. Its other fields stand in the data in their order."""

    letter: ClassVar[str]
    person: Person = field(default_factory=Person, kw_only=True)
