"""The people of the simulation: what they see of the bot and what they do.

Everything a person is shown (messages, edits, deletions, toasts, ...) becomes an Event in `user.events`;
`expect` waits for one. Everything a person does moves the point from which `expect` looks, so an old answer
never satisfies a new question.
"""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from bot.playground.botapi import guests, inline, media
from bot.playground.botapi.chats import Chat
from bot.playground.botapi.entities import detect
from bot.playground.botapi.messages import Event, EventKind, File, Matcher, Msg, without_reply
from bot.playground.botapi.texts import MOST_TEXT
from bot.playground.botapi.wire import Json

if TYPE_CHECKING:
    from bot.playground.botapi.server import Simulator

ANSWERS = ("message", "edit", "toast", "alert")  # what `expect` takes unless told otherwise
LOOKS = ("text", "style", "icon_custom_emoji_id")  # button fields that are not its action
START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


class Press:
    """A pressed button; for a callback button `answered()` waits for the end of the loading indicator."""

    def __init__(self, user: User, button: Json) -> None:
        self.user, self.button = user, button
        self.url: str = button.get("url") or button.get("web_app", {}).get("url", "")
        self.chat = user.chat  # where the bot's answer appears
        self.query_id = ""
        self.time = user.sim.clock()  # Unix seconds
        self.began = time.monotonic()
        self.done: asyncio.Future[Event | None] = asyncio.get_running_loop().create_future()

    async def answered(self, timeout: float = 10) -> Event | None:  # noqa: ASYNC109 - a test says it in one word
        """The toast or alert; None if there is no text. AssertionError after `timeout` seconds."""
        try:
            return await asyncio.wait_for(asyncio.shield(self.done), timeout)
        except TimeoutError:
            label = self.button["text"]
            raise AssertionError(f"button {label!r} is still loading after {timeout} s") from None


