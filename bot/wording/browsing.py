"""Words for those who look around, alone or in a group."""

from __future__ import annotations

from functools import singledispatchmethod

from bot.conversation import browsing_decisions as say
from bot.library import Library
from bot.wording.pieces import Pieces
from bot.wording.reply import Button, Reply


class BrowsingWriter:
    """Writes the words of decisions about looking around."""

    def __init__(self, library: Library) -> None:
        self._b, self._g = library.words.browsing, library.words.groups
        self._pieces = Pieces(library)

    def write(self, decision: say.BrowsingDecision) -> Reply:
        """The reply to ``decision``."""
        return self._write(decision)

    @singledispatchmethod
    def _write(self, decision: object) -> Reply:
        raise TypeError(f"no words for {type(decision).__name__}")

    @_write.register
    def _(self, decision: say.WhatAches) -> Reply:
        return Reply(self._b.what_aches, self._pieces.topics(decision.person))

    @_write.register
    def _(self, decision: say.AnswerInPrivate) -> Reply:
        return Reply(self._g.in_private, (self.private_button(decision.link),))

    @_write.register
    def _(self, decision: say.EndedInPrivate) -> Reply:
        return Reply(self._g.ended, (self.private_button(decision.link),))

    @_write.register
    def _(self, decision: say.NotYours) -> Reply:
        return Reply(self._g.not_yours, toast=self._g.not_yours, toast_only=True)

    def private_button(self, link: str) -> Button:
        """The button that opens the private chat with this word."""
        return Button(self._g.button_private, link=link)
