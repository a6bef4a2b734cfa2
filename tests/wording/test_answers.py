"""An answer suffices without a picture: where, how, how long, which side, when not to, and an honest word.

Somebody listens to it with a screen reader, somebody prints it for their mother, somebody forwards it without
its buttons. Whatever is cut off around it, the text alone has to be enough and has to be honest.
"""

from __future__ import annotations

import itertools
import re

import pytest

from bot.conversation.actions import OutOfReach, ShowPoint, encode
from bot.conversation.decision import Answer, NothingToOffer, Reach, Withheld
from bot.conversation.events import Said, Tapped
from bot.conversation.hold_actions import HoldPoint
from bot.flow import Companion
from bot.guidance.offer import Person
from bot.guidance.safety import judge
from bot.library.facts import Effect, Tier
from bot.understanding.reading import Danger, Kind, Reading
from bot.wording.reply import Reply
from tests.answering import answered, decided
from tests.guidance.walk import (
    CODE,
    Instructions,
    Rules,
    Visit,
    every_reply,
    labels,
    replies_under_each_rule,
    replies_without_conditions,
)

pytestmark = pytest.mark.walk

PREGNANT = frozenset({"CR01"})


def to(companion: Companion, *complaints: str, conditions: frozenset[str] = frozenset()) -> Reply:
    reading = Reading(Kind.COMPLAINT, complaints=complaints, conditions=conditions)
    return companion.writer.write(decided(Said(""), reading, companion.library))


def about(companion: Companion, code: str, conditions: frozenset[str] = frozenset()) -> Reply:
    reading = Reading(Kind.POINT, points=(code,), conditions=conditions)
    return companion.writer.write(decided(Said(""), reading, companion.library))


def answers(companion: Companion) -> list[Visit]:
    visits = [*replies_without_conditions(companion), *(v for _, v in replies_under_each_rule(companion))]
    return [visit for visit in visits if isinstance(visit.decision, Answer)]


# --- what every answer says


def test_every_answer_says_where_how_which_side_and_when_not_to(companion: Companion) -> None:
    for visit in answers(companion):
        words, plain = companion.library.words.points[visit.decision.code], visit.reply.plain
        for text in (words.where, words.position, words.how, words.side, words.why):
            assert text in plain, visit.reached_by
        for clause in words.cautions.values():
            assert clause.removesuffix(".") in plain, visit.reached_by


def test_every_answer_says_how_long_with_the_numbers_of_the_point(companion: Companion) -> None:
    times = {1: "once", 2: "twice"}
    for visit in answers(companion):
        press = companion.library.points[visit.decision.code].press
        plain = visit.reply.plain
        assert re.search(rf"\b{press.hold_seconds} seconds\b", plain), visit.reached_by
        assert times.get(press.per_day_max, f"{press.per_day_max} times") + " a day" in plain
        if press.repeats > 1:
            assert re.search(rf"\blet go for {press.release_seconds}\b", plain), visit.reached_by
            assert times.get(press.repeats, f"{press.repeats} times") in plain


def test_only_points_pressed_one_side_after_the_other_are_held_on_each_side(companion: Companion) -> None:
    each_side = companion.library.words.sentences.each_side
    for code, point in companion.library.points.items():
        s = companion.library.words.sentences
        line = next(
            line for line in about(companion, code).plain.split("\n") if line.startswith(f"{s.how_long}:")
        )
        assert (each_side in line) is (point.press.order == "each"), code


def test_every_answer_says_when_to_stop_how_sure_it_is_and_that_it_is_for_comfort(
    companion: Companion,
) -> None:
    s = companion.library.words.sentences
    for visit in answers(companion):
        for sentence in (s.stop_if, s.how_sure_default, s.comfort):
            assert sentence in visit.reply.plain, visit.reached_by


def above_the_fold(reply: Reply) -> str:
    return Reply(re.sub(r"<blockquote.*</blockquote>", "", reply.text, flags=re.DOTALL)).plain


