"""A reminder at its time, and its buttons. They know their date: yesterday's leave today alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.conversation import actions, choosing, reminded, talk
from bot.conversation import decision as say
from bot.conversation import reminder_decisions as tell
from bot.conversation.hold_actions import HoldRoutine
from bot.conversation.memory import Memory
from bot.conversation.reminder_actions import AnsweringTogether, AnswerReminder, AnswerTogether
from bot.conversation.reminder_list import changed, find
from bot.conversation.scene import Scene, Turn
from bot.guidance.looking import DAILY, point_of_the_day
from bot.guidance.offer import Person
from bot.guidance.safety import forbids_everything
from bot.reminders.due import Act, Due, after_downtime, due_together, gathered, let_go
from bot.reminders.reminder import (
    Off,
    Reminder,
    done,
    keep_going,
    skip_today,
    snooze,
    snooze_to_evening,
    started,
    turn_off,
)

TEN_MINUTES, HOUR = 10, 60
PUTTING_OFF = ("ten_minutes", "hour", "evening")
MOST_AHEAD_DAYS = 2
"""A button of a date further ahead than any zone can be is not ours."""


def due(scene: Scene, *, down: bool) -> Turn:
    """What is due now. With ``down`` it became due while nobody ran, and at most one message comes of it."""
    memory, now = scene.memory, scene.now
    waiting = {each.id for each in memory.reminders if reminded.waits(each, memory, scene.library)}
    ready = [each for each in memory.reminders if each.id not in waiting]
    found = after_downtime(ready, now) if down else due_together(ready, now)
    after = {each.reminder.id: each.reminder for each in found}
    after |= {each.id: let_go(each, now) for each in memory.reminders if each.id in waiting}
    reminders = tuple(after[each.id] for each in memory.reminders)
    says = tuple(map(_message, gathered(found)))
    kept = reminded.without_those_over(reminders, now)
    return Turn(says, replace(memory, reminders=kept))


def _message(found: Sequence[Due]) -> tell.ReminderDue | tell.RemindersDue:
    those = tuple(_due(each) for each in found)
    return those[0] if len(those) == 1 else tell.RemindersDue(those)


def _due(due: Due) -> tell.ReminderDue:
    assert due.on is not None  # what is sent has a date and a time
    assert due.at is not None
    return tell.ReminderDue(
        due.reminder,
        due.on,
        due.at,
        late=due.act is Act.SEND_LATE,
        ask_to_pause=due.act is Act.ASK_TO_PAUSE,
        silent=due.silent,
    )


def answered(action: AnswerReminder, scene: Scene) -> Turn:
    """The turn for a button under a reminder."""
    reminder = find(action.reminder, scene.memory)
    if reminder is None:
        return Turn((tell.ReminderGone(),), scene.memory)
    on = _date_of(action.on, reminder, scene.now)
    if action.verb == "start":
        return _start(reminder, action, scene)
    reminder, past = _after(action.verb, reminder, on, scene.now)
    memory = changed(reminder, scene.memory)
    if action.verb == "done":
        memory = reminded.with_done(memory, on)
    put_off = action.verb in PUTTING_OFF and reminder.snoozed_until is not None and not past
    until = reminder.after_quiet(reminder.snoozed_until) if put_off and reminder.snoozed_until else None
    in_a_row = reminded.days_in_a_row(memory, scene.now) if action.verb == "done" else 0
    decision = tell.ReminderAnswered(action.verb, reminder, on, scene.now, until, in_a_row, past)
    return Turn((decision,), memory)


def answered_together(action: AnswerTogether, scene: Scene) -> Turn:
    """The turn for a button under several reminders."""
    if action.place > len(action.reminders):
        raise actions.StaleButton
    there = [find(each, scene.memory) for each in action.reminders]
    known = [each for each in there if each]
    if not known:
        return Turn((tell.ReminderGone(),), scene.memory)
    on = _date_of(action.on, known[0], scene.now)
    meant = [there[action.place - 1]] if action.place else known
    if action.place == 0 and action.verb != "done":
        meant = [each for each in known if each.is_open(on)]
    if action.verb == "start":
        return _start_one_of_them(meant[0] if action.place else None, action, scene)
    memory, past = scene.memory, not meant and on < known[0].schedule.local(scene.now).on
    if action.verb != "show":
        for each in filter(None, meant):
            after, was_past = _after(action.verb, each, on, scene.now)
            memory, past = changed(after, memory), past or was_past
    in_a_row = 0
    if action.verb == "done":
        memory = reminded.with_done(memory, on) if any(meant) else memory
        in_a_row = reminded.days_in_a_row(memory, scene.now)
    now_there = tuple(find(each, memory) for each in action.reminders)
    return Turn((tell.TogetherAnswered(action, now_there, scene.now, in_a_row, past),), memory)


def _start_one_of_them(reminder: Reminder | None, action: AnswerTogether, scene: Scene) -> Turn:
    if reminder is None:
        return Turn((tell.ReminderGone(),), scene.memory)
    turn = _start(reminder, action, scene)
    back = replace(action, verb="show", place=0)
    return replace(turn, says=(tell.OneOfThem(turn.says[0], back), *turn.says[1:]))


def _date_of(number: int, reminder: Reminder, now: datetime) -> date:
    """The date that a button carries. Raises ``StaleButton`` for one that is not ours."""
    on = date.fromordinal(number)
    if (on - reminder.schedule.local(now).on).days > MOST_AHEAD_DAYS:
        raise actions.StaleButton
    return on


def _after(verb: AnsweringTogether, reminder: Reminder, on: date, now: datetime) -> tuple[Reminder, bool]:
    """The reminder after an answer, and whether that came too late to be about the day that is."""
    today = reminder.schedule.local(now).on
    past = on < today and reminder.waiting_on != on
    match verb:
        case "done":
            return done(reminder, on), False
        case "pause":
            return turn_off(reminder, Off.ASKED), False
        case "skip" if on >= today:
            return skip_today(reminder, now), False
        case _ if past:
            return reminder, True
        case "skip" | "keep":
            return keep_going(reminder), False
        case "evening":
            return snooze_to_evening(reminder, now), False
        case _:
            return snooze(reminder, TEN_MINUTES if verb == "ten_minutes" else HOUR, now), False


def _start(reminder: Reminder, action: AnswerReminder | AnswerTogether, scene: Scene) -> Turn:
    """Open what the reminder is about, under the same rules as ever."""
    person = scene.memory.person()
    if not reminded.known(reminder.what, scene.library):
        return Turn((tell.ReminderGone(),), scene.memory)
    if forbidden := forbids_everything(person.conditions, scene.library):
        return Turn((say.NoPressing(forbidden, said_before=True),), scene.memory)
    if rules := reminded.refused(reminder.what, person, scene.library):
        return Turn((tell.NotForReminding(reminder.what, rules, person),), scene.memory)
    reminder = started(reminder)
    scene = replace(scene, memory=changed(reminder, scene.memory))
    return _opened(reminder, action, person, scene)


def _opened(
    reminder: Reminder, action: AnswerReminder | AnswerTogether, person: Person, scene: Scene
) -> Turn:
    """The card of the routine, or the page of the point."""
    what: str | None = reminder.what
    if what == DAILY:
        what = point_of_the_day(date.fromordinal(action.on), person, scene.library)
    if what is None:
        return Turn((tell.ReminderGone(),), scene.memory)
    if what in scene.library.routines:
        return choosing.show(HoldRoutine(int(what.removeprefix("R")), person=person), scene)
    page = talk.about_tap(actions.ShowPoint(what, person=person), scene.library)
    if not isinstance(page, say.Answer):
        return Turn((page,), scene.memory)
    return Turn((tell.PointAtItsTime(page, replace(action, verb="done")),), scene.memory)


def checked_again(before: Memory, turn: Turn, scene: Scene) -> Turn:
    """The turn, after which no reminder stays that is not for the person any more.

    What passes by itself, such as a fever, turns nothing off: reminders wait while it lasts.
    """
    memory = turn.memory
    person = reminded.lasting(memory, scene.library)
    if not memory.reminders or person.conditions <= reminded.lasting(before, scene.library).conditions:
        return turn
    ended = {
        each.id: rules
        for each in memory.reminders
        if each.active and reminded.known(each.what, scene.library)
        if (rules := reminded.refused(each.what, person, scene.library))
    }
    if not ended:
        return turn
    reminders = tuple(turn_off(each, Off.SAFETY) if each.id in ended else each for each in memory.reminders)
    memory = replace(memory, reminders=reminders)
    if any(isinstance(each, say.DangerCard) for each in turn.says):  # the card is the whole answer
        return replace(turn, memory=memory)
    whats = tuple(dict.fromkeys(each.what for each in reminders if each.id in ended))
    rules = tuple(sorted({rule for against in ended.values() for rule in against}))
    return replace(turn, says=(*turn.says, tell.RemindersEnded(whats, rules)), memory=memory)
