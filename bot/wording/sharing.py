"""Words for chats that the bot is not in: a list to choose from, and messages that suffice by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.conversation import decision as say
from bot.conversation.actions import ShowShared
from bot.conversation.finding import Finding, Found, FoundNothing
from bot.guidance.offer import serves
from bot.library import Library
from bot.library.facts import Tier
from bot.wording.pieces import Pieces, bold, escape
from bot.wording.point_page import PointPage
from bot.wording.reply import Button, Reply

START = "hello"
"""What a link to the private chat carries when it is about nothing in particular."""
SIDES: tuple[Literal["how"], Literal["when_not"]] = ("how", "when_not")
"""What is shown in turns under a picture."""
MOST_NAMED = 3
"""Complaints that a line names; apps show no more than two short lines."""


@dataclass(frozen=True)
class Row:
    """A result: the ``title`` and ``line`` that one person reads, and the message that it becomes.

    ``pictured`` says the same in words that fit under the picture of the point, if there is one.
    """

    id: str
    title: str
    line: str
    message: Reply
    pictured: Reply | None = None


@dataclass(frozen=True)
class Listing:
    """The results for what somebody typed. ``above`` stands over them and leads to the private chat."""

    rows: tuple[Row, ...]
    more_from: int | None = None
    above: Button | None = None


class SharingWriter:
    """Writes what is found. The message of a point is the same whoever it is for."""

    def __init__(self, library: Library, page: PointPage, card: Callable[[say.Decision], Reply]) -> None:
        """``card`` writes the decisions that are said in the same words everywhere."""
        self._library = library
        self._words = library.words.sharing
        self._s = library.words.sentences
        self._private = library.words.settings.button_private
        self._pieces = Pieces(library)
        self._page = page
        self._card = card
        self._points = {code: self._point(code) for code in library.points}

    @property
    def pictures(self) -> tuple[str, ...]:
        """Every picture that a result can show, each once."""
        shown = (row.pictured.picture for row in self._points.values() if row.pictured)
        return tuple(dict.fromkeys(filter(None, shown)))

    def listing(self, finding: Finding) -> Listing:
        """The results for somebody who chooses."""
        match finding:
            case say.DangerCard():
                urgent = finding.danger.tier is Tier.EMERGENCY_NOW
                title = self._words.emergency_title if urgent else self._words.same_day_title
                return Listing((self._card_row("danger", title, finding),))
            case say.NoPressing():
                return Listing((self._card_row("not_now", self._words.no_pressing_title, finding),))
            case FoundNothing():
                about = Reply(self._words.about, (self._link(START),))
                line = Reply(self._honest(finding)).plain or self._words.nothing_line
                row = Row("nothing", self._words.nothing_title, line, about)
                return Listing((*self._doctor(finding.see_doctor_about), row), above=self._above(START))
            case Found():
                rows = (*self._doctor(finding.see_doctor_about), *self._found(finding))
                return Listing(rows, finding.more_from, self._above(self._subject(finding)))

    def answer(self, finding: Finding) -> Row:
        """The one answer where nobody chooses: its words say all that is said of it."""
        rows = {row.id: row for row in self.listing(finding).rows}
        doctor = rows.pop("doctor", None)
        row = next(iter(rows.values()))
        before = [doctor.message.text] if doctor else []
        if isinstance(finding, FoundNothing):
            paragraphs = [*before, self._honest(finding), self._words.about_mentioned]
            text = "\n\n".join(filter(None, paragraphs))
            return replace(row, message=replace(row.message, text=text))
        if isinstance(finding, Found):
            care = dict(finding.care).get(finding.codes[0])
            before += [bold(self._pieces.reason(care))] if care else []
        if not before:
            return row
        message = replace(row.message, text="\n\n".join([*before, row.message.text]))
        return replace(row, message=message, pictured=None)

    def shared(self, action: ShowShared) -> Reply:
        """What stands under the picture of a point after a tap there."""
        code = action.code
        how, when_not = ShowShared(code, "how"), ShowShared(code, "when_not")
        link = self._link(f"p_{code}")
        if action.part == "how":
            forms = (self._page.body(code), self._page.body_without_position(code))
            replies = [
                Reply(
                    self._paragraphs(code, form, escape(self._s.comfort)),
                    (Button(self._words.button_when_not, when_not), link),
                    picture=self._pieces.picture(f"points/{code}.jpg"),
                )
                for form in forms
            ]
            return next((reply for reply in replies if reply.fits_under_picture), replies[-1])
        text = self._paragraphs(code, *self._page.cautions(code), escape(self._s.comfort))
        return Reply(text, (Button(self._words.button_how, how), link))

    def strange(self) -> Reply:
        """What is said to a tap on a button that does not belong there: the message stays."""
        return Reply(self._s.old_button, toast=self._s.old_button_toast, toast_only=True)

    def broken(self, number: str) -> Listing:
        """The only result when something broke; ``number`` finds the report of it."""
        text = self._s.went_wrong.format(number=escape(number))
        row = Row("broken", self._words.nothing_title, self._words.nothing_line, Reply(text))
        return Listing((row,))

    def _found(self, finding: Found) -> Iterator[Row]:
        care = dict(finding.care)
        for code in finding.codes:
            line = self._library.words.points[code].where
            served = [slug for slug in finding.complaints if serves(code, slug, self._library)]
            if served:
                complaints = self._pieces.complaints(served[:MOST_NAMED])
                line = f"{self._words.used_for.format(complaints=complaints)} {line}"
            if code in care:
                line = self._words.care.format(reason=self._pieces.reason(care[code]))
            yield replace(self._points[code], line=Reply(line).plain)

    def _point(self, code: str) -> Row:
        words = self._library.words.points[code]
        text = self._paragraphs(
            code, self._page.body(code), self._page.folded(code, ()), escape(self._s.comfort)
        )
        pictured, turned = (self.shared(ShowShared(code, part)) for part in SIDES)
        fit = pictured.fits_under_picture and turned.fits_under_picture
        return Row(
            code,
            f"{code} {words.name}",
            words.where,
            Reply(text, (self._link(f"p_{code}"),)),
            pictured if pictured.picture and fit else None,
        )

    def _honest(self, finding: FoundNothing) -> str:
        """Why there is no point, if it is for something that was said."""
        if finding.told:
            return self._s.nothing_for_you.format(conditions=self._pieces.conditions(finding.told))
        texts = [self._library.words.complaints[slug].none for slug in finding.complaints]
        return escape(" ".join(text for text in texts if text))

    def _paragraphs(self, code: str, *paragraphs: str) -> str:
        return "\n\n".join([self._page.heading(code), *paragraphs])

    def _card_row(self, id: str, title: str, decision: say.Decision) -> Row:
        """A card that is the whole answer: no button, and nothing that leads to pressing."""
        card = Reply(self._card(decision).text)
        return Row(id, title, card.plain.removeprefix(f"{title}.").strip(), card)

    def _doctor(self, red_flag: str | None) -> Iterator[Row]:
        if red_flag:
            sign = self._library.words.red_flags[red_flag].name
            said = Reply(bold(self._s.doctor_soon.format(sign=sign)))
            yield Row("doctor", self._words.doctor_soon_title, said.plain, said)

    def _subject(self, finding: Found) -> str:
        if len(finding.complaints) == 1:
            return f"c_{finding.complaints[0]}"
        return f"p_{finding.codes[0]}" if len(finding.codes) == 1 else START

    def _above(self, link: str) -> Button:
        return Button(self._words.button_above, link=link)

    def _link(self, link: str) -> Button:
        return Button(self._private, link=link)
