"""A log is read, or pasted into a bug report: no token is in it and no word that a person wrote."""

from __future__ import annotations

import asyncio
import gc
import io
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import logs
from bot.settings import Settings

TOKEN = "123456789:AAExampleExampleExampleExample_-1234"
WORDS = "my husband pushed me and my back hurts"
ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def logging_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for owner, hook in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(owner, hook, getattr(owner, hook))
    root = logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in logs.LIBRARIES_THAT_TELL_TOO_MUCH)]
    levels, handlers = [each.level for each in loggers], list(root.handlers)
    yield
    root.handlers[:] = handlers
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.fixture
def written() -> io.StringIO:
    return log_to("text")


@pytest.fixture
def json_written() -> io.StringIO:
    return log_to("json")


def log_to(format: Any, level: str = "DEBUG") -> io.StringIO:
    stream = io.StringIO()
    logs.configure(level, format, stream)
    return stream


def an_error_from_our_code() -> Exception:
    try:
        logs.configure(WORDS)
    except ValueError as error:
        return error
    raise AssertionError("a level of that name exists")


# --- the token


@pytest.mark.parametrize(
    "log_it",
    [
        lambda log: log.warning(f"calling /bot{TOKEN}/getMe"),  # noqa: G004 - others write it so
        lambda log: log.warning("calling %s", f"https://example.org/bot{TOKEN}/getMe"),
        lambda log: log.warning("calling %(url)s", {"url": TOKEN}),
        lambda log: log.warning("sent %r", [{"deep": (TOKEN,)}]),
        lambda log: log.warning("quoted %s", TOKEN.replace(":", "%3A")),
        lambda log: log.warning("quoted %s", TOKEN.replace(":", "%3a")),
        lambda log: log.error("failed", exc_info=ValueError(TOKEN)),
        lambda log: log.warning(f"too few values for %d %d {TOKEN}", 1),  # noqa: G004 - others write it so
    ],
)
@pytest.mark.parametrize("logger", ["bot.telegram.polling", "httpx", "someone.else"])
@pytest.mark.parametrize("format", ["text", "json"])
def test_a_token_is_cut_out_wherever_it_stands(log_it: Any, logger: str, format: Any) -> None:
    stream = log_to(format)
    # pytest's own handlers raise for a record that cannot be written.
    logging.getLogger().handlers[:-1] = []

    log_it(logging.getLogger(logger))

    assert stream.getvalue().count("\n") >= 1, "the record itself must be kept"
    assert TOKEN.rpartition(":")[2] not in stream.getvalue()


@given(token=st.from_regex(r"[0-9]{6,12}:[A-Za-z0-9_-]{30,40}", fullmatch=True))
def test_every_token_that_the_settings_accept_is_cut_out(token: str) -> None:
    accepted = Settings(_env_file=None, telegram_bot_token=token).telegram_bot_token
    assert accepted is not None
    stream = log_to("text")

    logging.getLogger("bot").info("before %s after", accepted.get_secret_value())

    assert stream.getvalue().endswith(" bot: before [token] after\n")


def test_ordinary_numbers_and_times_stay(written: io.StringIO) -> None:
    logging.getLogger("bot").info("chat 123456789 at 12:30:05 took 0.25 s")

    assert "chat 123456789 at 12:30:05 took 0.25 s" in written.getvalue()


# --- a person's words


def test_an_error_is_told_by_type_and_place_and_not_by_its_text(written: io.StringIO) -> None:
    logging.getLogger("bot").error("Could not answer.", exc_info=an_error_from_our_code())

    lines = written.getvalue().splitlines()
    assert lines[0].endswith("ERROR bot: Could not answer.")
    assert lines[1] == "  ValueError"
    assert any(line.startswith("    at bot/logs.py:") and line.endswith(" configure") for line in lines)
    assert WORDS not in written.getvalue()


def test_the_innermost_place_is_shown_even_in_another_library(written: io.StringIO) -> None:
    logging.getLogger("bot").error("Could not answer.", exc_info=an_error_from_our_code())

    last = written.getvalue().splitlines()[-1]
    assert last.startswith("    at logging/__init__.py:")


