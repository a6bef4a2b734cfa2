"""Whatever someone is told about themselves at the first message holds for every button they tap after it.

A pregnant woman writes once that she is pregnant. From then on she only taps. No path of taps may end at a
point that she should not press, and no point may be explained without the cautions that belong to it. The
same for every rule, for every two rules together, and for everything anybody can write.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import pytest

from bot.flow import Companion
from tests.guidance.walk import (
    Instructions,
    Rules,
    complaints_and_points,
    replies_under_each_rule,
    replies_with_a_profile,
    replies_without_conditions,
    walk,
)

pytestmark = pytest.mark.walk

EVERY_NTH_TRIPLE = 97


def broken_promises(companion: Companion, sets_of_rules: Iterable[tuple[str, ...]]) -> str:
    """What goes wrong for somebody to whom the rules apply, each fault with the first path to it.

    Of rules that close the same points all first replies are read, but only for the first of them all taps
    are followed: the others lead to the same places, and following them too takes three times as long.
    """
    library, instructions = companion.library, Instructions(companion.library)
    walked: set[object] = set()
    found: dict[str, str] = {}
    for conditions in map(frozenset, sets_of_rules):
        rules = Rules(conditions, library)
        starts = complaints_and_points(library, conditions)
        for visit in walk(companion, conditions, starts, tapping=rules.closed not in walked):
            for broken in rules.broken_by(visit, instructions):
                found.setdefault(broken, f"[{' '.join(sorted(conditions))}] {visit.reached_by}: {broken}")
        walked.add(rules.closed)
    return "\n".join(sorted(found.values()))


def test_without_any_rule_every_point_is_explained_with_all_its_cautions(companion: Companion) -> None:
    instructions, rules = Instructions(companion.library), Rules(frozenset(), companion.library)
    visits = replies_without_conditions(companion)

    found = [
        f"{visit.reached_by}: {broken}" for visit in visits for broken in rules.broken_by(visit, instructions)
    ]
    explained = {code for visit in visits for code in instructions.given_in(visit.reply)}

    assert found == []
    assert explained == companion.library.points.keys()


def test_what_stands_in_the_profile_is_obeyed_on_every_path_without_being_said_again(
    companion: Companion,
) -> None:
    instructions = Instructions(companion.library)
    rules = {rule: Rules(frozenset({rule}), companion.library) for rule in companion.library.rules}
    found: dict[str, str] = {}
    for rule, visit in replies_with_a_profile(companion):
        for broken in rules[rule].broken_by(visit, instructions):
            found.setdefault(broken, f"[{rule}] {visit.reached_by}: {broken}")

    assert not found, "\n".join(sorted(found.values()))


def test_under_a_rule_no_path_leads_to_a_point_that_it_forbids(companion: Companion) -> None:
    instructions = Instructions(companion.library)
    rules = {rule: Rules(frozenset({rule}), companion.library) for rule in companion.library.rules}
    found: dict[str, str] = {}
    for rule, visit in replies_under_each_rule(companion):
        for broken in rules[rule].broken_by(visit, instructions):
            found.setdefault(broken, f"[{rule}] {visit.reached_by}: {broken}")

    assert not found, "\n".join(sorted(found.values()))


def test_under_two_rules_no_path_leads_to_a_point_that_either_forbids(companion: Companion) -> None:
    broken = broken_promises(companion, itertools.combinations(companion.library.rules, 2))

    assert not broken, broken


def test_under_three_rules_no_path_leads_to_a_point_that_one_of_them_forbids(companion: Companion) -> None:
    triples = itertools.combinations(companion.library.rules, 3)

    broken = broken_promises(companion, itertools.islice(triples, 0, None, EVERY_NTH_TRIPLE))

    assert not broken, broken


def test_the_walk_reaches_points_under_every_rule_that_leaves_some(companion: Companion) -> None:
    """A walk that finds no fault because it goes nowhere would prove nothing."""
    library, instructions = companion.library, Instructions(companion.library)
    reached: dict[str, set[str]] = {rule: set() for rule in library.rules}
    for rule, visit in replies_under_each_rule(companion):
        reached[rule] |= instructions.given_in(visit.reply)

    for rule, points in reached.items():
        rules = Rules(frozenset({rule}), library)
        assert points == library.points.keys() - rules.withheld, rule