def test_cautions_stand_above_the_fold_in_a_few_words(companion: Companion) -> None:
    """What opens at a tap may stay closed; for whom a point is not has to be seen by everybody."""
    words, s = companion.library.words, companion.library.words.sentences
    openings = {Effect.WITHHOLD: s.not_with, Effect.ASK_FIRST: s.ask_first_with, Effect.WARN: s.care_with}
    for code, point in companion.library.points.items():
        lines = above_the_fold(about(companion, code)).split("\n")
        for effect, opening in openings.items():
            expected = {words.cautions[each.id] for each in point.cautions if each.effect is effect}
            said = [line for line in lines if line.startswith(f"{opening}: ")]
            assert len(said) == bool(expected), (code, effect)
            assert all(label in said[0] for label in expected), (code, effect)


def test_how_and_where_to_press_stand_above_the_fold(companion: Companion) -> None:
    for code, words in companion.library.words.points.items():
        plain = above_the_fold(about(companion, code))
        for text in (words.where, words.position, words.how, words.side):
            assert text in plain, code


def test_somebody_who_has_to_take_care_is_told_so_before_the_point(companion: Companion) -> None:
    library = companion.library
    told = 0
    for rule, code in itertools.product(library.rules, library.points):
        if judge(code, {rule}, library).effect is Effect.WARN:
            plain = about(companion, code, frozenset({rule})).plain
            words = library.words.rules[rule]
            heading = plain.index(f"{code} {library.points[code].pinyin}")
            assert words.condition in plain[:heading], (rule, code)
            assert words.reason in plain[:heading], (rule, code)
            told += 1

    assert told


def test_cautions_stand_under_what_they_ask_for(companion: Companion) -> None:
    s = companion.library.words.sentences
    headings = {Effect.WITHHOLD: s.leave_out, Effect.ASK_FIRST: s.ask_first, Effect.WARN: s.take_care}
    for code, point in companion.library.points.items():
        plain, words = about(companion, code).plain, companion.library.words.points[code]
        for caution in point.cautions:
            clause = "• " + words.cautions[caution.id].removesuffix(".")
            above = plain[: plain.index(clause + "\n")]
            places = {effect: above.rfind(heading + ":\n") for effect, heading in headings.items()}
            nearest = [effect for effect, place in places.items() if place == max(places.values())]
            same_words = [
                other.effect
                for other in point.cautions
                if words.cautions[other.id] == words.cautions[caution.id]
            ]
            assert nearest[0] in same_words, (code, caution.id)


def test_the_point_is_named_by_code_pinyin_and_english_name(companion: Companion) -> None:
    for code, point in companion.library.points.items():
        heading = f"{code} {point.pinyin} ({companion.library.words.points[code].name})"
        assert heading in about(companion, code).plain


def test_what_was_understood_is_said_first(companion: Companion) -> None:
    for slug, words in companion.library.words.complaints.items():
        assert words.name in to(companion, slug).plain.split("\n")[0]


# --- what is left out


def test_a_point_that_is_left_out_is_named_with_the_reason(companion: Companion) -> None:
    library = companion.library
    for rule, slug in itertools.product(library.rules, library.complaints):
        rules = Rules(frozenset({rule}), library)
        left_out = {point.code for point in library.complaints[slug].points} & rules.withheld
        if left_out and not rules.nothing_may_be_pressed:
            plain = to(companion, slug, conditions=rules.conditions).plain
            assert library.words.rules[rule].reason in plain, (rule, slug)
            assert left_out <= set(CODE.findall(plain)), (rule, slug)


def test_points_to_ask_about_are_named_and_wait_behind_one_button(companion: Companion) -> None:
    library = companion.library
    s = library.words.sentences
    tried = 0
    for slug, complaint in library.complaints.items():
        ask_first = {point.code for point in complaint.points} & Rules(PREGNANT, library).ask_first
        if ask_first:
            reply = to(companion, slug, conditions=PREGNANT)
            assert ask_first <= set(CODE.findall(reply.plain)), slug
            assert labels(reply).count(s.button_agreed) == 1
            assert not ask_first & Instructions(library).given_in(reply)
            agreed = next(button for button in reply.buttons if button.label == s.button_agreed)
            shown = answered(companion, Tapped(encode(agreed.action)))
            assert Instructions(library).given_in(shown) & ask_first, slug
            tried += 1

    assert tried


