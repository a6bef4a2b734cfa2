"""A danger card is the whole answer: one plain message that says what to do now, and nothing beside it.

Whoever reads it may be frightened. No button may tempt them away, no point may look like an alternative, and
no cheerful sign may stand beside bad news.
"""

from __future__ import annotations

import unicodedata

import pytest

from bot.conversation.decision import NoPressing
from bot.flow import Companion
from bot.library.facts import Tier
from bot.wording.reply import Reply
from tests.guidance.walk import CODE, cards, labels


@pytest.fixture(scope="session")
def every_card(companion: Companion) -> dict[str, Reply]:
    return {visit.reached_by: visit.reply for visit in cards(companion)}


def no_pressing(companion: Companion) -> dict[str, Reply]:
    rules = [rule for rule, entry in companion.library.rules.items() if "*" in entry.withhold]
    return {rule: companion.writer.write(NoPressing(rule)) for rule in rules}


def pictures_in(text: str) -> list[str]:
    return [char for char in text if unicodedata.category(char) in ("So", "Sk", "Cs") or char == "\ufe0f"]


def test_there_is_a_card_for_every_sign_at_every_urgency_it_can_have(
    every_card: dict[str, Reply], companion: Companion
) -> None:
    tiers = [entry.tier for entry in companion.library.red_flags.values()]

    # A same-day sign has two cards, as two such signs together are an emergency.
    assert len(every_card) == len(tiers) + tiers.count(Tier.SAME_DAY)


def test_a_card_stands_alone(every_card: dict[str, Reply]) -> None:
    for name, card in every_card.items():
        assert set(labels(card)) <= ({"I have been checked"} if name.endswith(Tier.SAME_DAY) else set()), name
        assert card.toast is None
        assert not card.buttons_only
        assert CODE.search(card.plain) is None, name
        assert pictures_in(card.plain) == [], name


def test_a_card_says_what_to_do_and_has_no_way_of_pressing_in_it(
    every_card: dict[str, Reply], companion: Companion
) -> None:
    for name, card in every_card.items():
        assert any(word in card.plain for word in ("Call", "call", "Go to", "talk to")), name
        for point in companion.library.words.points.values():
            assert point.name not in card.plain
            assert point.where not in card.plain


def test_a_card_has_the_words_of_its_sign_and_names_it_when_it_got_more_urgent(
    every_card: dict[str, Reply], companion: Companion
) -> None:
    """Beside another sign one that may wait alone may not wait: its own words would say too little."""
    for name, card in every_card.items():
        flag, tier = name.split()
        words = companion.library.words.red_flags[flag]
        alone = companion.library.red_flags[flag].tier == tier
        assert (words.card if words.card and alone else words.name) in card.plain, name


def test_an_emergency_is_told_from_what_can_wait_until_a_doctor_answers(
    every_card: dict[str, Reply], companion: Companion
) -> None:
    urgent, today = f" {Tier.EMERGENCY_NOW}", f" {Tier.SAME_DAY}"
    own_words = {flag for flag, words in companion.library.words.red_flags.items() if words.card}
    for name, card in every_card.items():
        if name.split()[0] not in own_words and name.endswith(today):
            assert card.text != every_card[name.replace(today, urgent)].text


def test_no_card_gives_a_number_that_is_right_in_one_country_only(every_card: dict[str, Reply]) -> None:
    assert [name for name, card in every_card.items() if any(char.isdigit() for char in card.plain)] == []


def test_where_nothing_may_be_pressed_there_is_no_button_and_no_point(companion: Companion) -> None:
    replies = no_pressing(companion)

    assert {"CR12", "CR14"} <= replies.keys()
    for rule, reply in replies.items():
        assert reply.buttons == (), rule
        assert CODE.search(reply.plain) is None, rule
        assert pictures_in(reply.plain) == [], rule


def test_each_reason_not_to_press_has_its_own_words(companion: Companion) -> None:
    replies = no_pressing(companion)

    assert len({reply.text for reply in replies.values()}) == len(replies)


def test_under_18_somebody_is_sent_to_an_adult(companion: Companion) -> None:
    reply = no_pressing(companion)["CR12"]

    assert "adult" in reply.plain
    assert labels(reply) == ()


def test_somebody_who_writes_of_a_child_is_not_spoken_to_as_one(companion: Companion) -> None:
    reply = no_pressing(companion)["CR24"]

    assert "parent" not in reply.plain
    assert "your age" not in reply.plain
    assert "doctor" in reply.plain
