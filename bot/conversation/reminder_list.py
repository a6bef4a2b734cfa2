"""The list of reminders, and changes to one or all of them: times, pauses, quiet hours, the lock screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from bot.conversation import actions, reminded, subscribing, zoning
from bot.conversation import decision as say
from bot.conversation import reminder_decisions as tell
from bot.conversation.memory import Memory, Preferences
from bot.conversation.reminder_actions import (
    ManageReminder,
    PauseReminder,
    Retime,
    SetQuiet,
    ShowReminders,
    Subscribe,
    day_number,
    weekday_bits,
)
from bot.conversation.reminder_decisions import PauseFault
from bot.conversation.scene import Scene, Turn
from bot.reminders.pauses import read_pause
from bot.reminders.reminder import (
    InQuiet,
    QuietHours,
    Reminder,
    pause_all,
    pause_until,
    reschedule,
    resume,
    skip_today,
    turn_off,
)
from bot.understanding.reminder_requests import quiet_hours_in
from bot.understanding.times import Fault, read_time

ALL = 0
"""Stands for all reminders where a button carries the id of one."""


# --- lists


def listed(scene: Scene, deleted: Reminder | None = None) -> Turn:
    """All reminders."""
    memory = scene.memory
    reminders = reminded.coming(memory.reminders, scene.now)
    if not reminders and deleted is None:
        return Turn((tell.NoReminders(),), memory)
    return Turn((tell.ReminderList(reminders, memory.preferences.zone, scene.now, deleted),), memory)


def page(action: ShowReminders, scene: Scene) -> Turn:
    """The turn for a button about all reminders."""
    match action.page:
        case "list":
            return listed(scene)
        case "new":
            return subscribing.subscribe(Subscribe(), scene)
        case "pause_all":
            return ask_pause(ALL, scene)
        case "resume_all":
            return resumed_all(scene)
        case "zone":
            return zoning.ask(scene)
        case "quiet":
            return _quiet(scene)
        case "lock":
            return Turn((tell.LockScreenSettings(scene.memory.preferences),), scene.memory)
        case "say_more" | "say_less":
            return _lock_screen(action.page == "say_more", scene)


def managed(action: ManageReminder, scene: Scene) -> Turn:
    """The turn for a button about one reminder."""
    if action.verb == "undo":
        return _undo(action.reminder, scene)
    reminder = find(action.reminder, scene.memory)
    if reminder is None:
        deleted = scene.memory.deleted
        if action.verb == "delete" and deleted and deleted.id == action.reminder:
            return listed(scene, deleted)  # tapped twice: the way back stays
        return Turn((tell.ReminderGone(),), scene.memory)
    match action.verb:
        case "show":
            return Turn((tell.ReminderShown(reminder, scene.now),), scene.memory)
        case "retime":
            memory = subscribing.asking("remind_new_time", str(reminder.id), scene)
            return Turn((tell.AskNewTime(reminder),), memory)
        case "pause":
            return ask_pause(reminder.id, scene)
        case "resume":
            return _resumed(reminder, scene)
        case "delete":
            return _deleted(reminder, scene)


def find(reminder_id: int, memory: Memory) -> Reminder | None:
    """The reminder of that id."""
    return next((each for each in memory.reminders if each.id == reminder_id), None)


def changed(reminder: Reminder, memory: Memory) -> Memory:
    """The memory with one reminder as it is now."""
    return replace(
        memory,
        reminders=tuple(reminder if each.id == reminder.id else each for each in memory.reminders),
    )


def _deleted(reminder: Reminder, scene: Scene) -> Turn:
    left = tuple(each for each in scene.memory.reminders if each.id != reminder.id)
    memory = replace(scene.memory, reminders=left, deleted=reminder)
    return listed(replace(scene, memory=memory), reminder)


def _undo(reminder_id: int, scene: Scene) -> Turn:
    """Bring back what was deleted last; what came due meanwhile does not come."""
    if find(reminder_id, scene.memory):
        return listed(scene)
    deleted = scene.memory.deleted
    if deleted is None or deleted.id != reminder_id:
        return Turn((tell.ReminderGone(),), scene.memory)
    if rules := _rules_against(deleted, scene):
        return Turn((tell.NotForReminding(deleted.what, rules, scene.memory.person()),), scene.memory)
    handled = max(deleted.handled, deleted.schedule.local(scene.now))
    reminders = sorted((*scene.memory.reminders, replace(deleted, handled=handled)), key=lambda each: each.id)
    memory = replace(scene.memory, reminders=tuple(reminders), deleted=None)
    return Turn((tell.ReminderShown(replace(deleted, handled=handled), scene.now, "restored"),), memory)


def _resumed(reminder: Reminder, scene: Scene) -> Turn:
    rules = _rules_against(reminder, scene)
    if rules:
        decision = tell.NotForReminding(reminder.what, rules, scene.memory.person())
        return Turn((decision,), scene.memory)
    reminder = resume(reminder, scene.now)
    decision_shown = tell.ReminderShown(reminder, scene.now, "resumed")
    return Turn((decision_shown,), changed(reminder, scene.memory))


def _rules_against(reminder: Reminder, scene: Scene) -> tuple[str, ...]:
    if not reminded.known(reminder.what, scene.library):
        return ()
    return reminded.refused(reminder.what, scene.memory.person(), scene.library)


# --- times


def about_new_time(text: str, reminder_id: int, scene: Scene) -> Turn | None:
    """The answer to the question for other times; ``None`` for words that are about something else."""
    reminder = find(reminder_id, scene.memory)
    ours = scene.sayings.in_our_words(text)
    wish = subscribing.with_noon(read_time(ours, subscribing.local_now(scene)))
    if reminder is None or wish.fault is Fault.NO_TIME:
        return None
    if wish.fault:
        memory = subscribing.asking("remind_new_time", str(reminder.id), scene)
        return Turn((tell.AskNewTime(reminder, subscribing.fault_of(wish)),), memory)
    weekdays = weekday_bits(reminder.schedule.weekdays)
    days = day_number(reminder.last_on) if reminder.last_on else weekdays
    if not wish.times and not wish.once_at:
        times = tuple(each.hour * 60 + each.minute for each in reminder.schedule.times)
        days, _ = subscribing.days_and_times(wish, days, scene)
        return retime(Retime(reminder.id, days, times), scene)
    if subscribing.all_unclear(wish):
        morning, evening = (
            Retime(reminder.id, *subscribing.days_and_times(clear, days, scene))
            for clear in subscribing.halves(wish)
        )
        return subscribing.ask_half(wish, morning, evening, scene)
    return retime(Retime(reminder.id, *subscribing.days_and_times(wish, days, scene)), scene)


def retime(action: Retime, scene: Scene) -> Turn:
    """Give a reminder other times."""
    reminder = find(action.reminder, scene.memory)
    if reminder is None:
        return Turn((tell.ReminderGone(),), scene.memory)
    schedule, last_on = subscribing.schedule_of(
        action.days, action.times, scene.memory.preferences.zone or reminder.schedule.zone
    )
    later = replace(reschedule(reminder, schedule, scene.now), last_on=last_on)
    if later.active and later.next_due() is None:
        memory = subscribing.asking("remind_new_time", str(reminder.id), scene)
        return Turn((tell.AskNewTime(reminder, "over"),), memory)
    memory = replace(changed(later, scene.memory), question=None)
    return Turn((tell.ReminderShown(later, scene.now, "retimed"),), memory)


# --- pauses


def ask_pause(reminder_id: int, scene: Scene, fault: PauseFault | None = None) -> Turn:
    """Ask until when to pause."""
    if not scene.memory.reminders:
        return Turn((tell.NoReminders(),), scene.memory)
    memory = subscribing.asking("remind_pause", str(reminder_id), scene)
    decision = tell.AskPause(reminder_id, reminded.today(scene.memory, scene.now), fault=fault)
    return Turn((decision,), memory)


def about_pause(text: str, reminder_id: int, scene: Scene) -> Turn | None:
    """Words that say until when; ``None`` where they name no date."""
    today = reminded.today(scene.memory, scene.now)
    wish = read_pause(scene.sayings.in_our_words(text), today)
    if wish.choices:
        memory = subscribing.asking("remind_pause", str(reminder_id), scene)
        return Turn((tell.AskPause(reminder_id, today, wish.choices),), memory)
    if wish.fault:
        return None if wish.fault.value == "no_date" else ask_pause(reminder_id, scene, wish.fault.value)
    return paused(PauseReminder(reminder_id, wish.until.toordinal() if wish.until else 0), scene)


def paused(action: PauseReminder, scene: Scene) -> Turn:
    """Pause one reminder, or all. A date that has passed by now is an old button's."""
    today = reminded.today(scene.memory, scene.now)
    if action.until and not 1 <= action.until <= date.max.toordinal():
        raise actions.StaleButton
    until = date.fromordinal(action.until) if action.until else None
    if until and until <= today:
        return ask_pause(action.reminder, scene, "over")
    scene = replace(scene, memory=replace(scene.memory, question=None))
    if action.reminder == ALL:
        return all_paused(until, scene)
    reminder = find(action.reminder, scene.memory)
    if reminder is None:
        return Turn((tell.ReminderGone(),), scene.memory)
    reminder = pause_until(reminder, until) if until else turn_off(reminder)
    return Turn((tell.ReminderShown(reminder, scene.now, "paused"),), changed(reminder, scene.memory))


