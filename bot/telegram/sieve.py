"""What of the updates that come in is to be answered, and at what pace they come."""

from __future__ import annotations

from datetime import datetime

from telegram import Update

from bot import meters
from bot.conversation.events import Pace
from bot.delivery.pace import Paces
from bot.telegram.inbound import WANTED_UPDATES, chat_of

ALBUMS_REMEMBERED = 256


class Sieve:
    """Lets through what is to be answered."""

    def __init__(self) -> None:
        self._albums: dict[str, None] = {}
        self._paces = Paces()

    def pace(self, update: Update, now: datetime) -> Pace | None:
        """The pace of whoever sent the update; ``None`` when it needs no answer of its own."""
        meters.came_in(next((kind for kind in WANTED_UPDATES if getattr(update, kind)), meters.OTHER))
        if self._is_rest_of_album(update):
            return None
        if update.message is None:
            return Pace.CALM
        # By when it was written: what piled up while nobody answered was not written all at once.
        return self._paces.of(chat_of(update), min(now, update.message.date))

    def _is_rest_of_album(self, update: Update) -> bool:
        """Whether a picture without words belongs to an album of which another was answered already."""
        album = update.message.media_group_id if update.message else None
        if album is None:
            return False
        if album in self._albums:
            return not (update.message and update.message.caption)
        self._albums[album] = None
        if len(self._albums) > ALBUMS_REMEMBERED:
            del self._albums[next(iter(self._albums))]
        return False
