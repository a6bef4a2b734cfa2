"""What is played for each picture: steps of a person, and moments at which the screen is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Say:
    """The person types this and sends it."""

    text: str


@dataclass(frozen=True)
class Type:
    """The person types this and does not send it yet."""

    text: str


@dataclass(frozen=True)
class Tap:
    """The person taps the newest button with this label."""

    label: str


@dataclass(frozen=True)
class Choose:
    """The person chooses this line of the list over the composer."""

    label: str


@dataclass(frozen=True)
class Start:
    """The person presses START."""


@dataclass(frozen=True)
class Go:
    """Another person holds the phone, or another chat is opened: a line of the switcher."""

    name: str


@dataclass(frozen=True)
class Ahead:
    """The clock is moved by its button with this label; the clock's bar is folded away again."""

    label: str


@dataclass(frozen=True)
class Scroll:
    """The chat is brought to the newest message that has these words; "" is the end of the chat."""

    words: str


@dataclass(frozen=True)
class Take:
    """The screen is taken, in a film so many milliseconds long."""

    milliseconds: int = 0


Step = Say | Type | Tap | Choose | Start | Go | Ahead | Scroll | Take


@dataclass(frozen=True)
class Scene:
    """One picture of all screens that are taken, side by side, or a film of them and of what is between."""

    name: str
    steps: Sequence[Step]
    dark: bool = False
    film: bool = False


SCIATICA = "which point helps sciatica"
DANGER = "back pain and I cannot feel between my legs, I cannot pee"
FEVER = "my back aches and I have a high fever since yesterday"

SCENES = (
    Scene("answer", (Start(), Take(), Say(SCIATICA), Take(), Scroll(""), Take())),
    Scene(
        "hold",
        (
            Start(),
            Say("time LI4 for 30 seconds"),
            Take(),
            Tap("Start"),
            Take(),
            Ahead("+10 s"),
            Ahead("+10 s"),
            Ahead("+10 s"),
            Take(),
        ),
    ),
    Scene("danger", (Start(), Say(DANGER), Take(), Say(FEVER), Take()), dark=True),
    Scene(
        "group",
        (
            Go("Walking club"),
            Say("/relief stiff neck"),
            Take(),
            Go("Sam Rivers"),
            Scroll(""),
            Tap("Another point"),
            Take(),
            Go("Stretches in Walking club"),
            Say("/relief lower back"),
            Take(),
        ),
    ),
    Scene(
        "inline",
        (
            Go("Family, without the bot"),
            Go("Sam Rivers"),
            Say("My sciatica is back. What was that point again?"),
            Go("Robin Hill"),
            Type("@bot sciatica"),
            Take(),
            Choose("BL23"),
            Scroll("BL23"),
            Take(),
            Say("@acupressure_companion_bot stiff neck"),
            Take(),
        ),
    ),
    Scene(
        "tour",
        (
            Take(900),
            Start(),
            Take(1300),
            Say(SCIATICA),
            Take(1800),
            Scroll(""),
            Take(1500),
            Tap("Start timed hold"),
            Take(1500),
            Tap("None of these"),
            Take(1300),
            Tap("Start"),
            Take(1800),
            Ahead("+1 min"),
            Take(2000),
            Say("stop"),
            Take(1200),
            Say("remind me of the desk break every day at 8 am"),
            Tap("Yes, store it"),
            Say("Berlin"),
            Take(1800),
            Ahead("Tomorrow 8:00"),
            Take(2600),
        ),
        film=True,
    ),
    # The last one: its reminder would be unread news in every later scene.
    Scene(
        "reminder",
        (
            Start(),
            Say("remind me of the desk break every day at 8 am"),
            Take(),
            Tap("Yes, store it"),
            Say("Berlin"),
            Take(),
            Ahead("Tomorrow 8:00"),
            Take(),
        ),
    ),
)
