"""Someone writes "stop" and it stops; someone writes that the pain will not stop and hears what may help."""

from __future__ import annotations

import pytest

from bot.understanding.reader import Reader
from bot.understanding.reading import Kind


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("stop", "stop"),
        ("STOP!!!", "stop"),
        ("Stop the reminders please", "stop"),
        ("start a timer", "timer"),
        ("remind me tomorrow", "remind"),
        ("does it work?", "evidence"),
        ("show me all points", "points"),
        ("help", "help"),
        ("hello", "greeting"),
        ("thank you", "thanks"),
        ("what do you store", "privacy"),
    ],
)
def test_a_request_is_understood(text: str, control: str, reader: Reader) -> None:
    reading = reader.read(text)

    assert (reading.kind, reading.context.control) == (Kind.CONTROL, control)


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("remind me to press LI4", "remind"),
        ("please remind me about my neck", "remind"),
        ("stop, my neck hurts", "stop"),
        ("time LI4 for 30 seconds", "timer"),
    ],
)
def test_an_order_at_the_beginning_counts_beside_a_subject(text: str, control: str, reader: Reader) -> None:
    reading = reader.read(text)

    assert (reading.kind, reading.context.control) == (Kind.CONTROL, control)


@pytest.mark.parametrize(
    "text",
    [
        "the ache in my neck will not stop",
        "help, my neck is so stiff",
        "hi, my neck hurts",
        "Hello there, can you help with a sore neck? Thanks",
        "my neck hurts every time I look up, what helps",
    ],
)
def test_a_complaint_is_answered_even_with_such_a_word_in_it(text: str, reader: Reader) -> None:
    reading = reader.read(text)

    assert (reading.kind, reading.complaints, reading.context.control) == (Kind.COMPLAINT, ("neck",), None)


@pytest.mark.parametrize("text", ["hi, where is LI4", "thanks, and LI4?", "does LI4 work"])
def test_a_point_is_answered_even_with_such_a_word_beside_it(text: str, reader: Reader) -> None:
    reading = reader.read(text)

    assert (reading.kind, reading.points) == (Kind.POINT, ("LI4",))


def test_a_long_story_is_no_request(reader: Reader) -> None:
    story = "hello I went to the shop today and bought some bread, thanks to a voucher I had"

    assert reader.read(story).context.control is None


@pytest.mark.parametrize("more", range(10))
def test_a_full_stop_makes_no_request_too_long(more: int, reader: Reader) -> None:
    request = f"what do you store about me {'here ' * more}".strip()

    assert reader.read(f"{request}.") == reader.read(request)
    assert reader.read("what do you store about me").context.control == "privacy"
