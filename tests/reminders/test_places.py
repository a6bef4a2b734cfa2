"""A person says where they are in their own words and gets their own clock.

A reminder in the wrong zone comes at night. So what can only be one place is taken, what can be several is
asked about, and an offset is never taken for a zone that changes its clocks. Where somebody is, is not kept.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from time import process_time
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library import Library
from bot.reminders.cities import cities_in, name_of, one_slip_apart
from bot.reminders.places import MOST_CHOICES, Fault, ZoneWish, find_zone
from bot.reminders.zones import current_name, zone_at

SUMMER = datetime(2026, 7, 14, 18, 0, tzinfo=UTC)
WINTER = datetime(2026, 1, 14, 18, 0, tzinfo=UTC)
AT_HOME = {city.zone for city in cities_in("")}


def zone_of(text: str, now: datetime = SUMMER) -> str | None:
    place = find_zone(text, now).place
    return place and place.zone


def choices(text: str, now: datetime = SUMMER) -> dict[str, str]:
    """The places to choose from and their zones."""
    return {
        ", ".join(filter(None, (place.name, place.region, place.country))): place.zone
        for place in find_zone(text, now).choices
    }


SETTLED = {
    "Europe/Berlin": "Europe/Berlin",
    "europe/berlin": "Europe/Berlin",
    "America / New York": "America/New_York",
    "my time zone: Europe/Paris": "Europe/Paris",
    "Asia/Calcutta": "Asia/Kolkata",
    "US/Pacific": "America/Los_Angeles",
    "Europe/Kiev": "Europe/Kyiv",
    "Europe/Stockholm": "Europe/Stockholm",
    "Berlin": "Europe/Berlin",
    "I live in berlin": "Europe/Berlin",
    "Berlin time": "Europe/Berlin",
    "Sao Paulo": "America/Sao_Paulo",
    "São Paulo, Brazil": "America/Sao_Paulo",
    "München": "Europe/Berlin",
    "Muenchen": "Europe/Berlin",
    "Bombay": "Asia/Kolkata",
    "NYC": "America/New_York",
    "LA": "America/Los_Angeles",
    "Москва": "Europe/Moscow",
    "London": "Europe/London",
    "London, Ontario": "America/Toronto",
    "Paris, Texas, USA": "America/Chicago",
    "Springfield IL": "America/Chicago",
    "springfield, oregon": "America/Los_Angeles",
    "Birmingham UK": "Europe/London",
    "Germany": "Europe/Berlin",
    "UK": "Europe/London",
    "nepal": "Asia/Kathmandu",
    "India": "Asia/Kolkata",
    "Argentina": "America/Argentina/Buenos_Aires",
    "California": "America/Los_Angeles",
    "Arizona": "America/Phoenix",
    "Lord Howe": "Australia/Lord_Howe",
    "EST": "America/New_York",
    "pacific time": "America/Los_Angeles",
    "UTC": "UTC",
    "UTC+5:30": "Asia/Kolkata",
    "gmt +5:45": "Asia/Kathmandu",
}


@pytest.mark.parametrize(("text", "zone"), SETTLED.items())
def test_a_place_that_can_only_be_one_is_taken(text: str, zone: str) -> None:
    assert zone_of(text) == zone


def test_namesakes_in_several_zones_are_told_apart_by_their_region() -> None:
    asked = choices("Springfield")

    assert asked["Springfield, Missouri, United States"] == "America/Chicago"
    assert asked["Springfield, Massachusetts, United States"] == "America/New_York"
    assert asked["Springfield, Oregon, United States"] == "America/Los_Angeles"


SEVERAL = {
    "Birmingham": {"Europe/London", "America/Chicago"},
    "Hyderabad": {"Asia/Kolkata", "Asia/Karachi"},
    "Georgia": {"America/New_York", "Asia/Tbilisi"},
    "Washington": {"America/New_York", "America/Los_Angeles"},
    "Spain": {"Europe/Madrid", "Atlantic/Canary"},
    "Texas": {"America/Chicago", "America/Denver"},
    "USA": {"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"},
    "IST": {"Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"},
}


@pytest.mark.parametrize(("text", "zones"), SEVERAL.items())
def test_what_can_be_several_zones_is_asked_about(text: str, zones: set[str]) -> None:
    assert zones <= set(choices(text).values())
    assert zone_of(text) is None


def test_of_zones_that_agree_nobody_has_to_choose() -> None:
    assert len(set(choices("Brazil").values())) == 3, "Brazil has more than a dozen zones and three clocks"


@pytest.mark.parametrize("text", ["berln", "Bueno Aires", "hello, I am from near Hamburg in the north"])
def test_what_was_only_guessed_is_asked_about(text: str) -> None:
    assert zone_of(text) is None
    assert len(choices(text)) == 1


NOWHERE = ["", "asdfgh", "no idea", "stop", "my neck hurts", "Send my location", "Nunavut", "🙂"]


@pytest.mark.parametrize("text", NOWHERE)
def test_what_is_no_place_is_none(text: str) -> None:
    assert find_zone(text, SUMMER) == ZoneWish(fault=Fault.UNKNOWN)


# --- in another language


def test_every_name_that_another_language_has_leads_to_its_place(spanish: Library) -> None:
    """A larger city of that name goes first, as a larger country does."""
    also_called = spanish.words.places
    for key, names in also_called.items():
        for name in names:
            wish = find_zone(name, SUMMER, also_called)
            found = [wish.place] if wish.place else wish.choices
            assert found, name
            alike = [other for other in also_called if name in also_called[other] and other != key]
            if "/" not in key and not alike:
                assert any(place.area.startswith(key) or place.area == "" for place in found), name


def test_another_language_takes_no_english_name_away(spanish: Library) -> None:
    for text in SETTLED:
        assert find_zone(text, SUMMER, spanish.words.places).place == find_zone(text, SUMMER).place


def test_namesakes_that_only_another_language_makes_are_asked_about(spanish: Library) -> None:
    """Granada is a city in Spain, one in Nicaragua, and what Spanish calls Grenada."""
    wish = find_zone("Granada", SUMMER, spanish.words.places)

    assert {"ES", "NI", "GD"} <= {place.area for place in wish.choices}


# --- offsets


def test_an_offset_is_no_zone_so_the_places_that_have_it_now_are_offered() -> None:
    assert "Europe/Berlin" in choices("UTC+2", SUMMER).values()
    assert "Europe/Berlin" not in choices("UTC+2", WINTER).values()
    assert "Europe/Berlin" in choices("UTC+1", WINTER).values()


def test_whoever_means_the_offset_itself_can_choose_it() -> None:
    zone = choices("GMT-3")["UTC-3"]

    assert SUMMER.astimezone(ZoneInfo(zone)).utcoffset() == timedelta(hours=-3)
    assert WINTER.astimezone(ZoneInfo(zone)).utcoffset() == timedelta(hours=-3)


@pytest.mark.parametrize("text", ["UTC+4:15", "utc+20", "GMT-15"])
def test_an_offset_that_no_place_has_is_named_as_such(text: str) -> None:
    assert find_zone(text, SUMMER).fault is Fault.NO_SUCH_OFFSET


# --- the clock on the wall


@pytest.mark.parametrize("text", ["it's 14:00 here", "14:02", "It is 2 pm", "1:58 pm now", "it is 2 pm here"])
def test_the_clock_on_the_wall_leads_to_places_that_show_that_time(text: str) -> None:
    asked = choices(text)

    assert "America/New_York" in asked.values()
    assert {SUMMER.astimezone(ZoneInfo(zone)).strftime("%H:%M") for zone in asked.values()} == {"14:00"}
    assert zone_of(text) is None, "a clock alone settles nothing"


def test_a_clock_without_morning_or_evening_may_be_both() -> None:
    asked = choices("it's half past eleven here", SUMMER)

    shown = {SUMMER.astimezone(ZoneInfo(zone)).strftime("%H:%M") for zone in asked.values()}
    assert shown == {"23:30"}, "no place shows 11:30 when it is 18:00 in Greenwich"


def test_a_clock_on_the_other_side_of_the_date_line_is_another_day() -> None:
    assert "Pacific/Kiritimati" in choices("8 am", SUMMER).values()
    assert "Pacific/Honolulu" in choices("8 am", SUMMER).values()


@given(st.sampled_from(sorted(AT_HOME)), st.sampled_from([SUMMER, WINTER]), st.integers(0, 24 * 60))
def test_whoever_reads_the_clock_is_offered_a_place_with_their_time(
    zone: str, day: datetime, minutes: int
) -> None:
    now = day + timedelta(minutes=minutes)
    wall = now.astimezone(ZoneInfo(zone))

    offered = find_zone(f"it's {wall:%I:%M %p} here", now).choices

    assert any(now.astimezone(ZoneInfo(place.zone)).utcoffset() == wall.utcoffset() for place in offered)


# --- a shared location

LOCATIONS = {
    (52.52, 13.40): "Europe/Berlin",
    (-31.55, 159.08): "Australia/Lord_Howe",
    (27.7, 85.3): "Asia/Kathmandu",
    (40.7, -74.0): "America/New_York",
    (33.45, -112.07): "America/Phoenix",
    (-13.83, -171.77): "Pacific/Apia",
    (0.0, -30.0): "Etc/GMT+2",
}


@pytest.mark.parametrize(("latitude_and_longitude", "zone"), LOCATIONS.items())
def test_a_location_becomes_a_zone(latitude_and_longitude: tuple[float, float], zone: str) -> None:
    assert zone_at(*latitude_and_longitude) == zone


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_spot_on_earth_has_a_zone_that_exists(latitude: float, longitude: float) -> None:
    zone = zone_at(latitude, longitude)

    assert zone is not None
    assert SUMMER.astimezone(ZoneInfo(zone))


@pytest.mark.parametrize("spot", [(91.0, 0.0), (0.0, 181.0), (float("nan"), 0.0), (float("inf"), 0.0)])
def test_a_spot_off_the_map_has_none(spot: tuple[float, float]) -> None:
    assert zone_at(*spot) is None


# --- any text, any zone


@given(st.text())
def test_every_text_has_an_answer_that_can_be_used(text: str) -> None:
    wish = find_zone(text, SUMMER)

    assert bool(wish.place) + bool(wish.choices) + bool(wish.fault) == 1
    assert len(wish.choices) <= MOST_CHOICES
    for place in (*wish.choices, *filter(None, [wish.place])):
        assert SUMMER.astimezone(ZoneInfo(place.zone))


@given(st.sampled_from(sorted(available_timezones())))
def test_every_old_and_new_zone_keeps_its_clock_under_its_name_of_today(zone: str) -> None:
    today = ZoneInfo(current_name(zone))

    assert SUMMER.astimezone(today).utcoffset() == SUMMER.astimezone(ZoneInfo(zone)).utcoffset()
    assert WINTER.astimezone(today).utcoffset() == WINTER.astimezone(ZoneInfo(zone)).utcoffset()


@pytest.mark.parametrize("piece", ["springfield ", "a", "+", "/", "8:", "north of "])
def test_the_longest_message_is_answered_in_a_moment(piece: str) -> None:
    started = process_time()

    find_zone(piece * 4096, SUMMER)

    assert process_time() - started < 1


@pytest.mark.parametrize("name", ["berlin", "sao paulo"])
def test_one_slip_is_a_letter_missing_added_wrong_or_swapped(name: str) -> None:
    for i in range(len(name)):
        assert one_slip_apart(name[:i] + name[i + 1 :], name)
        assert one_slip_apart(name[:i] + "x" + name[i:], name)
        assert one_slip_apart(name[:i] + "x" + name[i + 1 :], name)
        assert i == 0 or one_slip_apart(name[: i - 1] + name[i] + name[i - 1] + name[i + 1 :], name)
    assert not one_slip_apart("bern", "paris")
    assert not one_slip_apart("brelni", "berlin")


# --- the table


def test_every_city_has_a_zone_that_exists_and_an_area_with_a_name() -> None:
    areas = {city.area for city in cities_in("")}

    assert available_timezones() >= AT_HOME
    assert all(name_of(area) and name_of(area[:2]) for area in areas)


def test_nothing_heavy_is_loaded_before_somebody_names_a_place() -> None:
    check = (
        "import sys, bot.reminders.places, bot.reminders.cities as cities;"
        "print('tzfpy' in sys.modules, cities._table.cache_info().currsize)"
    )

    run = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, check=True, timeout=30
    )

    assert run.stdout.split() == ["False", "0"]
