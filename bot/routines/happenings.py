"""What happened to a running routine: all that the words about it need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.routines.cues import Cue, Times


@dataclass(frozen=True)
class Began:
    """A cue began: the next one, or one that was jumped to. It deserves a message of its own.

    ``ended`` is the cue whose hold is over. With ``sounds`` nobody can be expected to look at the screen.
    """

    cue: Cue
    times: Times
    ended: Cue | None = None
    sounds: bool = False


@dataclass(frozen=True)
class Continues:
    """The same cue goes on with other times: resumed, found, slower or faster. Its message is edited."""

    cue: Cue
    times: Times


@dataclass(frozen=True)
class Paused:
    """Nothing runs. ``remaining`` is what is left of the cue."""

    cue: Cue
    remaining: timedelta


@dataclass(frozen=True)
class Interrupted:
    """The signal at the end of a hold came too late, so the routine waits before ``cue`` to be resumed."""

    cue: Cue
    ended: Cue


@dataclass(frozen=True)
class Summary:
    """How a routine went. Steps count from 0; what is neither done nor skipped was not reached.

    ``completed`` says that it ran to its end, whatever was skipped, and was not stopped.
    """

    name: str
    started_at: datetime
    ended_at: datetime
    pressed: timedelta
    steps: int
    done: tuple[int, ...]
    skipped: tuple[int, ...]
    completed: bool

    @property
    def minutes_pressed(self) -> int:
        """The minutes pressed, to the nearest one."""
        return round(self.pressed.total_seconds() / 60)


@dataclass(frozen=True)
class Finished:
    """The routine is over, and nothing more will come of it.

    ``ended`` is the cue whose hold ended it, if one did. A ``late`` end is told without a sound.
    """

    summary: Summary
    ended: Cue | None = None
    late: bool = False
    sounds: bool = False


class Why(StrEnum):
    """Why nothing happened."""

    OVER = "over"
    PAUSED = "paused"
    ALREADY_PAUSED = "already_paused"
    ALREADY_RUNNING = "already_running"
    ALREADY_PRESSING = "already_pressing"
    NOT_YET = "not_yet"
    AT_THE_BEGINNING = "at_the_beginning"
    SLOWEST = "slowest"
    FASTEST = "fastest"


@dataclass(frozen=True)
class Ignored:
    """Nothing happened, because it makes no sense now."""

    why: Why


Happening = Began | Continues | Paused | Interrupted | Finished | Ignored
