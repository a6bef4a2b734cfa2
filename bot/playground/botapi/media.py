"""Pictures, sounds and other files: taking them in, sending them again by file_id, handing them out."""

from __future__ import annotations

import re
import struct
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from aiohttp import ClientError

from bot.playground.botapi.messages import MEDIA_KINDS, File
from bot.playground.botapi.wire import Json, Upload, bad, pick

if TYPE_CHECKING:
    from bot.playground.botapi.server import Simulator

MIME = {
    "photo": "image/jpeg",
    "animation": "video/mp4",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "voice": "audio/ogg",
    "sticker": "image/webp",
    "video_note": "video/mp4",
}
MAGIC = {b"\x89PNG": "image/png", b"GIF8": "image/gif"}
PHOTO_SIDES = (90, 320, 800, 1280)  # Telegram keeps a photo in these sizes, in pixels of the longer side
MOST_SIDES, MOST_RATIO = 10_000, 20  # a photo's width and height together; the longer side to the shorter
MOST_DOWNLOAD_BYTES = 20 << 20
LOCAL_URL = re.compile(r"https?://(127\.0\.0\.1|localhost)\b")


async def media_content(sim: Simulator, kind: str, value: Any, p: Json) -> tuple[Json, File]:
    """The content of a media message, and its file, from an upload, a file_id or a URL. Raises ApiError."""
    spoiler = {"has_media_spoiler": True} if p.get("has_spoiler") else {}
    if value in (None, ""):
        raise bad(f"there is no {kind.replace('_', ' ')} in the request")
    if isinstance(value, str) and (file := sim.files.get(value)):
        if file.kind != kind:
            raise bad(f"can't use file of type {_type_name(file.kind)} as {_type_name(kind)}")
        return {**file.content, **spoiler}, file
    name, data = (value.name, value.data) if isinstance(value, Upload) else await _fetch(sim, value)
    if data == b"":
        raise bad("file must be non-empty")
    fields = pick(p, "duration", "width", "height", "title", "performer")
    if kind == "photo" and data is not None:
        fields |= _measured(sim, data)
    file = store(sim, kind, name, data, fields)
    return {**file.content, **spoiler}, file


async def _fetch(sim: Simulator, url: str) -> tuple[str, bytes | None]:
    """Name and bytes of what is at a URL. Only this machine is asked; elsewhere the bytes are None."""
    if url.startswith("attach://"):
        raise bad("can't parse InputMedia: media not found")
    if not re.match(r"https?://", url):
        raise bad("wrong file identifier/HTTP URL specified")
    data = None
    if LOCAL_URL.match(url):
        with suppress(ClientError, OSError):
            async with sim.session.get(url) as answer:
                data = await answer.read() if answer.status == 200 else None
        if not data:
            raise bad("failed to get HTTP URL content")
    return PurePosixPath(url.partition("?")[0]).name, data


def _measured(sim: Simulator, data: bytes) -> Json:
    """Width and height of a photo Telegram accepts. Raises ApiError."""
    if len(data) > sim.limits.photo_bytes:
        most = f"the maximum size is {sim.limits.photo_bytes} bytes"
        raise bad(f"file of size {len(data)} bytes is too big for a photo; {most}")
    size = image_size(data)
    if not size:
        raise bad("IMAGE_PROCESS_FAILED")
    if sum(size) > MOST_SIDES or max(size) > MOST_RATIO * min(size):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return {"width": size[0], "height": size[1]}


def store(sim: Simulator, kind: str, name: str, data: bytes | None, fields: Json) -> File:
    """Keep a file; `fields` describe it, such as duration. Each size of a photo has its own file_id."""
    number = sim.next_id()
    stem = f"AgAD{kind}{number}"
    mime = MAGIC.get((data or b"")[:4]) or MIME.get(kind, "application/octet-stream")
    size = {} if data is None else {"file_size": len(data)}
    if kind == "photo":
        sizes = _photo_sizes(fields.get("width", 800), fields.get("height", 600))
        shapes: list[Json] = [{"width": width, "height": height} for width, height in sizes]
    else:
        shapes = [{"mime_type": mime, "file_name": name, **fields}]
    descriptions: list[Json] = []
    for i, shape in enumerate(shapes):
        ids = {"file_id": f"{stem}-{i}", "file_unique_id": f"u{number}-{i}"}
        descriptions.append(_description(sim, kind, {**shape, **size, **ids}))
    content: Json = {kind: descriptions if kind == "photo" else descriptions[0]}
    if kind == "animation":  # so that older apps show it as a file
        content["document"] = pick(descriptions[0], "file_id", "file_unique_id", "mime_type")
    for one in descriptions:
        id = one["file_id"]
        file = sim.files[id] = File(id, one["file_unique_id"], kind, name or kind, data, mime, content)
    return file


def _description(sim: Simulator, kind: str, facts: Json) -> Json:
    type_name = "PhotoSize" if kind == "photo" else kind.title().replace("_", "")
    known = sim.spec.fields(type_name)
    given = {key: value for key, value in facts.items() if key in known and value not in ("", None)}
    return {**sim.spec.dummy(type_name), **given}


def _photo_sizes(width: int, height: int) -> list[tuple[int, int]]:
    """The sizes a photo is kept in, smallest first; none is larger than the photo."""
    scales = sorted({min(1.0, side / max(width, height)) for side in PHOTO_SIDES})
    return [(max(1, int(width * scale)), max(1, int(height * scale))) for scale in scales]


def _type_name(kind: str) -> str:
    """Telegram's inner name for a kind of file."""
    return {"voice": "VoiceNote"}.get(kind, kind.title().replace("_", ""))


def image_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG (a WebP counts as 800x600); None if it is none of them."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) > 32:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data.startswith(b"GIF8") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return 800, 600
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """A JPEG is a chain of segments; one that starts a frame has the size in it."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        if data[at + 1] in (0xC0, 0xC1, 0xC2):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


async def _get_file(sim: Simulator, p: Json) -> Json:
    file = sim.files.get(p.get("file_id", ""))
    if not file:
        raise bad("invalid file_id")
    if file.size > MOST_DOWNLOAD_BYTES:
        raise bad("file is too big")
    ids = {"file_id": file.id, "file_unique_id": file.unique_id}
    return {**ids, "file_size": file.size, "file_path": f"{file.id}/{file.name}"}


SENDING = {"send" + kind.title().replace("_", ""): kind for kind in MEDIA_KINDS}  # method -> kind
HANDLERS = {"getFile": _get_file}