def test_no_agreement_is_offered_where_nobody_has_to_be_asked(companion: Companion) -> None:
    agreed = companion.library.words.sentences.button_agreed

    asked = [v for v in replies_without_conditions(companion) if agreed in labels(v.reply)]

    assert [v.reached_by for v in asked if not v.person.conditions] == []


def test_a_point_that_was_asked_for_and_withheld_is_refused_with_condition_and_reason(
    companion: Companion,
) -> None:
    library = companion.library
    for _, visit in replies_under_each_rule(companion):
        for rule in visit.decision.verdict.rules if isinstance(visit.decision, Withheld) else ():
            words = library.words.rules[rule]
            assert words.condition in visit.reply.plain, visit.reached_by
            assert words.reason in visit.reply.plain, visit.reached_by
            assert visit.decision.code in visit.reply.plain
            asked = judge(visit.decision.code, {rule}, library).effect is Effect.ASK_FIRST
            agreed = library.words.sentences.button_agreed in labels(visit.reply)
            assert agreed is asked, visit.reached_by


def test_where_there_is_no_point_something_harmless_is_offered(companion: Companion) -> None:
    s = companion.library.words.sentences
    visits = [v for v in every_reply(companion) if isinstance(v.decision, NothingToOffer)]

    assert visits
    assert [visit.reached_by for visit in visits if s.breathe not in visit.reply.plain] == []


def test_a_complaint_without_points_says_why_and_leads_to_related_ones(companion: Companion) -> None:
    library = companion.library
    without = [slug for slug, complaint in library.complaints.items() if not complaint.points]

    assert without
    for slug in without:
        reply = to(companion, slug)
        assert library.words.complaints[slug].none in reply.plain
        related = library.complaints[slug].related
        assert {library.words.complaints[other].button for other in related} <= set(labels(reply))


# --- several complaints


@pytest.fixture(scope="session")
def answers_to_pairs(companion: Companion) -> list[Visit]:
    return [
        visit
        for visit in replies_without_conditions(companion)
        if isinstance(visit.decision, Answer) and len(visit.decision.complaints) > 1
    ]


def test_only_a_point_for_all_complaints_is_said_to_be_for_all(
    companion: Companion, answers_to_pairs: list[Visit]
) -> None:
    library = companion.library
    for_all = library.words.sentences.point_for_all
    said = [visit for visit in answers_to_pairs if for_all in visit.reply.plain]

    wrong = [
        f"{visit.reached_by}: {visit.decision.code}"
        for visit in said
        for slug in visit.decision.complaints
        if visit.decision.code not in {point.code for point in library.complaints[slug].points}
    ]

    assert said
    assert not wrong, f"{len(wrong)} replies, the first: {wrong[0]}"


def test_a_second_complaint_that_the_point_is_not_for_has_a_button_of_its_own(companion: Companion) -> None:
    words = companion.library.words.complaints

    reply = to(companion, "neck", "hip")

    assert words["neck"].name in reply.plain
    assert words["hip"].name in reply.plain
    assert words["hip"].button in labels(reply)
    assert companion.library.words.sentences.point_for_all not in reply.plain


# --- buttons under an answer


def test_another_point_goes_through_the_whole_list_and_ends_without_the_button(companion: Companion) -> None:
    library = companion.library
    another = library.words.sentences.button_another
    for slug, complaint in library.complaints.items():
        if not complaint.points or complaint.implies:
            continue
        reply, shown = to(companion, slug), []
        for _ in range(len(complaint.points) + 1):
            shown += Instructions(library).given_in(reply)
            following = [button for button in reply.buttons if button.label == another]
            if not following:
                break
            reply = answered(companion, Tapped(encode(following[0].action)))
        assert shown == [point.code for point in complaint.points], slug


