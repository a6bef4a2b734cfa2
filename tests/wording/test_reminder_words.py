"""Every text about reminders is said somewhere, and what is said about them comes from the content."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import replace

from bot.conversation.reminder_decisions import AskZone, ReminderDue
from bot.flow import Companion
from bot.library.reminder_words import ReminderWords
from bot.wording.writer import Writer
from tests.guidance.reminding import every_reply_about_reminders
from tests.guidance.walk import labels, replies_without_conditions

LISTS = ("days", "months")


def with_words(companion: Companion, **texts: str) -> Companion:
    """A companion that words reminders otherwise; it understands as before."""
    changed = copy(companion)
    words = companion.library.words
    reminders = ReminderWords.model_validate({**words.reminders.model_dump(), **texts})
    changed.library = replace(companion.library, words=replace(words, reminders=reminders))
    changed.writer = Writer(changed.library)
    return changed


def test_every_text_is_said_somewhere(companion: Companion) -> None:
    words = companion.library.words.reminders
    fields = [name for name in ReminderWords.model_fields if name not in LISTS]
    marked = with_words(companion, **{name: f"«{name}»{getattr(words, name)}" for name in fields})
    said = set[str]()
    for visit in (*every_reply_about_reminders(marked), *replies_without_conditions(marked)):
        reply = visit.reply
        for text in (reply.text, reply.toast or "", reply.ask_place or "", *labels(reply)):
            said |= set(re.findall(r"«(\w+)»", text))

    assert set(fields) - said == set()


def test_every_name_in_braces_is_filled_in(companion: Companion) -> None:
    for visit in every_reply_about_reminders(companion):
        for text in (visit.reply.text, visit.reply.toast or "", *labels(visit.reply)):
            assert "{" not in text, visit.reached_by


def test_what_reminds_goes_as_a_reminder_and_nothing_else_does(companion: Companion) -> None:
    for visit in every_reply_about_reminders(companion):
        assert visit.reply.reminds is isinstance(visit.decision, ReminderDue)
        assert bool(visit.reply.ask_place) is isinstance(visit.decision, AskZone)
