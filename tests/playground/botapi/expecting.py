"""Expecting a call to arrive, or to be refused."""

from __future__ import annotations

import asyncio
import re

import pytest
from telegram.error import BadRequest, TelegramError

from bot.playground.botapi import Simulator


def refused(words: str, error: type[TelegramError] = BadRequest) -> pytest.RaisesExc[TelegramError]:
    """To be used in `with`: what is done there is refused with these words.

    The client library changes Telegram's capitals, so they do not count.
    """
    return pytest.raises(error, match=f"(?i){re.escape(words)}")


def arrival(sim: Simulator, method: str) -> asyncio.Event:
    """Set when such a call reaches the server; a poll is waiting then."""
    arrived = asyncio.Event()

    def note(_: object) -> bool:
        arrived.set()
        return False

    sim.fault(method, when=note)
    return arrived
