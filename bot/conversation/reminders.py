"""Reminders: which part of a conversation about them an event belongs to."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import actions, at_its_time, reminded, reminder_list, subscribing, zoning
from bot.conversation import decision as say
from bot.conversation import reminder_decisions as tell
from bot.conversation.events import Blocked, Commanded, Due, Event, Placed, Said, Tapped
from bot.conversation.memory import Memory, Question
from bot.conversation.reminder_actions import (
    AnswerReminder,
    AnswerTogether,
    ManageReminder,
    PauseReminder,
    PickZone,
    Reminding,
    Retime,
    SetQuiet,
    ShowReminders,
    Subscribe,
)
from bot.conversation.scene import Scene, Turn
from bot.reminders.reminder import Off, blocked
from bot.understanding.reading import Kind, Reading
from bot.understanding.reminder_requests import Request, comes_again, half_in, request_in
from bot.understanding.requests import routine_in
from bot.understanding.times import read_time

COMMANDS = ("remind", "reminders")


def about_tap(action: Reminding, scene: Scene) -> Turn:
    """The turn for a tap on a button about reminders."""
    if not scene.private:
        return Turn((tell.RemindInPrivate(),), scene.memory)
    match action:
        case Subscribe():
            return subscribing.subscribe(action, scene)
        case AnswerReminder():
            return at_its_time.answered(action, scene)
        case AnswerTogether():
            return at_its_time.answered_together(action, scene)
        case ManageReminder():
            return reminder_list.managed(action, scene)
        case PauseReminder():
            return reminder_list.paused(action, scene)
        case Retime():
            return reminder_list.retime(action, scene)
        case PickZone():
            return zoning.picked(action, scene)
        case SetQuiet():
            return reminder_list.set_quiet(action, scene)
        case ShowReminders():
            return reminder_list.page(action, scene)


def about_command(name: str, argument: str, reading: Reading, scene: Scene) -> Turn | None:
    """The turn for a command about reminders; ``None`` for any other."""
    if name == "start" and argument in COMMANDS:
        name, argument = argument, ""
    if name == "stop" and not argument:
        return _stopped(scene)
    if name not in COMMANDS:
        return None
    if not scene.private:
        return Turn((say.OnlyInPrivate(name),), scene.memory)
    if name == "reminders" and not argument:
        return reminder_list.listed(scene)
    return _add(argument, reading, scene)


def about_words(text: str, reading: Reading, scene: Scene) -> Turn | None:
    """The turn for words about reminders, or in answer to a question about them; ``None`` for any others."""
    if not scene.private:
        return None
    if text.strip().casefold() == scene.library.words.reminders.button_place.casefold():
        return zoning.no_place(scene)
    control = reading.context.control
    orders = control in ("remind", "stop") and reading.kind is Kind.CONTROL
    ours = scene.sayings.in_our_words(text)
    request = request_in(ours) if orders or reading.kind is Kind.UNKNOWN else None
    if request not in (None, Request.ADD, Request.MOVED):
        return _ordered(request, text, scene)
    if turn := _answer(text, reading, scene):
        return turn
    if control == "reminders" and reading.kind is Kind.CONTROL:
        return reminder_list.listed(scene)
    if orders:
        return _stopped(scene) if control == "stop" else _add(text, reading, scene)
    if request is Request.MOVED and (scene.memory.reminders or scene.memory.preferences.zone):
        return zoning.about_words(text, scene)
    wish = read_time(ours, subscribing.local_now(scene))
    if reading.kind is Kind.UNKNOWN and not reading.foreign and comes_again(wish):
        return _add(text, reading, scene)
    return None


def _ordered(request: Request | None, text: str, scene: Scene) -> Turn:
    """The turn for an order to reminders that are there."""
    match request:
        case Request.NOT_TODAY:
            return reminder_list.all_skipped(scene)
        case Request.STOP:
            return reminder_list.all_paused(None, scene)
        case Request.RESUME:
            return reminder_list.resumed_all(scene)
        case Request.PAUSE:
            found = reminder_list.about_pause(text, reminder_list.ALL, scene)
            return found or reminder_list.ask_pause(reminder_list.ALL, scene)
        case _:
            return reminder_list.listed(scene)


def _stopped(scene: Scene) -> Turn | None:
    """A bare "stop" pauses what would come by itself; ``None`` where nothing would, or a routine runs."""
    going = scene.memory.round
    running = going is not None and not going.running.over
    if running or not any(each.next_due() for each in scene.memory.reminders):
        return None
    return reminder_list.all_paused(None, scene)


def _add(text: str, reading: Reading, scene: Scene) -> Turn:
    """Subscribe to what words name, at the time they name."""
    memory = scene.memory.hearing(reading.conditions, scene.now)
    unheard = scene.memory.unheard(reading.conditions, scene.library)
    person = memory.person(reading.conditions)
    what = reminded.daily_meant(text, scene.library)
    what = what or reminded.meant(reading.points, reading.complaints, person, scene.library)
    what = what or routine_in(text, scene.library) or ""
    turn = subscribing.from_words(text, Subscribe(what, person=person), replace(scene, memory=memory))
    if reading.danger:
        turn = replace(turn, says=(*turn.says, tell.AlsoSeeDoctor(reading.danger.id)))
    if isinstance(turn.says[0], say.NoPressing):
        return turn
    return replace(turn, to_remember=unheard)


def _answer(text: str, reading: Reading, scene: Scene) -> Turn | None:
    """The turn for the answer to a question about reminders; ``None`` where it is none."""
    question = scene.memory.question
    if (
        question is None
        or reading.danger
        or (reading.kind is Kind.CONTROL and reading.context.control == "stop")
    ):
        return None
    match question.kind:
        case "remind_what":
            return _answer_what(text, reading, _draft(question), scene)
        case "remind_when":
            return _answer_when(text, reading, _draft(question), scene)
        case "remind_half":
            return _answer_half(text, question.about, scene)
        case "remind_zone":
            return zoning.about_answer(text, reading, question.about, scene)
        case "remind_new_time":
            return reminder_list.about_new_time(text, int(question.about), scene)
        case "remind_pause":
            return reminder_list.about_pause(text, int(question.about), scene)
        case "remind_quiet":
            return reminder_list.about_quiet(text, scene)
        case _:
            return None


def _draft(question: Question) -> Subscribe:
    draft = actions.decode(question.about)
    assert isinstance(draft, Subscribe)  # nothing else is put there
    return draft


def _answer_what(text: str, reading: Reading, draft: Subscribe, scene: Scene) -> Turn | None:
    what = reminded.daily_meant(text, scene.library)
    what = what or reminded.meant(reading.points, reading.complaints, draft.person, scene.library)
    what = what or routine_in(text, scene.library) or ""
    if not what or reading.conditions:
        return None
    return subscribing.subscribe(replace(draft, what=what), scene)


def _answer_when(text: str, reading: Reading, draft: Subscribe, scene: Scene) -> Turn | None:
    if reading.conditions or reading.complaints or reading.points:
        return None
    return subscribing.about_time(text, draft, scene)


def _answer_half(text: str, about: str, scene: Scene) -> Turn | None:
    evening = half_in(scene.sayings.in_our_words(text))
    morning_action, evening_action = map(actions.decode, about.split())
    if evening is None:
        return _other_time(text, morning_action, scene)
    chosen = evening_action if evening else morning_action
    assert isinstance(chosen, Subscribe | Retime)  # nothing else is put there
    return about_tap(chosen, scene)


def _other_time(text: str, asked: actions.Action, scene: Scene) -> Turn | None:
    """Another time instead of a half of the day."""
    if isinstance(asked, Subscribe):
        return subscribing.about_time(text, replace(asked, times=()), scene)
    return reminder_list.about_new_time(text, asked.reminder, scene) if isinstance(asked, Retime) else None


def placed(event: Placed, scene: Scene) -> Turn:
    """The turn for a place."""
    if not scene.private:
        return Turn((say.NotUnderstood("no_words"),), scene.memory)
    return zoning.placed(event.latitude, event.longitude, scene)


def off_when_blocked(memory: Memory) -> Memory:
    """The memory of a chat that cannot be written to."""
    return without_news(replace(memory, reminders=blocked(memory.reminders)))


def without_news(memory: Memory) -> Memory:
    """The memory of somebody who wants nothing to come by itself."""
    return replace(memory, preferences=replace(memory.preferences, news=False))


def afterwards(event: Event, turn: Turn, scene: Scene) -> Turn:
    """The turn, with what it means for reminders: something finished or learned, somebody back, a pause."""
    before = scene.memory
    for done in turn.memory.done:
        if done not in before.done:
            what = done.points[0] if len(done.points) == 1 and not done.name else done.name
            turn = replace(turn, memory=reminded.marked_done(turn.memory, what, scene.now))
    turn = at_its_time.checked_again(before, turn, scene)
    if isinstance(event, Said | Commanded | Tapped):
        turn = _welcomed_back(turn)
    if not isinstance(event, Due | Blocked):
        turn = _with_place_key(before, turn)
    memory = turn.memory
    if memory.reminders != before.reminders:
        kept = reminded.without_those_over(memory.reminders, scene.now)
        memory = reminded.with_pauses(before, replace(memory, reminders=kept), scene.now)
    return replace(turn, memory=memory)


def _with_place_key(before: Memory, turn: Turn) -> Turn:
    """The key to send a place comes with the question for the zone, and goes when that is over.

    Beside a danger card nothing is said; the key goes with the next answer.
    """
    memory, question = turn.memory, turn.memory.question
    if any(isinstance(each, tell.AskZone) for each in turn.says):
        return replace(turn, memory=replace(memory, place_key=True))
    if not before.place_key or (question and question.kind == "remind_zone"):
        return turn
    if any(isinstance(each, tell.PlaceKeyGone | say.DangerCard) for each in turn.says):
        return turn
    says = (*turn.says, tell.PlaceKeyGone())
    return replace(turn, says=says, memory=replace(memory, place_key=False))


def _welcomed_back(turn: Turn) -> Turn:
    """Once, what was stopped when the person could not be reached is offered again. Nothing comes unasked."""
    memory = turn.memory
    if not any(each.off is Off.BLOCKED for each in memory.reminders):
        return turn
    if any(isinstance(each, say.DangerCard) for each in turn.says):
        return turn
    reminders = tuple(
        replace(each, off=Off.ASKED) if each.off is Off.BLOCKED else each for each in memory.reminders
    )
    return replace(turn, says=(*turn.says, tell.OfferResume()), memory=replace(memory, reminders=reminders))
