"""Where somebody sits on the page: a person in one chat, alone with the bot or in the group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.playground.botapi import Chat, Simulator, User

GROUP_TITLE = "Walking club"
GROUP_SIZE = 2


@dataclass(frozen=True)
class Seat:
    """A person in a chat. In private `id` is the person's own number; in the group it is negative."""

    id: int
    user: User
    chat: Chat

    @property
    def is_group(self) -> bool:
        """Whether others sit in the same chat."""
        return self.chat.user is None

    @property
    def name(self) -> str:
        """The person's first and last name, as far as there are any."""
        names = [str(self.user.json.get(part, "")) for part in ("first_name", "last_name")]
        return " ".join(name for name in names if name)


def seats(simulator: Simulator, users: Sequence[User]) -> Iterator[Seat]:
    """Everybody in private, and the first two people in a group; one person alone makes none."""
    for user in users:
        yield Seat(user.id, user, user.chat)
    members = users[:GROUP_SIZE]
    if len(members) == GROUP_SIZE:
        group = simulator.group(GROUP_TITLE, *members)
        for number, user in enumerate(members, start=1):
            yield Seat(-number, user, group)
