"""The belt: event, reading, decision, words. Pure from end to end, the same answer every time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.decide import decide
from bot.conversation.events import Commanded, Elsewhere, Event, Mentioned, Said
from bot.conversation.finding import about_tap, find
from bot.conversation.memory import Memory
from bot.conversation.scene import Scene
from bot.library import Library
from bot.understanding.beginnings import Beginnings
from bot.understanding.reader import Reader
from bot.understanding.reading import Kind, Reading
from bot.understanding.requests import with_quantities
from bot.wording.reply import Reply
from bot.wording.sharing import Listing
from bot.wording.writer import Writer


@dataclass(frozen=True)
class Answer:
    """What to send, in this order, and what is known of the chat afterwards."""

    replies: tuple[Reply, ...]
    memory: Memory


class Companion:
    """Answers events with the content of one library. Build it once; it keeps nothing between events."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.reader = Reader(library)
        self.writer = Writer(library)
        self._beginnings = Beginnings(library)

    def answer(self, event: Event, memory: Memory, now: datetime, *, private: bool = True) -> Answer:
        """The answer to ``event`` in a chat of which ``memory`` is known, at the aware time ``now``.

        Of a group (not ``private``) no more may be known than the routine that runs in it.
        """
        memory = memory if private else memory.of_a_group
        turn = decide(event, self._read(event), Scene(self.library, now, memory, private))
        return Answer(self.writer.write_turn(turn), turn.memory if private else turn.memory.of_a_group)

    def find(self, event: Elsewhere, memory: Memory, now: datetime) -> Listing:
        """What is found in a chat that the bot is not in; ``memory`` is what is known of who asks there.

        Where they mentioned the bot instead of searching it is one answer.
        """
        reading, begun = self.reader.read(event.text), self._beginnings.complete(event.text)
        finding = find(event, reading, begun, memory.at(now), self.library)
        if isinstance(event, Mentioned):
            return Listing((self.writer.sharing.answer(finding),))
        return self.writer.sharing.listing(finding)

    def tapped_elsewhere(self, data: str) -> Reply | None:
        """What a button in such a chat changes its message to; ``None`` for one that is strange there."""
        action = about_tap(data, self.library)
        return self.writer.sharing.shared(action) if action else None

    def _read(self, event: Event) -> Reading:
        match event:
            case Said():
                return self._read_text(event.text)
            case Commanded():
                return self._read_text(event.argument)
            case _:
                return Reading(Kind.UNKNOWN)

    def _read_text(self, text: str) -> Reading:
        return with_quantities(self.reader.read(text), text, self.library)
