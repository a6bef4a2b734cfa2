"""Every hold and routine that can be started, from its card to its last cue, and what each reply says.

The general walk stops at the buttons of timed holds: behind each of them lies a plan with its cues. Here each
plan is looked at once for each set of rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from bot.conversation.actions import Action, encode
from bot.conversation.decide import decide
from bot.conversation.decision import Decision
from bot.conversation.events import Due, Event, Said, Tapped
from bot.conversation.hold_actions import (
    AddToOwn,
    Feel,
    HasSign,
    HoldOwn,
    HoldPlan,
    HoldPoint,
    HoldRoutine,
    Own,
    Steer,
    Wish,
)
from bot.conversation.hold_decisions import AskSigns, Cued, HoldCard
from bot.conversation.memory import Done, Hold, Memory
from bot.conversation.scene import Scene, Turn
from bot.conversation.wishes import mark_of_name, mark_of_state
from bot.flow import Companion
from bot.guidance.offer import Person
from bot.guidance.own_routines import OwnRoutine
from bot.guidance.steps import Plan, step_of_point
from bot.library import Library
from bot.library.facts import Tier
from bot.understanding.reading import Context, Danger, Kind, Reading
from tests.answering import NOW
from tests.guidance.visits import NO_WORDS, Visit, decoded

MESSAGE = 77
NAMED_BY_A_PERSON = ("Mine", "Other")
"""What routines of one's own are called here."""


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
    companion: Companion,
    person: Person,
    wishes: Sequence[Wish],
    memory: Memory | None = None,
    run: set[Plan] | None = None,
) -> Iterator[Visit]:
    """All that is said from the first tap on each wish to the end of what it starts.

    A plan that is in ``run`` is only begun: its cues say the same to everybody.
    """
    library = companion.library
    known = memory or Memory(said=person.conditions, said_at=NOW)
    for wish in wishes:
        yield from _whole(companion, library, wish, known, set() if run is None else run)


def _whole(
    companion: Companion, library: Library, wish: Wish, memory: Memory, run: set[Plan]
) -> Iterator[Visit]:
    who = _for_whom(wish, library)

    def visits(path: str, turn: Turn) -> Iterator[Visit]:
        for decision in turn.says:
            reply = companion.writer.write(decision)
            taps = tuple(decoded(encode(button.action)) for button in reply.buttons if button.action)
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
        if card.planned.plan in run:
            return
        run.add(card.planned.plan)
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
    run: set[Plan] = set()
    return tuple(
        (rule, visit)
        for rule in companion.library.rules
        for person in [Person(frozenset({rule}))]
        for visit in whole_holds(companion, person, tuple(every_wish(companion.library, person)), run=run)
    )


@cache
def holds_without_conditions(companion: Companion) -> tuple[Visit, ...]:
    """Every hold of somebody of whom nothing is known."""
    return tuple(whole_holds(companion, Person(), tuple(every_wish(companion.library, Person()))))


# --- what is said on the way


FLOW = ("pause", "resume", "skip", "back", "slower", "faster", "found", "not_found", "more", "show", "hurts")


@cache
def every_moment_of_a_hold(companion: Companion) -> tuple[Visit, ...]:
    """Whatever can be said about holds, each at least once: cards, cues, taps, words, ends, own routines."""
    moments = _Moments(companion)
    return (*holds_without_conditions(companion), *moments.all())


