"""Words for a group: short, and what is personal only behind a button that opens the private chat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.conversation import decision as say
from bot.conversation.in_a_group import private_link
from bot.conversation.scene import Turn
from bot.conversation.talk import COMPLAINT_LINK, POINT_LINK
from bot.library import Library
from bot.wording.answer_words import AnswerWords
from bot.wording.pieces import Pieces, escape
from bot.wording.point_page import PointPage
from bot.wording.reply import Button, Reply


class GroupWriter:
    """Writes the words of decisions where several people read them."""

    def __init__(self, library: Library, page: PointPage, write: Callable[[say.Decision], Reply]) -> None:
        """``write`` gives the reply that the same decision gets in private."""
        self._s = library.words.sentences
        self._pieces = Pieces(library)
        self._page, self._write = page, write
        self._answers = AnswerWords(library)

    def write_turn(self, turn: Turn) -> tuple[Reply, ...]:
        """The replies of a whole turn."""
        return tuple(self.write(decision) for decision in turn.says)

    def write(self, decision: say.Decision) -> Reply:
        """The reply to ``decision``."""
        match decision:
            case say.Answer():
                return self._short(decision)
            case say.DangerCard():
                return replace(self._write(decision), buttons=())
            case _:
                return self._in_public(self._write(decision))

    def _short(self, decision: say.Answer) -> Reply:
        paragraphs = [*self._answers.understood(decision), *self._answers.warned(decision)]
        paragraphs += [self._page.heading(decision.code), self._page.body_without_position(decision.code)]
        paragraphs += [*self._answers.left_out(decision), escape(self._s.comfort)]
        picture = self._pieces.picture(f"points/{decision.code}.jpg")
        return Reply("\n\n".join(paragraphs), tuple(self._answer_buttons(decision)), picture=picture)

    def _answer_buttons(self, decision: say.Answer) -> Iterator[Button]:
        person, complaints = decision.person, (*decision.complaints, *decision.also)
        shown = decision.offer.shown
        if decision.code in shown[:-1]:
            following = shown[shown.index(decision.code) + 1]
            yield self._pieces.point_button(following, complaints, person, self._s.button_another)
        yield from (self._pieces.complaint_button(slug, person) for slug in decision.also)
        slugs = decision.complaints
        link = f"{COMPLAINT_LINK}{slugs[0]}" if slugs else f"{POINT_LINK}{decision.code}"
        yield self._pieces.private_button(link)

    def _in_public(self, reply: Reply) -> Reply:
        """The reply with one way into the private chat in the place of every personal button."""
        links = [_private(button) for button in reply.buttons]
        if not any(links):
            return reply
        public = [button for button, link in zip(reply.buttons, links, strict=True) if link is None]
        first = next(link for link in links if link)
        return replace(reply, buttons=(*public, self._pieces.private_button(first)))


def _private(button: Button) -> str | None:
    """The word that opens the subject of a personal button in private."""
    if button.action is None:
        return None
    if button.action.person.cleared:
        return "settings"
    return private_link(button.action)
