"""The MarkdownV2 and legacy Markdown parse modes, refusing what Telegram refuses, in its words."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl

from bot.playground.botapi.entities import EntityError, Text, byte_offset, link_entity, time_entity
from bot.playground.botapi.wire import Json

NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}
OPENING = {  # longest marks first
    "```": "pre",
    "__": "underline",
    "||": "spoiler",
    "![": "custom_emoji",
    "*": "bold",
    "_": "italic",
    "~": "strikethrough",
    "`": "code",
    "[": "text_link",
}
CLOSING = {
    "bold": "*",
    "italic": "_",
    "underline": "__",
    "strikethrough": "~",
    "spoiler": "||",
    "code": "`",
    "pre": "```",
    "text_link": "]",
    "custom_emoji": "]",
}
RESERVED = "_*[]()~`>#+-=|{}.!\n"
ESCAPED = re.compile(r"\\([\x01-\x7e])")
URL = re.compile(r"((?:\\[\x01-\x7e]|[^)])*)(\))?", re.DOTALL)
CODE_BLOCK = re.compile(r"```(?:([^\s`]+)(?=\s))?(?:\r\n|\n\r|\n|\r)?")
LEGACY_KINDS = {"_": "italic", "*": "bold", "`": "code", "```": "pre"}


def parse_markdown_v2(source: str) -> tuple[str, list[Json]]:
    """The plain text and its entities. Raises EntityError."""
    return _Parser(source).parse()


class _Open(NamedTuple):
    kind: str
    language: str
    offset: int  # UTF-16 units of text before it
    begin: int  # where its mark is in the source
    part: int  # pieces of text before it


class _Parser:
    def __init__(self, source: str) -> None:
        self.source, self.at = source, 0
        self.text = Text()
        self.open: list[_Open] = []
        self.at_line_start, self.in_quote = True, False

    def parse(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            self._step()
        if self.in_quote and self.open:
            self._end_quote(at_end=True)
        if self.open:
            raise self._unclosed()
        return self.text.done()

    def _step(self) -> None:
        char, kind = self.source[self.at], self._innermost()
        special = "`" if kind in ("code", "pre") else RESERVED
        if escaped := ESCAPED.match(self.source, self.at):
            self._put(escaped[1], 2)
        elif char not in special:
            self._put(char)
            self.at_line_start = False  # not even after a line break in code
        elif self.in_quote and char == "\n" and not self._sees("\n>"):
            self._end_quote()
        elif kind in CLOSING and self._sees(CLOSING[kind]) and not (kind == "italic" and self._sees("__")):
            self._end_entity()
        elif char == "\n":
            self._put(char)
        elif char == ">" and self.at_line_start:
            if not self.in_quote:
                self._begin("blockquote")
            self.in_quote, self.at = True, self.at + 1
        else:
            self._begin_entity(char)

    def _put(self, char: str, length: int = 1) -> None:
        self.text.put(char)
        self.at += length
        self.at_line_start = char == "\n"

    def _begin(self, kind: str, language: str = "") -> None:
        self.open.append(_Open(kind, language, self.text.size, self.at, len(self.text.parts)))

    def _begin_entity(self, char: str) -> None:
        mark = next((mark for mark in OPENING if self._sees(mark)), "")
        if not mark:
            raise EntityError(f"Character '{char}' is reserved and must be escaped with the preceding '\\'")
        if block := CODE_BLOCK.match(self.source, self.at):
            self._begin("pre", block[1] or "")
            self.at = block.end()
        else:
            self._begin(OPENING[mark])
            self.at += len(mark)

    def _end_entity(self) -> None:
        ended = self.open.pop()
        self.at += len(CLOSING[ended.kind])
        entity: Json | None = {"type": ended.kind}
        if ended.language:
            entity = {"type": ended.kind, "language": ended.language}
        elif ended.kind == "text_link":
            shown = "".join(self.text.parts[ended.part :])
            entity = link_entity(self._url() if self._sees("(") else shown)
        elif ended.kind == "custom_emoji":
            if not self._sees("("):
                raise EntityError("The entity must contain a tg://emoji or tg://time URL")
            entity = _picture_entity(self._url())
        self.text.close(entity, ended.offset)

    def _end_quote(self, at_end: bool = False) -> None:
        """Close the block quote at the end of its line; a trailing || makes it expandable."""
        kind = "blockquote"
        if self._innermost() == "spoiler" and self.open[-1].begin == self.at - 2:
            self.open.pop()
            kind = "expandable_blockquote"
        if self._innermost() != "blockquote":
            raise self._unclosed()
        if not at_end:
            self._put("\n")
        self.text.close({"type": kind}, self.open.pop().offset)
        self.in_quote = False

    def _url(self) -> str:
        url = URL.match(self.source, self.at + 1)
        assert url
        if not url[2]:
            raise EntityError(f"Can't find end of a URL {byte_offset(self.source, self.at + 1)}")
        self.at = url.end()
        return ESCAPED.sub(r"\1", url[1])

    def _innermost(self) -> str:
        return self.open[-1].kind if self.open else ""

    def _sees(self, mark: str) -> bool:
        return self.source.startswith(mark, self.at)

    def _unclosed(self) -> EntityError:
        entity = self.open[-1]
        name = NAMES[entity.kind] + ("Code" if entity.language else "")
        return EntityError(f"Can't find end of {name} entity {byte_offset(self.source, entity.begin)}")


def _picture_entity(url: str) -> Json:
    """What ![text](url) stands for: a custom emoji or a date."""
    if time := re.match(r"tg://time\?(.*)$", url):
        query = dict(parse_qsl(time[1]))
        return time_entity(query.get("unix", ""), query.get("format", ""))
    if emoji := re.match(r"tg://emoji\?id=(\d+)$", url):
        return {"type": "custom_emoji", "custom_emoji_id": emoji[1]}
    raise EntityError("Invalid tg://emoji or tg://time URL specified")


def parse_markdown(source: str) -> tuple[str, list[Json]]:
    """Legacy Markdown, which has no nesting. Raises EntityError."""
    text, at = Text(), 0
    while at < len(source):
        char = source[at]
        if char == "\\" and source[at + 1 : at + 2] in tuple("_*`["):
            text.put(source[at + 1])
            at += 2
        elif char not in "_*`[":
            text.put(char)
            at += 1
        else:
            at = _legacy_entity(text, source, at)
    return text.done()


def _legacy_entity(text: Text, source: str, at: int) -> int:
    """Add the entity whose mark is at `at`; returns where it ends."""
    char = source[at]
    mark = "```" if source.startswith("```", at) else "]" if char == "[" else char
    begin = at + len(mark)
    end = source.find(mark, begin)
    if end < 0:
        raise EntityError(f"Can't find end of the entity starting {byte_offset(source, at)}")
    inner, at, start = source[begin:end], end + len(mark), text.size
    entity: Json | None
    if mark == "]":
        url = inner
        if source.startswith("(", at) and (close := source.find(")", at)) > 0:
            url, at = source[at + 1 : close], close + 1
        entity = link_entity(url)
    else:
        entity = {"type": LEGACY_KINDS[mark]}
        if mark == "```" and (first_line := re.match(r"([^\s`]*)\r?\n", inner)):
            entity |= {"language": first_line[1]} if first_line[1] else {}
            inner = inner[first_line.end() :]
    text.put(inner)
    text.close(entity, start)
    return at
