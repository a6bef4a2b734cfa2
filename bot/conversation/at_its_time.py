"""A reminder at its time, and its buttons. They know their date: yesterday's leave today alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.conversation import actions, choosing, reminded, talk
from bot.conversation import decision as say
from bot.conversation import reminder_decisions as tell
from bot.conversation.hold_actions import HoldRoutine
from bot.conversation.memory import Memory
from bot.conversation.reminder_actions import AnswerReminder
from bot.conversation.reminder_list import changed, find
from bot.conversation.scene import Scene, Turn
from bot.guidance.offer import Person
from bot.guidance.safety import forbids_everything
from bot.reminders.due import Act, Due, after_downtime, due_together, let_go
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
    says = tuple(_message(each) for each in found if each.sends)
    kept = reminded.without_those_over(reminders, now)
    return Turn(says, replace(memory, reminders=kept))


def _message(due: Due) -> tell.ReminderDue:
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
    on, now = date.fromordinal(action.on), scene.now
    today = reminder.schedule.local(now).on
    if (on - today).days > MOST_AHEAD_DAYS:
        raise actions.StaleButton
    past = on < today and reminder.waiting_on != on
    match action.verb:
        case "start":
            return _start(reminder, on, scene)
        case "done":
            return _done(reminder, on, scene)
        case "skip" if on < today:
            return _told(action, keep_going(reminder) if not past else reminder, scene, past=past)
        case "skip":
            return _told(action, skip_today(reminder, now), scene)
        case "pause":
            return _told(action, turn_off(reminder, Off.ASKED), scene)
        case "keep":
            return _told(action, reminder if past else keep_going(reminder), scene, past=past)
        case _ if past:
            return _told(action, reminder, scene, past=True)
        case "evening":
            return _told(action, snooze_to_evening(reminder, now), scene)
        case _:
            minutes = TEN_MINUTES if action.verb == "ten_minutes" else HOUR
            return _told(action, snooze(reminder, minutes, now), scene)


def _told(action: AnswerReminder, reminder: Reminder, scene: Scene, *, past: bool = False) -> Turn:
    until = _until(reminder) if action.verb in ("ten_minutes", "hour", "evening") and not past else None
    decision = tell.ReminderAnswered(
        action.verb, reminder, date.fromordinal(action.on), scene.now, until, past=past
    )
    return Turn((decision,), changed(reminder, scene.memory))


def _until(reminder: Reminder) -> datetime | None:
    return reminder.after_quiet(reminder.snoozed_until) if reminder.snoozed_until else None


def _done(reminder: Reminder, on: date, scene: Scene) -> Turn:
    reminder = done(reminder, on)
    memory = reminded.with_done(changed(reminder, scene.memory), on)
    in_a_row = reminded.days_in_a_row(memory, scene.now)
    decision = tell.ReminderAnswered("done", reminder, on, scene.now, days_in_a_row=in_a_row)
    return Turn((decision,), memory)


def _start(reminder: Reminder, on: date, scene: Scene) -> Turn:
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
    return _opened(reminder, on, person, scene)


def _opened(reminder: Reminder, on: date, person: Person, scene: Scene) -> Turn:
    """The card of the routine, or the page of the point."""
    what = reminder.what
    if what in scene.library.routines:
        return choosing.show(HoldRoutine(int(what.removeprefix("R")), person=person), scene)
    page = talk.about_tap(actions.ShowPoint(what, person=person), scene.library)
    if not isinstance(page, say.Answer):
        return Turn((page,), scene.memory)
    return Turn((tell.PointAtItsTime(page, reminder, on),), scene.memory)


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
