"""What somebody reads who looks around, and what is said in a group instead of something personal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from functools import cache
from typing import get_args

from bot.conversation.actions import ShowData, ShowPoint, encode
from bot.conversation.browsing_actions import Browse, Rate, Shelf, Star
from bot.conversation.decide import decide
from bot.conversation.events import Commanded, Due, Event, Said, Tapped
from bot.conversation.hold_actions import HoldPoint
from bot.conversation.in_a_group import decide_in_a_group
from bot.conversation.memory import Done, Memory, Preferences, Profile, Question
from bot.conversation.reminder_actions import ManageReminder, Subscribe
from bot.conversation.scene import Scene
from bot.flow import Companion
from bot.guidance.offer import Person
from tests.answering import NOTHING, NOW
from tests.guidance.reminding import reminder
from tests.guidance.visits import NO_WORDS, Visit, decoded

ANNA, BEN, MESSAGE = 1, 2, 9
PREGNANT = Memory(NOW, Profile(frozenset({"CR01"})))


@cache
def every_reply_while_looking_around(companion: Companion) -> tuple[Visit, ...]:
    """Each of them, with what led to it."""
    start = Tapped(encode(HoldPoint("LI4", seconds=60, verb="start")), ANNA, MESSAGE, ANNA)
    running = companion.answer(start, NOTHING, NOW, private=False).memory
    last = Done(NOW, "R10", (), 60)
    berlin = Preferences(zone="Europe/Berlin", last_id=1)
    return (
        *_alone(companion, Commanded("start"), Memory(NOW)),
        *_alone(
            companion,
            Commanded("start"),
            Memory(NOW, done=(last,), reminders=(reminder("LI4"),), preferences=berlin),
        ),
        *_looking_around(companion),
        *_alone(companion, Commanded("feedback"), NOTHING),
        *_alone(companion, Tapped(encode(Rate("good"))), NOTHING),
        *_in_a_group(companion, Tapped(encode(ShowPoint("LI4")), BEN, MESSAGE, ANNA)),
        *_in_a_group(companion, Tapped(encode(ShowPoint("LI4")), ANNA, MESSAGE, ANNA), asker=PREGNANT),
        *_in_a_group(companion, Tapped(encode(ShowData()), ANNA, MESSAGE, ANNA)),
        *_in_a_group(companion, Due(), running, PREGNANT),
        *_about_reminders_of_a_group(companion),
    )


def _about_reminders_of_a_group(companion: Companion) -> Iterator[Visit]:
    """What a group reads about reminders while an admin sets one, lists, stops and leaves them."""
    question = Question("remind_group", f"{ANNA} - {encode(Subscribe('R10'))}", NOW)
    asked = Memory(question=question)
    for words in ("", "25:00", "at 3", "15:00", "15:00 Berlin", "tomorrow 15:00 Berlin"):
        yield from _in_a_group(companion, Commanded("remind", words, ANNA, by_admin=True))
    for words in ("15:00 Springfield", "Blorbville"):
        yield from _in_a_group(companion, Said(words, ANNA), asked)
    berlin = Preferences(zone="Europe/Berlin", last_id=3)
    some = tuple(reminder(what, time(10), id) for id, what in enumerate(("R10", "LI4", "R01"), start=1))
    full = Memory(NOW, preferences=berlin, reminders=some)
    stop = Tapped(encode(ManageReminder("delete", 1)), ANNA, MESSAGE, BEN, by_admin=True)
    for event in (
        Commanded("reminders", by=BEN),
        Commanded("remind", "15:00", ANNA, by_admin=True),
        Commanded("remind", "LI4 every day 10:00", ANNA, by_admin=True),
        Commanded("remind", "15:00", BEN, by_admin=False),
        Commanded("stop", by=ANNA, by_admin=True),
        stop,
        replace(stop, by=BEN, by_admin=False),
        Due(),
    ):
        yield from _in_a_group(companion, event, full)
    yield from _in_a_group(companion, Commanded("reminders", by=BEN))


def _looking_around(companion: Companion) -> Iterator[Visit]:
    """Every page for a stranger, for somebody with favourites, and for somebody who is pregnant as well."""
    kept = Preferences(favourites=("LI4", "GB20"))
    pregnant = replace(PREGNANT, preferences=kept)
    for memory in (NOTHING, Memory(NOW, preferences=kept), pregnant, Memory(NOW)):
        yield from _alone(companion, Commanded("points"), memory)
        for shelf in get_args(Shelf):
            for code in companion.library.points:
                yield from _alone(companion, Tapped(encode(Browse(shelf, code))), memory)
        for code in ("LI4", "GB20", "BL23"):
            for shelf in ("answer", "back", "favourites"):
                for on, agreed in (("on", "off"), ("on", "on"), ("off", "off")):
                    tap = Star(code, on, shelf, (1,), agreed)
                    yield from _alone(companion, Tapped(encode(tap)), memory)


def _alone(companion: Companion, event: Event, memory: Memory) -> Iterator[Visit]:
    turn = decide(event, NO_WORDS, Scene(companion.library, NOW, memory))
    for decision, reply in zip(turn.says, companion.writer.write_turn(turn), strict=True):
        taps = tuple(decoded(encode(button.action)) for button in reply.buttons if button.action)
        yield Visit(f"{event!r} {memory!r}", Person(memory.conditions), decision, reply, taps)


def _in_a_group(
    companion: Companion, event: Event, group: Memory = NOTHING, asker: Memory = NOTHING
) -> Iterator[Visit]:
    scene = Scene(companion.library, NOW, group, private=False)
    turn = decide_in_a_group(event, NO_WORDS, scene, asker)
    replies = companion.writer.write_turn_in_a_group(turn)
    for decision, reply in zip(turn.says, replies, strict=True):
        taps = tuple(decoded(encode(button.action)) for button in reply.buttons if button.action)
        yield Visit(f"{event!r} in a group", Person(asker.conditions), decision, reply, taps)
