"""Someone feeds a file of messages to ``understand``: one bad line never costs the answers to the others."""

from __future__ import annotations

import json
import resource
import time

import pytest

from bot.understanding.lines import MOST_BYTES_OF_A_LINE, readings
from bot.understanding.reader import Reader

LETTERS = str.maketrans("01234567", "bcdfgjkx")
MOST_MEGABYTES_MORE = 12
"""What the memory of words that were met may grow by; it is bounded."""


def answers(reader: Reader, *lines: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in readings(lines, reader.read)]


@pytest.mark.parametrize(
    "line",
    [
        b"neck\n",
        b'"neck\n',
        b"'neck'\n",
        b'"neck" "back"\n',
        b"7\n",
        b"null\n",
        b"true\n",
        b'["neck"]\n',
        b'{"text": "neck"}\n',
        b'"\xff\xfe"\n',
        b"\x00\n",
        b"NaN\n",
        b"1" * 5000 + b"\n",
        b"[" * 50_000 + b"\n",
        b'{"a":' * 15_000 + b"\n",
        json.dumps("x" * 1_000_000).encode(),
    ],
    ids=lambda line: ascii(line[:10]),
)
def test_a_line_without_a_string_is_an_error_on_its_own_line(line: bytes, reader: Reader) -> None:
    before, error, after = answers(reader, b'"sore neck"\n', line, b'"sore knee"\n')

    assert set(error) == {"error"}
    assert error["error"]
    assert (before["complaints"], after["complaints"]) == (["neck"], ["knee"])


def test_an_error_repeats_nothing_of_the_line(reader: Reader) -> None:
    assert "xylophone" not in "".join(readings([b'"xylophone\n', b'["xylophone"]\n'], reader.read))


@pytest.mark.parametrize("line", [b"\n", b"", b"  \t \n", b"\r\n"])
def test_an_empty_line_has_no_answer(line: bytes, reader: Reader) -> None:
    assert len(answers(reader, line, b'"sore neck"\n', line)) == 1


@pytest.mark.parametrize(
    "line", [b'"sore neck"', b'"sore neck"\r\n', b'  "sore neck" \n', b'"sore n\\u0065ck"\n']
)
def test_a_string_is_read_however_json_writes_it(line: bytes, reader: Reader) -> None:
    assert answers(reader, line)[0]["complaints"] == ["neck"]


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "\ud800", "😀", "x" * (MOST_BYTES_OF_A_LINE - 10)])
def test_any_string_has_a_reading(text: str, reader: Reader) -> None:
    assert answers(reader, json.dumps(text).encode())[0]["kind"] == "unknown"


def test_lines_are_answered_one_by_one_as_they_come(reader: Reader) -> None:
    taken = []

    def lines() -> object:
        for text in ("neck", "knee", "hip"):
            taken.append(text)
            yield json.dumps(f"sore {text}").encode()

    stream = readings(lines(), reader.read)
    assert json.loads(next(stream))["complaints"] == ["neck"]
    assert taken == ["neck"]


def test_a_megabyte_without_an_end_costs_one_line_and_no_time(reader: Reader) -> None:
    before = time.process_time()
    lines = [b'"sore neck"', b'"' + b"x" * 1_000_000, b"[" * 1_000_000, b'"sore knee"'] * 20
    found = answers(reader, *lines)

    assert [set(answer) == {"error"} for answer in found] == [False, True, True, False] * 20
    assert time.process_time() - before < 2


def test_ten_thousand_lines_stream_through_with_flat_memory(reader: Reader) -> None:
    words = ("" if number % 20 else f"q{number:o}".translate(LETTERS) for number in range(10_000))
    lines = (json.dumps(f"knee {number} {word}").encode() for number, word in enumerate(words))
    stream = readings(lines, reader.read)
    for _ in range(2_000):
        next(stream)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert sum(json.loads(answer)["complaints"] == ["knee"] for answer in stream) > 7_900
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < MOST_MEGABYTES_MORE
