"""What people write, where they are, who they are and the bot's token leave no trace outside the chat.

One long conversation is held with words that occur nowhere else, at the most talkative log level. Afterwards
none of them may stand in anything the program wrote, whatever went wrong meanwhile.
"""

from __future__ import annotations

import asyncio
import io
import logging
import re
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from running_bot import PATIENCE_SECONDS, called, end_of, on, started

from bot import logs
from bot.conversation.events import Event, Said
from bot.conversation.memory import Memory
from bot.delivery.chats import Chats
from bot.flow import Answer, Companion
from bot.library import Library
from bot.playground.botapi import TOKEN, Press, Simulator, User
from bot.settings import Settings
from bot.storage.database import Database
from bot.telegram.run import run

WORDS = "zanzibarquux"
NAME = "Xanthippequux"
LATITUDE, LONGITUDE = 12.345678, 98.765432
FORMATS = ["text", "json"]


def assert_private(written: str, sim: Simulator) -> None:
    assert written, "nothing was written, so nothing was tested"
    secrets = (WORDS, NAME, "12.3456", "98.7654", sim.token, sim.token.partition(":")[2])
    assert not [secret for secret in secrets if secret.lower() in written.lower()]


def secrets_in_files(folder: Path) -> list[tuple[str, str]]:
    """The words, the name, the place and the token, wherever they stand in a file below ``folder``."""
    secrets = [WORDS, NAME, "12.3456", "98.7654", TOKEN.partition(":")[2]]
    return [
        (file.name, secret)
        for file in folder.rglob("*")
        if file.is_file()
        for stored in [file.read_bytes().lower()]
        for secret in secrets
        if secret.lower().encode() in stored
    ]


async def tell_everything(anna: User) -> None:
    """A conversation in which every kind of update carries the words."""
    await anna.start()
    welcome = await anna.expect()
    await anna.send(f"my {WORDS} neck hurts")
    answer = await anna.expect("neck pain")
    await anna.press("Another point", answer)
    await anna.expect(kinds="edit")
    message = await anna.send(f"{WORDS}")
    await anna.expect()
    await anna.edit_message(message, f"{WORDS} again")
    await anna.expect()
    await anna.send(f"/{WORDS}")
    await anna.expect()
    anna.sim.limits.flood = False
    await anna.start(f"p_{WORDS}")
    await anna.expect()
    await anna.share_location(LATITUDE, LONGITUDE)
    await anna.expect()
    await anna.send_photo(caption=f"{WORDS} my lower back hurts")
    await anna.expect()
    await anna.send_media("document", file_name=f"{WORDS}.pdf")
    await anna.expect()
    await tell_it_in_other_chats(anna)
    await agree_to_everything(anna)
    await anna.delete(welcome.msg)
    await anna.press("Body regions", welcome)
    await anna.expect(kinds="message")


async def tell_it_in_other_chats(anna: User) -> None:
    """A search, what was chosen, a mention and a tap, in a group without the bot."""
    group = anna.sim.group(NAME, anna, bot_status="left")
    for words in (WORDS, f"{WORDS} neck"):
        answer = await anna.inline_query(words)
    await anna.choose(answer.results[0], group, words)
    await anna.send(f"@{anna.sim.me['username']} {WORDS} neck", group)
    mention = await anna.expect("neck")
    stale = Press(anna, {"text": WORDS, "callback_data": WORDS})
    await anna.sim.push_callback(stale, mention.msg).answered()


async def agree_to_everything(anna: User) -> None:
    """All that can be stored is stored: a profile, a reminder, a zone, and a routine that runs."""
    await anna.send(f"I'm 20 weeks pregnant {WORDS}")
    await anna.press("Yes, remember it", await anna.expect("You told me that"))
    await anna.press("Yes, store it", await anna.expect("May I store", kinds="edit"))
    await anna.expect("Stored", kinds="edit")
    await anna.send(f"remind me of GV20 every day at 8 am {WORDS}")
    await anna.expect("city", timeout=20)
    await anna.share_location(LATITUDE, LONGITUDE)
    await anna.expect("I will remind you of GV20")
    await anna.send(f"time GV20 for 60 seconds {WORDS}")
    await anna.press("Start", await anna.expect("GV20"))
    await anna.expect("signal", kinds="edit message")


