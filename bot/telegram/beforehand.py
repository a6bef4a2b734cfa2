"""The pictures that results in other chats can show, uploaded before anybody searches.

A result can only show a picture that Telegram has. Those that were never sent to anybody go to the chat of
the operator, without a sound, and are deleted there at once; Telegram keeps knowing them by their names.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from telegram import Bot, InputMediaPhoto, Message

from bot.delivery.budget import Budget, rate_for
from bot.flow import Companion
from bot.library import ENGLISH
from bot.telegram.calls import persist
from bot.telegram.pictures import Pictures

log = logging.getLogger(__name__)

TOGETHER = 3
"""Pictures in one album. A chat takes five messages at once: two are left for an answer to the operator."""
LAST_SECONDS = 2.0
"""How long a process that stops waits for an album that is on its way, so that nothing of it remains."""
MOST_ATTEMPTS_TO_DELETE = 3


async def upload_beforehand(
    bot: Bot, companion: Companion, pictures: Pictures, budget: Budget, chat_id: int | None
) -> None:
    """Upload what results can show and Telegram does not know; nothing where the operator has no chat.

    It waits for everything else that is sent. The first call that fails ends it, until the next start.
    """
    if chat_id is None:
        return
    try:
        for language in sorted(companion.languages, key=lambda code: (code != ENGLISH, code)):
            writer = await asyncio.to_thread(companion.writer_for, language)
            wanted = await _unknown(writer.sharing.pictures, pictures)
            for start in range(0, len(wanted), TOGETHER):
                # Somebody may have been sent one of them in the meantime.
                album = await _unknown(wanted[start : start + TOGETHER], pictures)
                for _ in album:
                    await budget.wait(chat_id)
                await _to_its_end(asyncio.create_task(_show(bot, pictures, album, chat_id)))
                await asyncio.sleep(len(album) * rate_for(chat_id).interval_seconds)
    except Exception as error:  # the bot does without, whatever is wrong
        log.warning("some pictures are not known for searches", extra={"reason": type(error).__name__})


async def _unknown(wanted: Sequence[str], pictures: Pictures) -> Sequence[str]:
    """Those of the pictures that Telegram has no name for."""
    known = await pictures.names(wanted)
    return [picture for picture in wanted if picture not in known]


async def _show(bot: Bot, pictures: Pictures, album: Sequence[str], chat_id: int) -> None:
    """Send pictures, keep their names, and delete the messages."""
    if not album:
        return
    files = [InputMediaPhoto(pictures.whole(picture)) for picture in album]
    if len(files) > 1:
        messages: Sequence[Message] = await bot.send_media_group(chat_id, files, disable_notification=True)
    else:  # that is no album for Telegram
        messages = [await bot.send_photo(chat_id, pictures.whole(album[0]), disable_notification=True)]
    try:
        for picture, message in zip(album, messages, strict=True):
            await pictures.keep(picture, message)
    finally:
        ids = [message.message_id for message in messages]
        await persist(partial(bot.delete_messages, chat_id, ids), MOST_ATTEMPTS_TO_DELETE)


async def _to_its_end(sending: asyncio.Task[None]) -> None:
    """Wait for what is being sent, for a moment also after being cancelled."""
    try:
        await asyncio.shield(sending)
    except asyncio.CancelledError:
        with suppress(Exception):
            await asyncio.wait_for(sending, LAST_SECONDS)
        raise
