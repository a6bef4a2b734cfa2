"""A watchdog restarts what says that it is ill, so nothing says so without reason or stays silent."""

from __future__ import annotations

from bot.delivery.vitals import STARTED, Vitals


class Seconds:
    """A clock that only the test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_process_lacks_its_start_until_it_has_started() -> None:
    vitals = Vitals()
    assert vitals.missing == (STARTED,)

    vitals.has(STARTED)
    assert vitals.missing == ()


def test_a_part_that_stops_beating_is_missing_until_it_beats_again() -> None:
    seconds = Seconds()
    vitals = Vitals(seconds)
    vitals.has(STARTED)
    vitals.beat("Telegram", good_for_seconds=120)
    seconds.now += 119
    assert vitals.missing == ()

    seconds.now += 2
    assert vitals.missing == ("Telegram",)

    vitals.beat("Telegram", good_for_seconds=120)
    assert vitals.missing == ()


def test_each_part_is_named_once_and_comes_back_by_itself() -> None:
    seconds = Seconds()
    vitals = Vitals(seconds)
    vitals.beat("database", good_for_seconds=10)
    vitals.lacks("database")
    vitals.lacks("timed jobs")
    seconds.now += 11
    assert vitals.missing == ("database", STARTED, "timed jobs")

    vitals.has("timed jobs")
    assert vitals.missing == ("database", STARTED)
