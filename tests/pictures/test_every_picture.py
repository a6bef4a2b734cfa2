"""Whoever asks where to press gets a picture, and it is the one that was rendered from today's facts.

None of this needs the body mesh: the files, their manifest and their words are looked at.
"""

from __future__ import annotations

import hashlib
import re

import pytest

from bot.conversation.actions import AREAS
from bot.library import Library
from bot.library import in_language as library_in
from bot.wording.pieces import Pieces
from tests.pictures.picture_files import jpeg_size, mp4_boxes, mp4_seconds
from tools.pictures import loading, manifest, words
from tools.pictures.files import Picture, folder_of, in_language, pictures, words_on
from tools.pictures.loading import FOLDER, ROOT

MOST_BYTES = 200_000
MOST_LOOP_BYTES = 100_000
NOTHING_TO_SHOW = {"daily_use", "breaks_and_posture"}
"""Kept techniques that are habits: there is nothing to press."""

CONTENT = loading.load()
ENTRIES = manifest.read()
STILLS = [picture for picture in pictures(CONTENT) if picture.kind != "loop"]
LOOPS = [picture for picture in pictures(CONTENT) if picture.kind == "loop"]
LANGUAGES = sorted(path.parent.name for path in (ROOT / "content").glob("*/pictures.toml"))
OTHERS = [language for language in LANGUAGES if language != "en"]


@pytest.fixture(scope="module")
def said() -> words.PictureWords:
    return words.load()


def named(kind: str) -> set[str]:
    return {entry.name for entry in ENTRIES.values() if entry.kind == kind}


def test_every_point_has_a_picture(library: Library) -> None:
    assert named("point") == set(library.points)


def test_every_routine_has_a_picture(library: Library) -> None:
    assert named("routine") == set(library.routines)


def test_every_kept_technique_that_can_be_seen_has_a_picture(library: Library) -> None:
    kept = {name for name, technique in library.techniques.items() if technique.verdict == "kept"}

    assert kept - named("technique") == NOTHING_TO_SHOW


def test_no_picture_shows_a_refused_technique(library: Library) -> None:
    refused = {name for name, technique in library.techniques.items() if technique.verdict == "refused"}

    assert refused & named("technique") == set()


def test_every_point_that_can_be_reached_alone_has_a_loop(library: Library) -> None:
    alone = {code for code, point in library.points.items() if point.reach.by != "helper"}

    assert named("loop") == alone


def test_every_other_way_to_reach_a_point_has_a_picture_but_lying_down(library: Library) -> None:
    ways = {way for point in library.points.values() for way in point.reach.alternatives}

    assert ways - named("reach") == {"lying"}


def test_the_menu_of_regions_is_one_picture_of_all_regions() -> None:
    shown = {*CONTENT.body_map.areas, "whole_body"}

    assert named("regions") == {"regions"}
    assert shown == set(AREAS)


@pytest.mark.parametrize("picture", STILLS, ids=lambda picture: picture.file)
def test_a_still_is_square_sharp_and_small(picture: Picture) -> None:
    assert jpeg_size(picture.path) == (1280, 1280)
    assert picture.path.stat().st_size < MOST_BYTES


@pytest.mark.parametrize("picture", LOOPS, ids=lambda picture: picture.file)
def test_a_loop_lasts_three_seconds_without_sound(picture: Picture) -> None:
    data = picture.path.read_bytes()

    assert mp4_seconds(picture.path) == pytest.approx(3.0, abs=0.05)
    assert list(mp4_boxes(mp4_boxes(data)["moov"])).count("trak") == 1
    assert b"avc1" in data
    assert b"mp4a" not in data
    assert len(data) < MOST_LOOP_BYTES


def test_the_manifest_lists_every_file_as_it_is() -> None:
    wanted = {picture.file: picture for picture in pictures(CONTENT)}

    assert ENTRIES.keys() == wanted.keys()
    for file, entry in ENTRIES.items():
        data = (FOLDER / file).read_bytes()
        assert (entry.kind, entry.name) == (wanted[file].kind, wanted[file].name)
        assert (entry.bytes, entry.sha256) == (len(data), hashlib.sha256(data).hexdigest()), file


