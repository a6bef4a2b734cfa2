"""The words about what is found and sent in chats that the bot is not in."""

from __future__ import annotations

from bot.library.facts import Entry
from bot.library.words import Text


class SharingWords(Entry):
    """What people read of the bot in other chats. Names in braces are filled in."""

    used_for: Text
    care: Text
    button_how: Text
    button_when_not: Text
    button_above: Text
    emergency_title: Text
    same_day_title: Text
    doctor_soon_title: Text
    no_pressing_title: Text
    nothing_title: Text
    nothing_line: Text
    about: Text
    about_mentioned: Text
