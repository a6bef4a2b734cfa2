"""The names of zones: by what people call them, by where they are, and as they are called today."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

import tzdata  # type: ignore[import-untyped]  # data alone, it has no types

from bot.reminders.cities import plain
from bot.reminders.schedule import zone_info

ZONES_BY_WORD = {
    "utc": ("UTC",),
    "z": ("UTC",),
    "zulu": ("UTC",),
    "gmt": ("Europe/London", "Africa/Accra", "UTC"),
    "bst": ("Europe/London",),
    "uk": ("Europe/London",),
    "wet": ("Europe/Lisbon",),
    "cet": ("Europe/Berlin",),
    "cest": ("Europe/Berlin",),
    "eet": ("Europe/Athens", "Africa/Cairo"),
    "eest": ("Europe/Athens", "Africa/Cairo"),
    "msk": ("Europe/Moscow",),
    "gst": ("Asia/Dubai",),
    "pkt": ("Asia/Karachi",),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "wib": ("Asia/Jakarta",),
    "sgt": ("Asia/Singapore",),
    "hkt": ("Asia/Hong_Kong",),
    "pht": ("Asia/Manila",),
    "jst": ("Asia/Tokyo",),
    "kst": ("Asia/Seoul",),
    "awst": ("Australia/Perth",),
    "acst": ("Australia/Adelaide", "Australia/Darwin"),
    "aest": ("Australia/Sydney", "Australia/Brisbane"),
    "aedt": ("Australia/Sydney",),
    "nzst": ("Pacific/Auckland",),
    "nzdt": ("Pacific/Auckland",),
    "brt": ("America/Sao_Paulo",),
    "sast": ("Africa/Johannesburg",),
    "cat": ("Africa/Harare",),
    "eat": ("Africa/Nairobi",),
    "wat": ("Africa/Lagos",),
    "nst": ("America/St_Johns",),
    **dict.fromkeys(("ast", "adt", "atlantic"), ("America/Halifax", "America/Puerto_Rico")),
    **dict.fromkeys(("est", "edt", "et", "eastern"), ("America/New_York",)),
    **dict.fromkeys(("cst", "cdt", "ct", "central"), ("America/Chicago",)),
    **dict.fromkeys(("mst", "mdt", "mt", "mountain"), ("America/Denver", "America/Phoenix")),
    **dict.fromkeys(("pst", "pdt", "pt", "pacific"), ("America/Los_Angeles",)),
    **dict.fromkeys(("akst", "akdt"), ("America/Anchorage",)),
    **dict.fromkeys(("hst", "hawaiian"), ("Pacific/Honolulu",)),
}
"""What these words mean to people. IANA has zones called EST and MST, but their clocks never change."""


def zone_at(latitude: float, longitude: float) -> str | None:
    """The zone at a shared location, in degrees, of which nothing is kept; ``None`` off the map.

    At sea it is a nautical zone such as ``Etc/GMT+3``.
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    from tzfpy import get_tz  # its map takes 33 MB, from the first use on

    return current_name(get_tz(longitude, latitude)) or None


def current_name(zone: str) -> str:
    """The zone by the name it has today: ``Asia/Kolkata`` for ``Asia/Calcutta``."""
    return zone if zone in listed_zones() else _links().get(zone, zone)


def offset_at(zone: str, now: datetime) -> timedelta:
    """How far the clock of a zone is ahead of Greenwich at a moment."""
    return now.astimezone(zone_info(zone)).utcoffset() or timedelta()


@cache
def clock_from(zone: str, month: date) -> tuple[timedelta, ...]:
    """What tells the clock of a zone from others: its offsets in two years from a month on."""
    start = datetime(month.year, month.month, 15, tzinfo=UTC)
    return tuple(offset_at(zone, start + timedelta(days=30 * later)) for later in range(24))


@cache
def iana_names() -> dict[str, str]:
    """All IANA names by their small letters."""
    return {name.lower(): name for name in available_timezones() if name not in ("Factory", "localtime")}


@cache
def listed_zones() -> frozenset[str]:
    """The zones that IANA lists for a country."""
    table = files(tzdata).joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return frozenset(row[2] for row in rows)


@cache
def zones_by_city() -> dict[str, str]:
    """The zones by the places they are named after, of which some are no cities: Lord Howe."""
    return {plain(zone.rpartition("/")[2]): zone for zone in listed_zones()}


@cache
def _links() -> dict[str, str]:
    """Old names of zones and what they are called now."""
    data = files(tzdata).joinpath("zoneinfo/tzdata.zi").read_text(encoding="utf-8")
    links = (line.split() for line in data.splitlines() if line.startswith("L "))
    return {old: new for _, new, old in links}
