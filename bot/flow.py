"""The belt: event, reading, decision, words. Pure from end to end, the same answer every time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from bot.conversation.decide import decide
from bot.conversation.events import (
    Blocked,
    Commanded,
    Due,
    Elsewhere,
    Event,
    Mentioned,
    Missed,
    Said,
    Searched,
    language_of,
)
from bot.conversation.finding import about_tap, find
from bot.conversation.in_a_group import decide_in_a_group
from bot.conversation.memory import Hold, Memory
from bot.conversation.scene import Scene
from bot.library import ENGLISH, Library, best_match, in_language, offered
from bot.understanding.beginnings import Beginnings
from bot.understanding.reader import Reader
from bot.understanding.reading import Kind, Reading
from bot.understanding.requests import with_quantities
from bot.understanding.tongues import Tongues
from bot.wording.reply import Reply
from bot.wording.sharing import Listing
from bot.wording.writer import Writer

STRANGER = Memory()


@dataclass(frozen=True)
class Answer:
    """What to send, in this order, and what is known of the chat afterwards.

    ``heard`` are conditions that somebody told in a group, and ``held`` says that they told of a danger sign
    there; of the group itself nothing of that is known.
    ``counted`` is a verdict on the bot to count. One that ``asks_if_admin`` is none yet, and changes nothing:
    the event has to say whether whoever brought it about is an admin of the group.
    """

    replies: tuple[Reply, ...]
    memory: Memory
    heard: frozenset[str] = frozenset()
    counted: str | None = None
    asks_if_admin: bool = False
    held: Hold | None = None


class Companion:
    """Answers events with the content of one library, each person in their language.

    Build it once; it keeps nothing between events. What another language than English needs is built when
    somebody first speaks it.
    """

    def __init__(self, library: Library, languages: Collection[str] = ()) -> None:
        """``languages`` are spoken even where they are not complete; all that are complete always are."""
        self.library = library
        self.languages = frozenset({ENGLISH, *offered(library.languages), *languages})
        self.reader = Reader(library)
        self.writer = Writer(library)
        self.tongues = Tongues(self.reader, self.languages, lambda language: Reader(self._in(language)))
        self._beginnings: dict[str, Beginnings] = {}
        self._libraries: dict[str, Library] = {}
        self._writers: dict[str, Writer] = {}
        self._building = Lock()
        self._ready = {ENGLISH}

    def writer_for(self, language: str | None) -> Writer:
        """The writer for somebody whose app is set to ``language``, in the language that fits it best."""
        code = best_match(language, self.languages)
        if code == ENGLISH:
            return self.writer
        if code not in self._writers:
            self._writers[code] = Writer(self._in(code))
        return self._writers[code]

    def unready(self, event: Event | Elsewhere) -> frozenset[str]:
        """The languages that an event will need and that are not built yet; see ``get_ready``."""
        own = best_match(language_of(event), self.languages)
        match event:
            case Said() | Searched() | Mentioned():
                needed = self.tongues.needed(event.text, own)
            case Commanded():
                needed = self.tongues.needed(event.argument, own)
            case _:
                needed = frozenset({own})
        return needed - self._ready

    def get_ready(self, languages: Iterable[str]) -> None:
        """Build what some languages need. It may run beside answers, so that only one person waits for it."""
        for language in languages:
            self.tongues.reader(language)
            self.writer_for(language)
            self._ready.add(language)

    def answer(
        self, event: Event, memory: Memory, now: datetime, *, private: bool = True, asker: Memory = STRANGER
    ) -> Answer:
        """The answer to ``event`` in a chat of which ``memory`` is known, at the aware time ``now``.

        Of a group (not ``private``) no more may be known than the routine that runs in it and the reminders
        that its admins want. ``asker`` is what is known now, from their own chat, of the one who brought the
        event about there.
        """
        memory = memory if private else memory.of_a_group
        language = self._chosen(asker) or self._language(event, memory)
        reading = self._read(event, language)
        scene = self._scene(language, reading, now, memory, private)
        turn = decide(event, reading, scene) if private else decide_in_a_group(event, reading, scene, asker)
        if turn.asks_if_admin:
            return Answer((), memory, asks_if_admin=True)
        language = self._chosen(turn.memory) or language
        writer = self.writer_for(language)
        after = _noting(language, event, memory, turn.memory, private=private)
        if private:
            return Answer(writer.write_turn(turn), after, counted=turn.counted)
        replies = writer.write_turn_in_a_group(turn)
        return Answer(replies, after.of_a_group, reading.conditions, turn.counted, held=turn.memory.held)

    def find(self, event: Elsewhere, memory: Memory, now: datetime) -> Listing:
        """What is found in a chat that the bot is not in; ``memory`` is what is known of who asks there.

        Where they mentioned the bot instead of searching it is one answer.
        """
        language = self._chosen(memory) or best_match(event.language, self.languages)
        library, writer = self._in(language), self.writer_for(language)
        if language not in self._beginnings:
            self._beginnings[language] = Beginnings(library)
        reading = self.tongues.read(event.text, language)
        begun = self._beginnings[language].complete(event.text)
        finding = find(event, reading, begun, memory.at(now), library)
        if isinstance(event, Mentioned):
            return Listing((writer.sharing.answer(finding),))
        return writer.sharing.listing(finding)

    def tapped_elsewhere(self, data: str, language: str | None = None) -> Reply:
        """What a button in such a chat changes its message to, in the language of whoever taps it.

        What is too long in that language for its place under the picture is said in English.
        """
        sharing = self.writer_for(language).sharing
        action = about_tap(data, self.library)
        if action is None:
            return sharing.strange()
        reply = sharing.shared(action)
        return reply if reply.fits_under_picture else self.writer.sharing.shared(action)

    def speaks_to(self, memory: Memory) -> str:
        """The language of what comes to somebody by itself."""
        return self._chosen(memory) or best_match(memory.preferences.app_language, self.languages)

    def _scene(self, language: str, reading: Reading, now: datetime, memory: Memory, private: bool) -> Scene:
        sayings = self.tongues.reader(reading.language).sayings
        return Scene(self._in(language), now, memory, private, sayings)

    def _in(self, language: str) -> Library:
        """The library in the words of one of our languages."""
        if language == ENGLISH:
            return self.library
        if language not in self._libraries:
            with self._building:
                if language not in self._libraries:
                    self._libraries[language] = in_language(self.library, language)
        return self._libraries[language]

    def _language(self, event: Event, memory: Memory) -> str:
        """The language to answer in: the chosen one, that of the app, or that in which it last was."""
        if chosen := self._chosen(memory):
            return chosen
        if isinstance(event, Due | Missed | Blocked):
            running = memory.round.language if memory.round else None
            return best_match(running or memory.preferences.app_language, self.languages)
        return best_match(event.language, self.languages)

    def _chosen(self, memory: Memory) -> str | None:
        chosen = memory.preferences.language
        return chosen if chosen in self.languages else None

    def _read(self, event: Event, language: str) -> Reading:
        match event:
            case Said():
                return self._read_text(event.text, language)
            case Commanded():
                return self._read_text(event.argument, language)
            case _:
                return Reading(Kind.UNKNOWN, language=language)

    def _read_text(self, text: str, language: str) -> Reading:
        reading = self.tongues.read(text, language)
        reader = self.tongues.reader(reading.language)
        return with_quantities(reading, text, self._in(reading.language), reader.sayings)


def _noting(language: str, event: Event, before: Memory, after: Memory, *, private: bool) -> Memory:
    """The memory with the language for what comes by itself: cues and reminders.

    The reminders of a group speak as the admin does who set the newest, and not as whoever wrote last.
    """
    if isinstance(event, Due | Missed | Blocked):
        return after
    noted = None if language == ENGLISH else language
    if after.round and after.round != before.round and after.round.language is None and noted:
        after = replace(after, round=replace(after.round, language=noted))
    if not private and after.preferences.last_id == before.preferences.last_id:
        return after
    comes_by_itself = after.reminders or after.preferences.news
    if comes_by_itself and after.preferences.app_language != noted:
        after = replace(after, preferences=replace(after.preferences, app_language=noted))
    return after
