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

    ask_feedback: Text
    button_good: Text
    button_bad: Text
    toast_rated: Text

    places: Text
    place_arms_hands: Text
    button_by_ache: Text
    button_day: Text
    button_favourites: Text
    page_at: Text
    page_day: Text
    page_favourites: Text
    button_before: Text
    button_next: Text
    button_full: Text
    button_places: Text
    button_star: Text
    button_unstar: Text
    ask_to_keep: Text
    button_keep: Text
    button_keep_not: Text
    no_favourites: Text
    toast_starred: Text
    toast_unstarred: Text

    daily: Text
    button_daily: Text
    daily_phrases: tuple[Text, ...]
    """What people write who want the point of the day."""


class GroupWords(Entry):
    """What is read by several people at once. Names in braces are filled in."""

    in_private: Text
    not_yours: Text
    """Shown over the chat after a tap on somebody else's button."""
    ended: Text
    button_private: Text

    remind_time: Text
    remind_half: Text
    remind_routine: Text
    remind_place: Text
    remind_which_place: Text
    remind_known_place: Text
    remind_set: Text
    remind_already: Text
    remind_next: Text
    remind_when: Text
    remind_line: Text
    remind_how_to_stop: Text
    remind_too_many: Text
    remind_list: Text
    remind_none: Text
    remind_removed: Text
    """Shown over the chat after a tap, like ``remind_admins``."""
    remind_over: Text
    remind_admins: Text
    remind_due: Text
    button_remind_stop: Text
    command_remind: Text
    command_reminders: Text
