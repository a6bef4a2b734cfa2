"""Whoever reads this hurts, may be tired, and may have learned English late: every word is plain.

Nothing that can be read makes a claim or a reproach, or makes light of somebody's pain. No sentence is long,
neither in a file nor when it is filled in and sent, and no layout hides one. The school year that a text asks
for is measured.
"""

from __future__ import annotations

import html
import re
import statistics
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.check import readable
from bot.conversation.actions import Remember, encode
from bot.conversation.events import Commanded, Tapped
from bot.conversation.memory import Memory, Profile
from bot.flow import Companion
from bot.guidance.offer import Person
from bot.library import CONTENT, Library
from bot.plain_words import LONGEST_SENTENCE_WORDS, banned_in, sentences, too_long, words_in
from bot.wording.writer import UNDER_18
from tests.answering import NOW
from tests.guidance.walk import complaints_and_points, labels, replies_of_every_kind, walk
from tests.wording.reading_age import FEWEST_WORDS, as_prose, grade, length

pytestmark = pytest.mark.walk

GRADE_AT_ELEVEN = 6.0
HARDEST_GRADE = 8.0
"""For a single short text, in which one long name of an illness already counts for a year."""
HARDEST_REPLY_GRADE = 6.5
MOST_ITEMS = 12
LONGEST_ITEM_WORDS = 10

# --- words that nobody may read


@pytest.mark.parametrize(
    "text",
    [
        "This cures you.",
        "It is curing and curative.",
        "an untreated ache",
        "Physiotherapists use it.",
        "It proves itself.",
        "pain-free in days",
        "It will help you.",
        "This relieves back pain.",
        "It gets rid of knots.",
        "You should have pressed yesterday.",
        "You should’ve pressed.",
        "You missed a day.",
        "You’ve skipped three reminders.",
        "You failed.",
        "Don’t give up.",
        "You lost your streak.",
        "Keep your 7-day streak",
        "Back to zero.",
        "It works only if you try.",
        "You must not forget this.",
        "Don't forget your points",
        "Why didn't you press?",
        "We missed you.",
        "Simply press here.",
        "Just press here.",
        "It is easy.",
        "It's very simple.",
        "Easy to find",
        "All you have to do is press.",
        "Don't worry.",
        "Calm down",
        "It is all in your head.",
        "Press bilaterally.",
        "for chronic pain",
        "2 cun above the lumbar spine",
        "Look!",
    ],
)
def test_a_claim_a_reproach_or_making_light_is_found_with_a_reason(text: str, library: Library) -> None:
    found = list(banned_in(text, library.words.not_said.values()))

    assert found
    assert all(why for _, why in found)


@pytest.mark.parametrize(
    "text",
    [
        "Retreat to a secure, healthy entreaty.",
        "An improved approach, approved by nobody.",
        "You bleed or bruise easily.",
        "GB20 and BL10 are easy to mix up.",
        "Easier to reach: LI4.",
        "Take short, easy walks.",
        "The point is just under the collarbone, just behind the knuckle.",
        "You have just eaten.",
        "Say it to them just as you wrote it here.",
        "Stop if pain grows.",
        "You can come back to it at any time.",
        "Someone should look at that today.",
        "The second message does not forget the first.",
        "I read your message and forget its words.",
        "The row of muscle, the broken chain",
        "You wrote about your collateral.",
    ],
)
def test_words_that_only_look_alike_are_left_alone(text: str, library: Library) -> None:
    assert list(banned_in(text, library.words.not_said.values())) == []


# --- what a sentence is

