"""The shape of the words about finding one's way: what aches, coming back, looking through the points."""

from __future__ import annotations

from bot.library.facts import Entry
from bot.library.words import Text


class BrowsingWords(Entry):
    """What people read while they look around. Names in braces are filled in."""

    what_aches: Text

    welcome_back: Text
    last_time: Text
    next_reminder: Text
    what_today: Text
    button_again: Text

    example_remind: Text


class GroupWords(Entry):
    """What is read by several people at once. Names in braces are filled in."""

    in_private: Text
    not_yours: Text
    """Shown over the chat after a tap on somebody else's button."""
    ended: Text
    button_private: Text
