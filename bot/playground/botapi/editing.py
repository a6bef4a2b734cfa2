"""Methods that change what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.keyboards import checked_markup
from bot.playground.botapi.lookup import find_message, find_message_to_edit, find_writable_chat
from bot.playground.botapi.media import media_content
from bot.playground.botapi.messages import MEDIA_KINDS, File, Msg
from bot.playground.botapi.texts import caption, message_text
from bot.playground.botapi.wire import Json, Upload, bad, pick

if TYPE_CHECKING:
    from bot.playground.botapi.server import Simulator

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TEXT_FIELDS = ("text", "entities")
CAPTION_FIELDS = ("caption", "caption_entities")
WITH_CAPTION = ("photo", "video", "animation", "document", "audio", "voice")
WITH_OTHER_MEDIA = ("text", "photo", "video", "animation", "document", "audio")
DELETABLE_SECONDS = 48 * 3600
MOST_DELETED = 100


def _edit(
    sim: Simulator,
    p: Json,
    msg: Msg,
    change: Json,
    replaced: tuple[str, ...],
    files: list[File] | None = None,
) -> Json | bool:
    """Put `change` in place of the fields `replaced`; a keyboard left out is removed, as in Telegram."""
    markup = checked_markup(sim, p, msg.chat, inline_only=True)
    kept = {key: value for key, value in msg.data.items() if key not in (*replaced, "reply_markup")}
    new = {**kept, **change, **({"reply_markup": markup} if markup.get("inline_keyboard") else {})}
    if new == msg.data:
        raise bad(NOT_MODIFIED)
    if replaced:
        new["edit_date"] = sim.now()
    msg.data, msg.files = new, msg.files if files is None else files
    msg.chat.show("edit", "bot", msg)
    return True if msg.inline_id else new


async def _edit_message_text(sim: Simulator, p: Json) -> Json | bool:
    text, msg = message_text(p), find_message_to_edit(sim, p)
    if msg.kind != "text":
        raise bad("there is no text in the message to edit")
    return _edit(sim, p, msg, text, TEXT_FIELDS)


async def _edit_message_caption(sim: Simulator, p: Json) -> Json | bool:
    words, msg = caption(p), find_message_to_edit(sim, p)
    if msg.kind not in WITH_CAPTION:
        raise bad("there is no caption in the message to edit")
    return _edit(sim, p, msg, words, CAPTION_FIELDS)


async def _edit_message_media(sim: Simulator, p: Json) -> Json | bool:
    media, msg = p.get("media") or {}, find_message_to_edit(sim, p)
    if msg.kind not in WITH_OTHER_MEDIA:
        raise bad("message can't be edited")
    if msg.inline_id and isinstance(media.get("media"), Upload):
        raise bad("invalid message content specified")
    content, file = await media_content(sim, media.get("type", ""), media.get("media"), media)
    replaced = (*TEXT_FIELDS, *CAPTION_FIELDS, *MEDIA_KINDS, "has_media_spoiler")
    return _edit(sim, p, msg, {**content, **caption(media)}, replaced, [file])


async def _edit_message_reply_markup(sim: Simulator, p: Json) -> Json | bool:
    return _edit(sim, p, find_message_to_edit(sim, p), {}, ())


async def _edit_message_live_location(sim: Simulator, p: Json) -> Json | bool:
    msg = find_message_to_edit(sim, p)
    if "live_period" not in msg.data.get("location", {}):
        raise bad("there is no live location in the message to edit")
    place = {**msg.data["location"], **pick(p, "latitude", "longitude")}
    return _edit(sim, p, msg, {"location": place}, ("location",))


async def _stop_poll(sim: Simulator, p: Json) -> Json:
    msg = find_message(sim, p, "message with poll to stop")
    if not msg.from_bot or "poll" not in msg.data:
        raise bad("message with poll to stop not found")
    if msg.data["poll"]["is_closed"]:
        raise bad("poll has already been closed")
    closed: Json = {**msg.data["poll"], "is_closed": True}
    _edit(sim, p, msg, {"poll": closed}, ("poll",))
    return closed


async def _delete_message(sim: Simulator, p: Json) -> bool:
    msg = find_message(sim, p, "message to delete")
    is_foreign = not msg.from_bot and not msg.chat.user and msg.chat.bot_status != "administrator"
    if is_foreign or sim.clock() - msg.data["date"] > DELETABLE_SECONDS:
        raise bad("message can't be deleted for everyone")
    msg.deleted = True
    msg.chat.show("delete", "bot", msg)
    return True


async def _delete_messages(sim: Simulator, p: Json) -> bool:
    ids = p.get("message_ids") or []
    if not 0 < len(ids) <= MOST_DELETED:
        raise bad(
            "too many message identifiers specified" if ids else "message identifiers are not specified"
        )
    messages = find_writable_chat(sim, p).messages
    for id in ids:
        if id in messages and not messages[id].deleted:
            await _delete_message(sim, {**p, "message_id": id})
    return True


async def _pin_chat_message(sim: Simulator, p: Json) -> bool:
    msg = find_message(sim, p, "message to pin")
    msg.chat.pinned.append(msg.id)
    msg.chat.show("pin", "bot", msg)
    return True


async def _set_message_reaction(sim: Simulator, p: Json) -> bool:
    msg, reaction = find_message(sim, p, "message to react"), p.get("reaction") or []
    if len(reaction) > 1:
        raise bad("REACTIONS_TOO_MANY")
    emoji = "".join(one.get("emoji", "") for one in reaction)
    msg.chat.show("reaction", "bot", msg, emoji, {"reaction": reaction})
    return True


HANDLERS = {
    "editMessageText": _edit_message_text,
    "editMessageCaption": _edit_message_caption,
    "editMessageMedia": _edit_message_media,
    "editMessageReplyMarkup": _edit_message_reply_markup,
    "editMessageLiveLocation": _edit_message_live_location,
    "stopPoll": _stop_poll,
    "deleteMessage": _delete_message,
    "deleteMessages": _delete_messages,
    "pinChatMessage": _pin_chat_message,
    "setMessageReaction": _set_message_reaction,
}
