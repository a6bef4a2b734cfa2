"""Every sentence of the content is said somewhere, and what is said comes from the content.

A sentence that nothing says is one that a translator works on for nothing. A word that stands in the code
instead would stay English for ever.
"""

from __future__ import annotations

import html
import re
from copy import copy
from dataclasses import replace
from string import Formatter

import pytest

from bot.conversation.commands import COMMANDS, GROUP_COMMANDS
from bot.flow import Companion
from bot.library import Library
from bot.library.words import Sentences
from bot.reminders.cities import FILE, REGIONS
from bot.reminders.zones import iana_names
from bot.wording.writer import Writer
from tests.guidance.holding import NAMED_BY_A_PERSON
from tests.guidance.walk import labels, replies_of_every_kind

pytestmark = pytest.mark.walk


def with_sentences(companion: Companion, **sentences: str) -> Companion:
    """A companion that says other sentences; it understands as before."""
    words = replace(companion.library.words, sentences=Sentences(**sentences))
    changed = copy(companion)
    changed.library = replace(companion.library, words=words)
    changed.writer = Writer(changed.library)
    return changed


@pytest.fixture(scope="module")
def marked(companion: Companion) -> set[str]:
    """All that is said when each sentence begins with its name, as in ``«comfort»This is for comfort.``"""
    sentences = companion.library.words.sentences
    named = {name: f"«{name}»{getattr(sentences, name)}" for name in Sentences.model_fields}
    return everything_said(with_sentences(companion, **named))


def everything_said(companion: Companion) -> set[str]:
    writer = companion.writer
    texts = {*writer.commands().values(), writer.name(), writer.description(), writer.short_description()}
    texts.add(companion.writer.notice("1f", "2e").text)
    for visit in replies_of_every_kind(companion):
        texts |= {visit.reply.text, visit.reply.toast or "", *labels(visit.reply)}
    return texts


def fields_of(sentence: str) -> list[str]:
    return [field for _, field, _, _ in Formatter().parse(sentence) if field is not None]


def test_every_sentence_is_said_somewhere(marked: set[str]) -> None:
    said = {name for text in marked for name in re.findall(r"«(\w+)»", text)}

    assert Sentences.model_fields.keys() - said == set()


def test_every_placeholder_of_every_sentence_is_filled(marked: set[str]) -> None:
    assert [text for text in marked if "{" in text or "}" in text] == []


def test_nothing_is_filled_in_by_position(library: Library) -> None:
    """A name in braces can be moved about by a translator; a bare brace cannot."""
    for name in Sentences.model_fields:
        for field in fields_of(getattr(library.words.sentences, name)):
            assert field.isidentifier(), name


def test_with_every_sentence_silenced_no_words_of_the_code_are_left(companion: Companion) -> None:
    """What people read comes from the content; a word put in by the code would show up here."""
    silent = {
        name: " ".join(["·", *(f"{{{field}}} ·" for field in fields_of(getattr(sentences, name)))])
        for sentences in [companion.library.words.sentences]
        for name in Sentences.model_fields
    }
    word = re.compile(r"[^\W\d_]{2,}")
    texts = [*content_texts(companion.library), *NAMED_BY_A_PERSON]
    in_content = {found.casefold() for text in texts for found in word.findall(text)}

    said = everything_said(with_sentences(companion, **silent))

    plain = " ".join(html.unescape(re.sub(r"<[^>]*>|/\w+", " ", text)) for text in said)
    assert {found for found in word.findall(plain) if found.casefold() not in in_content} == set()


def content_texts(library: Library) -> list[str]:
    words = library.words
    models = [
        *words.points.values(),
        *words.complaints.values(),
        *words.red_flags.values(),
        *words.rules.values(),
        *words.evidence.values(),
        *library.points.values(),
        *library.languages.values(),
        *library.evidence.values(),
        *library.old_numbers.values(),
    ]
    models += [*words.techniques.values(), *words.routines.values()]
    models += [
        text
        for model in (words.settings, words.holds, words.browsing, words.groups)
        for _, text in model
        if isinstance(text, str)
    ]
    models += [*words.settings.labels.values(), words.reminders, *place_names()]
    return [*(str(model) for model in models), *words.cautions.values(), *library.points]


def place_names() -> list[str]:
    """The names that the table of cities gives, and the zones."""
    return [REGIONS.read_text(encoding="utf-8"), FILE.read_text(encoding="utf-8"), *iana_names().values()]


def test_every_command_has_a_word_in_the_menu(companion: Companion) -> None:
    menu = companion.writer.commands()

    assert tuple(menu) == COMMANDS
    assert all(1 <= len(description) <= 256 for description in menu.values())
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in menu)


def test_the_menu_of_groups_holds_what_is_not_personal(companion: Companion) -> None:
    menu = companion.writer.group_commands()

    assert set(menu) == set(GROUP_COMMANDS)
    assert menu.items() <= companion.writer.commands().items()
    assert menu.keys() & {"settings", "mydata", "delete", "progress", "reminders"} == set()


@pytest.mark.parametrize("number", ["4711", "<b>", "a & b"])
def test_the_apology_gives_the_number_of_the_report_and_a_way_on(companion: Companion, number: str) -> None:
    reply = companion.writer.apology(number)

    assert number in reply.plain
    assert reply.buttons


def test_a_decision_without_words_is_a_fault_that_names_it(companion: Companion) -> None:
    with pytest.raises(TypeError, match="object"):
        companion.writer.write(object())
