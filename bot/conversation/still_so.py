"""Whether what was kept is still so. What ends one day is asked about, and counts until somebody says no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation import decision as say
from bot.conversation.events import Commanded, Event, Said
from bot.conversation.memory import Memory
from bot.conversation.scene import Scene, Turn
from bot.library import Library

UNANSWERED = timedelta(days=7)
"""Who does not answer is asked again after that, beside another answer and never by itself."""


def asked(event: Event, turn: Turn, told: frozenset[str], scene: Scene) -> Turn:
    """The turn, which may ask about one condition; ``told`` are those of the message at hand."""
    memory = _dated(turn.memory, told, scene.now, scene.library)
    due = [rule for rule, moment in memory.profile.ask_again.items() if moment <= scene.now]
    if not due or not _may_ask(event, replace(turn, memory=memory)):
        return replace(turn, memory=memory)
    again = {**memory.profile.ask_again, due[0]: scene.now + UNANSWERED}
    memory = _with(again, memory)
    return replace(turn, says=(*turn.says, say.AskStillSo(due[0])), memory=memory)


def confirmed(conditions: frozenset[str], memory: Memory) -> Memory:
    """The memory of somebody who said just now that these are so: their time begins anew."""
    ask_again = {rule: at for rule, at in memory.profile.ask_again.items() if rule not in conditions}
    return _with(ask_again, memory)


def _dated(memory: Memory, told: frozenset[str], now: datetime, library: Library) -> Memory:
    """The memory that knows of every kept condition that ends when to ask about it."""
    kept, before = memory.profile.conditions, memory.profile.ask_again
    ends = {rule: library.rules[rule].asked_again_after_days for rule in sorted(kept)}
    ask_again = {
        rule: now + timedelta(days=days) if rule in told or rule not in before else before[rule]
        for rule, days in ends.items()
        if days
    }
    return memory if ask_again == before else _with(ask_again, memory)


def _with(ask_again: Mapping[str, datetime], memory: Memory) -> Memory:
    return replace(memory, profile=replace(memory.profile, ask_again=ask_again))


def _may_ask(event: Event, turn: Turn) -> bool:
    """Not beside a danger card, another question or a routine that runs."""
    asking = say.DangerCard | say.NoPressing | say.AskDelete | say.AskConsent
    going = turn.memory.round
    return (
        isinstance(event, Said | Commanded)
        and bool(turn.says)
        and not any(isinstance(each, asking) for each in turn.says)
        and turn.memory.question is None
        and going is None
        and not turn.to_remember
    )
