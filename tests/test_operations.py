"""What is written for whoever runs the bot is so: each setting, figure and command of the page exists."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from running_bot import ROOT, environment

from bot.meters import Meters
from bot.settings import Settings

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"`python -m (bot [a-z]+(?: [a-z]+)?|tools\.[a-z_]+)", PAGE)))


def defaults() -> dict[str, str]:
    """Each variable with its default as an operator would write it."""
    shown = {}
    for name, field in Settings.model_fields.items():
        shown[name.upper()] = "-" if field.default is None else f"`{field.default}`"
    return shown


def test_the_table_of_settings_is_that_of_the_program() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (\S+) \|", PAGE, re.MULTILINE)

    assert dict(rows) == defaults()
    assert len(rows) == len(defaults())


def figures() -> set[str]:
    """The names of all figures as Prometheus sees them, without their suffixes."""
    return {family.name for family in Meters().registry.collect()}


def test_every_figure_that_has_an_alarm_is_shown_and_every_one_of_ours_has_one() -> None:
    named = set(re.findall(r"^\| `((?:companion|process)_\w+)` \|", PAGE, re.MULTILINE))
    told = {name.removesuffix("_total") for name in named}

    assert told <= figures()
    assert {name for name in figures() if name.startswith("companion_")} <= told


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_page_is_there(command: str) -> None:
    asked = subprocess.run(
        [sys.executable, "-m", *command.split(), "--help"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert asked.returncode == 0


def test_the_arithmetic_is_right() -> None:
    per_second, two_hours = 29.5, 2 * 3600
    with_routines = per_second / (1 + 0.3 * 12)

    assert f"{per_second * two_hours:,.0f}" in PAGE
    assert f"= {with_routines:.1f} |" in PAGE
    assert f"{round(with_routines * two_hours, -2):,.0f}" in PAGE
    assert f"= {round(100_000 / per_second, -1):,.0f} seconds" in PAGE
    assert f"= {round(1_000_000 / 900, -1):,.0f} seconds" in PAGE
