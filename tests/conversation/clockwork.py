"""A chat with a clock that only the test moves, which says so when the time of something is up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.conversation.actions import Action, encode
from bot.conversation.decide import decide
from bot.conversation.events import Due, Event, Said, Tapped
from bot.conversation.hold_decisions import HoldDecision
from bot.conversation.memory import Memory, Round
from bot.conversation.scene import Scene
from bot.flow import Companion
from bot.understanding.reading import Context, Kind, Reading
from bot.wording.reply import Reply
from tests.answering import NOW

ANNA, BEN = 1, 2


@dataclass
class Clockwork:
    """One chat: what was sent, what can be tapped, and what is known. Messages are numbered as they come."""

    companion: Companion
    memory: Memory = field(default_factory=Memory)
    now: datetime = NOW
    private: bool = True
    shown: dict[int, Reply] = field(default_factory=dict)
    sent: list[tuple[datetime, Reply]] = field(default_factory=list)
    last: int = 0
    said: list[HoldDecision] = field(default_factory=list)

    def __call__(self, text: str, by: int = ANNA) -> Reply:
        return self.read(Said(text, by), self.companion._read(Said(text, by), "en"))

    def word(self, control: str, by: int = ANNA, **more: object) -> Reply:
        """Words that mean this request, whatever they are."""
        return self.read(Said("words", by), Reading(Kind.CONTROL, context=Context(control=control), **more))

    def tap(self, label: str, by: int = ANNA, message: int | None = None) -> Reply:
        """A tap on the button whose label begins so, under the last message or an older one."""
        message = message or self.last
        buttons = [b for b in self.shown[message].buttons if b.label.startswith(label)]
        assert len(buttons) == 1, f"{label!r} among {[b.label for b in self.shown[message].buttons]}"
        return self.do(buttons[0].action, by, message)

    def do(self, action: Action, by: int = ANNA, message: int | None = None) -> Reply:
        message = message or self.last
        return self.read(Tapped(encode(action), by, message), Reading(Kind.UNKNOWN), message)

    def read(self, event: Event, reading: Reading, tapped: int | None = None) -> Reply:
        turn = decide(event, reading, Scene(self.companion.library, self.now, self.memory, self.private))
        self.memory, self.said = turn.memory, list(turn.says)
        replies = self.companion.writer.write_turn(turn)
        for reply in replies:
            self._deliver(reply, tapped if reply is replies[0] else None)
        return replies[0] if replies else Reply("")

    def _deliver(self, reply: Reply, tapped: int | None) -> None:
        if reply.toast_only:
            return
        if reply.instead_of:
            self.shown[reply.instead_of] = reply
            return
        if tapped is None:
            self.sent.append((self.now, reply))
        number = tapped or max(self.shown, default=0) + 1
        self.shown[number] = reply
        self.last = number
        if reply.shows_round and self.memory.round:
            self.memory = replace(self.memory, round=replace(self.memory.round, message_id=number))

    @property
    def round(self) -> Round | None:
        """The routine that runs or is paused."""
        going = self.memory.round
        return going if going and not going.running.over else None

    def wait(self, seconds: float, late: float = 0) -> None:
        """Let time pass; whatever is due in it comes, each so many seconds ``late``."""
        until = self.now + timedelta(seconds=seconds)
        while self.round and (deadline := self.round.running.deadline):
            due = deadline + timedelta(seconds=late)
            if due > until:
                break
            self.now = due
            self.read(Due(), Reading(Kind.UNKNOWN))
        self.now = until

    def wait_to_the_end(self) -> None:
        while self.round and self.round.running.deadline:
            self.wait((self.round.running.deadline - self.now).total_seconds())
