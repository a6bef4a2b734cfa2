"""Plans to run: the routines of the content by name, any plan at all, and small plans made by hand."""

from __future__ import annotations

import tomllib
from dataclasses import replace

from hypothesis import strategies as st

from bot.guidance.steps import Plan, PlanStep
from bot.library import CONTENT
from bot.routines.machine import PACES_PERCENT as PACES

__all__ = ["PACES", "ROUTINES", "a_plan", "a_press", "plan"]

ROUTINES = sorted(tomllib.loads((CONTENT / "routines.toml").read_text()))

a_step = st.builds(
    PlanStep,
    point=st.just("LI4"),
    technique=st.none(),
    order=st.sampled_from(["midline", "together", "each"]),
    hold_seconds=st.integers(5, 300),
    release_seconds=st.integers(0, 60),
    repeats=st.integers(1, 10),
    sides=st.sampled_from([("left", "right"), ("right", "left"), ("left",), ("right",)]),
)
a_plan = st.builds(
    Plan,
    name=st.just(""),
    steps=st.lists(a_step, min_size=1, max_size=4).map(tuple),
    get_ready_seconds=st.integers(0, 20),
    change_side_seconds=st.integers(0, 10),
)


def a_press(**times: object) -> PlanStep:
    usual = PlanStep("LI4", None, "each", hold_seconds=30, release_seconds=5)
    return replace(usual, **times)


def plan(*steps: PlanStep) -> Plan:
    return Plan("", steps, get_ready_seconds=15, change_side_seconds=5)
