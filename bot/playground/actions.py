"""What the people of the playground do, one function for each request of the page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.playground import bodies
from bot.playground.botapi import Msg
from bot.playground.seats import Seat
from bot.playground.stage import Stage

SAMPLE_PHOTO = Path(__file__).with_name("page") / "sample-photo.jpg"


class NotThere(Exception):
    """The message, button or key that was meant is not there; the text is a sentence for the reader."""


@dataclass(frozen=True)
class Action:
    """A kind of request: the body it takes and what it does."""

    body: type[bodies.Body]
    do: Callable[[Stage, Seat, Any], Awaitable[dict[str, Any]]]


async def _start(stage: Stage, seat: Seat, body: bodies.Start) -> dict[str, Any]:
    """In private, wherever the link was: there is no START in a group."""
    return _sent(stage, await seat.user.start(body.payload))


async def _text(stage: Stage, seat: Seat, body: bodies.Words) -> dict[str, Any]:
    reply_to = None if body.reply_to is None else _message(seat, body.reply_to)
    return _sent(stage, await seat.user.send(body.text, seat.chat, reply_to))


async def _forward(stage: Stage, seat: Seat, body: bodies.Forward) -> dict[str, Any]:
    origin = {"type": "hidden_user", "sender_user_name": body.from_name, "date": int(stage.simulator.clock())}
    return _sent(stage, await seat.user.send(body.text, seat.chat, forward_origin=origin))


async def _sticker(stage: Stage, seat: Seat, body: bodies.Sticker) -> dict[str, Any]:
    return _sent(stage, await seat.user.send_sticker(body.emoji, seat.chat))


async def _photo(stage: Stage, seat: Seat, body: bodies.Photo) -> dict[str, Any]:
    return _sent(stage, await seat.user.send_photo(SAMPLE_PHOTO.read_bytes(), body.caption, seat.chat))


async def _voice(stage: Stage, seat: Seat, _body: bodies.Voice) -> dict[str, Any]:
    return _sent(stage, await seat.user.send_voice(chat=seat.chat))


async def _contact(stage: Stage, seat: Seat, _body: bodies.Contact) -> dict[str, Any]:
    return _sent(stage, await seat.user.share_contact("+10000000000", seat.chat))


async def _location(stage: Stage, seat: Seat, body: bodies.Location) -> dict[str, Any]:
    return _sent(stage, await seat.user.share_location(body.latitude, body.longitude, seat.chat))


async def _edit(stage: Stage, seat: Seat, body: bodies.Edit) -> dict[str, Any]:
    msg = _message(seat, body.message_id)
    if msg.data["from"]["id"] != seat.user.id or msg.from_bot or "text" not in msg.data:
        raise NotThere("Only an own text can be edited.")
    await seat.user.edit_message(msg, body.text)
    return _sent(stage, msg)


async def _press(stage: Stage, seat: Seat, body: bodies.Press) -> dict[str, Any]:
    msg = _message(seat, body.message_id)
    button = _at(msg.data.get("reply_markup", {}).get("inline_keyboard", []), body.row, body.column)
    if "callback_data" not in button:
        raise NotThere("This button does not ask the bot.")
    stage.press(seat, msg, button)
    return {}


async def _key(stage: Stage, seat: Seat, body: bodies.Key) -> dict[str, Any]:
    key = _at(seat.chat.keyboard.get("keyboard", []), body.row, body.column)
    key = {"text": key} if isinstance(key, str) else key
    place = None if body.latitude is None or body.longitude is None else (body.latitude, body.longitude)
    if key.get("request_location") and place is None:
        raise NotThere("This key needs a place.")
    if seat.chat.keyboard.get("one_time_keyboard"):
        seat.chat.keyboard = {}
        stage.tell_keyboard(seat.chat)
    if key.get("request_location") and place:
        return _sent(stage, await seat.user.share_location(*place, chat=seat.chat))
    if key.get("request_contact"):
        return _sent(stage, await seat.user.share_contact("+10000000000", seat.chat))
    return _sent(stage, await seat.user.send(key["text"], seat.chat))


async def _search(stage: Stage, seat: Seat, body: bodies.Search) -> dict[str, Any]:
    try:
        return await stage.search(seat, body.query, body.offset)
    except TimeoutError as error:
        raise NotThere("The bot did not answer in time.") from error


async def _choose(stage: Stage, seat: Seat, body: bodies.Choose) -> dict[str, Any]:
    result = stage.found_for(seat).get(body.result_id)
    if result is None:
        raise NotThere("There is no such result.")
    return _sent(stage, await seat.user.choose(result, seat.chat, body.query))


async def _language(stage: Stage, seat: Seat, body: bodies.Language) -> dict[str, Any]:
    stage.set_language(seat.user, body.language_code)
    return {}


async def _clock(stage: Stage, _seat: Seat, body: bodies.Clock) -> dict[str, Any]:
    return await stage.move_clock(body.seconds)


ACTIONS = {
    "start": Action(bodies.Start, _start),
    "text": Action(bodies.Words, _text),
    "forward": Action(bodies.Forward, _forward),
    "sticker": Action(bodies.Sticker, _sticker),
    "photo": Action(bodies.Photo, _photo),
    "voice": Action(bodies.Voice, _voice),
    "contact": Action(bodies.Contact, _contact),
    "location": Action(bodies.Location, _location),
    "edit": Action(bodies.Edit, _edit),
    "press": Action(bodies.Press, _press),
    "key": Action(bodies.Key, _key),
    "search": Action(bodies.Search, _search),
    "choose": Action(bodies.Choose, _choose),
    "language": Action(bodies.Language, _language),
    "clock": Action(bodies.Clock, _clock),
}


def _sent(stage: Stage, msg: Msg) -> dict[str, Any]:
    stage.show_news()
    return {"message_id": msg.id}


def _message(seat: Seat, message_id: int) -> Msg:
    msg = seat.chat.messages.get(message_id)
    if msg is None or msg.deleted or not seat.place.has(msg):
        raise NotThere("There is no such message.")
    return msg


def _at(rows: list[list[Any]], row: int, column: int) -> Any:
    if row >= len(rows) or column >= len(rows[row]):
        raise NotThere("There is no such button.")
    return rows[row][column]
