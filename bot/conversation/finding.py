"""What to offer in a chat that the bot is not in.

Others read there what is picked, so nothing that is known of a person is said. It only takes points away:
what is left out is left out without a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.actions import ShowShared, StaleButton, decode
from bot.conversation.decision import DangerCard, NoPressing
from bot.conversation.events import Elsewhere, Mentioned, Searched
from bot.conversation.memory import Memory
from bot.guidance.offer import Person, easier_points, may_show, offer
from bot.guidance.safety import forbids_everything
from bot.library import Library
from bot.library.facts import Effect
from bot.understanding.beginnings import Begun
from bot.understanding.reading import Kind, Reading

MOST_SHOWN = 20
"""Points that are shown at once; Telegram asks for more when somebody scrolls to the end."""

ASK_FOR_ANY = frozenset({"points", "help", "greeting"})


@dataclass(frozen=True)
class Found:
    """Points to choose from, best first, for what somebody wrote about.

    ``care`` are the rules by which they have to take care with a point, as far as the search itself said so.
    ``more_from`` is how many points come before those that are left to show, if any are.
    """

    codes: tuple[str, ...]
    complaints: tuple[str, ...] = ()
    care: tuple[tuple[str, tuple[str, ...]], ...] = ()
    see_doctor_about: str | None = None
    more_from: int | None = None


@dataclass(frozen=True)
class FoundNothing:
    """There is no point to offer, perhaps for a reason that is not said here.

    ``told`` are the rules that leave none, as far as the words at hand said so.
    """

    complaints: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    see_doctor_about: str | None = None


Finding = Found | FoundNothing | NoPressing | DangerCard


def find(event: Elsewhere, reading: Reading, begun: Begun, memory: Memory, library: Library) -> Finding:
    """What to offer for the words of ``event``: danger first, and nothing that a rule forbids.

    ``begun`` is what they may become where they mean nothing yet. ``memory`` is what is known of who wrote
    them, and nobody who reads the answer can tell.
    """
    if reading.danger and reading.danger.stops_everything:
        return DangerCard(reading.danger)
    person = memory.person(reading.conditions)
    if told := forbids_everything(reading.conditions, library):
        return NoPressing(told)
    complaints, points = _asked(reading, begun, library)
    person = person.with_complaints(complaints, library)
    told_of = Person(reading.conditions).with_complaints(complaints, library)
    soon = reading.danger.id if reading.danger else None
    if forbids_everything(person.conditions, library):
        return FoundNothing(see_doctor_about=soon)
    codes = [code for code in points if code in library.points]
    if complaints:
        suitable = _for_complaints(complaints, person, library)
        codes = [*codes, *suitable] if reading.kind is Kind.POINT else [*suitable, *codes]
    elif not codes and _wants_any(event, reading):
        codes = [*offer(tuple(library.complaints), person, library).shown, *library.points]
    allowed = [code for code in dict.fromkeys(codes) if _may_offer(code, person, library)]
    if not allowed:
        return FoundNothing(complaints, _in_the_way(codes, complaints, told_of, library), soon)
    return _page(event, allowed, told_of, complaints, soon, library)


def _for_complaints(complaints: Sequence[str], person: Person, library: Library) -> Sequence[str]:
    """The points for the complaints; where a rule leaves none, those further away."""
    suitable = offer(complaints, person, library)
    far = (easier_points(code, complaints, person, library) for code, _ in suitable.withheld)
    return suitable.shown or [code for codes in far for code in codes]


def _in_the_way(
    codes: Sequence[str], complaints: Sequence[str], told_of: Person, library: Library
) -> tuple[str, ...]:
    """The rules by which ``told_of`` may be offered none of the points."""
    suitable = offer(complaints, told_of, library)
    asked_for = (*codes, *suitable.shown, *suitable.ask_first, *(code for code, _ in suitable.withheld))
    if any(_may_offer(code, told_of, library) for code in asked_for):
        return ()
    return tuple(sorted({rule for code in asked_for for rule in may_show(code, told_of, library).rules}))


def _page(
    event: Elsewhere,
    codes: Sequence[str],
    told_of: Person,
    complaints: tuple[str, ...],
    soon: str | None,
    library: Library,
) -> Found:
    """The points that are not shown yet, as many as are shown at once."""
    start = event.shown if isinstance(event, Searched) else 0
    end = start + MOST_SHOWN
    shown = tuple(codes[start:end])
    verdicts = {code: may_show(code, told_of, library) for code in shown}
    care = tuple((code, verdict.rules) for code, verdict in verdicts.items() if verdict.effect is Effect.WARN)
    return Found(shown, complaints, care, soon if not start else None, end if end < len(codes) else None)


def _asked(reading: Reading, begun: Begun, library: Library) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The complaints and the points that are meant, or may be.

    Of several complaints that somebody may be about to write, none says anything about them yet.
    """
    match reading.kind:
        case Kind.COMPLAINT:
            return reading.ask or reading.complaints, ()
        case Kind.POINT:
            return reading.complaints, reading.points or reading.ask
        case Kind.UNKNOWN if not reading.conditions:
            plain = tuple(slug for slug in begun.complaints if not library.complaints[slug].implies)
            return plain or begun.complaints[:1], begun.points
        case _:
            return (), ()


def _wants_any(event: Elsewhere, reading: Reading) -> bool:
    """Whether the points that serve most are an answer: to a search for nothing in particular."""
    if isinstance(event, Mentioned):
        return False
    if reading.kind is Kind.CONTROL:
        return reading.context.control in ASK_FOR_ANY
    return reading.kind is Kind.UNKNOWN and (not event.text.strip() or bool(reading.conditions))


def _may_offer(code: str, person: Person, library: Library) -> bool:
    """Not what has to be asked about first: nobody asks here whether it was."""
    return may_show(code, person, library).effect in (None, Effect.WARN)


def about_tap(data: str, library: Library) -> ShowShared | None:
    """What a button below a message that was sent from another chat asks for, whoever tapped it.

    ``None`` for any other button: nothing that is about somebody is done where it is not known who reads.
    """
    try:
        action = decode(data)
    except StaleButton:
        return None
    return action if isinstance(action, ShowShared) and action.code in library.points else None
