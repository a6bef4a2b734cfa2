"""What somebody may be reminded of, and what the rules, a danger sign or a routine that runs say to that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time

from bot.conversation.memory import Memory
from bot.guidance.looking import DAILY, point_of_the_day
from bot.guidance.offer import Person, may_show, offer
from bot.guidance.plans import allowed_plan
from bot.library import Library
from bot.library.facts import Effect, Memorable
from bot.reminders.reminder import Pause, Reminder, done, streak
from bot.reminders.schedule import DAY, zone_info
from bot.understanding.text import fold

SUGGESTED = ("R10", "R01", "R03", "R08", "R04", "R11")
"""Routines to be reminded of, the shortest first. Each can be done alone."""
NIGHT_IS_OVER = time(4)
MOST_DAYS = 400
"""Of how many days is kept that something was done."""


def known(what: str, library: Library) -> bool:
    """Whether the content has this routine or point."""
    return what in library.routines or what in library.points or what == DAILY


def refused(what: str, person: Person, library: Library) -> tuple[str, ...]:
    """The rules under which this person is not reminded of a routine or point; none if they may be.

    What a doctor agreed to counts for the page on which it was said, and for no reminder.
    """
    person = person.elsewhere()
    if what == DAILY:
        day = point_of_the_day(date.min, person, library)
        return () if day else tuple(sorted(person.conditions))
    if what in library.points:
        verdict = may_show(what, person, library)
        return verdict.rules if verdict.effect in (Effect.WITHHOLD, Effect.ASK_FIRST) else ()
    planned = allowed_plan(what, person, library)
    if planned.plan:
        return ()
    left_out = {rule for each in planned.left_out for rule in each.verdict.rules}
    return planned.rules or tuple(sorted(left_out))


def suggested(person: Person, library: Library) -> tuple[str, ...]:
    """The routines to choose from: none that is made for a condition that this person does not have."""
    there = (each for each in SUGGESTED if each in library.routines)
    made_for_them = (each for each in there if implied_by_all(each, library) <= person.conditions)
    return tuple(each for each in made_for_them if not refused(each, person, library))


def implied_by_all(routine: str, library: Library) -> frozenset[str]:
    """The rules that apply to everybody for whom a routine is made."""
    complaints = library.routines[routine].complaints
    return frozenset.intersection(*(frozenset(library.complaints[slug].implies) for slug in complaints))


def meant(points: tuple[str, ...], complaints: tuple[str, ...], person: Person, library: Library) -> str:
    """What words about points or complaints want to be reminded of; nothing if that is not clear."""
    if points:
        return points[0]
    for slug in complaints:
        allowed = (each for each in library.complaints[slug].routines if not refused(each, person, library))
        found = next(allowed, None) or next(iter(offer((slug,), person, library).shown), None)
        if found:
            return found
    return ""


def daily_meant(text: str, library: Library) -> str:
    """The point of the day, if a text asks for it; nothing otherwise."""
    said = " ".join(fold(text).split())
    return DAILY if any(fold(phrase) in said for phrase in library.words.browsing.daily_phrases) else ""


def lasting(memory: Memory, library: Library) -> Person:
    """The person with what does not pass by itself, such as a fever would."""
    rules = (rule for rule in memory.conditions if library.rules[rule].memorable is Memorable.LASTING)
    return Person(frozenset(rules))


def waits(reminder: Reminder, memory: Memory, library: Library) -> bool:
    """Whether a reminder may not come now: a danger sign, a rule, or the person is at it already."""
    if memory.held or not known(reminder.what, library) or refused(reminder.what, memory.person(), library):
        return True
    going = memory.round
    return going is not None and not going.running.over and going.running.plan.name == reminder.what


# --- looking back


def today(memory: Memory, now: datetime) -> date:
    """The person's local date."""
    return now.astimezone(zone_info(memory.preferences.zone or "UTC")).date()


def with_done(memory: Memory, on: date) -> Memory:
    """The memory of a person who did something on a local date."""
    days = sorted({*memory.preferences.done_on, on})[-MOST_DAYS:]
    return replace(memory, preferences=replace(memory.preferences, done_on=tuple(days)))


def days_in_a_row(memory: Memory, now: datetime) -> int:
    """On how many days in a row something was done. Days on which no reminder comes break nothing.

    Without regular reminders every day counts.
    """
    zone = zone_info(memory.preferences.zone or "UTC")
    done_on = {*memory.preferences.done_on, *(each.ended_at.astimezone(zone).date() for each in memory.done)}
    regular = (each for each in memory.reminders if each.last_on is None)
    weekdays = {day for each in regular for day in each.schedule.weekdays} or range(7)
    return streak(done_on, today(memory, now), weekdays, memory.preferences.pauses)


def without_those_over(reminders: Iterable[Reminder], now: datetime) -> tuple[Reminder, ...]:
    """The reminders but for those whose last day is over."""
    return tuple(
        each
        for each in reminders
        if each.snoozed_until or not each.is_after_the_last(each.schedule.local(now).on)
    )


def coming(reminders: Iterable[Reminder], now: datetime) -> tuple[Reminder, ...]:
    """The reminders that are still to come or could be resumed."""
    return tuple(
        each for each in without_those_over(reminders, now) if not each.active or each.next_due() is not None
    )


def with_pauses(before: Memory, after: Memory, now: datetime) -> Memory:
    """The memory, which notes since when nothing comes, or that something comes again."""
    if before.reminders == after.reminders or not after.reminders:
        return after
    day = today(after, now)
    pauses = after.preferences.pauses
    resting = _rests(after, day)
    if resting and not _rests(before, day):
        ends = [each.paused_until for each in after.reminders if each.active and each.paused_until]
        pauses = (*pauses, Pause(day, min(ends, default=None)))
    elif pauses and not resting and (pauses[-1].end is None or pauses[-1].end > day):
        pauses = (*pauses[:-1], Pause(pauses[-1].start, day))
    return replace(after, preferences=replace(after.preferences, pauses=pauses[-MOST_DAYS:]))


def _rests(memory: Memory, day: date) -> bool:
    return not any(each.active and not each.is_paused(day) for each in memory.reminders)


def marked_done(memory: Memory, what: str, now: datetime) -> Memory:
    """The memory after something was finished: its reminder of today has been met."""
    reminders = tuple(
        done(each, _day_met(each, now)) if each.what == what else each for each in memory.reminders
    )
    return with_done(replace(memory, reminders=reminders), today(memory, now))


def _day_met(reminder: Reminder, now: datetime) -> date:
    """The local date for which something is done now; past midnight it may still be yesterday's."""
    local = reminder.schedule.local(now)
    if reminder.waiting_on == local.on - DAY and local.at < NIGHT_IS_OVER:
        return reminder.waiting_on
    return local.on
