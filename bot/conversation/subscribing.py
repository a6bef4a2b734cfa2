"""From the wish to be reminded to a reminder: what, when, consent, zone, in this order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import cast

from bot.conversation import actions, reminded
from bot.conversation import decision as say
from bot.conversation import reminder_decisions as tell
from bot.conversation.hold_decisions import NothingChanged
from bot.conversation.memory import Memory, Question, QuestionKind
from bot.conversation.reminder_actions import (
    ALL_DAYS,
    DAY_ZERO,
    IN_UTC,
    Retime,
    Subscribe,
    day_number,
    weekday_bits,
)
from bot.conversation.reminder_decisions import TimeFault
from bot.conversation.scene import Scene, Turn
from bot.guidance.offer import Person
from bot.guidance.safety import forbids_everything
from bot.reminders.reminder import MOST_REMINDERS, already_there, create
from bot.reminders.schedule import DAY, Schedule, zone_info
from bot.understanding.times import Fault, TimeWish, read_time


def local_now(scene: Scene) -> datetime:
    """The time on the person's own clock; Greenwich where the zone is not known yet."""
    return scene.now.astimezone(zone_info(scene.memory.preferences.zone or "UTC"))


def asking(kind: QuestionKind, about: str, scene: Scene) -> Memory:
    """The memory with a question that the next message answers."""
    return replace(scene.memory, question=Question(kind, about, scene.now))


# --- from words


def from_words(text: str, draft: Subscribe, scene: Scene) -> Turn:
    """Subscribe at the time that a text names, if it names one."""
    if barred := _barred(draft, scene):
        return barred
    wish = read_time(scene.sayings.in_our_words(text), local_now(scene))
    if wish.fault not in (None, Fault.NO_TIME):
        return ask_when(draft, scene, fault_of(wish))
    if not wish.times and not wish.once_at:
        return subscribe(with_days(draft, wish), scene)
    wish = with_noon(wish)
    if all_unclear(wish):
        morning, evening = (with_wish(draft, clear, scene) for clear in halves(wish))
        return ask_half(wish, morning, evening, scene)
    return subscribe(with_wish(draft, wish, scene), scene)


def about_time(text: str, draft: Subscribe, scene: Scene) -> Turn | None:
    """The answer to the question when; ``None`` for words that are about something else."""
    wish = read_time(scene.sayings.in_our_words(text), local_now(scene))
    if wish.fault is Fault.NO_TIME:
        return None
    return from_words(text, draft, scene)


def all_unclear(wish: TimeWish) -> bool:
    """Whether to ask. Who writes "8:30 and 9 pm" has told one half of the day from the other."""
    return bool(wish.unclear) and wish.unclear == set(wish.times)


def with_noon(wish: TimeWish) -> TimeWish:
    """The wish with a bare 12:30 taken for midday, as it is meant by whoever is awake."""
    if wish.unclear and all(each.hour == 0 for each in wish.unclear):
        return wish.in_the(afternoon=True)
    return wish


def halves(wish: TimeWish) -> tuple[TimeWish, TimeWish]:
    """The wish in the morning and in the evening."""
    return wish.in_the(afternoon=False), wish.in_the(afternoon=True)


def ask_half(wish: TimeWish, morning: Subscribe | Retime, evening: Subscribe | Retime, scene: Scene) -> Turn:
    """Ask whether morning or evening is meant."""
    about = f"{actions.encode(morning)} {actions.encode(evening)}"
    decision = tell.AskHalf(wish.times, morning, evening)
    return Turn((decision,), asking("remind_half", about, scene))


def with_days(draft: Subscribe, wish: TimeWish) -> Subscribe:
    """The draft with the days of a wish that names no time."""
    if wish.once_on:
        return replace(draft, days=day_number(wish.once_on))
    return replace(draft, days=weekday_bits(wish.weekdays)) if wish.days_said else draft


def with_wish(draft: Subscribe, wish: TimeWish, scene: Scene) -> Subscribe:
    """The draft with the days and times of a wish."""
    days, times = days_and_times(wish, draft.days or ALL_DAYS, scene)
    return replace(draft, days=days, times=times)


def days_and_times(wish: TimeWish, days: int, scene: Scene) -> tuple[int, tuple[int, ...]]:
    """The days and times of a wish as buttons carry them; ``days`` where it names none."""
    if wish.once_at:
        zone = scene.memory.preferences.zone
        at = wish.once_at.astimezone(zone_info(zone) if zone else UTC) + timedelta(seconds=59)
        return day_number(at.date()) + (0 if zone else IN_UTC), (at.hour * 60 + at.minute,)
    times = tuple(each.hour * 60 + each.minute for each in wish.times)
    if wish.once_on:
        return day_number(wish.once_on), times
    return (weekday_bits(wish.weekdays) if wish.days_said else days), times


def fault_of(wish: TimeWish) -> TimeFault | None:
    """Why a wish cannot be met, if it names a time at all."""
    return None if wish.fault in (None, Fault.NO_TIME) else cast(TimeFault, wish.fault.value)


