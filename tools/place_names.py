"""What a language calls countries and cities, from the Unicode CLDR as the package babel ships it.

    make place-names LANGUAGE=fr

Writes content/fr/places.toml. A place that stands there already keeps its names in front, so what was put
right by hand stays; so do regions, which the package does not have. It is not a requirement of the bot: it
takes 33 MB of disk.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections.abc import Iterator, Sequence

from babel import Locale
from babel.core import get_cldr_version

from bot.library import CONTENT
from bot.reminders.cities import REGIONS, name_of, plain
from bot.reminders.places import place_of
from bot.reminders.zones import current_name, listed_zones

HEAD = """\
# What people call places beside their English names: countries and regions by their codes, and the cities
# that time zones are named after. The first name is shown, all of them are understood.
# `make place-names LANGUAGE={language}` adds what the Unicode CLDR has more, here version {version}.
"""
TITLES = ("Countries", "Regions", "Cities that zones are named after")
TOO_FORMAL = frozenset({"HK", "MO"})
"""The CLDR calls them special administrative regions of China; their short names are those of the cities."""


def from_cldr(language: str) -> Iterator[tuple[str, Sequence[str]]]:
    """By country or zone: what the language calls it, where that is not its English name."""
    locale, english = (Locale.parse(code, sep="-") for code in (language, "en"))
    for line in REGIONS.read_text(encoding="utf-8").splitlines():
        code = line.partition("\t")[0]
        name = locale.territories.get(code)
        if name and code not in TOO_FORMAL and name != name_of(code):
            yield code, _apart(name)
    for zone, forms in locale.time_zones.items():
        city, today = forms.get("city"), current_name(zone)
        if not city or today not in listed_zones() or city == place_of(today).name:
            continue
        # Of the zones that were merged, the CLDR still has a city for each.
        called = english.time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        if today == zone or plain(place_of(today).name) in plain(called):
            yield today, _apart(city)


def _apart(name: str) -> Sequence[str]:
    """The names in "Myanmar (Burma)"."""
    return [part for part in re.split(r" *[()]", name) if part]


def _kind(key: str) -> int:
    """Which of the ``TITLES`` a place stands under."""
    return 2 if "/" in key else int("-" in key)


def write(language: str) -> int:
    """Write the names of a language; how many places have some."""
    file = CONTENT / language / "places.toml"
    names = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    for key, more in from_cldr(language):
        known = names.setdefault(key, [])
        known += [name for name in more if plain(name) not in map(plain, known)]
    lines = [HEAD.format(language=language, version=get_cldr_version())]
    for kind, title in enumerate(TITLES):
        rows = (_row(key, each) for key, each in sorted(names.items()) if _kind(key) == kind)
        lines.append("\n".join([f"# {title}", "", *rows, ""]))
    file.write_text("\n".join(lines), encoding="utf-8")
    return len(names)


def _row(key: str, names: Sequence[str]) -> str:
    """A line of TOML, in which a key with a stroke is put in quotes."""
    listed = json.dumps(names, ensure_ascii=False)
    return f'"{key}" = {listed}' if "/" in key else f"{key} = {listed}"


def main() -> None:
    """Write the names of the language on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("language", help="the name of its folder below content/")
    language = parser.parse_args().language
    if not (CONTENT / language).is_dir():
        parser.error(f"there is no folder content/{language} yet; docs/languages.md says how to begin")
    print(f"{CONTENT / language / 'places.toml'}: {write(language)} places")


if __name__ == "__main__":
    main()