SEVEN = "one two three four five six seven"


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        (f"{SEVEN}. {SEVEN}? {SEVEN}", [7, 7, 7]),
        (f"{SEVEN}: {SEVEN}; {SEVEN} – {SEVEN}", [28]),
        (f"{SEVEN}\n{SEVEN}", [14]),
        (f"{SEVEN},\n{SEVEN.title()}.", [14]),
        (f"{SEVEN}.\n{SEVEN}", [7, 7]),
        (f"{SEVEN}\n\n{SEVEN}", [7, 7]),
        (f"<b>{SEVEN}</b>\n{SEVEN}", [7, 7]),
        (f"one <b>two</b>\n{SEVEN}", [9]),
        (f"<b>Label</b>: {SEVEN}", [1, 7]),
        (f"<b>{SEVEN}</b>: {SEVEN}", [14]),
        (f"{SEVEN} <b>label</b>: {SEVEN}", [15]),
        (f"<blockquote expandable><b>Label</b>: {SEVEN}", [1, 7]),
        (f"Label: {SEVEN}", [8]),
        (f"<b>Leave it out if</b>:\n• {SEVEN}\n• {SEVEN}", [4, 7, 7]),
        (f'"{SEVEN}"\n"{SEVEN}"', [7, 7]),
        (f'"{SEVEN}." {SEVEN}', [7, 7]),
        ("Press 1.5 cm in at 10:30.", [6]),
        ("a – b • c", [3]),
        ("<b></b>\n•\n\n", []),
    ],
)
def test_a_sentence_ends_where_an_eye_ends_it(text: str, lengths: list[int]) -> None:
    assert [words_in(sentence) for sentence in sentences(text)] == lengths


@given(
    words=st.lists(st.sampled_from(["press", "Here", "two", "BL23", "it"]), min_size=1, max_size=40),
    joints=st.data(),
)
def test_no_layout_hides_a_long_sentence(words: list[str], joints: st.DataObject) -> None:
    between = st.sampled_from([" ", "\n", ", ", "; ", ": ", " – ", ":  ", " (", ") ", " <i>x</i> "])
    text = words[0] + "".join(joints.draw(between) + word for word in words[1:])

    assert bool(too_long(text)) or len(words) <= LONGEST_SENTENCE_WORDS


@given(st.text(alphabet="aA1 .?!:;,\n•<b>/\"'", max_size=80))
def test_no_word_is_lost_between_sentences(text: str) -> None:
    plain = re.sub(r"<[^>]*>", "", text)

    assert sum(map(words_in, sentences(text))) >= words_in(plain)


# --- what stands in the files


def texts_of_the_files() -> Iterator[tuple[str, str]]:
    """Every text below ``content/en``, read without the library, but for what people write themselves."""
    for path in sorted((CONTENT / "en").rglob("*.toml")):
        if path.stem not in ("lexicon", "controls", "context", "not_ours", "not_said", "language"):
            for text in strings_in(tomllib.loads(path.read_text(encoding="utf-8"))):
                yield path.relative_to(CONTENT).as_posix(), text.strip()


def strings_in(value: Any) -> Iterator[str]:
    written = ("phrases", "parts", "aliases", "means", "calls", "calm", "keywords")
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in written:
                yield from strings_in(inner)
    else:
        for inner in value:
            yield from strings_in(inner)


def test_the_check_reads_every_text_of_every_file_that_the_library_knows(library: Library) -> None:
    read = {(file, text) for file, _, _, text in readable(library)}
    known = {file for file, _ in read}

    in_files = set(texts_of_the_files())

    assert {place for place in in_files if place[0] in known} == read
    assert {file for file, _ in in_files} - known <= {"en/pictures.toml"}


def test_words_on_pictures_are_held_to_the_same(library: Library) -> None:
    """They are drawn by a tool, not sent by the bot, so the check of the library does not see them."""
    on_pictures = [text for file, text in texts_of_the_files() if file == "en/pictures.toml"]

    not_said = library.words.not_said.values()
    assert [found for text in on_pictures for found in banned_in(text, not_said)] == []
    assert [sentence for text in on_pictures for sentence in too_long(text)] == []


# --- what is sent


