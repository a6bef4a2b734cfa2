"""Where somebody sits on the page: a person in one place, alone with the bot or among others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.playground.botapi import Chat, Event, Msg, Simulator, User, topics

GROUP_TITLE = "Walking club"
TOPIC_NAME = "Stretches"
OTHER_GROUP_TITLE = "Family"
GROUP_SIZE = 3
SEATS_APART = 10  # between the numbers of one place and those of the next


@dataclass(frozen=True)
class Place:
    """A chat, or one topic of it; `topic_id` is 0 for General and where there are no topics."""

    chat: Chat
    topic_id: int = 0
    topic: str | None = None

    def has(self, msg: Msg) -> bool:
        """Whether a message stands here."""
        return msg.chat is self.chat and topics.topic_of(msg) == self.topic_id


@dataclass(frozen=True)
class Seat:
    """A person in a place. In private `id` is the person's own number; in a group it is negative."""

    id: int
    user: User
    place: Place

    @property
    def chat(self) -> Chat:
        """The chat that the place is in."""
        return self.place.chat

    @property
    def is_group(self) -> bool:
        """Whether others sit in the same chat."""
        return self.chat.user is None

    @property
    def has_bot(self) -> bool:
        """Whether the bot is in the chat."""
        return self.chat.bot_status == "member"

    @property
    def name(self) -> str:
        """The person's first and last name, as far as there are any."""
        names = [str(self.user.json.get(part, "")) for part in ("first_name", "last_name")]
        return " ".join(name for name in names if name)

    def take(self) -> None:
        """Sit down here: what the person does from now on is done in this place."""
        self.chat.open_topics[self.user.id] = self.place.topic_id

    def sees(self, user_id: int, event: Event) -> bool:
        """Whether this is seen from here. A notice over a chat is seen in all of its topics."""
        if (user_id, event.chat) != (self.user.id, self.chat):
            return False
        if event.msg:
            return self.place.has(event.msg)
        return event.kind != "action" or event.data.get("message_thread_id", 0) == self.place.topic_id


def seats(simulator: Simulator, users: Sequence[User]) -> Iterator[Seat]:
    """Everybody in private, and the first people in groups too; one person alone makes none.

    One group has the bot and a topic besides General, the other one can only mention it. The first of them is
    the admin of the one with the bot.
    """
    for user in users:
        yield Seat(user.id, user, Place(user.chat))
    members = users[:GROUP_SIZE]
    if len(members) < 2:
        return
    group = simulator.group(GROUP_TITLE, *members)
    group.admins.add(members[0].id)
    topic_id = topics.found(group, members[0], TOPIC_NAME)
    without_bot = simulator.group(OTHER_GROUP_TITLE, *members, bot_status="left")
    places = (Place(group), Place(group, topic_id, TOPIC_NAME), Place(without_bot))
    for number, place in enumerate(places):
        for member, user in enumerate(members, start=1):
            yield Seat(-(SEATS_APART * number + member), user, place)
