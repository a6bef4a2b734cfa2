"""The commands there are, and which of them the menu of a group lists."""

from __future__ import annotations

COMMANDS = (
    "start",
    "help",
    "relief",
    "points",
    "routines",
    "remind",
    "reminders",
    "progress",
    "settings",
    "language",
    "feedback",
    "privacy",
    "mydata",
    "delete",
    "stop",
)
"""The commands of the menu, in its order."""
GROUP_COMMANDS = ("relief", "points", "routines", "stop", "help", "privacy")
"""What makes sense where several people read; what is personal belongs into the private chat."""
ADMIN_COMMANDS = (*GROUP_COMMANDS, "remind", "reminders")
"""The admins of a group also say what reminds all of it."""
COMMANDS_BY_OTHER_NAMES = {"cancel": "stop", "menu": "help", "topics": "points"}
