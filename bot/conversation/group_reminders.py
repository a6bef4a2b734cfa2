"""Reminders of a whole group. Only its admins set and end them, and what they lead to begins in private.

Nobody has to answer a reminder of a group, so none is ever counted as ignored.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import actions, group_subscribing, reminded
from bot.conversation import group_reminder_decisions as tell
from bot.conversation.events import Commanded, Event, Said, Tapped
from bot.conversation.reminder_actions import ManageReminder
from bot.conversation.reminder_list import find
from bot.conversation.scene import Scene, Turn
from bot.reminders.due import Act, after_downtime, due_together
from bot.understanding.reading import Kind, Reading


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
            return _for_admins(event, scene) or _asked(event, event.argument, reading, scene)
        case Said() if event.late:
            return None
        case Said() if reading.kind is Kind.CONTROL and reading.context.control == "remind":
            return _for_admins(event, scene) or _asked(event, event.text, reading, scene)
        case Said() if question := group_subscribing.question_to(event.by, scene.memory):
            return group_subscribing.answered(event, reading, question, scene)
        case Tapped():
            return _tapped(event, scene)
        case _:
            return None


def _asked(event: Said | Commanded, text: str, reading: Reading, scene: Scene) -> Turn:
    return group_subscribing.asked(text, reading, event.by, scene)


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
        return Turn((), scene.memory, asks_if_admin=True)
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