async def tell_it_while_telegram_fails(anna: User) -> None:
    sim = anna.sim
    sim.fault("sendMessage", code=400, description=f"Bad Request: can't parse entities: {WORDS}")
    await anna.send(f"where is {WORDS} LI4")
    sim.fault("getUpdates", code=500, description=f"Internal Server Error: {WORDS}")
    for kind in ("garbage", "drop"):
        sim.fault("getUpdates", kind)
        sim.fault("sendMessage", kind)
        await anna.send(f"my {WORDS} lower back hurts")
        await anna.expect("lower back pain")
    # An update in which something is missing that the library needs.
    sim.push("message", {"message_id": 1, "from": anna.json, "text": WORDS})
    await anna.send(f"where is {WORDS} KI3")
    await anna.expect("KI3")


async def test_a_process_that_tells_all_it_knows_tells_nothing_about_anyone(tmp_path: Path) -> None:
    async def talk(format: str) -> None:
        async with Simulator() as sim:
            anna = sim.user(1001, NAME, last_name=NAME, username=NAME)
            settings = {**on(sim), "LOG_LEVEL": "DEBUG", "LOG_FORMAT": format}
            folder = tmp_path / format
            folder.mkdir()
            async with started(folder, **settings) as process:
                await tell_everything(anna)
                await tell_it_while_telegram_fails(anna)
                process.send_signal(signal.SIGTERM)
                ended = await end_of(process)

            assert ended.code == 0
            assert ended.out == ""
            assert "Telegram cannot be reached" in ended.err
            assert_private(ended.err, sim)

    await asyncio.gather(*(talk(format) for format in FORMATS))

    assert secrets_in_files(tmp_path) == []


# --- a crash of our own


class Crash(Exception):
    """Like most errors, it quotes what it could not handle."""


class CrashingCompanion(Companion):
    """Fails over everything that anybody says."""

    def answer(self, event: Event, memory: Memory, now: datetime, **more: object) -> Answer:
        if isinstance(event, Said):
            words = event.text
            try:
                raise KeyError(words)
            except KeyError:
                raise Crash(f"cannot answer {words!r}") from None
        return super().answer(event, memory, now, **more)


@pytest.fixture
def _logging_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for owner, hook in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(owner, hook, getattr(owner, hook))
    root = logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in logs.LIBRARIES_THAT_TELL_TOO_MUCH)]
    levels, handlers = [each.level for each in loggers], list(root.handlers)
    yield
    root.handlers[:] = handlers
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.mark.usefixtures("_logging_as_before")
@pytest.mark.parametrize("format", FORMATS)
async def test_a_crash_is_one_apology_with_a_number_that_stands_in_the_log_beside_the_place(
    library: Library, database: Database, format: str, capfd: pytest.CaptureFixture[str]
) -> None:
    written = io.StringIO()
    logs.configure("DEBUG", format, written)
    async with Simulator() as sim:
        anna, operator = sim.user(1001, NAME), sim.user(1002, "Operator")
        operator.started = True  # nobody can be written to who never wrote to the bot
        settings = {name.lower(): value for name, value in on(sim).items()}
        polled = called(sim, "getUpdates", times=2)
        running = asyncio.ensure_future(
            run(
                Chats(CrashingCompanion(library), database),
                Settings(_env_file=None, admin_chat_id=operator.id, **settings),
            )
        )
        await anna.send(f"my {WORDS} neck hurts")
        apology = await anna.expect()
        notice = await operator.expect("Crash")
        await asyncio.wait_for(polled.wait(), PATIENCE_SECONDS)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

        sent = [event for event in anna.events if event.kind == "message"]
        assert len(sent) == 1
        assert WORDS not in apology.text
        [number] = re.findall(r"\b[0-9a-f]{8}\b", apology.text)
        assert number in notice.text
        assert WORDS not in notice.text
        assert NAME not in notice.text
        [line] = [line for line in written.getvalue().splitlines() if number in line]
        assert "ERROR" in line
        assert "Crash" in written.getvalue()
        assert "answer" in written.getvalue()
        assert_private(written.getvalue(), sim)
        assert_private("." + "".join(capfd.readouterr()), sim)
