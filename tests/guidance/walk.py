"""Everything a person can reach by tapping, and what each reply tells them to press.

Nothing here asks the guidance what it allows: what is forbidden is read from the rules as they stand in the
content, and what a reply instructs is read from its text as people see it.
"""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import get_args

from bot.conversation.actions import (
    AS_IN_APP,
    Delete,
    Keeping,
    NotSo,
    SetCondition,
    SetHabit,
    SetLanguage,
    SetNews,
    encode,
)
from bot.conversation.commands import COMMANDS
from bot.conversation.decide import decide
from bot.conversation.decision import Decision, Reach, WhichPoint
from bot.conversation.events import Commanded, Pace, Said, Sent, Tapped
from bot.conversation.hold_actions import Feel, Holding, Steer
from bot.conversation.memory import Hold, Memory, Profile
from bot.conversation.reminder_actions import OwnReminders
from bot.conversation.scene import Scene
from bot.flow import Companion
from bot.guidance.offer import Person
from bot.library import Library
from bot.library.facts import Tier
from bot.understanding.reading import Context, Danger, Kind, Reading
from bot.wording.reply import Reply
from tests.answering import NOTHING, NOW, decided
from tests.guidance.browsing import every_reply_while_looking_around
from tests.guidance.holding import every_moment_of_a_hold
from tests.guidance.reminding import every_reply_about_reminders
from tests.guidance.visits import NO_WORDS, Visit, decoded

FORGETTING = (NotSo, Delete, SetCondition)
STARTED = (Steer, Feel)
"""Buttons about a routine that runs or ran: for whom it is was settled when it started."""
CODE = re.compile(r"\b(?:LU|LI|ST|SP|HT|SI|BL|KI|PC|TE|GB|LR|GV|CV)\d{1,2}\b")


# --- what can be reached


def complaints_and_points(library: Library, conditions: frozenset[str]) -> Iterator[tuple[str, Reading]]:
    """Messages of a person with ``conditions`` about every complaint and every point."""
    for slug in library.complaints:
        yield slug, Reading(Kind.COMPLAINT, complaints=(slug,), conditions=conditions)
    for code in library.points:
        yield code, Reading(Kind.POINT, points=(code,), conditions=conditions)


def first_readings(library: Library, conditions: frozenset[str]) -> Iterator[tuple[str, Reading]]:
    """The same, and everything else that a message can be about."""
    yield from complaints_and_points(library, conditions)
    yield "words nobody knows", Reading(Kind.UNKNOWN, conditions=conditions)
    yield "words of another language", Reading(Kind.UNKNOWN, conditions=conditions, foreign=True)
    yield "ST40", Reading(Kind.POINT, not_covered=("ST40",), conditions=conditions)
    for control in library.words.controls:
        context = Context(control=control)
        yield control, Reading(Kind.CONTROL, context=context, conditions=conditions)
    codes_of_old_numbers = {entry.code for entry in library.old_numbers.values()}
    for old, entry in library.old_numbers.items():
        today = old.replace("B", "BL")
        meanings = (entry.code, today) if today in codes_of_old_numbers else (entry.code,)
        if len(meanings) > 1 and library.points.keys() & set(meanings):
            yield old, Reading(Kind.POINT, ask=meanings, conditions=conditions)
    yield "hip or back", Reading(Kind.COMPLAINT, ("hip", "back"), ask=("hip", "back"), conditions=conditions)
    soon = next(flag for flag, entry in library.red_flags.items() if entry.tier is Tier.DOCTOR_SOON)
    danger = Danger(soon, Tier.DOCTOR_SOON)
    for slug in ("neck", "digestion"):
        reading = Reading(Kind.COMPLAINT, complaints=(slug,), danger=danger, conditions=conditions)
        yield f"{slug} with {soon}", reading


def pairs_of_complaints(library: Library) -> Iterator[tuple[str, Reading]]:
    """Messages that name two complaints."""
    for pair in itertools.combinations(library.complaints, 2):
        yield " and ".join(pair), Reading(Kind.COMPLAINT, complaints=pair)


