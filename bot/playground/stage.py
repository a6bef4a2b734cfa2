"""What the chat page shows, as JSON for any number of pages: people, chats, the bot's state and its calls.

Pages get one whole picture first and small changes after it, so a page that lost its connection only has to
ask again. Everything a person sees comes out of the local server; nothing here talks to the bot.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bot.playground.botapi import Chat, Event, Msg, Press, Simulator, User
from bot.playground.clock import MovedClock
from bot.playground.process import BotState
from bot.playground.seats import Seat, seats
from bot.playground.time_lapse import TimeLapse

Json = dict[str, Any]

MESSAGE_KINDS = frozenset({"message", "edit", "sent", "other"})
NOTICE_KINDS = frozenset({"toast", "alert"})
CALLS_KEPT = 300
SEARCH_SECONDS = 10.0  # as long as Telegram takes an answer
UNSHOWN_METHODS = frozenset({"getUpdates"})


@dataclass(frozen=True)
class Person:
    """Somebody with a Telegram account; `id` is its number."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""


PEOPLE = (
    Person(1001, "Robin", "Hill", "robin_hill"),
    Person(1002, "Sam", "Rivers", "sam_rivers"),
    Person(1003, "Alex"),
)


@dataclass(frozen=True)
class BotCall:
    """One finished request of the bot. `params` are as they were sent; `error` is empty when it went well."""

    method: str
    params: Mapping[str, Any]
    error: str
    milliseconds: int
    result: Any = None


