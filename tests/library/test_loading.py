"""An editor makes a slip in one file: the library names file, entry and field, and nothing else.

Nothing is loaded by halves, every fault is told at once, and what is loaded cannot be changed by anyone.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel, ValidationError

from bot.library import ContentError, Fault, Library, load

if TYPE_CHECKING:
    from conftest import ContentCopy

LI4, GV20 = "points/LI4.toml", "points/GV20.toml"


def faults(content: ContentCopy) -> list[Fault]:
    with pytest.raises(ContentError) as caught:
        load(content.folder)
    return caught.value.faults


def places(found: list[Fault]) -> list[tuple[str, str, str]]:
    return [(fault.file, fault.entry, fault.field) for fault in found]


def test_the_untouched_copy_loads_as_the_content_itself(content: ContentCopy, library: Library) -> None:
    assert load(content.folder) == library


# --- one slip, one fault


PUT: dict[str, tuple[str, tuple[str | int, ...], object, tuple[str, str]]] = {
    "a misspelt field of a point": (LI4, ("pinyn",), "Hégǔ", ("", "pinyn")),
    "a misspelt field of a caution": (LI4, ("cautions", 0, "efect"), "warn", ("", "cautions.0.efect")),
    "a misspelt field of a step": (
        "routines.toml",
        ("R01", "steps", 0, "hold"),
        30,
        ("R01", "steps.0.hold"),
    ),
    "a misspelt field of a sign": (
        "safety/red_flags.toml",
        ("RF01", "teir"),
        "same_day",
        ("RF01", "teir"),
    ),
    "a misspelt field of a rule": (
        "safety/rules.toml",
        ("CR01", "witholds"),
        ["LI4"],
        ("CR01", "witholds"),
    ),
    "a misspelt field of the words": ("en/points/LI4.toml", ("wher",), "Here.", ("", "wher")),
    "a sentence that the bot does not know": ("en/sentences.toml", ("welcom",), "Hello.", ("", "welcom")),
    "an unknown part of the lexicon": ("en/lexicon.toml", ("filers",), ["a"], ("", "filers")),
    "a region without a picture": (LI4, ("region",), "hand", ("", "region")),
    "an effect that does not exist": (LI4, ("cautions", 0, "effect"), "maybe", ("", "cautions.0.effect")),
    "a tier that does not exist": ("safety/red_flags.toml", ("RF01", "tier"), "soon", ("RF01", "tier")),
    "a code of no channel": (
        "complaints.toml",
        ("knee", "points", 0, "code"),
        "XX4",
        ("knee", "points.0.code"),
    ),
    "a code of no channel in a rule": (
        "safety/rules.toml",
        ("CR01", "withhold", 0),
        "XX4",
        ("CR01", "withhold.0"),
    ),
    "a hold of two seconds": (GV20, ("press", "hold_seconds"), 2, ("", "press.hold_seconds")),
    "a hold of over two minutes": (
        "routines.toml",
        ("R01", "steps", 0, "hold_seconds"),
        121,
        ("R01", "steps.0.hold_seconds"),
    ),
    "a number in words": (LI4, ("press", "repeats"), "three", ("", "press.repeats")),
    "a fact without a source": (LI4, ("sources", "press"), [], ("", "sources.press")),
    "a caution without a source": (LI4, ("cautions", 0, "sources"), [], ("", "cautions.0.sources")),
    "a point without cautions": (GV20, ("cautions",), [], ("", "cautions")),
    "a routine without steps": ("routines.toml", ("R01", "steps"), [], ("R01", "steps")),
    "an address that is none": ("sources.toml", ("GENERAL", "url"), "not an address", ("GENERAL", "url")),
    "a text of blanks": ("en/points/LI4.toml", ("where",), "   ", ("", "where")),
    "a phrase in capitals": ("en/complaints.toml", ("knee", "parts", 0), "Knee", ("knee", "parts.0")),
    "a button too long to read": (
        "en/complaints.toml",
        ("knee", "button"),
        "k" * 21,
        ("knee", "button"),
    ),
    "a routine's button too long to read": (
        "en/routines.toml",
        ("R01", "button"),
        "r" * 29,
        ("R01", "button"),
    ),
    "a sign with one example": ("en/red_flags.toml", ("RF01", "calls"), ["one"], ("RF01", "calls")),
    "a sign without a harmless example": ("en/red_flags.toml", ("RF01", "calm"), [], ("RF01", "calm")),
    "one phrase in place of a list": ("en/context.toml", ("side", "left"), "left", ("side", "left")),
}


@pytest.mark.parametrize("slip", PUT)
def test_a_slip_is_one_fault_at_its_place(slip: str, content: ContentCopy) -> None:
    file, where, value, (entry, field) = PUT[slip]
    content.put(file, where, value)

    assert places(faults(content)) == [(file, entry, field)]


@pytest.mark.parametrize(
    ("file", "where", "entry"),
    [
        (LI4, ("pinyin",), ""),
        (LI4, ("press",), ""),
        ("complaints.toml", ("knee", "number"), "knee"),
        ("safety/red_flags.toml", ("RF01", "tier"), "RF01"),
        ("en/sentences.toml", ("emergency",), ""),
        ("en/rules.toml", ("CR01", "reason"), "CR01"),
        ("en/points/LI4.toml", ("where",), ""),
    ],
)
def test_a_field_left_out_is_one_fault_at_its_place(
    file: str, where: tuple[str, ...], entry: str, content: ContentCopy
) -> None:
    content.remove(file, where)

    assert places(faults(content)) == [(file, entry, where[-1])]


IDS: tuple[tuple[str, str, object], ...] = (
    ("safety/rules.toml", "CR1", {"sources": ["GENERAL"]}),
    ("en/rules.toml", "CRxx", {"condition": "it rains", "reason": "Rain is wet."}),
    ("en/rules.toml", "rain", {"condition": "it rains", "reason": "Rain is wet."}),
    ("sources.toml", "general", {"cite": "A book."}),
    ("evidence.toml", "E1", {"cite": "", "design": "", "result": "", "limits": "", "sources": ["GENERAL"]}),
    ("en/cautions.toml", "Full moon", "a full moon"),
    ("en/techniques.toml", "Juggling", {"name": "juggling"}),
    ("en/context.toml", "Mood", {"bad": ["grumpy"]}),
    ("en/not_ours.toml", "Elbows", ["elbow"]),
)


def test_an_id_of_another_pattern_is_one_fault_at_its_entry(content: ContentCopy) -> None:
    for file, entry, value in IDS:
        content.put(file, (entry,), value)

    assert places(faults(content)) == sorted((file, entry, "") for file, entry, _ in IDS)


def test_a_point_file_that_is_not_named_by_a_code_is_one_fault(content: ContentCopy) -> None:
    content.write("en/points/hegu.toml", (content.folder / "en/points/LI4.toml").read_bytes())

    assert places(faults(content)) == [("en/points/hegu.toml", "", "")]


# --- files

FILES = (
    "sources.toml",
    "points/LI4.toml",
    "safety/rules.toml",
    "measures.toml",
    "en/points/LI4.toml",
    "en/lexicon.toml",
    "en/red_flags.toml",
    "en/sentences.toml",
)


@pytest.mark.parametrize("file", [file for file in FILES if "points" not in file])
def test_a_missing_file_is_one_fault(file: str, content: ContentCopy) -> None:
    content.delete(file)

    assert [str(fault) for fault in faults(content)] == [f"{file}: the file cannot be read"]


@pytest.mark.parametrize("folder", ["points", "en/points"])
def test_an_empty_folder_is_one_fault(folder: str, content: ContentCopy) -> None:
    for path in (content.folder / folder).iterdir():
        content.delete(f"{folder}/{path.name}")

    assert places(faults(content)) == [(folder, "", "")]


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_not_toml_is_one_fault(file: str, content: ContentCopy) -> None:
    content.write(file, b'where = "no end')

    found = faults(content)

    assert places(found) == [(file, "", "")]
    assert found[0].problem.startswith("not TOML")


@pytest.mark.parametrize(
    "spoilt",
    [b"[GENERAL]\n[GENERAL]\n", 'cite = "Z\u00fas\u0101nl\u01d0"'.encode("utf-16"), b'cite = "caf\xe9"'],
    ids=["the same entry twice", "utf-16", "latin-1"],
)
def test_a_file_in_another_encoding_or_with_an_entry_twice_is_one_fault(
    spoilt: bytes, content: ContentCopy
) -> None:
    content.write("sources.toml", spoilt)

    assert places(faults(content)) == [("sources.toml", "", "")]


def test_a_language_that_is_not_there_is_named_in_every_fault(content: ContentCopy) -> None:
    with pytest.raises(ContentError) as caught:
        load(content.folder, "xx")

    assert caught.value.faults
    assert all(fault.file.startswith("xx/") for fault in caught.value.faults)


# --- what an editor reads


def test_faults_of_several_files_are_told_at_once_in_the_order_of_files(content: ContentCopy) -> None:
    content.put("en/points/LI4.toml", ("wher",), "Here.")
    content.remove(LI4, ("pinyin",))
    content.put("complaints.toml", ("knee", "number"), 0)

    assert [fault.file for fault in faults(content)] == ["complaints.toml", "en/points/LI4.toml", LI4]


def test_a_fault_reads_as_one_line_from_file_to_problem() -> None:
    assert str(Fault("a.toml", "knee", "points", "gone")) == "a.toml: knee > points: gone"
    assert str(Fault("a.toml", "knee", "", "gone")) == "a.toml: knee: gone"
    assert str(Fault("a.toml", "", "", "gone")) == "a.toml: gone"


def test_the_error_has_one_line_for_each_fault() -> None:
    found = [Fault("a.toml", "", "", "gone"), Fault("b.toml", "knee", "", "gone")]

    assert str(ContentError(found)).splitlines() == [str(fault) for fault in found]


# --- frozen


def test_no_field_of_a_loaded_object_can_be_set(library: Library) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        library.points = {}
    with pytest.raises(dataclasses.FrozenInstanceError):
        library.words.language = "xx"
    with pytest.raises(ValidationError, match="frozen"):
        library.points["LI4"].press.hold_seconds = 120
    with pytest.raises(TypeError):
        library.points["LI4"] = library.points["GV20"]


def changeable(value: object, where: str) -> Iterator[str]:
    """Every place within a value where something could be added, taken away or replaced."""
    if isinstance(value, (dict, list, set)):
        yield where
    inner: Mapping[Any, Any] = {}
    if isinstance(value, Mapping):
        inner = value
    elif isinstance(value, (tuple, list)):
        inner = dict(enumerate(value))
    elif isinstance(value, BaseModel):
        inner = {name: getattr(value, name) for name in type(value).model_fields}
    elif dataclasses.is_dataclass(value):
        inner = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    for name, part in inner.items():
        yield from changeable(part, f"{where}.{name}")


def test_nothing_inside_the_library_can_be_changed(library: Library) -> None:
    assert list(changeable(library, "library")) == []
