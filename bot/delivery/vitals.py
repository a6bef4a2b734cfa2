"""What a process lacks to do its work, in words for whoever runs it."""

from __future__ import annotations

import time
from collections.abc import Callable

STARTED = "start"


class Vitals:
    """Knows what works. A part that beats has to go on doing so."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        """``monotonic`` tells seconds that only go up; to begin with, the process lacks its start."""
        self._monotonic = monotonic
        self._lacking = {STARTED}
        self._good_until: dict[str, float] = {}

    def lacks(self, part: str) -> None:
        """A part does not work."""
        self._lacking.add(part)

    def has(self, part: str) -> None:
        """A part works, until something else is said of it."""
        self._lacking.discard(part)

    def beat(self, part: str, good_for_seconds: float) -> None:
        """A part works, and will say so again within this time."""
        self._good_until[part] = self._monotonic() + good_for_seconds

    @property
    def missing(self) -> tuple[str, ...]:
        """What does not work now."""
        now = self._monotonic()
        silent = (part for part, until in self._good_until.items() if until < now)
        return tuple(sorted({*self._lacking, *silent}))