def test_another_point_passes_over_what_is_withheld(companion: Companion) -> None:
    library = companion.library
    another, conditions = library.words.sentences.button_another, frozenset({"CR03"})
    reply, shown = to(companion, "neck", conditions=conditions), []
    while True:
        shown += Instructions(library).given_in(reply)
        following = [button for button in reply.buttons if button.label == another]
        if not following:
            break
        reply = answered(companion, Tapped(encode(following[0].action)))

    withheld = Rules(conditions, library).withheld
    assert shown == [p.code for p in library.complaints["neck"].points if p.code not in withheld]
    assert len(shown) < len(library.complaints["neck"].points)


def test_out_of_reach_says_what_to_do_and_leads_back(companion: Companion) -> None:
    library = companion.library
    for code, words in library.words.points.items():
        reply = answered(companion, Tapped(encode(OutOfReach(code, (4,)))))
        assert words.reach in reply.plain
        assert all(way in reply.plain for way in words.alternatives.values())
        back = [button.action for button in reply.buttons if button.action == ShowPoint(code, (4,))]
        assert len(back) == 1, code


def test_out_of_reach_repeats_for_whom_the_point_is_not(companion: Companion) -> None:
    for code, words in companion.library.words.points.items():
        reply = answered(companion, Tapped(encode(OutOfReach(code))))
        for clause in words.cautions.values():
            assert clause.removesuffix(".") in reply.plain, code


def test_easier_points_are_named_and_each_has_a_button(companion: Companion) -> None:
    for visit in every_reply(companion):
        if isinstance(visit.decision, (Reach, Withheld)):
            led_to = {getattr(button.action, "code", None) for button in visit.reply.buttons}
            assert set(visit.decision.instead) <= led_to, visit.reached_by
            assert set(visit.decision.instead) <= set(CODE.findall(visit.reply.plain)), visit.reached_by


# --- a doctor soon


@pytest.mark.parametrize("slug", ["lower_back", "digestion"])
def test_a_sign_for_a_doctor_soon_is_named_before_the_point(companion: Companion, slug: str) -> None:
    library = companion.library
    for flag, entry in library.red_flags.items():
        if entry.tier is Tier.DOCTOR_SOON:
            danger = Danger(flag, entry.tier)
            reading = Reading(Kind.COMPLAINT, complaints=(slug,), danger=danger)
            plain = companion.writer.write(decided(Said(""), reading, library)).plain
            sign = library.words.red_flags[flag].name
            assert sign in plain, flag
            first_code = CODE.search(plain)
            assert first_code is None or plain.index(sign) < first_code.start()


def test_a_doctors_word_holds_for_the_points_it_was_asked_for_and_no_further(companion: Companion) -> None:
    person = Person(PREGNANT, cleared=True)

    reply = answered(companion, Tapped(encode(ShowPoint("SI3", (20,), person=person))))

    about_it = (ShowPoint, OutOfReach, HoldPoint)
    for_these = [button for button in reply.buttons if isinstance(button.action, about_it)]
    beyond = [button for button in reply.buttons if button not in for_these]
    assert for_these
    assert beyond
    assert {button.action.person for button in for_these} == {person}
    assert {button.action.person for button in beyond} == {Person(PREGNANT)}


def test_a_doctors_word_on_one_thing_leaves_the_other_cautions(companion: Companion) -> None:
    person = Person(frozenset({"CR01", "CR03"}), cleared=True)

    reply = answered(companion, Tapped(encode(ShowPoint("BL10", (8,), person=person))))

    assert companion.library.words.rules["CR03"].reason in reply.plain


def test_a_rule_about_no_point_is_still_said(companion: Companion) -> None:
    library = companion.library
    for rule in ("CR16", "CR22", "CR23"):
        reading = Reading(Kind.COMPLAINT, complaints=("neck",), conditions=frozenset({rule}))
        reply = companion.writer.write(decided(Said(""), reading, library))
        assert library.words.rules[rule].reason in reply.plain, rule
