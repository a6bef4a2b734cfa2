"""Whatever arrives, a poem, a page of emoji or an attack, the reader answers, quickly and always the same.

How something is written, in capitals or with accents, spaces or an exclamation, never changes what it means.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library import Library
from bot.understanding.reader import Reader
from bot.understanding.reading import Kind, Reading

SECONDS = 1.0
"""What a person waits at most; counted on the processor, so that a busy machine changes nothing."""
WORDS = (
    "my", "back", "lower", "neck", "hurts", "no", "not", "but", "pregnant", "knee", "down", "leg", "pain",
    "LI4", "b54", "stop", "left", "for", "years", "rash", "cut", "can't", "pee", "chest", ".", ",", "?", "\n",
    "and",
)  # fmt: skip


def timed(reader: Reader, text: str) -> tuple[Reading, float]:
    begin = time.thread_time()
    reading = reader.read(text)
    return reading, time.thread_time() - begin


def check(reading: Reading, library: Library) -> None:
    """A reading that the rest of the bot can rely on."""
    assert set(reading.complaints) <= set(library.complaints)
    assert set(reading.points) <= set(library.points)
    assert not set(reading.not_covered) & set(library.points)
    assert reading.conditions <= set(library.rules)
    for listed in (reading.complaints, reading.points, reading.ask, reading.not_covered):
        assert len(set(listed)) == len(listed)
    if reading.kind is Kind.COMPLAINT:
        assert reading.complaints
    if reading.kind is Kind.POINT:
        assert reading.points or reading.ask or reading.not_covered
    stopped = reading.danger is not None and reading.danger.stops_everything
    assert (reading.kind is Kind.DANGER) is stopped
    if reading.kind is Kind.CONTROL:
        assert reading.context.control in library.words.controls
    if reading.kind is Kind.UNKNOWN:
        assert (reading.complaints, reading.points, reading.ask, reading.context.control) == (
            (),
            (),
            (),
            None,
        )


@given(text=st.text(max_size=300))
def test_any_text_has_a_reading_in_time(text: str, reader: Reader, library: Library) -> None:
    reading, seconds = timed(reader, text)

    check(reading, library)
    assert seconds < SECONDS


@given(words=st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_mixture_of_its_own_words_has_a_reading_in_time(
    words: list[str], reader: Reader, library: Library
) -> None:
    reading, seconds = timed(reader, " ".join(words))

    check(reading, library)
    assert seconds < SECONDS


@pytest.mark.parametrize(
    "text",
    [
        "pain " * 2000,
        "back down leg " * 500,
        "no " * 2000,
        "no, " * 2000,
        "li4 " * 1500,
        "b54 " * 1500,
        "a" * 10_000,
        "".join(f"{left}{middle}{right}xq " for left in "bcdfg" for middle in "aeiou" for right in "lmnrst")
        * 8,
        "can't feel when i " * 300,
        "." * 10_000,
        "((((" * 2000,
        "ﷺ" * 4096,
        "e\u0301" * 4096,
        "\ud800" * 100,
        "\x00\u200b\u202e" * 500,
        "😀" * 4096,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_the_longest_messages_are_read_in_time(text: str, reader: Reader, library: Library) -> None:
    reading, seconds = timed(reader, text)

    check(reading, library)
    assert seconds < SECONDS


# --- how it is written does not matter


def accented(text: str) -> str:
    return "".join(f"{char}\u0301" if char.isascii() and char.isalpha() else char for char in text)


def fullwidth(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


CHANGES: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "small letters": str.lower,
    "accents": accented,
    "accents in one": lambda text: unicodedata.normalize("NFC", accented(text)),
    "wide letters": fullwidth,
    "many spaces": lambda text: f"  {text.replace(' ', '    ')}  ",
    "spaces that do not break": lambda text: text.replace(" ", "\u00a0"),
    "curly apostrophes": lambda text: text.replace("'", "’"),
    "a full stop": lambda text: f"{text}.",
    "an exclamation": lambda text: f"{text}!!!",
    "dots": lambda text: f"{text} ...",
    "a line break": lambda text: f"{text}\n",
    "a face": lambda text: f"{text} 🙏",
    "marks around it": lambda text: f'"{text}"',
}


@pytest.fixture(scope="module")
def plain(reader: Reader, library: Library) -> dict[str, Reading]:
    """What many kinds of messages mean as they are."""
    words = library.words
    texts = [
        *(text for entry in words.complaints.values() for text in entry.means[:2]),
        *(entry.means[0] for entry in words.controls.values()),
        *(entry.calls[0] for entry in words.red_flags.values()),
        *(f"where is {code}" for code in words.points),
        "my left knee hurts, for years, at my desk",
        "b54 behind my knee",
        "no back pain but my hip aches",
    ]
    return {text: reader.read(text) for text in texts}


@pytest.mark.parametrize("change", CHANGES)
def test_the_way_it_is_written_changes_nothing(
    change: str, plain: dict[str, Reading], reader: Reader
) -> None:
    changed = {text: CHANGES[change](text) for text in plain}

    assert {text: reader.read(changed[text]) for text in plain} == plain


def test_a_reading_cannot_be_changed_and_keeps_no_wording(reader: Reader) -> None:
    reading = reader.read("xylophones give me a stiff neck")

    with pytest.raises(FrozenInstanceError):
        reading.complaints = ()  # type: ignore[misc]
    assert "xylophone" not in repr(reading)


@given(data=st.data())
def test_adding_a_denied_complaint_never_adds_it(
    data: st.DataObject, reader: Reader, library: Library
) -> None:
    words = library.words.complaints
    text = data.draw(st.sampled_from([text for entry in words.values() for text in entry.means]))
    slug = data.draw(st.sampled_from(sorted(words)))
    denial = data.draw(st.sampled_from(("no {}", "I have no {}", "I don't have {}", "not {}", "without {}")))
    before = reader.read(text).complaints
    after = reader.read(f"{text}. {denial.format(words[slug].name)}.").complaints

    assert slug in before or slug not in after