def test_causes_and_groups_are_told_the_same_way(json_written: io.StringIO) -> None:
    cause = ConnectionError(WORDS)
    group = ExceptionGroup(WORDS, [KeyError(WORDS), ValueError(WORDS)])
    group.__cause__ = cause
    cause.__cause__ = group  # a circle must not hang the log

    logging.getLogger("bot").error("Could not answer.", exc_info=group)

    entry = json.loads(json_written.getvalue())
    assert [each["type"] for each in entry["errors"]] == [
        "ExceptionGroup",
        "KeyError",
        "ValueError",
        "ConnectionError",
    ]
    assert WORDS not in json_written.getvalue()


def test_a_suppressed_context_is_left_out(json_written: io.StringIO) -> None:
    error = ValueError(WORDS)
    error.__context__ = KeyError(WORDS)
    error.__suppress_context__ = True

    logging.getLogger("bot").error("Could not answer.", exc_info=error)

    assert [each["type"] for each in json.loads(json_written.getvalue())["errors"]] == ["ValueError"]


def test_a_text_cached_by_another_handler_is_not_used(written: io.StringIO) -> None:
    record = logging.makeLogRecord({"name": "bot", "msg": "Could not answer.", "levelno": logging.ERROR})
    record.exc_text = f"ValueError: {WORDS}"
    record.stack_info = f"line of code: {WORDS}"

    logging.getLogger("bot").handle(record)

    assert "Could not answer." in written.getvalue()
    assert WORDS not in written.getvalue()


@pytest.mark.parametrize(
    "log_it",
    [
        lambda log: log.error("failed: %s", ValueError(WORDS)),
        lambda log: log.error("failed: %r", ValueError(WORDS)),
        lambda log: log.error("failed: %(why)s", {"why": ValueError(WORDS)}),
        lambda log: log.error(ValueError(WORDS)),
    ],
)
def test_an_error_as_an_argument_is_told_by_its_type(log_it: Any, written: io.StringIO) -> None:
    log_it(logging.getLogger("bot.telegram"))

    assert "ValueError" in written.getvalue()
    assert WORDS not in written.getvalue()


def test_what_another_library_received_is_not_written(written: io.StringIO) -> None:
    log = logging.getLogger("telegram.Bot")

    log.critical("Received data was %r, attempt %d of %s", [{"text": WORDS}], 2, 3)
    log.error("Could not use %(update)s", {"update": WORDS})
    log.error([WORDS])

    first, second, third = written.getvalue().splitlines()
    assert first.endswith("Received data was <list>, attempt 2 of 3")
    assert second.endswith("Could not use <str>")
    assert third.endswith("telegram.Bot: list")


def test_our_own_records_keep_their_arguments(written: io.StringIO) -> None:
    logging.getLogger("bot.telegram").info("update %d: %s", 5, "LI4")

    assert written.getvalue().splitlines()[0].endswith("bot.telegram: update 5: LI4")


def test_extra_fields_are_written_after_the_message(written: io.StringIO) -> None:
    logging.getLogger("bot").info("too late", extra={"reason": "TimedOut", "seconds": 2.5})

    assert written.getvalue().endswith(" INFO bot: too late reason=TimedOut seconds=2.5\n")


def test_extra_fields_are_keys_in_json(json_written: io.StringIO) -> None:
    logging.getLogger("bot").info("too late", extra={"reason": "TimedOut", "seconds": 2.5, "level": "none"})

    entry = json.loads(json_written.getvalue())
    assert (entry["reason"], entry["seconds"]) == ("TimedOut", 2.5)
    assert entry["level"] == "INFO", "an extra field cannot hide a field of every record"


@pytest.mark.parametrize("format", ["text", "json"])
def test_extra_fields_are_kept_private_too(format: str) -> None:
    stream = log_to(format)

    logging.getLogger("bot").info("one", extra={"url": f"/bot{TOKEN}/getMe", "why": ValueError(WORDS)})
    logging.getLogger("telegram").warning("two", extra={"update": {"text": WORDS}})

    assert "[token]" in stream.getvalue()
    assert "ValueError" in stream.getvalue()
    assert TOKEN not in stream.getvalue()
    assert WORDS not in stream.getvalue()


