"""The zone of a person, from what they write: a city, a country, the name of a zone, an offset, their clock.

An offset is not a zone: in half a year it may be an hour off. So an offset and a clock lead to the places
that have that offset now, to choose from. Who writes an offset may choose the offset itself as well. Zones
that show the same time for two years from now count as one, so nobody has to choose between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from functools import cache

from bot.reminders import cities
from bot.reminders.cities import City, plain
from bot.reminders.names import NOTHING, Names, namesake
from bot.reminders.zones import (
    ZONES_BY_WORD,
    clock_from,
    current_name,
    iana_names,
    listed_zones,
    offset_at,
)
from bot.understanding.text import fold
from bot.understanding.times import read_time

MOST_CHOICES = 8
MOST_WORDS = 12
SETTLES = 10
"""A city so many times as large as its namesakes elsewhere is the one that is meant."""
SETTLES_AN_AREA = 50
"""A zone in which so many times as many people live as in the rest of a country is the one that is meant."""
LARGE = 100_000
"""A city of this size is looked for among other words, and behind a slip of the finger."""
QUARTER = timedelta(minutes=15)
WEST, EAST = timedelta(hours=-12), timedelta(hours=14)


class Fault(StrEnum):
    """Why no zone was found."""

    UNKNOWN = "unknown"
    NO_SUCH_OFFSET = "no_such_offset"


@dataclass(frozen=True)
class Place:
    """A zone and the place that stands for it: Springfield, Illinois, United States.

    Its names are English. ``region``, ``country`` and their code (``US-IL``, ``DE``) are empty where there is
    nothing to tell. ``names_zone`` is whether the zone is named after it.
    """

    name: str
    zone: str
    region: str = ""
    country: str = ""
    area: str = ""
    names_zone: bool = False


@dataclass(frozen=True)
class ZoneWish:
    """A ``place``, or up to ``MOST_CHOICES`` to choose from with the likeliest first, or a fault.

    A single choice is a guess to be asked about.
    """

    place: Place | None = None
    choices: tuple[Place, ...] = ()
    fault: Fault | None = None


_UTC = Place("UTC", "UTC")
_LEAD_INS = """
    i im am a is it its in at near from live living stay staying based located currently now here hello hi my
    me city town place country region state zone timezone time tz s and the to moved just use set we re are
    around please local standard daylight summer
