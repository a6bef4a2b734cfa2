"""A contraindication rule is written once, in the content, and means exactly what it says there.

If the guidance softened a rule, added one point too few or let a mild rule hide a strict one, somebody would
be shown a point that the content says they must not press.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from bot.guidance.offer import Person, may_show
from bot.guidance.safety import Verdict, forbids_everything, judge
from bot.library import Library
from bot.library.facts import Effect, Rule

STRICTEST_FIRST = (Effect.WITHHOLD, Effect.ASK_FIRST, Effect.WARN)


def said_by(rule: Rule, code: str) -> Effect | None:
    """What one rule, as it is written, says of a point."""
    lists = ((Effect.WITHHOLD, rule.withhold), (Effect.ASK_FIRST, rule.ask_first), (Effect.WARN, rule.warn))
    effects = [effect for effect, codes in lists if code in codes or "*" in codes]
    if rule.site_only:  # where on the body the place is, only the person knows: care with every point
        effects.append(Effect.WARN)
    return None if code in rule.allow or not effects else effects[0]


def with_rules(library: Library, **rules: Rule) -> Library:
    return replace(library, rules=rules)


def a_rule(**lists: tuple[str, ...]) -> Rule:
    return Rule(sources=("GENERAL",), **lists)


def test_every_rule_says_of_every_point_what_its_lists_say(library: Library) -> None:
    wrong = [
        (rule, code, judge(code, {rule}, library))
        for rule, code in itertools.product(library.rules, library.points)
        if judge(code, {rule}, library).effect is not said_by(library.rules[rule], code)
    ]

    assert wrong == []


def test_a_verdict_names_the_rule_that_gives_it_and_none_without_effect(library: Library) -> None:
    for rule, code in itertools.product(library.rules, library.points):
        verdict = judge(code, {rule}, library)
        assert verdict.rules == ((rule,) if verdict.effect else ()), (rule, code)


def test_of_two_rules_the_stricter_one_wins_and_only_the_strictest_are_named(library: Library) -> None:
    for pair in itertools.combinations(sorted(library.rules), 2):
        for code in library.points:
            said = {rule: said_by(library.rules[rule], code) for rule in pair}
            strictest = next((effect for effect in STRICTEST_FIRST if effect in said.values()), None)
            naming = tuple(rule for rule in pair if strictest and said[rule] is strictest)
            assert judge(code, set(pair), library) == Verdict(strictest, naming), (pair, code)


def test_all_rules_at_once_withhold_everything_and_name_every_rule_that_withholds(library: Library) -> None:
    for code in library.points:
        naming = [rule for rule in library.rules if said_by(library.rules[rule], code) is Effect.WITHHOLD]
        verdict = judge(code, library.rules.keys(), library)
        assert verdict == Verdict(Effect.WITHHOLD, tuple(sorted(naming)))


def test_nobody_who_wrote_nothing_is_refused_a_point(library: Library) -> None:
    assert {judge(code, frozenset(), library) for code in library.points} == {Verdict()}


def test_what_a_rule_allows_stays_though_the_rule_forbids_everything_else(library: Library) -> None:
    changed = with_rules(library, CR01=a_rule(withhold=("*",), allow=("GV20",)))

    assert judge("GV20", {"CR01"}, changed) == Verdict()
    assert {judge(code, {"CR01"}, changed).effect for code in library.points if code != "GV20"} == {
        Effect.WITHHOLD
    }


@pytest.mark.parametrize("strict", ["withhold", "ask_first", "warn"])
def test_what_one_rule_allows_another_may_still_forbid(library: Library, strict: str) -> None:
    changed = with_rules(library, CR01=a_rule(allow=("GV20",)), CR02=a_rule(**{strict: ("GV20",)}))

    assert judge("GV20", {"CR01", "CR02"}, changed) == Verdict(Effect(strict), ("CR02",))


def test_what_the_content_allows_is_shown(library: Library) -> None:
    allowed = [(rule, code) for rule, entry in library.rules.items() for code in entry.allow]

    assert allowed
    assert [each for each in allowed if judge(each[1], {each[0]}, library).effect is not None] == []


def test_a_rule_for_everything_forbids_every_point_and_is_found(library: Library) -> None:
    for_everything = {rule for rule, entry in library.rules.items() if "*" in entry.withhold}

    assert for_everything
    for rule in library.rules:
        found = forbids_everything({rule}, library)
        assert found == (rule if rule in for_everything else None)
        if found:
            assert {judge(code, {rule}, library).effect for code in library.points} == {Effect.WITHHOLD}


def test_a_rule_for_everything_is_found_among_others(library: Library) -> None:
    everything = next(rule for rule, entry in library.rules.items() if "*" in entry.withhold)
    harmless = {rule for rule, entry in library.rules.items() if "*" not in entry.withhold}

    assert forbids_everything({*harmless, everything}, library) == everything
    assert forbids_everything(harmless, library) is None


def test_under_18_fever_and_a_clouded_head_stop_everything(library: Library) -> None:
    assert [rule for rule in ("CR12", "CR14", "CR15") if not forbids_everything({rule}, library)] == []


def test_a_doctors_word_lifts_ask_first_and_nothing_else(library: Library) -> None:
    for rule, code in itertools.product(library.rules, library.points):
        before = judge(code, {rule}, library)
        after = may_show(code, Person(frozenset({rule}), cleared=True), library)
        assert after == (Verdict() if before.effect is Effect.ASK_FIRST else before), (rule, code)


def test_a_doctors_word_on_one_point_does_not_outweigh_a_second_rule_that_withholds_it(
    library: Library,
) -> None:
    changed = with_rules(library, CR01=a_rule(ask_first=("SI3",)), CR02=a_rule(withhold=("SI3",)))

    verdict = may_show("SI3", Person(frozenset({"CR01", "CR02"}), cleared=True), changed)

    assert verdict == Verdict(Effect.WITHHOLD, ("CR02",))
