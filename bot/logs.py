"""Logging that can be kept and shown to anyone: no token, no words of a person.

Three rules, enforced on the handler, because a filter on a logger does not see its children's records:

* Whatever looks like a bot token is cut out of every line.
* An error is told by its type and the places in the code it went through, never by its text or by the values
  of variables: Telegram's errors quote the message that was sent. An error that is an argument of a record is
  told by its type alone.
* Other libraries may log what they received. Of their records only the fixed text is kept; an argument or an
  extra field that is not a number is replaced by its type.

So our own code may log numbers, codes and names of its own making, and must not log what a person wrote.
An error that ends the program or a thread is logged under the same rules.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb
from typing import Any, Literal, TextIO

LIBRARIES_THAT_TELL_TOO_MUCH = ("httpx", "httpcore", "telegram", "sqlalchemy", "alembic", "procrastinate")
"""Below WARNING these log addresses with the token in them, whole updates, values of rows, and chatter."""

LONGEST_TRACE = 20
"""Places shown per error, the innermost ones."""

_TOKEN = re.compile(r"\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)
_HANDLER = "bot.logs"
_OF_EVERY_RECORD = {*vars(logging.makeLogRecord({})), "message", "asctime"}
_HERE = Path(__file__).resolve().parent

log = logging.getLogger(__name__)


def configure(
    level: str = "INFO", format: Literal["text", "json"] = "text", stream: TextIO | None = None
) -> None:
    """Send every record of `level` and above to `stream` (default: standard error). May be called again.

    `level` is the name of a level of ``logging``; another name raises ``ValueError``.
    """
    root = logging.getLogger()
    root.setLevel(level)
    handler = logging.StreamHandler(stream)
    handler.set_name(_HANDLER)
    handler.addFilter(_keep_private)
    handler.setFormatter(_JsonLines() if format == "json" else _TextLines())
    for earlier in [each for each in root.handlers if each.get_name() == _HANDLER]:
        root.removeHandler(earlier)
    root.addHandler(handler)
    for name in LIBRARIES_THAT_TELL_TOO_MUCH:
        logging.getLogger(name).setLevel(max(root.level, logging.WARNING))
    sys.excepthook = lambda _, error, __: _log_error("The program ended on an unexpected error.", error)
    threading.excepthook = lambda end: _log_error("A thread ended on an unexpected error.", end.exc_value)
    sys.unraisablehook = lambda end: _log_error("An error could not be handled anywhere.", end.exc_value)


def _log_error(sentence: str, error: BaseException | None) -> None:
    # These two are wishes to end, not errors.
    if not isinstance(error, KeyboardInterrupt | SystemExit):
        log.critical(sentence, exc_info=error)


def _keep_private(record: logging.LogRecord) -> bool:
    """Make the record safe in place: ``logging`` shows it itself when it cannot be written."""
    ours = record.name.partition(".")[0] in ("bot", "__main__")
    if isinstance(record.args, Mapping):
        record.args = {key: _argument(value, ours) for key, value in record.args.items()}
    elif record.args:
        record.args = tuple(_argument(value, ours) for value in record.args)
    try:
        message = record.getMessage() if isinstance(record.msg, str) else _kind(record.msg)
    except Exception:  # whatever a wrong template or an argument's own __str__ raises
        message = str(record.msg)
    if not ours:
        # asyncio writes its message itself; from the second line on it shows tasks with their errors' texts.
        message = message.partition("\n")[0]
    record.msg, record.args = _without_token(message), None
    for name, value in _extra(record).items():
        safe = _argument(value, ours)
        setattr(record, name, safe if isinstance(safe, int | float) else _without_token(str(safe)))
    return True


def _extra(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name, value in vars(record).items() if name not in _OF_EVERY_RECORD}


class _Type:
    """Stands for a value in a log line."""

    def __init__(self, value: object) -> None:
        self._kind = _kind(value)

    def __repr__(self) -> str:
        return f"<{self._kind}>"


def _argument(value: object, ours: bool) -> object:
    if isinstance(value, BaseException) or not (ours or isinstance(value, int | float)):
        return _Type(value)
    return value


def _kind(value: object) -> str:
    kind = type(value)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _without_token(text: str) -> str:
    return _TOKEN.sub("[token]", text)


def _errors(error: BaseException) -> Iterator[BaseException]:
    """The error, what it contains and what it came from, each once."""
    waiting, seen = [error], set[int]()
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        origin = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
        if origin is not None:
            waiting.append(origin)
        if isinstance(current, BaseExceptionGroup):
            waiting.extend(reversed(current.exceptions))


def _places(error: BaseException) -> list[str]:
    """Where the error went through our code, and where it was raised; outermost first."""
    frames = [(frame.f_code, line) for frame, line in walk_tb(error.__traceback__)]
    shown = [
        f"{_short(code.co_filename)}:{line} {code.co_name}"
        for position, (code, line) in enumerate(frames)
        if position == len(frames) - 1 or _HERE in Path(code.co_filename).parents
    ]
    return shown[-LONGEST_TRACE:]


def _short(file: str) -> str:
    path = Path(file)
    return str(path.relative_to(_HERE.parent) if _HERE in path.parents else Path(*path.parts[-2:]))


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "message": record.getMessage(),
    }
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        fields["errors"] = [{"type": _kind(each), "places": _places(each)} for each in _errors(error)]
    return fields


class _TextLines(logging.Formatter):
    """One line per record, and indented lines for its errors."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text."""
        fields = _fields(record)
        message = " ".join(
            [fields["message"], *(f"{name}={value}" for name, value in _extra(record).items())]
        )
        # A line break in a message must not look like another record.
        lines = [f"{fields['time']} {fields['level']} {fields['logger']}: {' '.join(message.splitlines())}"]
        for error in fields.get("errors", ()):
            lines += [f"  {error['type']}", *(f"    at {place}" for place in error["places"])]
        return "\n".join(lines)


class _JsonLines(logging.Formatter):
    """One JSON object per line: time, level, logger, message, extra fields and, for an error, errors."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        return json.dumps(_extra(record) | _fields(record))
