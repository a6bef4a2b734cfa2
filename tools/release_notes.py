"""Prints what is new in a version, as CHANGELOG.md tells it: for a tag, or a page of releases.

    python -m tools.release_notes [VERSION]

Without a version it is the newest.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CHANGELOG = Path(__file__).parents[1] / "CHANGELOG.md"
HEADING = re.compile(r"^## \[(?P<version>[^\]]+)\] - (?P<date>\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Release:
    """What one version brought; ``date`` is "unreleased" until it is out."""

    version: str
    date: str
    notes: str

    def __str__(self) -> str:
        return f"Acupressure companion {self.version} ({self.date})\n\n{self.notes}"


def releases(changelog: str) -> list[Release]:
    """Every version of a changelog, in its order."""
    headings = list(HEADING.finditer(changelog))
    ends = [heading.start() for heading in headings[1:]] + [len(changelog)]
    return [
        Release(heading["version"], heading["date"], changelog[heading.end() : end].strip())
        for heading, end in zip(headings, ends, strict=True)
    ]


def main(arguments: Sequence[str]) -> int:
    """Print the notes of the version that was asked for."""
    known = releases(CHANGELOG.read_text(encoding="utf-8"))
    wanted = arguments[0].removeprefix("v") if arguments else known[0].version
    for release in known:
        if release.version == wanted:
            print(release)
            return 0
    print(f"CHANGELOG.md tells of no version {wanted}.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
