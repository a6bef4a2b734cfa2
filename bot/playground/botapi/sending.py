"""Methods that send something new."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.playground.botapi import topics
from bot.playground.botapi.keyboards import checked_markup
from bot.playground.botapi.lookup import find_chat, find_writable_chat
from bot.playground.botapi.media import media_content
from bot.playground.botapi.messages import File, without_reply
from bot.playground.botapi.texts import caption, message_text
from bot.playground.botapi.wire import Json, bad, pick

if TYPE_CHECKING:
    from bot.playground.botapi.chats import Chat
    from bot.playground.botapi.server import Simulator

ALBUM_KINDS = ("photo", "video", "document", "audio", "live_photo")
MOST_IN_ALBUM = 10
MOST_QUESTION, MOST_OPTION, MOST_OPTIONS = 300, 100, 12
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
NOT_COPIED = frozenset(
    {
        "message_id",
        "from",
        "chat",
        "date",
        "edit_date",
        "reply_markup",
        "reply_to_message",
        "media_group_id",
        "message_thread_id",
        "is_topic_message",
        "has_protected_content",
    }
)


def post(sim: Simulator, p: Json, content: Json, files: list[File] | None = None) -> Json:
    """Send checked content as the bot; returns the message."""
    return _post_all(sim, p, [(content, files or [])])[0]


def _post_all(sim: Simulator, p: Json, contents: list[tuple[Json, list[File]]]) -> list[Json]:
    """Send several messages with the same options."""
    markup = checked_markup(sim, p, sim.chats.get(p.get("chat_id", 0)))
    chat = find_writable_chat(sim, p)
    extra = {**topics.of_the_bot(chat, p), **_reply(sim, p, chat)}
    sim.flood.admit(chat, len(contents))
    if markup.get("inline_keyboard"):
        extra["reply_markup"] = markup
    elif "keyboard" in markup or "remove_keyboard" in markup:
        chat.keyboard = markup if markup.get("keyboard") else {}
    if p.get("protect_content"):
        extra["has_protected_content"] = True
    sent = []
    for content, files in contents:
        msg = chat.add(sim.me, {**extra, **content}, files, from_bot=True)
        msg.frozen = bool(markup) and "inline_keyboard" not in markup
        chat.show("message", "bot", msg)
        sent.append(msg.data)
    return sent


def _reply(sim: Simulator, p: Json, chat: Chat) -> Json:
    """The message that is replied to. Raises ApiError if it is gone and that matters."""
    reply: Json = p.get("reply_parameters") or {}
    if not reply.get("message_id"):
        return {}
    source = find_chat(sim, reply) if reply.get("chat_id") else chat
    msg = source.messages.get(reply["message_id"])
    if msg and not msg.deleted:
        return {"reply_to_message": without_reply(msg)}
    if reply.get("allow_sending_without_reply"):
        return {}
    raise bad("message to be replied not found")


async def _send_message(sim: Simulator, p: Json) -> Json:
    return post(sim, p, message_text(p))


async def send_media(sim: Simulator, p: Json, kind: str) -> Json:
    """sendPhoto, sendVoice, ...: a message with a file of this kind."""
    content, file = await media_content(sim, kind, p.get(kind), p)
    return post(sim, p, {**content, **caption(p)}, [file])


async def _send_media_group(sim: Simulator, p: Json) -> list[Json]:
    media: list[Json] = p.get("media") or []
    if not media or len(media) > MOST_IN_ALBUM:
        raise bad("too many messages to send as an album" if media else "there are no messages to send")
    kinds = {item["type"] for item in media}
    if len(kinds) > 1 and (alone := sorted(kinds & {"document", "audio"})):
        raise bad(f"{alone[0]} can't be mixed with other media types")
    group_id, contents = str(sim.next_id()), []
    for item in media:
        if item["type"] not in ALBUM_KINDS:
            why = "can't be used in sendMediaGroup" if item["type"] == "animation" else "is unsupported"
            raise bad(f'can\'t parse InputMedia: type "{item["type"]}" {why}')
        content, file = await media_content(sim, item["type"], item.get("media"), item)
        contents.append(({**content, **caption(item), "media_group_id": group_id}, [file]))
    return _post_all(sim, p, contents)


async def _send_location(sim: Simulator, p: Json) -> Json:
    """Also sendVenue, which adds a title and an address."""
    place = pick(p, "latitude", "longitude", "horizontal_accuracy", "live_period", "heading")
    if not (abs(place.get("latitude", 99)) <= 90 and abs(place.get("longitude", 999)) <= 180):
        raise bad("invalid location specified")
    venue = {"venue": {"location": place, **pick(p, "title", "address")}} if "title" in p else {}
    return post(sim, p, {"location": place, **venue})


async def _send_poll(sim: Simulator, p: Json) -> Json:
    question, options = p.get("question") or "", p.get("options") or []
    if not 0 < len(question) <= MOST_QUESTION:
        raise bad("poll question length must not exceed 300" if question else "text must be non-empty")
    if not 0 < len(options) <= MOST_OPTIONS:
        most, least = "poll can't have more than 12 options", "poll must have at least one answer option"
        raise bad(most if options else least)
    if any(len(option["text"]) > MOST_OPTION for option in options):
        raise bad("poll options length must not exceed 100")
    empty_option = {**sim.spec.dummy("PollOption"), "voter_count": 0}
    poll = {
        **sim.spec.dummy("Poll"),
        "id": str(sim.next_id()),
        "question": question,
        "is_closed": False,
        "is_anonymous": True,
        "total_voter_count": 0,
        **pick(p, "is_anonymous", "type", "allows_multiple_answers"),
        "options": [{**empty_option, "text": option["text"]} for option in options],
    }
    return post(sim, p, {"poll": poll})


async def send_other(sim: Simulator, p: Json, method: str) -> Json:
    """sendContact, sendDice, ...: shown with what the parameters say and dummies for the rest."""
    type_name = method.removeprefix("send")
    kind = re.sub(r"(?<!^)(?=[A-Z])", "_", type_name).lower()
    fields = sim.spec.fields(type_name)
    if not fields:
        return post(sim, p, {"text": f"<{kind}>"})
    known = {key: value for key, value in p.items() if key in fields}
    given = {
        key: value for key, value in known.items() if not sim.spec.check(value, fields[key]["types"], key)
    }
    return post(sim, p, {kind: {**sim.spec.dummy(type_name), **given}})


async def _send_chat_action(sim: Simulator, p: Json) -> bool:
    action = p.get("action", "")
    if action not in ACTIONS:
        raise bad("wrong parameter action in request")
    chat = find_writable_chat(sim, p)
    chat.show("action", "bot", text=action, data={"action": action, **topics.of_the_bot(chat, p)})
    return True


async def _copy_message(sim: Simulator, p: Json) -> Json:
    content, files = _source(sim, p, "copy")
    if "caption" in p:
        content = {key: value for key, value in content.items() if not key.startswith("caption")} | caption(p)
    return pick(post(sim, p, content, files), "message_id")


async def _forward_message(sim: Simulator, p: Json) -> Json:
    content, files = _source(sim, p, "forward")
    return post(sim, p, content, files)


def _source(sim: Simulator, p: Json, purpose: str) -> tuple[Json, list[File]]:
    """What a copied or forwarded message takes over from the original."""
    source = find_chat(sim, p, "from_chat_id").messages.get(p.get("message_id", 0))
    if not source or source.deleted:
        raise bad(f"message to {purpose} not found")
    content = {key: value for key, value in source.data.items() if key not in NOT_COPIED}
    if purpose == "forward":
        sender = {"sender_user": source.data["from"], "date": source.data["date"]}
        content.setdefault("forward_origin", {"type": "user", **sender})
    else:
        content.pop("forward_origin", None)
    return content, source.files


HANDLERS = {
    "sendMessage": _send_message,
    "sendMediaGroup": _send_media_group,
    "sendLocation": _send_location,
    "sendVenue": _send_location,
    "sendPoll": _send_poll,
    "sendChatAction": _send_chat_action,
    "copyMessage": _copy_message,
    "forwardMessage": _forward_message,
}
