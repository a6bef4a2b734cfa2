"""The text of a message as the bot sends it: parsed, trimmed, measured, and searched for links."""

from __future__ import annotations

from bot.playground.botapi.entities import EntityError, detect, trim, u16
from bot.playground.botapi.html_text import parse_html
from bot.playground.botapi.markdown_text import parse_markdown, parse_markdown_v2
from bot.playground.botapi.wire import Json, bad

PARSERS = {"html": parse_html, "markdownv2": parse_markdown_v2, "markdown": parse_markdown}
MOST_TEXT, MOST_CAPTION = 4096, 1024  # characters after parsing
MOST_SOURCE_BYTES = 1 << 15


def message_text(p: Json) -> Json:
    """The fields `text` and `entities` of a message. Raises ApiError."""
    if not p.get("text"):
        raise bad("message text is empty")
    text, entities = _formatted(p, "text", "entities")
    if not text:
        raise bad("text must be non-empty")
    if len(text) > MOST_TEXT:
        raise bad("message is too long")
    return {"text": text, **({"entities": entities} if entities else {})}


def caption(p: Json) -> Json:
    """The fields `caption` and `caption_entities` of a message; {} for an empty caption. Raises ApiError."""
    text, entities = _formatted(p, "caption", "caption_entities")
    if len(text) > MOST_CAPTION:
        raise bad("message caption is too long")
    return {
        **({"caption": text} if text else {}),
        **({"caption_entities": entities} if entities else {}),
    }


def _formatted(p: Json, text_key: str, entities_key: str) -> tuple[str, list[Json]]:
    source, mode = str(p.get(text_key) or ""), (p.get("parse_mode") or "none").lower()
    if len(source.encode()) > MOST_SOURCE_BYTES:
        raise bad("text is too long")
    if mode == "none":
        text, entities = source, p.get(entities_key) or []
        _check_range(text, entities)
    elif mode in PARSERS:
        try:
            text, entities = PARSERS[mode](source)
        except EntityError as error:
            raise bad(f"can't parse entities: {error}") from None
    else:
        raise bad("unsupported parse_mode")
    text, entities = trim(text, entities)
    return text, detect(text, entities)


def _check_range(text: str, entities: list[Json]) -> None:
    last = max(entities, key=lambda e: e["offset"] + e["length"], default=None)
    if last and (end := last["offset"] + last["length"]) > u16(text):
        raise bad(
            f"entity beginning at UTF-16 offset {last['offset']} ends after the end of the text "
            f"at UTF-16 offset {end}"
        )
