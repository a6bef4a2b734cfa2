"""Looks whether a locked package has a known hole, and says honestly when nobody could be asked.

    python -m tools.audit requirements/run.txt

Ends with exit code 1 for a known hole. Without the package index it warns: a machine without a network can
still check everything else.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

PATIENCE_SECONDS = 180
ASK = (
    *(sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes"),
    *("--format", "json", "--progress-spinner", "off"),
)


def judge(report: str) -> tuple[list[str], int]:
    """What to say about a report of pip-audit, and the exit code."""
    try:
        packages: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except (ValueError, LookupError, TypeError):
        return ["WARNING: nobody could be asked about known holes; nothing was looked at."], 0
    holes = [
        f"{each['name']} {each['version']} has {hole['id']}; mended in {' or '.join(hole['fix_versions'])}"
        for each in packages
        for hole in each.get("vulns", ())
    ]
    unknown = sum("skip_reason" in each for each in packages)
    said = [f"{len(packages) - unknown} packages looked at, {len(holes)} known holes", *holes]
    if unknown:
        said.append(f"WARNING: nothing is known of {unknown} packages, because the index did not tell.")
    return said, 1 if holes else 0


def main(arguments: Sequence[str]) -> int:
    """Ask about the packages that these files lock."""
    files = [word for file in arguments for word in ("--requirement", file)]
    try:
        asked = subprocess.run(
            [*ASK, *files], capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS
        )
        report = asked.stdout
    except subprocess.TimeoutExpired:
        report = ""
    said, code = judge(report)
    print("\n".join(said))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
