"""What travels between a bot and the server: JSON objects, uploads, refusals."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]  # a Bot API object; its fields are those of spec.json
Clock: TypeAlias = Callable[[], float]  # returns Unix time in seconds


@dataclass(frozen=True)
class Upload:
    """A file sent along with a call."""

    name: str
    data: bytes


class ApiError(Exception):
    """An answer with ok=false: HTTP status `code`, Telegram's sentence, and hints for the bot."""

    def __init__(self, code: int, description: str, **parameters: int):
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def bad(reason: str) -> ApiError:
    """400 with Telegram's usual opening words."""
    return ApiError(400, "Bad Request: " + reason)


def too_many_requests(seconds: float) -> ApiError:
    """429; the bot is asked to wait `seconds`, rounded up, at least one."""
    wait_seconds = max(1, math.ceil(seconds))
    return ApiError(429, f"Too Many Requests: retry after {wait_seconds}", retry_after=wait_seconds)


def pick(source: Json, *keys: str) -> Json:
    """The named fields of `source`, as far as it has them."""
    return {key: source[key] for key in keys if key in source}
