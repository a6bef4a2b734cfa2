"""A reply as bytes, to be kept until it has arrived."""

from __future__ import annotations

import base64
import json
from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter

from bot.conversation.actions import decode, encode
from bot.wording.chart import Chart
from bot.wording.reply import Button, Document, Reply

_PLAIN = tuple(each for each in fields(Reply) if each.name not in ("buttons", "document", "chart"))
"""The fields that JSON can hold as they are."""
_CHART = TypeAdapter(Chart)


def as_json(reply: Reply) -> bytes:
    """All of a reply; what it does not say is left out."""
    written: dict[str, Any] = {
        each.name: value for each in _PLAIN if (value := getattr(reply, each.name)) != each.default
    }
    if reply.buttons:
        written["buttons"] = [
            (each.label, encode(each.action) if each.action else None, each.link, each.narrow)
            for each in reply.buttons
        ]
    if reply.document:
        content = base64.b64encode(reply.document.content).decode("ascii")
        written["document"] = (reply.document.name, content)
    if reply.chart:
        written["chart"] = _CHART.dump_python(reply.chart, mode="json")
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()


def from_json(written: bytes) -> Reply:
    """The reply again. Raises ``ValueError``, ``LookupError`` or ``TypeError`` for one of another version."""
    stored = json.loads(written)
    buttons = tuple(
        Button(label, decode(data) if data else None, link, narrow)
        for label, data, link, narrow in stored.pop("buttons", ())
    )
    document = None
    if name_and_content := stored.pop("document", None):
        document = Document(name_and_content[0], base64.b64decode(name_and_content[1]))
    if chart := stored.pop("chart", None):
        stored["chart"] = _CHART.validate_python(chart)
    return Reply(**stored, buttons=buttons, document=document)
