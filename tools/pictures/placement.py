"""Whether the markers stand where the points are written to be: distances on the figure, in cun."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tools.pictures.arrays import Point
from tools.pictures.facts import Claim, Spot
from tools.pictures.stage import Stage

HIDDEN_CM = 1.5
"""How far a landmark under the skin may be from where it is drawn."""
MOST_CUN = 0.5
"""The most by which a marker may miss its written distance."""


@dataclass(frozen=True)
class Placed:
    """A claim and what was measured, in the claim's unit. ``error_cm`` is signed; none without a number."""

    code: str
    claim: Claim
    measured: float
    error_cm: float | None
    unit_cm: float

    @property
    def error_cun(self) -> float | None:
        """In the cun of the region, or the figure's own four fingers by three where there is none."""
        return None if self.error_cm is None else self.error_cm / self.unit_cm


def placed(stage: Stage) -> Iterator[Placed]:
    """Every claim, measured on the figure at rest."""
    for code, several in stage.content.claims.items():
        marker = stage.figure.spot(stage.content.points[code].spot)
        for claim in several:
            yield _placed(stage, code, marker, claim)


def table(stage: Stage) -> str:
    """All claims and their errors as a table in Markdown."""
    rows = [
        "| point | measured on the figure | written | figure | error, cun | error, cm |",
        "|---|---|---|---|---|---|",
    ]
    for each in placed(stage):
        claim = each.claim
        unit = {None: "", "two_fingers": " x 2 fingers"}.get(claim.unit, " cun")
        written = "no number" if claim.written is None else f"{claim.written:.2f}{unit}"
        cun = "" if each.error_cun is None else f"{each.error_cun:+.2f}"
        cm = "" if each.error_cm is None else f"{each.error_cm:+.1f}"
        hidden = f" ± {HIDDEN_CM}" if claim.hidden else ""
        cells = [
            each.code,
            claim.what,
            written,
            f"{round(each.measured, 2) + 0.0:.2f}{unit}",
            cun,
            f"{cm}{hidden}",
        ]
        rows.append(f"| {' | '.join(cells)} |")
    numbered = [
        abs(each.error_cun) for each in placed(stage) if each.error_cun is not None and not each.claim.hidden
    ]
    rows.append("")
    rows.append(
        f"{len(numbered)} numbers that do not hang on a hidden landmark: median error "
        f"{np.median(numbered):.2f} cun, largest {max(numbered):.2f} cun (allowed: {MOST_CUN})."
    )
    return "\n".join(rows).replace("-0.00", "+0.00").replace("-0.0 ", "+0.0 ")


def _placed(stage: Stage, code: str, marker: Point, claim: Claim) -> Placed:
    cm = stage.figure.measures.cm
    start = _landmark(stage, claim.start)
    if claim.along == "share":
        if claim.end is None or claim.written is None:
            raise ValueError(f"{code}: a share needs an end and a number")
        way = _landmark(stage, claim.end) - start
        length = float(np.linalg.norm(way))
        share = float((marker - start) @ way) / length**2
        return Placed(code, claim, share, (share - claim.written) * length, cm("four_fingers") / 3)
    d = marker - start
    distance = {
        "across": abs(float(d[0])),
        "down": -float(d[1]),
        "forward": float(d[2]),
        "apart": float(np.linalg.norm(d)),
    }[claim.along]
    unit = cm(claim.unit or "cun_back")
    error = None if claim.written is None else distance - claim.written * unit
    # A width in fingers is not a cun: its error is told in the figure's own.
    cun = unit if claim.unit is None or claim.unit.startswith("cun_") else cm("four_fingers") / 3
    return Placed(code, claim, distance / unit, error, cun)


def _landmark(stage: Stage, landmark: Spot | str) -> Point:
    return stage.figure.joint(landmark) if isinstance(landmark, str) else stage.figure.spot(landmark)
