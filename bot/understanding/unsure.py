"""What to ask back when a message leaves open which of two or three complaints it is about."""

from __future__ import annotations

from collections.abc import Sequence

from bot.library import Library

FEWEST, MOST = 2, 3


def to_choose_from(meant: Sequence[str], *, unsure: bool, library: Library) -> tuple[str, ...]:
    """The complaints to choose from, or none where the answer is plain.

    It is open when the writer says so ("is it my hip or my back"), two or three complaints were named, and
    they differ in what would be pressed.
    """
    if not unsure or not FEWEST <= len(meant) <= MOST:
        return ()
    pressed = {frozenset(library.complaints[slug].points) for slug in meant}
    return tuple(meant) if len(pressed) > 1 else ()
