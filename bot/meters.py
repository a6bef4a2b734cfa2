"""What is counted for whoever runs the bot: kinds and numbers, never a person, a chat or a word.

The edges count; nothing in between does. Until somebody wants to see the figures (``switch_on``) counting
does nothing, and the library for it is not even loaded.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # takes 50 ms to load, and is rarely needed
    from prometheus_client import CollectorRegistry

ANSWER_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0)
LATE_SECONDS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, 7200.0)
"""Up to the two hours after which a reminder is not sent any more."""
OTHER = "other"


class Meters:
    """All figures of one process."""

    def __init__(self) -> None:
        from prometheus_client import (
            CollectorRegistry,
            Counter,
            Gauge,
            Histogram,
            ProcessCollector,
            disable_created_metrics,
        )

        # When a figure was first seen is of no interest, and doubles the page.
        disable_created_metrics()  # type: ignore[no-untyped-call]  # it tells no types

        self.registry: CollectorRegistry = CollectorRegistry()
        every: dict[str, Any] = {"registry": self.registry, "namespace": "companion"}
        self.updates = Counter("updates", "Updates that came in.", ["kind"], **every)
        self.answers = Histogram(
            "answer_seconds",
            "From the moment an update was here until its answer had arrived.",
            buckets=ANSWER_SECONDS,
            **every,
        )
        self.letters = Counter(
            "letters",
            "Messages that nobody waits for, and what became of them.",
            ["urgency", "outcome"],
            **every,
        )
        self.rung = Histogram(
            "rung_late_seconds",
            "How long after its time something was noticed: a cue or a reminder.",
            ["kind"],
            buckets=LATE_SECONDS,
            **every,
        )
        self.carried = Histogram(
            "letter_seconds",
            "From the moment a message was written until it had arrived.",
            ["urgency"],
            buckets=LATE_SECONDS,
            **every,
        )
        self.calls = Counter("telegram_calls", "Calls of Telegram, and how they ended.", ["outcome"], **every)
        self.retries = Counter(
            "telegram_retries", "Calls of Telegram that were made again.", ["reason"], **every
        )
        self.taken_over = Counter("jobs_taken_over", "Jobs of a worker that died, given to another.", **every)
        self.errors = Counter(
            "errors", "Lines in the log from warnings on.", ["level", "place", "type"], **every
        )
        self.ready = Gauge("ready", "1 while all is well.", **every)
        self.lag = Gauge("lag_seconds", "For how long the oldest thing waits that should be done.", **every)
        self.waiting_updates = Gauge("waiting_updates", "Updates that nobody has answered yet.", **every)
        self.waiting_letters = Gauge(
            "waiting_letters", "Messages that have not arrived yet.", ["urgency"], **every
        )
        self.waiting_jobs = Gauge("waiting_jobs", "Jobs that no worker has begun.", ["queue"], **every)
        ProcessCollector(registry=self.registry)
        self.in_hand: dict[object, datetime] = {}
        """Since when each update that is being answered is here."""

    def show(self, gauge: str, values: Mapping[str, int]) -> None:
        """Set a gauge that has a label; what is not named is not there any more."""
        family = getattr(self, gauge)
        family.clear()
        for label, value in values.items():
            family.labels(label).set(value)


_meters: Meters | None = None


def switch_on() -> Meters:
    """Count from now on, and count errors too. Called twice, it is the same figures."""
    global _meters
    if _meters is None:
        _meters = Meters()
        logging.getLogger().addHandler(_CountsErrors(_meters))
    return _meters


def came_in(kind: str) -> None:
    """An update of this kind came."""
    if _meters:
        _meters.updates.labels(kind).inc()


@contextmanager
def answering(since: datetime) -> Iterator[None]:
    """An update that is here ``since`` then is being answered meanwhile."""
    if not (meters := _meters):
        yield
        return
    mark = object()
    meters.in_hand[mark] = since
    try:
        yield
    finally:
        del meters.in_hand[mark]


def answered(seconds: float) -> None:
    """An answer took so long."""
    if _meters:
        _meters.answers.observe(max(0.0, seconds))


def rung(kind: str, late_seconds: float) -> None:
    """A cue or a reminder was noticed so long after its time."""
    if _meters:
        _meters.rung.labels(kind).observe(max(0.0, late_seconds))


def letter(urgency: str, outcome: str, seconds: float | None = None) -> None:
    """A letter met with this outcome; with ``seconds`` it arrived so long after it was written."""
    if _meters:
        _meters.letters.labels(urgency, outcome).inc()
        if seconds is not None:
            _meters.carried.labels(urgency).observe(max(0.0, seconds))


def called(outcome: str) -> None:
    """A call of Telegram ended like this."""
    if _meters:
        _meters.calls.labels(outcome).inc()


def tried_again(reason: str) -> None:
    """A call of Telegram is made again."""
    if _meters:
        _meters.retries.labels(reason).inc()


def taken_over() -> None:
    """A job of a dead worker was given to another."""
    if _meters:
        _meters.taken_over.inc()


class _CountsErrors(logging.Handler):
    """Counts what is logged from warnings on, by the type of the error. Texts of errors are not looked at."""

    def __init__(self, meters: Meters) -> None:
        super().__init__(logging.WARNING)
        self._meters = meters

    def emit(self, record: logging.LogRecord) -> None:
        """Count a record."""
        ours = record.name.partition(".")[0] == "bot"
        error = record.exc_info[1] if record.exc_info else None
        kind = type(error).__name__ if error else getattr(record, "reason", OTHER)
        # Other libraries may put anything into a record; only our own reasons are names of types.
        told = str(kind) if ours or error else OTHER
        place = record.name if ours else record.name.partition(".")[0]
        self._meters.errors.labels(record.levelname, place, told).inc()
