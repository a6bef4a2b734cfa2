"""What a button does, and how that fits into the 64 bytes a button may carry.

A button holds numbers and codes only: nobody who sees its data learns from words what someone suffers from.
The first field is the version; data of another version is an old button and is answered with a fresh menu.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.guidance.offer import Person

VERSION = "1"
MOST_BYTES = 64
AREAS = ("back", "neck_shoulders", "hips_legs", "head", "belly_chest", "whole_body")
MOST_COMPLAINTS = 4
"""How many complaints a button carries; a message rarely names more."""

_DATA = re.compile(VERSION + r":(\w):([A-Z]{2}\d{1,2}|\d?):([\d.]{0,20}):([0-9a-f]{1,16})")
_CLEARED_BIT = 1


class StaleButton(ValueError):
    """The data is of an older version, damaged, or not ours."""


@dataclass(frozen=True)
class _About:
    """Every action remembers for whom it is."""

    person: Person = field(default_factory=Person, kw_only=True)


@dataclass(frozen=True)
class ShowPoint(_About):
    """Show a point, within the complaints it was offered for (by number; none when it was asked for)."""

    code: str
    complaints: tuple[int, ...] = ()


@dataclass(frozen=True)
class OutOfReach(_About):
    """Say what to do when a point cannot be reached."""

    code: str
    complaints: tuple[int, ...] = ()


@dataclass(frozen=True)
class ShowComplaints(_About):
    """Show the best point for complaints."""

    complaints: tuple[int, ...]


@dataclass(frozen=True)
class ShowArea(_About):
    """Show the complaints of a body region."""

    area: str


@dataclass(frozen=True)
class ShowAreas(_About):
    """Show the body regions."""


@dataclass(frozen=True)
class ShowPoints(_About):
    """Show the list of all points."""


@dataclass(frozen=True)
class ShowEvidence(_About):
    """Say how much is known."""


Action = ShowPoint | OutOfReach | ShowComplaints | ShowArea | ShowAreas | ShowPoints | ShowEvidence


def encode(action: Action) -> str:
    """The data of a button, at most ``MOST_BYTES`` bytes of ASCII."""
    letter, subject, complaints = _fields(action)
    numbers = ".".join(str(number) for number in complaints[:MOST_COMPLAINTS])
    return f"{VERSION}:{letter}:{subject}:{numbers}:{_person_as_hex(action.person)}"


def decode(data: str) -> Action:
    """The action behind a button. Raises ``StaleButton`` when there is none."""
    match = _DATA.fullmatch(data)
    if not match:
        raise StaleButton
    letter, subject = match[1], match[2]
    complaints = tuple(int(number) for number in match[3].split(".") if number)
    person = _person_from_hex(match[4])
    if letter == "p" and len(subject) > 2:
        return ShowPoint(subject, complaints, person=person)
    if letter == "r" and len(subject) > 2:
        return OutOfReach(subject, complaints, person=person)
    if letter == "c" and complaints:
        return ShowComplaints(complaints, person=person)
    if letter == "a" and subject.isdigit() and int(subject) < len(AREAS):
        return ShowArea(AREAS[int(subject)], person=person)
    if letter == "m":
        return ShowAreas(person=person)
    if letter == "l":
        return ShowPoints(person=person)
    if letter == "e":
        return ShowEvidence(person=person)
    raise StaleButton


def _fields(action: Action) -> tuple[str, str, tuple[int, ...]]:
    match action:
        case ShowPoint():
            return "p", action.code, action.complaints
        case OutOfReach():
            return "r", action.code, action.complaints
        case ShowComplaints():
            return "c", "", action.complaints
        case ShowArea():
            return "a", str(AREAS.index(action.area)), ()
        case ShowAreas():
            return "m", "", ()
        case ShowPoints():
            return "l", "", ()
        case ShowEvidence():
            return "e", "", ()


def _person_as_hex(person: Person) -> str:
    """The lowest bit says that a doctor agreed; bit n stands for rule CRn."""
    bits = _CLEARED_BIT if person.cleared else 0
    for rule in person.conditions:
        bits |= 1 << int(rule.removeprefix("CR"))
    return f"{bits:x}"


def _person_from_hex(text: str) -> Person:
    bits = int(text, 16)
    rules = frozenset(f"CR{number:02}" for number in range(1, bits.bit_length()) if bits >> number & 1)
    return Person(rules, cleared=bool(bits & _CLEARED_BIT))
