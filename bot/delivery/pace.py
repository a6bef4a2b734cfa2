"""How fast somebody writes: told from the times of their last messages."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta

from bot.conversation.events import Pace

WINDOW = timedelta(seconds=5)
MOST_IN_WINDOW = 6
"""Messages within the window that are answered one by one: more than anybody writes who reads the answers."""
MOST_CHATS = 1_000


class Paces:
    """The pace of each chat that wrote a moment ago."""

    def __init__(self) -> None:
        self._times: OrderedDict[int, deque[datetime]] = OrderedDict()

    def of(self, chat_id: int, now: datetime) -> Pace:
        """The pace of a chat with the message that it sends now."""
        times = self._times.pop(chat_id, deque(maxlen=MOST_IN_WINDOW + 2))
        while times and now - times[0] > WINDOW:
            times.popleft()
        times.append(now)
        self._times[chat_id] = times
        if len(self._times) > MOST_CHATS:
            self._times.popitem(last=False)
        return Pace(min(2, max(0, len(times) - MOST_IN_WINDOW)))
