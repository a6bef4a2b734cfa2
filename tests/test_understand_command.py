"""A stranger pipes messages into ``python -m bot understand`` and relies on the lines that come back.

One JSON object for each message, always in the same shape; a broken line costs no other line its answer.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.library import Library
from bot.understanding.lines import as_json
from bot.understanding.reader import Reader

ROOT = Path(__file__).parents[1]
CONTEXT = {"pregnant", "side", "position", "helper", "onset", "control"}
NONE = dict.fromkeys(CONTEXT)
TIERS = {"emergency_now", "same_day", "doctor_soon"}

MESSAGES = {
    "complaint": "my left knee hurts, for years, at my desk, and I live alone",
    "several": "sciatica and a stiff neck, I am not pregnant",
    "point": "where is LI4?",
    "ask": "B54",
    "control": "stop",
    "danger": "I can't pee and my back hurts",
    "unknown": "qwrtzplk",
    "empty text": "",
    "other letters": "背中が痛い 😀",
}
BAD_LINES = {
    "broken": b'"neck',
    "a number": b"7",
    "a list": b'["neck"]',
    "not text": b'"\xff"',
    "too long": b'"' + b"x" * 1_000_000 + b'"',
}
STREAM = ["sore neck", "sore knee", "where is LR3", "stop"] * 500


def said(library: Library) -> list[str]:
    """What people write, by the content itself."""
    words = library.words
    return [
        *(text for entry in words.complaints.values() for text in entry.means),
        *(entry.calls[0] for entry in words.red_flags.values()),
        *(entry.means[0] for entry in words.controls.values()),
    ]


@pytest.fixture(scope="module")
def answers(library: Library) -> list[Any]:
    """The answers to all lines here in one run: empty, good, bad, many, and a last one without its end."""
    lines = [b"", b"   "]
    lines += [json.dumps(text).encode() for text in MESSAGES.values()]
    lines += [line for bad in BAD_LINES.values() for line in (bad, b"")]
    lines += [json.dumps(text).encode() for text in (*STREAM, *said(library))]
    done = subprocess.run(
        [sys.executable, "-m", "bot", "understand"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "7"},
        input=b"\n".join(lines),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


@pytest.fixture(scope="module")
def readings(answers: list[Any]) -> dict[str, Any]:
    return dict(zip(MESSAGES, answers, strict=False))


@pytest.fixture(scope="module")
def errors(answers: list[Any]) -> dict[str, Any]:
    return dict(zip(BAD_LINES, answers[len(MESSAGES) :], strict=False))


@pytest.fixture(scope="module")
def stream(answers: list[Any]) -> list[Any]:
    return answers[len(MESSAGES) + len(BAD_LINES) :][: len(STREAM)]


def test_each_line_with_something_in_it_has_one_answer(answers: list[Any], library: Library) -> None:
    assert len(answers) == len(MESSAGES) + len(BAD_LINES) + len(STREAM) + len(said(library))


def test_every_answer_has_the_promised_shape(
    readings: dict[str, Any], stream: list[Any], library: Library
) -> None:
    words = library.words
    for reading in (*readings.values(), *stream):
        assert set(reading) == {"kind", "complaints", "points", "ask", "danger", "context"}
        assert reading["kind"] in {"complaint", "point", "control", "danger", "unknown"}
        assert set(reading["complaints"]) <= set(library.complaints)
        assert set(reading["points"]) <= set(library.points)
        assert all(isinstance(choice, str) for choice in reading["ask"])
        if reading["danger"] is not None:
            assert set(reading["danger"]) == {"id", "tier"}
            assert reading["danger"]["id"] in library.red_flags
            assert reading["danger"]["tier"] in TIERS
        context = reading["context"]
        assert set(context) == CONTEXT
        assert context["pregnant"] in (True, False, None)
        assert context["side"] in ("left", "right", "both", None)
        assert context["position"] in (*words.context["position"], None)
        assert context["helper"] in (True, False, None)
        assert context["onset"] in ("new", "long-standing", None)
        assert context["control"] in (*words.controls, None)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("complaint", {"complaints": ["knee"], "points": [], "ask": []}),
        ("point", {"complaints": [], "points": ["LI4"], "ask": [], "danger": None, "context": NONE}),
        ("control", {"complaints": [], "points": [], "context": {**NONE, "control": "stop"}}),
        ("danger", {"danger": {"id": "RF01", "tier": "emergency_now"}}),
        ("unknown", {"complaints": [], "points": [], "ask": [], "danger": None, "context": NONE}),
    ],
)
def test_a_message_is_answered_with_its_kind(
    message: str, expected: dict[str, Any], readings: dict[str, Any]
) -> None:
    reading = readings[message]

    assert reading["kind"] == message
    assert {name: reading[name] for name in expected} == expected


def test_what_else_a_message_says_is_told(readings: dict[str, Any]) -> None:
    assert readings["complaint"]["context"] == {
        "pregnant": None,
        "side": "left",
        "position": "desk",
        "helper": False,
        "onset": "long-standing",
        "control": None,
    }
    assert readings["several"]["context"]["pregnant"] is False


def test_several_complaints_are_all_told(readings: dict[str, Any]) -> None:
    assert sorted(readings["several"]["complaints"]) == ["neck", "sciatica"]


def test_an_old_number_is_asked_about(readings: dict[str, Any]) -> None:
    assert (readings["ask"]["kind"], readings["ask"]["points"]) == ("point", [])
    assert sorted(readings["ask"]["ask"]) == ["BL40", "BL54"]


@pytest.mark.parametrize("message", ["empty text", "other letters"])
def test_a_text_without_a_meaning_here_is_unknown(message: str, readings: dict[str, Any]) -> None:
    assert readings[message]["kind"] == "unknown"


@pytest.mark.parametrize("line", BAD_LINES)
def test_a_bad_line_is_an_error_on_its_own_line(line: str, errors: dict[str, Any]) -> None:
    assert set(errors[line]) == {"error"}
    assert isinstance(errors[line]["error"], str)


def test_two_thousand_lines_are_answered_in_order_and_always_alike(stream: list[Any]) -> None:
    assert stream[:4] * 500 == stream
    assert [answer["complaints"] for answer in stream[:2]] == [["neck"], ["knee"]]
    assert stream[2]["points"] == ["LR3"]
    assert stream[3]["context"]["control"] == "stop"


def test_the_same_messages_mean_the_same_in_another_process(
    answers: list[Any], library: Library, reader: Reader
) -> None:
    here = [json.loads(json.dumps(as_json(reader.read(text)))) for text in said(library)]

    assert answers[-len(here) :] == here