def all_paused(until: date | None, scene: Scene) -> Turn:
    """Nothing comes until the date, or until the person asks."""
    if not scene.memory.reminders:
        return Turn((tell.NoReminders(),), scene.memory)
    memory = replace(scene.memory, reminders=pause_all(scene.memory.reminders, until))
    today = reminded.today(scene.memory, scene.now)
    return Turn((tell.AllPaused(until, today),), memory)


def all_skipped(scene: Scene) -> Turn:
    """Nothing more today."""
    if not scene.memory.reminders:
        return Turn((tell.NoReminders(),), scene.memory)
    reminders = tuple(skip_today(each, scene.now) for each in scene.memory.reminders)
    coming = reminded.coming(reminders, scene.now)
    return Turn((tell.AllSkipped(coming, scene.now),), replace(scene.memory, reminders=reminders))


def resumed_all(scene: Scene) -> Turn:
    """All that may come, comes again, from now on."""
    reminders = tuple(
        each if _rules_against(each, scene) else resume(each, scene.now) for each in scene.memory.reminders
    )
    return listed(replace(scene, memory=replace(scene.memory, reminders=reminders)))


# --- quiet hours and the lock screen


def _quiet(scene: Scene) -> Turn:
    decision = tell.QuietHoursSettings(scene.memory.preferences)
    return Turn((decision,), subscribing.asking("remind_quiet", "", scene))


