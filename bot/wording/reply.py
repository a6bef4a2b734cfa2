"""A reply: text, buttons, nothing of Telegram's own."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import groupby

from bot.conversation.actions import Action
from bot.wording.chart import Chart

BUTTONS_PER_ROW = 2
NARROW_PER_ROW = 6
MOST_UNDER_PICTURE = 1024
"""UTF-16 units of the text that may stand under a picture; a longer one is a message of its own."""
_TAG = re.compile(r"</?[a-z][^>]*>")


@dataclass(frozen=True)
class Button:
    """A button under a reply: its label and what it does.

    With ``link`` it opens the private chat with the bot instead, which is started with that word. A
    ``narrow`` one holds no more than a number.
    """

    label: str
    action: Action | None = None
    link: str | None = None
    narrow: bool = False


@dataclass(frozen=True)
class Document:
    """A file that goes with a reply."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Reply:
    """One message.

    ``text`` is HTML as Telegram understands it; ``toast`` is shown over the chat after a tap. With
    ``buttons_only`` the text of the tapped message stays and gets these buttons; with ``toast_only`` all of
    the message stays. A reply with a ``document`` or a ``chart`` is always a message of its own.
    ``picture`` is a file below ``content/pictures`` that goes with the text where it can be sent, and
    ``chart`` is drawn to go with it. A ``silent`` reply makes no sound, and one that ``reminds`` lets
    others go first. One that says what to do just now (``soon``) is wrong half a minute later.
    ``shows_round`` marks the message in which the running routine is seen from now on; ``instead_of`` is
    the number of an older message that this one replaces in its place. ``thread_id`` is the topic of a
    group for what comes by itself. One that asks for a place offers to send it with one tap, on a key
    labelled ``ask_place``; one that ``takes_key`` takes that away, and has no buttons.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    toast: str | None = None
    buttons_only: bool = False
    toast_only: bool = False
    document: Document | None = None
    picture: str | None = None
    chart: Chart | None = None
    silent: bool = False
    reminds: bool = False
    shows_round: bool = False
    soon: bool = False
    instead_of: int | None = None
    thread_id: int | None = None
    ask_place: str | None = None
    takes_key: bool = False

    @property
    def plain(self) -> str:
        """The text as a reader without formatting sees it."""
        return html.unescape(_TAG.sub("", self.text))

    @property
    def fits_under_picture(self) -> bool:
        """Whether the text is short enough to stand under a picture."""
        return len(self.plain.encode("utf-16-le")) // 2 <= MOST_UNDER_PICTURE

    @property
    def rows(self) -> tuple[tuple[Button, ...], ...]:
        """The buttons in rows that stay readable in large print on a phone."""
        rows: list[tuple[Button, ...]] = []
        for narrow, group in groupby(self.buttons, key=lambda button: button.narrow):
            these, size = tuple(group), NARROW_PER_ROW if narrow else BUTTONS_PER_ROW
            rows += (these[start : start + size] for start in range(0, len(these), size))
        return tuple(rows)