class _Moments:
    """Leads somebody into every corner, and notes what is said there."""

    def __init__(self, companion: Companion) -> None:
        self.companion, self.library = companion, companion.library
        self.visits: list[Visit] = []

    def say(self, event: Event, memory: Memory, reading: Reading = NO_WORDS, now=NOW, **scene: bool) -> Turn:
        turn = decide(event, reading, Scene(self.library, now, memory, **scene))
        for decision, reply in zip(turn.says, self.companion.writer.write_turn(turn), strict=True):
            taps = tuple(decoded(encode(button.action)) for button in reply.buttons if button.action)
            self.visits.append(Visit(f"{event!r} {reading.context.control}", Person(), decision, reply, taps))
        return turn

    def tap(self, action: Action, memory: Memory, now=NOW, by: int = 0, **scene: bool) -> Turn:
        return self.say(Tapped(encode(action), by, MESSAGE), memory, now=now, **scene)

    def word(self, control: str, memory: Memory, by: int = 0, **more: object) -> Turn:
        reading = Reading(Kind.CONTROL, context=Context(control=control), **more)
        return self.say(Said("words", by), memory, reading)

    def all(self) -> list[Visit]:
        self.refusals()
        self.running()
        self.afterwards()
        self.of_ones_own()
        return self.visits

    def refusals(self) -> None:
        self.word("routines", Memory())
        self.word("pause", Memory())
        for trouble in ("hurts", "numb", "dizzy"):
            self.word(trouble, Memory())
        for seconds in (3, 400, 60):
            self.word("timer", Memory(), hold_seconds=seconds)
            self.word("timer", Memory(), hold_seconds=seconds, points=("LI4",))
        self.word("timer", Memory(), repeats=50, points=("LI4",))
        soon = Danger("RF25", Tier.DOCTOR_SOON)
        self.word("timer", Memory(), complaints=("neck",), danger=soon)
        self.word("timer", Memory(held=Hold("RF11", Tier.SAME_DAY, NOW)), complaints=("neck",))
        for rules in (("CR01",), ("CR03",), ("CR05",), ("CR07",), ("CR12",), ("CR03", "CR09"), ("CR08",)):
            person = Person(frozenset(rules))
            for wish in every_wish(self.library, person):
                self.tap(wish, Memory(said=person.conditions, said_at=NOW))
        self.tap(HoldPoint("LI4"), Memory(resting={"LI4": NOW + timedelta(hours=1)}))
        self.tap(HoldRoutine(10), Memory(resting={"LI4": NOW + timedelta(hours=1)}))
        self.tap(HoldRoutine(4), Memory(resting={"LI4": NOW + timedelta(hours=1)}))
        back = self.library.complaints["lower_back"].number
        for lying in (HoldPlan((back,), 10, position="lying"), HoldPlan((back,), 5, position="standing")):
            self.tap(lying, Memory())
        only_helper = [code for code, point in self.library.points.items() if point.reach.by == "helper"]
        for entry in self.library.complaints.values():
            if entry.points and {each.code for each in entry.points} <= set(only_helper):
                self.tap(HoldPlan((entry.number,), 5), Memory())
        self.tap(HoldPoint("LI4", side="left", seconds=30), Memory())
        self.tap(HoldPoint("LI4", seconds=300, repeats=3), Memory())
        self.tap(HoldPoint("LI4", side="left", seconds=300, repeats=9), Memory())
        self.tap(HoldPoint("LI4", side="right", before=7), Memory())
        neck = self.library.complaints["neck"].number
        sore = self.tap(HoldPlan((neck,), 10, side="right", verb="start"), Memory())
        self.tap(HoldPlan((neck,), 10, side="right"), Memory())
        while sore.memory.round and sore.memory.round.running.deadline:
            sore = self.say(Due(), sore.memory, now=sore.memory.round.running.deadline)

    def running(self) -> None:
        for wish in (HoldRoutine(3, verb="start", asked="denied"), HoldRoutine(1, verb="start")):
            going = self.tap(wish, Memory()).memory
            assert going.round
            self.tap(wish, going)
            self.tap(wish, replace(going, round=replace(going.round, message_id=1)))
            self.tap(replace(wish, verb="replace"), replace(going, round=replace(going.round, message_id=1)))
            for seconds in (0, 6, 20):
                self.steered(going, NOW + timedelta(seconds=seconds))
            for control in (*FLOW[:8], "done", "hurts", "numb", "dizzy", "stop"):
                self.word(control, going)
            self.word("pause", going, by=5)
            self.word("noted", going, conditions=frozenset({"CR01"}))
            deadline = going.round.running.deadline
            assert deadline
            for late in (timedelta(minutes=1), timedelta(hours=5)):
                self.say(Due(), going, now=deadline + late)
            self.say(Said("my back hurts"), going, Reading(Kind.DANGER, danger=Danger("RF11", Tier.SAME_DAY)))

    def steered(self, going: Memory, now: datetime) -> None:
        assert going.round
        serial = going.round.running.serial
        self.tap(Steer("pause", 99), going, now)
        self.tap(Steer("pause", serial), going, now, by=5)
        for verb in FLOW:
            after = self.tap(Steer(verb, serial), going, now).memory
            for second in FLOW:
                if after.round:
                    self.tap(Steer(second, after.round.running.serial), after, now)
        for verb in ("slower", "faster"):
            memory = going
            for _ in range(4):
                assert memory.round
                memory = self.tap(Steer(verb, memory.round.running.serial), memory, now).memory

    def afterwards(self) -> None:
        for consent in (None, NOW):
            for before in (0, 6):
                start = HoldRoutine(1, verb="start", before=before)
                going = self.tap(start, Memory(consent)).memory
                now = NOW + timedelta(seconds=40)
                assert going.round
                over = self.tap(Steer("stop", going.round.running.serial), going, now).memory
                assert over.round
                serial = over.round.running.serial
                self.tap(Feel("score", 99), over, now)
                for feel in (
                    Feel("odd", serial),
                    Feel("skip", serial),
                    *(Feel("score", serial, n) for n in (3, 5, 9)),
                ):
                    self.tap(feel, over, now)
                self.skipped_to_the_end(going)
        self.progress()

    def skipped_to_the_end(self, memory: Memory) -> None:
        while memory.round and not memory.round.running.over:
            memory = self.tap(Steer("skip", memory.round.running.serial), memory).memory
        going = self.tap(HoldPoint("GV20", verb="start"), Memory()).memory
        while going.round and not going.round.running.over:
            late = (going.round.running.deadline or NOW) + timedelta(minutes=2)
            going = self.say(Due(), going, now=late).memory
            if going.round and not going.round.running.over:
                going = self.tap(Steer("resume", going.round.running.serial), going, late).memory

    def progress(self) -> None:
        self.word("progress", Memory())
        self.word("progress", Memory(NOW))
        days = (NOW - timedelta(days=number) for number in range(4, -1, -1))
        done = [
            Done(day, name, points, 300, before, 3)
            for day in days
            for name, points, before in (("R01", ("BL23", "SI3"), 6), ("", ("LI4",), 5))
        ]
        for much in (1, 3, 10):
            self.word("progress", Memory(NOW, done=tuple(done[:much])))
        minute = Done(NOW, "", ("LI4",), 60, None, None)
        self.word("progress", Memory(NOW, done=(minute,)))

    def of_ones_own(self) -> None:
        self.tap(Own("new"), Memory())
        self.tap(Own("new"), Memory(), private=False)
        for name in ("Mine", "  ", "x" * 50):
            asked = self.tap(Own("new"), Memory(NOW)).memory
            self.say(Said(name), asked)
        named = self.say(Said("Mine"), self.tap(Own("new"), Memory(NOW)).memory).memory
        memory = self.added("LI4", named)
        for code in ("TE3", "GB20"):
            memory = self.added(code, memory)
        (routine,) = memory.own
        own, state = mark_of_name(routine.name), mark_of_state(routine)
        for verb in ("show", "areas", "rename", "ask_delete", "delete"):
            self.tap(Own(verb, own), memory)
        for index in range(6):
            self.tap(Own("area", own, index), memory)
        for index in range(3):
            for verb in ("step", "up", "down", "remove"):
                self.tap(Own(verb, own, index, state), memory)
                self.tap(Own(verb, own, index, 1), memory)
        self.tap(AddToOwn(own, state, "GV14"), memory)
        self.tap(AddToOwn(own, state, "BL20"), memory)
        self.tap(HoldOwn(own), memory)
        self.word("routines", memory)
        asked = self.tap(Own("rename", own), memory).memory
        for name in ("Other", "", "y" * 41):
            self.say(Said(name), asked)
        full = tuple(OwnRoutine(f"N{n}", routine.steps) for n in range(10))
        self.tap(Own("new"), Memory(NOW, own=full))
        taken = self.tap(Own("new"), memory).memory
        self.say(Said("mine"), taken)
        step = step_of_point(self.library.points["LI4"])
        for steps in ((step,) * 10, (replace(step, hold_seconds=60, repeats=8),) * 2):
            crowded = OwnRoutine("Mine", steps)
            self.tap(AddToOwn(own, mark_of_state(crowded), "KI27"), Memory(NOW, own=(crowded,)))

    def added(self, code: str, memory: Memory) -> Memory:
        routine = memory.own[0] if memory.own else OwnRoutine("Mine")
        return self.tap(AddToOwn(mark_of_name("Mine"), mark_of_state(routine), code), memory).memory
