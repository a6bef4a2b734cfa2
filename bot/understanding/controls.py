"""Which request a message makes, if it makes one: "stop", "found it", "show me all points"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.understanding.phrase_book import Found

ORDERS = frozenset({"stop", "timer", "remind", "snooze"})
"""What counts beside a complaint or a point as well, and in a long message."""
POLITE = frozenset({"greeting", "thanks", "yes", "no"})
"""What other requests come with: "hello, show me all points"."""
LATEST_START_OF_AN_ORDER = 3
MOST_WORDS_OF_A_REQUEST = 11


def control(found: Iterable[Found], words: Sequence[str], *, has_subject: bool) -> str | None:
    """The request that the message is about, if it is about one.

    Beside a complaint or a point, and in a story, only an order at the very beginning counts: "remind me to
    press LI4". Of several requests the one at the beginning is meant, and there the one of most words; what
    is only polite comes last.
    """
    if has_subject or len(words) > MOST_WORDS_OF_A_REQUEST:
        found = (
            match for match in found if match.entry in ORDERS and match.start <= LATEST_START_OF_AN_ORDER
        )
    meant = min(
        found, key=lambda match: (match.entry in POLITE, match.start > 1, -len(match.at)), default=None
    )
    return meant.entry if meant else None
