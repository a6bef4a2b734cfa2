"""The time of the playground: the real one, until somebody moves it ahead to see tomorrow today."""

from __future__ import annotations

import time
from pathlib import Path


class MovedClock:
    """A clock to be called. It only goes ahead, because what was said cannot be unsaid.

    `file` is what the bot reads its own clock from: the seconds it is ahead by, as text.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.seconds_ahead = 0.0
        self._file = file

    def __call__(self) -> float:
        """Unix seconds."""
        return time.time() + self.seconds_ahead

    def move(self, seconds: float) -> None:
        """Go ahead by so many seconds."""
        seconds_ahead = self.seconds_ahead + seconds
        if self._file is not None:
            # Put in place as a whole: the bot must never read half a number.
            written = self._file.with_name(f"{self._file.name}.new")
            written.write_text(repr(seconds_ahead), encoding="ascii")
            written.replace(self._file)
        self.seconds_ahead = seconds_ahead
