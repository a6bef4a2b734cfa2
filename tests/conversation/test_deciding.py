"""Every event gets the right kind of answer, and a point only where the rules leave it open.

The events here are those of ordinary use and those at its edges: two aches in one message, an old point
number, a sticker, a button from last year, a way to a point that somebody made up.
"""

from __future__ import annotations

import itertools

import pytest

from bot.conversation.actions import (
    OutOfReach,
    ShowArea,
    ShowAreas,
    ShowEvidence,
    ShowPoint,
    ShowPoints,
    encode,
)
from bot.conversation.decision import (
    Answer,
    Area,
    Areas,
    Decision,
    Evidence,
    Help,
    NotCovered,
    Noted,
    NothingToOffer,
    NotUnderstood,
    PointList,
    Privacy,
    Reach,
    Stopped,
    Thanked,
    Welcome,
    WhichPoint,
    Withheld,
)
from bot.conversation.events import Commanded, Event, Said, Sent, Tapped
from bot.conversation.hold_decisions import RoutineList
from bot.guidance.offer import Person
from bot.library import Library
from bot.library.facts import Effect
from bot.understanding.reader import Reader
from bot.understanding.reading import Context, Kind, Reading
from tests.answering import decided
from tests.conversation.deciding import (
    PREGNANT,
    about,
    asking,
    heard,
    said,
    suggested,
    tapped,
)
from tests.guidance.walk import NO_WORDS, Rules

# --- control words and things without words


@pytest.mark.parametrize(
    ("control", "decision"),
    [
        ("stop", Stopped()),
        ("timer", RoutineList(Person())),
        ("evidence", Evidence(Person())),
        ("privacy", Privacy()),
        ("thanks", Thanked()),
        ("greeting", Welcome()),
        ("help", Help()),
    ],
)
def test_what_people_ask_the_bot_to_do_is_answered(
    library: Library, control: str, decision: Decision
) -> None:
    assert said(Reading(Kind.CONTROL, context=Context(control=control)), library) == decision


def test_every_control_word_of_the_content_has_an_answer(library: Library) -> None:
    answers = {
        control: said(Reading(Kind.CONTROL, context=Context(control=control)), library)
        for control in library.words.controls
    }

    assert [control for control, answer in answers.items() if isinstance(answer, NotUnderstood)] == []
    for control in ("stop", "evidence", "points", "privacy", "thanks", "greeting", "settings"):
        others = [answer for other, answer in answers.items() if other != control]
        assert answers[control] not in others, control


@pytest.mark.parametrize("what", ["voice", "picture", "sticker", "place", "other"])
def test_what_has_no_words_is_asked_for_in_words(library: Library, what: str) -> None:
    assert decided(Sent(what), NO_WORDS, library) == NotUnderstood("no_words")


def test_what_is_not_understood_leads_to_no_random_point(library: Library) -> None:
    assert said(NO_WORDS, library) == NotUnderstood("words")


def test_a_condition_alone_is_noted_and_travels_on(library: Library) -> None:
    decision = said(Reading(Kind.UNKNOWN, conditions=PREGNANT), library)

    assert decision == Noted(Person(PREGNANT))


@pytest.mark.parametrize(
    "data", ["", "1:m:0", "2:m:", "1:p:LI4:5:0", "point_LI4", "2:c:77:0", "2:p:LI4::ffffffff"]
)
def test_a_tap_on_an_old_button_brings_a_fresh_menu(library: Library, data: str) -> None:
    assert decided(Tapped(data), NO_WORDS, library) == NotUnderstood("old_button")


# --- complaints


def test_a_complaint_is_answered_with_its_first_point(library: Library) -> None:
    for slug, complaint in library.complaints.items():
        if complaint.points:
            decision = said(about(slug), library)
            assert isinstance(decision, Answer)
            assert decision.code == suggested(slug, library)[0]
            assert (decision.complaints, decision.also) == ((slug,), ())


def test_a_complaint_without_points_says_so_and_offers_none(library: Library) -> None:
    decision = said(about("digestion"), library)

    assert isinstance(decision, NothingToOffer)
    assert decision.complaints == ("digestion",)
    assert (decision.offer.shown, decision.offer.ask_first, decision.offer.withheld) == ((), (), ())