class User:
    """A person with a Telegram app."""

    def __init__(
        self,
        sim: Simulator,
        id: int,
        first_name: str,
        language_code: str,
        username: str = "",
        last_name: str = "",
    ) -> None:
        self.sim, self.id, self.first_name = sim, id, first_name
        names = {"first_name": first_name, "last_name": last_name, "username": username}
        given = {key: value for key, value in {**names, "language_code": language_code}.items() if value}
        self.json: Json = {"id": id, "is_bot": False, **given}
        self.chat = Chat(sim, id, "private", user=self)
        self.started = self.blocked = self.deactivated = False
        self.events: list[Event] = []
        self._mark = 0  # `expect` looks at the events from here on
        self._news = asyncio.Event()
        self._listeners: WeakSet[asyncio.Queue[Event]] = WeakSet()

    # Seeing

    def see(
        self,
        kind: EventKind,
        chat: Chat,
        by: str,
        text: str | None = None,
        msg: Msg | None = None,
        data: Json | None = None,
    ) -> Event:
        """Show something to this person; text and data left out are those of the message as it is now."""
        event = Event(kind, chat, by, text or "", self.sim.clock(), msg, data or {})
        if msg:
            event.text = msg.text if text is None else text
            event.data = msg.data if data is None else data
            event.files = list(msg.files)
        self.events.append(event)
        self._news.set()
        for queue in self._listeners:
            queue.put_nowait(event)
        return event

    def listen(self) -> asyncio.Queue[Event]:
        """A queue that gets every event from now on; it is forgotten once the caller drops it."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._listeners.add(queue)
        return queue

    async def expect(
        self,
        what: Matcher = None,
        timeout: float = 10,  # noqa: ASYNC109 - a test says it in one word
        kinds: tuple[str, ...] | str = ANSWERS,
        since: int | None = None,
    ) -> Event:
        """Wait for something the bot shows: a regular expression on the text, a predicate, or anything.

        `kinds` are event kinds, as a tuple or separated by spaces. `since` is an index of `events` to look
        from, instead of the last thing this person did. AssertionError after `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        kinds = tuple(kinds.split()) if isinstance(kinds, str) else kinds
        while True:
            for event in self.events[self._mark if since is None else since :]:
                if not event.consumed and event.kind in kinds and event.matches(what):
                    event.consumed = True
                    return event
            if (left := deadline - time.monotonic()) <= 0:
                seen = "\n".join(event.line() for event in self.events[self._mark :][-15:]) or "(nothing)"
                raise AssertionError(
                    f"{self.first_name} waited {timeout} s for {what!r} {kinds}; seen:\n{seen}"
                )
            self._news.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), left)

    async def expect_none(
        self, what: Matcher = None, seconds: float = 1, kinds: tuple[str, ...] | str = ANSWERS
    ) -> None:
        """AssertionError if it is seen within `seconds`."""
        try:
            event = await self.expect(what, seconds, kinds)
        except AssertionError:
            return
        raise AssertionError(f"{self.first_name} should not have seen: {event.line()}")

    @property
    def last(self) -> Msg | None:
        """The newest message of the bot in the private chat."""
        return next((msg for msg in reversed(self.chat.visible()) if msg.from_bot), None)

    def commands(self) -> list[Json]:
        """The command menu this person sees in the private chat."""
        return self.sim.commands_for(self)

    def transcript(self) -> str:
        """All events as plain text."""
        return "\n".join(event.line() for event in self.events)

    # Writing

    def post(
        self, chat: Chat, content: Json, files: list[File] | None = None, reply_to: Msg | None = None
    ) -> Msg:
        """Put a message of this person into a chat, and tell the bot if it may read it."""
        if chat.user:
            assert not self.blocked, f"{self.first_name} blocked the bot and has to unblock it first"
            self.started = True
        self._act()
        if reply_to:
            content = {**content, "reply_to_message": without_reply(reply_to)}
        msg = chat.add(self.json, content, files or [], from_bot=False)
        chat.show("other", self.first_name, msg)
        if chat.bot_reads(msg):
            self.sim.push("message", msg.data)
        else:
            guests.mention(self.sim, self, msg)
        return msg

    async def send(
        self,
        text: str,
        chat: Chat | None = None,
        reply_to: Msg | None = None,
        entities: list[Json] | None = None,
        **extra: Any,
    ) -> Msg:
        """Type a message; a long one is cut into several, as the apps do, and the last is returned.

        `extra` are further message fields, such as forward_origin.
        """
        assert text, "an app cannot send an empty message"
        for start in range(0, len(text), MOST_TEXT):
            part = text[start : start + MOST_TEXT]
            found = detect(part, []) if entities is None else entities
            content = {"text": part, **({"entities": found} if found else {}), **extra}
            msg = self.post(chat or self.chat, content, reply_to=reply_to)
        return msg

    async def start(self, payload: str = "") -> Msg:
        """Press Start, or open a deep link with a payload. ValueError if no link can carry the payload."""
        if not START_PAYLOAD.fullmatch(payload):
            raise ValueError(f"a deep link cannot carry {payload!r}")
        return await self.send(f"/start {payload}".strip())

    async def share_location(self, lat: float, lon: float, chat: Chat | None = None, **extra: Any) -> Msg:
        """Send a place; `extra` are further Location fields, such as live_period."""
        return self.post(chat or self.chat, {"location": {"latitude": lat, "longitude": lon, **extra}})

    async def share_contact(self, phone: str, chat: Chat | None = None) -> Msg:
        """Send the own phone number."""
        contact = {"phone_number": phone, "first_name": self.first_name, "user_id": self.id}
        return self.post(chat or self.chat, {"contact": contact})

    async def send_media(
        self, kind: str, data: bytes = b"data", chat: Chat | None = None, caption: str = "", **fields: Any
    ) -> Msg:
        """Send a photo, voice, sticker, document, video, audio, animation or video_note."""
        file = media.store(self.sim, kind, kind, data, fields)
        content = {**file.content, **({"caption": caption} if caption else {})}
        return self.post(chat or self.chat, content, [file])

    async def send_photo(
        self, data: bytes = b"\xff\xd8jpeg", caption: str = "", chat: Chat | None = None
    ) -> Msg:
        """Send a picture."""
        return await self.send_media("photo", data, chat, caption)

    async def send_voice(self, data: bytes = b"OggS", chat: Chat | None = None) -> Msg:
        """Send a voice message."""
        return await self.send_media("voice", data, chat)

    async def send_sticker(self, emoji: str = "🌧", chat: Chat | None = None) -> Msg:
        """Send a sticker that stands for an emoji."""
        return await self.send_media("sticker", b"webp", chat, emoji=emoji)

    # Changing

    async def edit_message(self, msg: Msg, text: str) -> None:
        """Change an own message."""
        self._act()
        found = detect(text, [])
        kept = {key: value for key, value in msg.data.items() if key != "entities"}
        edited = {"text": text, "edit_date": self.sim.now(), **({"entities": found} if found else {})}
        msg.data = {**kept, **edited}
        msg.chat.show("other", self.first_name, msg, f"(edited) {text}")
        if msg.chat.bot_reads(msg):
            self.sim.push("edited_message", msg.data)

    async def delete(self, *messages: Msg) -> None:
        """Delete messages for both sides; the bot is not told."""
        for msg in messages:
            msg.deleted = True

    async def react(self, msg: Msg, *emoji: str) -> None:
        """Put reactions under a message instead of those this person put there before."""
        new = [{"type": "emoji", "emoji": one} for one in emoji]
        old, msg.reactions[self.id] = msg.reactions.get(self.id, []), new
        where = {"chat": msg.chat.json, "message_id": msg.id, "user": self.json, "date": self.sim.now()}
        self.sim.push("message_reaction", {**where, "old_reaction": old, "new_reaction": new})

    async def vote(self, msg: Msg, *options: int) -> None:
        """Choose poll options by their number, from 0."""
        chosen = {"option_ids": list(options), "option_persistent_ids": [str(option) for option in options]}
        self.sim.push("poll_answer", {"poll_id": msg.data["poll"]["id"], "user": self.json, **chosen})

    async def block(self) -> None:
        """Stop the bot; it cannot write to this person any more."""
        self.blocked = True
        self.chat.report_bot_status(self, "member", "kicked")

    async def unblock(self) -> None:
        """Let the bot write again."""
        self.blocked = False
        self.chat.report_bot_status(self, "kicked", "member")

    # Pressing

    async def press(
        self,
        label: str,
        msg: Msg | Event | None = None,
        chat: Chat | None = None,
        location: tuple[float, float] | None = None,
    ) -> Press:
        """Press a button by its label, its callback data or a part of its label; the newest message first.

        `location` (latitude, longitude) is needed for a key that shares the place. AssertionError if there is
        no such button.
        """
        msg = msg.msg if isinstance(msg, Event) else msg
        chat = msg.chat if msg else chat or self.chat
        button, target = self._find_button(label, msg, chat)
        self._act()
        self.see("pressed", chat, self.first_name, f"[{button['text']}]", target, {})
        press = Press(self, button)
        if target is None:
            await self._press_key(button, chat, location)
        elif "callback_data" in button:
            self.sim.push_callback(press, target)
        else:
            action = next(str(value) for key, value in button.items() if key not in LOOKS)
            self.see("opened", chat, self.first_name, action, target, {})
        return press

    def _find_button(self, label: str, msg: Msg | None, chat: Chat) -> tuple[Json, Msg | None]:
        """The button and its message, or None for a key of the reply keyboard."""
        places: list[tuple[Json, Msg | None]] = []
        for shown in [msg] if msg else reversed(chat.visible()):
            places += [(button, shown) for button in shown.buttons]
        if not msg:
            rows = chat.keyboard.get("keyboard", [])
            places += [({"text": key} if isinstance(key, str) else key, None) for row in rows for key in row]
        exact = [place for place in places if label in (place[0]["text"], place[0].get("callback_data"))]
        similar = [place for place in places if label in place[0]["text"]]
        found = next(iter(exact + similar), None)
        labels = [button["text"] for button, _ in places]
        assert found, f"{self.first_name} sees no button {label!r}; there are {labels}"
        return found

    async def _press_key(self, key: Json, chat: Chat, location: tuple[float, float] | None) -> None:
        if chat.keyboard.get("one_time_keyboard"):
            chat.keyboard = {}
        if key.get("request_location"):
            assert location, "pass location=(latitude, longitude) to press a location button"
            await self.share_location(*location, chat=chat)
        elif key.get("request_contact"):
            await self.share_contact("+10000000000", chat)
        else:
            await self.send(key["text"], chat)

    # Inline queries

    async def inline_query(
        self,
        query: str,
        offset: str = "",
        location: tuple[float, float] | None = None,
        timeout: float = 10,  # noqa: ASYNC109 - a test says it in one word
    ) -> inline.InlineAnswer:
        """Type "@bot query" in any chat and wait for results; with `offset` for those after it."""
        self._act()
        return await inline.ask(self.sim, self, query, offset, location, timeout)

    async def choose(self, result: Json, chat: Chat | None = None, query: str = "") -> Msg:
        """Send one of the inline results into a chat."""
        return await inline.choose(self.sim, self, result, chat or self.chat, query)

    def _act(self) -> None:
        self._mark = len(self.events)
