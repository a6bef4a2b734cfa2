"""No routine times a point that is not for the person, and no cue says where to press without its cautions.

A routine runs by itself, with eyes closed: what is wrong in it is pressed before anyone reads it. So every
card and every cue of every routine, plan and point is read here, for every rule and for pairs of rules.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import pytest

from bot.conversation.hold_decisions import Cued, HoldCard
from bot.flow import Companion
from bot.guidance.offer import Person
from bot.guidance.steps import Plan
from bot.wording.hold_steps import StepWords
from tests.guidance.holding import (
    every_wish,
    holds_under_each_rule,
    holds_without_conditions,
    timed_points,
    whole_holds,
)
from tests.guidance.visits import Visit
from tests.guidance.walk import Instructions, Rules

pytestmark = pytest.mark.walk

EVERY_NTH_PAIR = 23


def broken(companion: Companion, told: Iterable[tuple[frozenset[str], Visit]]) -> str:
    """What is wrong with replies, each fault with the first way to it."""
    instructions, library = Instructions(companion.library), companion.library
    found: dict[str, str] = {}
    for conditions, visit in told:
        rules = Rules(visit.person.conditions, library)
        closed = rules.withheld if visit.person.cleared else rules.withheld | rules.ask_first
        wrong = list(Rules(conditions, library).broken_by(visit, instructions))
        wrong += [f"times {code}" for code in timed_points(visit.decision) & closed]
        for each in wrong:
            found.setdefault(each, f"{sorted(conditions)} {visit.reached_by}: {each}")
    return "\n".join(sorted(found.values()))


def test_without_any_rule_every_point_can_be_timed_and_every_cue_carries_its_cautions(
    companion: Companion,
) -> None:
    visits = holds_without_conditions(companion)
    timed = {code for visit in visits for code in timed_points(visit.decision)}

    assert broken(companion, ((frozenset(), visit) for visit in visits)) == ""
    assert timed == companion.library.points.keys()


def test_under_a_rule_no_card_and_no_cue_times_a_point_that_it_forbids(companion: Companion) -> None:
    told = ((frozenset({rule}), visit) for rule, visit in holds_under_each_rule(companion))

    assert broken(companion, told) == ""


def test_under_two_rules_no_card_and_no_cue_times_a_point_that_either_forbids(companion: Companion) -> None:
    pairs = itertools.islice(itertools.combinations(companion.library.rules, 2), 0, None, EVERY_NTH_PAIR)
    run: set[Plan] = set()
    told = (
        (person.conditions, visit)
        for person in map(Person, map(frozenset, pairs))
        for visit in whole_holds(companion, person, tuple(every_wish(companion.library, person)), run=run)
    )

    assert broken(companion, told) == ""


@pytest.mark.parametrize("rule", ["CR01", "CR03"])
def test_what_a_doctor_agreed_to_is_timed_and_nothing_beyond(companion: Companion, rule: str) -> None:
    person = Person(frozenset({rule}), cleared=True)
    visits = list(whole_holds(companion, person, tuple(every_wish(companion.library, person))))
    timed = {code for visit in visits for code in timed_points(visit.decision)}
    rules = Rules(person.conditions, companion.library)

    assert broken(companion, ((person.conditions, visit) for visit in visits)) == ""
    assert timed
    assert bool(timed & rules.ask_first) is bool(rules.ask_first)
    assert not timed & rules.withheld


def test_every_card_carries_the_cautions_of_each_of_its_points_and_techniques(companion: Companion) -> None:
    steps: StepWords = companion.writer._holds._steps
    cards = [visit for visit in holds_without_conditions(companion) if isinstance(visit.decision, HoldCard)]

    assert cards
    for visit in cards:
        for line in steps.cautions(visit.decision.planned.plan.steps):
            assert line in visit.reply.text, visit.reached_by


def test_every_routine_of_the_content_runs_through_to_its_end(companion: Companion) -> None:
    heard = [visit for visit in holds_without_conditions(companion) if isinstance(visit.decision, Cued)]
    names = {visit.decision.running.plan.name for visit in heard}

    assert companion.library.routines.keys() <= names
