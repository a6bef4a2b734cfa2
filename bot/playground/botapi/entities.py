"""Formatting of message text as entities: links, dates, and what Telegram finds itself."""

from __future__ import annotations

import re

from bot.playground.botapi.wire import Json

AUTOMATIC = {
    "bot_command": r"(?<![\w/@<>.])/\w{1,64}(?:@\w{3,32})?(?![\w/])",
    "email": r"[\w.+-]+@[\w-]+\.[a-z]{2,}",
    "url": r"(?<!\w)(?:https?://[^\s<>\"]+[^\s<>\".,!?;:)]"
    r"|(?:[\w-]+\.)+(?:com|org|net|de|io|me|app|dev|ru|uk)(?:/[^\s<>\"]*)?(?!\w))",
    "mention": r"(?<![\w@])@\w{4,32}",
    "hashtag": r"(?<!\w)#\w*[^\W\d]\w*",
}
AUTOMATIC_RE = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in AUTOMATIC.items()))
OPAQUE = ("code", "pre", "text_link", "text_mention", "mention")  # nothing is found inside these
APP_LINK = re.compile(r"(?i)(tg|ton|tonsite):(?://)?([\w-]+)(.*)")
WEB_LINK = re.compile(r"(?i)(?:(https?)://)?([^\s/?#:@]+)(:\d+)?([/?#]\S*)?")
TIME_FORMAT = re.compile(r"r|[wW]?[dD]?[tT]?")  # relative, or weekday, date, time; capitals for the long form


class EntityError(ValueError):
    """Formatting that Telegram refuses; the text is Telegram's."""


def u16(text: str) -> int:
    """Length in UTF-16 code units, the unit of entity offsets."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def byte_offset(source: str, at: int) -> str:
    """The place in a source text, as Telegram's refusals give it."""
    return f"at byte offset {len(source[:at].encode())}"


class Text:
    """Plain text being built, with the entities closed so far."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0  # in UTF-16 units
        self.entities: list[Json] = []

    def put(self, text: str) -> None:
        """Add plain text."""
        self.parts.append(text)
        self.size += u16(text)

    def close(self, entity: Json | None, start: int) -> None:
        """Add an entity from UTF-16 offset `start` to here, unless it is empty."""
        if entity and self.size > start:
            self.entities.append({**entity, "offset": start, "length": self.size - start})

    def done(self) -> tuple[str, list[Json]]:
        """The text and its entities, outer ones before inner ones."""
        return "".join(self.parts), _sorted(self.entities)


def check_link(url: str, https_only: bool = False) -> str:
    """The URL as Telegram keeps it. Raises EntityError with Telegram's reason if it is none."""
    if (app := APP_LINK.fullmatch(url)) and not https_only:
        return f"{app[1].lower()}://{app[2]}{app[3]}"
    web = WEB_LINK.fullmatch(url)
    if https_only and not (web and (web[1] or "").lower() == "https"):
        raise EntityError("Only HTTPS links are allowed")
    if not web or "." not in web[2]:
        raise EntityError("Wrong HTTP URL")
    return f"{(web[1] or 'http').lower()}://{web[2].lower()}{web[3] or ''}{web[4] or '/'}"


def link_entity(url: str) -> Json | None:
    """A link or a mention of a person; None for a URL that Telegram silently drops."""
    if person := re.match(r"tg://user\?id=(\d+)", url):
        return {"type": "text_mention", "user": {"id": int(person[1]), "is_bot": False, "first_name": "User"}}
    try:
        return {"type": "text_link", "url": check_link(url)}
    except EntityError:
        return None


def time_entity(unix_time: str, time_format: str) -> Json:
    """A date the reader's client draws in its own zone, or counts down to (format "r")."""
    if not (unix_time.isascii() and unix_time.isdigit() and int(unix_time) > 0):
        raise EntityError("Invalid unix time specified")
    if not TIME_FORMAT.fullmatch(time_format):
        raise EntityError("Invalid date-time format specified")
    shown = {"date_time_format": time_format} if time_format else {}
    return {"type": "date_time", "unix_time": int(unix_time), **shown}


def detect(text: str, entities: list[Json]) -> list[Json]:
    """Add the entities Telegram finds itself: commands, links, mentions, hashtags, e-mail addresses."""
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in OPAQUE]
    found = list(entities)
    for match in AUTOMATIC_RE.finditer(text):
        start, length = u16(text[: match.start()]), u16(match[0])
        if not any(begin < start + length and start < end for begin, end in taken):
            found.append({"type": match.lastgroup, "offset": start, "length": length})
    return _sorted(found)


def trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Cut white space at both ends as the server does, moving the entities along."""
    lead = u16(text) - u16(text.lstrip())
    text = text.strip()
    size, kept = u16(text), []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        end = min(size, entity["offset"] - lead + entity["length"])
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return text, kept


def _sorted(entities: list[Json]) -> list[Json]:
    return sorted(entities, key=lambda e: (e["offset"], -e["length"]))
