"""The edge of the bot between the real client library and a strict local Telegram, in one event loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from telegram import Bot

from bot.delivery import clock
from bot.delivery.chats import Chats
from bot.playground.botapi import Event, Msg, Press, Simulator, User
from bot.settings import Settings
from bot.telegram.run import works
from bot.telegram.transport import Transport

PATIENCE_SECONDS = 10.0
BY_THE_BOT = ("message", "edit", "delete", "toast", "alert")


class Pending(dict[int, dict[str, Any]]):
    """Updates that are not confirmed. ``none`` is set while there are none."""

    def __init__(self) -> None:
        self.none = asyncio.Event()
        self.none.set()

    def __setitem__(self, id: int, update: dict[str, Any]) -> None:
        super().__setitem__(id, update)
        self.none.clear()

    def __delitem__(self, id: int) -> None:
        super().__delitem__(id)
        if not self:
            self.none.set()


class Stand:
    """A bot that answers, and the Telegram it answers on."""

    def __init__(self, sim: Simulator, chats: Chats) -> None:
        self.sim, self.chats = sim, chats
        self.refusals: list[str] = []
        """Words of the refusals that a test provokes on purpose. Each has to come, and no other may."""
        self.running = False
        self.ahead = timedelta(0)
        """How far the bot's clock is ahead of the machine's."""
        sim.clock = lambda: self.now().timestamp()
        self.pending = sim.updates.pending = Pending()

    async def start(
        self, read_seconds: float = 5.0, late_seconds: float = 5.0, admin_chat_id: int | None = None
    ) -> None:
        """Begin to answer. A call may take ``read_seconds``; a poll may be late by ``late_seconds``."""
        self.bot = Bot(
            self.sim.token,
            base_url=self.sim.base_url,
            base_file_url=self.sim.base_file_url,
            request=Transport(8, read_seconds),
            get_updates_request=Transport(1, late_seconds),
        )
        await self.bot.initialize()
        polling, *others = works(
            self.bot, self.chats, self.now, Settings(_env_file=None, admin_chat_id=admin_chat_id)
        )
        self.polling = asyncio.ensure_future(polling)
        self.others = [asyncio.ensure_future(each) for each in others]
        self.running = True

    def now(self) -> datetime:
        """The time as the bot sees it."""
        return clock.now() + self.ahead

    def pass_time(self, seconds: float) -> None:
        """Let time pass at once."""
        self.ahead += timedelta(seconds=seconds)
        self.chats.deadline_changed.set()

    async def stop(self) -> None:
        """Stop as the program does. Raises whatever ended the polling before."""
        self.running = False
        for task in (self.polling, *self.others):
            task.cancel()
        try:
            await asyncio.wait(self.others)
            with suppress(asyncio.CancelledError):
                await self.polling
        finally:
            await self.bot.shutdown()

    async def end_of_polling(self) -> None:
        """Wait until the polling has ended by itself."""
        await asyncio.wait({self.polling}, timeout=PATIENCE_SECONDS)
        assert self.polling.done()

    async def all_confirmed(self) -> None:
        """Wait until every update is answered, or passed over, and Telegram knows."""
        waiting = asyncio.ensure_future(self.pending.none.wait())
        await asyncio.wait({waiting, self.polling}, timeout=PATIENCE_SECONDS, return_when="FIRST_COMPLETED")
        waiting.cancel()
        assert not self.polling.done(), "the bot ended"
        assert not self.pending, f"not confirmed: {dict(self.pending)}"

    async def answers(self, person: User, *actions: Awaitable[object]) -> list[Event]:
        """All that the person sees of the bot from these actions until everything is confirmed."""
        since = len(person.events)
        for action in actions:
            await action
        await self.all_confirmed()
        return [event for event in person.events[since:] if event.kind in BY_THE_BOT]

    async def answer(self, person: User, *actions: Awaitable[object]) -> Event:
        """The one answer."""
        seen = await self.answers(person, *actions)
        assert len(seen) == 1, "\n".join(event.line() for event in seen) or "no answer"
        return seen[0]

    def sent(self, chat_id: int) -> list[dict[str, Any]]:
        """The parameters of every message the bot tried to send there, whatever became of it."""
        calls = [call.params for call in self.sim.calls if call.method == "sendMessage"]
        return [params for params in calls if str(params["chat_id"]) == str(chat_id)]

    def assert_clean(self) -> None:
        """Nothing a correct bot would not do, and no refusal but those expected."""
        self.sim.assert_clean()
        refused = [call.error.description for call in self.sim.errors() if call.error]
        unexpected = [words for words in refused if not any(part in words for part in self.refusals)]
        assert not unexpected, unexpected
        missing = [part for part in self.refusals if not any(part in words for words in refused)]
        assert not missing, f"never refused: {missing}; refused: {refused}"
        if TOO_OLD not in self.refusals:
            assert not self.sim.unanswered(older_than=0), "a button is still loading"


TOO_OLD = "query is too old"
NOT_MODIFIED = "message is not modified"
NOT_FOUND = "message to edit not found"
BLOCKED = "bot was blocked by the user"
TOO_MANY = "Too Many Requests"


def tap(person: User, message: Msg | Event, data: str, label: str = "A button") -> Press:
    """Press a button that carries this data, whether the message has such a button or not."""
    target = message.msg if isinstance(message, Event) else message
    assert target is not None
    return person.sim.push_callback(Press(person, {"text": label, "callback_data": data}), target)


def logged(message: str) -> asyncio.Event:
    """Set when the bot logs this message."""
    event = asyncio.Event()

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.getMessage() == message:
                event.set()
                logging.getLogger("bot").removeHandler(self)

    logging.getLogger("bot").addHandler(Listener())
    return event
