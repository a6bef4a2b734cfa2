"""Why Telegram refuses a call, read from the words it says so in: it has no numbers for that."""

from __future__ import annotations

_CANNOT_EDIT = (
    "message can't be edited",
    "message to edit not found",
    "message_id_invalid",
    "there is no text in the message",
    "there is no caption in the message",
)
_CANNOT_WRITE = (
    "chat not found",
    "not enough rights to send text messages",
    "have no rights to send a message",
    "chat_write_forbidden",
    "chat_restricted",
    "topic_closed",
    "message thread not found",
)
_UNKNOWN_FILE = ("wrong file identifier", "wrong file_id", "wrong remote file", "file_reference")


def may_not_write(error: Exception) -> bool:
    """Whether Telegram takes no message of ours in a chat or topic, and not just not this one."""
    return _says(error, *_CANNOT_WRITE)


def cannot_edit(error: Exception) -> bool:
    """Whether a message cannot be changed any more, or not to what it was to become."""
    return _says(error, *_CANNOT_EDIT)


def changes_nothing(error: Exception) -> bool:
    """Whether a message is already what it was to become, as after a double tap."""
    return _says(error, "message is not modified")


def has_no_text(error: Exception) -> bool:
    """Whether what was to be changed are the words of a picture."""
    return _says(error, "there is no text in the message")


def is_unknown_file(error: Exception) -> bool:
    """Whether Telegram does not know a file by its name."""
    return _says(error, *_UNKNOWN_FILE)


def _says(error: Exception, *reasons: str) -> bool:
    words = str(error).lower()
    return any(reason in words for reason in reasons)
