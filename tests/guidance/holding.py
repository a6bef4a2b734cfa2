"""Every hold and routine that can be started, from its card to its last cue, and what each reply says.

The general walk stops at the buttons of timed holds: behind each of them lies a plan with its cues. Here each
plan is looked at once for each set of rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from bot.conversation.actions import encode
from bot.conversation.decide import decide
from bot.conversation.decision import Decision
from bot.conversation.events import Due, Event, Tapped
from bot.conversation.hold_actions import HasSign, HoldPlan, HoldPoint, HoldRoutine, Steer, Wish
from bot.conversation.hold_decisions import AskSigns, Cued, HoldCard
from bot.conversation.memory import Memory
from bot.conversation.scene import Scene, Turn
from bot.flow import Companion
from bot.guidance.offer import Person
from bot.library import Library
from tests.answering import NOW
from tests.guidance.walk import NO_WORDS, Visit, _decoded

MESSAGE = 77


def every_wish(library: Library, person: Person) -> Iterator[Wish]:
    """Each routine, each plan and each point once, for one person."""
    for routine in library.routines:
        yield HoldRoutine(int(routine.removeprefix("R")), person=person)
    for entry in library.complaints.values():
        yield HoldPlan((entry.number,), 10, person=person)
        yield HoldPlan((entry.number,), 5, "yes", person=person)
    for code in library.points:
        yield HoldPoint(code, person=person)


def whole_holds(
    companion: Companion, person: Person, wishes: Sequence[Wish], memory: Memory | None = None
) -> Iterator[Visit]:
    """All that is said from the first tap on each wish to the end of what it starts."""
    library = companion.library
    known = memory or Memory(said=person.conditions, said_at=NOW)
    for wish in wishes:
        yield from _whole(companion, library, wish, known)


def _whole(companion: Companion, library: Library, wish: Wish, memory: Memory) -> Iterator[Visit]:
    who = _for_whom(wish, library)

    def visits(path: str, turn: Turn) -> Iterator[Visit]:
        for decision in turn.says:
            reply = companion.writer.write(decision)
            taps = tuple(_decoded(encode(button.action)) for button in reply.buttons if button.action)
            yield Visit(f"{wish!r} {path}", who, decision, reply, taps)

    turn = _after(Tapped(encode(wish), message_id=MESSAGE), memory, library)
    yield from visits("card", turn)
    (first,) = turn.says
    if isinstance(first, AskSigns):
        for button in companion.writer.write(first).buttons:
            answer = _after(Tapped(encode(button.action), message_id=MESSAGE), memory, library)
            yield from visits("sign" if isinstance(button.action, HasSign) else "card", answer)
            if isinstance(answer.says[0], HoldCard):
                turn = answer
    card = turn.says[0]
    if isinstance(card, HoldCard):
        start = replace(card.wish, verb="start")
        turn = _after(Tapped(encode(start), message_id=MESSAGE), turn.memory, library)
        yield from visits("started", turn)
        yield from _to_the_end(turn, visits, library)


def _to_the_end(turn: Turn, visits, library: Library) -> Iterator[Visit]:
    cue = 0
    while turn.memory.round and turn.memory.round.running.deadline:
        cue += 1
        running = turn.memory.round.running
        if cue == 1:
            lost = Tapped(encode(Steer("not_found", running.serial)), message_id=MESSAGE)
            yield from visits("not found", _after(lost, turn.memory, library))
        turn = _after(Due(), turn.memory, library, running.deadline)
        yield from visits(f"cue {cue}", turn)


def _after(event: Event, memory: Memory, library: Library, now=NOW) -> Turn:
    return decide(event, NO_WORDS, Scene(library, now, memory))


def _for_whom(wish: Wish, library: Library) -> Person:
    """Who is to press, with what the complaint of a wish itself says."""
    if isinstance(wish, HoldRoutine):
        slugs = library.routines[f"R{wish.number:02}"].complaints
        return wish.person.with_complaints(slugs, library) if len(slugs) == 1 else wish.person
    numbers = getattr(wish, "complaints", ())
    slugs = [slug for slug, entry in library.complaints.items() if entry.number in numbers]
    return wish.person.with_complaints(slugs, library)


def timed_points(decision: Decision) -> frozenset[str]:
    """The points that a card or a cue has in its plan."""
    plan = None
    if isinstance(decision, HoldCard):
        plan = decision.planned.plan
    elif isinstance(decision, Cued):
        plan = decision.running.plan
    return frozenset(step.point for step in plan.steps if step.point) if plan else frozenset()


@cache
def holds_under_each_rule(companion: Companion) -> tuple[tuple[str, Visit], ...]:
    """Every hold of somebody to whom a single rule applies, for every rule."""
    return tuple(
        (rule, visit)
        for rule in companion.library.rules
        for person in [Person(frozenset({rule}))]
        for visit in whole_holds(companion, person, tuple(every_wish(companion.library, person)))
    )


@cache
def holds_without_conditions(companion: Companion) -> tuple[Visit, ...]:
    """Every hold of somebody of whom nothing is known."""
    return tuple(whole_holds(companion, Person(), tuple(every_wish(companion.library, Person()))))
