"""What can happen in a chat, freed of Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Said:
    """Somebody wrote something; a forwarded or edited message is read like any other."""

    text: str


@dataclass(frozen=True)
class Commanded:
    """A command such as ``/start p_LI4``: its name in lower case and what follows it."""

    name: str
    argument: str = ""


@dataclass(frozen=True)
class Tapped:
    """A button was tapped; ``data`` is whatever it carried, which may come from an older version."""

    data: str


@dataclass(frozen=True)
class Sent:
    """Something without words for us to read."""

    what: Literal["voice", "picture", "sticker", "place", "other"]


Event = Said | Commanded | Tapped | Sent
