"""An editor adds a phrase that looks right but that no message can ever contain: it must not stay unnoticed.

Every way of putting every phrase, each alternative in turn, is written as a message and must be found again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import pytest

from bot.flow import Companion
from bot.library import Library
from bot.understanding.phrase_book import PhraseBook
from bot.understanding.phrases import Grammar
from bot.understanding.reader import MARKED, SENSES, Reader
from bot.understanding.text import fold, split
from bot.understanding.whose import WHOSE

pytestmark = pytest.mark.walk

ACHING = {"en": "sore", "es": "dolor"}
"""By language: a word of pain that may stand before a part of the body."""
SIGN = re.compile(r"\.\.|[()|?]|\{\w+\}|[^\s()|?{}]+")


@pytest.fixture(params=["en", "es"])
def content(request: pytest.FixtureRequest, library: Library, spanish: Library) -> Library:
    return {"en": library, "es": spanish}[request.param]


@pytest.fixture
def reader(content: Library, library: Library, companion: Companion) -> Reader:
    return companion.reader if content is library else Reader(content)


def wordings(phrase: str, sets: Mapping[str, Sequence[str]]) -> list[str]:
    """The phrase in plain words: shortest first, then with each alternative and each optional word in turn.

    Gaps stay empty, a word that stands for its endings is written without one, and runs that may stand
    anywhere become sentences.
    """
    runs = [_sequence(SIGN.findall(run), sets)[0] for run in phrase.split("&")]
    return [". ".join(chosen) for chosen in _one_at_a_time(runs)]


def _one_at_a_time(items: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    first = [options[0] for options in items]
    yield first
    for place, options in enumerate(items):
        for option in options[1:]:
            yield [*first[:place], option, *first[place + 1 :]]


def _sequence(signs: list[str], sets: Mapping[str, Sequence[str]]) -> tuple[list[str], list[str]]:
    items: list[list[str]] = []
    while signs and signs[0] not in ("|", ")"):
        sign, signs = signs[0], signs[1:]
        if sign == "..":
            continue
        if sign == "?":
            items[-1] = ["", *items[-1]]
        elif sign == "(":
            options: list[str] = []
            while True:
                inner, signs = _sequence(signs, sets)
                options += inner
                mark, signs = signs[0], signs[1:]
                if mark == ")":
                    break
            items.append(options)
        elif sign.startswith("{"):
            items.append([text for member in sets[sign[1:-1]] for text in wordings(member, sets)])
        else:
            items.append([sign.removesuffix("*")])
    return [" ".join(filter(None, chosen)) for chosen in _one_at_a_time(items)], signs


def test_the_wordings_of_a_phrase_are_every_alternative_once() -> None:
    sets = {"pain": ["ache", "playing up"]}

    assert wordings("(a|b c)? .. {pain} & stiff*", sets) == [
        "ache. stiff", "a ache. stiff", "b c ache. stiff", "playing up. stiff",
    ]  # fmt: skip


SUBJECTS = (
    "complaints",
    "parts",
    "red_flags",
    "rules",
    "controls",
    "aliases",
    "not_ours",
    "context",
    "whose",
    "denials",
)


def phrases_of(subject: str, library: Library) -> Iterator[tuple[str, str]]:
    words = library.words
    entries: dict[str, Mapping[str, Sequence[str]]] = {
        "complaints": {slug: entry.phrases for slug, entry in words.complaints.items()},
        "parts": {slug: entry.parts for slug, entry in words.complaints.items()},
        "red_flags": {flag: entry.phrases for flag, entry in words.red_flags.items()},
        "rules": {rule: entry.phrases for rule, entry in words.rules.items()},
        "controls": {name: entry.phrases for name, entry in words.controls.items()},
        "aliases": {code: entry.aliases for code, entry in words.points.items()},
        "not_ours": words.not_ours,
        "context": {
            f"{question}.{value}": phrases
            for question, values in words.context.items()
            if question != WHOSE
            for value, phrases in values.items()
        },
        "whose": words.context[WHOSE],
        "denials": {"denials": words.lexicon.denials, "not_denials": words.lexicon.not_denials},
    }
    return ((entry, phrase) for entry, phrases in entries[subject].items() for phrase in phrases)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_wording_of_every_phrase_can_be_written(subject: str, content: Library) -> None:
    lexicon = content.words.lexicon
    fillers = frozenset() if subject == "whose" else lexicon.fillers
    grammar = Grammar(lexicon.sets, fillers, lexicon.spellings)
    lost: list[tuple[str, str, str]] = []
    for entry, phrase in phrases_of(subject, content):
        book = PhraseBook({"it": [phrase]}, grammar)
        for text in wordings(phrase, lexicon.sets):
            if not book.find(split(fold(text), fillers, lexicon.spellings)):
                lost.append((entry, phrase, text))

    assert lost == []


def test_every_set_of_the_lexicon_is_used(content: Library) -> None:
    used = {
        name
        for subject in SUBJECTS
        for _, phrase in phrases_of(subject, content)
        for name in re.findall(r"\{(\w+)\}", phrase)
    }
    inner = {
        name
        for phrases in content.words.lexicon.sets.values()
        for phrase in phrases
        for name in re.findall(r"\{(\w+)\}", phrase)
    }

    marked = {name for name in MARKED if name != "sense"}
    assert used | inner | marked | set(SENSES) == set(content.words.lexicon.sets)


@pytest.mark.parametrize("subject", ["fillers", "contrasts"])
def test_every_small_word_is_a_word_that_a_message_can_hold(subject: str, content: Library) -> None:
    for word in getattr(content.words.lexicon, subject):
        assert split(fold(word), frozenset(), {}) == [word]


def test_every_spelling_is_a_word_that_a_message_can_hold(content: Library) -> None:
    dead = [
        word
        for word, meant in content.words.lexicon.spellings.items()
        if split(fold(word), frozenset(), {word: word}) != [word] or word == meant
    ]

    assert dead == []


def complaint_wordings(library: Library) -> Iterator[tuple[str, str]]:
    """Every wording of every phrase of the complaints, a part of the body with a word of pain before it."""
    for slug, words in library.words.complaints.items():
        for phrase in words.phrases:
            yield from ((slug, text) for text in wordings(phrase, library.words.lexicon.sets))
        for part in words.parts:
            aching = ACHING[library.words.language]
            yield from ((slug, f"{aching} {text}") for text in wordings(part, library.words.lexicon.sets))


def test_every_wording_of_a_complaint_finds_it_and_none_is_stolen(reader: Reader, content: Library) -> None:
    """Where two complaints share a wording, such as "upper and lower back", either may come first."""
    owners: dict[str, set[str]] = {}
    for slug, text in complaint_wordings(content):
        owners.setdefault(text, set()).add(slug)
    wrong = {}
    for text, slugs in owners.items():
        reading = reader.read(text)
        if reading.danger and reading.danger.stops_everything:
            continue
        if not slugs <= set(reading.complaints) or not slugs & set(reading.complaints[:1]):
            wrong[text] = (slugs, reading.complaints)

    assert {
        text: both for text, both in wrong.items() if not _shares_its_words(both[1], text, owners, content)
    } == {}


def _shares_its_words(
    complaints: Sequence[str], text: str, owners: Mapping[str, set[str]], library: Library
) -> bool:
    """Whether the complaint that came first has the last words of the text as a wording of its own."""
    words, aching = text.split(), ACHING[library.words.language]
    ends = {" ".join(words[start:]) for start in range(1, len(words))}
    return any(complaints[:1] and complaints[0] in owners.get(f"{aching} {end}", ()) for end in ends)
