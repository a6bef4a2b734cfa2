"""An editor writes a phrase; it finds what the guide in ``content/README.md`` says, and nothing else.

A phrase that cannot be read is refused when the bot starts. No message can make the book of phrases fail.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.understanding.phrase_book import Found, PhraseBook
from bot.understanding.phrases import Grammar, PhraseError
from bot.understanding.runs import GAP_WORDS
from bot.understanding.text import fold, split

FILLERS = frozenset({"a", "the", "my"})
SETS = {
    "pain": ("ache", "aches", "playing up"),
    "side": ("left", "right hand"),
    "sore_side": ("{side} {pain}",),
    "loop": ("{loop} ache", "sore"),
}
SPELLINGS = {"couldnt": "cant", "hes": "he is"}
GRAMMAR = Grammar(SETS, FILLERS, SPELLINGS)


def book(*phrases: str) -> PhraseBook:
    return PhraseBook({"it": phrases}, GRAMMAR)


def words_of(text: str) -> list[str]:
    return split(fold(text), FILLERS, SPELLINGS)


def found(phrase: str, text: str) -> list[Found]:
    return book(phrase).find(words_of(text))


# --- what each sign means


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("lower back", "it is in my lower back, I think"),
        ("knee {pain}", "the knee aches"),
        ("knee {pain}", "my knee is ok but the other knee playing up"),
        ("{side} knee", "right hand knee"),
        ("{sore_side}", "left aches"),
        ("{loop}", "sore"),
        ("(bum|butt cheek) {pain}", "butt cheek aches"),
        ("(bum|butt (cheek|muscle)) ache", "butt muscle ache"),
        ("numb*", "numb"),
        ("numb*", "numbness in it"),
        ("stiff lower? back", "stiff back"),
        ("stiff lower? back", "stiff lower back"),
        ("stiff (lower left)? back", "stiff back"),
        ("stiff (lower left)? back", "stiff lower left back"),
        ("stiff {side}? knee", "stiff knee"),
        ("stiff {side}? knee", "stiff right hand knee"),
        ("lower? back", "back"),
        ("pain .. leg", "pain leg"),
        ("pain .. leg", "pain runs down one long leg"),
        ("pain .. down .. leg", "pain that goes straight down one whole leg"),
        ("pain .. leg?", "pain"),
        ("pregnant & back", "my back aches. I am pregnant"),
        ("pregnant & back", "pregnant, and oh my poor back"),
        ("one & two & three", "three and two and one"),
        ("{pain} & (left|right)", "on the right it aches"),
        ("60 seconds", "hold 60 seconds"),
        ("can't turn", "I can’t turn"),
        ("café pain", "CAFE pain"),
        ("couldn't turn", "I can’t turn"),
        ("60s", "in my 60s"),
        ("he's (right|left) handed", "hes left handed"),
        ("stiff . neck", "It is stiff. My neck"),
        ("stiff , neck", "stiff, my neck"),
        ("the*", "theatre"),
        ("he*", "he is"),
    ],
)
def test_a_phrase_finds(phrase: str, text: str) -> None:
    assert found(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("lower back", "back lower"),
        ("lower back", "lower left back"),
        ("lower back", "lower. back"),
        ("knee {pain}", "knee playing"),
        ("{side} knee", "right knee"),
        ("(bum|butt cheek) {pain}", "butt aches"),
        ("numb*", "benumbed"),
        ("stiff lower? back", "stiff left back"),
        ("stiff (lower left)? back", "stiff lower back"),
        ("pain .. leg", "pain runs all along it down leg"),
        ("pain .. leg", "pain. leg"),
        ("pain .. leg", "pain there! leg fine"),
        ("pain .. leg", "pain\nleg"),
        ("pregnant & back", "pregnant"),
        ("one & two & three", "three and two"),
        ("ache & ache again", "ache"),
        ("stiff . neck", "stiff, neck"),
        ("stiff , neck", "stiff neck"),
        ("the* back", "my back"),
    ],
)
def test_a_phrase_does_not_find(phrase: str, text: str) -> None:
    assert not found(phrase, text)


@pytest.mark.parametrize("between", range(GAP_WORDS + 3))
def test_a_gap_is_up_to_four_words(between: int) -> None:
    assert bool(found("pain .. leg", f"pain {'so ' * between}leg")) == (between <= 4)


def test_a_comma_is_a_word_of_a_gap() -> None:
    assert found("pain .. leg", "pain, one two, leg")
    assert not found("pain .. leg", "pain, one two, three leg")


@pytest.mark.parametrize(
    "phrase", ["pain .. (left? right?) leg", "pain .. (left? side?|up) leg", "(pain .. left?|ache) leg"]
)
def test_a_gap_beside_something_that_may_be_missing_still_counts(phrase: str) -> None:
    assert found(phrase, "pain down leg")


@pytest.mark.parametrize("text", ["left leg", "right leg", "leg"])
def test_an_alternative_that_may_be_missing_leaves_the_choice_open(text: str) -> None:
    assert found("(left?|right) leg", text)


# --- small words


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("small of the back", "the small of my back"),
        ("small of back", "small of the back"),
        ("the? back pain", "back pain"),
        ("(the|my)? back", "back"),
        ("(the|lower)? back", "the back"),
        ("(the|lower)? back", "lower back"),
    ],
)
def test_small_words_count_on_neither_side(phrase: str, text: str) -> None:
    assert found(phrase, text)


# --- where a match stands


def test_a_sign_for_the_end_of_a_sentence_may_begin_and_end_a_phrase() -> None:
    only = book(". (stop|no more) .")

    assert only.find([".", "stop", "."]) == [Found("it", (0, 1, 2))]
    assert only.find([".", "hello", ".", "no", "more", "."]) == [Found("it", (2, 3, 4, 5))]
    assert only.find([".", "never", "stop", "."]) == []
    assert only.find([".", "stop", "here", "."]) == []


def test_a_place_may_hold_several_readings_of_a_word() -> None:
    it = book("neck {pain}", "neck*")

    assert {match.at for match in it.find(["neck", ("pan", "ache")])} == {(0,), (0, 1)}
    assert it.find([("nick", "neck"), ("pan", "ache")]) == it.find(["neck", "ache"])
    assert it.find([("nick", "deck"), ("pan", "ache")]) == []


@given(st.lists(st.sampled_from(("neck", "left", "aches", "pan", ".")), min_size=1, max_size=6), st.data())
def test_more_readings_never_find_less(text: list[str], data: st.DataObject) -> None:
    it = book("{side}? neck {pain}", "left .. neck", "neck & pan", "(neck|left)")
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(("neck", "aches", "right", "nothing")))
    places: list[str | tuple[str, ...]] = [*text]
    places[place] = (text[place], other)

    def starts(matches: list[Found]) -> set[int]:
        return {match.start for match in matches}

    assert starts(it.find(text)) <= starts(it.find(places))


def test_a_match_names_its_words_without_those_of_the_gap() -> None:
    assert [match.at for match in found("pain .. leg", "oh pain down one leg")] == [(1, 4)]


def test_a_match_is_as_long_as_it_can_be() -> None:
    assert [match.at for match in found("back (pain|pain again)?", "back pain again")] == [(0, 1, 2)]


def test_every_place_of_a_phrase_is_found_in_order() -> None:
    matches = book("back", "back ache").find(words_of("back. back ache, back"))

    assert [match.start for match in matches] == sorted(match.start for match in matches)
    assert {match.at for match in matches} == {(0,), (2,), (2, 3), (5,)}


def test_the_same_words_can_mean_several_entries() -> None:
    both = PhraseBook({"back": ["back"], "ache": ["back {pain}"]}, GRAMMAR)

    assert {match.entry for match in both.find(["back", "ache"])} == {"back", "ache"}


def test_the_book_knows_the_words_of_its_phrases_and_sets() -> None:
    made = book("stiff (lower|upper)? back .. {pain} numb*")

    assert made.words() == {"stiff", "lower", "upper", "back", "ache", "aches", "playing", "up"}
    assert made.beginnings == {"numb"}


def test_the_book_knows_the_words_of_each_entry() -> None:
    both = PhraseBook({"back": ["back"], "side": ["{side} back"], "none": []}, GRAMMAR)

    assert both.words(["back"]) == {"back"}
    assert both.words(["back", "side"]) == both.words() == {"back", "left", "right", "hand"}
    assert both.words(["none"]) == frozenset()


# --- phrases that cannot be read


@pytest.mark.parametrize(
    "phrase",
    [
        "(left|right",
        "left)",
        "left|right",
        "((left)",
        "?",
        "? left",
        "left ??",
        "..",
        ".. leg",
        "(.. leg)",
        "left &",
        "& left",
        "left & & right",
        "left & {nowhere}",
        "{nowhere} pain",
        "{pain",
        "pain}",
        "{two words} ache",
        "()",
        "*",
        "(the|my) back",
        "(the|lower) back",
        "the",
        "",
    ],
)
def test_a_phrase_that_makes_no_sense_is_refused(phrase: str) -> None:
    with pytest.raises(PhraseError) as refused:
        book("ache", phrase)

    assert phrase in str(refused.value)


def test_a_set_with_a_faulty_phrase_is_refused() -> None:
    grammar = Grammar({"bad": ["left", "(left"]})

    for _ in range(2):
        with pytest.raises(PhraseError) as refused:
            PhraseBook({"it": ["{bad} leg"]}, grammar)
        assert refused.value.phrase == "(left"


# --- properties

WORD = st.sampled_from(("ache", "back", "down", "left", "leg", "low", "numb", "one", "sore", "stiff"))
MARK = st.sampled_from((".", ","))
TEXT = st.lists(WORD | MARK, max_size=12)


@given(st.lists(WORD, min_size=1, max_size=4), TEXT)
def test_plain_words_are_found_exactly_where_they_stand_in_a_run(run: list[str], text: list[str]) -> None:
    starts = [start for start in range(len(text)) if text[start : start + len(run)] == run]

    assert [match.start for match in PhraseBook({"it": [" ".join(run)]}, Grammar({})).find(text)] == starts


@st.composite
def runs(draw: st.DrawFn, depth: int = 1) -> tuple[str, list[str]]:
    """A phrase, and words that it has to find."""
    phrase, instance = [], []
    for number in range(draw(st.integers(1, 3))):
        kinds = ["word", "prefix", "set", *(["choice"] if depth else [])]
        kind = draw(st.sampled_from(kinds))
        if number and draw(st.booleans()):
            phrase.append("..")
            instance += draw(st.lists(WORD, max_size=GAP_WORDS))
        word = draw(WORD)
        text, meant = word, [word]
        if kind == "prefix":
            text = f"{word[: draw(st.integers(1, len(word)))]}*"
        elif kind == "set":
            text, meant = draw(st.sampled_from((("{pain}", ["playing", "up"]), ("{side}", ["left"]))))
        elif kind == "choice":
            options = draw(st.lists(runs(depth - 1), min_size=1, max_size=2))
            text = f"({'|'.join(option for option, _ in options)})"
            meant = draw(st.sampled_from(options))[1]
        if number and draw(st.booleans()):
            text += "?"
            meant = draw(st.sampled_from((meant, [])))
        phrase.append(text)
        instance += meant
    return " ".join(phrase), instance


@given(st.lists(runs(), min_size=1, max_size=2), TEXT, TEXT, st.randoms(use_true_random=False))
def test_an_instance_of_a_phrase_is_found_in_any_text(
    parts: list[tuple[str, list[str]]], before: list[str], after: list[str], random: object
) -> None:
    shuffled = list(parts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    middle = itertools.chain.from_iterable([*instance, "."] for _, instance in shuffled)

    matches = book(" & ".join(phrase for phrase, _ in parts)).find([*before, ".", *middle, *after])

    assert any(match.entry == "it" for match in matches)


@example("(a?|b) b", ["a", "b"])
@given(st.text(alphabet="ab *?.|&(){}", max_size=12), st.lists(st.sampled_from(("a", "b", "ab", ".", ","))))
def test_a_phrase_is_refused_or_searched_for_and_nothing_else_can_happen(
    phrase: str, words: Sequence[str]
) -> None:
    try:
        made = PhraseBook({"it": [phrase]}, Grammar({"a": ["b?", "a b"], "b": ["{a} b"]}))
    except PhraseError:
        return
    for match in made.find(words):
        assert list(match.at) == sorted(set(match.at))
        assert 0 <= match.start < match.end <= len(words)
