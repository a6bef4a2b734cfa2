"""Whoever wants to be reminded says so in their own words and is asked as little as can be.

A time, a place or a routine may be named in any usual way. What is not clear is asked, and nothing is kept
before the person agrees.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.conversation.actions import Decline, encode
from bot.conversation.events import Placed, Said, Tapped
from bot.conversation.memory import QUESTION_FOR, Memory
from bot.flow import Companion
from bot.reminders.reminder import MOST_REMINDERS
from bot.understanding.requests import routine_in
from bot.wording.reply import Reply
from tests.conversation.reminder_days import BERLIN, MONDAY, TOKYO, Days, subscribed, times_of

# --- B41: times


@pytest.mark.parametrize(
    ("answer", "times"),
    [
        ("8am", ("08:00",)),
        ("20:30", ("20:30",)),
        ("8.30 pm", ("20:30",)),
        ("half past eight in the evening", ("20:30",)),
        ("every evening", ("20:00",)),
        ("weekdays 8:30 and 9 pm", ("08:30", "21:00")),
    ],
)
def test_b41_a_time_in_any_usual_way_is_understood_and_confirmed(
    stranger: Days, answer: str, times: tuple[str, ...]
) -> None:
    stranger.says("/remind GV20")
    stranger.says(answer)
    stranger.taps("Yes")
    confirmed = stranger.says("Berlin")

    assert times_of(stranger) == [times]
    assert all(at in confirmed.plain for at in times)


@pytest.mark.parametrize("answer", ["9", "half past seven", "every day at 8"])
def test_b41_a_time_that_may_be_morning_or_evening_is_asked_about(stranger: Days, answer: str) -> None:
    stranger.says("/remind GV20")
    asked = stranger.says(answer)
    early, late = asked.buttons
    stranger.taps(late.label)
    stranger.taps("Yes")
    stranger.says("Berlin")

    assert "Do you mean" in asked.plain
    assert stranger.reminder.schedule.times[0] >= time(12)
    assert early.label != late.label


def test_b41_the_question_for_the_half_of_the_day_is_answered_by_words_too(stranger: Days) -> None:
    stranger.says("/remind GV20")
    stranger.says("9")
    stranger.says("in the evening")
    stranger.taps("Yes")
    stranger.says("Berlin")

    assert times_of(stranger) == [("21:00",)]


@pytest.mark.parametrize("answer", ["25:00", "every hour", "every other day", "weekly at 8 pm"])
def test_b41_a_time_that_cannot_be_gets_an_example(stranger: Days, answer: str) -> None:
    stranger.says("/remind GV20")
    reply = stranger.says(answer)

    assert "For example" in reply.plain
    assert stranger.memory.reminders == ()
    assert stranger.says("8 am").buttons[0].label == "Yes, store it"


def test_in_two_hours_comes_once_and_needs_no_zone(stranger: Days) -> None:
    stranger.says("remind me of GV20 in 2 hours")
    stranger.taps("Yes")
    (came,) = stranger.days(20)

    assert came.at == MONDAY + timedelta(hours=2)
    assert "no reminders" in stranger.says("/reminders").plain


def test_tomorrow_is_the_persons_own_tomorrow(companion: Companion) -> None:
    """In Auckland it is Tuesday already when the message is written on Monday evening in Greenwich."""
    person = subscribed(
        companion, "remind me of GV20 tomorrow at 9 am", "Auckland", now=MONDAY.replace(hour=21)
    )
    (came,) = person.days(10)

    assert person.local("Pacific/Auckland", came) == [("03-04", time(9))]


# --- what of


def test_what_to_be_reminded_of_is_asked_with_the_starter_first(stranger: Days) -> None:
    asked = stranger.says("remind me every day at 8 am")

    assert asked.buttons[0].label == "Two-minute starter"


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("remind me to press GV20 at 9 pm", "GV20"),
        ("remind me of the starter at 9 pm", "R10"),
        ("remind me of the wind-down at 9 pm", "R04"),
    ],
)
def test_what_the_words_name_is_what_is_reminded_of(companion: Companion, words: str, what: str) -> None:
    assert subscribed(companion, words).reminder.what == what


def test_every_routine_is_meant_by_the_words_on_its_button(companion: Companion) -> None:
    for routine, words in companion.library.words.routines.items():
        for name in (words.name, words.button):
            assert routine_in(f"remind me of the {name}", companion.library) == routine, name


def test_bedtime_is_a_time_and_no_routine(stranger: Days) -> None:
    assert "What shall I remind you of" in stranger.says("remind me at bedtime").plain


def test_an_answer_leads_to_a_reminder_of_its_point(stranger: Days) -> None:
    stranger.says("my neck hurts")
    stranger.taps("Remind me")
    stranger.taps("Every day, 20:00")
    stranger.taps("Yes")
    stranger.says("Berlin")

    assert stranger.reminder.what == "GB21"


# --- consent


def test_nothing_is_kept_before_consent_and_then_it_goes_on_where_it_was(stranger: Days) -> None:
    stranger.says("remind me of GV20 every day at 8 am")
    before = stranger.memory
    asked = stranger.last[0]
    zone = stranger.taps("Yes", asked)
    stranger.says("Berlin")

    assert before.consent_at is None
    assert before.reminders == ()
    assert zone.ask_place
    assert stranger.memory.consent_at == MONDAY
    assert times_of(stranger) == [("08:00",)]


def test_who_declines_gets_no_reminder_and_still_gets_answers(stranger: Days) -> None:
    stranger.says("remind me of GV20 every day at 8 am")
    stranger.taps("No")

    assert stranger.memory.reminders == ()
    assert stranger.memory.consent_at is None
    assert "GB21" in stranger.says("my neck hurts").plain


# --- B42: zones


@pytest.mark.parametrize(
    ("answer", "zone"),
    [
        ("Berlin", BERLIN),
        ("Sao Paulo", "America/Sao_Paulo"),
        ("UTC+5:30", "Asia/Kolkata"),
        ("Asia/Kathmandu", "Asia/Kathmandu"),
    ],
)
def test_b42_a_zone_is_found_and_confirmed_by_the_readers_own_clock(
    companion: Companion, answer: str, zone: str
) -> None:
    person = subscribed(companion, city=answer)
    due = person.next_due()

    assert person.reminder.schedule.zone == zone
    assert due
    assert f'<tg-time unix="{int(due.timestamp())}" format="t">08:00</tg-time>' in person.last[0].text


@pytest.mark.parametrize("answer", ["Springfield", "it's 14:35 here"])
def test_b42_an_ambiguous_place_is_asked_about_and_the_reminder_goes_on(stranger: Days, answer: str) -> None:
    stranger.says("remind me of GV20 every day at 8 am")
    stranger.taps("Yes")
    asked = stranger.says(answer)
    confirmed = stranger.taps(asked.buttons[0].label)

    assert asked.buttons
    assert "I will remind you" in confirmed.plain


def test_b42_of_a_place_nothing_but_its_zone_is_kept(stranger: Days) -> None:
    stranger.says("remind me of GV20 every day at 8 am")
    stranger.taps("Yes")
    stranger.does(Placed(52.5219, 13.4132))

    assert stranger.reminder.schedule.zone == BERLIN
    assert "52.5" not in repr(stranger.memory)
    assert "52.5" not in repr(Placed(52.5219, 13.4132))


def test_b42_the_label_of_the_place_button_as_words_is_neither_city_nor_complaint(stranger: Days) -> None:
    stranger.says("remind me of GV20 every day at 8 am")
    stranger.taps("Yes")
    reply = stranger.says("Send my location")
    stranger.says("Berlin")

    assert "write a city" in reply.plain
    assert stranger.reminder.schedule.zone == BERLIN
    assert "write a city" in Days(stranger.companion).says("send my location").plain


def test_b42_an_unknown_place_is_asked_for_again_and_a_complaint_is_answered(stranger: Days) -> None:
    stranger.says("remind me of GV20 every day at 8 am")
    stranger.taps("Yes")

    assert stranger.says("Qwxyzzy").ask_place
    assert "GB21" in stranger.says("my neck hurts").plain


def test_a_place_that_nobody_asked_for_is_offered_and_not_taken(anna: Days) -> None:
    (asked,) = anna.does(Placed(35.68, 139.69))

    assert anna.reminder.schedule.zone == BERLIN
    assert anna.taps(asked.buttons[0].label)
    assert anna.reminder.schedule.zone == TOKYO


# --- the key that sends a place


@pytest.fixture
def asked(stranger: Days) -> Days:
    """Somebody who was asked for their zone and sees the key."""
    stranger.says("remind me of GV20 every day at 8 am")
    stranger.taps("Yes")
    assert stranger.memory.place_key
    return stranger


def takes_key(replies: tuple[Reply, ...]) -> list[bool]:
    return [reply.takes_key for reply in replies]


def test_the_key_goes_when_a_city_was_written(asked: Days) -> None:
    asked.says("Berlin")

    assert takes_key(asked.last) == [False, True]
    assert "Berlin" in asked.last[1].plain
    assert takes_key(asked.does(Said("thanks"))) == [False]


def test_the_key_goes_when_one_of_several_places_was_tapped(asked: Days) -> None:
    which = asked.says("Springfield")
    assert takes_key(asked.last) == [False]
    asked.taps(which.buttons[0].label)

    assert takes_key(asked.last) == [False, True]


def test_the_key_goes_when_the_place_was_sent(asked: Days) -> None:
    assert takes_key(asked.does(Placed(52.5, 13.4))) == [False, True]


def test_the_key_stays_while_the_question_stands(asked: Days) -> None:
    asked.says("Qwxyzzy")

    assert takes_key(asked.last) == [False]
    assert asked.memory.place_key


@pytest.mark.parametrize("words", ["my neck hurts", "stop", "/help", "/settings"])
def test_the_key_goes_when_somebody_talks_of_something_else(asked: Days, words: str) -> None:
    asked.says(words)

    assert takes_key(asked.last) == [False, True]
    assert "/remind" in asked.last[1].plain


def test_the_key_goes_when_the_question_was_forgotten(asked: Days) -> None:
    asked.now += timedelta(minutes=11)
    asked.says("hello")

    assert takes_key(asked.last)[-1]


def test_beside_a_danger_card_nothing_is_said_of_the_key_and_it_goes_later(asked: Days) -> None:
    card = asked.does(Said("my calf is swollen and hot"))
    asked.says("thanks")

    assert takes_key(card) == [False]
    assert takes_key(asked.last) == [False, True]


def test_the_key_goes_when_everything_is_deleted(asked: Days) -> None:
    question = asked.says("/delete")
    asked.memory = replace(asked.memory, place_key=True)
    asked.taps(question.buttons[0].label, question)

    assert takes_key(asked.last) == [False, True]
    assert asked.memory == Memory()


# --- B54: duplicates and the most there may be


def test_b54_the_same_reminder_twice_is_one_and_said(anna: Days) -> None:
    reply = anna.says("remind me of GV20 every day at 8 am")

    assert "You have that one" in reply.plain
    assert len(anna.memory.reminders) == 1


def test_b54_a_double_tap_subscribes_once(stranger: Days) -> None:
    stranger.does(Placed(52.5, 13.4))
    stranger.says("remind me of GV20 every day at 8 am")
    agree = stranger.tap("Yes")
    stranger.does(agree)
    stranger.says("Berlin")
    stranger.does(agree)

    assert len(stranger.memory.reminders) == 1


def test_b54_more_than_ten_are_refused_clearly(anna: Days) -> None:
    for hour in range(9, 9 + MOST_REMINDERS):
        reply = anna.says(
            f"remind me of GV20 every day at {hour}:00"
            if hour > 12
            else f"remind me of GV20 every day at {hour} am"
        )

    assert "ten reminders" in reply.plain
    assert len(anna.memory.reminders) == MOST_REMINDERS


# --- questions


def test_a_question_is_answered_by_the_next_message_only(stranger: Days) -> None:
    stranger.says("/remind GV20")
    stranger.says("thanks")
    reply = stranger.says("9 pm")

    assert "May I store" not in reply.plain


def test_a_question_is_forgotten_after_ten_minutes(stranger: Days) -> None:
    stranger.says("/remind GV20")
    stranger.now += timedelta(minutes=11)

    assert "May I store" not in stranger.says("9 pm").plain


# --- consent that is taken back on the way


def test_no_after_yes_ends_the_question_for_the_city_and_nothing_is_stored(stranger: Days) -> None:
    card = stranger.says("remind me of desk break every day at 20:00")
    stranger.taps("Yes", card)
    no = stranger.taps("No", card)
    stranger.says("Berlin")

    assert no.text == stranger.companion.library.words.settings.not_remembered
    assert stranger.memory == Memory()


def test_no_keeps_what_was_stored_before(companion: Companion) -> None:
    anna = subscribed(companion)
    before = anna.memory
    anna.says("/remind")
    anna.does(Tapped(encode(Decline())))

    assert anna.memory == before


def test_a_danger_sign_stays_in_mind_when_nothing_is_to_be_stored(stranger: Days) -> None:
    stranger.says("I have chest pain and sweat")
    before = stranger.memory
    card = stranger.says("remind me of desk break every day at 20:00")
    stranger.taps("Yes", card)
    stranger.taps("No", card)

    assert before.held
    assert stranger.memory == before


def test_yes_tapped_twice_asks_for_the_city_once(stranger: Days) -> None:
    card = stranger.says("remind me of desk break every day at 20:00")
    yes = stranger.tap("Yes", card)
    asked = stranger.does(yes)
    again = stranger.does(yes)
    stranger.says("Berlin")

    assert asked[0].ask_place
    assert [reply.toast_only for reply in again] == [True]
    assert times_of(stranger) == [("20:00",)]


def test_yes_tapped_again_when_the_question_is_over_asks_once_more(stranger: Days) -> None:
    yes = stranger.tap("Yes", stranger.says("remind me of desk break every day at 20:00"))
    stranger.does(yes)
    stranger.now += QUESTION_FOR

    assert stranger.does(yes)[0].ask_place
