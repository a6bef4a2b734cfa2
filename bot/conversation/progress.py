"""What came of all routines so far: times, minutes, days in a row, and the person's own scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from statistics import fmean

from bot.conversation import hold_decisions as say
from bot.conversation.memory import Done, Memory
from bot.conversation.reminded import days_in_a_row, known, refused
from bot.conversation.scene import Scene, Turn
from bot.library import Library
from bot.reminders.schedule import zone_info

LEAST_SCORED = 3
"""How often something has to be used before its scores say anything."""
MOST_SCORED, MOST_HELPING = 5, 3
WEEK = timedelta(days=7)
MOST_WEEKS = 8


def progress(scene: Scene) -> Turn:
    """What was done so far, in numbers."""
    memory = scene.memory
    done = memory.done
    recent = [each for each in done if scene.now - each.ended_at < WEEK]
    scored = tuple(each for each in _scored(done) if _is_for_them(each.what, memory, scene.library))
    told = say.Progress(
        kept=memory.consent_at is not None,
        times=len(done),
        minutes_this_week=_minutes(recent),
        days_in_a_row=days_in_a_row(memory, scene.now),
        scores=tuple(
            (each.before, each.after) for each in done if each.before is not None and each.after is not None
        ),
        scored=scored[:MOST_SCORED],
        helps=_what_helps(scored),
        weeks=_weeks(memory, scene),
        person=memory.person(),
    )
    return Turn((told,), memory)


def _minutes(done: Iterable[Done]) -> int:
    return round(sum(each.pressed_seconds for each in done) / 60)


def _weeks(memory: Memory, scene: Scene) -> tuple[say.Week, ...]:
    """The last weeks by the person's own calendar, from the first on in which something was done."""
    zone = zone_info(memory.preferences.zone or "UTC")
    by_monday: dict[date, list[Done]] = defaultdict(list)
    for each in memory.done:
        by_monday[_monday(each.ended_at.astimezone(zone).date())].append(each)
    this = _monday(scene.now.astimezone(zone).date())
    mondays = [this - back * WEEK for back in reversed(range(MOST_WEEKS))]
    first = min(by_monday, default=this)
    return tuple(say.Week(day, _minutes(by_monday[day])) for day in mondays if day >= first)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _scored(done: Iterable[Done]) -> tuple[say.Scored, ...]:
    """The routines and points that were scored at least ``LEAST_SCORED`` times, the most used first.

    A point counts where it was pressed alone, since in a routine nobody can tell which point did what.
    """
    scores: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for each in done:
        subject = each.name or (each.points[0] if len(each.points) == 1 else "")
        if subject and each.before is not None and each.after is not None:
            scores[subject].append((each.before, each.after))
    means = [
        say.Scored(
            subject, fmean(before for before, _ in those), fmean(after for _, after in those), len(those)
        )
        for subject, those in scores.items()
        if len(those) >= LEAST_SCORED
    ]
    return tuple(sorted(means, key=lambda each: -each.times))


def _is_for_them(what: str, memory: Memory, library: Library) -> bool:
    """Whether the person may still use it: nothing else is held out as something that helped."""
    return known(what, library) and not refused(what, memory.person(), library)


def _what_helps(scored: Iterable[say.Scored]) -> tuple[say.Scored, ...]:
    """That after which the person's own scores fell most, best first."""
    best = sorted((each for each in scored if each.drop > 0), key=lambda each: -each.drop)
    return tuple(best[:MOST_HELPING])
