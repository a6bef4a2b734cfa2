"""The HTML parse mode, refusing what Telegram refuses, in its words."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.playground.botapi.entities import EntityError, Text, byte_offset, link_entity, time_entity
from bot.playground.botapi.wire import Json

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
CHARACTER = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
PLAIN = re.compile(r"[^<][^&<]*")
START = re.compile(r"<([^\s>]*)")
END = re.compile(r"</([^\s>]*)\s*")
SPACE = re.compile(r"\s*")
ATTRIBUTE = re.compile(r"([^\s=>/\"']+)\s*")
QUOTED = re.compile(r"=\s*(?:\"([^\"]*)\"?|'([^']*)'?)")
UNQUOTED = re.compile(r"=\s*([A-Za-z0-9.-]*)")


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The plain text and its entities. Raises EntityError."""
    return _Parser(source).parse()


class _Tag(NamedTuple):
    name: str
    attributes: dict[str, str]
    offset: int  # UTF-16 units of text before it


class _Parser:
    def __init__(self, source: str) -> None:
        self.source, self.at = source, 0
        self.text = Text()
        self.open: list[_Tag] = []

    def parse(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            if reference := CHARACTER.match(self.source, self.at):
                self.text.put(_character(reference))
                self.at = reference.end()
            elif plain := PLAIN.match(self.source, self.at):
                self.text.put(plain[0])
                self.at = plain.end()
            elif self.source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise EntityError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        for entity in self.text.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return self.text.done()

    def _start_tag(self) -> None:
        begin = self.at
        name = self._take(START)[1].lower()
        if self.at == len(self.source):
            raise self._refusal("Unclosed start tag", begin)
        if name not in TAGS:
            raise self._refusal(f'Unsupported start tag "{name}"', begin)
        attributes: dict[str, str] = {}
        self._take(SPACE)
        while not self.source.startswith(">", self.at):
            key, value = self._attribute(name, begin)
            attributes[key] = value
            self._take(SPACE)
        self.at += 1
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self._refusal('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Tag(name, attributes, self.text.size))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        """One attribute; its value is "" if it has none."""
        if not ATTRIBUTE.match(self.source, self.at):
            raise self._refusal(f'Empty attribute name in the tag "{tag}"', begin)
        name = self._take(ATTRIBUTE)[1]
        if not self.source.startswith("=", self.at):
            if self.at == len(self.source):
                raise self._refusal(f'Unclosed start tag "{tag}"', begin)
            return name, ""
        if QUOTED.match(self.source, self.at):
            quoted = self._take(QUOTED)
            value = CHARACTER.sub(_character, quoted[1] or quoted[2] or "")
        else:
            token = self._take(UNQUOTED)
            value = token[1].lower()
            if not re.match(r"[\s>]|$", self.source[self.at :]):
                raise self._refusal("Unexpected end of name token", token.start(1))
        if self.at == len(self.source):
            raise self._refusal("Unclosed start tag", begin)
        return name, value

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._refusal("Unexpected end tag", begin)
        name = self._take(END)[1].lower()
        if not self.source.startswith(">", self.at):
            raise self._refusal("Unclosed end tag", begin)
        self.at += 1
        tag = self.open.pop()
        if name and name != tag.name:
            mismatch = f', expected "</{tag.name}>", found "</{name}>"'
            raise self._refusal("Unmatched end tag", begin, mismatch)
        self.text.close(self._entity(tag), tag.offset)

    def _entity(self, tag: _Tag) -> Json | None:
        """The entity a tag makes of the text since it was opened."""
        attributes = tag.attributes
        match tag.name:
            case "a":
                return link_entity(attributes.get("href") or self._text_since(tag.offset))
            case "tg-emoji":
                if not attributes.get("emoji-id", "").isdigit():
                    raise EntityError("Invalid custom emoji identifier specified")
                return {"type": "custom_emoji", "custom_emoji_id": attributes["emoji-id"]}
            case "tg-time":
                return time_entity(attributes.get("unix", ""), attributes.get("format", ""))
            case "code" if attributes.get("class", "").startswith("language-"):
                return {"type": "code", "language": attributes["class"].removeprefix("language-")}
            case "pre" if self._turned_into_pre(tag.offset):
                return None
            case "blockquote" if "expandable" in attributes:
                return {"type": "expandable_blockquote"}
        return {"type": TAGS[tag.name]}

    def _turned_into_pre(self, offset: int) -> bool:
        """<pre><code class="language-x"> is one entity: the code becomes the pre."""
        inner = self.text.entities[-1] if self.text.entities else {}
        if not inner.get("language") or (inner["offset"], inner["length"]) != (
            offset,
            self.text.size - offset,
        ):
            return False
        inner["type"] = "pre"
        return True

    def _text_since(self, offset: int) -> str:
        return "".join(self.text.parts).encode("utf-16-le")[offset * 2 :].decode("utf-16-le")

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str]:
        """Match here and move on; only for patterns that must match."""
        match = pattern.match(self.source, self.at)
        assert match
        self.at = match.end()
        return match

    def _refusal(self, message: str, at: int, tail: str = "") -> EntityError:
        return EntityError(f"{message} {byte_offset(self.source, at)}{tail}")


def _character(reference: re.Match[str]) -> str:
    """The character a reference stands for; the reference itself if that is none."""
    decimal, hexadecimal, name = reference.groups()
    if name:
        return NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    is_character = 0 < code < 0x110000 and not 0xD800 <= code < 0xE000
    return chr(code) if is_character else reference[0]
