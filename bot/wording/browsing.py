"""Words for those who look around, alone or in a group."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import singledispatchmethod
from itertools import islice

from bot.conversation import browsing_decisions as say
from bot.conversation.actions import Action, ShowAreas, ShowPoint, ShowPoints, ShowPrivacy
from bot.conversation.browsing_actions import Browse, Rate, Shelf, ShowPlaces, Star
from bot.conversation.decision import Answer
from bot.conversation.hold_actions import HoldPoint, HoldRoutine
from bot.conversation.reminded import refused
from bot.conversation.reminder_actions import Subscribe
from bot.guidance.looking import DAILY
from bot.guidance.offer import Person
from bot.library import Library
from bot.wording.calendar import Calendar
from bot.wording.pieces import REGIONS, Pieces, escape
from bot.wording.point_page import PointPage
from bot.wording.reminder_pieces import ReminderPieces
from bot.wording.reply import Button, Reply

EXAMPLE_POINTS, EXAMPLE_ROUTINES = ("LI4", "GB20", "BL23"), ("R10",)
"""What help shows of points, the first that is for the person, and of routines."""
EVENING = 20 * 60


class BrowsingWriter:
    """Writes the words of decisions about looking around."""

    def __init__(self, library: Library, page: PointPage, write: Callable[[Answer], Reply]) -> None:
        """``write`` gives the reply to an answer."""
        self._page, self._write_answer = page, write
        self._library, self._words = library, library.words
        self._b, self._g = library.words.browsing, library.words.groups
        self._pieces = Pieces(library)
        self._reminders = ReminderPieces(library)
        self._calendar = Calendar(library)

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
        return Reply(self._g.in_private, (self._pieces.private_button(decision.link),))

    @_write.register
    def _(self, decision: say.EndedInPrivate) -> Reply:
        return Reply(self._g.ended, (self._pieces.private_button(decision.link),))

    @_write.register
    def _(self, decision: say.NotYours) -> Reply:
        return Reply(self._g.not_yours, toast=self._g.not_yours, toast_only=True)

    @_write.register
    def _(self, decision: say.WelcomeBack) -> Reply:
        b, person, last = self._b, decision.person, decision.last
        lines = [b.welcome_back]
        if last:
            lines.append(b.last_time.format(what=self._reminders.what(last)))
        if following := decision.following:
            what, now = self._reminders.what(following.what), decision.now
            due = following.next_due() or now
            when = self._calendar.moment(due, following, now)
            lines.append(b.next_reminder.format(what=what, when=when))
        buttons = [] if not last else [Button(b.button_again, self._card_of(last, person))]
        return Reply("\n".join((*lines, b.what_today)), (*buttons, *self._pieces.topics(person)))

    @_write.register
    def _(self, decision: say.Places) -> Reply:
        b, person = self._b, decision.person.elsewhere()
        buttons = [Button(self._place(place), Browse(place, person=person)) for place in decision.places]
        if decision.favourites:
            label = b.button_favourites.format(number=decision.favourites)
            buttons.append(Button(label, Browse("favourites", person=person)))
        buttons.append(Button(b.button_day, Browse("day", person=person)))
        buttons.append(Button(self._words.sentences.button_points, ShowPoints(person=person)))
        buttons.append(Button(b.button_by_ache, ShowAreas(person=person)))
        return Reply(b.places, tuple(buttons), picture=self._pieces.picture(REGIONS))

    @_write.register
    def _(self, decision: say.PointPage) -> Reply:
        code = decision.code
        paragraphs = [self._of_all(decision)]
        if decision.verdict.rules:
            conditions = self._pieces.conditions(decision.verdict.rules)
            said = self._words.sentences.you_wrote_that.format(conditions=conditions)
            paragraphs.append(f"{said} <b>{self._pieces.reason(decision.verdict.rules)}</b>")
        paragraphs += [self._page.heading(code), self._page.body_without_position(code)]
        picture = self._pieces.picture(f"points/{code}.jpg")
        return Reply("\n\n".join(paragraphs), tuple(self._page_buttons(decision)), picture=picture)

    def _of_all(self, decision: say.PointPage) -> str:
        """Which page of how many this is."""
        b, shelf = self._b, decision.shelf
        if shelf == "day":
            return b.page_day
        numbers = {"number": decision.codes.index(decision.code) + 1, "all": len(decision.codes)}
        if shelf == "favourites":
            return b.page_favourites.format(**numbers)
        return b.page_at.format(place=escape(self._place(shelf)), **numbers)

    def _page_buttons(self, decision: say.PointPage) -> Iterator[Button]:
        b, codes, code, shelf = self._b, decision.codes, decision.code, decision.shelf
        person, place = decision.person.elsewhere(), decision.codes.index(decision.code)
        if len(codes) > 2:
            yield Button(b.button_before, Browse(shelf, codes[place - 1], person=person))
        if len(codes) > 1:
            yield Button(b.button_next, Browse(shelf, codes[(place + 1) % len(codes)], person=person))
        yield Button(b.button_full, ShowPoint(code, person=person))
        yield self.star_button(code, (), person, shelf, kept=decision.favourite)
        if shelf == "day":
            yield Button(self._words.reminders.button_remind, Subscribe(DAILY, person=person))
        yield Button(b.button_places, ShowPlaces(person=person))

    @_write.register
    def _(self, decision: say.NoFavourites) -> Reply:
        places = Button(self._b.button_places, ShowPlaces(person=decision.person.elsewhere()))
        return Reply(self._b.no_favourites, (places,))

    @_write.register
    def _(self, decision: say.AskToKeep) -> Reply:
        b, star = self._b, decision.star
        no: Action = ShowPoint(star.code, star.complaints, person=star.person)
        if star.shelf != "answer":
            no = Browse(star.shelf, star.code, person=star.person)
        return Reply(
            b.ask_to_keep.format(point=self._pieces.point(star.code)),
            (
                Button(b.button_keep, replace(star, agreed="on")),
                Button(b.button_keep_not, no),
                Button(self._words.settings.button_privacy_full, ShowPrivacy()),
            ),
        )

    @_write.register
    def _(self, decision: say.Starred) -> Reply:
        page = decision.page
        reply = self._write(page) if isinstance(page, say.PointPage) else self._write_answer(page)
        return replace(reply, toast=self._b.toast_starred if decision.on else self._b.toast_unstarred)

    @_write.register
    def _(self, decision: say.AskFeedback) -> Reply:
        b = self._b
        return Reply(b.ask_feedback, (Button(b.button_good, Rate("good")), Button(b.button_bad, Rate("bad"))))

    @_write.register
    def _(self, decision: say.Rated) -> Reply:
        return Reply(self._b.toast_rated, toast=self._b.toast_rated, buttons_only=True)

    def star_button(
        self, code: str, complaints: tuple[str, ...], person: Person, shelf: Shelf = "answer", *, kept: bool
    ) -> Button:
        """The button that keeps a point as a favourite, or no longer."""
        label = self._b.button_unstar if kept else self._b.button_star
        numbers = self._pieces.numbers(complaints)
        return Button(label, Star(code, "off" if kept else "on", shelf, numbers, person=person.elsewhere()))

    def _place(self, place: str) -> str:
        return self._b.place_arms_hands if place == "arms_hands" else self._pieces.area(place)

    def examples(self, person: Person) -> Iterator[Button]:
        """What can be asked, as buttons that ask it; none for what is not for this person."""
        yield from self._pieces.topics(person)[:2]
        points = (code for code in EXAMPLE_POINTS if not refused(code, person, self._library))
        yield from (self._pieces.point_button(code, (), person) for code in islice(points, 1))
        for routine in EXAMPLE_ROUTINES:
            if not refused(routine, person, self._library):
                yield Button(self._words.routines[routine].button, self._card_of(routine, person))
        yield Button(self._b.example_remind, Subscribe(times=(EVENING,), person=person.elsewhere()))

    def _card_of(self, what: str, person: Person) -> HoldPoint | HoldRoutine:
        """The card of a routine or point, where its cautions are read before it starts."""
        if what in self._library.routines:
            return HoldRoutine(int(what.removeprefix("R")), person=person)
        return HoldPoint(what, person=person)
