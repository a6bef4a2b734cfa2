"""Someone writes "no numbness or fever, but a stiff neck": what is denied is not found, what follows is.

A denial ends at a contrast, at the end of a sentence or at the end of a list. Too short a reach frightens,
too long a reach hides a danger.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.words import Lexicon
from bot.understanding.denial import Denials
from bot.understanding.phrase_book import Found
from bot.understanding.phrases import Grammar
from bot.understanding.reader import Reader
from bot.understanding.text import fold, split

LEXICON = Lexicon.model_validate(
    {
        "fillers": ["a", "the", "my"],
        "spellings": {},
        "contrasts": ["but", "however"],
        "joins": ["or", "nor"],
        "exceptions": ["except", "until"],
        "denials": ["no", "not", "without", "dont have"],
        "not_denials": ["not sure", "no (idea|{relief})"],
        "channels": {},
        "units": [],
        "sets": {"relief": ["relief", "let up"]},
    }
)
DENIALS = Denials(LEXICON, Grammar(LEXICON.sets, LEXICON.fillers, LEXICON.spellings))
WORDS = ("fever", "chills", "numbness", "rash", "cough", "neck")


def words_of(text: str) -> list[str]:
    return split(fold(text), LEXICON.fillers, LEXICON.spellings)


def denied(text: str) -> set[str]:
    words = words_of(text)
    denials = DENIALS.of(words)
    places = [Found("it", (index,)) for index, word in enumerate(words) if word in WORDS]
    return {words[place.start] for place in places if any(denial.holds_for(place) for denial in denials)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no fever", {"fever"}),
        ("I do not have a fever", {"fever"}),
        ("I don't have a fever", {"fever"}),
        ("without any fever", {"fever"}),
        ("fever", set()),
        ("fever, no chills", {"chills"}),
    ],
)
def test_a_denial_reaches_what_comes_after_it(text: str, expected: set[str]) -> None:
    assert denied(text) == expected


@pytest.mark.parametrize("end", [".", "!", "?", "\n", ";", "..."])
def test_a_denial_ends_with_its_sentence(end: str) -> None:
    assert denied(f"no fever{end} numbness") == {"fever"}


@pytest.mark.parametrize("contrast", ["but", "however"])
def test_a_denial_ends_at_a_contrast(contrast: str) -> None:
    assert denied(f"no fever {contrast} numbness") == {"fever"}
    assert denied(f"no fever, {contrast} numbness") == {"fever"}


def test_an_exception_says_that_something_is_there_after_all() -> None:
    words = words_of("no numbness except my neck")
    [denial] = DENIALS.of(words)
    numbness, neck = words.index("numbness"), words.index("neck")

    assert denial.holds_for(Found("numb", (numbness,)))
    assert not denial.holds_for(Found("numb neck", (numbness, neck)))


def test_what_spans_a_denial_without_an_exception_stays_denied() -> None:
    words = words_of("no fever, stiff neck")
    [denial] = DENIALS.of(words)

    assert denial.holds_for(Found("fever and neck", (words.index("fever"), words.index("neck"))))


def test_a_denial_ends_at_a_comma_that_starts_something_new() -> None:
    assert denied("no fever, my neck is stiff") == {"fever"}
    assert denied("no fever, neck") == {"fever"}


@pytest.mark.parametrize(
    "text",
    [
        "no fever or chills or numbness",
        "no fever, chills or numbness",
        "no fever, chills, or numbness",
        "no fever, chills nor numbness",
    ],
)
def test_a_denial_reaches_over_a_list(text: str) -> None:
    assert denied(text) == {"fever", "chills", "numbness"}


def test_after_a_list_a_new_sentence_or_contrast_is_not_denied() -> None:
    assert denied("no fever, chills or numbness. neck") == {"fever", "chills", "numbness"}
    assert denied("no fever, chills or numbness but neck") == {"fever", "chills", "numbness"}


@pytest.mark.parametrize(
    "text", ["not sure if fever", "no idea, fever", "no let up of the fever", "no relief fever"]
)
def test_what_only_begins_like_a_denial_denies_nothing(text: str) -> None:
    assert denied(text) == set()


def test_a_second_denial_counts_beside_what_only_begins_like_one() -> None:
    assert denied("not sure. no fever") == {"fever"}
    assert denied("no fever. not sure about numbness") == {"fever"}


def test_what_is_put_as_a_denial_itself_is_not_denied_by_it() -> None:
    words = words_of("no feeling in my feet")
    (denial,) = DENIALS.of(words)

    assert not denial.holds_for(Found("no feeling", (0, 1)))
    assert denial.holds_for(Found("feeling", (1,)))


@given(st.lists(st.sampled_from((*WORDS, "no", "but", ".", ",", "or", "have")), max_size=12))
def test_a_denial_never_reaches_back_nor_beyond_its_sentence(words: list[str]) -> None:
    for denial in DENIALS.of(words):
        assert denial.reach.start >= denial.found.end
        assert "." not in words[denial.reach.start : denial.reach.stop]
        assert "but" not in words[denial.reach.start : denial.reach.stop]


# --- as the reader uses them


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My neck hurts, not my back", ("neck",)),
        ("no back pain but my knee aches", ("knee",)),
        ("I don't have a headache, my shoulder is stiff", ("shoulder",)),
        ("no knee, hip or back pain. Just a sore neck", ("neck",)),
        ("It isn't my knee. It is my hip that hurts", ("hip",)),
        ("My back aches. I am not pregnant", ("back",)),
        ("my back aches but I am not pregnant", ("back",)),
        ("not pregnant, my back aches", ("back",)),
    ],
)
def test_a_denied_complaint_is_left_out_and_the_other_stays(
    text: str, expected: tuple[str, ...], reader: Reader
) -> None:
    assert reader.read(text).complaints == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm not sure why my neck hurts", "neck"),
        ("My knee is not good", "knee"),
        ("no idea why my back aches", "back"),
        ("my sore neck is not getting better", "neck"),
        ("no relief from my sciatica", "sciatica"),
    ],
)
def test_a_turn_of_speech_denies_no_complaint(text: str, expected: str, reader: Reader) -> None:
    assert reader.read(text).complaints == (expected,)
