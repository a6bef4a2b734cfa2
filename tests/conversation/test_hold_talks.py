"""Whole routines as people have them: hands busy, eyes closed, and the phone says when to let go.

Somebody starts with two taps and then does nothing but press. Or the bell rings and they pause, it hurts and
they stop, a nervous thumb taps twice, a friend in a group taps along, they say that they are pregnant in the
middle of it. After a stop nothing of the routine ever comes again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation import actions
from bot.conversation.events import Blocked, Commanded, Due
from bot.conversation.hold_actions import Feel, HoldPlan, HoldPoint, HoldRoutine, Own, Steer
from bot.conversation.hold_decisions import (
    AskSigns,
    Ended,
    EndedForSafety,
    HoldCard,
    NoPlan,
    Progress,
    RoutineList,
    Scored,
    TroubleAdvice,
    WaitsForCheck,
    WhichPointToHold,
)
from bot.conversation.memory import Hold, Memory
from bot.flow import Companion
from bot.guidance.offer import Person
from bot.guidance.plans import Refusal
from bot.library.facts import Tier
from bot.understanding.reading import Kind, Reading
from tests.answering import NOW
from tests.conversation.clockwork import ANNA, BEN, Clockwork

SILENCE = Reading(Kind.UNKNOWN)


@pytest.fixture
def anna(companion: Companion) -> Clockwork:
    return Clockwork(companion)


def begun(anna: Clockwork, routine: int = 1) -> Clockwork:
    """A routine of the content, started."""
    anna.word("routines")
    anna.do(HoldRoutine(routine))
    anna.tap("Start")
    assert anna.round
    return anna


# --- from the first tap to the last


def test_two_taps_start_a_hold_from_an_answer(anna: Clockwork) -> None:
    anna("my lower back hurts")
    card = anna.tap("Start timed hold")
    cue = anna.tap("Start")

    assert "BL23" in card.plain
    assert "Not with: pregnancy" in card.plain
    assert cue.shows_round
    assert cue.plain.startswith("Press now: BL23")
    assert len(anna.sent) == 1  # the rest were edits


def test_a_sixty_second_hold_counts_to_sixty_and_ends_with_a_sound(anna: Clockwork) -> None:
    anna.word("timer", points=("BL23",), hold_seconds=60)
    cue = anna.tap("Start")
    anna.wait(59)
    assert len(anna.sent) == 1
    anna.wait(1)

    assert f'unix="{round((NOW + timedelta(seconds=60)).timestamp())}"' in cue.text
    at, last = anna.sent[-1]
    assert at == NOW + timedelta(seconds=60)
    assert not last.silent
    assert "Let go" in last.plain


def test_a_routine_goes_by_itself_and_costs_one_message_a_hold(anna: Clockwork) -> None:
    begun(anna)
    before, started = len(anna.sent), anna.now
    anna.wait_to_the_end()
    holds = 1 + 1 + 2 + 2  # breathing, both sides together, and two points side by side

    assert anna.round is None
    assert len(anna.sent) - before == holds
    assert all(reply.shows_round and not reply.silent for _, reply in anna.sent[before:])
    routine = anna.companion.library.routines["R01"]
    last_release = routine.steps[-1].release_seconds
    assert anna.now - started == timedelta(seconds=routine.total_seconds - last_release)
    assert isinstance(anna.said[0], Ended)


def test_the_clock_keeps_what_was_left_over_a_pause(anna: Clockwork) -> None:
    anna.word("timer", points=("BL23",), hold_seconds=60)
    anna.tap("Start")
    anna.wait(20)
    paused = anna.tap("Pause")
    anna.wait(500)
    assert len(anna.sent) == 1
    resumed = anna.tap("Resume")
    anna.wait(40)

    assert "40 seconds" in paused.plain
    assert "in 40 seconds" in resumed.plain
    assert len(anna.sent) == 2


def test_found_it_starts_the_hold_at_once_and_lost_gives_time_again(anna: Clockwork) -> None:
    begun(anna, 11)
    anna.tap("Skip")
    lost = anna.tap("Can't find it")
    anna.wait(14)
    anna.tap("Found it")
    assert anna.round
    left = anna.round.running.deadline - anna.now
    words = anna.companion.library.words.points["KI1"]

    assert words.another_way in lost.plain
    assert "15 seconds to get ready" in lost.plain
    assert left == timedelta(seconds=30)


@pytest.mark.parametrize("control", ["pause", "resume", "skip", "back", "slower", "faster", "found", "stop"])
def test_words_do_what_buttons_do_and_the_older_message_counts_no_longer(
    anna: Clockwork, control: str
) -> None:
    begun(anna)
    anna.tap("Skip")
    if control == "resume":
        anna.tap("Pause")
    older = anna.last
    reply = anna.word(control)

    assert reply.shows_round
    assert anna.last != older
    assert "tg-time" not in anna.shown[older].text
    assert anna.shown[older].silent
    assert anna.shown[older].buttons == ()


# --- stopping


@pytest.mark.parametrize("how", ["button", "word", "command", "blocked", "danger", "delete"])
def test_after_a_stop_nothing_of_the_routine_ever_comes(anna: Clockwork, how: str) -> None:
    begun(anna)
    anna.wait(50)
    cue = anna.last
    match how:
        case "button":
            anna.tap("Stop")
        case "word":
            anna.word("stop")
        case "command":
            anna.read(Commanded("stop", by=ANNA), SILENCE)
        case "blocked":
            anna.read(Blocked(), SILENCE)
        case "delete":
            anna.do(actions.Delete(), message=500)
            assert "tg-time" not in anna.shown[cue].text
        case "danger":
            anna("I can't pee and my legs are numb")
    sent = len(anna.sent)
    for _ in range(5):
        anna.now += timedelta(minutes=1)
        anna.read(Due(), SILENCE)
    for button in anna.shown[cue].buttons:
        if isinstance(button.action, Steer):
            assert anna.do(button.action, message=cue).toast_only

    assert len(anna.sent) == sent
    assert anna.round is None


def test_stop_without_a_routine_means_what_it_always_meant(anna: Clockwork) -> None:
    assert "Nothing is running" in anna.word("stop").plain
    assert "Nothing is running" in anna.read(Commanded("stop"), SILENCE).plain


@pytest.mark.parametrize("trouble", ["hurts", "numb", "dizzy"])
def test_pain_ends_the_hold_with_advice_and_the_point_rests_today(anna: Clockwork, trouble: str) -> None:
    anna.word("timer", points=("LI4",))
    anna.tap("Start")
    anna.wait(5)
    advice = anna.word(trouble)
    again = anna.word("timer", points=("LI4",))
    anna.now += timedelta(hours=13)
    tomorrow = anna.word("timer", points=("LI4",))

    assert anna.companion.library.words.holds.trouble_emergency in advice.plain
    assert "LI4" in advice.plain
    assert "rest for today" in again.plain
    assert tomorrow.buttons[0].label == "Start"


def test_a_danger_sign_ends_the_routine_and_none_starts_until_somebody_was_checked(anna: Clockwork) -> None:
    begun(anna)
    card = anna("my calf is swollen and hot")
    waits = anna.word("timer", points=("LI4",))
    assert isinstance(anna.said[0], WaitsForCheck)
    anna.do(waits.buttons[0].action)
    anna.word("timer", points=("LI4",))

    assert "doctor" in card.plain
    assert isinstance(anna.said[0], HoldCard)


def test_what_is_learned_on_the_way_ends_a_routine_that_it_forbids(anna: Clockwork) -> None:
    begun(anna)
    anna("I'm 20 weeks pregnant")

    assert any(isinstance(each, EndedForSafety) for each in anna.said)
    assert anna.memory.round is None


def test_what_is_learned_on_the_way_and_forbids_nothing_of_it_lets_it_go_on(anna: Clockwork) -> None:
    anna.word("timer", points=("SI3",))
    anna.tap("Start")
    anna("I have a pacemaker")

    assert not any(isinstance(each, EndedForSafety) for each in anna.said)
    assert anna.round


# --- double taps, old taps, other people


@pytest.mark.parametrize("label", ["Pause", "Skip", "Back", "Stop", "Found it", "Can't find it"])
def test_a_button_tapped_twice_has_one_effect(anna: Clockwork, label: str) -> None:
    begun(anna)
    anna.tap("Skip")
    button = next(b for b in anna.shown[anna.last].buttons if b.label == label)
    anna.do(button.action)
    after = anna.memory
    second = anna.do(button.action)

    assert second.toast_only
    assert anna.memory == after


def test_start_tapped_twice_starts_once(anna: Clockwork) -> None:
    anna.word("timer", points=("BL23",))
    start = anna.shown[anna.last].buttons[0].action
    anna.do(start)
    after = anna.memory
    second = anna.do(start)

    assert second.toast_only
    assert anna.memory == after


def test_a_second_start_asks_and_can_go_on_or_replace(anna: Clockwork) -> None:
    begun(anna)
    first = anna.round
    assert first
    older = anna.last
    anna.word("timer", points=("LI4",))
    asked = anna.tap("Start")
    assert [button.label for button in asked.buttons] == ["Start the new one", "Go on with this one"]
    assert anna.round
    assert anna.round.running.plan == first.running.plan
    anna.tap("Start the new one")

    assert anna.round
    assert [step.point for step in anna.round.running.plan.steps] == ["LI4"]
    assert "tg-time" not in anna.shown[older].text


def test_whoever_did_not_start_it_cannot_touch_it(companion: Companion) -> None:
    group = begun(Clockwork(companion, private=False))
    before, cue = group.memory.round, group.last

    for label in ("Pause", "Stop", "Skip"):
        reply = group.tap(label, by=BEN)
        assert reply.toast == "Only who started it can do that."
    group.word("stop", by=BEN)
    assert group.memory.round == before
    group.tap("Stop", message=cue)
    assert group.round is None


def test_a_cue_that_is_too_late_becomes_one_apology_with_resume(anna: Clockwork) -> None:
    begun(anna)
    anna.wait(600, late=31)
    (apology,) = [reply for _, reply in anna.sent if "Sorry" in reply.plain]

    assert [button.label for button in apology.buttons] == ["Resume", "Stop"]
    anna.tap("Resume")
    anna.wait_to_the_end()
    assert isinstance(anna.said[0], Ended)


# --- before it starts


def test_danger_signs_are_asked_about_before_a_plan_for_the_leg(anna: Clockwork) -> None:
    anna("I have sciatica")
    asked = anna.tap("Start timed hold")
    assert isinstance(anna.said[0], AskSigns)
    anna.tap("Yes: 1")

    assert "between the legs" in asked.plain
    assert anna.memory.held == Hold("RF01", Tier.EMERGENCY_NOW, NOW)


def test_signs_denied_are_not_asked_about_for_thirty_days_with_consent(anna: Clockwork) -> None:
    anna.memory = Memory(NOW)
    anna.do(HoldRoutine(2), message=9)
    anna.tap("None of these")
    anna.do(HoldRoutine(2))
    assert isinstance(anna.said[0], HoldCard)
    anna.now += timedelta(days=31)
    anna.do(HoldRoutine(2))

    assert isinstance(anna.said[0], AskSigns)


def test_without_consent_the_denial_travels_in_the_buttons_and_is_kept_nowhere(anna: Clockwork) -> None:
    anna.do(HoldRoutine(2), message=9)
    anna.tap("None of these")
    assert anna.memory == Memory()
    anna.tap("Start")
    assert anna.round
    anna.tap("Stop")
    anna.do(HoldRoutine(2))

    assert isinstance(anna.said[0], AskSigns)


def test_a_hold_is_between_five_seconds_and_five_minutes(anna: Clockwork) -> None:
    for seconds, refusal in ((4, Refusal.TOO_SHORT), (301, Refusal.TOO_LONG), (5, None), (300, None)):
        anna.word("timer", points=("LI4",), hold_seconds=seconds, repeats=1)
        assert anna.said[0].planned.refusal is refusal


def test_a_hold_without_a_point_asks_which(anna: Clockwork) -> None:
    reply = anna("hold 60s")
    assert isinstance(anna.said[0], WhichPointToHold)
    anna.do(next(b.action for b in reply.buttons if b.label.startswith("SI3")))

    assert "60 s" in anna.shown[anna.last].plain


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("start the desk routine", HoldRoutine(1)),
        ("time LI4 for 30 seconds three times", HoldPoint("LI4", (), 30, 3)),
        ("hold LI4 for 40 seconds", HoldPoint("LI4", (), 40)),
        ("2 minute neck break", HoldPlan((8,), 2)),
        ("start the wind down routine", HoldRoutine(4)),
        ("start the two minute starter", HoldRoutine(10)),
    ],
)
def test_words_name_what_is_to_be_timed(anna: Clockwork, words: str, expected: object) -> None:
    anna(words)
    card = anna.said[0]

    assert isinstance(card, HoldCard)
    if isinstance(expected, HoldPlan):
        neck = anna.companion.library.complaints["neck"].number
        expected = replace(expected, complaints=(neck,))
    assert card.wish == expected


def test_under_a_rule_that_forbids_all_pressing_nothing_is_timed(anna: Clockwork) -> None:
    anna("I'm 15 and my back hurts")
    for wish in (HoldRoutine(1), HoldPoint("LI4"), HoldPlan((1,)), Own("new"), actions.ShowPoints()):
        reply = anna.do(wish)
        assert "LI4" not in reply.plain
        assert "Start" not in [button.label for button in reply.buttons]
    assert "no points" in anna.word("routines").plain


def test_a_refusal_gives_its_reason_and_another_way(anna: Clockwork) -> None:
    anna.do(HoldRoutine(12, person=Person(frozenset({"CR05"}))), message=9)
    refused = anna.said[0]

    assert isinstance(refused, NoPlan)
    assert refused.other
    assert anna.companion.library.words.rules["CR05"].reason in anna.shown[9].plain


# --- after it


def finished(anna: Clockwork, score_before: str = "6") -> Clockwork:
    anna.word("timer", points=("LI4",))
    anna.tap(score_before)
    anna.tap("Start")
    anna.wait_to_the_end()
    return anna


def test_scores_are_kept_with_consent_and_not_without(anna: Clockwork) -> None:
    noted = finished(anna).tap("3")
    assert noted.buttons[0].action == actions.Remember()
    assert anna.memory.done == ()

    anna.memory = replace(anna.memory, consent_at=NOW)
    noted = finished(anna).tap("3")
    (done,) = anna.memory.done
    assert (done.before, done.after, done.points, done.pressed_seconds) == (6, 3, ("LI4",), 60)
    assert "6 before, 3 now" in noted.plain


def test_a_score_can_be_said_in_words(anna: Clockwork) -> None:
    finished(anna)

    assert "6 before, 4 now" in anna("about a 4").plain


@pytest.mark.parametrize("label", ["9", "Worse or odd"])
def test_worse_than_before_leads_to_advice_and_the_questions_come_again(anna: Clockwork, label: str) -> None:
    anna.memory = Memory(NOW, settled={"RF01": NOW})
    finished(anna).tap(label)

    assert isinstance(anna.said[0], TroubleAdvice)
    assert anna.memory.settled == {}
    assert "LI4" in anna.memory.resting


def test_a_score_tapped_twice_counts_once(anna: Clockwork) -> None:
    anna.memory = Memory(NOW)
    finished(anna)
    feel = next(b.action for b in anna.shown[anna.last].buttons if b.label == "3")
    assert isinstance(feel, Feel)
    anna.do(feel)
    after = anna.memory

    assert anna.do(feel).toast_only
    assert anna.memory == after


def test_progress_counts_days_in_a_row_and_names_what_fell_most(anna: Clockwork) -> None:
    anna.memory = Memory(NOW)
    for _ in range(3):
        finished(anna).tap("3")
        anna.now += timedelta(days=1)
    told = anna.word("progress")
    (progress,) = anna.said

    assert isinstance(progress, Progress)
    assert (progress.times, progress.days_in_a_row) == (3, 3)
    assert progress.helps == (Scored("LI4", before=6, after=3, times=3),)
    assert "3 days in a row" in told.plain
    anna.now += timedelta(days=2)
    assert "in a row" not in anna.word("progress").plain


# --- one's own


def test_a_routine_of_ones_own_is_built_named_reordered_and_deleted(anna: Clockwork) -> None:
    anna.memory = Memory(NOW)
    anna.word("routines")
    anna.tap("New routine")
    anna("Neck relief")
    for code in ("GB21", "TE3"):
        anna.tap("Add a point")
        anna.tap("Neck and shoulders")
        anna.tap(code)
    anna.tap("2. TE3")
    up = next(b.action for b in anna.shown[anna.last].buttons if b.label == "Earlier")
    anna.do(up)
    assert anna.do(up).toast_only
    (own,) = anna.memory.own
    assert own.name == "Neck relief"
    assert [step.point for step in own.steps] == ["TE3", "GB21"]

    anna.tap("Rename")
    anna("Evening")
    card = anna("start my evening routine")
    assert card.plain.startswith("Evening, about")
    anna.tap("Start")
    assert anna.round
    anna.tap("Stop")
    anna.word("routines")
    own_button = next(b for b in anna.shown[anna.last].buttons if b.label == "Evening")
    anna.do(own_button.action)
    anna.tap("Change it")
    anna.tap("Delete this")
    anna.tap("Yes")

    assert anna.memory.own == ()


def test_only_the_next_message_is_taken_for_a_name(anna: Clockwork) -> None:
    anna.memory = Memory(NOW)
    anna.do(Own("new"), message=9)
    anna("I can't pee and my legs are numb")
    assert anna.memory.own == ()
    anna.memory = Memory(NOW)
    anna.do(Own("new"), message=9)
    anna.now += timedelta(minutes=11)
    anna("my neck hurts")

    assert anna.memory.question is None
    assert anna.memory.own == ()


def test_in_a_group_own_routines_are_not_shown(companion: Companion) -> None:
    group = Clockwork(companion, private=False)
    reply = group.do(Own("new"), message=9)

    assert [button.link for button in reply.buttons] == ["routines"]
    assert group.read(Commanded("routines"), SILENCE)
    assert isinstance(group.said[0], RoutineList)


def test_a_word_to_no_routine_shows_what_can_be_started(anna: Clockwork) -> None:
    for control in ("pause", "resume", "skip", "done"):
        anna.word(control)
        assert isinstance(anna.said[0], RoutineList)


@pytest.mark.parametrize("control", ["pause", "resume", "skip", "done"])
def test_a_word_to_no_routine_shows_none_while_a_danger_sign_waits_for_a_check(
    anna: Clockwork, control: str
) -> None:
    anna("my calf is swollen and hot")
    anna.word(control)

    assert anna.memory.held
    assert anna.said == [WaitsForCheck(anna.memory.held.red_flag)]


@pytest.mark.parametrize("held", [True, False], ids=["after a danger sign", "after none"])
def test_who_has_been_checked_is_promised_no_pressing_that_another_rule_forbids(
    anna: Clockwork, held: bool
) -> None:
    anna("I have a fever")
    refusal = anna("neck").plain
    if held:
        anna("my calf is swollen and hot")
    checked = anna.do(actions.Checked())

    words = anna.companion.library.words.settings
    assert checked.plain == f"{words.checked_only} {refusal}"
    assert [button.label for button in checked.buttons] == [words.button_fine]
