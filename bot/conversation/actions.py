"""What a button does, and how that fits into the 64 bytes a button may carry.

A button holds numbers and codes only: nobody who sees its data learns from words what someone suffers from.
The first field is the version; data of another version is an old button and is answered with a fresh menu.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from bot.conversation.about import About, Code, Numbers, Switch
from bot.conversation.browsing_actions import Browsing, Rate
from bot.conversation.hold_actions import Holding
from bot.conversation.reminder_actions import Reminding
from bot.guidance.offer import Person

VERSION = "2"
MOST_BYTES = 64
Area = Literal["back", "neck_shoulders", "hips_legs", "head", "belly_chest", "whole_body"]
AREAS: tuple[Area, ...] = get_args(Area)

_CLEARED_BIT = 1
_NUMBER = re.compile(r"\d{1,10}", re.ASCII)
_PERSON = re.compile(r"[0-9a-f]{1,16}")


class StaleButton(ValueError):
    """The data is of an older version, damaged, or not ours."""


Habit = Literal["helper", "alone", "lying_down", "reaching_back"]
Rule = Annotated[str, StringConstraints(pattern=r"^CR\d\d$")]


@dataclass(frozen=True)
class ShowPoint(About):
    """Show a point, within the complaints it was offered for (by number; none when it was asked for)."""

    letter = "p"
    code: Code
    complaints: Numbers = ()


@dataclass(frozen=True)
class OutOfReach(About):
    """Say what to do when a point cannot be reached."""

    letter = "r"
    code: Code
    complaints: Numbers = ()


@dataclass(frozen=True)
class ShowComplaints(About):
    """Show the best point for complaints."""

    letter = "c"
    complaints: Annotated[Numbers, Field(min_length=1)]


@dataclass(frozen=True)
class ShowArea(About):
    """Show the complaints of a body region."""

    letter = "a"
    area: Area


@dataclass(frozen=True)
class ShowAreas(About):
    """Show the body regions."""

    letter = "m"


@dataclass(frozen=True)
class ShowPoints(About):
    """Show the list of all points."""

    letter = "l"


@dataclass(frozen=True)
class ShowEvidence(About):
    """Say how much is known."""

    letter = "e"


@dataclass(frozen=True)
class Remember(About):
    """Keep the conditions of ``person``; without consent it is asked for first."""

    letter = "k"


@dataclass(frozen=True)
class Agree(About):
    """Consent to storing, beginning with the conditions of ``person``."""

    letter = "y"


@dataclass(frozen=True)
class Decline(About):
    """Refuse that anything is stored."""

    letter = "n"


@dataclass(frozen=True)
class NotSo(About):
    """The conditions of ``person`` were understood wrongly or no longer hold."""

    letter = "w"


@dataclass(frozen=True)
class ShowSettings(About):
    """Show what is kept and what can be set."""

    letter = "s"


@dataclass(frozen=True)
class ShowHealth(About):
    """Show the conditions that can be kept."""

    letter = "h"


@dataclass(frozen=True)
class SetCondition(About):
    """Keep a condition, or forget it."""

    letter = "t"
    rule: Rule
    on: Switch


@dataclass(frozen=True)
class ShowHabits(About):
    """Show what can be kept about helping hands and positions."""

    letter = "b"


@dataclass(frozen=True)
class SetHabit(About):
    """Keep or forget one thing about helping hands and positions."""

    letter = "u"
    habit: Habit
    on: Switch


@dataclass(frozen=True)
class ShowData(About):
    """Send everything that is held."""

    letter = "d"


@dataclass(frozen=True)
class AskDelete(About):
    """Ask whether everything is to be deleted."""

    letter = "x"


@dataclass(frozen=True)
class Delete(About):
    """Delete everything."""

    letter = "z"


@dataclass(frozen=True)
class ShowPrivacy(About):
    """Show the privacy notice in full."""

    letter = "i"


@dataclass(frozen=True)
class Checked(About):
    """Somebody with medical training has looked at the danger sign."""

    letter = "v"


@dataclass(frozen=True)
class ShowShared(About):
    """Show how a point is pressed, or when it is not, under its picture in a chat that the bot is not in.

    It is the same for everybody, so ``person`` is nobody.
    """

    letter = "W"
    code: Code
    part: Literal["how", "when_not"]


@dataclass(frozen=True)
class ShowLanguages(About):
    """Show the languages to choose from."""

    letter = "g"


@dataclass(frozen=True)
class SetLanguage(About):
    """Answer in a language from now on, or as the person's app is set (``AS_IN_APP``)."""

    letter = "L"
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$")]


