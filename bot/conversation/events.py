"""What can happen in a chat, freed of Telegram.

``by`` is the number that Telegram gives the person who did it; it tells members of a group apart.
``language`` is the code of what the person's app is set to, as Telegram tells it: "es", "pt-br" or nothing.
``by_admin`` says whether that person is an admin of the group; ``None`` as long as nobody has asked Telegram.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal


class Pace(IntEnum):
    """How fast somebody writes."""

    CALM = 0
    HURRIED = 1
    """Faster than anybody reads the answers, for the first time in a while."""
    TOO_FAST = 2
    """Still faster; that was said already."""


@dataclass(frozen=True)
class Said:
    """Somebody wrote something; a forwarded or edited message is read like any other.

    ``late`` is what waited so long, because nobody ran, that the moment it was meant for is over.
    """

    text: str
    by: int = 0
    language: str | None = None
    pace: Pace = Pace.CALM
    late: bool = False
    by_admin: bool | None = None


@dataclass(frozen=True)
class Commanded:
    """A command such as ``/start p_LI4``: its name in lower case and what follows it."""

    name: str
    argument: str = ""
    by: int = 0
    language: str | None = None
    by_admin: bool | None = None


@dataclass(frozen=True)
class Tapped:
    """A button was tapped; ``data`` is whatever it carried, which may come from an older version.

    ``message_id`` is the message under which the button stands; its answer replaces that message.
    ``asker`` is the one in a group whom that message answers, as far as Telegram says so.
    """

    data: str
    by: int = 0
    message_id: int | None = None
    asker: int | None = None
    language: str | None = None
    by_admin: bool | None = None


@dataclass(frozen=True)
class Sent:
    """Something without words for us to read."""

    what: Literal["voice", "picture", "sticker", "place", "other"]
    by: int = 0
    language: str | None = None


@dataclass(frozen=True)
class Placed:
    """A place was sent, in degrees. No more than its zone is kept, and no log may hold it."""

    latitude: float = field(repr=False)
    longitude: float = field(repr=False)
    by: int = 0
    language: str | None = None


@dataclass(frozen=True)
class Due:
    """The time of something that runs in this chat is up. What, and whether it still is, the memory says.

    ``after_downtime`` marks what became due while nobody ran.
    """

    after_downtime: bool = False


@dataclass(frozen=True)
class Missed:
    """What a running routine had to say at once did not get through in time."""


@dataclass(frozen=True)
class Blocked:
    """Telegram does not let us write to this chat any more: blocked, removed or silenced."""


@dataclass(frozen=True)
class Searched:
    """Somebody types after the bot's name in any chat, to choose from what is found.

    ``shown`` is how many results of the same search they have already.
    """

    text: str
    by: int = 0
    shown: int = 0
    language: str | None = None


@dataclass(frozen=True)
class Mentioned:
    """Somebody mentioned the bot in a chat it is not in, where it may answer once."""

    text: str
    by: int = 0
    language: str | None = None


Event = Said | Commanded | Tapped | Sent | Placed | Due | Missed | Blocked
"""What happens in a chat with the bot."""
Elsewhere = Searched | Mentioned
"""What happens in other chats: it leads to one answer and is forgotten."""


def language_of(event: Event | Elsewhere) -> str | None:
    """What the app of the person is set to; ``None`` where nobody did anything, or where it is unknown."""
    return None if isinstance(event, Due | Missed | Blocked) else event.language
