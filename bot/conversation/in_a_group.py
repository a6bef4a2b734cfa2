"""What is different in a group: buttons belong to the asker, and nothing tells what only the asker may read.

What the asker told in private counts here too: a point that is not for them is not shown to them. But others
read along, so nothing names it or says that there is anything, and no button carries it. The reminders of the
group are nobody's own: what is known of one member neither ends them nor holds them back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from bot.conversation import actions, group_reminders, steering
from bot.conversation import decision as say
from bot.conversation.browsing_actions import Star
from bot.conversation.browsing_decisions import AnswerInPrivate, EndedInPrivate, NotYours
from bot.conversation.choosing import closed
from bot.conversation.decide import decide, says_stop
from bot.conversation.events import Blocked, Due, Event, Tapped
from bot.conversation.hold_actions import (
    AddToOwn,
    Feel,
    HoldOwn,
    HoldPlan,
    HoldPoint,
    HoldRoutine,
    Own,
    Steer,
)
from bot.conversation.hold_decisions import TroubleAdvice, WaitsForCheck
from bot.conversation.memory import Memory
from bot.conversation.reminder_actions import Subscribe
from bot.conversation.scene import Scene, Turn
from bot.conversation.talk import COMPLAINT_LINK, POINT_LINK
from bot.conversation.wishes import ROUTINE_LINK
from bot.guidance.offer import Offer, Person, offer
from bot.guidance.safety import Verdict
from bot.library import Library
from bot.understanding.reading import Reading

ASK_ANEW = "relief"


def decide_in_a_group(event: Event, reading: Reading, scene: Scene, asker: Memory) -> Turn:
    """What to do about ``event`` in a group. ``asker`` is what is known of whoever brought it about."""
    danger = reading.danger and reading.danger.stops_everything
    scene = replace(scene, memory=scene.memory.at(scene.now))
    if not danger:
        stops = says_stop(event, reading)
        if turn := group_reminders.about_event(event, reading, scene, stops=stops):
            return turn
    turn = _about_members(event, reading, scene, asker)
    if isinstance(event, Blocked):
        return turn
    turn = replace(turn, memory=replace(scene.memory, round=turn.memory.round, held=turn.memory.held))
    if not isinstance(event, Due):
        return turn
    reminded = group_reminders.due(replace(scene, memory=turn.memory), down=event.after_downtime)
    return replace(reminded, says=(*turn.says, *reminded.says))


def _about_members(event: Event, reading: Reading, scene: Scene, asker: Memory) -> Turn:
    """What to do about anything but the reminders of the group, of which this knows nothing."""
    scene = replace(scene, memory=Memory(round=scene.memory.round))
    action = _action(event)
    if isinstance(event, Tapped) and event.message_id is not None and not _may_tap(action, event, scene):
        return Turn((NotYours(),), scene.memory)
    if isinstance(action, actions.Keeping) and (link := private_link(action)):
        return Turn((AnswerInPrivate(link),), scene.memory)
    danger = reading.danger and reading.danger.stops_everything
    if not danger and (ended := _no_longer_allowed(event, asker, scene)):
        return ended
    if isinstance(event, Tapped) and action and action.person.cleared:
        event = replace(event, data=actions.encode(replace(action, person=action.person.elsewhere())))
    memory = replace(scene.memory, said=asker.conditions, said_at=scene.now, held=asker.held)
    turn = decide(event, reading, replace(scene, memory=memory))
    told = reading.conditions | (action.person.conditions if action else frozenset())
    unnamed = asker.conditions - told
    link = _link(action, reading, scene.library)
    says = tuple(_discreet(each, unnamed, link, scene.library) for each in turn.says)
    return Turn(says, turn.memory, counted=turn.counted)


def private_link(action: actions.Action) -> str | None:
    """The word that opens a button's subject in private; ``None`` for what everybody may see."""
    match action:
        case actions.ShowPrivacy():
            return None
        case actions.ShowData():
            return "mydata"
        case actions.AskDelete() | actions.Delete():
            return "delete"
        case Subscribe():
            return "remind"
        case Star():
            return "points"
        case Own() | AddToOwn() | HoldOwn():
            return "routines"
        case _:
            return "settings" if isinstance(action, actions.Keeping) else None


