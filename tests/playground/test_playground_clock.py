"""The clock of the playground: it only goes ahead, and the bot reads how far from a file."""

from __future__ import annotations

from pathlib import Path

from bot.delivery.clock import now
from bot.playground.clock import MovedClock


def test_a_clock_nobody_moved_tells_the_real_time_and_leaves_no_file(tmp_path: Path) -> None:
    clock = MovedClock(tmp_path / "clock")
    assert abs(clock() - now().timestamp()) < 5
    assert list(tmp_path.iterdir()) == []


def test_every_step_adds_to_the_ones_before(tmp_path: Path) -> None:
    clock = MovedClock(tmp_path / "clock")
    for seconds in (10, 60, 3600.5):
        clock.move(seconds)
    assert clock.seconds_ahead == 3670.5
    assert abs(clock() - now().timestamp() - 3670.5) < 5
    assert float((tmp_path / "clock").read_text()) == 3670.5


def test_who_reads_the_file_while_the_clock_moves_reads_a_whole_number(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    clock = MovedClock(file)
    clock.move(3600)
    with file.open() as reading:
        clock.move(10)
        assert float(reading.read()) == 3600
    assert float(file.read_text()) == 3610
    assert list(tmp_path.iterdir()) == [file]


def test_a_clock_without_a_file_moves_as_well() -> None:
    clock = MovedClock()
    clock.move(60)
    assert clock.seconds_ahead == 60
