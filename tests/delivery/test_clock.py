"""The clock tells the time of the machine, or one that is ahead for trying things out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery import clock


def test_the_clock_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_a_clock_can_be_moved_while_it_runs(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    moved = clock.moved_by(file)
    for ahead in (0, 3600, 86_400):
        file.write_text(str(ahead))
        assert timedelta(0) <= moved() - clock.now() - timedelta(seconds=ahead) + timedelta(seconds=1)
        assert moved() - clock.now() - timedelta(seconds=ahead) < timedelta(seconds=1)


@pytest.mark.parametrize("written", [None, b"", b"soon", b"\xff", b"1e400", b"nan"])
def test_whatever_stands_in_the_file_there_is_a_time(tmp_path: Path, written: bytes | None) -> None:
    file = tmp_path / "clock"
    if written is not None:
        file.write_bytes(written)

    assert abs(clock.moved_by(file)() - clock.now()) < timedelta(seconds=1)
