"""What a person lets us keep: consent, the profile, the data held, and their end."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import actions, speaking, still_so
from bot.conversation import decision as say
from bot.conversation.choosing import closed
from bot.conversation.memory import Memory, Profile
from bot.conversation.progress import progress
from bot.conversation.scene import Scene, Turn
from bot.guidance.safety import forbids_everything
from bot.library import Library
from bot.library.facts import Memorable

PERSONAL_COMMANDS = ("settings", "language", "mydata", "delete", "progress")
CONTROLS = (*PERSONAL_COMMANDS, "checked")
"""What is asked for in words."""


def about_command(name: str, argument: str, scene: Scene) -> Turn | None:
    """The turn for a command about what is kept; ``None`` for any other command."""
    if name == "start" and argument in PERSONAL_COMMANDS:
        name = argument
    if name in PERSONAL_COMMANDS and not scene.private:
        return _say(say.OnlyInPrivate(name), scene)
    if name == speaking.COMMAND:
        return speaking.about_command("" if argument == name else argument, scene)
    return about_words(name, scene) if name in PERSONAL_COMMANDS else None


def about_words(control: str, scene: Scene) -> Turn:
    """The turn for words about what is kept: one of ``CONTROLS``."""
    if not scene.private:
        return _say(say.OnlyInPrivate(control if control in PERSONAL_COMMANDS else "settings"), scene)
    match control:
        case "settings":
            return _settings(scene)
        case "mydata":
            return _my_data(scene)
        case "delete":
            return _ask_delete(scene)
        case "language":
            return speaking.choices(scene)
        case "progress":
            return progress(scene)
        case _:
            return _checked(scene)


def about_tap(action: actions.Keeping, scene: Scene) -> Turn:
    """The turn for a tap on a button about what is kept."""
    told = action.person.conditions
    match action:
        case actions.Remember():
            return _remember(told, scene)
        case actions.Agree():
            return _agree(told, scene)
        case actions.Decline():
            return _declined(scene)
        case actions.NotSo():
            return _not_so(told, scene)
        case actions.ShowSettings():
            return _settings(scene)
        case actions.ShowHealth():
            return _say(say.HealthSettings(scene.memory.profile.conditions), scene)
        case actions.SetCondition():
            return _set_condition(action.rule, action.on == "on", scene)
        case actions.ShowHabits():
            return _say(say.HabitSettings(scene.memory.profile), scene)
        case actions.SetHabit():
            return _set_habit(action.habit, action.on == "on", scene)
        case actions.SetNews():
            return _set_news(action.on == "on", scene)
        case actions.ShowData():
            return _my_data(scene)
        case actions.AskDelete():
            return _ask_delete(scene)
        case actions.Delete():
            going = scene.memory.round
            older = closed(going) if going and not going.running.over else ()
            return Turn((say.Deleted(), *older), Memory())
        case actions.ShowPrivacy():
            return _say(say.PrivacyInFull(), scene)
        case actions.ShowLanguages() | actions.SetLanguage():
            return speaking.about_tap(action, scene)
        case actions.Checked():
            return _checked(scene)


def lasting(library: Library) -> frozenset[str]:
    """The conditions that can be kept."""
    return frozenset(rule for rule, entry in library.rules.items() if entry.memorable is Memorable.LASTING)


def _say(decision: say.Decision, scene: Scene) -> Turn:
    return Turn((decision,), scene.memory)


def _settings(scene: Scene) -> Turn:
    memory = scene.memory
    return _say(say.Settings(memory.profile, memory.consent_at is not None, memory.preferences), scene)


def _remember(conditions: frozenset[str], scene: Scene) -> Turn:
    wanted = conditions & lasting(scene.library)
    if scene.memory.consent_at is None:
        return _say(say.AskConsent(wanted), scene)
    profile = replace(scene.memory.profile, conditions=scene.memory.profile.conditions | wanted)
    memory = still_so.confirmed(wanted, replace(scene.memory, profile=profile))
    return Turn((say.Remembered(wanted, memory.person()),), memory)


def _agree(conditions: frozenset[str], scene: Scene) -> Turn:
    memory = replace(scene.memory, consent_at=scene.memory.consent_at or scene.now)
    return _remember(conditions, replace(scene, memory=memory))


def _declined(scene: Scene) -> Turn:
    """Nothing is stored: what was asked on the way there is not asked any more, and consent goes again."""
    memory = replace(scene.memory, question=None)
    if memory.only_agreed:
        memory = replace(memory, consent_at=None)
    return Turn((say.NotRemembered(memory.person()),), memory)


def _not_so(conditions: frozenset[str], scene: Scene) -> Turn:
    memory = scene.memory
    profile = replace(memory.profile, conditions=memory.profile.conditions - conditions)
    memory = replace(memory, said=memory.said - conditions, profile=profile)
    return Turn((say.Corrected(memory.person()),), memory)


def _set_condition(rule: str, on: bool, scene: Scene) -> Turn:
    if rule not in lasting(scene.library):
        raise actions.StaleButton
    if scene.memory.consent_at is None:
        return _say(say.AskConsent(frozenset({rule} if on else ())), scene)
    memory = scene.memory
    others = memory.profile.conditions - {rule}
    profile = replace(memory.profile, conditions=others | {rule} if on else others)
    memory = replace(memory, profile=profile, said=memory.said - {rule})
    return Turn((say.HealthSettings(profile.conditions),), memory)


def _set_habit(habit: actions.Habit, on: bool, scene: Scene) -> Turn:
    if scene.memory.consent_at is None:
        return _say(say.AskConsent(frozenset()), scene)
    profile = _with_habit(habit, on, scene.memory.profile)
    return Turn((say.HabitSettings(profile),), replace(scene.memory, profile=profile))


def _with_habit(habit: actions.Habit, on: bool, profile: Profile) -> Profile:
    if habit == "helper" or habit == "alone":
        return replace(profile, helper=(habit == "helper") if on else None)
    others = profile.obstacles - {habit}
    return replace(profile, obstacles=others | {habit} if on else others)


def _set_news(on: bool, scene: Scene) -> Turn:
    memory = scene.memory
    if on and memory.consent_at is None:
        return _say(say.AskConsent(frozenset()), scene)
    memory = replace(memory, preferences=replace(memory.preferences, news=on))
    shown = say.Settings(memory.profile, memory.consent_at is not None, memory.preferences, news_set=True)
    return Turn((shown,), memory)


def _my_data(scene: Scene) -> Turn:
    if scene.memory == Memory():
        return _say(say.NothingHeld(), scene)
    return _say(say.MyData(scene.memory), scene)


def _ask_delete(scene: Scene) -> Turn:
    return _say(say.NothingToDelete() if scene.memory == Memory() else say.AskDelete(), scene)


def _checked(scene: Scene) -> Turn:
    memory = replace(scene.memory, held=None)
    forbidden = forbids_everything(memory.conditions, scene.library)
    return Turn((say.Checked(scene.memory.held is not None, memory.person(), forbidden),), memory)