def _action(event: Event) -> actions.Action | None:
    if not isinstance(event, Tapped):
        return None
    try:
        return actions.decode(event.data)
    except actions.StaleButton:
        return None


def _may_tap(action: actions.Action | None, event: Tapped, scene: Scene) -> bool:
    """Whether a button is for the one who tapped it. What runs knows itself whose it is."""
    if isinstance(action, Steer | Feel):
        return True
    going = scene.memory.round
    owner = event.asker or (going.by if going else None)
    return owner == event.by


def _no_longer_allowed(event: Event, asker: Memory, scene: Scene) -> Turn | None:
    """The end of a routine that is not for the person any more, since they told something in private."""
    going = scene.memory.round
    if going is None or going.running.over or not (asker.conditions or asker.held):
        return None
    by = going.by if isinstance(event, Due) else getattr(event, "by", 0)
    if by != going.by:
        return None
    if not asker.held and not steering.barred(going.running, asker.conditions, scene.library):
        return None
    memory = replace(scene.memory, round=None)
    return Turn((EndedInPrivate("routines"), *closed(going)), memory)


def _link(action: actions.Action | None, reading: Reading, library: Library) -> str:
    """The word by which the private chat answers the same."""
    by_number = {entry.number: slug for slug, entry in library.complaints.items()}
    match action:
        case actions.ShowPoint() | actions.OutOfReach() | HoldPoint():
            return f"{POINT_LINK}{action.code}"
        case actions.ShowComplaints() | HoldPlan() if action.complaints[0] in by_number:
            return f"{COMPLAINT_LINK}{by_number[action.complaints[0]]}"
        case HoldRoutine():
            return f"{ROUTINE_LINK}R{action.number:02}"
    if reading.routine:
        return f"{ROUTINE_LINK}{reading.routine}"
    if reading.points:
        return f"{POINT_LINK}{reading.points[0]}"
    return f"{COMPLAINT_LINK}{reading.complaints[0]}" if reading.complaints else ASK_ANEW


def _discreet(decision: say.Decision, unnamed: frozenset[str], link: str, library: Library) -> say.Decision:
    """The decision without a trace of what is ``unnamed``, or where to read it in private."""
    if isinstance(decision, WaitsForCheck):
        return AnswerInPrivate(link)
    if isinstance(decision, TroubleAdvice):
        decision = replace(decision, rests=())  # a group remembers no points, so nothing is promised
    told: say.Decision = _without(decision, unnamed)
    if isinstance(told, say.Answer):
        return _answer(told, unnamed, library)
    return AnswerInPrivate(link) if _mentions(told, unnamed) else told


def _answer(answer: say.Answer, unnamed: frozenset[str], library: Library) -> say.Answer:
    """The answer, which does not say that a point was left out because of what is unnamed."""
    kept = tuple(rule for rule in answer.verdict.rules if rule not in unnamed)
    named = offer((*answer.complaints, *answer.also), answer.person, library)
    open_to_all = Offer(
        answer.offer.shown,
        tuple(code for code in answer.offer.ask_first if code in named.ask_first),
        tuple(each for each in named.withheld if each[0] not in answer.offer.shown),
    )
    return replace(
        answer, offer=open_to_all, verdict=Verdict(answer.verdict.effect, kept) if kept else Verdict()
    )


def _without(value: Any, rules: frozenset[str]) -> Any:
    """The same value; the persons in it do not have these conditions."""
    if isinstance(value, Person):
        return replace(value, conditions=value.conditions - rules)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed: dict[str, Any] = {}
    for each in fields(value):
        before = getattr(value, each.name)
        after = _without(before, rules)
        if after is not before:
            changed[each.name] = after
    return replace(value, **changed) if changed else value


def _mentions(value: object, rules: frozenset[str]) -> bool:
    """Whether a rule of these stands anywhere in a value."""
    if isinstance(value, str):
        return value in rules
    if isinstance(value, Mapping):
        return any(_mentions(each, rules) for each in (*value, *value.values()))
    if isinstance(value, tuple | frozenset):
        return any(_mentions(each, rules) for each in value)
    if is_dataclass(value):
        return any(_mentions(getattr(value, each.name), rules) for each in fields(value))
    return False