"""
_LEAD_IN = frozenset(_LEAD_INS.split())
_OFFSET = re.compile(r"(?:utc|gmt|z)?\s*([+\-−–])\s*(\d{1,2})(?:[:.h]?([0-5]\d))?(?:\s*(?:hours?|hrs?|h))?")


def find_zone(text: str, now: datetime, also_called: Mapping[str, Sequence[str]] = NOTHING) -> ZoneWish:
    """The zone in a text. ``now`` is aware; only what a clock shows depends on it, and which zones agree.

    ``also_called`` are the names of another language, by area or zone.
    """
    names = Names(also_called)
    folded = " ".join(fold(text).split())[:200]
    offset = _OFFSET.fullmatch(re.sub(r"^.*?(?=utc|gmt|[+\-−–])", "", folded, count=1).strip(" .()"))
    if offset is not None and re.match(r"[^/]*$", folded):
        return _by_offset(offset, now)
    name = iana_names().get(re.sub(r"\s*/\s*", "/", folded).replace(" ", "_").strip("._"))
    for written in re.findall(r"[\w+-]+(?:/[\w+-]+)+", folded):
        name = name or iana_names().get(written)
    if name is not None and "/" in name:
        return ZoneWish(_of_zone(current_name(name)))
    words = plain(folded).split()[:MOST_WORDS]
    meant = [word for word in words if word not in _LEAD_IN]
    if len(meant) == 1 and meant[0] in ZONES_BY_WORD:
        return _settle_zones(ZONES_BY_WORD[meant[0]])
    if clock := _by_clock(text, now):
        return clock
    found = _by_name(words, now, names) or (_by_name(meant, now, names) if meant != words else None)
    name = name or names.zone(" ".join(words)) or names.zone(" ".join(meant))
    if found is None and name is not None:
        return ZoneWish(_of_zone(current_name(name)))
    return found or _among_words(meant, now, names) or _by_slip(meant, now) or ZoneWish(fault=Fault.UNKNOWN)


def place_of(zone: str) -> Place:
    """The place that a zone is named after."""
    return _of_zone(zone)


# --- by name


def _by_name(words: list[str], now: datetime, names: Names) -> ZoneWish | None:
    """The place of that name, its country or region perhaps behind it: "Paris, Texas, USA"."""
    text = " ".join(words)
    if found := _named(text, [""], now, names):
        return found
    within = [""]
    while len(words) > 1:
        for count in range(min(4, len(words) - 1), 0, -1):
            areas = names.areas(" ".join(words[-count:]))
            areas = [area for area in areas if any(cities.is_in(area, larger) for larger in within)]
            if areas:
                words, within = words[:-count], areas
                break
        else:
            return None
        if found := _named(" ".join(words), within, now, names):
            return found
    return None


def _named(name: str, within: Iterable[str], now: datetime, names: Names) -> ZoneWish | None:
    """What is called so in one of the areas: cities, countries and regions."""
    found = [
        (_of_city(city), city.population)
        for city in names.cities(name)
        if any(cities.is_in(city.area, area) for area in within)
    ]
    areas = [
        area
        for area in names.areas(name)
        if len(name) > 2 or name == "uk" or name == "us"
        if any(cities.is_in(area, larger) for larger in within)
    ]
    if len(areas) == 1 and (whole := _area(areas[0], now)):
        wish, people = whole
        namesakes = (each for each in names.cities(name) if not cities.is_in(each.area, areas[0]))
        elsewhere = [each.population for each in namesakes]
        if people >= SETTLES * max(elsewhere, default=0):
            return wish
    for area in areas:
        found += [(_of_city(city), people) for city, people in cities.largest_by_zone(area).values()]
    return _settle(found, SETTLES, now) if found else None


def _area(area: str, now: datetime) -> tuple[ZoneWish, int] | None:
    """The zone of a country or region, and how many people live in its cities."""
    zones = cities.largest_by_zone(area)
    if not zones:
        return None
    found = [(_of_city(city), people) for city, people in zones.values()]
    return _settle(found, SETTLES_AN_AREA, now), sum(people for _, people in found)


def _among_words(words: list[str], now: datetime, names: Names) -> ZoneWish | None:
    """A large city or a country among other words: the longest name in the text, as a guess."""
    for count in range(min(4, len(words)), 0, -1):
        for start in range(len(words) - count + 1):
            name = " ".join(words[start : start + count])
            large = [city for city in names.cities(name) if city.population >= LARGE]
            if len(name) > 3 and (large or names.areas(name)):
                found = _named(name, [""], now, names)
                return found and _as_guess(found)
    return None


def _by_slip(words: list[str], now: datetime) -> ZoneWish | None:
    """A large city whose name is one slip of the finger away, as a guess."""
    near = [city for city in cities.cities_nearly_named(" ".join(words)) if city.population >= LARGE]
    found = [(_of_city(city), city.population) for city in near]
    return _as_guess(_settle(found, SETTLES, now)) if found else None


def _as_guess(found: ZoneWish) -> ZoneWish:
    return ZoneWish(choices=found.choices or (found.place,) if found.place else found.choices)


# --- by offset and clock


def _by_offset(written: re.Match[str], now: datetime) -> ZoneWish:
    sign, hours, minutes = written.groups()
    size = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return _with_offsets([size if sign == "+" else -size], now, fixed=True)


def _by_clock(text: str, now: datetime) -> ZoneWish | None:
    """The places where the clock shows what the text says, to the nearest quarter of an hour."""
    said = read_time(text, now)
    if len(said.times) != 1 or said.words_left or said.guessed or said.days_said or said.once_on:
        return None
    halves = {said.in_the(afternoon=afternoon).times[0] for afternoon in (False, True)}
    offsets = {offset for shown in halves for offset in _offsets(shown, now)}
    return _with_offsets(offsets, now, fixed=False)


def _offsets(shown: time, now: datetime) -> Iterator[timedelta]:
    greenwich = now.astimezone(UTC)
    ahead = timedelta(hours=shown.hour - greenwich.hour, minutes=shown.minute - greenwich.minute)
    nearest = (ahead + QUARTER / 2) // QUARTER * QUARTER
    for days in (-1, 0, 1):
        if WEST <= nearest + timedelta(days=days) <= EAST:
            yield nearest + timedelta(days=days)


def _with_offsets(offsets: Iterable[timedelta], now: datetime, *, fixed: bool) -> ZoneWish:
    """The places that have one of the offsets now. With ``fixed`` the offset itself is a choice, the last."""
    wanted = set(offsets)
    found = [each for each in _places_by_people() if offset_at(each[0].zone, now) in wanted]
    agreeing = _one_for_each_clock(found, now)
    choices = [place for place, _ in agreeing]
    if fixed and len(choices) != 1:
        choices = [*choices[: MOST_CHOICES - 1], *(_fixed(offset) for offset in wanted if _has_name(offset))]
    if fixed and len(choices) == 1:
        return ZoneWish(choices[0])
    if not choices:
        return ZoneWish(fault=Fault.NO_SUCH_OFFSET)
    return ZoneWish(choices=tuple(choices[:MOST_CHOICES]))


@cache
def _places_by_people() -> list[tuple[Place, int]]:
    """A place for every zone that people live in, and how many; where no city is large, none to speak of."""
    large = cities.largest_by_zone()
    found = [(_of_city(city), people) for city, people in large.values()]
    small = (zone for zone in sorted(listed_zones() - large.keys()) if "Antarctica" not in zone)
    return found + [(_of_zone(zone), 0) for zone in small]


def _has_name(offset: timedelta) -> bool:
    """Whether IANA has a zone for the bare offset: it has for whole hours."""
    return WEST <= offset <= EAST and not offset % timedelta(hours=1)


def _fixed(offset: timedelta) -> Place:
    hours = offset // timedelta(hours=1)
    return Place(f"UTC{hours:+d}", f"Etc/GMT{-hours:+d}") if hours else _UTC  # IANA counts west of Greenwich


# --- choosing


def _settle(found: list[tuple[Place, int]], times_as_large: int, now: datetime) -> ZoneWish:
    """One place if all agree on the time or one outweighs the rest, otherwise what to choose from."""
    agreeing = _one_for_each_clock(found, now)
    rest = sum(people for _, people in agreeing[1:])
    if not rest or agreeing[0][1] >= times_as_large * rest:
        return ZoneWish(agreeing[0][0])
    named_alike = len({place.name for place, _ in found}) == 1
    places = dict.fromkeys(place for place, _ in (sorted(found, key=_weight) if named_alike else agreeing))
    return ZoneWish(choices=tuple(places)[:MOST_CHOICES])


def _settle_zones(zones: tuple[str, ...]) -> ZoneWish:
    places = tuple(_of_zone(zone) for zone in zones)
    return ZoneWish(places[0]) if len(places) == 1 else ZoneWish(choices=places)


def _weight(weighed: tuple[Place, int]) -> int:
    return -weighed[1]


def _one_for_each_clock(found: list[tuple[Place, int]], now: datetime) -> list[tuple[Place, int]]:
    """Of the places whose clocks agree from now on, the one with most people, and the people of all."""
    best: dict[tuple[timedelta, ...], tuple[Place, int]] = {}
    for place, people in sorted(found, key=_weight):
        clock = clock_from(place.zone, now.astimezone(UTC).date().replace(day=1))
        first, so_far = best.get(clock, (place, 0))
        best[clock] = (first, so_far + people)
    return sorted(best.values(), key=_weight)


# --- places and zones


def _of_city(city: City) -> Place:
    country, _, region = city.area.partition("-")
    in_region = cities.name_of(city.area) if region else ""
    names_zone = plain(namesake(city.zone)) in city.names
    return Place(city.name, city.zone, in_region, cities.name_of(country), city.area, names_zone)


def _of_zone(zone: str) -> Place:
    """A zone with the name of its city: Europe/Berlin is Berlin."""
    if zone == "UTC" or zone not in listed_zones():
        return Place(zone, zone)
    return Place(namesake(zone), zone, names_zone=True)