def test_no_picture_lies_about_that_nothing_lists() -> None:
    found = {
        path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.suffix in (".jpg", ".mp4")
    }
    listed = {
        f"{language}/{file}" for language in OTHERS for file in manifest.read(manifest.path_of(language))
    }

    assert found == ENTRIES.keys() | listed


def test_the_pictures_were_rendered_from_the_facts_as_they_are() -> None:
    assert manifest.made_from() == manifest.digest(CONTENT), "run `make pictures`"


def test_every_picture_is_told_in_words(said: words.PictureWords) -> None:
    told = {
        "point": said.points,
        "routine": said.routines,
        "technique": said.techniques,
        "reach": said.reach,
    }

    for kind, texts in told.items():
        assert texts.keys() == named(kind)
    for alt in (said.regions, *(alt for texts in told.values() for alt in texts.values())):
        assert alt.alt.endswith(".")
        assert max(len(sentence.split()) for sentence in alt.alt.split(". ")) <= 20


def test_the_words_of_a_point_name_it(said: words.PictureWords) -> None:
    for code, alt in said.points.items():
        assert code in alt.alt


def test_the_words_of_a_routine_tell_its_points_in_order(said: words.PictureWords, library: Library) -> None:
    for name, routine in library.routines.items():
        text = said.routines[name].alt
        for number, step in enumerate(routine.steps, 1):
            assert f"{number} {step.point}" in text if step.point else f"{number} " in text, (name, number)


def test_every_word_on_a_picture_is_used(said: words.PictureWords) -> None:
    used = {word for picture in pictures(CONTENT) for word in words_on(picture, CONTENT)}
    codes = used & CONTENT.points.keys()

    assert said.words.keys() == used - codes


# --- in other languages


@pytest.mark.parametrize("language", OTHERS)
def test_a_picture_with_words_is_there_in_each_language(language: str) -> None:
    content = loading.load(language)
    listed = manifest.read(manifest.path_of(language))

    assert listed.keys() == {picture.file for picture in in_language(content)}
    for file, entry in listed.items():
        data = (folder_of(language) / file).read_bytes()
        assert (entry.bytes, entry.sha256) == (len(data), hashlib.sha256(data).hexdigest()), file
        assert jpeg_size(folder_of(language) / file) == (1280, 1280)
        assert len(data) < MOST_BYTES
        assert entry.sha256 != ENTRIES[file].sha256, "the words on it are still English"


@pytest.mark.parametrize("language", OTHERS)
def test_the_pictures_of_a_language_were_rendered_from_its_words(language: str) -> None:
    made_from = manifest.made_from(manifest.path_of(language))

    assert made_from == manifest.digest(loading.load(language)), f"run `make pictures` for {language}"


@pytest.mark.parametrize("language", OTHERS)
def test_the_words_of_a_picture_say_the_same_in_each_language(
    language: str, said: words.PictureWords
) -> None:
    there, english = words.load(language), said.model_dump()

    assert shape(there.model_dump()) == shape(english)


def shape(value: object) -> object:
    """The keys of a table, with the points and numbers of each text: no translation may lose one."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    return sorted(re.findall(r"[A-Z]{2}\d+|\d+", str(value)))


@pytest.mark.parametrize("language", OTHERS)
def test_somebody_sees_pictures_in_their_language_and_films_that_need_none(
    language: str, library: Library
) -> None:
    pieces = Pieces(library_in(library, language))

    assert pieces.picture("points/LI4.jpg") == f"{language}/points/LI4.jpg"
    assert pieces.picture("loops/LI4.mp4") == "loops/LI4.mp4"
    assert pieces.picture("points/XX1.jpg") is None
    assert Pieces(library).picture("points/LI4.jpg") == "points/LI4.jpg"
