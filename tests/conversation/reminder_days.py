"""A chat over days: what a person writes and taps, and what comes by itself at its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.conversation.actions import encode
from bot.conversation.events import Commanded, Due, Event, Said, Tapped
from bot.conversation.memory import Memory
from bot.flow import Companion
from bot.reminders.reminder import Reminder
from bot.wording.reply import Reply

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
BERLIN, NEW_YORK, TOKYO = "Europe/Berlin", "America/New_York", "Asia/Tokyo"
EIGHT = time(8)


@dataclass(frozen=True)
class Came:
    """Something that came by itself."""

    at: datetime
    reply: Reply


@dataclass
class Days:
    """One person and the bot. Time moves only when the test says so, and what is due then comes."""

    companion: Companion
    now: datetime = MONDAY
    memory: Memory = field(default_factory=Memory)
    last: tuple[Reply, ...] = ()

    def does(self, event: Event) -> tuple[Reply, ...]:
        answer = self.companion.answer(event, self.memory, self.now)
        self.memory = answer.memory
        if answer.replies:
            self.last = answer.replies
        return answer.replies

    def says(self, text: str) -> Reply:
        if text.startswith("/"):
            name, _, argument = text.removeprefix("/").partition(" ")
            return self.does(Commanded(name, argument))[0]
        return self.does(Said(text))[0]

    def taps(self, label: str, among: Reply | None = None) -> Reply:
        return self.does(self.tap(label, among))[0]

    def tap(self, label: str, among: Reply | None = None) -> Event:
        """The tap on the first button whose label begins so."""
        replies: Sequence[Reply] = (among,) if among else self.last
        found = [each for reply in replies for each in reply.buttons if each.label.startswith(label)]
        assert found, (label, [each.label for reply in replies for each in reply.buttons])
        assert found[0].action
        return Tapped(encode(found[0].action))

    def until(self, moment: datetime) -> list[Came]:
        """Let time pass, with everything delivered at its deadline."""
        came = []
        while (due := self.next_due()) is not None and due <= moment:
            self.now = max(due, self.now)
            came += [Came(self.now, reply) for reply in self.does(Due())]
            assert self.next_due() != due, "a deadline stands still"
        self.now = moment
        return came

    def days(self, count: float) -> list[Came]:
        return self.until(self.now + timedelta(days=count))

    def down_until(self, moment: datetime) -> list[Came]:
        """Time passes and nobody runs; then the bot starts."""
        self.now = moment
        due = self.next_due()
        if due is None or due > moment:
            return []
        return [Came(self.now, reply) for reply in self.does(Due(after_downtime=True))]

    def next_due(self) -> datetime | None:
        moments = [each.next_due() for each in self.memory.reminders]
        return min((each for each in moments if each), default=None)

    @property
    def reminder(self) -> Reminder:
        (only,) = self.memory.reminders
        return only

    def local(self, zone: str, *came: Came) -> list[tuple[str, time]]:
        """On which local days and at which local times something came."""
        local = [each.at.astimezone(ZoneInfo(zone)) for each in came]
        return [(f"{each:%m-%d}", each.time().replace(second=0)) for each in local]


def subscribed(
    companion: Companion,
    words: str = "remind me of GV20 every day at 8 am",
    city: str = "Berlin",
    **more: datetime,
) -> Days:
    """Somebody who has a reminder."""
    person = Days(companion, **more)
    person.says(words)
    person.taps("Yes")
    if person.last[0].ask_place:
        person.says(city)
    assert "I will remind you" in person.last[0].plain
    return person


def times_of(person: Days) -> list[tuple[str, ...]]:
    return [tuple(f"{at:%H:%M}" for at in each.schedule.times) for each in person.memory.reminders]