@pytest.fixture(scope="module")
def sent(companion: Companion) -> dict[str, str]:
    """Every text that can be sent, as prose, and how it is reached."""
    library = companion.library
    shown = dict.fromkeys(companion.writer.commands().values(), "the command menu")
    shown[companion.writer.description()] = "the empty chat"
    shown[companion.writer.short_description()] = shown[companion.writer.name()] = "the profile of the bot"
    shown[companion.writer.notice("1f", "2e").text] = "the operator's chat"
    for visit in replies_of_every_kind(companion):
        for text in (visit.reply.text, visit.reply.toast or "", *labels(visit.reply)):
            shown.setdefault(as_prose(text, library), visit.reached_by)
    return shown


def test_nothing_that_is_sent_claims_reproaches_or_makes_light(
    sent: dict[str, str], library: Library
) -> None:
    not_said = library.words.not_said.values()
    found = {word: (why, path) for text, path in sent.items() for word, why in banned_in(text, not_said)}

    assert found == {}


def test_no_sentence_that_is_sent_is_long_however_it_was_filled_in(sent: dict[str, str]) -> None:
    assert {sentence: path for text, path in sent.items() for sentence in too_long(text)} == {}


def test_however_much_somebody_told_no_sentence_grows_with_it(companion: Companion) -> None:
    library = companion.library
    everything = frozenset(library.words.settings.labels) - {UNDER_18}  # with it nothing is shown at all
    known = Memory(
        NOW, Profile(everything, helper=True, obstacles=frozenset({"lying_down", "reaching_back"}))
    )
    starts = complaints_and_points(library, frozenset())
    texts = {visit.reply.text for visit in walk(companion, frozenset(), starts, memory=known)}
    for event in (Commanded("settings"), Tapped(encode(Remember(person=Person(everything))))):
        for memory in (known, Memory()):
            texts |= {reply.text for reply in companion.answer(event, memory, NOW).replies}

    said = "\n".join(texts)

    assert all(library.words.rules[rule].condition in html.unescape(said) for rule in everything)
    assert [sentence for text in texts for sentence in too_long(as_prose(text, library))] == []


def test_the_lists_of_whom_a_point_is_not_for_are_short_enough_to_be_read(library: Library) -> None:
    for code, point in library.points.items():
        for effect in {caution.effect for caution in point.cautions}:
            items = {library.words.cautions[each.id] for each in point.cautions if each.effect is effect}
            assert len(items) <= MOST_ITEMS, (code, effect)
            assert max(map(words_in, items)) <= LONGEST_ITEM_WORDS, (code, effect)


# --- the school year


def test_the_measure_knows_a_picture_book_from_a_paper() -> None:
    plain = "Sit down. Put your thumb on the spot. Press for half a minute and let go."
    learned = (
        "Bilateral application of moderate mechanical pressure to anatomically identified locations "
        "demonstrated statistically significant amelioration of musculoskeletal discomfort."
    )

    assert grade(plain) < 3
    assert grade(learned) > 15


def test_the_texts_of_the_files_can_be_read_at_eleven(library: Library) -> None:
    grades = [grade(text) for *_, text in readable(library) if length(text) >= FEWEST_WORDS]

    assert statistics.median(grades) <= GRADE_AT_ELEVEN
    assert statistics.quantiles(grades, n=10)[-1] <= GRADE_AT_ELEVEN, "nine of ten texts, not half of them"


def test_no_text_of_the_files_is_far_above_the_others(library: Library) -> None:
    hard = {
        text: f"{file} {entry} {field}: grade {grade(text):.1f}"
        for file, entry, field, text in readable(library)
        if length(text) >= FEWEST_WORDS and grade(text) > HARDEST_GRADE
    }

    assert hard == {}


def test_each_reply_as_a_whole_can_be_read_at_eleven(sent: dict[str, str]) -> None:
    hard = {
        path: f"grade {grade(text):.1f}: {text}"
        for text, path in sent.items()
        if length(text) >= FEWEST_WORDS and grade(text) > HARDEST_REPLY_GRADE
    }

    assert hard == {}
