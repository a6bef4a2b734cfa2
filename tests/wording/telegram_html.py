"""A strict reader of the HTML that Telegram takes: what it would refuse with an error is a fault here.

Stricter than Telegram in one way: only the marks this project uses are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

KNOWN = {"b": [], "i": [], "blockquote": [("expandable", None)]}
LONGEST_TIME_UTF16_UNITS = 31
_TIME = re.compile(r"^<tg-time unix=\"[1-9]\d{8,10}\" format=\"[rt]\">$")
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot);)")


@dataclass(frozen=True)
class Parsed:
    """The text as it stands in the chat, how many entities it has, and what is wrong with it."""

    text: str
    entities: int
    faults: tuple[str, ...]

    @property
    def utf16_units(self) -> int:
        return len(self.text.encode("utf-16-le")) // 2


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.pieces: list[str] = []
        self.faults: list[str] = []
        self.entities = 0
        self.time_from = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tg-time":
            if not _TIME.match(self.get_starttag_text() or ""):
                self.faults.append(f"the mark {self.get_starttag_text()}")
            self.time_from = len("".join(self.pieces))
        elif KNOWN.get(tag) != attrs:
            self.faults.append(f"the mark {self.get_starttag_text()}")
        if tag in self.open:
            self.faults.append(f"<{tag}> within <{tag}>")
        if tag == "blockquote" and self.open:
            self.faults.append("a blockquote within another mark")
        self.open.append(tag)
        self.entities += 1

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")
        shown = "".join(self.pieces)[self.time_from :].encode("utf-16-le")
        if tag == "tg-time" and not 0 < len(shown) // 2 <= LONGEST_TIME_UTF16_UNITS:
            self.faults.append("a time of a length that no client shows")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.faults.append(f"<{tag}/>")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        self.faults.append("a comment")

    def handle_decl(self, decl: str) -> None:
        self.faults.append("a declaration")

    def handle_pi(self, data: str) -> None:
        self.faults.append("an instruction")


def parse(markup: str) -> Parsed:
    """Reads a reply's text."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return Parsed("".join(reader.pieces), reader.entities, (*reader.faults, *_left_over(markup, reader)))


def _left_over(markup: str, reader: _Reader) -> Iterator[str]:
    yield from (f"<{tag}> is never closed" for tag in reader.open)
    yield from (f"a bare & before {markup[at.end() : at.end() + 10]!r}" for at in _ENTITY.finditer(markup))
    bare = re.sub(r"</?[a-z]+(?: [a-z]+)?>|</?tg-time[^<>]*>", "", markup)
    if "<" in bare or ">" in bare:
        yield "a bare < or >"
