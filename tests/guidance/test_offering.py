"""What is offered for a complaint: every point of the complaint is accounted for, the best one first.

A point that fell out of the offer without being named would leave people wondering; a point that stood in
two places at once would be offered and refused in the same breath.
"""

from __future__ import annotations

import itertools

import pytest

from bot.guidance.offer import Offer, Person, easier_points, offer, serves
from bot.guidance.safety import judge
from bot.library import Library
from bot.library.facts import Effect
from tests.guidance.walk import Rules

NOBODY = Person()


def people(library: Library) -> list[Person]:
    """Nobody in particular, and somebody for every rule, before and after a doctor agreed."""
    sets = [frozenset[str](), *(frozenset({rule}) for rule in library.rules), frozenset({"CR01", "CR03"})]
    return [Person(conditions, cleared) for conditions in sets for cleared in (False, True)]


def codes_of(complaints: tuple[str, ...], library: Library) -> set[str]:
    return {point.code for slug in complaints for point in library.complaints[slug].points}


def everywhere(found: Offer) -> list[str]:
    return [*found.shown, *found.ask_first, *(code for code, _ in found.withheld)]


def test_every_point_of_a_complaint_stands_in_exactly_one_place(library: Library) -> None:
    subjects = [*((slug,) for slug in library.complaints), *itertools.combinations(library.complaints, 2)]
    for person, complaints in itertools.product(people(library), subjects):
        found = offer(complaints, person, library)
        assert sorted(everywhere(found)) == sorted(codes_of(complaints, library)), (complaints, person)


def test_each_point_stands_where_the_rules_put_it(library: Library) -> None:
    for person, slug in itertools.product(people(library), library.complaints):
        rules = Rules(person.conditions, library)
        codes = codes_of((slug,), library)
        asked_about = set() if person.cleared else codes & rules.ask_first
        found = offer([slug], person, library)
        assert {code for code, _ in found.withheld} == codes & rules.withheld, (slug, person)
        assert set(found.ask_first) == asked_about, (slug, person)
        assert set(found.shown) == codes - rules.withheld - asked_about, (slug, person)


def test_a_withheld_point_comes_with_the_verdict_that_withholds_it(library: Library) -> None:
    for person, slug in itertools.product(people(library), library.complaints):
        for code, verdict in offer([slug], person, library).withheld:
            assert verdict == judge(code, person.conditions, library)
            assert verdict.effect is Effect.WITHHOLD
            assert verdict.rules


def test_a_doctors_word_moves_points_from_ask_first_to_shown_and_moves_no_other(library: Library) -> None:
    moved = set()
    for rule, slug in itertools.product(library.rules, library.complaints):
        before = offer([slug], Person(frozenset({rule})), library)
        after = offer([slug], Person(frozenset({rule}), cleared=True), library)
        assert after.withheld == before.withheld
        assert set(after.shown) == {*before.shown, *before.ask_first}
        assert after.ask_first == ()
        moved |= set(before.ask_first)

    assert moved


def test_for_one_complaint_points_come_in_the_order_of_the_content(library: Library) -> None:
    for slug, complaint in library.complaints.items():
        assert offer([slug], NOBODY, library).shown == tuple(point.code for point in complaint.points)


def test_leaving_points_out_does_not_change_the_order_of_the_others(library: Library) -> None:
    for person, slug in itertools.product(people(library), library.complaints):
        order = [point.code for point in library.complaints[slug].points]
        found = offer([slug], person, library)
        for codes in (found.shown, found.ask_first, tuple(code for code, _ in found.withheld)):
            assert list(codes) == sorted(codes, key=order.index)


def test_for_two_complaints_the_points_that_serve_both_come_first(library: Library) -> None:
    for pair in itertools.combinations(library.complaints, 2):
        first, second = (codes_of((slug,), library) for slug in pair)
        serves_both = [code in first & second for code in offer(pair, NOBODY, library).shown]
        assert serves_both == sorted(serves_both, reverse=True), pair


def test_the_order_in_which_complaints_are_named_settles_only_what_comes_first(library: Library) -> None:
    for first, second in itertools.combinations(library.complaints, 2):
        one, other = (offer(pair, NOBODY, library) for pair in ((first, second), (second, first)))
        assert set(one.shown) == set(other.shown)
        both = [code for code in one.shown if all(serves(code, each, library) for each in (first, second))]
        if not both and library.complaints[first].points:
            assert serves(one.shown[0], first, library)


@pytest.mark.parametrize("rule", ["CR12", "CR14", "CR15"])
def test_nothing_is_offered_where_nothing_may_be_pressed(library: Library, rule: str) -> None:
    for slug, cleared in itertools.product(library.complaints, (False, True)):
        found = offer([slug], Person(frozenset({rule}), cleared), library)
        assert (found.shown, found.ask_first) == ((), ())


def test_easier_points_are_never_points_that_may_not_be_shown(library: Library) -> None:
    for person, code, slug in itertools.product(people(library), library.points, library.complaints):
        rules = Rules(person.conditions, library)
        closed = rules.withheld if person.cleared else rules.withheld | rules.ask_first
        assert not closed & set(easier_points(code, [slug], person, library)), (person, code)


def test_easier_points_are_the_far_points_of_the_content_and_never_the_point_itself(
    library: Library,
) -> None:
    for code, point in library.points.items():
        easier = easier_points(code, [], NOBODY, library)
        assert easier == point.reach.far_points
        assert code not in easier


def test_easier_points_for_the_same_complaint_come_before_others(library: Library) -> None:
    mixed = 0
    for code, slug in itertools.product(library.points, library.complaints):
        listed = codes_of((slug,), library)
        serves = [easier in listed for easier in easier_points(code, [slug], NOBODY, library)]
        assert serves == sorted(serves, reverse=True), (code, slug)
        mixed += len(set(serves)) == 2

    assert mixed
