"""Topics: a group that is a forum keeps its messages apart by subject; what names no topic is in General."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.messages import Msg, without_reply
from bot.playground.botapi.wire import Json, bad, pick

if TYPE_CHECKING:
    from bot.playground.botapi.chats import Chat
    from bot.playground.botapi.people import User

ICON_COLOUR = 0x6FB9F0


def found(chat: Chat, by: User, name: str) -> int:
    """Make a topic, and a forum of its group with the first one; the number of the topic."""
    news = {"forum_topic_created": {"name": name, "icon_color": ICON_COLOUR}}
    msg = chat.add(by.json, news, [], from_bot=False)
    msg.data = {**msg.data, **_mark(msg.id)}
    chat.topics[msg.id] = msg
    return msg.id


def of_a_person(chat: Chat, topic_id: int, *, replies: bool) -> Json:
    """What a message written in a topic says of it; one that answers no other answers the topic's first."""
    first = {} if replies else {"reply_to_message": without_reply(chat.topics[topic_id])}
    return {**_mark(topic_id), **first}


def of_the_bot(chat: Chat, p: Json) -> Json:
    """The topic that a call names. Raises ApiError if a forum does not have it."""
    topic_id = p.get("message_thread_id")
    if not topic_id or not chat.topics:
        return pick(p, "message_thread_id")
    if topic_id not in chat.topics:
        raise bad("message thread not found")
    return _mark(topic_id)


def topic_of(msg: Msg) -> int:
    """The number of the topic a message is in, 0 for General."""
    id: int = msg.data.get("message_thread_id", 0) if msg.data.get("is_topic_message") else 0
    return id


def _mark(topic_id: int) -> Json:
    return {"message_thread_id": topic_id, "is_topic_message": True}