class Stage:
    """The people of the playground and the pages that look at them."""

    def __init__(
        self, simulator: Simulator, people: Sequence[Person] = PEOPLE, clock: MovedClock | None = None
    ) -> None:
        self.simulator = simulator
        self.clock = simulator.clock = clock or MovedClock()
        self.people: dict[int, User] = {
            person.id: simulator.user(person.id, person.first_name, "en", person.username, person.last_name)
            for person in people
        }
        self.seats = {seat.id: seat for seat in seats(simulator, list(self.people.values()))}
        self.state = BotState("starting")
        self.polled = asyncio.Event()
        self.time_lapse = TimeLapse(simulator, self.clock, lambda: self.tell("clock", self._clock()))
        self._news = {id: user.listen() for id, user in self.people.items()}
        self._pages: set[asyncio.Queue[str | None]] = set()
        self._calls: deque[Json] = deque(maxlen=CALLS_KEPT)
        self._violations_seen = 0
        self._found: dict[int, Json] = {}  # by seat, then by the id of a result
        # What a sender asked for that the message itself does not carry: silence, and a wish for a reply.
        self._manner: dict[tuple[int, int], Json] = {}

    # Pages

    @contextmanager
    def page(self) -> Iterator[asyncio.Queue[str | None]]:
        """Server-sent events for one page, first the whole picture; None when the playground ends."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        queue.put_nowait(_server_sent("picture", self.picture()))
        self._pages.add(queue)
        try:
            yield queue
        finally:
            self._pages.discard(queue)

    def close_pages(self) -> None:
        """The playground ends: let every page's stream end too."""
        for queue in self._pages:
            queue.put_nowait(None)

    def tell(self, kind: str, body: Json) -> None:
        """Send one change to every page."""
        line = _server_sent(kind, body)
        for queue in self._pages:
            queue.put_nowait(line)

    def picture(self) -> Json:
        """Everything a page needs to draw itself from nothing."""
        return {
            "clock": self._clock(),
            "bot": self._bot(),
            "people": [self._person(seat) for seat in self.seats.values()],
            "calls": list(self._calls),
        }

    # The clock

    async def move_clock(self, seconds: float) -> Json:
        """Move the time of everybody ahead: of the people, the bot and the pages. What pages now go by."""
        await self.time_lapse.go(seconds)
        return self._clock()

    def _clock(self) -> Json:
        return {"seconds_ahead": self.clock.seconds_ahead}

    # The bot

    def set_state(self, state: BotState) -> None:
        """Called when the bot's process starts or ends."""
        self.state = state
        if state.name != "ready":
            self.polled.clear()
        self.tell("bot", self._bot())

    def note_poll(self) -> None:
        """The bot asked for updates, so it is up."""
        if self.state.name == "starting":
            self.set_state(BotState("ready"))
        if self.state.name == "ready":
            self.polled.set()

    def note_call(self, call: BotCall) -> None:
        """The bot's call is over: show what it changed, and list it for developers."""
        name = call.method.lower()
        if name.startswith(("send", "forward", "copy")) and not call.error:
            self._note_manner(call)
        self.show_news()
        if name.startswith(("setmy", "deletemy")) and not call.error:
            self.tell("bot", self._bot())
            for seat in self.seats.values():
                self._tell_profile(seat)
        violations = self.simulator.violations[self._violations_seen :]
        self._violations_seen += len(violations)
        if call.method in UNSHOWN_METHODS and not call.error and not violations:
            return
        line = {
            "at": self.simulator.clock(),
            "method": call.method,
            "params": dict(call.params),
            "error": call.error,
            "milliseconds": call.milliseconds,
            "violations": [f"{violation.method}: {violation.text}" for violation in violations],
        }
        self._calls.append(line)
        self.tell("call", line)

    def _note_manner(self, call: BotCall) -> None:
        chat_id = _decoded(call.params.get("chat_id"))
        chat = self.simulator.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            return
        markup = _decoded(call.params.get("reply_markup"))
        wish = None
        if markup.get("force_reply"):
            wish = {"placeholder": markup.get("input_field_placeholder", "")}
        silent = _decoded(call.params.get("disable_notification")) is True
        sent = call.result if isinstance(call.result, list) else [call.result]  # an album is several messages
        for message in sent:
            if isinstance(message, dict) and "message_id" in message:
                manner = {"silent": silent, "force_reply": wish}
                self._manner[chat.id, message["message_id"]] = manner
        if markup.get("keyboard") or markup.get("remove_keyboard"):
            self.tell_keyboard(chat)

    # The people

    def show_news(self) -> None:
        """Pass on what the people have seen since the last time.

        The server shows a message and ends the call without a pause in between, so the manner of a message is
        known before its news is read here.
        """
        for id, news in self._news.items():
            while not news.empty():
                self._show(id, news.get_nowait())

    def _show(self, user_id: int, event: Event) -> None:
        for seat in self.seats.values():
            if seat.sees(user_id, event):
                self._show_in(seat.id, event)

    def _show_in(self, id: int, event: Event) -> None:
        if event.kind in MESSAGE_KINDS and event.msg:
            self.tell("message", {"person": id, "message": self.message(event.msg)})
        elif event.kind == "delete" and event.msg:
            self.tell("delete", {"person": id, "message_id": event.msg.id})
        elif event.kind in NOTICE_KINDS:
            self.tell(event.kind, {"person": id, "text": event.text})
        elif event.kind == "action":
            self.tell("action", {"person": id, "action": event.text})
        elif event.kind == "reaction" and event.msg:
            self.tell("reaction", {"person": id, "message_id": event.msg.id, "emoji": event.text})

    def press(self, seat: Seat, msg: Msg, button: Json) -> None:
        """Press a callback button; every page learns when the bot has answered it."""
        press = self.simulator.push_callback(Press(seat.user, button), msg)
        answered = {"person": seat.id, "message_id": msg.id, "data": button["callback_data"]}
        press.done.add_done_callback(lambda _: self.tell("answered", answered))

    async def search(self, seat: Seat, query: str, offset: str) -> Json:
        """The bot's results for what somebody types after its name. TimeoutError without an answer."""
        try:
            answer = await seat.user.inline_query(query, offset, timeout=SEARCH_SECONDS)
        except AssertionError as error:
            raise TimeoutError from error
        before = self._found.get(seat.id, {}) if offset else {}
        self._found[seat.id] = {**before, **{str(result["id"]): result for result in answer.results}}
        return {"results": answer.results, "next_offset": answer.next_offset, "button": answer.button}

    def found_for(self, seat: Seat) -> Mapping[str, Json]:
        """The results of the last search in this seat, by their ids."""
        return self._found.get(seat.id, {})

    def tell_keyboard(self, chat: Chat) -> None:
        """The reply keyboard of a chat changed."""
        for seat in self.seats.values():
            if seat.chat is chat:
                self.tell("keyboard", {"person": seat.id, "keyboard": chat.keyboard or None})

    def set_language(self, user: User, language_code: str) -> None:
        """Change the language of a person's app; commands, name and description follow."""
        user.json = {**user.json, "language_code": language_code}
        for seat in self.seats.values():
            if seat.user is user:
                self._tell_profile(seat)

    def message(self, msg: Msg) -> Json:
        """A message as the page gets it: its Bot API JSON and how it was sent."""
        manner = self._manner.get((msg.chat.id, msg.id), {})
        return {**msg.data, "from_bot": msg.from_bot, "silent": False, "force_reply": None, **manner}

    def _tell_profile(self, seat: Seat) -> None:
        self.tell("profile", {"person": seat.id, **self._profile(seat)})

    def _profile(self, seat: Seat) -> Json:
        """What depends on the person's language: commands, the bot's name, and its first words."""
        language = str(seat.user.json.get("language_code", ""))
        texts, code = self.simulator.profile, language.partition("-")[0]

        def chosen(field: str) -> str:
            return texts.get((field, code)) or texts.get((field, "")) or ""

        return {
            "language_code": language,
            "commands": self.simulator.commands_for(seat.user, seat.chat) if seat.has_bot else [],
            "bot_name": chosen("name") or self.simulator.me["first_name"],
            "description": chosen("description"),
        }

    def _person(self, seat: Seat) -> Json:
        return {
            "id": seat.id,
            "private": seat.user.id,
            "group": seat.chat.title if seat.is_group else None,
            "topic": seat.place.topic,
            "has_bot": seat.has_bot,
            "name": seat.name,
            "messages": [self.message(msg) for msg in seat.chat.visible() if seat.place.has(msg)],
            "keyboard": seat.chat.keyboard or None,
            **self._profile(seat),
        }

    def _bot(self) -> Json:
        state = self.state
        return {
            "username": self.simulator.me["username"],
            "state": state.name,
            "exit_code": state.exit_code,
            "pause_seconds": state.pause_seconds,
        }


def _decoded(value: Any) -> Any:
    """A parameter as JSON says it; parameters of a form arrive as strings."""
    if not isinstance(value, str):
        return {} if value is None else value
    try:
        return json.loads(value)
    except ValueError:
        return {}


def _server_sent(kind: str, body: Json) -> str:
    return f"event: {kind}\ndata: {json.dumps(body, ensure_ascii=False)}\n\n"
