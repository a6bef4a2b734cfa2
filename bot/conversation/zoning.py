"""In which zone somebody is. It is asked for once, and everything is re-timed when it changes."""

from __future__ import annotations

import zlib
from dataclasses import replace
from functools import cache

from bot.conversation import actions, reminded, subscribing
from bot.conversation import decision as say
from bot.conversation import reminder_decisions as tell
from bot.conversation.memory import Memory
from bot.conversation.reminder_actions import PickZone, Subscribe
from bot.conversation.reminder_decisions import ZoneFault
from bot.conversation.scene import Scene, Turn
from bot.reminders.places import Fault, find_zone, place_of
from bot.reminders.reminder import Reminder, move_to_zone
from bot.reminders.zones import iana_names, zone_at
from bot.understanding.reading import Kind, Reading


def mark_of_zone(zone: str) -> int:
    """The number by which buttons know a zone: no name of a place stands in them."""
    return zlib.crc32(zone.encode())


@cache
def _zones() -> dict[int, str]:
    return {mark_of_zone(zone): zone for zone in iana_names().values()}


def ask(scene: Scene) -> Turn:
    """Ask for the zone from the settings."""
    if scene.memory.consent_at is None:
        return Turn((say.AskConsent(frozenset()),), scene.memory)
    return Turn((tell.AskZone(),), subscribing.asking("remind_zone", "", scene))


def about_answer(text: str, reading: Reading, about: str, scene: Scene) -> Turn | None:
    """The answer to the question for the zone; ``None`` for words that are about something else."""
    if reading.kind is not Kind.UNKNOWN or reading.conditions or reading.foreign:
        place = find_zone(text, scene.now, scene.library.words.places).place if reading.slips else None
        if place is None or reading.conditions:
            return None
        # It may be a slip of the finger or a city that is called so: "Guilin" is read as a chin.
        return Turn((tell.WhichZone((place,), scene.now),), _asking(about, scene))
    return _found(text, about, scene) or _again("unknown", about, scene)


def about_words(text: str, scene: Scene) -> Turn:
    """Somebody says that they are somewhere else now."""
    return _found(text, "", scene) or _again(None, "", scene)


def _found(text: str, about: str, scene: Scene) -> Turn | None:
    names = scene.library.words.places
    wish = find_zone(text, scene.now, names)
    if wish.place is None:  # perhaps for the words around it: "vivo en"
        said = find_zone(scene.sayings.in_our_words(text), scene.now, names)
        wish = said if wish.fault is Fault.UNKNOWN or said.place in wish.choices else wish
    if wish.place:
        return settle(wish.place.zone, about, scene)
    if wish.choices:
        return Turn((tell.WhichZone(wish.choices, scene.now),), _asking(about, scene))
    return _again("no_such_offset", about, scene) if wish.fault is Fault.NO_SUCH_OFFSET else None


def _again(tried: ZoneFault | None, about: str, scene: Scene) -> Turn:
    return Turn((tell.AskZone(tried),), _asking(about, scene))


def _asking(about: str, scene: Scene) -> Memory:
    return subscribing.asking("remind_zone", about, scene)


def no_place(scene: Scene) -> Turn:
    """The label of the button for the place came as words: this device cannot send one."""
    question = scene.memory.question
    return _again("no_place", question.about if question else "", scene)


def placed(latitude: float, longitude: float, scene: Scene) -> Turn:
    """A place was sent: its zone is kept if it was asked for, and else offered."""
    zone = zone_at(latitude, longitude)
    question = scene.memory.question
    about = question.about if question and question.kind == "remind_zone" else None
    if zone is None:
        return _again("unknown", about or "", scene)
    if about is None:
        return Turn((tell.WhichZone((place_of(zone),), scene.now),), scene.memory)
    return settle(zone, about, scene)


def picked(action: PickZone, scene: Scene) -> Turn:
    """The turn for a tap on a place."""
    zone = _zones().get(action.zone)
    if zone is None:
        raise actions.StaleButton
    question = scene.memory.question
    about = question.about if question and question.kind == "remind_zone" else ""
    return settle(zone, about, scene)


def settle(zone: str, about: str, scene: Scene) -> Turn:
    """Keep the zone, and go on with the draft that waited for it."""
    if scene.memory.consent_at is None and not about:
        return Turn((say.AskConsent(frozenset()),), scene.memory)
    preferences = replace(scene.memory.preferences, zone=zone)
    reminders = tuple(_moved(each, zone, scene) for each in scene.memory.reminders)
    memory = replace(scene.memory, preferences=preferences, reminders=reminders, question=None)
    turn = _settled(zone, about, replace(scene, memory=memory))
    if not memory.place_key:
        return turn
    told = (*turn.says, tell.PlaceKeyGone(zone))
    return replace(turn, says=told, memory=replace(turn.memory, place_key=False))


def _settled(zone: str, about: str, scene: Scene) -> Turn:
    memory = scene.memory
    draft = actions.decode(about) if about else None
    if isinstance(draft, Subscribe):
        return subscribing.subscribe(subscribing.moved_with_zone(draft, scene), scene)
    coming = reminded.coming(memory.reminders, scene.now)
    return Turn((tell.ZoneSet(zone, coming, scene.now),), memory)


def _moved(reminder: Reminder, zone: str, scene: Scene) -> Reminder:
    """The reminder in the zone; one in so many hours stays where it is."""
    in_hours = reminder.last_on is not None and reminder.schedule.zone == "UTC"
    return reminder if in_hours else move_to_zone(reminder, zone, scene.now)