def about_quiet(text: str, scene: Scene) -> Turn | None:
    """The answer to the question for quiet hours; ``None`` for words that are about something else."""
    hours = quiet_hours_in(scene.sayings.in_our_words(text), subscribing.local_now(scene))
    if hours is None:
        return None
    kept = scene.memory.preferences.quiet
    then = kept.then if kept else InQuiet.MOVE
    return _with_quiet(QuietHours(*hours, then), scene)


def set_quiet(action: SetQuiet, scene: Scene) -> Turn:
    """Keep quiet hours, or have none."""
    if action.then == "off":
        return _with_quiet(None, scene)
    if action.start == action.end:
        raise actions.StaleButton
    start, end = (time(*divmod(each, 60)) for each in (action.start, action.end))
    return _with_quiet(QuietHours(start, end, InQuiet(action.then)), scene)


def _with_quiet(quiet: QuietHours | None, scene: Scene) -> Turn:
    if scene.memory.consent_at is None:
        return Turn((say.AskConsent(frozenset()),), scene.memory)
    preferences = replace(scene.memory.preferences, quiet=quiet)
    reminders = tuple(replace(each, quiet=quiet) for each in scene.memory.reminders)
    return _with_preferences(preferences, reminders, tell.QuietHoursSettings(preferences), scene)


def _lock_screen(says_more: bool, scene: Scene) -> Turn:
    if scene.memory.consent_at is None:
        return Turn((say.AskConsent(frozenset()),), scene.memory)
    preferences = replace(scene.memory.preferences, plain_text=says_more)
    reminders = tuple(replace(each, private_text=not says_more) for each in scene.memory.reminders)
    return _with_preferences(preferences, reminders, tell.LockScreenSettings(preferences), scene)


def _with_preferences(
    preferences: Preferences, reminders: tuple[Reminder, ...], decision: say.Decision, scene: Scene
) -> Turn:
    memory = replace(scene.memory, preferences=preferences, reminders=reminders, question=None)
    return Turn((decision,), memory)
