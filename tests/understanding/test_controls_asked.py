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


# --- in the middle of pressing, and about what is kept


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("pause", "pause"),
        ("ok, hold on", "pause"),
        ("Go on", "resume"),
        ("continue please", "resume"),
        ("next step", "skip"),
        ("next", "skip"),
        ("ok next", "skip"),
        ("go back one", "back"),
        ("slower please", "slower"),
        ("that was too fast", "slower"),
        ("a bit faster", "faster"),
        ("found it", "found"),
        ("Got it!", "found"),
        ("I can't find it", "not_found"),
        ("ow", "hurts"),
        ("OUCH!!", "hurts"),
        ("it hurts", "hurts"),
        ("too much", "hurts"),
        ("numb now", "numb"),
        ("my hand is tingling now", "numb"),
        ("I feel dizzy", "dizzy"),
        ("light-headed", "dizzy"),
        ("done", "done"),
        ("finished", "done"),
        ("snooze", "snooze"),
        ("in ten minutes", "snooze"),
        ("settings", "settings"),
        ("what do you know about me", "mydata"),
        ("export my data", "mydata"),
        ("delete my data", "delete"),
        ("forget me", "delete"),
        ("show routines", "routines"),
        ("my reminders", "reminders"),
        ("list reminders", "reminders"),
        ("show my progress", "progress"),
        ("I've been checked", "checked"),
        ("the doctor said it is fine", "checked"),
        ("yes", "yes"),
        ("ok", "yes"),
        ("👍", "yes"),
        ("no", "no"),
        ("No thanks", "no"),
        ("undo", "undo"),
        ("privacy", "privacy"),
        ("which side?", "help"),
    ],
)
def test_a_short_answer_is_understood(text: str, control: str, reader: Reader) -> None:
    reading = reader.read(text)

    assert (reading.kind, reading.context.control, reading.danger) == (Kind.CONTROL, control, None)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("ouch, my neck hurts", "neck"),
        ("it hurts in my knee", "knee"),
        ("yes, my hip aches", "hip"),
        ("no, my lower back", "lower_back"),
        ("my calf is tight, too much running", "leg"),
        ("next my shoulder is stiff", "shoulder"),
        ("I'm done with this headache", "headache"),
        ("I can't find a way to sit, my bum aches", "buttock"),
    ],
)
def test_a_complaint_in_the_same_message_wins(text: str, slug: str, reader: Reader) -> None:
    reading = reader.read(text)

    assert (reading.kind, reading.complaints[0], reading.context.control) == (Kind.COMPLAINT, slug, None)


@pytest.mark.parametrize(
    "text",
    [
        "what do you do when the music is too slow at a wedding and nobody dances",
        "yes we have no bananas today",
        "the next bus is full",
        "my car is fast",
        "I found a coin in the street",
        "he has no time to lose",
        "What can I do against the burning sun, how can I stop it",
    ],
)
def test_a_story_with_such_a_word_in_it_is_no_request(text: str, reader: Reader) -> None:
    assert reader.read(text).context.control is None


def test_danger_wins_over_a_short_answer(reader: Reader) -> None:
    reading = reader.read("stop, I can't feel my legs")

    assert reading.kind is Kind.DANGER
