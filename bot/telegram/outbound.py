"""A reply as API calls: new messages, changed ones, and the picture that goes with a text."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from copy import copy
from dataclasses import replace
from typing import Any, TypeVar

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.delivery.budget import Budget
from bot.delivery.courier import FAILED_PAUSE_SECONDS, Moved, TryLater, Undeliverable, Unwanted
from bot.drawing import draw
from bot.storage.outbox import MOST_SENDS, Letter
from bot.telegram.buttons import markup
from bot.telegram.calls import may_have_arrived, persist, seconds_to_wait
from bot.telegram.inbound import Address
from bot.telegram.pictures import Pictures, as_media, is_film
from bot.telegram.refusals import cannot_edit, changes_nothing, has_no_text, may_not_write
from bot.wording.chart import Chart
from bot.wording.reply import Reply

log = logging.getLogger(__name__)

MOST_ATTEMPTS_TO_END_LOADING = 2
"""Few, because the answer itself waits for it."""
MOST_SENT_INSTEAD = 256
"""Of how many messages is known for a moment what was sent in their place, or which picture beside them."""
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

T = TypeVar("T")


class Outbound:
    """Delivers replies. A picture that fails costs the picture, never the words."""

    def __init__(self, bot: Bot, budget: Budget, pictures: Pictures, *, paid: bool = False) -> None:
        """``paid`` lets Telegram charge the bot for what goes out faster than is free."""
        self._bot, self._budget, self.pictures = bot, budget, pictures
        self._paid = True if paid else None
        self._drawing = asyncio.Lock()  # one at a time: there is no hurry, and others need the processor
        self._patient, self._most_sends = True, MOST_SENDS
        self._sent_instead: OrderedDict[tuple[int | None, int | None], Reply] = OrderedDict()
        self._sent_beside: OrderedDict[tuple[int | None, int | None], int] = OrderedDict()

    async def deliver(
        self, address: Address, replies: Sequence[Reply], arrived: Callable[[], object] = lambda: None
    ) -> int | None:
        """Answer a tap in its own message, anything else with new ones. ``arrived`` is told of each of them.

        The number of the message in which a running routine is now seen, if it is in one of these.
        """
        shown = None
        toast = next((reply.toast for reply in replies if reply.toast), None)
        if address.callback_id is not None:
            await self._end_loading(address.callback_id, toast)
        for place, reply in enumerate(replies):
            if reply.toast_only:
                continue
            message_id = await self._deliver_one(address, place, reply)
            arrived()
            shown = message_id if reply.shows_round else shown
        return shown

    async def _deliver_one(self, address: Address, place: int, reply: Reply) -> int | None:
        """Deliver what stands at this place among the replies of an answer."""
        if reply.instead_of is not None:
            await self._replace(address, reply.instead_of, reply)
            return None
        in_place = address.edit is not None and place == 0 and _can_be_in_place(reply)
        return await (self._edit if in_place else self._send)(address, reply)

    async def carry(self, letter: Letter) -> int | None:
        """Send a message that was kept; see ``bot.delivery.courier.Carrier``."""
        most_sends = max(1, MOST_SENDS - letter.sends)
        try:
            if letter.address is not None:
                where = dict(letter.address)
                place = where.pop("place", 0)
                address = replace(Address(**where), chat_id=letter.chat_id)
                return await self._as(most_sends=most_sends)._deliver_one(address, place, letter.reply)
            to = Address(letter.chat_id, thread_id=letter.reply.thread_id)
            errand = self._as(patient=False, most_sends=most_sends)
            if letter.reply.instead_of is not None:
                await errand._replace_if_possible(to, letter.reply.instead_of, letter.reply)
                return None
            return (await errand._new_message(to, letter.reply)).message_id
        except RetryAfter as error:
            raise TryLater(seconds_to_wait(error)) from None
        except Forbidden:
            raise Unwanted from None
        except ChatMigrated as moved:
            raise Moved(moved.new_chat_id) from None
        except BadRequest as error:
            if may_not_write(error):
                raise Unwanted from None
            raise Undeliverable from None
        except TelegramError as error:
            if may_have_arrived(error):  # it was tried twice, and seen twice is enough
                raise Undeliverable from None
            raise TryLater(FAILED_PAUSE_SECONDS) from None

    async def _end_loading(self, callback_id: str, toast: str | None) -> None:
        """Stop the button's loading sign. When that fails, the answer is still given."""
        try:
            await persist(
                lambda: self._bot.answer_callback_query(callback_id, text=toast), MOST_ATTEMPTS_TO_END_LOADING
            )
        except TelegramError as error:
            log.info("a button went on loading", extra={"reason": type(error).__name__})

    # New messages

    async def _send(self, address: Address, reply: Reply) -> int | None:
        if address.chat_id is None:
            return None
        try:
            return (await self._new_message(address, reply)).message_id
        except ChatMigrated as moved:
            return await self._send(replace(address, chat_id=moved.new_chat_id, reply_to=None), reply)
        except Forbidden:
            _log_unwanted()
            return None
        except BadRequest as error:
            if not may_not_write(error):
                raise
            _log_unwanted()
            return None

    async def _new_message(self, address: Address, reply: Reply) -> Message:
        """The message with the words of a reply, after its picture where both do not fit into one."""
        to = ReplyParameters(address.reply_to, allow_sending_without_reply=True) if address.reply_to else None
        where: dict[str, Any] = {
            "chat_id": address.chat_id,
            "message_thread_id": address.thread_id,
            "allow_paid_broadcast": self._paid,
            "reply_parameters": to,
        }
        picture_id = None
        if picture := reply.picture or await self._drawn(reply.chart):
            fits = reply.fits_under_picture
            under = {**where, "disable_notification": reply.silent or not fits}
            if fits:
                under |= {"caption": reply.text, "reply_markup": self._markup(reply)}
            message = await self._picture(
                picture, address.chat_id, lambda file: self._send_file(picture, file, **under)
            )
            if message and fits:
                return message
            picture_id = message.message_id if message else None
        common = {
            **where,
            "parse_mode": "HTML",
            "reply_markup": _keys(reply) or self._markup(reply, picture_id),
            "disable_notification": reply.silent,
        }

        def send() -> Awaitable[Message]:
            if reply.document:
                file = InputFile(reply.document.content, reply.document.name)
                return self._bot.send_document(document=file, caption=reply.text, **common)
            return self._bot.send_message(text=reply.text, link_preview_options=NO_PREVIEW, **common)

        return await self._call(address.chat_id, send)

    async def _drawn(self, chart: Chart | None) -> bytes | None:
        """A chart as a picture; nothing when that does not work, as the words do without it."""
        if chart is None:
            return None
        try:
            async with self._drawing:
                return await asyncio.to_thread(draw, chart)
        except Exception as error:  # whatever is wrong with a drawing, it must not cost the words
            log.warning("a chart was left out", extra={"reason": type(error).__name__})
            return None

    def _send_file(self, picture: str | bytes, file: str | InputFile, **more: Any) -> Awaitable[Message]:
        if is_film(picture):
            return self._bot.send_animation(animation=file, parse_mode="HTML", **more)
        return self._bot.send_photo(photo=file, parse_mode="HTML", **more)

    async def _picture(
        self, picture: str | bytes, chat_id: int | None, call: Callable[[str | InputFile], Awaitable[T]]
    ) -> T | None:
        """Make a call with a picture; nothing when that does not work, as the words do without it."""
        try:
            return await self._call(chat_id, lambda: self.pictures.send(picture, call))
        except (RetryAfter, Forbidden, ChatMigrated):
            raise
        except (OSError, TelegramError) as error:
            if not changes_nothing(error):
                log.warning("a picture was left out", extra={"reason": type(error).__name__})
            return None

    # Changed messages

    async def _edit(self, address: Address, reply: Reply) -> int | None:
        """Change the tapped message; where that is not possible any more, send a new one."""
        place: dict[str, Any] = {"chat_id": address.chat_id, "message_id": address.edit}
        try:
            if reply.buttons_only:
                await self._change_words(self._bot.edit_message_reply_markup, place, reply)
            elif _can_become(reply, address):
                await self._change(place, reply, address)
            else:
                return await self._send_instead(address, reply)
        except BadRequest as error:
            if not cannot_edit(error):
                raise
            return await self._send(address, reply)
        except ChatMigrated as moved:
            return await self._send(replace(address, chat_id=moved.new_chat_id), reply)
        except Forbidden:
            _log_unwanted()
        return address.edit

    async def _send_instead(self, address: Address, reply: Reply) -> int | None:
        """Put a new message in the place of one that cannot become it; once, when that was tapped twice."""
        tapped = address.chat_id, address.edit
        if self._sent_instead.get(tapped) == reply:
            return None
        await self._remove(*tapped)
        shown = await self._send(address, reply)
        _note(tapped, reply, self._sent_instead)
        return shown

    async def _change(self, place: dict[str, Any], reply: Reply, address: Address) -> None:
        """Change the words of a message and the picture with it, wherever that is."""
        if (picture := reply.picture) and reply.fits_under_picture:
            await self._remove(address.chat_id, address.picture_id)
            markup = self._markup(reply)

            async def with_words(file: str | InputFile) -> object:
                media = as_media(picture, file, reply.text)
                try:
                    return await self._bot.edit_message_media(media, **place, reply_markup=markup)
                except BadRequest as error:
                    if not changes_nothing(error):
                        raise
                    return True

            if await self._picture(picture, address.chat_id, with_words):
                return
        if address.with_media:
            place = {**place, "caption": reply.text, "parse_mode": "HTML"}
            await self._change_words(self._bot.edit_message_caption, place, reply)
            return
        tapped = address.chat_id, address.edit
        known = self._sent_beside.pop(tapped, None)  # of a second tap, whose button did not know of it
        address = replace(address, picture_id=address.picture_id or known)
        picture_id = await self._picture_beside(reply, address)
        if picture_id is not None:
            _note(tapped, picture_id, self._sent_beside)
        words: dict[str, Any] = {"text": reply.text, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
        await self._change_words(self._bot.edit_message_text, place | words, reply, picture_id)

    async def _picture_beside(self, reply: Reply, address: Address) -> int | None:
        """The number of the message with the picture, changed, sent or removed as the reply wants it."""
        picture, chat_id = reply.picture, address.chat_id
        if picture is None and reply.shows_round:
            return address.picture_id  # the same step goes on
        if picture is None or chat_id is None:
            await self._remove(chat_id, address.picture_id)
            return None
        if address.picture_id:

            def change(file: str | InputFile) -> Awaitable[object]:
                media = as_media(picture, file, None)
                return self._bot.edit_message_media(media, chat_id=chat_id, message_id=address.picture_id)

            await self._picture(picture, chat_id, change)
            return address.picture_id
        where: dict[str, Any] = {
            "chat_id": chat_id,
            "disable_notification": True,
            "allow_paid_broadcast": self._paid,
        }
        message = await self._picture(picture, chat_id, lambda file: self._send_file(picture, file, **where))
        return message.message_id if message else None

    async def _replace(self, address: Address, message_id: int, reply: Reply) -> None:
        """Change an older message. When that is not possible any more, nothing is lost."""
        try:
            await self._replace_words(address, message_id, reply)
        except TelegramError as error:
            _log_left(error)

    async def _replace_if_possible(self, address: Address, message_id: int, reply: Reply) -> None:
        """Change an older message, unless Telegram refuses that for good. Raises what may pass."""
        try:
            await self._replace_words(address, message_id, reply)
        except (BadRequest, ChatMigrated) as error:  # in its new chat the message has another number
            _log_left(error)

    async def _replace_words(self, address: Address, message_id: int, reply: Reply) -> None:
        """Change the words of an older message, which may be those under a picture."""
        place = {"chat_id": address.chat_id, "message_id": message_id, "parse_mode": "HTML"}
        try:
            await self._change_words(self._bot.edit_message_text, {**place, "text": reply.text}, reply)
        except BadRequest as error:
            if not has_no_text(error):
                raise
            await self._change_words(self._bot.edit_message_caption, {**place, "caption": reply.text}, reply)

    async def _change_words(
        self,
        edit: Callable[..., Awaitable[object]],
        parameters: dict[str, Any],
        reply: Reply,
        picture_id: int | None = None,
    ) -> None:
        """Make a call that changes a message; one that changes nothing has gone well."""
        markup = self._markup(reply, picture_id)
        try:
            await self._call(parameters.get("chat_id"), lambda: edit(**parameters, reply_markup=markup))
        except BadRequest as error:
            if not changes_nothing(error):
                raise

    async def _remove(self, chat_id: int | None, message_id: int | None) -> None:
        """Delete a message of ours; one that cannot be deleted any more stays."""
        if chat_id is None or message_id is None:
            return
        try:
            await self._call(chat_id, lambda: self._bot.delete_message(chat_id, message_id))
        except (RetryAfter, Forbidden, ChatMigrated):
            raise
        except TelegramError as error:
            _log_left(error)

    async def _call(self, chat_id: int | None, call: Callable[[], Awaitable[T]]) -> T:
        attempts = itertools.count()

        async def counted() -> T:
            if self._patient:  # what is not was counted by whoever waited for its turn
                again = next(attempts) > 0  # what Telegram did not take is no message to the chat
                await self._budget.spend(None if again else chat_id)
            return await call()

        return await persist(counted, patient=self._patient, most_sends=self._most_sends)

    def _as(self, *, patient: bool = True, most_sends: int = MOST_SENDS) -> Outbound:
        """The same, for a message that waits for no 429 or may have arrived before; see ``persist``."""
        other = copy(self)
        other._patient, other._most_sends = patient, most_sends
        return other

    # Buttons

    def _markup(self, reply: Reply, picture_id: int | None = None) -> InlineKeyboardMarkup | None:
        return markup(reply, self._bot.link, picture_id)


def _note(
    message: tuple[int | None, int | None], what: T, known: OrderedDict[tuple[int | None, int | None], T]
) -> None:
    """Remember something about a message, and forget it about the oldest where it gets too much."""
    known[message] = what
    if len(known) > MOST_SENT_INSTEAD:
        known.popitem(last=False)


def _can_be_in_place(reply: Reply) -> bool:
    """Whether a reply can stand where another message stood."""
    return not (reply.document or reply.chart or reply.ask_place or reply.takes_key)


def _keys(reply: Reply) -> ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    """The key that sends where somebody is, or the end of it."""
    if reply.ask_place is None:
        return ReplyKeyboardRemove() if reply.takes_key else None
    key = KeyboardButton(reply.ask_place, request_location=True)
    return ReplyKeyboardMarkup([[key]], resize_keyboard=True, one_time_keyboard=True)


def _can_become(reply: Reply, tapped: Address) -> bool:
    """Whether a tapped message can be changed to a reply: a picture with words never to words alone."""
    if not tapped.with_media:
        return True
    return reply.fits_under_picture and (reply.picture is not None or reply.shows_round)


def _log_unwanted() -> None:
    log.info("an answer was not wanted: the bot is blocked, was removed or may not write")


def _log_left(error: TelegramError) -> None:
    log.info("an older message was left as it was", extra={"reason": type(error).__name__})
