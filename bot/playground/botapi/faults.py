"""Telegram failing on purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.playground.botapi.wire import Json

FaultKind: TypeAlias = Literal["error", "flood", "html502", "garbage", "drop", "drop_after", "hang", "delay"]


@dataclass
class Fault:
    """Makes the next `times` calls of some methods go wrong; see Simulator.fault."""

    methods: tuple[str, ...]  # "*": all
    kind: FaultKind
    times: int
    code: int
    description: str
    seconds: float
    retry_after: int  # seconds
    when: Callable[[Json], bool] | None  # looks at the parameters as they were sent

    def hits(self, method: str, raw: Json) -> bool:
        """Whether this call runs into it."""
        is_meant = method in self.methods or "*" in self.methods
        return self.times > 0 and is_meant and (self.when is None or self.when(raw))
