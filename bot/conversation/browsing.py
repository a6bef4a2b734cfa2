"""Looking through the points, keeping favourites, and the point of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.conversation import actions, talk
from bot.conversation import decision as say
from bot.conversation.browsing_actions import Browse, Browsing, Shelf, ShowPlaces, Star
from bot.conversation.browsing_decisions import AskToKeep, NoFavourites, Places, PointPage, Starred
from bot.conversation.memory import Memory
from bot.conversation.reminded import daily_meant
from bot.conversation.reminder_decisions import PointAtItsTime
from bot.conversation.scene import Scene, Turn
from bot.guidance.looking import PLACES, allowed, point_of_the_day, points_at
from bot.guidance.offer import Person, may_show
from bot.guidance.safety import forbids_everything
from bot.reminders.schedule import zone_info
from bot.understanding.reading import Kind, Reading

LINK = "points"


def about_command(name: str, argument: str, reading: Reading, scene: Scene) -> Turn | None:
    """The turn for ``/points``, also from a link; ``None`` for any other command and words that say more."""
    asked = name == "points" and (not argument or reading.kind is Kind.UNKNOWN)
    if not asked and not (name == "start" and argument == LINK):
        return None
    return _forbidden(scene.memory.person(), scene) or _places(scene.memory.person(), scene)


def about_words(text: str, reading: Reading, scene: Scene) -> Turn | None:
    """The turn for words that ask for the point of the day; ``None`` for any others."""
    if reading.kind is not Kind.UNKNOWN or not daily_meant(text, scene.library):
        return None
    return _forbidden(scene.memory.person(), scene) or _page("day", "", scene.memory.person(), scene)


def about_tap(action: Browsing, scene: Scene) -> Turn:
    """The turn for a tap of somebody who looks around. Raises ``StaleButton``."""
    person = Person(scene.memory.conditions | action.person.conditions)
    if forbidden := _forbidden(person, scene):
        return forbidden
    match action:
        case ShowPlaces():
            return _places(person, scene)
        case Browse():
            return _page(action.shelf, action.code, person, scene)
        case Star():
            return _star(replace(action, person=person), scene)


def marked(turn: Turn) -> Turn:
    """The turn, in which the pages of favourites say so."""
    favourites = turn.memory.preferences.favourites
    if not favourites:
        return turn
    return replace(turn, says=tuple(_marked(each, favourites) for each in turn.says))


def _marked(decision: say.Decision, favourites: tuple[str, ...]) -> say.Decision:
    match decision:
        case say.Answer() if decision.code in favourites:
            return replace(decision, favourite=True)
        case PointAtItsTime() if decision.answer.code in favourites:
            return replace(decision, answer=replace(decision.answer, favourite=True))
        case _:
            return decision


def today(scene: Scene) -> date:
    """The person's own date."""
    return scene.now.astimezone(zone_info(scene.memory.preferences.zone or "UTC")).date()


def _forbidden(person: Person, scene: Scene) -> Turn | None:
    rule = forbids_everything(person.conditions, scene.library)
    return Turn((say.NoPressing(rule, said_before=True),), scene.memory) if rule else None


def _places(person: Person, scene: Scene) -> Turn:
    there = tuple(place for place in PLACES if points_at(place, person, scene.library))
    favourites = len(_codes("favourites", person, scene))
    return Turn((Places(there, favourites, person),), scene.memory)


def _codes(shelf: Shelf, person: Person, scene: Scene) -> tuple[str, ...]:
    """The points to look through, none that this person must not press."""
    match shelf:
        case "favourites":
            kept = scene.memory.preferences.favourites
            known = (code for code in kept if code in scene.library.points)
            return tuple(code for code in known if allowed(code, person, scene.library))
        case "day":
            code = point_of_the_day(today(scene), person, scene.library)
            return (code,) if code else ()
        case "answer":
            return ()
        case _:
            return points_at(shelf, person, scene.library)


def _page(shelf: Shelf, code: str, person: Person, scene: Scene) -> Turn:
    codes = _codes(shelf, person, scene)
    if not codes:
        return (
            Turn((NoFavourites(person),), scene.memory) if shelf == "favourites" else _places(person, scene)
        )
    shown = code if code in codes else codes[0]
    verdict = may_show(shown, person, scene.library)
    favourite = shown in scene.memory.preferences.favourites
    return Turn((PointPage(shown, codes, shelf, person, verdict, favourite),), scene.memory)


def _star(action: Star, scene: Scene) -> Turn:
    if action.code not in scene.library.points:
        raise actions.StaleButton
    if not scene.private:
        return Turn((say.OnlyInPrivate(LINK),), scene.memory)
    memory = scene.memory
    if memory.consent_at is None:
        if action.on == "off":
            return _again(action, scene)
        if action.agreed == "off":
            return Turn((AskToKeep(action),), memory)
        memory = replace(memory, consent_at=scene.now)
    scene = replace(scene, memory=_with(memory, action.code, on=action.on == "on"))
    turn = _again(action, scene)
    (page,) = marked(turn).says
    if not isinstance(page, say.Answer | PointPage):
        return turn
    return Turn((Starred(page, action.on == "on"),), scene.memory)


def _with(memory: Memory, code: str, *, on: bool) -> Memory:
    others = tuple(each for each in memory.preferences.favourites if each != code)
    favourites = (*others, code) if on else others
    return replace(memory, preferences=replace(memory.preferences, favourites=favourites))


def _again(action: Star, scene: Scene) -> Turn:
    """The page under which the star stood."""
    if action.shelf != "answer":
        return _page(action.shelf, action.code, action.person, scene)
    page = talk.about_tap(
        actions.ShowPoint(action.code, action.complaints, person=action.person), scene.library
    )
    return Turn((page,), scene.memory)
