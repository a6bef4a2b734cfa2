"""Times, days and dates in words: when a reminder comes, on whose clock, and when next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from bot.library import Library
from bot.reminders.places import Place, place_of
from bot.reminders.reminder import Reminder
from bot.reminders.schedule import DAY, zone_info
from bot.wording.pieces import Pieces, escape

_SETS_OF_DAYS = {
    frozenset(range(7)): "every_day",
    frozenset(range(5)): "from_monday_to_friday",
    frozenset({5, 6}): "at_weekends",
}
LONGEST_PLACE = 38
"""What of the name of a place fits on a button."""


def clock(at: time) -> str:
    """A time of day, as in 08:00."""
    return f"{at:%H:%M}"


def minutes(times: Iterable[int]) -> tuple[time, ...]:
    """Local times from minutes after midnight."""
    return tuple(time(*divmod(each, 60)) for each in times)


class Calendar:
    """The words of one language for times and days."""

    def __init__(self, library: Library) -> None:
        self._s = library.words.reminders
        self._places = library.words.places
        self._pieces = Pieces(library)

    def clocks(self, times: Iterable[time]) -> str:
        """ "08:00 and 20:00"."""
        return self._pieces.listed([clock(each) for each in times])

    def when(self, reminder: Reminder, now: datetime) -> str:
        """On which days and at which times a reminder comes."""
        schedule = reminder.schedule
        if reminder.last_on is None:
            return self._at(self._days(schedule.weekdays), self.clocks(schedule.times), schedule.times[0])
        if (following := reminder.next_due()) and len(schedule.times) == 1 and not reminder.snoozed_until:
            return self.moment(following, reminder, now)
        day = self.day(reminder.last_on, schedule.local(now).on)
        return self._at(day, self.clocks(schedule.times), schedule.times[0])

    def moment(self, moment: datetime, reminder: Reminder, now: datetime) -> str:
        """The day of a moment and its time, which the reader's own device shows by its own clock."""
        zone = reminder.schedule.zone
        local = moment.astimezone(zone_info(zone))
        day = self.day(local.date(), now.astimezone(zone_info(zone)).date())
        return self._at(day, self.live(moment, zone), local.time())

    def there(self, moment: datetime, zone: str, now: datetime) -> str:
        """The day of a moment and its time, both on the clock of a zone."""
        local, today = (each.astimezone(zone_info(zone)) for each in (moment, now))
        return self._at(self.day(local.date(), today.date()), clock(local.time()), local.time())

    def live(self, moment: datetime, zone: str) -> str:
        """The time of a moment; a device that cannot tell its own shows that of the zone."""
        shown = clock(moment.astimezone(zone_info(zone)).time())
        return f'<tg-time unix="{int(moment.timestamp())}" format="t">{shown}</tg-time>'

    def day(self, day: date, today: date) -> str:
        """A date as people say it: today, tomorrow, or the weekday with its date."""
        near = {today: self._s.today, today + DAY: self._s.tomorrow}
        return near.get(day) or self._s.that_day.format(
            weekday=self._s.days[day.weekday()], date=self.date(day)
        )

    def date(self, day: date) -> str:
        """A date within a year."""
        return self._s.date.format(day=day.day, month=self._s.months[day.month - 1])

    def zone(self, zone: str) -> str:
        """A zone by the place it is named after."""
        return escape(self._city(place_of(zone)))

    def places(self, places: Iterable[Place]) -> dict[str, str]:
        """A label for each zone among some places; namesakes go by their regions."""
        places = tuple(places)
        alike = len(places) > 1 and len({place.name for place in places}) == 1
        by_zone: dict[str, list[str]] = {}
        for place in places:
            by_zone.setdefault(place.zone, []).append(
                (self._region(place) or self._country(place) or place.name) if alike else self._place(place)
            )
        return {zone: self._fitting(dict.fromkeys(names)) for zone, names in by_zone.items()}

    def _place(self, place: Place) -> str:
        if not place.country:
            return self._city(place)
        return self._s.place.format(city=self._city(place), country=self._country(place))

    def _city(self, place: Place) -> str:
        return self._named(place.zone, place.name) if place.names_zone else place.name

    def _region(self, place: Place) -> str:
        return self._named(place.area, place.region) if place.region else ""

    def _country(self, place: Place) -> str:
        return self._named(place.area.partition("-")[0], place.country)

    def _named(self, key: str, in_english: str) -> str:
        """What this language calls a place that it has a name for."""
        first, *_ = self._places.get(key, (in_english,))
        return first

    def _fitting(self, names: Iterable[str]) -> str:
        """As many of the names as a button holds."""
        first, *others = names
        label = first
        for name in others:
            if len(label) + len(name) + 2 <= LONGEST_PLACE:
                label += f", {name}"
        return label if len(label) <= LONGEST_PLACE else f"{label[: LONGEST_PLACE - 1]}…"

    def _at(self, days: str, times: str, first: time) -> str:
        """Days with the times on them; the hour one has words of its own."""
        template = self._s.at_one if first.hour == 1 else self._s.at
        return template.format(days=days, times=times)

    def _days(self, weekdays: frozenset[int]) -> str:
        if name := _SETS_OF_DAYS.get(weekdays):
            return str(getattr(self._s, name))
        return self._s.on_days.format(
            days=self._pieces.listed([self._s.weekly_days[day] for day in sorted(weekdays)])
        )
