"""The cities of the world with 15,000 people or more, their zones, and the countries and regions they lie in.

``cities.tsv`` is made by ``tools/cities.py`` from GeoNames (https://www.geonames.org, CC BY 4.0);
``regions.tsv`` is kept by hand. The table stays as it lies on disk, two megabytes of bytes, and is searched
there: an index of it would take ten times as much memory, and people name a place once.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.understanding.text import fold

FILE = Path(__file__).with_name("cities.tsv")
REGIONS = Path(__file__).with_name("regions.tsv")
LEAST_LETTERS_OF_A_SLIP = 5
"""Shorter names are one letter away from too many others."""
_STROKED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_SHORT = {"saint": "st", "sankt": "st", "fort": "ft", "mount": "mt"}


@dataclass(frozen=True)
class City:
    """A city. ``area`` is its country, or its region where people tell namesakes by it: ``DE``, ``US-IL``."""

    name: str
    area: str
    zone: str
    population: int
    names: tuple[str, ...]


def plain(name: str) -> str:
    """A name as it is compared: small letters and figures without accents, words apart by one space."""
    folded = fold(name).translate(_STROKED).replace("'", "")
    words = re.findall(r"[^\W_]+", folded)
    return unicodedata.normalize("NFC", " ".join(_SHORT.get(word, word) for word in words))


def cities_named(name: str) -> list[City]:
    """The cities of a plain name, the largest first."""
    return [_city(line) for line in _lines_with(f";{name};")] if name else []


def cities_nearly_named(name: str) -> list[City]:
    """The cities whose name is one slip of the finger away from a plain name, the largest first."""
    if len(name) < LEAST_LETTERS_OF_A_SLIP:
        return []
    half = len(name) // 2
    swapped = name[: half - 1] + name[half] + name[half - 1] + name[half + 1 :]
    candidates = {
        _city(line)
        for part in (f";{name[:half]}", f"{name[half:]};", f";{swapped};")
        for line in _lines_with(part)
    }
    near = (city for city in candidates if any(one_slip_apart(name, each) for each in city.names))
    return sorted(near, key=lambda city: (-city.population, city.name))


def one_slip_apart(written: str, meant: str) -> bool:
    """Whether one letter is missing, too many or wrong, or two neighbours have changed places."""
    start = 0
    while start < min(len(written), len(meant)) and written[start] == meant[start]:
        start += 1
    left, right = written[start:], meant[start:]
    return left[1:] in (right, right[1:]) or left == right[1:] or left == right[1::-1] + right[2:]


def cities_in(area: str) -> Iterator[City]:
    """The cities of a country or region, the largest first; those of the world for an empty name."""
    country = area.partition("-")[0]
    for line in _lines_with(f"\t{country}\t") if country else _table().splitlines():
        city = _city(line)
        if is_in(city.area, area):
            yield city


def is_in(area: str, larger: str) -> bool:
    """Whether an area is ``larger`` or a part of it."""
    return not larger or area == larger or area.startswith(f"{larger}-")


@cache
def largest_by_zone(area: str = "") -> dict[str, tuple[City, int]]:
    """For every zone of an area its largest city, and how many people live in its cities."""
    found: dict[str, City] = {}
    people: defaultdict[str, int] = defaultdict(int)
    for city in cities_in(area):
        found.setdefault(city.zone, city)
        people[city.zone] += city.population
    return {zone: (city, people[zone]) for zone, city in found.items()}


def areas_named(name: str) -> list[str]:
    """The codes of the countries and regions of a plain name, or of a code such as ``us`` or ``il``."""
    return [code for code, (_, names) in _areas().items() if name in names or name == code.lower()]


def name_of(area: str) -> str:
    """The English name of a country or region."""
    return _areas()[area][0]


@cache
def _table() -> bytes:
    return FILE.read_bytes()


@cache
def _areas() -> dict[str, tuple[str, tuple[str, ...]]]:
    rows = (line.split("\t") for line in REGIONS.read_text(encoding="utf-8").splitlines())
    return {code: (name, tuple(names.strip(";").split(";"))) for code, name, names in rows}


def _lines_with(part: str) -> Iterator[bytes]:
    """The lines of the table in which a text stands, each once."""
    table, wanted = _table(), part.encode()
    found = table.find(wanted)
    while found >= 0:
        end = table.index(b"\n", found)
        yield table[table.rfind(b"\n", 0, found) + 1 : end]
        found = table.find(wanted, end)


def _city(line: bytes) -> City:
    name, region, country, zone, population, names = line.decode().split("\t")
    area = f"{country}-{region}" if region else country
    return City(name, area, zone, int(population), tuple(names.strip(";").split(";")))
