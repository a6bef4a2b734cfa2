"""Small pieces of text that several replies are made of."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from bot.conversation.about import MOST_COMPLAINTS
from bot.conversation.actions import Area, ShowArea, ShowComplaints, ShowPoint
from bot.guidance.offer import Person
from bot.library import Library
from bot.wording.reply import Button

TOPICS = ("lower_back", "sciatica", "neck", "shoulder", "headache", "stress")
"""The complaints offered when nothing else is known."""
REGIONS = "regions.jpg"
"""The body with its parts."""


def escape(text: str) -> str:
    """Text of the content as HTML."""
    return html.escape(text, quote=False)


def bold(text: str) -> str:
    """Text of the content as bold HTML."""
    return f"<b>{escape(text)}</b>"


class Pieces:
    """The words of one language, put together."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._words = library.words
        self.sentences = library.words.sentences

    def listed(self, items: Sequence[str]) -> str:
        """ "a", "a and b", "a, b and c"."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.sentences.and_} {items[-1]}"

    def complaints(self, slugs: Iterable[str]) -> str:
        """Complaints as they stand in a sentence."""
        return self.listed([escape(self._words.complaints[slug].name) for slug in slugs])

    def points(self, codes: Iterable[str]) -> str:
        """Points by code and name."""
        return self.listed([self.point(code) for code in codes])

    def point(self, code: str) -> str:
        """A point by code and name; a standard point without a page by its code."""
        known = self._words.points.get(code)
        return f"{code} ({escape(known.name)})" if known else code

    def conditions(self, rules: Iterable[str]) -> str:
        """What someone wrote about themselves, as it stands after "You wrote that".

        Each condition is a sentence of its own: several in one would be too long to read.
        """
        told = (escape(self._words.rules[rule].condition) for rule in rules)
        return f". {self.sentences.also} ".join(told)

    def reason(self, rules: Iterable[str]) -> str:
        """Why points are left out under these rules, each reason once."""
        return " ".join(dict.fromkeys(escape(self._words.rules[rule].reason) for rule in rules))

    def complaint_button(self, slug: str, person: Person) -> Button:
        """A button that answers a complaint."""
        number = self._library.complaints[slug].number
        return Button(self._words.complaints[slug].button, ShowComplaints((number,), person=person))

    def point_button(self, code: str, complaints: Sequence[str], person: Person, label: str = "") -> Button:
        """A button that shows a point."""
        name = label or f"{code} {self._words.points[code].name}"
        return Button(name, ShowPoint(code, self.numbers(complaints), person=person))

    def area_button(self, area: Area, person: Person) -> Button:
        """A button that shows the complaints of a body region."""
        return Button(self.area(area), ShowArea(area, person=person))

    def area(self, area: str) -> str:
        """The name of a body region."""
        return str(getattr(self.sentences, f"area_{area}"))

    def picture(self, path: str) -> str | None:
        """A picture, if there is one; with the words of this language on it where it has words."""
        own = f"{self._words.language}/{path}"
        return next((each for each in (own, path) if each in self._library.pictures), None)

    def press_picture(self, point: str | None, technique: str | None) -> str | None:
        """How a point is pressed, in a short film if there is one, or else how a technique is done."""
        paths = [f"loops/{point}.mp4", f"points/{point}.jpg", f"techniques/{technique}.jpg"]
        return next(filter(None, map(self.picture, paths)), None)

    def private_button(self, link: str) -> Button:
        """The button that opens the private chat with this word."""
        return Button(self._words.groups.button_private, link=link)

    def numbers(self, complaints: Sequence[str]) -> tuple[int, ...]:
        """The numbers by which buttons know complaints, as many as a button carries."""
        return tuple(self._library.complaints[slug].number for slug in complaints[:MOST_COMPLAINTS])

    def topics(self, person: Person) -> tuple[Button, ...]:
        """Buttons for the complaints most people come with."""
        return tuple(self.complaint_button(slug, person) for slug in TOPICS)
