"""Every message arrives, fits a phone and can be read by a person in pain.

Telegram refuses a message that is too long or whose marks do not close, and then nothing arrives at all. So
every reply that can be reached is held against Telegram's limits here, and against ours: no shouting, no
claims, no buttons that cannot be read.
"""

from __future__ import annotations

import html
import re
from typing import get_args

import pytest

from bot.conversation.decision import Decision, Welcome
from bot.flow import Companion
from bot.plain_words import banned_in
from bot.wording.reply import Button, Reply
from tests.guidance.walk import Visit, every_reply, labels
from tests.wording.telegram_html import parse

pytestmark = pytest.mark.walk

MOST_UTF16_UNITS = 4096
MOST_ENTITIES = 100
MOST_BUTTONS = 100
LONGEST_LABEL = 40
LONGEST_TOAST = 200


@pytest.fixture(scope="session")
def visits(companion: Companion) -> tuple[Visit, ...]:
    return every_reply(companion)


def test_replies_of_every_kind_are_looked_at(visits: tuple[Visit, ...]) -> None:
    assert {type(visit.decision) for visit in visits} == set(get_args(Decision))


def test_every_text_fits_one_message(visits: tuple[Visit, ...]) -> None:
    longest = max(visits, key=lambda visit: parse(visit.reply.text).utf16_units)

    assert parse(longest.reply.text).utf16_units <= MOST_UTF16_UNITS, longest.reached_by


def test_no_text_is_empty(visits: tuple[Visit, ...]) -> None:
    assert [visit.reached_by for visit in visits if not visit.reply.plain.strip()] == []


def test_every_text_is_html_that_telegram_takes(visits: tuple[Visit, ...]) -> None:
    faulty = {
        visit.reached_by: parsed.faults
        for visit in visits
        if (parsed := parse(visit.reply.text)).faults or parsed.entities > MOST_ENTITIES
    }

    assert faulty == {}


def test_the_plain_text_is_what_stands_in_the_chat(visits: tuple[Visit, ...]) -> None:
    differing = [v.reached_by for v in visits if v.reply.plain != parse(v.reply.text).text]

    assert differing == []


def test_no_line_is_left_empty_handed(visits: tuple[Visit, ...]) -> None:
    """A sentence that lost a part shows as a double space, a lonely mark or an empty bullet."""
    odd = re.compile(r"  |\n\n\n| [.,]|^[.,:;]|\.\.|[:;,]\.|• *$|\(\)|\bNone\b", re.MULTILINE)
    found = {visit.reached_by: match[0] for visit in visits if (match := odd.search(visit.reply.plain))}

    assert found == {}


def test_every_placeholder_is_filled(visits: tuple[Visit, ...]) -> None:
    shown = {
        text: visit.reached_by
        for visit in visits
        for text in (visit.reply.text, visit.reply.toast or "", *labels(visit.reply))
    }

    assert {text: path for text, path in shown.items() if "{" in text or "}" in text} == {}


def test_nothing_shouts_or_claims(visits: tuple[Visit, ...], companion: Companion) -> None:
    """Titles of papers stand in italics and are quoted as they are."""
    shown = {
        text: visit.reached_by
        for visit in visits
        for own_words in [re.sub(r"<i>.*?</i>", "", visit.reply.text)]
        for text in (own_words, visit.reply.toast or "", *labels(visit.reply))
    }

    not_said = companion.library.words.not_said.values()
    found = {(word, why): path for text, path in shown.items() for word, why in banned_in(text, not_said)}

    assert not found, found


def test_only_titles_of_papers_stand_in_italics(visits: tuple[Visit, ...], companion: Companion) -> None:
    titles = {f"({study.cite})" for study in companion.library.evidence.values()}

    for visit in visits:
        italics = re.findall(r"<i>(.*?)</i>", visit.reply.text)
        assert {html.unescape(text) for text in italics} <= titles, visit.reached_by


def test_labels_can_be_read_on_a_phone(visits: tuple[Visit, ...]) -> None:
    every_label = {label for visit in visits for label in labels(visit.reply)}

    assert every_label
    assert [label for label in every_label if not 1 <= len(label.strip()) <= LONGEST_LABEL] == []
    assert [label for label in every_label if re.search(r"[<>]|&\w+;|\n", label)] == []


def test_no_reply_has_two_buttons_that_look_or_act_alike(visits: tuple[Visit, ...]) -> None:
    for visit in visits:
        assert len(set(labels(visit.reply))) == len(visit.reply.buttons), visit.reached_by
        assert len({button.action for button in visit.reply.buttons}) == len(visit.reply.buttons)


def test_buttons_stand_two_in_a_row_and_none_is_lost(visits: tuple[Visit, ...]) -> None:
    for visit in visits:
        rows = visit.reply.rows
        assert len(visit.reply.buttons) <= MOST_BUTTONS
        assert all(1 <= len(row) <= (6 if row[0].narrow else 2) for row in rows)
        assert all(len(button.label) <= 2 for row in rows for button in row if button.narrow)
        assert tuple(button for row in rows for button in row) == visit.reply.buttons


def test_toasts_fit_over_the_chat_and_have_no_marks(visits: tuple[Visit, ...]) -> None:
    toasts = {visit.reply.toast for visit in visits} - {None}

    assert toasts
    assert [toast for toast in toasts if len(toast) > LONGEST_TOAST or "<" in toast] == []


def test_the_welcome_is_one_short_question_with_examples(companion: Companion) -> None:
    reply = companion.writer.write(Welcome())

    assert len(reply.plain) <= 600
    assert reply.plain.count("?") == 1
    assert 4 <= len(reply.buttons) <= 8
    assert companion.library.words.sentences.comfort in reply.plain


def test_every_menu_that_a_tap_opens_has_a_way_on(visits: tuple[Visit, ...]) -> None:
    """Whoever taps is led on by buttons, until something stops the pressing altogether."""
    tapped = [visit for visit in visits if " > " in visit.reached_by]

    assert tapped
    ends = [visit for visit in tapped if not visit.reply.buttons and not visit.reply.ask_place]
    assert [visit.reached_by for visit in ends] == []


@pytest.mark.parametrize(
    "markup",
    [
        "<b>open",
        "closed</b>",
        "<b><i>crossed</b></i>",
        "<u>unknown</u>",
        "<b class='x'>attribute</b>",
        "<blockquote>not folded</blockquote>",
        "<b><blockquote expandable>within</blockquote></b>",
        "fish & chips",
        "a < b",
        "a > b",
        "<b><b>twice</b></b>",
        "line<br/>break",
        "<!-- comment -->",
        "&nbsp;",
    ],
)
def test_the_strict_reader_finds_what_telegram_would_refuse(markup: str) -> None:
    assert parse(markup).faults


def test_the_strict_reader_takes_what_is_right() -> None:
    parsed = parse(
        "<b>Where</b>: &lt;here&gt; &amp; <i>there</i>\n<blockquote expandable><b>x</b></blockquote>"
    )

    assert parsed.faults == ()
    assert parsed.text == "Where: <here> & there\nx"
    assert parsed.entities == 4


def test_length_is_counted_as_telegram_counts_it() -> None:
    assert parse("<b>a\N{PILE OF POO}</b>").utf16_units == 3


def test_rows_of_an_odd_number_of_buttons_end_with_one(visits: tuple[Visit, ...]) -> None:
    button: Button = next(visit.reply.buttons[0] for visit in visits if visit.reply.buttons)

    assert [len(row) for row in Reply("x", (button,) * 5).rows] == [2, 2, 1]
    assert Reply("x").rows == ()
