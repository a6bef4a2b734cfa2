"""Start, tap, write, wait, come late: in whatever order, one chat has one routine, and a stop is the end.

The machine of the holds is tested by itself. Here a whole chat is put through anything: new starts in the
middle, taps under messages of long ago, words, and times that are up late or twice.
"""

from __future__ import annotations

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.conversation.events import Due
from bot.conversation.hold_actions import HoldPoint, HoldRoutine
from bot.conversation.hold_decisions import Cued, Ended
from bot.conversation.memory import Memory
from bot.flow import Companion
from bot.library import load
from bot.understanding.reading import Kind, Reading
from tests.answering import NOW
from tests.conversation.clockwork import Clockwork

COMPANION = Companion(load())
WISHES = (HoldRoutine(1), HoldRoutine(10), HoldPoint("GV20"), HoldPoint("LI4"))
WORDS = ("pause", "resume", "skip", "back", "slower", "faster", "found", "not_found", "done", "stop", "hurts")


class AnyChat(RuleBasedStateMachine):
    @initialize(consents=st.booleans())
    def begin(self, consents: bool) -> None:
        self.chat = Clockwork(COMPANION, Memory(NOW) if consents else Memory())
        self.chat.word("routines")

    @rule(wish=st.sampled_from(WISHES))
    def wish(self, wish: HoldRoutine | HoldPoint) -> None:
        self.chat.word("routines")
        self.chat.do(wish)

    @rule(data=st.data())
    def tap_anything_ever_shown(self, data: st.DataObject) -> None:
        numbers = sorted(number for number, reply in self.chat.shown.items() if reply.buttons)
        message = data.draw(st.sampled_from(numbers))
        button = data.draw(st.sampled_from(self.chat.shown[message].buttons))
        self.chat.do(button.action, message=message)

    @rule(word=st.sampled_from(WORDS))
    def say(self, word: str) -> None:
        self.chat.word(word)

    @rule(seconds=st.integers(0, 200), late=st.sampled_from((0, 0, 1, 29, 31)))
    def wait(self, seconds: int, late: int) -> None:
        self.chat.wait(seconds, late)

    @rule()
    def a_timer_of_an_earlier_state_goes_off(self) -> None:
        going = self.chat.round
        running = going.running if going else None
        if running is None or not running.time_is_up(self.chat.now):
            before, sent = self.chat.memory, len(self.chat.sent)
            self.chat.read(Due(), Reading(Kind.UNKNOWN))
            assert (self.chat.memory, len(self.chat.sent)) == (before, sent)

    @precondition(lambda self: self.chat.round)
    @rule()
    def after_a_stop_nothing_comes(self) -> None:
        self.chat.word("stop")
        sent = len(self.chat.sent)
        self.chat.wait(3600)
        assert self.chat.round is None
        assert len(self.chat.sent) == sent

    @invariant()
    def what_is_pressed_is_never_more_than_the_time_that_passed(self) -> None:
        for done in self.chat.memory.done:
            assert timedelta(0) < timedelta(seconds=done.pressed_seconds) <= self.chat.now - NOW

    @invariant()
    def at_most_one_message_counts_down(self) -> None:
        """Old cues whose time is over may stand; one that still counts down belongs to what runs."""
        going = self.chat.round
        counting = [
            number
            for number, reply in self.chat.shown.items()
            if reply.shows_round
            and "tg-time" in reply.text
            and self._until(reply.text) > self.chat.now.timestamp()
        ]
        shown = [going.message_id] if going and going.running.deadline else []
        assert set(counting) <= set(shown)

    @invariant()
    def a_routine_that_is_over_says_so(self) -> None:
        going = self.chat.memory.round
        if any(isinstance(each, Cued) for each in self.chat.said):
            assert self.chat.round
        if any(isinstance(each, Ended) for each in self.chat.said):
            assert going is None or going.running.over

    @staticmethod
    def _until(text: str) -> int:
        return int(text.partition('unix="')[2].partition('"')[0])


TestAnyChat = AnyChat.TestCase
TestAnyChat.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
