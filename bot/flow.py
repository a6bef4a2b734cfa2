"""The belt: event, reading, decision, words. Pure from end to end, the same answer every time."""

from __future__ import annotations

from bot.conversation.decide import decide
from bot.conversation.events import Commanded, Event, Said
from bot.library import Library
from bot.understanding.reader import Reader
from bot.understanding.reading import Kind, Reading
from bot.wording.reply import Reply
from bot.wording.writer import Writer


class Companion:
    """Answers events with the content of one library. Build it once; it keeps nothing between events."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.reader = Reader(library)
        self.writer = Writer(library)

    def answer(self, event: Event) -> Reply:
        """The reply to ``event``."""
        return self.writer.write(decide(event, self._read(event), self.library))

    def _read(self, event: Event) -> Reading:
        match event:
            case Said():
                return self.reader.read(event.text)
            case Commanded():
                return self.reader.read(event.argument)
            case _:
                return Reading(Kind.UNKNOWN)
