"""The courier: brings one letter to its chat, and knows what to do when Telegram does not take it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

from sqlalchemy import Connection

from bot import meters
from bot.delivery.clock import Now
from bot.storage import memories, outbox
from bot.storage.database import Database
from bot.storage.outbox import Letter

log = logging.getLogger(__name__)

FAILED_PAUSE_SECONDS = 5.0


class TryLater(Exception):
    """The message has certainly not arrived, and may be tried again after so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Unwanted(Exception):
    """The chat does not take messages of ours any more."""


class Moved(Exception):
    """The chat has another number now."""

    def __init__(self, chat_id: int) -> None:
        super().__init__(chat_id)
        self.chat_id = chat_id


class Undeliverable(Exception):
    """Telegram refuses this message for good."""


class Carrier(Protocol):
    """Whoever takes a message to Telegram."""

    async def carry(self, letter: Letter) -> int | None:
        """Send a message, or change an older one; the number that Telegram gives it, if it is a new one.

        Raises ``TryLater``, ``Moved``, ``Unwanted`` or ``Undeliverable``; goes on trying while Telegram is
        away.
        """


class Courier:
    """Brings letters. One is forgotten when it has arrived, and not before."""

    def __init__(
        self,
        database: Database,
        carrier: Carrier,
        unwanted: Callable[[int], Awaitable[object]],
        missed: Callable[[int], Awaitable[list[Letter]]],
        now: Now,
    ) -> None:
        """``unwanted`` is told of each chat that turns out not to want us.

        ``missed`` is told of each chat to which something came too late to be true, and says what to write
        there instead.
        """
        self._database, self._carrier, self._now = database, carrier, now
        self._unwanted, self._missed = unwanted, missed

    async def bring(self, letter: Letter, is_wanted: Callable[[], bool] = lambda: True) -> list[Letter]:
        """Bring a letter. What is to be brought after it: itself, if its chat has a new number, or instead.

        What Telegram takes while it is not wanted any more (``is_wanted``) is left in peace. Raises
        ``TryLater`` when it has not arrived.
        """
        message_id, outcome = None, "arrived"
        try:
            if letter.is_stale(self._now()):
                return await self._give_up_on(letter, is_wanted)
            message_id = await self._carrier.carry(letter)
        except TryLater:
            meters.letter(letter.urgency.name.lower(), "put_back")
            raise
        except Moved as error:
            return [await self._follow(letter, error.chat_id)]
        except Unwanted:
            outcome = "unwanted"
            await self._unwanted(letter.chat_id)
        except Undeliverable:
            outcome = "given_up"
            log.error("a letter was given up")
        except Exception:  # one letter's fault must not stop the letters of others
            log.exception("a letter could not be sent")
            raise TryLater(FAILED_PAUSE_SECONDS) from None
        if is_wanted():  # otherwise its row is gone, and its number may be another's
            await self._forget(letter, message_id)
        seconds = (self._now() - letter.written_at).total_seconds() if outcome == "arrived" else None
        meters.letter(letter.urgency.name.lower(), outcome, seconds)
        return []

    async def _give_up_on(self, letter: Letter, is_wanted: Callable[[], bool]) -> list[Letter]:
        """Forget a letter that is not true any more; what to say instead where somebody waits for it."""
        meters.letter(letter.urgency.name.lower(), "stale")
        if not is_wanted():
            return []
        await self._forget(letter, None)
        return await self._missed(letter.chat_id) if letter.is_missed(self._now()) else []

    async def _forget(self, letter: Letter, message_id: int | None) -> None:
        def done(connection: Connection) -> None:
            outbox.drop(connection, letter.id)
            if message_id is not None and letter.reply.shows_round:
                memories.shown(connection, letter.chat_id, message_id)

        await self._database.run(done)

    async def _follow(self, letter: Letter, chat_id: int) -> Letter:
        """Take everything of a chat to its new number, and the letter with it."""
        await self._database.run(lambda connection: memories.move(connection, letter.chat_id, chat_id))
        return replace(letter, chat_id=chat_id)