def walk(
    companion: Companion,
    conditions: frozenset[str],
    starts: Iterable[tuple[str, Reading]],
    *,
    tapping: bool = True,
    memory: Memory = NOTHING,
) -> Iterator[Visit]:
    """Every reply that can be reached from ``starts`` by tapping, breadth first, each button once.

    ``memory`` is what is known before; its conditions are the person's as well. Buttons about what is kept
    are followed where something is, but for those that forget it.

    Complaints can imply conditions, which later taps must not forget either. A button that forgets a
    condition is not followed: ``Rules.broken_by`` finds fault with the button itself.
    """
    library, write = companion.library, companion.writer.write
    seen: set[str] = set()
    waiting: deque[tuple[str, Person, Decision]] = deque(
        (name, Person(conditions | memory.conditions), decided(Said(""), reading, library, memory))
        for name, reading in starts
    )
    while waiting:
        path, person, decision = waiting.popleft()
        person = replace(person, conditions=person.conditions | implied_by(decision, library))
        reply = write(decision)
        buttons = [encode(button.action) for button in reply.buttons]
        actions = tuple(decoded(data) for data in buttons)
        yield Visit(path, person, decision, reply, actions)
        for button, data, action in zip(reply.buttons, buttons, actions, strict=True):
            about_pressing = not isinstance(action, Keeping | OwnReminders)
            follow = action.person.conditions == person.conditions if about_pressing else memory != NOTHING
            follow = follow and not isinstance(action, Holding)  # tests/guidance/holding.py follows those
            if tapping and not isinstance(action, FORGETTING) and data not in seen and follow:
                seen.add(data)
                after = decided(Tapped(data), NO_WORDS, library, memory)
                whose = action.person if about_pressing else Person(memory.conditions)
                waiting.append((f"{path} > {button.label}", whose, after))


def implied_by(decision: Decision, library: Library) -> frozenset[str]:
    """The rules that apply to everybody with the complaints that a decision is about."""
    slugs = (*getattr(decision, "complaints", ()), *getattr(decision, "also", ()))
    return frozenset(rule for slug in slugs for rule in library.complaints[slug].implies)


@cache
def replies_without_conditions(companion: Companion) -> tuple[Visit, ...]:
    """What somebody can see who wrote nothing about themselves, two complaints in a message included."""
    library = companion.library
    starts = [*first_readings(library, frozenset()), *pairs_of_complaints(library)]
    return tuple(walk(companion, frozenset(), starts))


@cache
def replies_under_each_rule(companion: Companion) -> tuple[tuple[str, Visit], ...]:
    """What somebody can see to whom a single rule applies, with the rule, for every rule."""
    return tuple(
        (rule, visit)
        for rule in companion.library.rules
        for conditions in [frozenset({rule})]
        for visit in walk(companion, conditions, first_readings(companion.library, conditions))
    )


@cache
def replies_with_a_profile(companion: Companion) -> tuple[tuple[str, Visit], ...]:
    """What somebody sees whose profile holds a single rule and who writes nothing of it, for every rule."""
    starts = list(first_readings(companion.library, frozenset()))
    return tuple(
        (rule, visit)
        for rule in companion.library.words.settings.labels
        for visit in walk(companion, frozenset(), starts, memory=Memory(NOW, Profile(frozenset({rule}))))
    )


@cache
def cards(companion: Companion) -> tuple[Visit, ...]:
    """Every danger card: each sign that stops everything, at each tier that it can take on."""
    return tuple(
        Visit(f"{flag} {tier}", Person(), decision, companion.writer.write(decision))
        for flag, entry in companion.library.red_flags.items()
        for tier in sorted({entry.tier, Tier.EMERGENCY_NOW} - {Tier.DOCTOR_SOON})
        for decision in [
            decided(Said(""), Reading(Kind.DANGER, danger=Danger(flag, tier)), companion.library)
        ]
    )


@cache
def replies_to_commands(companion: Companion) -> tuple[Visit, ...]:
    """The answers to commands known, nearly known and unknown, to an old button and to a voice message."""
    names = (*COMMANDS, "cancel", "menu", "topics", "pionts", "xyzzy")
    events = [*(Commanded(name) for name in names), Tapped("0:m:::0"), Sent("voice")]
    return tuple(
        Visit(repr(event), Person(), decision, companion.writer.write(decision))
        for event in events
        for decision in [decided(event, NO_WORDS, companion.library)]
    )


