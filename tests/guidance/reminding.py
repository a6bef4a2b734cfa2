"""All that is said about reminders: each button, command and kind of words, in each state they can be in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from bot.conversation.actions import Action, encode
from bot.conversation.decide import decide
from bot.conversation.events import Commanded, Due, Event, Placed, Said, Tapped
from bot.conversation.memory import Hold, Memory, Preferences, Profile, Question
from bot.conversation.reminder_actions import (
    AnswerReminder,
    AnswerTogether,
    ManageReminder,
    PauseReminder,
    PickZone,
    Retime,
    SetQuiet,
    ShowReminders,
    Subscribe,
    day_number,
)
from bot.conversation.scene import Scene
from bot.conversation.zoning import mark_of_zone
from bot.flow import Companion
from bot.guidance.offer import Person
from bot.library.facts import Tier
from bot.reminders.reminder import InQuiet, Off, QuietHours, Reminder, create
from bot.reminders.schedule import DAY, Schedule
from tests.answering import NOTHING, NOW
from tests.guidance.visits import Visit, decoded

TODAY = NOW.date().toordinal()
TOMORROW = day_number(NOW.date() + DAY)
BERLIN = "Europe/Berlin"
EVERY_DAY = frozenset(range(7))
EIGHT = (8 * 60,)


def reminder(what: str = "R10", at: time = time(8), reminder_id: int = 1, **more: object) -> Reminder:
    """A reminder every day in Berlin, made a week ago and up to date since yesterday."""
    schedule = Schedule((at,), EVERY_DAY, BERLIN)
    made = create(reminder_id, what, schedule, NOW - DAY)
    return replace(made, **more)


def known(*reminders: Reminder, **more: object) -> Memory:
    """Somebody in Berlin who lets us keep things."""
    found = reminders or (reminder(),)
    preferences = Preferences(zone=BERLIN, last_id=max(each.id for each in found))
    return replace(Memory(NOW, preferences=preferences, reminders=found), **more)


def every_tap() -> Iterator[Action]:
    """Each button about reminders."""
    pregnant = Person(frozenset({"CR01"}))
    for what in ("", "R10", "LI4", "GV20"):
        for times in ((), EIGHT):
            yield Subscribe(what, 127, times)
            yield Subscribe(what, 127, times, person=pregnant)
    yield Subscribe("R10", 31, (480, 1230), agreed="on")
    yield Subscribe("R10", TOMORROW, EIGHT, agreed="on")
    yield Subscribe("GV20", 0b0101011, (1230,), agreed="on")
    yield Subscribe("GV20", 0b1100000, (1230,), agreed="on")
    yield Subscribe("GV20", TOMORROW - 1, (1,), agreed="on")
    for verb in ("start", "done", "skip", "ten_minutes", "hour", "evening", "pause", "keep"):
        for on in (TODAY, TODAY - 1, TODAY - 5):
            yield AnswerReminder(verb, 1, on)
    for verb in ("start", "done", "skip", "ten_minutes", "hour", "evening", "pause", "keep", "show"):
        for place in range(4):
            for on in (TODAY, TODAY - 1, TODAY - 5):
                yield AnswerTogether(verb, (1, 3, 99), place, on)
    for verb in ("show", "retime", "pause", "resume", "delete", "undo"):
        yield ManageReminder(verb, 1)
        yield ManageReminder(verb, 99)
    for reminder_id in (0, 1, 99):
        yield PauseReminder(reminder_id, 0)
        yield PauseReminder(reminder_id, TODAY + 7)
        yield PauseReminder(reminder_id, TODAY - 7)
    yield Retime(1, 127, (1260,))
    yield Retime(1, TOMORROW - 1, (1,))
    yield Retime(99, 127, (1260,))
    yield PickZone(mark_of_zone("Asia/Tokyo"))
    for then in ("off", "move", "silent"):
        yield SetQuiet(22 * 60, 7 * 60, then)
    for page in ("list", "new", "pause_all", "resume_all", "zone", "quiet", "lock", "say_more", "say_less"):
        yield ShowReminders(page)


WORDS = (
    "remind me every day at 8",
    "remind me of LI4 at 9 pm, I'm pregnant",
    "remind me",
    "remind me of a point every day at 25:00",
    "remind me every other day",
    "remind me every hour",
    "remind me 2 pm, 3 pm, 4 pm, 5 pm, 6 pm, 7 pm and 8 pm",
    "remind me weekly at 8 pm",
    "remind me today at 1 am",
    "remind me in 3 weeks",
    "remind me of GV20 in 2 hours",
    "remind me every day at 8 pm, I am 72",
    "stop reminders",
    "not today",
    "pause reminders until monday",
    "pause reminders until 3/5",
    "pause reminders until 31 february",
    "pause reminders until today",
    "pause reminders until 3 may 2035",
    "pause reminders",
    "resume reminders",
    "my reminders",
    "I moved to Tokyo",
    "I moved to Springfield",
    "my time zone is UTC+13:45",
    "my time zone is UTC+11:17",
    "my time zone",
    "Send my location",
    "stop",
    "hello",
)


def every_memory() -> Iterator[Memory]:
    """The states that reminders can be in."""
    yield NOTHING
    yield Memory(NOW)
    yield known()
    yield known(
        reminder(off=Off.ASKED),
        reminder("LI4", time(21), 2, paused_until=date(2026, 3, 9)),
        reminder("GV20", time(1, 30), 3, off=Off.SAFETY),
    )
    yield known(reminder(off=Off.BLOCKED))
    yield known(
        reminder(last_on=NOW.date()),
        reminder("R04", time(8), 3),
        reminder("GV20", time(20), 2, last_on=NOW.date()),
    )
    waiting = {"waiting_on": NOW.date(), "ignored_in_a_row": 4, "private_text": False}
    yield known(reminder(**waiting), reminder("GV20", reminder_id=3, **waiting))
    yield known(reminder(**waiting), reminder("LI4", reminder_id=3, snoozed_until=NOW + DAY / 8, **waiting))
    yield known(*(reminder("GV20", time(10 + number), number) for number in range(1, 11)))
    yield known(profile=Profile(frozenset({"CR01"})))
    yield known(profile=Profile(frozenset({"CR12"})))
    yield known(held=Hold("RF11", Tier.SAME_DAY, NOW))
    yield known(deleted=reminder("LI4", time(9), 99))
    quiet = QuietHours(time(22), time(7), InQuiet.SILENT)
    moving = QuietHours(time(21), time(6, 30))
    for hours in (quiet, moving):
        preferences = Preferences(zone=BERLIN, quiet=hours, plain_text=True, last_id=1)
        yield known(reminder(private_text=False, quiet=hours), preferences=preferences)


QUESTIONS = (
    (Question("remind_what", encode(Subscribe("", 127, EIGHT)), NOW), ("LI4", "feet", "hello")),
    (Question("remind_when", encode(Subscribe("GV20")), NOW), ("9", "25:00", "8 pm", "weekdays", "hello")),
    (
        Question(
            "remind_half", f"{encode(Subscribe('GV20', 127, EIGHT))} {encode(Retime(1, 127, (1200,)))}", NOW
        ),
        ("morning", "evening", "10 pm", "hello"),
    ),
    (
        Question("remind_zone", encode(Subscribe("GV20", TOMORROW, EIGHT)), NOW),
        ("Berlin", "Springfield", "Qwxyz", "UTC+13:45", "UTC+11:17", "it's 14:35 here", "Send my location"),
    ),
    (Question("remind_zone", "", NOW), ("Kathmandu", "hello")),
    (Question("remind_new_time", "1", NOW), ("9", "9 pm", "25:00", "weekdays", "hello")),
    (Question("remind_pause", "1", NOW), ("until monday", "until 3/5", "yesterday", "hello")),
    (Question("remind_quiet", "", NOW), ("from 21:30 to 6", "hello")),
)


@cache
def every_reply_about_reminders(companion: Companion) -> tuple[Visit, ...]:
    """Each of them, with what led to it."""
    events: list[Event] = [*(Tapped(encode(tap)) for tap in every_tap()), *map(Said, WORDS)]
    events += [Commanded("remind"), Commanded("reminders"), Commanded("stop"), Commanded("settings")]
    events += [Placed(52.5, 13.4), Placed(99, 0), Said("neck")]
    found = [
        visit for memory in every_memory() for event in events for visit in _visits(companion, event, memory)
    ]
    for memory in (Memory(NOW), known()):
        for question, answers in QUESTIONS:
            for answer in answers:
                asked = replace(memory, question=question)
                found += _visits(companion, Said(answer), asked)
            found += _visits(companion, Placed(52.5, 13.4), replace(memory, question=question))
    found += _visits(companion, Tapped(encode(Subscribe("GV20"))), NOTHING, private=False)
    found += _visits(companion, Commanded("remind"), NOTHING, private=False)
    found += _visits(companion, Placed(1, 1), NOTHING, private=False)
    found += _at_their_times(companion)
    return tuple(found)


def _at_their_times(companion: Companion) -> Iterator[Visit]:
    at_eight = datetime(2026, 3, 3, 7, tzinfo=UTC)
    for memory in every_memory():
        for late in (timedelta(), timedelta(minutes=40), timedelta(hours=14)):
            yield from _visits(companion, Due(), memory, now=at_eight + late)
    ignored = reminder(ignored_in_a_row=4, waiting_on=NOW.date())
    yield from _visits(companion, Due(), known(ignored), now=at_eight)
    days = tuple(NOW.date() - each * DAY for each in range(3))
    in_a_row = known(preferences=Preferences(zone=BERLIN, done_on=days, last_id=1))
    yield from _visits(companion, Tapped(encode(AnswerReminder("done", 1, TODAY))), in_a_row)
    yield from _visits(companion, Said("I'm pregnant"), known(reminder("LI4")))
    yield from _visits(companion, Said("pause reminders"), known(), now=at_eight)
    asked = known(question=Question("remind_zone", "", NOW), place_key=True)
    for words in ("Berlin", "thanks"):
        yield from _visits(companion, Said(words), asked)
    button = companion.library.words.reminders.button_place
    yield from _visits(companion, Said(button), known())


def _visits(
    companion: Companion, event: Event, memory: Memory, *, private: bool = True, now: datetime = NOW
) -> Iterator[Visit]:
    words = event.text if isinstance(event, Said) else ""
    turn = decide(event, companion.reader.read(words), Scene(companion.library, now, memory, private))
    for decision, reply in zip(turn.says, companion.writer.write_turn(turn), strict=True):
        taps = tuple(decoded(encode(button.action)) for button in reply.buttons if button.action)
        yield Visit(f"{event!r} {memory!r}", Person(memory.conditions), decision, reply, taps)
