"""Whatever a person does with a reminder, on whatever clock: never twice in a minute, never on a wrong day.

Anybody may snooze, skip, pause, move and come back in any order, while clocks change. What comes is checked
against what the person was last told, and not against how it is worked out.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.actions import encode
from bot.conversation.events import Blocked, Tapped
from bot.conversation.memory import Memory, Preferences
from bot.conversation.reminder_actions import Subscribe
from bot.conversation.zoning import mark_of_zone
from bot.flow import Companion
from bot.reminders.zones import iana_names, listed_zones
from tests.conversation.reminder_days import Days

ZONES = sorted(listed_zones())
CLOCK_CHANGES = [datetime(2026, 3, 26, 12, tzinfo=UTC), datetime(2026, 10, 22, 12, tzinfo=UTC)]
starts = st.sampled_from(CLOCK_CHANGES) | st.integers(0, 4 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
clocks = st.times().map(lambda at: at.replace(second=0, microsecond=0))
WRITTEN = ("not today", "stop", "resume reminders", "pause reminders until monday")
ACTIONS = (
    *WRITTEN,
    "Done",
    "Skip",
    "In 10",
    "In 1 hour",
    "This evening",
    "blocked",
    "nothing",
)


def person_in(companion: Companion, zone: str, at: time, now: datetime) -> Days:
    person = Days(companion, now, Memory(now, preferences=Preferences(zone=zone)))
    person.does(Tapped(encode(Subscribe("GV20", 127, (at.hour * 60 + at.minute,)))))
    assert person.reminder
    return person


@settings(max_examples=60)
@given(st.sampled_from(ZONES), clocks, starts)
def test_in_every_zone_it_comes_once_on_each_local_day_at_its_time(
    companion: Companion, zone: str, at: time, start: datetime
) -> None:
    person = person_in(companion, zone, at, start)
    came = []
    for _ in range(5):
        came += [each.at.astimezone(ZoneInfo(zone)) for each in person.days(1)]

    assert len(came) in (4, 5, 6)
    assert max(Counter(each.date() for each in came).values()) == 1
    for shown in came:
        wall = datetime.combine(shown.date(), at)
        late = shown.replace(tzinfo=None, fold=0) - wall
        jumped = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).astimezone(ZoneInfo(zone))
        assert not late or (jumped.replace(tzinfo=None) != wall and timedelta() < late <= timedelta(hours=1))


@settings(max_examples=60)
@given(
    st.sampled_from(ZONES),
    clocks,
    starts,
    st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(1, 26 * 60)), min_size=1, max_size=12),
)
def test_in_any_order_of_taps_nothing_comes_while_paused_and_never_two_in_a_minute(
    companion: Companion, zone: str, at: time, start: datetime, story: list[tuple[str, int]]
) -> None:
    person = person_in(companion, zone, at, start)
    for action, minutes in story:
        stopped = action in ("stop", "blocked")
        if action == "blocked":
            person.does(Blocked())
        elif action in WRITTEN:
            person.says(action)
        elif action != "nothing" and any(
            button.label.startswith(action) for reply in person.last for button in reply.buttons
        ):
            person.taps(action)
        came = person.until(person.now + timedelta(minutes=minutes))
        assert not (stopped and came)
        minutes_of_them = [each.at.replace(second=0) for each in came]
        assert len(set(minutes_of_them)) == len(minutes_of_them)
        regular = Counter(each.astimezone(ZoneInfo(zone)).date() for each in minutes_of_them)
        assert all(count <= 2 for count in regular.values()), "a day brings it once, and one snooze"


def test_every_zone_has_a_number_of_its_own() -> None:
    names = iana_names().values()

    assert len({mark_of_zone(zone) for zone in names}) == len(names)
