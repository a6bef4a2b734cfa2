"""Someone asks for "li-4", "UB 23", "hegu" or the "B54" of an old book and gets the point they mean.

Every usual spelling of every covered point is understood. An old Bladder number is asked about, never
guessed, unless the part of the body settles it.
"""

from __future__ import annotations

import unicodedata
from itertools import product

import pytest

from bot.library import CONTENT, Library
from bot.understanding.codes import CodeSpellings, WrittenCode
from bot.understanding.reader import Reader
from bot.understanding.reading import Kind
from bot.understanding.text import fold

CODES = sorted(path.stem for path in (CONTENT / "points").glob("*.toml"))
SEPARATORS = ("", " ", "-", ".", " - ")
OLD_AND_NEW = {"BL39": "B39", "BL40": "B40", "BL42": "B42", "BL52": "B52", "BL53": "B53"}
"""Covered points whose number is also an old number of another point."""


def parts(code: str) -> tuple[str, str]:
    return code.rstrip("0123456789"), code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@pytest.fixture(scope="module")
def spellings(library: Library) -> CodeSpellings:
    return CodeSpellings(library.words.lexicon.channels, library.words.lexicon.units)


def written(spellings: CodeSpellings, text: str) -> list[WrittenCode]:
    return list(spellings.find(fold(text)))


# --- spellings


@pytest.mark.parametrize("code", CODES)
def test_every_spelling_of_a_code_is_found(code: str, spellings: CodeSpellings, library: Library) -> None:
    prefix, number = parts(code)
    names = library.words.lexicon.channels[prefix]
    assert prefix.lower() in names

    missed = [
        text
        for name, separator in product((*names, *(name.upper() for name in names)), SEPARATORS[:4])
        for text in (f"{name}{separator}{number}", f"press {name}{separator}{number}, please")
        if [found.code for found in written(spellings, text)] != [code]
    ]

    assert missed == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("large-intestine 4", "LI4"),
        ("LargeIntestine4", "LI4"),
        ("Triple Warmer-3", "TE3"),
        ("SJ3", "TE3"),
        ("UB23", "BL23"),
        ("Du14", "GV14"),
        ("Ren 6", "CV6"),
        ("Lv3", "LR3"),
        ("Kid 3", "KI3"),
        ("li04", "LI4"),
        ("ＬＩ４", "LI4"),
        ("(LI4)", "LI4"),
        ("what is LI4?", "LI4"),
        ("LI4.", "LI4"),
    ],
)
def test_usual_spellings_are_found(text: str, code: str, spellings: CodeSpellings) -> None:
    assert [found.code for found in written(spellings, text)] == [code]


@pytest.mark.parametrize("text", ["LI4 and LR3", "LI4, LR3", "LI4/LR3", "LI4+LR3", "LI4-LR3", "li 4 lr 3"])
def test_several_codes_are_all_found(text: str, spellings: CodeSpellings) -> None:
    assert [found.code for found in written(spellings, text)] == ["LI4", "LR3"]


@pytest.mark.parametrize(
    "text",
    [
        "LI0",
        "LI21",
        "HT10",
        "GV29",
        "BL68",
        "LI444",
        "xli4",
        "li4x",
        "li 4%",
        "st 4.5",
        "at 10:30",
        "7/10",
        "LI",
        "4",
    ],
)
def test_what_is_no_point_of_the_standard_is_no_code(text: str, spellings: CodeSpellings) -> None:
    assert written(spellings, text) == []


@pytest.mark.parametrize("text", ["my kid 3 years old", "K 2 days ago", "li 4 weeks", "bladder 3 times"])
def test_a_count_is_no_code(text: str, spellings: CodeSpellings) -> None:
    assert written(spellings, text) == []


@pytest.mark.parametrize(
    ("channel", "last"),
    [("lu", 11), ("li", 20), ("st", 45), ("sp", 21), ("ht", 9), ("si", 19), ("bl", 67), ("ki", 27),
     ("pc", 9), ("te", 23), ("gb", 44), ("lr", 14), ("gv", 28), ("cv", 24)],
)  # fmt: skip
def test_a_channel_ends_at_its_last_point(channel: str, last: int, spellings: CodeSpellings) -> None:
    assert written(spellings, f"{channel}{last}") == [WrittenCode(f"{channel.upper()}{last}", standard=True)]
    assert written(spellings, f"{channel}{last + 1}") == []


def test_only_the_letters_of_the_standard_are_standard(spellings: CodeSpellings) -> None:
    assert [found.standard for found in written(spellings, "BL54 b54 ub54 bladder 54")] == [
        True, False, False, False,
    ]  # fmt: skip


# --- the point that is asked about


@pytest.mark.parametrize("code", CODES)
def test_a_code_in_the_standard_spelling_asks_for_its_point(code: str, reader: Reader) -> None:
    reading = reader.read(f"Where is {code}?")

    assert (reading.kind, reading.points, reading.ask) == (Kind.POINT, (code,), ())


