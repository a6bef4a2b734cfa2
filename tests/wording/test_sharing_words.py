"""What people read of the bot in chats that it is not in: each text is said, and fits where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import replace

import pytest

from bot.conversation.actions import ShowShared, encode
from bot.conversation.events import Mentioned, Searched
from bot.conversation.finding import MOST_SHOWN
from bot.flow import Companion
from bot.library import Library
from bot.library.sharing_words import SharingWords
from bot.wording.reply import MOST_UNDER_PICTURE, Reply
from bot.wording.sharing import Row
from bot.wording.writer import Writer
from tests.answering import NOTHING, NOW
from tests.wording.telegram_html import parse

MOST_UNITS = 4096
LONGEST_TITLE = 40
"""Apps show about so many characters in large print before they cut."""
LONGEST_BUTTON = 20
SEARCHES = [
    Searched(""),
    Searched("", shown=MOST_SHOWN),
    Searched("neck"),
    Searched("zzzz"),
    Searched("nausea"),
    Searched("night pain in my neck for months"),
    Searched("I take blood thinners, neck"),
    Searched("I am 15, neck"),
    Searched("can't pee"),
    Searched("fever and my back hurts"),
    Mentioned(""),
    Mentioned("night pain in my neck for months"),
]


def rows(companion: Companion) -> Iterator[Row]:
    for event in SEARCHES:
        yield from companion.find(event, NOTHING, NOW).rows
    yield from companion.writer.sharing.broken("4711").rows


def replies(companion: Companion) -> Iterator[Reply]:
    for row in rows(companion):
        yield row.message
        if row.pictured:
            yield row.pictured
    for code in companion.library.points:
        for part in ("how", "when_not"):
            yield companion.tapped_elsewhere(encode(ShowShared(code, part)))


@pytest.fixture(scope="module")
def marked(companion: Companion) -> Companion:
    """A companion of which each text about other chats begins with its name, as in ``«about»I show``."""
    sharing = companion.library.words.sharing
    named = {name: f"«{name}»{getattr(sharing, name)}" for name in SharingWords.model_fields}
    changed = copy(companion)
    words = replace(companion.library.words, sharing=SharingWords(**named))
    changed.library = replace(companion.library, words=words)
    changed.writer = Writer(changed.library)
    return changed


def test_every_text_about_other_chats_is_said_somewhere(marked: Companion) -> None:
    texts = [text for row in rows(marked) for text in (row.title, row.line)]
    for reply in replies(marked):
        texts += [reply.text, *(button.label for button in reply.buttons)]
    texts += [listing.above.label for listing in [marked.find(SEARCHES[0], NOTHING, NOW)] if listing.above]

    said = {name for text in texts for name in re.findall(r"«(\w+)»", text)}

    assert SharingWords.model_fields.keys() - said == set()
    assert [text for text in texts if "{" in text] == []


def test_every_message_is_one_that_telegram_takes(companion: Companion) -> None:
    for reply in replies(companion):
        parsed = parse(reply.text)
        assert not parsed.faults
        assert 0 < parsed.utf16_units <= MOST_UNITS


def test_what_stands_under_a_picture_fits_there(companion: Companion) -> None:
    pictured = [row.pictured for row in rows(companion) if row.pictured]
    assert pictured
    for reply in pictured:
        assert reply.picture in companion.library.pictures
        assert parse(reply.text).utf16_units <= MOST_UNDER_PICTURE


def test_titles_lines_and_buttons_are_short_and_plain(companion: Companion, library: Library) -> None:
    for row in rows(companion):
        assert 0 < len(row.title) <= LONGEST_TITLE
        assert not re.search(r"<|&\w+;|\{", row.title + row.line)
        assert 1 <= len(row.id.encode()) <= 64
    for reply in replies(companion):
        assert all(len(button.label) <= LONGEST_BUTTON for button in reply.buttons)
    assert len(library.words.sharing.button_above) <= 2 * LONGEST_BUTTON


@pytest.mark.parametrize("event", SEARCHES, ids=repr)
def test_no_two_results_have_the_same_id(companion: Companion, event: Searched) -> None:
    ids = [row.id for row in companion.find(event, NOTHING, NOW).rows]
    assert len(ids) == len(set(ids)) <= 50


def test_a_link_to_the_private_chat_carries_what_telegram_allows(companion: Companion) -> None:
    links = [button.link for reply in replies(companion) for button in reply.buttons if button.link]
    links += [
        listing.above.link for event in SEARCHES if (listing := companion.find(event, NOTHING, NOW)).above
    ]
    assert links
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", link) for link in links)


def test_a_tap_in_any_language_gets_words_that_fit_where_the_picture_can_be(library: Library) -> None:
    companion = Companion(library)
    for language in companion.languages:
        listed = [
            row
            for shown in (0, MOST_SHOWN)
            for row in companion.find(Searched("", shown=shown, language=language), NOTHING, NOW).rows
        ]
        pictured = [row.id for row in listed if row.pictured]
        assert pictured, language
        for code in pictured:
            for part in ("how", "when_not"):
                for tapped_in in companion.languages:
                    reply = companion.tapped_elsewhere(encode(ShowShared(code, part)), tapped_in)
                    assert reply.fits_under_picture, (code, part, language, tapped_in)
