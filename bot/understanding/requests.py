"""What a message asks to be timed: for how long, how often, in which time, and which routine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.library import Library
from bot.understanding import quantities
from bot.understanding.reading import Kind, Reading
from bot.understanding.sayings import NO_SAYINGS, Sayings
from bot.understanding.text import fold

REQUESTS = frozenset({"timer", "routines"})
ORDERS = frozenset({"hold", "press", "push", "time"})
"""What a message about a point begins with when the point is to be timed: "hold LI4 for 40 seconds"."""
MOST_LETTERS = 300
"""A longer message is no request for a timer; its numbers are about something else."""


def with_quantities(reading: Reading, text: str, library: Library, sayings: Sayings = NO_SAYINGS) -> Reading:
    """The reading with the numbers that its words hold, where something is to be timed or a score is told.

    ``library`` and ``sayings`` are those of the language in which it was read.
    """
    if len(text) > MOST_LETTERS:
        return reading
    ours = sayings.in_our_words(text)
    if reading.kind is Kind.UNKNOWN:
        return replace(reading, score=quantities.score(ours), routine=routine_in(text, library))
    if reading.kind is Kind.POINT and _words(ours)[:1] and _words(ours)[0] in ORDERS:
        return replace(reading, hold_seconds=quantities.hold_seconds(ours), repeats=quantities.repeats(ours))
    if reading.context.control not in REQUESTS:
        return reading
    return replace(
        reading,
        hold_seconds=quantities.hold_seconds(ours),
        repeats=quantities.repeats(ours),
        minutes=quantities.minutes_available(ours),
        routine=routine_in(text, library),
    )


def routine_in(text: str, library: Library) -> str | None:
    """The routine of the content that a text names; of several names the longest counts."""
    words = _words(text)
    named = [
        (len(name), routine)
        for routine, names in library.words.holds.keywords.items()
        for name in names
        if names_it(name, words)
    ]
    return max(named, key=lambda found: found[0])[1] if named else None


def names_it(name: str, words: Sequence[str]) -> bool:
    """Whether all words of a name stand together in a text."""
    wanted = _words(name)
    return bool(wanted) and any(
        list(words[start : start + len(wanted)]) == wanted for start in range(len(words))
    )


def says(text: str, name: str) -> bool:
    """Whether a text holds a name that a person gave, whatever its case."""
    return names_it(name, _words(text))


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in fold(text)).split()
