"""From an event and its reading to a decision."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from bot.conversation import actions
from bot.conversation import decision as say
from bot.conversation.events import Commanded, Event, Said, Sent, Tapped
from bot.guidance.offer import Person, easier_points, may_show, offer, serves
from bot.guidance.safety import forbids_everything
from bot.library import Library
from bot.library.facts import Effect
from bot.understanding.reading import Kind, Reading

COMMANDS = ("start", "help", "points", "privacy", "stop")
"""The commands of the menu, in its order."""
COMMANDS_BY_OTHER_NAMES = {"cancel": "stop", "menu": "help", "topics": "points"}
POINT_LINK, COMPLAINT_LINK = "p_", "c_"


def decide(event: Event, reading: Reading, library: Library) -> say.Decision:
    """What to do about ``event``. ``reading`` is that of its words, empty for an event without any."""
    if reading.danger and reading.danger.stops_everything:
        return say.DangerCard(reading.danger)
    match event:
        case Said():
            return _about_words(reading, library)
        case Commanded():
            return _about_command(event, reading, library)
        case Tapped():
            try:
                return _about_tap(actions.decode(event.data), library)
            except actions.StaleButton:
                return say.NotUnderstood("old_button")
        case Sent():
            return say.NotUnderstood("no_words")


def _about_words(reading: Reading, library: Library) -> say.Decision:
    person = Person(reading.conditions)
    if forbidden := forbids_everything(person.conditions, library):
        return say.NoPressing(forbidden)
    soon = reading.danger.id if reading.danger else None
    match reading.kind:
        case Kind.UNKNOWN | Kind.CONTROL if reading.foreign and not person.conditions:
            return say.NotUnderstood("foreign_words")
        case Kind.CONTROL:
            return _about_control(reading, person, library)
        case Kind.POINT:
            return _about_points(reading, person, library, soon)
        case Kind.COMPLAINT:
            return _about_complaints(reading.complaints, person, library, soon)
        case _ if person.conditions:
            return say.Noted(person, soon)
        case _:
            return say.NotUnderstood("words", see_doctor_about=soon)


def _about_control(reading: Reading, person: Person, library: Library) -> say.Decision:
    match reading.context.control:
        case "stop":
            return say.Stopped()
        case "timer":
            return say.NotYet("timer", person)
        case "remind":
            return say.NotYet("remind", person)
        case "evidence":
            return say.Evidence(person)
        case "points":
            return _point_list(person, library)
        case "privacy":
            return say.Privacy()
        case "thanks":
            return say.Thanked()
        case "greeting":
            return say.Welcome(person)
        case _:
            return say.Help(person)


def _about_points(reading: Reading, person: Person, library: Library, soon: str | None) -> say.Decision:
    if reading.points:
        return _point(reading.points[0], reading.complaints, person, library, soon)
    if reading.ask:
        return say.WhichPoint(reading.ask, person)
    return say.NotCovered(reading.not_covered, person)


def _about_complaints(
    complaints: Sequence[str], person: Person, library: Library, soon: str | None = None
) -> say.Decision:
    """The best point; for several complaints one that serves as many of them as it can."""
    person = person.with_complaints(complaints, library)
    suitable = offer(complaints, person, library)
    if not suitable.shown:
        far = (easier_points(code, complaints, person, library) for code, _ in suitable.withheld)
        instead = tuple(dict.fromkeys(code for codes in far for code in codes))
        return say.NothingToOffer(tuple(complaints), person, suitable, instead, soon)
    return _point(suitable.shown[0], complaints, person, library, soon)


def _point(
    code: str, complaints: Sequence[str], person: Person, library: Library, soon: str | None = None
) -> say.Decision:
    person = person.with_complaints(complaints, library)
    verdict = may_show(code, person, library)
    if verdict.effect in (Effect.WITHHOLD, Effect.ASK_FIRST):
        instead = easier_points(code, complaints, person, library)
        return say.Withheld(code, tuple(complaints), verdict, person, instead)
    served = tuple(slug for slug in complaints if serves(code, slug, library))
    also = tuple(slug for slug in complaints if slug not in served)
    return say.Answer(code, served, person, offer(complaints, person, library), verdict, also, soon)


def _point_list(person: Person, library: Library) -> say.Decision:
    codes = tuple(
        code for code in library.points if may_show(code, person, library).effect is not Effect.WITHHOLD
    )
    return say.PointList(codes, person)


def _about_command(event: Commanded, reading: Reading, library: Library) -> say.Decision:
    person = Person(reading.conditions)
    if forbidden := forbids_everything(person.conditions, library):
        return say.NoPressing(forbidden)
    match COMMANDS_BY_OTHER_NAMES.get(event.name, event.name):
        case "start":
            return _about_link(event.argument, reading, person, library)
        case "help":
            return say.Help(person)
        case "points":
            return say.Areas(person)
        case "privacy":
            return say.Privacy()
        case "stop" if reading.kind is Kind.UNKNOWN:
            return say.Stopped()
        case _ if reading.kind is not Kind.UNKNOWN:
            return _about_words(reading, library)
        case name:
            return say.NotUnderstood("command", next(iter(get_close_matches(name, COMMANDS, n=1)), None))


def _about_link(argument: str, reading: Reading, person: Person, library: Library) -> say.Decision:
    """``/start`` with the payload of a deep link, or with words somebody added to it."""
    payload = argument.partition(" ")[0]
    code = payload.removeprefix(POINT_LINK).upper()
    if code in library.points:
        return _point(code, (), person, library)
    slug = payload.removeprefix(COMPLAINT_LINK).lower()
    if slug in library.complaints:
        return _about_complaints((slug,), person, library)
    return say.Welcome(person) if reading.kind is Kind.UNKNOWN else _about_words(reading, library)


def _about_tap(action: actions.Action, library: Library) -> say.Decision:
    _expect(action.person.conditions <= library.rules.keys())
    if forbidden := forbids_everything(action.person.conditions, library):
        return say.NoPressing(forbidden)
    match action:
        case actions.ShowPoint() | actions.OutOfReach():
            if action.code not in library.points:
                _expect(action.code in {entry.code for entry in library.old_numbers.values()})
                return say.NotCovered((action.code,), action.person)
            complaints = _slugs(action.complaints, library)
            answer = _point(action.code, complaints, action.person, library)
            if isinstance(action, actions.ShowPoint) or isinstance(answer, say.Withheld):
                return answer
            instead = easier_points(action.code, complaints, action.person, library)
            return say.Reach(action.code, complaints, action.person, instead)
        case actions.ShowComplaints():
            return _about_complaints(_slugs(action.complaints, library), action.person, library)
        case actions.ShowArea():
            return say.Area(action.area, action.person)
        case actions.ShowAreas():
            return say.Areas(action.person)
        case actions.ShowPoints():
            return _point_list(action.person, library)
        case actions.ShowEvidence():
            return say.Evidence(action.person)


def _slugs(numbers: Sequence[int], library: Library) -> tuple[str, ...]:
    by_number = {complaint.number: slug for slug, complaint in library.complaints.items()}
    _expect(all(number in by_number for number in numbers))
    return tuple(dict.fromkeys(by_number[number] for number in numbers))


def _expect(known: bool) -> None:
    """Raises ``StaleButton`` for a button whose point or complaint has gone from the content."""
    if not known:
        raise actions.StaleButton
