"""Somebody opens the bot on a phone set to their language: everything comes in it, gaps come in English.

What they choose counts more than what the phone says. What comes while they do nothing, a cue or a reminder,
comes in their language as well, also after a restart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.conversation.actions import AS_IN_APP, Agree, Keeping, SetLanguage, ShowLanguages, encode
from bot.conversation.events import Commanded, Due, Said, Sent, Tapped
from bot.conversation.hold_actions import HoldPoint
from bot.conversation.memory import Memory, Preferences
from bot.delivery.chats import Chats
from bot.flow import Companion
from bot.library import load
from bot.reminders.reminder import create
from bot.reminders.schedule import Schedule
from bot.storage.database import Database
from tests.answering import NOTHING, NOW

if TYPE_CHECKING:
    from conftest import ContentCopy

pytestmark = pytest.mark.walk

QUEX = {
    "welcome": "Quah. What is bothering you?",
    "no_words": "Quo words.",
    "went_wrong": "Quops: {number}.",
    "emergency": "QUICK: {sign}.",
}


def in_quex(content: ContentCopy) -> ContentCopy:
    """The content with some sentences of a made-up language."""
    content.write("qx/language.toml", b'name = "Quex"\ncomplete = false\n')
    lines = "".join(f'{key} = "{text}"\n' for key, text in QUEX.items())
    content.write("qx/sentences.toml", lines.encode())
    content.write("qx/reminders.toml", b'due = "Quime."\ndue_plain = "Quime."\n')
    content.write("qx/holds.toml", b'interrupted = "Quom."\nfinished_late = "Quom."\n')
    return content


@pytest.fixture(scope="module")
def quex(new_content: Callable[[], ContentCopy]) -> Companion:
    """A companion that speaks a made-up language as well."""
    return Companion(load(in_quex(new_content()).folder), ("qx",))


@pytest.fixture(scope="module")
def offered(new_content: Callable[[], ContentCopy]) -> Companion:
    """The same where the made-up language counts as complete, so that it can be chosen."""
    content = in_quex(new_content())
    content.write("qx/settings.toml", b'language_set = "Quet."\nlanguage_not_kept = "Quot."\n')
    content.write("qx/language.toml", b'name = "Quex"\ncomplete = true\ncalled = ["quexish"]\n')
    return Companion(load(content.folder))


def said(companion: Companion, text: str, language: str | None, memory: Memory = NOTHING) -> str:
    return companion.answer(Said(text, 1, language), memory, NOW).replies[0].plain


@pytest.mark.parametrize("code", ["qx", "qx-mx", "QX"])
def test_the_language_of_the_phone_is_answered(quex: Companion, code: str) -> None:
    assert quex.answer(Sent("sticker", 1, code), NOTHING, NOW).replies[0].plain == "Quo words."
    assert quex.answer(Commanded("start", "", 1, code), NOTHING, NOW).replies[0].plain.startswith("Quah.")


@pytest.mark.parametrize("code", [None, "", "xx", "zh-hans", "q", "en-gb"])
def test_any_other_language_is_answered_in_english(quex: Companion, code: str | None) -> None:
    english = quex.answer(Sent("sticker", 1), NOTHING, NOW).replies

    assert quex.answer(Sent("sticker", 1, code), NOTHING, NOW).replies == english


def test_the_danger_card_comes_in_the_language_of_the_phone(quex: Companion) -> None:
    assert said(quex, "chest pain going down my left arm", "qx").startswith("QUICK:")


def test_what_a_language_does_not_have_comes_in_english_and_never_as_a_key(quex: Companion) -> None:
    assert said(quex, "where is LI4", "qx") == said(quex, "where is LI4", "en")


def test_what_was_chosen_counts_more_than_the_phone(quex: Companion) -> None:
    chosen = Memory(preferences=Preferences(language="qx"))

    assert quex.answer(Sent("sticker", 1, "en"), chosen, NOW).replies[0].plain == "Quo words."


def test_a_choice_that_is_no_longer_there_is_passed_over(quex: Companion) -> None:
    gone = Memory(preferences=Preferences(language="zz"))

    assert quex.answer(Sent("sticker", 1, "qx"), gone, NOW).replies[0].plain == "Quo words."


def test_an_apology_comes_in_the_language_of_the_phone(quex: Companion) -> None:
    assert quex.writer_for("qx-mx").apology("1f").plain == "Quops: 1f."
    assert quex.writer_for("xx") is quex.writer


def with_reminder(language: str | None) -> Memory:
    """Somebody with a reminder, after an event on a phone set to ``language``."""
    schedule = Schedule((time(9, 35),), frozenset(range(7)), "UTC")
    preferences = Preferences(zone="UTC", last_id=1)
    return Memory(
        NOW, preferences=preferences, reminders=(create(1, "LI4", schedule, NOW - timedelta(days=1)),)
    )


def test_a_reminder_comes_in_the_language_that_the_phone_had_last(quex: Companion) -> None:
    heard = quex.answer(Sent("sticker", 1, "qx"), with_reminder("qx"), NOW).memory
    at_its_time = NOW + timedelta(minutes=5)

    assert quex.answer(Due(), heard, at_its_time).replies[0].plain == "Quime."

    moved_on = quex.answer(Sent("sticker", 1, "en"), heard, NOW).memory
    assert quex.answer(Due(), moved_on, at_its_time).replies[0].plain != "Quime."


def test_a_reminder_comes_in_the_chosen_language_whatever_the_phone_says(quex: Companion) -> None:
    memory = with_reminder(None)
    memory = replace(memory, preferences=replace(memory.preferences, language="qx"))
    heard = quex.answer(Sent("sticker", 1, "en"), memory, NOW).memory

    assert quex.answer(Due(), heard, NOW + timedelta(minutes=5)).replies[0].plain == "Quime."


def started_hold(companion: Companion, language: str) -> Memory:
    """Somebody who has just tapped Start."""
    card = companion.answer(Said("time LI4 for 30 seconds", 7, language), NOTHING, NOW)
    start = next(button.action for button in card.replies[0].buttons if isinstance(button.action, HoldPoint))
    return companion.answer(Tapped(encode(start), 7, 5, language=language), card.memory, NOW).memory


def test_a_running_routine_goes_on_in_the_language_in_which_it_was_started(quex: Companion) -> None:
    running = started_hold(quex, "qx").round

    assert running is not None
    assert running.language == "qx"


async def test_b80_a_routine_keeps_its_language_over_a_restart(quex: Companion, database: Database) -> None:
    chats = Chats(quex, database)
    card = await chats.answer(7, Said("time LI4 for 30 seconds", 7, "qx"), NOW)
    start = next(button.action for button in card[0].buttons if isinstance(button.action, HoldPoint))
    await chats.answer(7, Tapped(encode(start), 7, 5, language="qx"), NOW)

    after_restart = Chats(quex, database)
    rung = await after_restart.due(NOW + timedelta(minutes=20), after_downtime=True)

    assert [letter.reply.plain for letter in rung.letters] == ["Quom."]


def test_who_speaks_english_leaves_no_trace_of_a_language(quex: Companion) -> None:
    running = started_hold(quex, "en-us").round

    assert running is not None
    assert running.language is None
    assert quex.answer(Sent("sticker", 1, "qx"), NOTHING, NOW).memory == NOTHING


def test_what_a_language_needs_is_built_before_somebody_is_answered(quex: Companion) -> None:
    fresh, event = Companion(quex.library, ("qx",)), Tapped("old", language="qx")
    fresh.writer_for("qx")  # as for the menus, before anybody has written

    assert fresh.unready(event) == {"qx"}

    fresh.get_ready({"qx"})
    assert fresh.unready(event) == frozenset()
    assert fresh.unready(Tapped("old", language="en")) == frozenset()


# --- choosing


def labels(companion: Companion, event: Commanded | Tapped, memory: Memory = NOTHING) -> list[str]:
    return [button.label for button in companion.answer(event, memory, NOW).replies[0].buttons]


def test_languages_are_offered_by_their_own_names(offered: Companion, quex: Companion) -> None:
    buttons = labels(offered, Commanded("language", "", 1, "en"))

    assert {"English", "Quex"} <= set(buttons)
    assert "Quex" not in labels(quex, Commanded("language", "", 1, "en"))


def test_the_settings_lead_to_the_languages(offered: Companion) -> None:
    shown = offered.answer(Commanded("settings"), NOTHING, NOW).replies[0]

    assert ShowLanguages() in [button.action for button in shown.buttons]
    assert "Quex" in labels(offered, Tapped(encode(ShowLanguages())))


def test_a_tap_chooses_and_is_answered_in_the_chosen_language(offered: Companion) -> None:
    chosen = offered.answer(Tapped(encode(SetLanguage("qx")), language="en"), NOTHING, NOW)

    assert chosen.replies[0].plain == "Quet. Quot."
    assert offered.answer(Sent("sticker", 1, "en"), chosen.memory, NOW).replies[0].plain == "Quo words."
    assert "✓ Quex" in labels(offered, Commanded("language", "", 1, "en"), chosen.memory)


@pytest.mark.parametrize("words", ["Quex", "in quexish please", "do you speak Quex?"])
def test_a_language_can_be_asked_for_by_name(offered: Companion, words: str) -> None:
    assert said(offered, words, "en") == "Quet. Quot."
    assert offered.answer(Commanded("language", words), NOTHING, NOW).replies[0].plain == "Quet. Quot."


def test_a_complaint_beside_the_name_of_a_language_is_a_complaint(offered: Companion) -> None:
    answer = offered.answer(Said("my quex neck hurts", 1, "en"), NOTHING, NOW)

    assert answer.memory.preferences.language is None
    assert "neck" in answer.replies[0].plain


def test_the_app_decides_again_when_somebody_wants_that(offered: Companion) -> None:
    chosen = offered.answer(Tapped(encode(SetLanguage("qx"))), NOTHING, NOW).memory
    back = offered.answer(Tapped(encode(SetLanguage(AS_IN_APP))), chosen, NOW).memory

    assert back == NOTHING
    assert said(offered, "thanks", "en", back) == said(offered, "thanks", "en")


@pytest.mark.parametrize("consent_at", [None, NOW])
@pytest.mark.parametrize("language", ["qx", AS_IN_APP])
def test_a_choice_forgets_nothing_that_was_said_about_the_body(
    offered: Companion, language: str, consent_at: datetime | None
) -> None:
    """The buttons still work after a restart, when nothing else knows of it."""
    pregnant = offered.answer(Said("I am pregnant", 1, "en"), Memory(consent_at), NOW).memory
    chosen = offered.answer(Tapped(encode(SetLanguage(language))), pregnant, NOW).replies[0]
    about_pressing = [each.action for each in chosen.buttons if not isinstance(each.action, Keeping)]

    assert len(about_pressing) > 1
    assert {each.person.conditions for each in about_pressing if each} == {frozenset({"CR01"})}


def test_a_language_that_has_gone_is_an_old_button(offered: Companion, companion: Companion) -> None:
    gone, rubbish = (Tapped(data) for data in (encode(SetLanguage("zz")), "rubbish"))

    assert companion.answer(gone, NOTHING, NOW).replies == companion.answer(rubbish, NOTHING, NOW).replies


async def test_a_choice_outlives_a_restart_once_it_may_be_stored(
    offered: Companion, database: Database
) -> None:
    chats = Chats(offered, database)
    replies = await chats.answer(7, Tapped(encode(SetLanguage("qx")), 7, language="en"), NOW)
    agree = next(button.action for button in replies[0].buttons if isinstance(button.action, Agree))
    await chats.answer(7, Tapped(encode(agree), 7, language="en"), NOW)

    after_restart = await Chats(offered, database).answer(7, Sent("sticker", 7, "en"), NOW)

    assert after_restart[0].plain == "Quo words."


async def test_without_consent_nobody_can_read_a_choice_in_the_database(
    offered: Companion, database: Database
) -> None:
    """Workers that share a database keep it there for some hours, sealed with a secret that is not in it."""
    chats = Chats(offered, database)
    await chats.answer(8, Tapped(encode(SetLanguage("qx")), 7, language="en"), NOW)

    assert (await chats.answer(8, Sent("sticker", 7, "en"), NOW))[0].plain == "Quo words."
    without_the_secret = Database(database.url, "another secret")
    after_restart = await Chats(offered, without_the_secret).answer(8, Sent("sticker", 7, "en"), NOW)
    without_the_secret.close()

    assert after_restart[0].plain != "Quo words."


@pytest.mark.parametrize(
    ("words", "language"),
    [("my reminders", "en"), ("what reminders do I have", "en"), ("mis recordatorios", "es")],
)
def test_reminders_asked_for_in_words_are_listed_as_by_the_command(
    companion: Companion, words: str, language: str
) -> None:
    memory = with_reminder(language)
    by_command = companion.answer(Commanded("reminders", "", 1, language), memory, NOW)

    assert companion.answer(Said(words, 1, language), memory, NOW).replies == by_command.replies
