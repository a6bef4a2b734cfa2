"""The pictures and films of the content, as something that can be sent: uploaded once, then named."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar

from telegram import InputFile, InputMedia, InputMediaAnimation, InputMediaPhoto, Message
from telegram.error import BadRequest

from bot.storage import uploads
from bot.storage.database import Database
from bot.telegram.refusals import is_unknown_file

log = logging.getLogger(__name__)

T = TypeVar("T")
DRAWN = "chart.png"


class Pictures:
    """The files below ``folder``, for one bot."""

    def __init__(self, folder: Path, database: Database, bot_id: int) -> None:
        self._folder, self._database, self._bot_id = folder, database, bot_id
        self._names: dict[str, str] | None = None
        self._hashes: dict[str, str] = {}

    async def send(self, picture: str | bytes, call: Callable[[str | InputFile], Awaitable[T]]) -> T:
        """Make a call with a file: by its name where Telegram knows it, and whole where it does not.

        One that is given whole was drawn for one person: nothing of it is kept.

        Raises ``OSError`` when there is no such file, and whatever the call raises.
        """
        if isinstance(picture, bytes):
            return await call(InputFile(picture, DRAWN, attach=True))
        names, sha256 = await self._known(), self._sha256(picture)
        if name := names.get(sha256):
            try:
                return await call(name)
            except BadRequest as error:
                if not is_unknown_file(error):
                    raise
                log.info("a file is uploaded again")
                await self.forget(picture)
        answer = await call(self.whole(picture))
        await self.keep(picture, answer)
        return answer

    def whole(self, picture: str) -> InputFile:
        """A file as something to upload. Raises ``OSError`` when there is none."""
        content = (self._folder / picture).read_bytes()
        return InputFile(content, Path(picture).name, attach=True)

    async def keep(self, picture: str, answer: object) -> None:
        """Note what Telegram calls a file, if its answer to a call with the whole of it says so."""
        if file_id := _file_id(answer):
            names, sha256 = await self._known(), self._sha256(picture)
            names[sha256] = file_id
            await self._database.run(
                lambda connection: uploads.keep(connection, self._bot_id, sha256, file_id)
            )

    async def names(self, pictures: Collection[str]) -> Mapping[str, str]:
        """What Telegram calls those of the files that were sent before, by this process or another.

        Raises ``OSError`` when there is no such file.
        """
        hashes = {picture: self._sha256(picture) for picture in pictures}
        names = await self._known()
        if not names.keys() >= set(hashes.values()):
            names |= await self._stored()
        return {picture: names[sha256] for picture, sha256 in hashes.items() if sha256 in names}

    async def forget(self, *pictures: str) -> None:
        """Telegram does not know these files by their names any more."""
        names, gone = await self._known(), [self._sha256(picture) for picture in pictures]
        for sha256 in gone:
            names.pop(sha256, None)
        await self._database.run(lambda connection: uploads.forget(connection, self._bot_id, *gone))

    async def _known(self) -> dict[str, str]:
        """By the hash of its content: the name of each file that was sent."""
        if self._names is None:
            self._names = await self._stored()
        return self._names

    async def _stored(self) -> dict[str, str]:
        return await self._database.run(lambda connection: uploads.load(connection, self._bot_id))

    def _sha256(self, picture: str) -> str:
        if picture not in self._hashes:
            self._hashes[picture] = hashlib.sha256((self._folder / picture).read_bytes()).hexdigest()
        return self._hashes[picture]


def is_film(picture: str | bytes) -> bool:
    """Whether a picture moves."""
    return isinstance(picture, str) and picture.endswith(".mp4")


def as_media(picture: str, file: str | InputFile, caption: str | None) -> InputMedia:
    """A file as what a message can be changed to."""
    kind: Any = InputMediaAnimation if is_film(picture) else InputMediaPhoto
    media: InputMedia = kind(file, caption=caption, parse_mode="HTML")
    return media


def _file_id(answer: object) -> str | None:
    """How Telegram calls the file of the message that it answered with."""
    if not isinstance(answer, Message):
        return None
    if answer.animation:
        return answer.animation.file_id
    return answer.photo[-1].file_id if answer.photo else None
