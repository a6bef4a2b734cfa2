"""What to say about complaints and points, given the person who is to press."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from bot.conversation import actions
from bot.conversation import decision as say
from bot.conversation.browsing_decisions import AskFeedback, WhatAches
from bot.guidance.offer import Person, easier_points, may_show, offer, serves
from bot.library import Library
from bot.library.facts import Effect
from bot.understanding.reading import Kind, Reading

POINT_LINK, COMPLAINT_LINK = "p_", "c_"


def about_words(reading: Reading, person: Person, library: Library) -> say.Decision:
    """What to say to a message of ``person``, whose conditions include those of the message."""
    soon = reading.danger.id if reading.danger else None
    match reading.kind:
        case Kind.UNKNOWN | Kind.CONTROL if reading.foreign and not reading.conditions:
            return say.NotUnderstood("foreign_words", person=person)
        case Kind.CONTROL:
            return _about_control(reading, person, library)
        case Kind.POINT:
            return _about_points(reading, person, library, soon)
        case Kind.COMPLAINT if reading.ask:
            return say.WhichComplaint(reading.ask, person, soon)
        case Kind.COMPLAINT:
            return _about_complaints(reading.complaints, person, library, soon)
        case _ if reading.conditions:
            return say.Noted(person, soon)
        case _:
            return say.NotUnderstood("words", see_doctor_about=soon, person=person)


def _about_control(reading: Reading, person: Person, library: Library) -> say.Decision:
    match reading.context.control:
        case "stop":
            return say.Stopped()
        case "remind":
            return say.OnlyInPrivate("remind")
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


def about_command(
    name: str, argument: str, reading: Reading, person: Person, library: Library, commands: Sequence[str]
) -> say.Decision:
    """What to say to a command; ``reading`` is that of its argument. ``commands`` are all there are."""
    match name:
        case "start":
            return _about_link(argument, reading, person, library)
        case "help":
            return say.Help(person)
        case "topics":
            return say.Areas(person)
        case "feedback" if reading.kind is Kind.UNKNOWN:
            return AskFeedback()
        case "relief":
            return WhatAches(person)
        case "privacy":
            return say.Privacy()
        case "stop" if reading.kind is Kind.UNKNOWN:
            return say.Stopped()
        case _ if reading.kind is not Kind.UNKNOWN:
            return about_words(reading, person, library)
        case _:
            return say.NotUnderstood("command", next(iter(get_close_matches(name, commands, n=1)), None))


def _about_link(argument: str, reading: Reading, person: Person, library: Library) -> say.Decision:
    """``/start`` with the payload of a deep link, or with words somebody added to it."""
    payload = argument.partition(" ")[0]
    code = payload.removeprefix(POINT_LINK).upper()
    if code in library.points:
        return _point(code, (), person, library)
    slug = payload.removeprefix(COMPLAINT_LINK).lower()
    if slug in library.complaints:
        return _about_complaints((slug,), person, library)
    return say.Welcome(person) if reading.kind is Kind.UNKNOWN else about_words(reading, person, library)


def about_tap(action: actions.Talking, library: Library) -> say.Decision:
    """What to say to a tap on a button. Raises ``StaleButton`` when its subject has gone from the content."""
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
