"""Who goes an hour ahead sees everything that happens in that hour, in its order and at its time."""

from __future__ import annotations

import asyncio
import itertools
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.playground.botapi import Simulator, User
from bot.playground.clock import MovedClock
from bot.playground.run import open_playground
from bot.playground.stage import Person
from bot.playground.time_lapse import MESSAGE_SECONDS, NOTICE_SECONDS, TimeLapse


class Visit:
    """A playground without a page: what the clock showed after each step, and how long was waited."""

    def __init__(self, simulator: Simulator) -> None:
        self.clock = simulator.clock = MovedClock()
        self.simulator = simulator
        self.anna = simulator.user(1001, "Anna")
        self.shown: list[float] = []
        self.waited: list[float] = []
        self.lapse = TimeLapse(simulator, self.clock, self._note, self.sleep)

    def promise(self, seconds: float) -> None:
        """A message of the bot names the moment so many seconds from now."""
        moment = {"type": "date_time", "unix_time": int(self.clock() + seconds), "offset": 0, "length": 4}
        content = {"text": "then", "entities": [moment]}
        self.anna.chat.add(self.simulator.me, content, [], from_bot=True)

    def _note(self) -> None:
        self.shown.append(self.clock.seconds_ahead)

    async def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)


@pytest.fixture
async def visit() -> AsyncIterator[Visit]:
    async with Simulator(listen=False) as simulator:
        yield Visit(simulator)


async def test_where_nothing_is_promised_time_jumps(visit: Visit) -> None:
    await visit.lapse.go(86_400)
    assert visit.shown == [86_400]
    assert visit.waited == []


async def test_time_stops_at_a_far_promise_and_goes_on(visit: Visit) -> None:
    visit.promise(3600)
    await visit.lapse.go(7200)
    assert 3598 <= visit.shown[0] <= 3601
    assert visit.shown[-1] == pytest.approx(7200, abs=1)


async def test_time_goes_in_short_steps_while_a_hold_is_counted_down(visit: Visit) -> None:
    visit.promise(45)
    await visit.lapse.go(3600)
    steps = [after - before for before, after in itertools.pairwise([0, *visit.shown])]
    assert all(step <= 10 for step in steps[:10])
    assert steps[-1] > 3000
    assert visit.shown[-1] == pytest.approx(3600, abs=1)


async def test_a_promise_of_long_ago_holds_nothing_up(visit: Visit) -> None:
    visit.promise(-3600)
    await visit.lapse.go(60)
    assert visit.shown == [60]


async def test_the_bot_gets_the_time_to_notice_and_to_send(visit: Visit) -> None:
    visit.promise(15)
    sent = visit.simulator.counts
    lapse = TimeLapse(visit.simulator, visit.clock, lambda: sent.update(["sendPhoto"]), visit.sleep)
    await lapse.go(20)
    assert visit.waited == [NOTICE_SECONDS, MESSAGE_SECONDS]


async def test_time_does_not_go_on_while_a_call_is_under_way(visit: Visit) -> None:
    visit.promise(15)
    with visit.lapse.waits_for("sendMessage"), visit.lapse.waits_for("getUpdates"):
        going = asyncio.ensure_future(visit.lapse.go(20))
        await asyncio.wait([going], timeout=0.05)
        assert visit.shown == [10]
    await going
    assert visit.shown[-1] == pytest.approx(20, abs=0.5)


async def test_waiting_for_updates_holds_nothing_up(visit: Visit) -> None:
    visit.promise(15)
    with visit.lapse.waits_for("getUpdates"):
        await visit.lapse.go(20)
    assert len(visit.shown) == 2


async def test_two_moves_at_once_go_as_far_as_both(visit: Visit) -> None:
    visit.promise(30)
    await asyncio.gather(visit.lapse.go(60), visit.lapse.go(60))
    assert visit.shown[-1] == pytest.approx(120, abs=1)
    assert visit.shown == sorted(visit.shown)


async def test_the_real_bot_is_never_late_when_its_hold_is_gone_through() -> None:
    """The clock goes over the end of a hold, and the person is told of the end, not of an accident."""
    anna = Person(7001, "Anna")
    async with open_playground(0, (sys.executable, "-m", "bot"), people=[anna]) as playground:
        stage = playground.stage
        user: User = stage.people[anna.id]
        await stage.polled.wait()
        await user.start()
        await user.expect("What is bothering you")
        await user.send("time LI4 for 30 seconds")
        card = await user.expect("Timed hold")
        await user.press("Start", card)
        await user.expect("Press now", kinds="message edit")
        before = len(user.events)
        await stage.move_clock(60)
        later: Any = await user.expect("Let go. Then once more", since=before)
        assert abs(later.data["date"] - card.data["date"] - 40) < 15
        assert not any("late" in event.text for event in user.events[before:])