@cache
def replies_about_keeping(companion: Companion) -> tuple[Visit, ...]:
    """Everything about what is kept: each button and command, for a stranger and for someone well known."""
    pregnant = frozenset({"CR01", "CR12"})
    known = Memory(NOW, Profile(pregnant, helper=True, obstacles=frozenset({"lying_down", "reaching_back"})))
    gave_birth = Profile(frozenset({"CR18"}), ask_again={"CR18": NOW})
    memories = (
        NOTHING,
        Memory(NOW),
        known,
        Memory(NOW, gave_birth),
        replace(known, profile=Profile(helper=False)),
        Memory(held=Hold("RF11", Tier.SAME_DAY, NOW)),
        Memory(said=frozenset({"CR12"}), said_at=NOW),
        Memory(said=frozenset({"CR14"}), said_at=NOW),
    )
    taps = [
        kind(person=Person(rules))
        for kind in get_args(Keeping)
        for rules in (frozenset(), pregnant)
        if kind not in (SetCondition, SetHabit, SetLanguage, SetNews)
    ]
    taps += [
        SetLanguage("en"),
        SetLanguage(AS_IN_APP),
        SetNews("on"),
        SetNews("off"),
        SetCondition("CR01", "on"),
        SetHabit("helper", "on"),
        SetHabit("lying_down", "off"),
    ]
    words = (Said("neck"), Said("neck", late=True), Said("neck", pace=Pace.HURRIED))
    events = [*(Tapped(encode(tap)) for tap in taps), *map(Commanded, COMMANDS), *words]
    return tuple(
        Visit(f"{event!r} {memory!r}", Person(), decision, reply)
        for event in events
        for memory in memories
        for private in (True, False)
        for scene in [Scene(companion.library, NOW, memory if private else NOTHING, private)]
        for turn in [decide(event, companion.reader.read(getattr(event, "text", "")), scene)]
        for decision, reply in zip(turn.says, companion.writer.write_turn(turn), strict=True)
    )


@cache
def every_reply(companion: Companion) -> tuple[Visit, ...]:
    """Each different reply once, whatever leads to it."""
    return _different(
        companion,
        (
            *replies_without_conditions(companion),
            *(visit for _, visit in replies_under_each_rule(companion)),
            *cards(companion),
            *replies_to_commands(companion),
            *replies_about_keeping(companion),
            *every_reply_about_reminders(companion),
            *every_moment_of_a_hold(companion),
            *every_reply_while_looking_around(companion),
        ),
    )


@cache
def replies_of_every_kind(companion: Companion) -> tuple[Visit, ...]:
    """Much fewer replies than ``every_reply``, but every sentence that can be said is in one of them."""
    library = companion.library
    forbidding = [rule for rule, entry in library.rules.items() if "*" in entry.withhold]
    visits = [*cards(companion), *replies_to_commands(companion), *replies_about_keeping(companion)]
    visits += every_moment_of_a_hold(companion)
    for rules in ((), ("CR01",), ("CR03",), *([rule] for rule in forbidding)):
        conditions = frozenset(rules)
        visits += walk(companion, conditions, first_readings(library, conditions))
    pairs = [("neck", "shoulder"), ("neck", "hip"), ("neck", "digestion")]
    readings = [Reading(Kind.COMPLAINT, complaints=pair) for pair in pairs]
    visits += walk(companion, frozenset(), [(reading.complaints[0], reading) for reading in readings])
    visits += every_reply_about_reminders(companion)
    visits += every_reply_while_looking_around(companion)
    return _different(companion, visits)


def _different(companion: Companion, visits: Sequence[Visit]) -> tuple[Visit, ...]:
    different = {(visit.reply.text, labels(visit.reply)): visit for visit in visits}
    apology = Visit("a fault", Person(), visits[0].decision, companion.writer.apology("4711"))
    return (*different.values(), apology)


def labels(reply: Reply) -> tuple[str, ...]:
    """What stands on the buttons."""
    return tuple(button.label for button in reply.buttons)


def drawn(reply: Reply) -> tuple[str, ...]:
    """What stands in the chart beside it."""
    return reply.chart.words if reply.chart else ()


# --- what a reply tells people to do