def saying_nothing_more(library: Library) -> list[str]:
    """Complaints that imply no condition, so that every point of theirs may be shown."""
    return [slug for slug, complaint in library.complaints.items() if not complaint.implies]


def test_a_complaint_can_say_who_has_it(library: Library) -> None:
    for slug, complaint in library.complaints.items():
        decision = said(about(slug), library)
        assert decision.person.conditions == frozenset(complaint.implies), slug

    assert library.complaints["pregnancy_back"].implies == ("CR01",)


def test_two_complaints_with_a_common_point_get_that_point(library: Library) -> None:
    common = 0
    for pair in itertools.permutations(saying_nothing_more(library), 2):
        shared = set(suggested(pair[0], library)) & set(suggested(pair[1], library))
        if shared:
            decision = said(about(*pair), library)
            assert isinstance(decision, Answer)
            assert decision.code in shared, pair
            assert (decision.complaints, decision.also) == (pair, ())
            common += 1

    assert common


def test_two_complaints_without_a_common_point_get_a_point_for_the_first_and_a_way_to_the_second(
    library: Library,
) -> None:
    apart = 0
    for first, second in itertools.permutations(saying_nothing_more(library), 2):
        codes, others = suggested(first, library), suggested(second, library)
        if codes and others and not set(codes) & set(others):
            decision = said(about(first, second), library)
            assert isinstance(decision, Answer)
            assert decision.code == codes[0]
            assert (decision.complaints, decision.also) == ((first,), (second,))
            apart += 1

    assert apart


def test_of_two_complaints_the_one_that_has_points_is_answered(library: Library) -> None:
    decision = said(about("digestion", "neck"), library)

    assert isinstance(decision, Answer)
    assert (decision.complaints, decision.also) == (("neck",), ("digestion",))


def test_where_a_rule_leaves_no_common_point_each_complaint_stands_for_itself(library: Library) -> None:
    """Cleared of nothing and pregnant: sciatica has no point left, so the headache is answered."""
    conditions = frozenset({"CR02", "CR03"})
    rules = Rules(conditions, library)
    for pair in itertools.permutations(library.complaints, 2):
        decision = said(about(*pair, conditions=conditions), library)
        open_points = [
            code for slug in pair for code in suggested(slug, library) if code not in rules.withheld
        ]
        assert isinstance(decision, Answer if open_points else NothingToOffer), pair
        if isinstance(decision, Answer):
            assert decision.code in open_points
            assert set(decision.complaints) | set(decision.also) == set(pair)


def test_a_complaint_all_of_whose_points_are_withheld_gets_none_and_the_reasons(library: Library) -> None:
    decision = said(about("sciatica", conditions=PREGNANT), library)

    assert isinstance(decision, NothingToOffer)
    assert [code for code, _ in decision.offer.withheld] == suggested("sciatica", library)
    assert {verdict.rules for _, verdict in decision.offer.withheld} == {("CR01",)}


def test_in_pregnancy_the_neck_is_left_without_points_that_are_withheld_or_unasked(
    library: Library, reader: Reader
) -> None:
    decision = heard("I am pregnant and my neck hurts", reader, library)

    rules, codes = Rules(PREGNANT, library), suggested("neck", library)
    assert isinstance(decision, (Answer, NothingToOffer))
    assert decision.person == Person(PREGNANT)
    assert {code for code, _ in decision.offer.withheld} == set(codes) & rules.withheld
    assert set(decision.offer.ask_first) == set(codes) & rules.ask_first
    assert not set(decision.offer.shown) & (rules.withheld | rules.ask_first)


def test_after_agreement_the_ask_first_points_of_the_neck_are_shown(library: Library) -> None:
    person, rules = Person(PREGNANT, cleared=True), Rules(PREGNANT, library)
    neck = library.complaints["neck"].number
    for code in set(suggested("neck", library)) & rules.ask_first:
        before = tapped(ShowPoint(code, (neck,), person=Person(PREGNANT)), library)
        after = tapped(ShowPoint(code, (neck,), person=person), library)
        assert isinstance(before, Withheld)
        assert before.verdict.effect is Effect.ASK_FIRST
        assert isinstance(after, Answer)
        assert (after.code, after.person) == (code, person)