@pytest.mark.parametrize("code", CODES)
def test_every_spelling_asks_for_the_point_or_asks_back(code: str, reader: Reader, library: Library) -> None:
    prefix, number = parts(code)
    for name in library.words.lexicon.channels[prefix]:
        reading = reader.read(f"where is {name} {number}")

        assert reading.kind is Kind.POINT
        if code in OLD_AND_NEW and name != prefix.lower():
            old = library.old_numbers[OLD_AND_NEW[code]].code
            assert (reading.points, set(reading.ask)) == ((), {code, old}), name
        else:
            assert (reading.points, reading.ask) == ((code,), ()), name


@pytest.mark.parametrize("code", CODES)
def test_a_point_is_known_by_its_names(code: str, reader: Reader, library: Library) -> None:
    point, words = library.points[code], library.words.points[code]
    plain = "".join(char for char in unicodedata.normalize("NFD", point.pinyin) if char.isascii())

    for name in (point.pinyin, plain, plain.upper(), words.name, *words.nicknames):
        assert reader.read(f"where is {name}").points == (code,), name


def test_a_standard_point_without_a_page_is_told_apart_from_nonsense(reader: Reader) -> None:
    assert reader.read("where is LU7").not_covered == ("LU7",)
    assert reader.read("where is LU7").kind is Kind.POINT
    assert reader.read("where is LU77").kind is Kind.UNKNOWN


def test_points_are_named_once_and_in_order(reader: Reader) -> None:
    assert reader.read("LR3, LI4 and lr3 again").points == ("LR3", "LI4")


# --- old numbers


@pytest.mark.parametrize(
    ("number", "old", "new"),
    [(47, "BL52", "BL47"), (48, "BL53", "BL48"), (53, "BL39", "BL53"), (54, "BL40", "BL54")],
)
@pytest.mark.parametrize("spelling", ["B{}", "b {}", "UB{}", "ub-{}", "bladder {}"])
def test_a_bare_old_number_is_asked_about(
    spelling: str, number: int, old: str, new: str, reader: Reader
) -> None:
    reading = reader.read(f"where is {spelling.format(number)}?")

    assert reading.kind is Kind.POINT
    assert reading.points == ()
    assert set(reading.ask) == {old, new}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("B54 behind my knee", "BL40"),
        ("UB54 for knee pain", "BL40"),
        ("B53 behind the knee", "BL39"),
        ("B53 for my sore buttock", "BL53"),
        ("B47 for my lower back", "BL52"),
        ("B48 in the buttock", "BL53"),
    ],
)
def test_the_part_of_the_body_settles_an_old_number(text: str, code: str, reader: Reader) -> None:
    reading = reader.read(text)

    assert (reading.points, reading.ask) == ((code,), ())


def test_an_old_number_settled_for_a_point_without_a_page_is_not_turned_into_another(reader: Reader) -> None:
    reading = reader.read("B54 in the buttock")

    assert (reading.points, reading.ask, reading.not_covered) == ((), (), ("BL54",))


@pytest.mark.parametrize("code", sorted(OLD_AND_NEW))
def test_the_standard_spelling_of_a_covered_point_is_never_asked_about(code: str, reader: Reader) -> None:
    assert (reader.read(code).points, reader.read(code).ask) == ((code,), ())


@pytest.mark.parametrize(
    ("misprint", "code"),
    [("GB10", "BL10"), ("GB 10", "BL10"), ("U6", "LU6"), ("U-6", "LU6"), ("AP1", "LI4"), ("AP-1", "LI4")],
)
def test_a_code_misprinted_on_widely_read_pages_finds_its_point(
    misprint: str, code: str, reader: Reader
) -> None:
    assert reader.read(f"where is {misprint}").points == (code,)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the spot between thumb and finger", "LI4"),
        ("that fleshy bit between my thumb and index finger", "LI4"),
        ("tiger's mouth point", "LI4"),
        ("LI - 4", "LI4"),
        ("li#4", "LI4"),
        ("Large Intestine 4", "LI4"),
        ("Hé Gǔ", "LI4"),
        ("he2gu3", "LI4"),
        ("zu2 san1 li3", "ST36"),
        ("commanding middle", "BL40"),
        ("sea of vitality", "BL23"),
        ("Shoulder Well, please", "GB21"),
        ("how about wind pool", "GB20"),
        ("stomach 36", "ST36"),
        ("the point at the base of the skull", "GB20"),
    ],
)
def test_a_point_is_found_by_what_people_call_it(text: str, code: str, reader: Reader) -> None:
    reading = reader.read(text)

    assert (reading.kind, reading.points) == (Kind.POINT, (code,))


@pytest.mark.parametrize(
    "text", ["I take vitamin B12", "B12-deficiency makes me cold", "the g20 summit", "k9 unit", "he2 wang4"]
)
def test_a_letter_and_a_number_may_be_anything(text: str, reader: Reader) -> None:
    assert reader.read(text).kind is not Kind.POINT
