"""What places are called, in English and in one more language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.reminders import cities
from bot.reminders.cities import City, plain
from bot.reminders.zones import zones_by_city

NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})


class Names:
    """Finds places by their plain names; see ``bot.reminders.cities.plain``."""

    def __init__(self, also_called: Mapping[str, Sequence[str]] = NOTHING) -> None:
        """``also_called`` are the names of another language: of areas by their codes, and of zones."""
        self._areas: defaultdict[str, list[str]] = defaultdict(list)
        self._zones: defaultdict[str, list[str]] = defaultdict(list)
        for key, names in also_called.items():
            found = self._zones if "/" in key else self._areas
            for name in names:
                found[plain(name)].append(key)

    def areas(self, name: str) -> list[str]:
        """The codes of the countries and regions of that name."""
        return list(dict.fromkeys([*cities.areas_named(name), *self._areas.get(name, ())]))

    def cities(self, name: str) -> list[City]:
        """The cities of that name. Another language has names for cities that zones are named after."""
        others = (
            city
            for zone in self._zones.get(name, ())
            for city in cities.cities_named(plain(namesake(zone)))
            if city.zone == zone
        )
        return list(dict.fromkeys([*cities.cities_named(name), *others]))

    def zone(self, name: str) -> str | None:
        """The zone that is named after a place of that name, which may be no city: Lord Howe."""
        return zones_by_city().get(name) or next(iter(self._zones.get(name, ())), None)


def namesake(zone: str) -> str:
    """The English name of the place that a zone is named after: ``New York`` for ``America/New_York``."""
    return zone.rpartition("/")[2].replace("_", " ")
