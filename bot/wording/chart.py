"""A chart as values and words. What it looks like is known where it is drawn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bars:
    """Bars in groups, from the top down: one group for each of ``names``, in it one bar of each series.

    ``series`` are values by the words that tell them apart, with one value for each name. A single series
    needs no words. ``most`` is where the scale ends; without it the longest bar decides.
    """

    title: str
    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    most: float | None = None


@dataclass(frozen=True)
class Chart:
    """One or more groups of bars, one below the other."""

    parts: tuple[Bars, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """All words that stand in it."""
        return tuple(
            words
            for part in self.parts
            for words in (part.title, *part.names, *(name for name, _ in part.series))
            if words
        )
