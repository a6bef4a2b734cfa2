"""From one message of an admin to a reminder of the group: of which routine, when, and on whose clock.

"/remind@bot neck, weekdays 15:00, Berlin" says it all. What is missing is asked for, and a reply adds it.
Until there is a reminder, everything that was told stands in the question, and nothing in what the group has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.conversation import actions, reminded, subscribing
from bot.conversation import group_reminder_decisions as tell
from bot.conversation.events import Said
from bot.conversation.memory import Memory, Question
from bot.conversation.reminder_actions import ALL_DAYS, IN_UTC, Subscribe
from bot.conversation.reminder_decisions import TimeFault
from bot.conversation.scene import Scene, Turn
from bot.guidance.offer import Person
from bot.reminders.places import Fault, ZoneWish, find_zone
from bot.reminders.reminder import already_there, create
from bot.understanding.reading import Kind, Reading
from bot.understanding.requests import routine_in
from bot.understanding.times import TimeWish, read_time

MOST_IN_A_GROUP = 3
MOST_WORDS_OF_A_PLACE = 4
USUAL = "R01"
"""What a group is reminded of when nobody says of what."""
NO_ZONE = "-"
UNKNOWN_PLACE = ZoneWish(fault=Fault.UNKNOWN)
_MINUTES = re.compile(r"\d\s?[:.h]\s?\d\d")
_OFFSET = re.compile(r"(?:\b(?:utc|gmt)\s*[+\-−–]|(?<!\S)\+)\s*\d{1,2}(?::?[0-5]\d)?\b", re.IGNORECASE)
_IN_A_PLACE = re.compile(r"(?<!\w)(?:in|en)\s+([^\d\s,][^\d,]*)$", re.IGNORECASE)


@dataclass(frozen=True)
class _Told:
    """What words say of a reminder: of which routine, when, and in which place that is.

    ``for_some`` says that they name something that is no routine: a point, which is not for everybody.
    """

    routine: str
    wish: TimeWish
    place: ZoneWish | None
    for_some: bool

    @property
    def when(self) -> bool:
        """Whether they name a time or days."""
        return bool(self.wish.times or self.wish.once_at or self.wish.days_said or self.wish.once_on)


def asked(text: str, reading: Reading, by: int, scene: Scene) -> Turn:
    """The turn for an admin who wants the group to be reminded."""
    zone = scene.memory.preferences.zone
    return _completed(_told(text, reading, zone, scene), Subscribe(), zone, by, scene)


def question_to(by: int, memory: Memory) -> Question | None:
    """What was asked of this person, if anything was."""
    question = memory.question
    return question if question and question.about.split()[0] == str(by) else None


def answered(event: Said, reading: Reading, question: Question, scene: Scene) -> Turn | None:
    """The turn for the reply to a question; ``None`` for words that are about something else."""
    _, kept, data = question.about.split()
    draft = actions.decode(data)
    assert isinstance(draft, Subscribe)  # nothing else is put there
    zone = None if kept == NO_ZONE else kept
    told = _told(event.text, reading, zone, scene)
    about_it = told.when or told.place or (told.routine and not draft.what)
    if reading.kind is not Kind.UNKNOWN and not about_it:
        return None
    return _completed(told, draft, zone, event.by, scene)


def _completed(told: _Told, draft: Subscribe, zone: str | None, by: int, scene: Scene) -> Turn:
    """A reminder from what was known and what was told, or the question for what is still missing."""
    wish, place = told.wish, told.place
    zone = place.place.zone if place and place.place else zone
    only_the_place_was_missing = bool(draft.times)
    draft = subscribing.with_days(replace(draft, what=told.routine or draft.what), wish)

    def ask(missing: tell.Missing, fault: TimeFault | None = None) -> Turn:
        about = f"{by} {zone or NO_ZONE} {actions.encode(draft)}"
        memory = subscribing.asking("remind_group", about, scene)
        return Turn((tell.AskGroupReminder(missing, fault),), memory)

    if fault := subscribing.fault_of(wish):
        return ask("time", fault)
    if subscribing.all_unclear(wish):
        return ask("half")
    if wish.times or wish.once_at:
        draft = subscribing.with_wish(draft, wish, _in_zone(zone, scene))
    if told.for_some and not draft.what:
        return ask("routine")
    if not draft.times:
        return ask("time")
    if place and not place.place:
        return ask("which_place" if place.choices else "known_place")
    if zone is None and draft.days < IN_UTC:
        unknown = only_the_place_was_missing and not told.when
        return ask("known_place" if unknown else "place")
    made = _made(draft, zone, scene)
    if made is None:
        draft = replace(draft, days=0, times=())
        return ask("time", "over")
    return made


def _told(text: str, reading: Reading, zone: str | None, scene: Scene) -> _Told:
    routine = _routine(text, reading, scene)
    words, place = _place_in(text, _in_zone(zone, scene))
    there = _in_zone(place.place.zone if place and place.place else zone, scene)
    names_something = bool(reading.points or reading.complaints)
    return _Told(routine, _time_in(words, there), place, for_some=names_something and not routine)


def _routine(text: str, reading: Reading, scene: Scene) -> str:
    """The routine that a text names, or the first for a complaint that anybody may do."""
    anybody = Person()
    fitting = (
        routine
        for slug in reading.complaints
        for routine in scene.library.complaints[slug].routines
        if not reminded.refused(routine, anybody, scene.library)
    )
    return routine_in(text, scene.library) or next(fitting, "")


def _time_in(text: str, scene: Scene) -> TimeWish:
    """When a text wants it. With minutes a time is what it says: who asks for 15:00 also writes 9:30."""
    wish = read_time(scene.sayings.in_our_words(text), subscribing.local_now(scene))
    wish = replace(subscribing.with_noon(wish), words_left=0)
    return wish.in_the(afternoon=False) if _MINUTES.search(text) else wish


def _place_in(text: str, scene: Scene) -> tuple[str, ZoneWish | None]:
    """A text without the place that its last words name, and that place.

    Words that say when are no place, although there is a town called Mon. An offset is no time of day, and no
    place either: in half a year it may be an hour off.
    """
    if _OFFSET.search(text):
        return _OFFSET.sub(" ", text), UNKNOWN_PLACE
    words = text.replace(",", " , ").split()
    for count in range(min(len(words), MOST_WORDS_OF_A_PLACE + 1), 0, -1):
        rest, last = " ".join(words[:-count]), " ".join(words[-count:]).strip(" ,.")
        if not last or any(each.isdigit() for each in last):
            continue
        found = find_zone(last, scene.now, scene.library.words.places)
        one_of_several = len(found.choices) > 1
        if (found.place or one_of_several) and _time_in(rest, scene) == _time_in(text, scene):
            return rest, found
    if (named := _IN_A_PLACE.search(text)) and not _says_when(named[1], scene):
        return text[: named.start()], UNKNOWN_PLACE
    return text, None


def _says_when(text: str, scene: Scene) -> bool:
    """Whether words are about time, such as those after "in" in "in the morning"."""
    return _time_in(text, scene) != _time_in("", scene)


def _in_zone(zone: str | None, scene: Scene) -> Scene:
    preferences = replace(scene.memory.preferences, zone=zone)
    return replace(scene, memory=replace(scene.memory, preferences=preferences))


def _made(draft: Subscribe, zone: str | None, scene: Scene) -> Turn | None:
    """The reminder, unless there are enough of it; ``None`` when its time is over."""
    memory = replace(scene.memory, question=None)
    what = draft.what or USUAL
    schedule, last_on = subscribing.schedule_of(draft.days or ALL_DAYS, draft.times, zone)
    kept = reminded.without_those_over(memory.reminders, scene.now)
    if already := already_there(kept, what, schedule, last_on):
        return Turn((tell.GroupReminderSet(already, scene.now, already=True),), memory)
    if len(kept) >= MOST_IN_A_GROUP:
        return Turn((tell.TooManyForGroup(),), memory)
    last_id = memory.preferences.last_id + 1
    reminder = create(last_id, what, schedule, scene.now, last_on=last_on)
    if reminder.next_due() is None:
        return None
    preferences = replace(memory.preferences, last_id=last_id, zone=zone or memory.preferences.zone)
    memory = replace(
        memory,
        consent_at=memory.consent_at or scene.now,
        preferences=preferences,
        reminders=(*kept, reminder),
    )
    return Turn((tell.GroupReminderSet(reminder, scene.now),), memory)