class Instructions:
    """Finds in a text the points that it tells people how to press."""

    def __init__(self, library: Library) -> None:
        self._words = library.words.points
        telling = {
            code: (f"{code} {library.points[code].pinyin}", words.where, words.how, words.reach)
            for code, words in self._words.items()
        }
        everything = [text for texts in telling.values() for text in texts]
        self._telling = {
            code: tuple(text for text in texts if everything.count(text) == 1)
            for code, texts in telling.items()
        }
        self._plain = lru_cache(maxsize=None)(lambda text: Reply(text).plain)
        self._given = lru_cache(maxsize=None)(self._find_given)
        self._missing = lru_cache(maxsize=None)(self._find_missing)

    def given_in(self, reply: Reply) -> frozenset[str]:
        """The points whose heading, place, way of pressing or way out stands in a reply."""
        return self._given(reply.text)

    def cautions_missing_in(self, reply: Reply) -> tuple[str, ...]:
        """The caution clauses that a reply leaves out although it says where the point is."""
        return self._missing(reply.text)

    def _find_given(self, text: str) -> frozenset[str]:
        plain = self._plain(text)
        return frozenset(
            code for code, texts in self._telling.items() if any(told in plain for told in texts)
        )

    def _find_missing(self, text: str) -> tuple[str, ...]:
        plain = self._plain(text)
        return tuple(
            f"{code}: {clause}"
            for code, words in self._words.items()
            if words.where in plain
            for clause in words.cautions.values()
            if clause.removesuffix(".") not in plain
        )


# --- what the rules forbid


class Rules:
    """What somebody to whom some rules apply must never be told."""

    def __init__(self, conditions: frozenset[str], library: Library) -> None:
        self._library = library
        rules = [library.rules[rule] for rule in conditions]
        self.conditions = conditions
        self.nothing_may_be_pressed = any("*" in rule.withhold for rule in rules)
        self.withheld = frozenset(
            code
            for code in library.points
            if any(code not in rule.allow and {code, "*"} & set(rule.withhold) for rule in rules)
        )
        asked = {code for rule in rules for code in rule.ask_first if code not in rule.allow}
        self.ask_first = frozenset(asked) - self.withheld

    @property
    def closed(self) -> tuple[frozenset[str], frozenset[str]]:
        """What decides who may tap where: two sets of rules that close the same points are alike in that."""
        return self.withheld, self.ask_first

    def broken_by(self, visit: Visit, instructions: Instructions) -> Iterator[str]:
        """What is wrong with a reply."""
        if visit.person.conditions != self.conditions:  # the complaint itself said more
            yield from Rules(visit.person.conditions, self._library).broken_by(visit, instructions)
            return
        closed = self.withheld
        if not visit.person.cleared:
            closed |= self.ask_first
        for code in instructions.given_in(visit.reply) & closed:
            yield f"tells how to press {code}"
        if isinstance(visit.decision, Reach):
            for code in closed & set(CODE.findall(visit.reply.plain)):
                yield f"names {code} as a way out of {visit.decision.code}"
        for code in self._pictured(visit.reply) & closed:
            yield f"shows a picture of {code}"
        for missing in instructions.cautions_missing_in(visit.reply):
            yield f"leaves out a caution, {missing}"
        yield from self._broken_by_buttons(visit)
        if self.nothing_may_be_pressed:
            for code in CODE.findall(" ".join([visit.reply.plain, *labels(visit.reply)])):
                yield f"mentions {code} where nothing may be pressed"

    def _pictured(self, reply: Reply) -> frozenset[str]:
        """The points in the picture of a reply."""
        name = reply.picture or ""
        routine = re.search(r"R\d\d", name) if name.startswith("routines/") else None
        steps = self._library.routines[routine[0]].steps if routine else ()
        return frozenset(CODE.findall(name)) | {step.point for step in steps if step.point}

    def _broken_by_buttons(self, visit: Visit) -> Iterator[str]:
        # Which of two points an older number means has to be asked before anything is said about either.
        asks = isinstance(visit.decision, WhichPoint)
        for label, action in zip(labels(visit.reply), visit.taps, strict=True):
            if isinstance(action, (Keeping, OwnReminders, *STARTED)):
                continue  # what it is about is what is kept, not who is to press
            if action.person.conditions != self.conditions:
                yield f"forgets the conditions on the button {label!r}"
            code = getattr(action, "code", None) or getattr(action, "what", None)
            if code in self.withheld and not asks:
                yield f"has the button {label!r}, which leads to {code}"
