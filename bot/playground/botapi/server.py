"""The simulator: a Telegram with one bot in it, its people, and the switches a test needs."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import Any, Self

from aiohttp import ClientSession, ClientTimeout, TCPConnector, web

from bot.playground.botapi.calls import Call, Violation
from bot.playground.botapi.chats import Chat
from bot.playground.botapi.endpoint import Endpoint
from bot.playground.botapi.faults import Fault, FaultKind
from bot.playground.botapi.guests import GuestQuery
from bot.playground.botapi.inline import CacheKey, InlineAnswer, InlineQuery
from bot.playground.botapi.limits import FloodGate, Limits
from bot.playground.botapi.messages import File, Msg
from bot.playground.botapi.methods import carry_out
from bot.playground.botapi.people import Press, User
from bot.playground.botapi.profile import commands_for
from bot.playground.botapi.spec import load_spec
from bot.playground.botapi.updates import Updates
from bot.playground.botapi.wire import ApiError, Clock, Json, Upload, bad

TOKEN = "123456789:AAE-simulated_token_for_black_box_tests"


class Simulator:
    """Telegram with one bot. Use as `async with`; everything runs in the event loop of the caller.

    `port` 0 takes a free one. With `listen=False` nothing is opened: call `routes(app)` to add the Bot API to
    a site of your own, and set `port` once it is known. `clock` returns Unix time in seconds and may be
    replaced at any time. Dates and ages follow it; rate limits and waiting go by the real passing of time.
    """

    def __init__(
        self,
        token: str = TOKEN,
        username: str = "sim_test_bot",
        first_name: str = "Test bot",
        *,
        limits: Limits | None = None,
        privacy_mode: bool = True,
        inline_mode: bool = True,
        inline_feedback: bool = True,
        guest_mode: bool = True,
        strict_webhook_url: bool = False,
        host: str = "127.0.0.1",
        port: int = 0,
        listen: bool = True,
        clock: Clock = time.time,
    ) -> None:
        self.token, self.host, self.port, self.clock = token, host, port, clock
        self.limits, self.spec = limits or Limits(), load_spec()
        self.privacy_mode, self.guest_mode = privacy_mode, guest_mode
        self.inline_mode, self.inline_feedback = inline_mode, inline_feedback
        self.strict_webhook_url = strict_webhook_url  # hold webhooks on this machine to Telegram's rules, too
        bot_id = int(token.split(":")[0])
        self.me: Json = {"id": bot_id, "is_bot": True, "first_name": first_name, "username": username}
        # What the bot did
        self.calls: list[Call] = []
        self.counts: Counter[str] = Counter()  # calls of each method
        self.violations: list[Violation] = []
        # What Telegram knows
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}  # by file_id
        self.commands: dict[tuple[str, str], list[Json]] = {}  # by scope as JSON, and language
        self.profile: dict[
            tuple[str, str], str
        ] = {}  # by "name", "description", "short_description", and language
        self.menu_buttons: dict[int, Json] = {}  # by chat; 0: the default
        self.presses: dict[str, Press] = {}  # by callback query id
        self.inline_queries: dict[str, InlineQuery] = {}
        self.inline_cache: dict[CacheKey, InlineAnswer] = {}
        self.inline_messages: dict[str, Msg] = {}
        self.guest_queries: dict[str, GuestQuery] = {}
        self.logged_out = False
        self.updates = Updates(self)
        self.flood = FloodGate(self)
        self.session: ClientSession  # for webhooks and for files sent as a URL
        self._faults: list[Fault] = []
        self._endpoint = Endpoint(self)
        self._listen = listen
        self._socket: web.TCPSite | None = None
        self._last_id = self.now()  # so that a later run has other ids
        self._message_ids: Counter[int] = Counter()

    # Life

    async def __aenter__(self) -> Self:
        if self._listen:
            app = web.Application(client_max_size=2 * self.limits.upload_bytes)
            self.routes(app)
            self._runner = web.AppRunner(
                app, access_log=None, handler_cancellation=True, shutdown_timeout=0.5
            )
            await self._runner.setup()
        await self.online()
        self.session = ClientSession(connector=TCPConnector(limit=0, ssl=False), timeout=ClientTimeout(60))
        return self

    async def __aexit__(self, *_: object) -> None:
        self.updates.drop_webhook()
        await self.offline()
        await self.session.close()
        if self._listen:
            await self._runner.cleanup()

    def routes(self, app: web.Application) -> None:
        """Add the Bot API to a site, at its root. The site's client_max_size has to allow for uploads."""
        self._endpoint.add_routes(app)

    async def online(self) -> None:
        """Be reachable (again)."""
        self._endpoint.reachable = True
        if self._listen and not self._socket:
            self._socket = web.TCPSite(self._runner, self.host, self.port, reuse_address=True)
            await self._socket.start()
            self.port = self._runner.addresses[0][1]

    async def offline(self) -> None:
        """Cut all connections and refuse new ones, as if Telegram or the network were down."""
        self._endpoint.reachable = False
        self._endpoint.cut()
        if self._socket:
            await self._socket.stop()
            self._socket = None

    @property
    def base_url(self) -> str:
        """What a bot puts before its token."""
        return f"http://{self.host}:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        """The same for files."""
        return f"http://{self.host}:{self.port}/file/bot"

    # The other side of the bot

    def user(
        self,
        id: int,
        first_name: str = "User",
        language_code: str = "en",
        username: str = "",
        last_name: str = "",
    ) -> User:
        """A new person; the bot cannot write to them before they have started it."""
        user = self.users[id] = User(self, id, first_name, language_code, username, last_name)
        self.chats[id] = user.chat
        return user

    def group(self, title: str, *members: User, type: str = "supergroup", bot_status: str = "member") -> Chat:
        """A new group; `bot_status` "left" for one without the bot."""
        id = -self.next_id() - (0 if type == "group" else 10**12)
        chat = self.chats[id] = Chat(self, id, type, title)
        chat.members, chat.bot_status = list(members), bot_status
        return chat

    def commands_for(self, user: User, chat: Chat | None = None) -> list[Json]:
        """The command menu this person sees in a group, or without one in the private chat."""
        return commands_for(self, user, chat)

    def push(self, kind: str, payload: Json) -> None:
        """Queue an update for the bot; also for kinds that no action of a person makes."""
        self.updates.push(kind, payload)

    def push_callback(self, press: Press, msg: Msg) -> Press:
        """Tell the bot that a button of this message was pressed."""
        press.chat, press.query_id = msg.chat, str(self.next_id() * 1_000_003)
        self.presses[press.query_id] = press
        where = {"inline_message_id": msg.inline_id} if msg.inline_id else {"message": msg.data}
        query = {"id": press.query_id, "from": press.user.json, "data": press.button["callback_data"]}
        self.push("callback_query", {**query, "chat_instance": str(msg.chat.id * 7), **where})
        return press

    # Going wrong

    def fault(
        self,
        methods: str | tuple[str, ...],
        kind: FaultKind = "error",
        *,
        times: int = 1,
        code: int = 500,
        description: str = "Internal Server Error",
        seconds: float = 3600,
        retry_after: int = 1,
        when: Callable[[Json], bool] | None = None,
    ) -> Fault:
        """Make the next `times` calls of these methods ("*": all) go wrong, if `when` agrees to the call.

        Kinds: error (with code and description), flood (429 with retry_after), html502 (a web page), garbage
        (broken JSON), drop (connection cut before anything happens), drop_after (cut after the call took
        effect), hang (no effect, no answer for `seconds`), delay (effect and answer after `seconds`).
        """
        names = (methods,) if isinstance(methods, str) else methods
        fault = Fault(names, kind, times, code, description, seconds, retry_after, when)
        self._faults.append(fault)
        return fault

    def clear_faults(self) -> None:
        """Let everything go well again."""
        self._faults.clear()

    def take_fault(self, method: str, raw: Json) -> Fault | None:
        """The fault this call runs into, used up by one."""
        fault = next((fault for fault in self._faults if fault.hits(method, raw)), None)
        if fault:
            fault.times -= 1
        return fault

    # Looking back

    def errors(self) -> list[Call]:
        """Calls that Telegram refused; injected faults do not count."""
        return [call for call in self.calls if call.refused]

    def unanswered(self, older_than: float = 5) -> list[Press]:
        """Pressed buttons that still show the loading indicator after `older_than` seconds."""
        now = time.monotonic()
        return [
            press
            for press in self.presses.values()
            if not press.done.done() and now - press.began > older_than
        ]

    def violate(self, method: str, text: str) -> None:
        """Note something a correct bot would not do."""
        self.violations.append(Violation(method, text, self.clock()))

    def assert_clean(self) -> None:
        """AssertionError with everything a correct bot would not have done."""
        lines = [f"{violation.method}: {violation.text}" for violation in self.violations]
        assert not lines, "\n".join(["violations:", *lines])

    # For the parts of the server

    def now(self) -> int:
        """The date of what happens now, as messages carry it: Unix seconds."""
        return int(self.clock())

    def next_id(self) -> int:
        """A number for something new: a query, a file, a group."""
        self._last_id += 1
        return self._last_id

    def next_message_id(self, chat: Chat) -> int:
        """As in Telegram, supergroups and channels count by themselves; all other chats share one counter."""
        key = chat.id if chat.type in ("supergroup", "channel") else 0
        self._message_ids[key] += 1
        return self._message_ids[key]

    def record(self, name: str, raw: Json, files: dict[str, Upload]) -> Call:
        """Put a call on record before anything happens to it."""
        method = self.spec.method_name(name) or name
        sizes = {key: f"<{len(upload.data)} bytes>" for key, upload in files.items()}
        call = Call(method, {**raw, **sizes}, self.clock())
        self.calls.append(call)
        self.counts[method] += 1
        return call

    async def call(self, call: Call, raw: Json, files: dict[str, Upload]) -> Any:
        """Carry out a recorded call; its result. Raises ApiError."""
        try:
            call.result = await carry_out(self, call.method, raw, files)
        except ApiError as error:
            call.error = error
            raise
        except (KeyError, TypeError, ValueError, AttributeError) as error:  # parameters no check expected
            self.violate(call.method, f"broken call: {error!r}")
            call.error = bad("wrong parameters")
            raise call.error from error
        return call.result
