"""Whatever time and taps do, in whatever order, the machine keeps its promises.

A fake clock runs, signals come in time, late or not at all, and somebody taps at random. A second account of
what was pressed is kept beside the machine, from nothing but what it announced, and must agree with it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.guidance.steps import Plan
from bot.routines import machine
from bot.routines.cues import cues
from bot.routines.happenings import Began, Continues, Finished, Happening, Ignored, Interrupted, Paused
from bot.routines.running import Running
from tests.routines.plans import a_plan

NOTHING = timedelta(0)
Tap = Callable[[Running, datetime], tuple[Running, Happening]]
Windows = list[tuple[datetime, datetime]]
waits = st.sampled_from([0, 20, 50, 90, 100])


def windows(announced: Began | Continues, now: datetime) -> Windows:
    """When to press, as somebody understands it who reads the message: counted back from its end."""
    found: Windows = []
    end = announced.times.until
    for _ in announced.cue.holds:
        begin = end - timedelta(seconds=announced.times.hold_seconds)
        found.append((max(begin, now), max(end, now)))
        end = begin - timedelta(seconds=announced.times.release_seconds)
    return found


class AnyOrder(RuleBasedStateMachine):
    """One routine, from its start to its end."""

    @initialize(made=a_plan, at_once=st.booleans())
    def begin(self, made: Plan, at_once: bool) -> None:
        self.now = datetime(2024, 3, 31, 0, 58, tzinfo=UTC)
        self.pressing: Windows = []
        self.pressed = NOTHING
        self.running, happening = machine.start(made, self.now, at_once=at_once)
        self.hear(happening)

    def hear(self, happening: Happening) -> None:
        """Keep the second account: what was pressed until now, and when to press from here on."""
        if isinstance(happening, Ignored):
            return
        for begin, end in self.pressing:
            self.pressed += max(NOTHING, min(end, self.now) - begin)
        resumes = isinstance(happening, (Began, Continues))
        self.pressing = windows(happening, self.now) if resumes else []
        told = happening.summary.pressed if isinstance(happening, Finished) else self.running.pressed
        assert abs(told - self.pressed) < timedelta(milliseconds=1)

    def happens(self, tap: Tap) -> None:
        """One tap or signal, and what must be true of any."""
        before = self.running
        self.running, happening = tap(before, self.now)
        if isinstance(happening, Ignored):
            assert self.running == before
        else:
            assert not before.over
            assert self.running.serial > before.serial
            assert not machine.applies(self.running, before.serial)
        if isinstance(happening, (Began, Continues)):
            assert self.running.deadline == happening.times.until
            assert self.now <= happening.times.press_from <= happening.times.until
        if isinstance(happening, (Paused, Interrupted)):
            assert self.running.paused_remaining is not None
        assert isinstance(happening, Finished) == (self.running.over and not before.over)
        self.hear(happening)

    def wait(self, percent: int) -> None:
        """Let a part of the cue go by. Nothing is pressed or missed while the routine is paused."""
        self.now += self.running.remaining(self.now) * percent / 100

    @precondition(lambda self: self.running.deadline)
    @rule(late_seconds=st.sampled_from([0, 0, 0, 1, 30]))
    def the_signal_comes(self, late_seconds: int) -> None:
        self.now = self.running.deadline + timedelta(seconds=late_seconds)
        self.happens(machine.due)

    @precondition(lambda self: self.running.deadline)
    @rule(seconds=st.integers(31, 90_000))
    def the_signal_comes_too_late(self, seconds: int) -> None:
        self.now = self.running.deadline + timedelta(seconds=seconds)
        self.happens(machine.due)
        assert self.running.deadline is None

    @rule(percent=waits)
    def a_timer_fires_at_any_time(self, percent: int) -> None:
        self.wait(percent)
        self.happens(machine.due)

    @rule(percent=waits)
    def pause(self, percent: int) -> None:
        self.wait(percent)
        self.happens(machine.pause)
        assert self.running.deadline is None

    @rule(percent=waits)
    def resume(self, percent: int) -> None:
        self.wait(percent)
        self.happens(machine.resume)
        assert self.running.paused_remaining is None

    @rule(percent=waits)
    def skip(self, percent: int) -> None:
        self.wait(percent)
        self.happens(machine.skip)

    @rule(percent=waits)
    def back(self, percent: int) -> None:
        self.wait(percent)
        self.happens(machine.back)

    @rule(percent=waits)
    def slower(self, percent: int) -> None:
        self.wait(percent)
        self.happens(machine.slower)

    @rule(percent=waits)
    def faster(self, percent: int) -> None:
        self.wait(percent)
        self.happens(machine.faster)

    @rule(percent=waits)
    def found(self, percent: int) -> None:
        self.wait(percent)
        self.happens(machine.found)

    @precondition(lambda self: self.running.serial > 8)
    @rule(percent=waits)
    def stop(self, percent: int) -> None:
        self.wait(percent)
        self.happens(machine.stop)
        assert self.running.over

    @invariant()
    def it_runs_or_is_paused_or_is_over(self) -> None:
        running = self.running
        assert running.deadline is None or running.paused_remaining is None
        assert running.deadline is None or running.deadline >= self.now
        assert NOTHING <= running.remaining(self.now) <= running.cue.length(running.pace_percent)
        assert running.interrupted <= (running.paused_remaining is not None)

    @invariant()
    def no_step_is_both_done_and_skipped(self) -> None:
        assert not self.running.done & self.running.skipped

    def teardown(self) -> None:
        """Left alone, every routine ends, and then nothing comes of it."""
        if not hasattr(self, "running"):
            return
        self.happens(machine.resume)
        left = self.running.time_left(self.now)
        signals, since = 0, self.now
        while not self.running.over:
            self.now = self.running.deadline
            self.happens(machine.due)
            signals += 1
        assert signals <= len(cues(self.running.plan))
        assert self.now - since == left
        for tap in (machine.due, machine.resume, machine.back, machine.skip, machine.found, machine.stop):
            self.happens(tap)


AnyOrder.TestCase.settings = settings(max_examples=80, stateful_step_count=25)
TestAnyOrder = AnyOrder.TestCase
