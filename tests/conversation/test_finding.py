"""In a chat with others somebody looks for a point: what they find is safe for them and tells nobody of them.

Danger comes first there as well. What a person once told in private takes points away without a word, and the
message that is sent is the same whoever sends it.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.conversation.actions import (
    Delete,
    ShowPoint,
    ShowShared,
    encode,
)
from bot.conversation.events import Mentioned, Searched
from bot.conversation.finding import MOST_SHOWN
from bot.conversation.hold_actions import ShowRoutines
from bot.conversation.memory import Memory, Profile
from bot.flow import Companion
from bot.guidance.offer import Person
from bot.library import Library
from bot.wording.sharing import Listing
from tests.answering import NOTHING, NOW
from tests.guidance.walk import Instructions, Rules

COMPLAINTS = ("sciatica", "my neck hurts", "lower back", "headache", "stress", "knee pain", "shoulder")
SEARCHES = ("", "LI4", "gb", "he", *COMPLAINTS)
BUTTONLESS = frozenset({"danger", "not_now", "doctor"})


def found(companion: Companion, text: str, memory: Memory = NOTHING, shown: int = 0) -> Listing:
    return companion.find(Searched(text, 1, shown), memory, NOW)


def points(listing: Listing, library: Library) -> list[str]:
    return [row.id for row in listing.rows if row.id in library.points]


def known(*rules: str) -> Memory:
    return Memory(NOW, Profile(frozenset(rules)))


# --- what is found


def test_a_complaint_finds_the_points_that_the_private_answer_offers(
    companion: Companion, library: Library
) -> None:
    suggested = [each.code for each in library.complaints["sciatica"].points]
    assert points(found(companion, "sciatica"), library) == suggested
    assert points(found(companion, "sci"), library) == suggested


def test_a_point_is_found_by_code_and_by_name(companion: Companion, library: Library) -> None:
    assert points(found(companion, "where is LI4"), library) == ["LI4"]
    assert points(found(companion, "hegu"), library) == ["LI4"]


def test_a_search_for_nothing_begins_with_the_points_that_serve_most_and_goes_through_all(
    companion: Companion, library: Library
) -> None:
    first = found(companion, "")
    assert len(first.rows) == MOST_SHOWN == first.more_from
    rest = found(companion, "", shown=first.more_from)
    assert rest.more_from is None
    assert sorted(points(first, library) + points(rest, library)) == sorted(library.points)
    serves = {
        code: sum(
            code in [each.code for each in complaint.points] for complaint in library.complaints.values()
        )
        for code in library.points
    }
    shown = [serves[code] for code in points(first, library) + points(rest, library)]
    assert shown == sorted(shown, reverse=True)


@pytest.mark.parametrize("shown", [26, 50, 999_999])
def test_behind_the_last_point_there_is_a_way_on_and_no_fault(companion: Companion, shown: int) -> None:
    assert found(companion, "", shown=shown).more_from is None


@pytest.mark.parametrize("text", ["zzzz", "ST40", "remind me", "I want a pizza", "🤕", "nausea"])
def test_where_nothing_is_found_a_row_says_so_and_leads_to_the_private_chat(
    companion: Companion, library: Library, text: str
) -> None:
    listing = found(companion, text)
    [row] = listing.rows
    assert row.title == library.words.sharing.nothing_title
    assert row.line
    assert row.message.plain
    assert [bool(button.link) for button in row.message.buttons] == [True]


def test_an_honest_reason_stands_where_there_is_no_point_for_anybody(
    companion: Companion, library: Library
) -> None:
    [row] = found(companion, "nausea").rows
    assert row.line == library.words.complaints["digestion"].none


def test_every_result_suffices_by_itself(companion: Companion, library: Library) -> None:
    """Where, how, how long, which side and when not to: whoever reads it may never have heard of the bot."""
    instructions = Instructions(library)
    rows = [*found(companion, "").rows, *found(companion, "", shown=MOST_SHOWN).rows]
    for row in rows:
        words = library.words.points[row.id]
        for reply in filter(None, (row.message, row.pictured)):
            for part in (words.where, words.how, words.side, library.words.sentences.stop_if):
                assert part in reply.plain, row.id
            assert all(
                library.words.cautions[each.id] in reply.plain for each in library.points[row.id].cautions
            )
            assert f"p_{row.id}" in [button.link for button in reply.buttons]
            assert instructions.given_in(reply) == {row.id}
        assert not instructions.cautions_missing_in(row.message)


def test_a_line_names_no_complaint_that_the_point_is_not_for(companion: Companion, library: Library) -> None:
    listing = found(companion, "my neck and my knee hurt")
    for row in listing.rows:
        named = [slug for slug in ("neck", "knee") if library.words.complaints[slug].name in row.line]
        serving = [
            slug
            for slug in ("neck", "knee")
            if row.id in [each.code for each in library.complaints[slug].points]
        ]
        assert named == serving, row.id


# --- danger


@pytest.mark.parametrize("event", [Searched, Mentioned])
def test_any_danger_sign_leaves_only_its_card(companion: Companion, library: Library, event: type) -> None:
    instructions = Instructions(library)
    calls = [(flag, call) for flag, words in library.words.red_flags.items() for call in words.calls]
    cards = 0
    for flag, call in calls:
        reading = companion.reader.read(call)
        if not (reading.danger and reading.danger.stops_everything):
            continue
        cards += 1
        listing = companion.find(event(call, 1), NOTHING, NOW)
        [row] = listing.rows
        assert row.id == "danger", flag
        assert listing.above is None
        assert row.message.buttons == ()
        assert row.pictured is None
        assert not instructions.given_in(row.message)
        assert len(row.line.split()) > 10
        assert row.line in row.message.plain
    assert cards > len(library.red_flags)


def test_danger_comes_before_a_point_that_is_asked_for(companion: Companion) -> None:
    [row] = found(companion, "LI4 best point for low back? also can't pee since last night").rows
    assert row.id == "danger"


def test_a_sign_that_can_wait_stands_above_the_points(companion: Companion, library: Library) -> None:
    rows = found(companion, "night pain in my neck for months").rows
    assert rows[0].id == "doctor"
    assert points(Listing(rows[1:]), library)


# --- what the search itself says


@pytest.mark.parametrize("text", SEARCHES)
def test_what_a_search_says_of_its_writer_takes_points_away(
    companion: Companion, library: Library, text: str
) -> None:
    rules = Rules(frozenset({"CR01"}), library)
    barred = rules.withheld | rules.ask_first
    assert not barred & set(points(found(companion, f"I am pregnant, {text}"), library))


def test_with_no_point_left_the_line_says_why(companion: Companion, library: Library) -> None:
    [row] = found(companion, "20 weeks pregnant and sciatica").rows
    assert library.words.rules["CR01"].condition in row.line
    assert library.words.rules["CR01"].condition not in row.message.plain


def test_a_child_is_shown_nothing_and_no_way_to_it(companion: Companion, library: Library) -> None:
    listing = found(companion, "I am 15 and my neck hurts")
    [row] = listing.rows
    assert (row.message.text, row.message.buttons) == (library.words.sentences.under_18, ())
    assert listing.above is None


def test_care_that_somebody_has_to_take_stands_in_their_line_and_not_in_the_message(
    companion: Companion, library: Library
) -> None:
    plain = {row.id: row for row in found(companion, "neck").rows}
    reason = library.words.rules["CR03"].reason
    careful = [row for row in found(companion, "I take blood thinners, neck").rows if reason in row.line]
    assert careful
    assert all(row.message == plain[row.id].message for row in careful)


# --- what was told in private


@pytest.mark.parametrize("text", SEARCHES)
def test_what_stands_in_the_profile_takes_points_away(
    companion: Companion, library: Library, text: str
) -> None:
    for rule in library.rules:
        rules = Rules(frozenset({rule}), library)
        for memory in (known(rule), Memory(said=frozenset({rule}), said_at=NOW)):
            for event in (Searched(text, 1), Mentioned(text, 1)):
                listing = companion.find(event, memory, NOW)
                shown = set(points(listing, library))
                assert not shown & (rules.withheld | rules.ask_first), rule
                assert not (shown and rules.nothing_may_be_pressed), rule


def test_what_was_said_in_passing_counts_as_long_as_in_private(
    companion: Companion, library: Library
) -> None:
    said = Memory(said=frozenset({"CR01"}), said_at=NOW - timedelta(hours=11))
    long_ago = Memory(said=frozenset({"CR01"}), said_at=NOW - timedelta(hours=13))
    assert "LI4" not in points(found(companion, "LI4", said), library)
    assert "LI4" in points(found(companion, "LI4", long_ago), library)


@pytest.mark.parametrize("text", [*SEARCHES, "zzzz", "nausea", "I am pregnant, neck"])
def test_nothing_of_the_profile_is_said_or_sent(companion: Companion, library: Library, text: str) -> None:
    """Each row is one that a stranger may get as well, to the letter, buttons included."""
    strangers = {row.id: row for row in found(companion, "").rows}
    strangers |= {row.id: row for row in found(companion, "", shown=MOST_SHOWN).rows}
    strangers |= {row.id: row for row in found(companion, "zzzz").rows}
    for rule in library.rules:
        for row in found(companion, text, known(rule)).rows:
            assert row.message == strangers[row.id].message
            assert row.pictured == strangers[row.id].pictured
            if rule not in companion.reader.read(text).conditions:
                assert library.words.rules[rule].condition not in f"{row.title} {row.line}"
                assert library.words.rules[rule].reason not in f"{row.title} {row.line}"


def test_no_button_below_a_result_knows_whose_it_is(companion: Companion, library: Library) -> None:
    for rule in library.rules:
        for row in found(companion, "", known(rule)).rows:
            for reply in filter(None, (row.message, row.pictured)):
                assert {button.action.person for button in reply.buttons if button.action} <= {Person()}


# --- a mention


def test_a_mention_gets_one_answer_with_the_best_point(companion: Companion, library: Library) -> None:
    [row] = companion.find(Mentioned("my neck hurts", 1), NOTHING, NOW).rows
    assert row == found(companion, "my neck hurts").rows[0]


@pytest.mark.parametrize("text", ["", "hi", "what is this", "zzzz", "remind me every day"])
def test_a_mention_of_nothing_says_what_can_be_asked(
    companion: Companion, library: Library, text: str
) -> None:
    [row] = companion.find(Mentioned(text, 1), NOTHING, NOW).rows
    assert row.message.plain == library.words.sharing.about_mentioned
    assert row.message.buttons


def test_what_a_mention_gets_says_all_that_stands_in_lines_elsewhere(
    companion: Companion, library: Library
) -> None:
    """Nobody reads a line there, so the message itself says what care to take and whom to see."""
    [careful] = companion.find(Mentioned("I take blood thinners, my neck hurts", 1), NOTHING, NOW).rows
    assert library.words.rules["CR03"].reason in careful.message.plain
    assert careful.pictured is None
    [soon] = companion.find(Mentioned("night pain in my neck for months", 1), NOTHING, NOW).rows
    assert soon.message.plain.startswith(found(companion, "night pain in my neck for months").rows[0].title)
    assert soon.id in library.points
    [honest] = companion.find(Mentioned("I feel sick", 1), NOTHING, NOW).rows
    assert honest.message.plain.startswith(library.words.complaints["digestion"].none)


# --- taps below what was sent


def test_a_tap_shows_when_a_point_is_not_pressed_and_back(companion: Companion, library: Library) -> None:
    for code in library.points:
        how = companion.tapped_elsewhere(encode(ShowShared(code, "how")))
        when_not = companion.tapped_elsewhere(encode(ShowShared(code, "when_not")))
        for clause in library.words.points[code].cautions.values():
            assert clause.removesuffix(".") in when_not.plain
        assert library.words.points[code].where in how.plain
        assert when_not.fits_under_picture
        there, back = ([b.action for b in reply.buttons if b.action] for reply in (how, when_not))
        assert (there, back) == ([ShowShared(code, "when_not")], [ShowShared(code, "how")])


@pytest.mark.parametrize(
    "data",
    [
        "",
        "garbage",
        encode(ShowPoint("LI4")),
        encode(Delete()),
        encode(ShowRoutines()),
        encode(ShowShared("ST40", "how")),
        encode(ShowShared("LI4", "how")) + "0:0",
    ],
)
def test_any_other_button_there_does_nothing(companion: Companion, data: str) -> None:
    reply = companion.tapped_elsewhere(data)
    assert reply.toast_only
    assert reply.toast