async def test_a_task_that_failed_unseen_is_logged_without_its_text(written: io.StringIO) -> None:
    async def fail() -> None:
        raise ValueError(WORDS)

    task = asyncio.ensure_future(fail())
    await asyncio.wait([task])
    del task
    gc.collect()

    assert "asyncio: Task exception was never retrieved" in written.getvalue()
    assert "ValueError" in written.getvalue()
    assert WORDS not in written.getvalue()


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("raise ValueError(WORDS)", "The program ended on an unexpected error."),
        (
            "import threading\ndef fail(): raise ValueError(WORDS)\nt = threading.Thread(target=fail)\n"
            "t.start(); t.join()",
            "A thread ended on an unexpected error.",
        ),
        (
            "class Leaky:\n    def __del__(self): raise ValueError(WORDS)\nLeaky()",
            "An error could not be handled anywhere.",
        ),
    ],
)
def test_an_error_that_nothing_caught_is_logged_without_its_text(program: str, sentence: str) -> None:
    start = f"from bot import logs\nlogs.configure()\nWORDS = {WORDS!r}\n"

    ended = subprocess.run(
        [sys.executable, "-c", start + program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert f"CRITICAL bot.logs: {sentence}\n  ValueError\n" in ended.stderr
    assert WORDS not in ended.stderr


def test_ending_on_purpose_is_no_error(written: io.StringIO) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    sys.excepthook(SystemExit, SystemExit(), None)

    assert written.getvalue() == ""


# --- levels and formats


@pytest.mark.parametrize("library", ["httpx", "httpcore.connection", "telegram.ext.Application"])
def test_chatty_libraries_stay_quiet_below_warning(library: str, written: io.StringIO) -> None:
    log = logging.getLogger(library)

    log.debug("one")
    log.info("two")
    log.warning("three")

    assert [line.rpartition(" ")[2] for line in written.getvalue().splitlines()] == ["three"]


def test_a_level_above_warning_holds_for_chatty_libraries_too() -> None:
    stream = log_to("text", "ERROR")

    logging.getLogger("telegram").warning("quiet")
    logging.getLogger("bot").warning("quiet")
    logging.getLogger("bot").error("heard")

    assert [line.rpartition(" ")[2] for line in stream.getvalue().splitlines()] == ["heard"]


def test_a_json_record_is_one_line_with_its_time_in_utc(json_written: io.StringIO) -> None:
    log = logging.getLogger("bot.telegram")
    record = log.makeRecord(log.name, logging.INFO, "", 0, 'kept "as it is"\nä', (), None)
    record.created = 1_767_225_599.5

    log.handle(record)

    assert json_written.getvalue().count("\n") == 1
    entry = json.loads(json_written.getvalue())
    assert datetime.fromisoformat(entry["time"]) == datetime.fromisoformat("2025-12-31T23:59:59.500+00:00")
    assert datetime.fromisoformat(entry["time"]).utcoffset() == timedelta(0)
    assert entry["level"] == "INFO"
    assert entry["logger"] == "bot.telegram"
    assert entry["message"] == 'kept "as it is"\nä'
    assert set(entry) == {"time", "level", "logger", "message"}


def test_a_line_break_in_a_message_cannot_forge_a_record(written: io.StringIO) -> None:
    logging.getLogger("bot").info("name\n2026-01-01T00:00:00.000+00:00 CRITICAL bot: forged")

    assert written.getvalue().count("\n") == 1


def test_configuring_again_replaces_what_was_configured(written: io.StringIO) -> None:
    again = log_to("text")

    logging.getLogger("bot").info("once")

    assert written.getvalue() == ""
    assert again.getvalue().count("once") == 1


def test_a_very_long_trace_is_cut_to_its_innermost_places(json_written: io.StringIO) -> None:
    code = "def dig(depth):\n    if depth:\n        dig(depth - 1)\n    raise ValueError"
    names: dict[str, Any] = {}
    exec(compile(code, ROOT / "bot" / "deep.py", "exec"), names)
    try:
        names["dig"](200)
    except ValueError as error:
        logging.getLogger("bot").error("Too deep.", exc_info=error)

    places = json.loads(json_written.getvalue())["errors"][0]["places"]
    assert places == ["bot/deep.py:3 dig"] * (logs.LONGEST_TRACE - 1) + ["bot/deep.py:4 dig"]
