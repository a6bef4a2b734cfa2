"""Reminders of a whole group. Only its admins set and end them, and what they lead to begins in private.

One message sets one: "/remind@bot neck, weekdays 15:00, Berlin". What is missing is asked for, and the admin
answers with a reply. Nobody has to answer a reminder of a group, so none is ever counted as ignored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.conversation import actions, reminded, subscribing
from bot.conversation import group_reminder_decisions as tell
from bot.conversation.events import Commanded, Event, Said, Tapped
from bot.conversation.memory import Memory, Question
from bot.conversation.reminder_actions import ALL_DAYS, IN_UTC, ManageReminder, Subscribe
from bot.conversation.reminder_decisions import TimeFault
from bot.conversation.reminder_list import find
from bot.conversation.scene import Scene, Turn
from bot.guidance.offer import Person
from bot.reminders.due import Act, after_downtime, due_together
from bot.reminders.places import ZoneWish, find_zone
from bot.reminders.reminder import Refusal, create, refusal
from bot.understanding.reading import Kind, Reading
from bot.understanding.requests import routine_in
from bot.understanding.times import TimeWish, read_time

MOST_REMINDERS = 3
"""For one group."""
MOST_WORDS_OF_A_PLACE = 4
USUAL = "R01"
"""What a group is reminded of when nobody says of what."""
NO_ZONE = "-"
_MINUTES = re.compile(r"\d\s?[:.h]\s?\d\d")


def about_event(event: Event, reading: Reading, scene: Scene, *, stops: bool) -> Turn | None:
    """The turn for what is about the reminders of a group; ``None`` for anything else.

    ``stops`` says that somebody wants nothing more to come.
    """
    running = scene.memory.round is not None and not scene.memory.round.running.over
    match event:
        case Said() | Commanded() if stops and scene.memory.reminders and not running:
            return _stopped(event, scene)
        case Commanded("reminders", ""):
            return _list(scene)
        case Commanded("remind" | "reminders"):
            return _for_admins(event, scene) or _asked(event.argument, reading, event.by, scene)
        case Said() if question := _question(event.by, scene.memory):
            return _answered(event, reading, question, scene)
        case Tapped():
            return _tapped(event, scene)
        case _:
            return None


def due(scene: Scene, *, down: bool) -> Turn:
    """What is due now. With ``down`` it became due while nobody ran."""
    memory, now = scene.memory, scene.now
    unanswered = [replace(each, waiting_on=None, ignored_in_a_row=0) for each in memory.reminders]
    found = after_downtime(unanswered, now) if down else due_together(unanswered, now)
    says = [
        tell.GroupReminderDue(each.reminder, each.at, late=each.act is Act.SEND_LATE)
        for each in found
        if each.sends and each.at is not None and reminded.known(each.reminder.what, scene.library)
    ]
    left = tuple(each.reminder for each in found if each.reminder.next_due() is not None)
    return Turn(tuple(says), replace(memory, reminders=left))


# --- who may


def _for_admins(event: Said | Commanded | Tapped, scene: Scene) -> Turn | None:
    """The turn for whoever is no admin, or may be one; ``None`` for an admin."""
    if event.by_admin is None:
        return Turn((), scene.memory, asks_for_rank=True)
    if event.by_admin:
        return None
    return Turn((tell.AdminsOnly(tapped=isinstance(event, Tapped)),), scene.memory)


# --- those that are there


def _stopped(event: Said | Commanded, scene: Scene) -> Turn:
    over = Turn((tell.GroupRemindersOver(),), replace(scene.memory, reminders=(), question=None))
    return _for_admins(event, scene) or over


def _list(scene: Scene, *, removed: bool = False) -> Turn:
    coming = reminded.coming(scene.memory.reminders, scene.now)
    return Turn((tell.GroupReminderList(coming, scene.now, removed),), scene.memory)


def _tapped(event: Tapped, scene: Scene) -> Turn | None:
    try:
        action = actions.decode(event.data)
    except actions.StaleButton:
        return None
    if not isinstance(action, ManageReminder) or action.verb != "delete":
        return None
    if refused := _for_admins(event, scene):
        return refused
    there = find(action.reminder, scene.memory) is not None
    left = tuple(each for each in scene.memory.reminders if each.id != action.reminder)
    return _list(replace(scene, memory=replace(scene.memory, reminders=left)), removed=there)


# --- a new one


@dataclass(frozen=True)
class _Told:
    """What words say of a reminder: of what, when, and where that is on the clock."""

    what: str
    wish: TimeWish
    place: ZoneWish | None

    @property
    def when(self) -> bool:
        """Whether they name a time or days."""
        return bool(self.wish.times or self.wish.once_at or self.wish.days_said or self.wish.once_on)


def _question(by: int, memory: Memory) -> Question | None:
    """What was asked of this person, if anything was."""
    question = memory.question
    return question if question and question.about.split()[0] == str(by) else None


def _answered(event: Said, reading: Reading, question: Question, scene: Scene) -> Turn | None:
    """The turn for the reply to a question; ``None`` for words that are about something else."""
    _, zone, data = question.about.split()
    draft = actions.decode(data)
    assert isinstance(draft, Subscribe)  # nothing else is put there
    scene = scene if zone == NO_ZONE else _in_zone(zone, scene)
    told = _told(event.text, reading, scene)
    if reading.kind is not Kind.UNKNOWN and not (told.when or told.place):
        return None
    return _completed(told, draft, event.by, scene)


def _asked(text: str, reading: Reading, by: int, scene: Scene) -> Turn:
    return _completed(_told(text, reading, scene), Subscribe(), by, scene)


def _completed(told: _Told, draft: Subscribe, by: int, scene: Scene) -> Turn:
    """A reminder from what was known and what was told, or the question for what is still missing."""
    wish, place = told.wish, told.place
    if place and place.place:
        scene = _in_zone(place.place.zone, scene)
    only_the_place_was_missing = bool(draft.times)
    draft = subscribing.with_days(replace(draft, what=told.what or draft.what), wish)
    if fault := subscribing.fault_of(wish):
        return _ask("time", draft, by, scene, fault)
    if subscribing.all_unclear(wish):
        return _ask("half", draft, by, scene)
    if wish.times or wish.once_at:
        draft = subscribing.with_wish(draft, wish, scene)
    if not draft.times:
        return _ask("time", draft, by, scene)
    if scene.memory.preferences.zone is None and draft.days < IN_UTC:
        if place and place.choices:
            return _ask("which_place", draft, by, scene)
        unknown = only_the_place_was_missing and not told.when
        return _ask("known_place" if unknown else "place", draft, by, scene)
    return _created(draft, by, scene)


def _told(text: str, reading: Reading, scene: Scene) -> _Told:
    words, place = _place_at_the_end(text, scene)
    if place and place.place:
        scene = _in_zone(place.place.zone, scene)
    return _Told(_what(text, reading, scene), _time_in(words, scene), place)


def _what(text: str, reading: Reading, scene: Scene) -> str:
    anybody = Person()
    found = routine_in(text, scene.library) or ""
    return found or reminded.meant(reading.points, reading.complaints, anybody, scene.library)


def _time_in(text: str, scene: Scene) -> TimeWish:
    """When a text wants it. With minutes a time is what it says: who asks for 15:00 also writes 9:30."""
    wish = read_time(scene.sayings.in_our_words(text), subscribing.local_now(scene))
    wish = replace(subscribing.with_noon(wish), words_left=0)
    return wish.in_the(afternoon=False) if _MINUTES.search(text) else wish


def _place_at_the_end(text: str, scene: Scene) -> tuple[str, ZoneWish | None]:
    """A text without the place that its last words name, and that place.

    Words that say when are no place, although there is a town called Mon.
    """
    words = text.replace(",", " , ").split()
    for count in range(min(len(words), MOST_WORDS_OF_A_PLACE + 1), 0, -1):
        rest, last = " ".join(words[:-count]), " ".join(words[-count:]).strip(" ,.")
        if not last or any(each.isdigit() for each in last):
            continue
        found = find_zone(last, scene.now, scene.library.words.places)
        one_of_several = len(found.choices) > 1
        if (found.place or one_of_several) and _time_in(rest, scene) == _time_in(text, scene):
            return rest, found
    return text, None


def _in_zone(zone: str, scene: Scene) -> Scene:
    preferences = replace(scene.memory.preferences, zone=zone)
    return replace(scene, memory=replace(scene.memory, preferences=preferences))


def _ask(
    missing: tell.Missing,
    draft: Subscribe,
    by: int,
    scene: Scene,
    fault: TimeFault | None = None,
) -> Turn:
    zone = scene.memory.preferences.zone or NO_ZONE
    about = f"{by} {zone} {actions.encode(draft)}"
    return Turn((tell.AskGroupReminder(missing, fault),), subscribing.asking("remind_group", about, scene))


def _created(draft: Subscribe, by: int, scene: Scene) -> Turn:
    memory = replace(scene.memory, question=None)
    what = draft.what or USUAL
    schedule, last_on = subscribing.schedule_of(draft.days or ALL_DAYS, draft.times, memory.preferences.zone)
    kept = reminded.without_those_over(memory.reminders, scene.now)
    same = [each for each in kept if each.last_on == last_on]
    if refusal(same, what, schedule) is Refusal.DUPLICATE:
        already = next(each for each in same if each.what == what)
        return Turn((tell.GroupReminderSet(already, scene.now, already=True),), memory)
    if len(kept) >= MOST_REMINDERS:
        return Turn((tell.TooManyForGroup(),), memory)
    preferences = replace(memory.preferences, last_id=memory.preferences.last_id + 1)
    reminder = create(preferences.last_id, what, schedule, scene.now, last_on=last_on)
    if reminder.next_due() is None:
        return _ask("time", replace(draft, days=0, times=()), by, scene, "over")
    memory = replace(
        memory,
        consent_at=memory.consent_at or scene.now,
        preferences=preferences,
        reminders=(*kept, reminder),
    )
    return Turn((tell.GroupReminderSet(reminder, scene.now),), memory)