# --- step by step


def subscribe(draft: Subscribe, scene: Scene) -> Turn:
    """The next step to a reminder, or the reminder itself."""
    draft = replace(draft, person=Person(scene.memory.conditions | draft.person.conditions))
    if draft.agreed == "on" and _waits_for_zone(draft, scene):
        return Turn((NothingChanged("old", tapped=True),), scene.memory)
    scene = replace(scene, memory=replace(scene.memory, question=None))
    if barred := _barred(draft, scene):
        return barred
    if not draft.what:
        routines = reminded.suggested(draft.person, scene.library)
        return Turn((tell.AskWhat(draft, routines),), asking("remind_what", actions.encode(draft), scene))
    if not draft.times:
        return ask_when(draft, scene)
    if draft.days == 0:
        draft = replace(draft, days=ALL_DAYS)
    if scene.memory.consent_at is None:
        if draft.agreed == "off":
            return Turn((tell.AskToStore(draft),), scene.memory)
        scene = replace(scene, memory=replace(scene.memory, consent_at=scene.now))
    if scene.memory.preferences.zone is None and draft.days < IN_UTC:
        return Turn((tell.AskZone(),), asking("remind_zone", _waiting(draft), scene))
    return _create(draft, scene)


def _waits_for_zone(draft: Subscribe, scene: Scene) -> bool:
    """Whether it was agreed to before, and only the zone is missing."""
    question = scene.memory.question
    return question is not None and (question.kind, question.about) == ("remind_zone", _waiting(draft))


def _waiting(draft: Subscribe) -> str:
    """A draft that is agreed to, as it waits for the zone."""
    return actions.encode(replace(draft, agreed="off"))


def ask_when(draft: Subscribe, scene: Scene, fault: TimeFault | None = None) -> Turn:
    """Ask for the time."""
    draft = replace(draft, person=Person(scene.memory.conditions | draft.person.conditions), times=())
    return Turn((tell.AskWhen(draft, fault),), asking("remind_when", actions.encode(draft), scene))


def _barred(draft: Subscribe, scene: Scene) -> Turn | None:
    """Why this person is not reminded of it: the same rules as for pressing it now."""
    told = draft.person.conditions
    person = Person(scene.memory.conditions | told)
    if forbidden := forbids_everything(person.conditions, scene.library):
        before = forbidden in scene.memory.conditions
        return Turn((say.NoPressing(forbidden, said_before=before),), scene.memory)
    if not draft.what:
        return None
    if not reminded.known(draft.what, scene.library):
        raise actions.StaleButton
    if rules := reminded.refused(draft.what, person, scene.library):
        return Turn((tell.NotForReminding(draft.what, rules, person),), scene.memory)
    return None


def _create(draft: Subscribe, scene: Scene) -> Turn:
    memory = scene.memory
    schedule, last_on = schedule_of(draft.days, draft.times, memory.preferences.zone)
    kept = reminded.without_those_over(memory.reminders, scene.now)
    if already := already_there(kept, draft.what, schedule, last_on):
        return Turn((tell.Subscribed(already, scene.now, already=True, person=draft.person),), memory)
    if len(kept) >= MOST_REMINDERS:
        return Turn((tell.TooManyReminders(),), memory)
    preferences = replace(memory.preferences, last_id=memory.preferences.last_id + 1)
    reminder = create(
        preferences.last_id,
        draft.what,
        schedule,
        scene.now,
        quiet=preferences.quiet,
        private_text=not preferences.plain_text,
        last_on=last_on,
    )
    if reminder.next_due() is None:
        return ask_when(replace(draft, days=0), scene, "over")
    unheard = memory.unheard(draft.person.conditions, scene.library)
    memory = replace(memory, preferences=preferences, reminders=(*kept, reminder))
    return Turn((tell.Subscribed(reminder, scene.now, person=draft.person),), memory, unheard)


def schedule_of(days: int, times: tuple[int, ...], zone: str | None) -> tuple[Schedule, date | None]:
    """The schedule of days and times as buttons carry them, and the last date of one that comes once."""
    clocks = tuple(time(*divmod(each, 60)) for each in times)
    if days <= ALL_DAYS:
        weekdays = frozenset(day for day in range(7) if (days or ALL_DAYS) >> day & 1)
        return Schedule(clocks, weekdays, zone or "UTC"), None
    in_utc, number = divmod(days, IN_UTC)
    on = date.fromordinal(DAY_ZERO + number)
    return Schedule(clocks, frozenset({on.weekday()}), "UTC" if in_utc or not zone else zone), on


def moved_with_zone(draft: Subscribe, scene: Scene) -> Subscribe:
    """A draft for a single date that was named when the zone, and so the person's today, was not known."""
    if not ALL_DAYS < draft.days < IN_UTC:
        return draft
    ahead = (local_now(scene).date() - scene.now.astimezone(UTC).date()) // DAY
    return replace(draft, days=draft.days + ahead)
