"""Faults in the content, in words an editor can act on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong under ``content/``: where it stands and what is wrong with it."""

    file: str
    entry: str
    field: str
    problem: str

    def __str__(self) -> str:
        place = " > ".join(part for part in (self.entry, self.field) if part)
        return f"{self.file}: {place + ': ' if place else ''}{self.problem}"


class ContentError(Exception):
    """The content cannot be used; ``faults`` says why, one line each."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
