"""What comes too fast or too late is still heard: danger and stop always, the rest without surprises."""

from __future__ import annotations

import pytest
from stand import Stand

from bot.playground.botapi import Simulator, User

SIX_HOURS = 6 * 3600


async def test_what_waited_for_hours_is_answered_once_with_an_apology(idle_stand: Stand, anna: User) -> None:
    await anna.send("my neck hurts")
    idle_stand.pass_time(SIX_HOURS)
    await idle_stand.start()

    answer = await anna.expect("neck pain", since=0)
    assert answer.text.startswith("Sorry for the delay")
    await idle_stand.all_confirmed()
    assert len([event for event in anna.events if event.kind == "message"]) == 1


@pytest.mark.parametrize(
    "words",
    ["time LI4 for 60 seconds once on the left", "remind me of LI4 in 2 hours", "start the desk routine"],
)
async def test_what_waited_for_hours_begins_nothing_and_sets_no_time(
    idle_stand: Stand, anna: User, words: str
) -> None:
    await anna.send(words)
    idle_stand.pass_time(SIX_HOURS)
    await idle_stand.start()

    answer = await anna.expect("Sorry for the delay", since=0)
    assert not {"Start", "Yes, store it"} & set(answer.labels)


async def test_what_piled_up_while_nobody_answered_was_not_written_too_fast(
    idle_stand: Stand, anna: User
) -> None:
    for _ in range(9):
        await anna.send("my neck hurts")
        idle_stand.pass_time(60)
    await idle_stand.start()

    await idle_stand.all_confirmed()
    answers = [event.text for event in anna.events if event.kind == "message"]
    assert ["neck pain" in text for text in answers] == [True] * 9


async def test_danger_and_stop_are_obeyed_however_late(idle_stand: Stand, anna: User, ben: User) -> None:
    await anna.send("crushing chest pain going down my left arm")
    await ben.send("stop")
    idle_stand.pass_time(SIX_HOURS)
    await idle_stand.start()

    card = await anna.expect("emergency number", since=0)
    stopped = await ben.expect(since=0)
    assert "Sorry" not in card.text
    assert "Sorry" not in stopped.text


async def test_a_clock_that_runs_fast_by_minutes_apologises_for_nothing(
    idle_stand: Stand, sim: Simulator, anna: User
) -> None:
    await anna.send("my neck hurts")
    idle_stand.pass_time(600)
    await idle_stand.start()

    answer = await anna.expect("neck pain", since=0)
    assert not answer.text.startswith("Sorry")
