"""An update of Telegram as an event, and where its answer belongs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from telegram import Message, MessageEntity, Update, User

from bot.conversation.events import Commanded, Event, Placed, Said, Sent, Tapped
from bot.telegram import groups

PICTURE_MARK = "|"
"""Stands in the data of a button before the number of the message with the picture of its text."""
WANTED_UPDATES = [
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "inline_query",
    "guest_message",
]


@dataclass(frozen=True)
class Address:
    """Where an answer goes.

    ``private`` is a chat with one person; ``edit`` is the message whose button was tapped, ``reply_to`` one
    in a group. ``with_media`` says that the tapped message is a picture with words, ``picture_id`` is the
    message with the picture of a tapped text.
    """

    chat_id: int | None
    private: bool = False
    thread_id: int | None = None
    reply_to: int | None = None
    callback_id: str | None = None
    edit: int | None = None
    with_media: bool = False
    picture_id: int | None = None


def chat_of(update: Update) -> int:
    """The key under which updates keep their order: the chat, or the person for what has no chat."""
    if update.effective_chat:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user else 0


def read(update: Update, bot_name: str) -> tuple[Address, Event] | None:
    """The event in an update, or ``None`` for what is not meant for this bot.

    ``bot_name`` is the bot's user name without ``@``, by which commands in groups address it.
    """
    if query := update.callback_query:
        message = query.message
        data, _, picture_id = (query.data or "").partition(PICTURE_MARK)
        address = Address(
            chat_id=message.chat.id if message else None,
            private=message is not None and message.chat.type == "private",
            thread_id=_thread(message) if isinstance(message, Message) else None,
            callback_id=query.id,
            edit=message.message_id if message else None,
            with_media=isinstance(message, Message) and bool(message.photo or message.animation),
            picture_id=int(picture_id) if re.fullmatch(r"[0-9]{1,15}", picture_id) else None,
        )
        asker = None
        if isinstance(message, Message) and not address.private:
            asker, question_id = groups.asker_of(message)
            address = replace(address, reply_to=question_id)
        return address, Tapped(data, query.from_user.id, address.edit, asker, query.from_user.language_code)
    if change := update.my_chat_member:
        address = Address(change.chat.id, change.chat.type == "private")
        place = groups.change_of(change)
        return (address, place) if place else None
    message = update.message or update.edited_message
    if message is None or message.from_user is None or groups.speaks_for_nobody(message):
        return None
    if message.via_bot and (message.via_bot.username or "").lower() == bot_name.lower():
        return None  # our own words, chosen from what a search found
    private, by = message.chat.type == "private", message.from_user
    command, addressee = _command(message)
    event: Event | None
    if not private:
        words = message.text or message.caption or ""
        event = groups.addressed(message, command, addressee, words, by, bot_name)
    elif command:
        event = command if addressee in ("", bot_name.lower()) else None
    else:
        event = _words_or_things(message, by, edited=update.edited_message is not None)
    if event is None:
        return None
    reply_to = None if private else message.message_id
    return Address(message.chat.id, private, _thread(message), reply_to), event


def _thread(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None


def _command(message: Message) -> tuple[Commanded | None, str]:
    """A command at the beginning of the text, and the bot it names in lower case: "" where it names none."""
    text = message.text or ""
    starts = [entity for entity in message.entities or () if entity.offset == 0]
    length = next((entity.length for entity in starts if entity.type == MessageEntity.BOT_COMMAND), None)
    if length is None:
        return None, ""
    name, _, addressee = text[1:length].lower().partition("@")
    by = message.from_user
    argument = text[length:].strip()
    return Commanded(name, argument, by.id if by else 0, by.language_code if by else None), addressee


def _words_or_things(message: Message, by: User, *, edited: bool) -> Event | None:
    words = message.text or message.caption
    if words:
        return Said(words, by.id, by.language_code)
    if message.location and not message.venue and not edited:
        return Placed(message.location.latitude, message.location.longitude, by.id, by.language_code)
    what = _thing(message)
    return Sent(what, by.id, by.language_code) if what and not edited else None


def _thing(message: Message) -> Literal["voice", "picture", "sticker", "place", "other"] | None:
    """What was sent without words; ``None`` for service messages, which need no answer."""
    if message.voice or message.audio or message.video_note:
        return "voice"
    if message.photo or message.live_photo or message.video or message.animation:
        return "picture"
    if message.document or message.paid_media:
        return "picture"
    if message.sticker or message.dice:
        return "sticker"
    if message.location or message.venue:
        return "place"
    others = (message.contact, message.poll, message.checklist, message.game, message.story)
    return "other" if any(others) else None
