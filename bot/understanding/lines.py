"""Readings as lines of JSON, for the ``understand`` command."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from bot.understanding.reading import Reading

MOST_BYTES_OF_A_LINE = 100_000


Read = Callable[[str], Reading]


def readings(lines: Iterable[bytes], read: Read) -> Iterator[str]:
    """One JSON object for each line with a JSON string; an ``error`` object for a line that is none.

    Empty lines are passed over. Nothing is kept from line to line.
    """
    for line in lines:
        if line.strip():
            yield json.dumps(_read(line, read), ensure_ascii=False)


def _read(line: bytes, read: Read) -> dict[str, object]:
    if len(line) > MOST_BYTES_OF_A_LINE:
        return {"error": f"a line may have at most {MOST_BYTES_OF_A_LINE} bytes"}
    try:
        text = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": "the line is not JSON"}
    if not isinstance(text, str):
        return {"error": "the line is not a JSON string"}
    return as_json(read(text))


def as_json(reading: Reading) -> dict[str, object]:
    """A reading in the shape that the command promises."""
    danger, context = reading.danger, reading.context
    return {
        "kind": reading.kind,
        "complaints": reading.complaints,
        "points": reading.points,
        "ask": reading.ask,
        "danger": {"id": danger.id, "tier": danger.tier} if danger else None,
        "context": {
            "pregnant": context.pregnant,
            "side": context.side,
            "position": context.position,
            "helper": context.helper,
            "onset": context.onset,
            "control": context.control,
        },
    }
