"""What the chat page may ask for: the JSON bodies of the POST requests under /play/."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Caption = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1024)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


class Body(BaseModel):
    """Every body names who acts: the number of a seat (see seats.py)."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    person: int


class Start(Body):
    """The START button; `payload` is what followed ?start= in a deep link."""

    payload: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{0,64}$")] = ""


class Words(Body):
    """A typed message, perhaps an answer to the message `reply_to`."""

    text: Text
    reply_to: int | None = None


class Edit(Body):
    """A new text for one of the person's own messages."""

    message_id: int
    text: Text


class Forward(Body):
    """A message forwarded from somebody called `from_name`."""

    text: Text
    from_name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]


class Sticker(Body):
    """A sticker that stands for `emoji`."""

    emoji: Annotated[str, StringConstraints(min_length=1, max_length=16)]


class Photo(Body):
    """The sample photo."""

    caption: Caption = ""


class Voice(Body):
    """A voice message without sound."""


class Contact(Body):
    """The person's own made-up phone number."""


class Location(Body):
    """A made-up place, in degrees."""

    latitude: Latitude
    longitude: Longitude


class Press(Body):
    """A button under a message, counted from zero."""

    message_id: int
    row: Annotated[int, Field(ge=0)]
    column: Annotated[int, Field(ge=0)]


class Key(Body):
    """A key of the reply keyboard, counted from zero; the place answers a key that asks for one."""

    row: Annotated[int, Field(ge=0)]
    column: Annotated[int, Field(ge=0)]
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class Search(Body):
    """What is typed after "@bot"; with `offset` for the results after those that are known."""

    query: Annotated[str, StringConstraints(max_length=20_000)] = ""
    offset: Annotated[str, StringConstraints(max_length=64)] = ""


class Choose(Body):
    """One of the results of the last search, to be sent into the chat."""

    result_id: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    query: Annotated[str, StringConstraints(max_length=20_000)] = ""


class Language(Body):
    """The language of the person's Telegram app, an IETF tag such as "en" or "pt-br"."""

    language_code: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[a-z]{2,8})?$")]


class Clock(Body):
    """The time of the playground goes ahead by `seconds`, up to a year at once."""

    seconds: Annotated[float, Field(gt=0, le=366 * 24 * 3600)]


def sentence_for(error: ValidationError) -> str:
    """One sentence that names the first fault of a body."""
    fault = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in fault["loc"])
    what = str(fault["msg"]).rstrip(".")
    return f"The field {where} is wrong: {what}." if where else f"The body is wrong: {what}."