@dataclass(frozen=True)
class SetNews(About):
    """Have what is new about the bot sent, or not."""

    letter = "M"
    on: Switch


AS_IN_APP = "app"


Talking = ShowPoint | OutOfReach | ShowComplaints | ShowArea | ShowAreas | ShowPoints | ShowEvidence
"""Actions that can lead to pressing; ``person`` is the one who is to press."""
Keeping = (
    Remember
    | Agree
    | Decline
    | NotSo
    | ShowSettings
    | ShowHealth
    | SetCondition
    | ShowHabits
    | SetHabit
    | ShowData
    | AskDelete
    | Delete
    | ShowPrivacy
    | Checked
    | ShowLanguages
    | SetLanguage
    | SetNews
)
"""Actions about what is kept; ``person`` is what is to be kept or forgotten."""
Action = Talking | Keeping | Holding | Reminding | Browsing | Rate | ShowShared


def encode(action: Action) -> str:
    """The data of a button, at most ``MOST_BYTES`` bytes of ASCII."""
    told = [each.as_text(getattr(action, each.name)) for each in _FIELDS[type(action)]]
    return ":".join([VERSION, action.letter, *told, _person_as_hex(action.person)])


def decode(data: str) -> Action:
    """The action behind a button. Raises ``StaleButton`` when there is none."""
    version, letter, *told = [*data.split(":", maxsplit=_MOST_FIELDS), ""]
    kind = _BY_LETTER.get(letter)
    if version != VERSION or kind is None or len(told) < len(_FIELDS[kind]) + 1:
        raise StaleButton
    person, *rest = told[len(_FIELDS[kind]) :]
    if any(rest) or not _PERSON.fullmatch(person):
        raise StaleButton
    try:
        values = {each.name: each.as_value(text) for each, text in zip(_FIELDS[kind], told, strict=False)}
        action: Action = _ADAPTERS[kind].validate_python({**values, "person": _person_from_hex(person)})
    except (ValidationError, LookupError, ValueError):
        raise StaleButton from None
    return action


@dataclass(frozen=True)
class _Field:
    """A field of an action as it stands in the data; one of ``choices`` is told by its number."""

    name: str
    most: int
    """How many values it holds at most; 0 for a single one."""
    choices: tuple[str, ...]

    def as_text(self, value: Any) -> str:
        if self.choices:
            return str(self.choices.index(value))
        return ".".join(str(each) for each in value[: self.most]) if self.most else str(value)

    def as_value(self, text: str) -> object:
        if self.choices:
            return self.choices[self._number(text)]
        if not self.most:
            return text
        return tuple(self._number(each) for each in text.split(".") if text)

    @staticmethod
    def _number(text: str) -> int:
        if not _NUMBER.fullmatch(text):
            raise ValueError("not a number")
        return int(text)


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


_KINDS: tuple[type[Action], ...] = get_args(Action)
_BY_LETTER = {kind.letter: kind for kind in _KINDS}
_ADAPTERS: dict[type[Action], TypeAdapter[Any]] = {kind: TypeAdapter(kind) for kind in _KINDS}


def _fields_of(kind: type[Action]) -> tuple[_Field, ...]:
    """The fields of an action that stand in its data."""
    hints, told = get_type_hints(kind), get_type_hints(kind, include_extras=True)
    names = [each.name for each in fields(kind) if each.name != "person"]
    return tuple(
        _Field(
            name,
            most=_most(told[name]) if get_origin(hints[name]) is tuple else 0,
            choices=get_args(hints[name]) if get_origin(hints[name]) is Literal else (),
        )
        for name in names
    )


def _most(hint: Any) -> int:
    """How many values a field takes."""
    limits = (limit for each in hint.__metadata__ for limit in each.metadata)
    return min(int(limit.max_length) for limit in limits if hasattr(limit, "max_length"))


_FIELDS = {kind: _fields_of(kind) for kind in _KINDS}
_MOST_FIELDS = 12
