"""The writer: a decision in, a reply out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import singledispatchmethod

from bot.conversation import decision as say
from bot.conversation.actions import AREAS, OutOfReach, ShowAreas, ShowEvidence, ShowPoint, ShowPoints
from bot.conversation.browsing_decisions import BrowsingDecision
from bot.conversation.commands import ADMIN_COMMANDS, COMMANDS, GROUP_COMMANDS
from bot.conversation.group_reminder_decisions import GroupReminderDecision
from bot.conversation.hold_decisions import HoldDecision
from bot.conversation.reminded import refused
from bot.conversation.reminder_actions import Subscribe
from bot.conversation.reminder_decisions import OneOfThem, PointAtItsTime, ReminderDecision
from bot.conversation.scene import Turn
from bot.conversation.wishes import SEVERE
from bot.guidance.offer import Person
from bot.library import Library
from bot.library.facts import Effect, Tier
from bot.wording.answer_words import AnswerWords
from bot.wording.browsing import BrowsingWriter
from bot.wording.group import GroupWriter
from bot.wording.group_reminders import GroupReminderWriter
from bot.wording.holds import HoldWriter
from bot.wording.keeping import UNDER_18, KeepingWriter
from bot.wording.pieces import REGIONS, Pieces, bold, escape
from bot.wording.point_page import PointPage
from bot.wording.reminders import ReminderWriter
from bot.wording.reply import Button, Reply
from bot.wording.sharing import SharingWriter

ILL, FOR_A_CHILD = "CR14", "CR24"


class Writer:
    """Writes the words of every decision in the language of its library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._words = library.words
        self._s = library.words.sentences
        self._pieces = Pieces(library)
        self._page = PointPage(library)
        self._answers = AnswerWords(library)
        self._keeping = KeepingWriter(library)
        self._reminders = ReminderWriter(library)
        self._group_reminders = GroupReminderWriter(library)
        self._browsing = BrowsingWriter(library, self._page, self.write)
        self._holds = HoldWriter(library, self._page, self._keeping)
        self.sharing = SharingWriter(library, self._page, self.write)
        """Writes for chats that the bot is not in."""
        self._group = GroupWriter(library, self._page, self.write)

    def write(self, decision: say.Decision) -> Reply:
        """The reply to ``decision``."""
        return self._write(decision)

    def write_turn(self, turn: Turn) -> tuple[Reply, ...]:
        """The replies of a whole turn; the first also offers to keep what was told."""
        replies = [self._write(decision) for decision in turn.says]
        if replies and turn.to_remember:
            replies[0] = self._keeping.offer(replies[0], turn.to_remember)
        if replies and turn.belated:
            replies[0] = replace(replies[0], text=f"{self._s.sorry_for_the_delay}\n\n{replies[0].text}")
        return tuple(replies)

    def write_turn_in_a_group(self, turn: Turn) -> tuple[Reply, ...]:
        """The replies of a whole turn where others read along."""
        return self._group.write_turn(turn)

    def commands(self) -> dict[str, str]:
        """The command menu: each command and what it does."""
        return {name: getattr(self._s, f"command_{name}") for name in COMMANDS}

    def group_commands(self) -> dict[str, str]:
        """The command menu of groups."""
        return {name: description for name, description in self.commands().items() if name in GROUP_COMMANDS}

    def admin_commands(self) -> dict[str, str]:
        """The command menu of groups for their admins."""
        groups = self._words.groups
        of_group = {"remind": groups.command_remind, "reminders": groups.command_reminders}
        menu = {**self.commands(), **of_group}
        return {name: description for name, description in menu.items() if name in ADMIN_COMMANDS}

    def name(self) -> str:
        """What the bot is called in the list of chats."""
        return self._s.bot_name

    def description(self) -> str:
        """What the empty chat shows before the first message."""
        return self._s.bot_description

    def short_description(self) -> str:
        """What the profile of the bot says, and a link to it that somebody shares."""
        return self._s.bot_short_description

    def notice(self, number: str, error: str) -> Reply:
        """What the operator is told when something broke: nothing of what anyone wrote."""
        return Reply(escape(self._s.admin_notice.format(number=number, error=error)))

    def news(self, words: str) -> Reply:
        """What whoever runs the bot has to say to those who want to hear it."""
        return self._keeping.news(words)

    def apology(self, number: str) -> Reply:
        """The reply when something broke; ``number`` finds the report of it."""
        return Reply(self._s.went_wrong.format(number=escape(number)), self._pieces.topics(Person()))

    @singledispatchmethod
    def _write(self, decision: object) -> Reply:
        if isinstance(decision, ReminderDecision):
            return self._reminders.write(decision)
        if isinstance(decision, GroupReminderDecision):
            return self._group_reminders.write(decision)
        return self._keeping.write(decision)

    @_write.register
    def _(self, decision: PointAtItsTime) -> Reply:
        page = self._write(decision.answer)
        others = (button for button in page.buttons if not isinstance(button.action, Subscribe))
        return replace(page, buttons=(self._reminders.done_button(decision), *others))

    @_write.register
    def _(self, decision: OneOfThem) -> Reply:
        opened = self._write(decision.opened)
        return replace(opened, buttons=(*opened.buttons, self._reminders.others_button(decision)))

    @_write.register
    def _(self, decision: HoldDecision) -> Reply:
        return self._holds.write(decision)

    @_write.register
    def _(self, decision: BrowsingDecision) -> Reply:
        return self._browsing.write(decision)

    @_write.register
    def _(self, decision: say.Welcome) -> Reply:
        person = decision.person
        return Reply(self._s.welcome, self._topic_buttons(person))

    @_write.register
    def _(self, decision: say.Help) -> Reply:
        person = decision.person
        examples = self._browsing.examples(person)
        return Reply(self._s.help, (*examples, self._evidence_button(person), self._areas_button(person)))

    @_write.register
    def _(self, decision: say.Stopped) -> Reply:
        return Reply(self._s.stopped)

    @_write.register
    def _(self, decision: say.OneAtATime) -> Reply:
        return Reply(self._s.one_at_a_time)

    @_write.register
    def _(self, decision: say.Thanked) -> Reply:
        return Reply(self._s.thanked)

    @_write.register
    def _(self, decision: say.DangerCard) -> Reply:
        words = self._words.red_flags[decision.danger.id]
        alone = decision.danger.tier is self._library.red_flags[decision.danger.id].tier
        if words.card and alone:
            return Reply(escape(words.card))
        urgent = decision.danger.tier is Tier.EMERGENCY_NOW
        card = self._s.emergency if urgent else self._s.same_day
        buttons = () if urgent else (self._keeping.checked_button(),)
        return Reply(card.format(sign=escape(words.name)), buttons)

    @_write.register
    def _(self, decision: say.NoPressing) -> Reply:
        if decision.said_before:
            return self._keeping.not_now(decision.rule)
        cards = {
            UNDER_18: self._s.under_18,
            ILL: self._s.not_now_ill,
            FOR_A_CHILD: self._s.for_a_child,
        }
        return Reply(cards.get(decision.rule, self._s.not_now_unsure))

    @_write.register
    def _(self, decision: say.Answer) -> Reply:
        paragraphs = [*self._answers.understood(decision), *self._answers.warned(decision)]
        paragraphs.append(self._page.heading(decision.code))
        paragraphs += [self._page.body(decision.code), *self._answers.left_out(decision)]
        tips = [self._words.complaints[slug].tip for slug in decision.complaints]
        paragraphs += [f"{bold(self._s.tip)}: {escape(tip)}" for tip in tips if tip][:1]
        paragraphs += [self._page.folded(decision.code, decision.complaints), escape(self._s.comfort)]
        picture = self._pieces.picture(f"points/{decision.code}.jpg")
        return Reply("\n\n".join(paragraphs), tuple(self._answer_buttons(decision)), picture=picture)

    @_write.register
    def _(self, decision: say.NothingToOffer) -> Reply:
        pieces, person = self._pieces, decision.person
        paragraphs = [self._s.you_wrote_about.format(complaints=pieces.complaints(decision.complaints))]
        if decision.see_doctor_about:
            paragraphs.append(self._answers.see_doctor(decision.see_doctor_about))
        honest = [self._words.complaints[slug].none for slug in decision.complaints]
        paragraphs.append(
            escape(" ".join(text for text in honest if text)) or self._nothing_for_you(decision)
        )
        paragraphs += self._answers.left_out(decision)
        if decision.instead:
            paragraphs.append(self._s.further_away.format(points=pieces.points(decision.instead)))
        paragraphs.append(escape(self._s.breathe))
        related = [slug for meant in decision.complaints for slug in self._library.complaints[meant].related]
        buttons = [*self._agreement_button(decision)]
        buttons += [pieces.point_button(code, decision.complaints, person) for code in decision.instead]
        buttons += [pieces.complaint_button(slug, person) for slug in dict.fromkeys(related)]
        return Reply("\n\n".join(paragraphs), (*buttons, self._areas_button(person)))

    @_write.register
    def _(self, decision: say.Withheld) -> Reply:
        pieces, rules = self._pieces, decision.verdict.rules
        ask_first = decision.verdict.effect is Effect.ASK_FIRST
        template = self._s.ask_first_point if ask_first else self._s.withheld
        paragraphs = [
            template.format(
                point=pieces.point(decision.code),
                conditions=pieces.conditions(rules),
                reason=pieces.reason(rules),
            )
        ]
        if decision.instead:
            paragraphs.append(self._s.easier.format(points=pieces.points(decision.instead)))
        buttons = [
            pieces.point_button(code, decision.complaints, decision.person) for code in decision.instead
        ]
        if ask_first:
            buttons.insert(0, self._agreed(decision.code, decision.complaints, decision.person))
        return Reply("\n\n".join(paragraphs), (*buttons, self._areas_button(decision.person)))

    @_write.register
    def _(self, decision: say.Reach) -> Reply:
        pieces, words = self._pieces, self._words.points[decision.code]
        paragraphs = [
            f"{bold(self._s.reach.format(point=decision.code))}: {escape(words.reach)}",
            *(escape(way) for way in words.alternatives.values()),
            *self._page.cautions(decision.code),
        ]
        if decision.instead:
            paragraphs.append(self._s.easier.format(points=pieces.points(decision.instead)))
        back = self._s.button_back.format(point=decision.code)
        buttons = [
            pieces.point_button(code, decision.complaints, decision.person) for code in decision.instead
        ]
        buttons.append(pieces.point_button(decision.code, decision.complaints, decision.person, back))
        return Reply("\n\n".join(paragraphs), tuple(buttons))

    @_write.register
    def _(self, decision: say.WhichPoint) -> Reply:
        places = {entry.code: entry.area for entry in self._library.old_numbers.values()}
        buttons = []
        for code in decision.codes:
            place = getattr(self._s, f"place_{places[code]}")
            label = self._s.point_there.format(place=place, code=code)
            buttons.append(Button(label, ShowPoint(code, person=decision.person)))
        return Reply(self._s.which_point, tuple(buttons))

    @_write.register
    def _(self, decision: say.WhichComplaint) -> Reply:
        buttons = [self._pieces.complaint_button(slug, decision.person) for slug in decision.complaints]
        paragraphs = [*self._doctor_first(decision), self._s.which_complaint]
        return Reply("\n\n".join(paragraphs), (*buttons, self._areas_button(decision.person)))

    @_write.register
    def _(self, decision: say.NotCovered) -> Reply:
        text = self._s.not_covered.format(points=self._pieces.points(decision.codes))
        return Reply(text, (self._points_button(decision.person), self._areas_button(decision.person)))

    @_write.register
    def _(self, decision: say.Areas) -> Reply:
        buttons = [self._pieces.area_button(area, decision.person) for area in AREAS]
        buttons.append(self._points_button(decision.person))
        return Reply(self._s.areas, tuple(buttons), picture=self._pieces.picture(REGIONS))

    @_write.register
    def _(self, decision: say.Area) -> Reply:
        complaints = self._library.complaints.items()
        slugs = [
            slug for slug, complaint in complaints if complaint.area == decision.area and complaint.points
        ]
        buttons = [self._pieces.complaint_button(slug, decision.person) for slug in slugs]
        text = self._s.area.format(area=escape(self._pieces.area(decision.area)))
        buttons.append(self._areas_button(decision.person))
        return Reply(text, tuple(buttons), picture=self._pieces.picture(REGIONS))

    @_write.register
    def _(self, decision: say.PointList) -> Reply:
        buttons = [self._pieces.point_button(code, (), decision.person) for code in decision.codes]
        return Reply(self._s.point_list, (*buttons, self._areas_button(decision.person)))

    @_write.register
    def _(self, decision: say.Evidence) -> Reply:
        studies = [
            f"{escape(words.says)} <i>({escape(self._library.evidence[study].cite)})</i>"
            for study, words in self._words.evidence.items()
            if words.says
        ]
        heading = bold(self._s.evidence_more)
        quote = f"<blockquote expandable>{heading}\n" + "\n\n".join(studies) + "</blockquote>"
        return Reply(f"{self._s.evidence}\n\n{quote}", (self._areas_button(decision.person),))

    @_write.register
    def _(self, decision: say.Noted) -> Reply:
        conditions = self._pieces.conditions(sorted(decision.person.conditions))
        paragraphs = [*self._doctor_first(decision), self._s.noted.format(conditions=conditions)]
        return Reply("\n\n".join(paragraphs), self._topic_buttons(decision.person))

    @_write.register
    def _(self, decision: say.NotUnderstood) -> Reply:
        s = self._s
        if decision.about == "command":
            closest = decision.command
            return Reply(s.closest_command.format(command=closest) if closest else s.unknown_command)
        if decision.about == "old_button":
            return Reply(
                s.old_button, self._topic_buttons(decision.person), s.old_button_toast, buttons_only=True
            )
        texts = {"no_words": s.no_words, "foreign_words": s.foreign_words}
        paragraphs = [*self._doctor_first(decision), texts.get(decision.about, s.not_understood)]
        return Reply("\n\n".join(paragraphs), self._topic_buttons(decision.person))

    def _nothing_for_you(self, decision: say.NothingToOffer) -> str:
        """There are points, and none of them can simply be shown to this person."""
        rules = {rule for _, verdict in decision.offer.withheld for rule in verdict.rules}
        rules = rules or set(decision.person.conditions)
        return self._s.nothing_for_you.format(conditions=self._pieces.conditions(sorted(rules)))

    def _doctor_first(self, decision: say.Noted | say.NotUnderstood | say.WhichComplaint) -> Iterable[str]:
        if decision.see_doctor_about:
            yield self._answers.see_doctor(decision.see_doctor_about)

    def _topic_buttons(self, person: Person) -> tuple[Button, ...]:
        return (*self._pieces.topics(person), self._areas_button(person))

    def _answer_buttons(self, decision: say.Answer) -> Iterable[Button]:
        person, complaints = decision.person, (*decision.complaints, *decision.also)
        shown = decision.offer.shown
        severe = decision.see_doctor_about == SEVERE
        yield self._holds.timed_button(decision.code, complaints, person, severe=severe)
        if decision.code in shown[:-1]:
            following = shown[shown.index(decision.code) + 1]
            yield self._pieces.point_button(following, complaints, person, self._s.button_another)
        action = OutOfReach(decision.code, self._pieces.numbers(complaints), person=person)
        yield Button(self._s.button_reach, action)
        if not refused(decision.code, person, self._library):
            yield self._reminders.remind_button(decision.code, person)
            yield self._browsing.star_button(decision.code, complaints, person, kept=decision.favourite)
        yield from (self._pieces.complaint_button(slug, person.elsewhere()) for slug in decision.also)
        yield from self._agreement_button(decision)
        yield self._evidence_button(person)
        yield self._areas_button(person)

    def _agreement_button(self, decision: say.Answer | say.NothingToOffer) -> Iterable[Button]:
        if decision.offer.ask_first:
            yield self._agreed(decision.offer.ask_first[0], decision.complaints, decision.person)

    def _agreed(self, code: str, complaints: tuple[str, ...], person: Person) -> Button:
        cleared = Person(person.conditions, cleared=True)
        return self._pieces.point_button(code, complaints, cleared, self._s.button_agreed)

    def _areas_button(self, person: Person) -> Button:
        return Button(self._s.button_topics, ShowAreas(person=person.elsewhere()))

    def _points_button(self, person: Person) -> Button:
        return Button(self._s.button_points, ShowPoints(person=person.elsewhere()))

    def _evidence_button(self, person: Person) -> Button:
        return Button(self._s.button_evidence, ShowEvidence(person=person.elsewhere()))