# --- points


def test_a_point_that_was_asked_for_is_shown(library: Library) -> None:
    for code in library.points:
        decision = said(asking(code), library)
        assert isinstance(decision, Answer)
        assert (decision.code, decision.complaints) == (code, ())


def test_a_point_that_is_withheld_comes_as_a_refusal_with_the_rule(library: Library) -> None:
    for rule in library.rules:
        rules = Rules(frozenset({rule}), library)
        for code in () if rules.nothing_may_be_pressed else rules.withheld:
            decision = said(asking(code, conditions=frozenset({rule})), library)
            assert isinstance(decision, Withheld)
            assert (decision.code, decision.verdict.rules) == (code, (rule,))
            assert not set(decision.instead) & (rules.withheld | rules.ask_first)


def test_an_old_number_is_asked_about_and_every_choice_has_an_answer(
    library: Library, reader: Reader
) -> None:
    asked = 0
    for old in library.old_numbers:
        for text in (f"where is {old}", f"UB{old.removeprefix('B')} please"):
            decision = heard(text, reader, library)
            assert isinstance(decision, (WhichPoint, NotCovered, Answer)), text
            if isinstance(decision, WhichPoint):
                asked += 1
                assert library.old_numbers[old].code in decision.codes
                for code in decision.codes:
                    chosen = tapped(ShowPoint(code, person=decision.person), library)
                    assert isinstance(chosen, Answer if code in library.points else NotCovered)

    assert asked


def test_an_old_number_with_the_body_part_beside_it_is_not_asked_about(
    library: Library, reader: Reader
) -> None:
    decision = heard("where is B54 behind my knee", reader, library)

    assert isinstance(decision, Answer)
    assert decision.code == "BL40"


def test_a_point_without_a_page_is_named_as_such(library: Library, reader: Reader) -> None:
    assert heard("where is ST40", reader, library) == NotCovered(("ST40",), Person())


def test_a_choice_made_under_a_rule_is_still_under_the_rule(library: Library) -> None:
    decision = said(Reading(Kind.POINT, ask=("BL40", "BL54"), conditions=PREGNANT), library)

    assert decision == WhichPoint(("BL40", "BL54"), Person(PREGNANT))
    assert isinstance(tapped(ShowPoint("BL40", person=decision.person), library), Withheld)


def test_the_list_of_points_leaves_out_what_is_withheld(library: Library) -> None:
    for rule in library.rules:
        rules = Rules(frozenset({rule}), library)
        if not rules.nothing_may_be_pressed:
            decision = tapped(ShowPoints(person=Person(rules.conditions)), library)
            assert isinstance(decision, PointList)
            assert set(decision.codes) == library.points.keys() - rules.withheld


# --- taps


def test_what_is_out_of_reach_has_an_answer_for_every_point(library: Library) -> None:
    for code, point in library.points.items():
        decision = tapped(OutOfReach(code), library)
        assert decision == Reach(code, (), Person(), point.reach.far_points)


def test_a_made_up_way_to_a_withheld_point_is_a_refusal(library: Library) -> None:
    person = Person(PREGNANT, cleared=True)
    for action in (ShowPoint("LI4", person=person), OutOfReach("LI4", person=person)):
        decision = tapped(action, library)
        assert isinstance(decision, Withheld)
        assert decision.verdict.effect is Effect.WITHHOLD


def test_buttons_of_regions_and_evidence_keep_the_person(library: Library) -> None:
    person = Person(PREGNANT)

    assert tapped(ShowArea("head", person=person), library) == Area("head", person)
    assert tapped(ShowAreas(person=person), library) == Areas(person)
    assert tapped(ShowEvidence(person=person), library) == Evidence(person)


@pytest.mark.parametrize(
    "event",
    [Said("neck"), Commanded("help"), Tapped(encode(ShowPoint("LI4"))), Tapped("rubbish"), Sent("voice")],
)
def test_the_same_event_twice_is_decided_the_same_way(library: Library, event: Event) -> None:
    assert decided(event, about("neck"), library) == decided(event, about("neck"), library)
