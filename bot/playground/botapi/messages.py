"""Messages, the files in them, and what a person sees happen to them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from bot.playground.botapi.wire import Json

if TYPE_CHECKING:
    from bot.playground.botapi.chats import Chat

EventKind: TypeAlias = Literal[
    "message", "edit", "delete", "toast", "alert", "action", "reaction", "pin",  # by the bot
    "sent", "other", "pressed", "opened",  # by this person, or by another one in a group
]  # fmt: skip
Matcher: TypeAlias = "str | Callable[[Event], Any] | None"
MEDIA_KINDS = ("photo", "animation", "document", "video", "audio", "voice", "sticker", "video_note")
CONTENT_KINDS = ("text", *MEDIA_KINDS, "venue", "location", "contact", "poll", "dice", "invoice")


@dataclass(frozen=True)
class File:
    """A file the server keeps. `data` is None if it was sent as a URL that cannot be fetched here."""

    id: str
    unique_id: str
    kind: str  # photo, voice, document, ...
    name: str
    data: bytes | None
    mime: str
    content: Json  # the message fields that describe it

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data or b"")


class Msg:
    """One message as it is now. `data` is its Bot API JSON; an edit replaces it, so snapshots stay valid."""

    def __init__(self, chat: Chat, data: Json, files: list[File], from_bot: bool) -> None:
        self.chat, self.data, self.files, self.from_bot = chat, data, files, from_bot
        self.deleted = False
        self.reactions: dict[int, list[Json]] = {}  # by person
        self.frozen = False  # Telegram forbids editing it
        self.inline_id = ""  # set if it was sent by way of an inline query

    @property
    def id(self) -> int:
        """The message_id."""
        number: int = self.data["message_id"]
        return number

    @property
    def text(self) -> str:
        """The words: text, caption, or the question of a poll."""
        return text_of(self.data)

    @property
    def kind(self) -> str:
        """What it is made of: text, photo, ...; "service" for news such as a new member."""
        return next((kind for kind in CONTENT_KINDS if kind in self.data), "service")

    @property
    def photo(self) -> bytes | None:
        """The picture, if it is a photo."""
        return photo_of(self.data, self.files)

    @property
    def buttons(self) -> list[Json]:
        """The inline buttons, row after row."""
        return buttons_of(self.data)

    @property
    def labels(self) -> list[str]:
        """What is written on the inline buttons."""
        return [button["text"] for button in self.buttons]


@dataclass
class Event:
    """Something one person saw or did, as it was at that moment."""

    kind: EventKind
    chat: Chat
    by: str
    text: str
    time: float  # Unix seconds
    msg: Msg | None = None
    data: Json = field(default_factory=dict)
    files: list[File] = field(default_factory=list)
    consumed: bool = False  # an `expect` has returned it

    @property
    def labels(self) -> list[str]:
        """What is written on the inline buttons."""
        return [button["text"] for button in buttons_of(self.data)]

    @property
    def photo(self) -> bytes | None:
        """The picture, if it is a photo."""
        return photo_of(self.data, self.files)

    def matches(self, what: Matcher) -> bool:
        """Whether a regular expression is found in the text, or a predicate holds; None matches all."""
        if what is None:
            return True
        return bool(re.search(what, self.text, re.DOTALL) if isinstance(what, str) else what(self))

    def line(self) -> str:
        """One line of a plain-text transcript, and one more for each row of buttons."""
        stamp = time.strftime("%H:%M:%S", time.localtime(self.time))
        number = f" #{self.msg.id}" if self.msg else ""
        media = "".join(f" <{file.kind} {file.size} bytes>" for file in self.files)
        rows = self.data.get("reply_markup", {}).get("inline_keyboard", [])
        keys = "".join("\n      [" + "] [".join(button["text"] for button in row) + "]" for row in rows)
        return f"{stamp} {self.by}: ({self.kind}{number}){media} {self.text}{keys}"


def text_of(data: Json) -> str:
    """The words of a message, wherever its kind keeps them."""
    text: str = data.get("text") or data.get("caption") or data.get("poll", {}).get("question", "")
    return text


def buttons_of(data: Json) -> list[Json]:
    """The buttons under a message, row after row."""
    return [button for row in data.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


def photo_of(data: Json, files: list[File]) -> bytes | None:
    """The picture of a photo message."""
    return files[0].data if files and "photo" in data else None


def without_reply(msg: Msg) -> Json:
    """The message as it is quoted in a reply, which does not nest."""
    return {key: value for key, value in msg.data.items() if key != "reply_to_message"}
