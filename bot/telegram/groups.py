"""What only groups have: being spoken to among others, being added and removed, a chat with a new number."""

from __future__ import annotations

import re

from telegram import Bot, ChatMemberRestricted, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from bot.conversation.events import Blocked, Commanded, Event, Said
from bot.telegram.calls import persist

OPEN_COMMAND = "relief"
"""The command that needs no name of a bot behind it: hardly any other bot has it."""
MOST_ATTEMPTS = 2
"""To learn whether somebody is an admin: after that they are told that they are none, and may ask again."""
TELEGRAM_ITSELF = 777000
"""The sender of posts that a channel forwards to its group."""


def speaks_for_nobody(message: Message) -> bool:
    """Whether a message comes from a bot, a chat or Telegram itself and not from a person of its own.

    Anonymous admins, channels and posts forwarded from a linked channel share one number among many people.
    """
    sender = message.from_user
    return sender is None or sender.is_bot or sender.id == TELEGRAM_ITSELF or message.sender_chat is not None


def addressed(
    message: Message, command: Commanded | None, addressee: str, words: str, by: User, bot_name: str
) -> Event | None:
    """What is said to the bot in a group; ``None`` for the talk of others.

    ``command`` is the one at the beginning, ``addressee`` the bot that it names, ``words`` the whole text.
    """
    if command:
        named = addressee == bot_name.lower()
        open_to_all = not addressee and (command.name == OPEN_COMMAND or replies_to_bot(message, bot_name))
        return command if named or open_to_all else None
    without_name, names = re.subn(rf"(?<!\w)@{re.escape(bot_name)}\b", " ", words, flags=re.IGNORECASE)
    if not names and not (words and replies_to_bot(message, bot_name)):
        return None
    said = " ".join(without_name.split(" ")).strip()
    if not said:
        return Commanded(OPEN_COMMAND, by=by.id, language=by.language_code)
    return Said(said, by.id, by.language_code)


def replies_to_bot(message: Message, bot_name: str) -> bool:
    """Whether a message answers one of the bot's."""
    sender = message.reply_to_message.from_user if message.reply_to_message else None
    return sender is not None and (sender.username or "").lower() == bot_name.lower()


def asker_of(message: Message) -> tuple[int | None, int | None]:
    """The person whose message a message of the bot answers, and the number of that message."""
    question = message.reply_to_message
    if question is None:
        return None, None
    return (question.from_user.id if question.from_user else None), question.message_id


def change_of(change: ChatMemberUpdated) -> Event | None:
    """What a change of the bot's own place means: it can write no more, or nothing."""
    now = change.new_chat_member
    silenced = isinstance(now, ChatMemberRestricted) and not now.can_send_messages
    gone = now.status in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
    return Blocked() if gone or silenced else None


def migration(update: Update) -> tuple[int, int] | None:
    """The old and the new number of a group that became a supergroup. Both chats tell of it."""
    message = update.message
    if message and message.migrate_to_chat_id:
        return message.chat.id, message.migrate_to_chat_id
    if message and message.migrate_from_chat_id:
        return message.migrate_from_chat_id, message.chat.id
    return None


async def is_admin(bot: Bot, chat_id: int, person_id: int) -> bool:
    """Whether somebody is an admin of a group, as far as Telegram says so."""
    try:
        member = await persist(lambda: bot.get_chat_member(chat_id, person_id), MOST_ATTEMPTS)
    except TelegramError:
        return False
    return member.status in (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)
