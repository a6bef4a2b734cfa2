"""Every file is in order by itself and yet they do not fit together: the check names the entry that is wrong.

A point that is suggested but has no words, a rule that no caution tells people about, a routine that takes
longer than it says: each is planted alone in a good copy and must be the only fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.library import Library, load
from bot.library.check import cross_check, seconds
from bot.library.facts import Step, Timing

if TYPE_CHECKING:
    from conftest import ContentCopy

Place = tuple[str, str, str]
LI4, GB30, GV20 = "points/LI4.toml", "points/GB30.toml", "points/GV20.toml"


def places(content: ContentCopy) -> list[Place]:
    return [(fault.file, fault.entry, fault.field) for fault in cross_check(load(content.folder))]


def test_the_content_fits_together(library: Library) -> None:
    assert cross_check(library) == []


# --- ids that lead nowhere

SOURCES: tuple[tuple[str, tuple[str | int, ...], str], ...] = (
    (LI4, ("sources", "location"), ""),
    ("points/GV20.toml", ("sources", "press"), ""),
    (GB30, ("cautions", 0, "sources"), ""),
    ("complaints.toml", ("knee", "points", 0, "sources"), "knee"),
    ("safety/red_flags.toml", ("RF01", "sources"), "RF01"),
    ("safety/rules.toml", ("CR01", "sources"), "CR01"),
    ("techniques.toml", ("static_press", "sources"), "static_press"),
    ("routines.toml", ("R01", "steps", 0, "sources"), "R01"),
    ("evidence.toml", ("E01", "sources"), "E01"),
    ("corrections.toml", ("C01", "sources"), "C01"),
    ("old_numbers.toml", ("B54", "sources"), "B54"),
    ("measures.toml", ("timing", "sources"), "measures"),
)


def test_a_source_that_is_not_listed_is_named_wherever_it_stands(content: ContentCopy) -> None:
    for file, where, _ in SOURCES:
        content.add(file, where, "NOWHERE")

    found = cross_check(load(content.folder))

    assert sorted((fault.file, fault.entry, fault.field) for fault in found) == sorted(
        (file, entry, "sources") for file, _, entry in SOURCES
    )
    assert all("NOWHERE" in fault.problem for fault in found)


@pytest.mark.parametrize("where", [("fingers", "thumb", "sources"), ("spine", "waist", "sources")])
def test_the_source_of_a_measure_is_looked_up_too(where: tuple[str, ...], content: ContentCopy) -> None:
    content.add("measures.toml", where, "NOWHERE")

    assert places(content) == [("measures.toml", "measures", "sources")]


ADDED: dict[str, tuple[str, tuple[str | int, ...], object, Place]] = {
    "a far point": (GB30, ("reach", "far_points"), "LU7", (GB30, "reach", "far_points")),
    "a rule of a caution": (GB30, ("cautions", 0, "rules"), "CR99", (GB30, "cautions", "pregnancy")),
    "a sign of a caution": (GB30, ("cautions", 0, "red_flags"), "RF99", (GB30, "cautions", "pregnancy")),
    "a suggested point": (
        "complaints.toml",
        ("knee", "points"),
        {"code": "LU7", "sources": ["GENERAL"]},
        ("complaints.toml", "knee", "points"),
    ),
    "a routine of a complaint": (
        "complaints.toml",
        ("knee", "routines"),
        "R99",
        ("complaints.toml", "knee", "routines"),
    ),
    "a study of a complaint": (
        "complaints.toml",
        ("knee", "evidence"),
        "E99",
        ("complaints.toml", "knee", "evidence"),
    ),
    "a related complaint": (
        "complaints.toml",
        ("knee", "related"),
        "elbow",
        ("complaints.toml", "knee", "related"),
    ),
    "a sign beside a sign": (
        "safety/red_flags.toml",
        ("RF01", "emergency_with"),
        "RF99",
        ("safety/red_flags.toml", "RF01", "emergency_with"),
    ),
    "a withheld point": (
        "safety/rules.toml",
        ("CR01", "withhold"),
        "LU7",
        ("safety/rules.toml", "CR01", "withhold"),
    ),
    "a point to ask about": (
        "safety/rules.toml",
        ("CR01", "ask_first"),
        "LU7",
        ("safety/rules.toml", "CR01", "ask_first"),
    ),
    "a point warned of": (
        "safety/rules.toml",
        ("CR01", "warn"),
        "LU7",
        ("safety/rules.toml", "CR01", "warn"),
    ),
    "a point allowed": (
        "safety/rules.toml",
        ("CR01", "allow"),
        "LU7",
        ("safety/rules.toml", "CR01", "allow"),
    ),
    "a withheld technique": (
        "safety/rules.toml",
        ("CR01", "withhold_techniques"),
        "juggling",
        ("safety/rules.toml", "CR01", "withhold_techniques"),
    ),
    "a complaint of a routine": (
        "routines.toml",
        ("R01", "complaints"),
        "elbow",
        ("routines.toml", "R01", "complaints"),
    ),
    "a gate of a routine": ("routines.toml", ("R01", "gates"), "CR99", ("routines.toml", "R01", "gates")),
    "a corrected point": (
        "corrections.toml",
        ("C01", "points"),
        "LU7",
        ("corrections.toml", "C01", "points"),
    ),
    "a corrected technique": (
        "corrections.toml",
        ("C01", "techniques"),
        "juggling",
        ("corrections.toml", "C01", "techniques"),
    ),
}


@pytest.mark.parametrize("name", ADDED)
def test_an_id_that_leads_nowhere_is_one_fault(name: str, content: ContentCopy) -> None:
    file, where, value, place = ADDED[name]
    content.add(file, where, value)

    assert places(content) == [place]


# --- entries that contradict each other

PUT: dict[str, tuple[str, tuple[str | int, ...], object, Place]] = {
    "a code that is not the file's name": (LI4, ("code",), "LI5", (LI4, "", "code")),
    "a lookalike that is not there": (LI4, ("lookalike_of",), "LU7", (LI4, "", "lookalike_of")),
    "a midline point pressed side by side": (GV20, ("press", "order"), "each", (GV20, "press", "order")),
    "a paired point pressed on the midline": (LI4, ("press", "order"), "midline", (LI4, "press", "order")),
    "a midline point with two sides": (GV20, ("sides",), "bilateral", (GV20, "press", "order")),
    "a number given out twice": (
        "complaints.toml",
        ("knee", "number"),
        1,
        ("complaints.toml", "knee", "number"),
    ),
    "a caution milder than its rule": (
        GB30,
        ("cautions", 0, "effect"),
        "ask_first",
        (GB30, "cautions", "CR01"),
    ),
    "a caution that forgets its rule": (GB30, ("cautions", 0, "rules"), [], (GB30, "cautions", "CR01")),
    "a routine that takes longer than it says": (
        "routines.toml",
        ("R01", "total_seconds"),
        60,
        ("routines.toml", "R01", "total_seconds"),
    ),
    "a technique of a step that is not there": (
        "routines.toml",
        ("R01", "steps", 0, "technique"),
        "juggling",
        ("routines.toml", "R01", "steps.1"),
    ),
    "words of a caution that is not there": (
        "en/points/GB30.toml",
        ("cautions", "full_moon"),
        "the moon is full",
        ("en/points/GB30.toml", "cautions", "full_moon"),
    ),
    "words of an alternative that is not there": (
        "en/points/GB30.toml",
        ("alternatives", "fists"),
        "Use your fists.",
        ("en/points/GB30.toml", "alternatives", "fists"),
    ),
    "words of a technique that is not there": (
        "en/techniques.toml",
        ("juggling",),
        {"name": "juggling"},
        ("en/techniques.toml", "juggling", ""),
    ),
}


@pytest.mark.parametrize("name", PUT)
def test_a_contradiction_is_one_fault(name: str, content: ContentCopy) -> None:
    file, where, value, place = PUT[name]
    content.put(file, where, value)

    assert places(content) == [place]


REMOVED: dict[str, tuple[str, tuple[str | int, ...], Place]] = {
    "a complaint": ("en/complaints.toml", ("knee",), ("en/complaints.toml", "knee", "")),
    "a sign": ("en/red_flags.toml", ("RF01",), ("en/red_flags.toml", "RF01", "")),
    "a rule": ("en/rules.toml", ("CR01",), ("en/rules.toml", "CR01", "")),
    "a technique": ("en/techniques.toml", ("static_press",), ("en/techniques.toml", "static_press", "")),
    "a routine": ("en/routines.toml", ("R01",), ("en/routines.toml", "R01", "")),
    "a study": ("en/evidence.toml", ("E01",), ("en/evidence.toml", "E01", "")),
    "a caution": (
        "en/points/GB30.toml",
        ("cautions", "pregnancy"),
        ("en/points/GB30.toml", "cautions", "pregnancy"),
    ),
    "an alternative": (
        "en/points/GB30.toml",
        ("alternatives", "helper"),
        ("en/points/GB30.toml", "alternatives", "helper"),
    ),
    "what to say without a point": (
        "en/complaints.toml",
        ("face_jaw", "none"),
        ("en/complaints.toml", "face_jaw", "none"),
    ),
}


@pytest.mark.parametrize("name", REMOVED)
def test_missing_words_are_one_fault(name: str, content: ContentCopy) -> None:
    file, where, place = REMOVED[name]
    content.remove(file, where)

    assert places(content) == [place]


def test_a_point_without_words_is_one_fault(content: ContentCopy) -> None:
    content.delete("en/points/LI4.toml")

    assert places(content) == [("en/points", "LI4", "")]


def test_words_of_a_point_that_is_not_there_are_one_fault(content: ContentCopy) -> None:
    content.write("en/points/LI5.toml", (content.folder / "en/points/LI4.toml").read_bytes())

    assert places(content) == [("en/points", "LI5", "")]


def test_a_point_that_is_only_explained_is_never_suggested(content: ContentCopy) -> None:
    content.put(GB30, ("in_answers",), False)

    found = cross_check(load(content.folder))

    assert {fault.entry for fault in found} == {
        slug
        for slug, complaint in content.table("complaints.toml").items()
        if any(suggested["code"] == "GB30" for suggested in complaint["points"])
    }
    assert all("GB30" in fault.problem and fault.field == "points" for fault in found)


@pytest.mark.parametrize(
    ("verdict", "field"), [("kept", "how"), ("limited", "how"), ("limited", "limits"), ("refused", "refused")]
)
def test_a_technique_has_the_words_that_its_verdict_needs(
    verdict: str, field: str, content: ContentCopy
) -> None:
    needed = {"kept": {"how"}, "limited": {"how", "limits"}, "refused": {"refused"}}[verdict]
    words = {"name": "static press", **dict.fromkeys(needed - {field}, "Press.")}
    content.put("techniques.toml", ("static_press", "verdict"), verdict)
    content.put("en/techniques.toml", ("static_press",), words)

    assert places(content) == [("en/techniques.toml", "static_press", field)]


# --- rules


@pytest.mark.parametrize("rule", ["CR00", "CR64"])
def test_a_rule_that_no_button_can_carry_is_one_fault(rule: str, content: ContentCopy) -> None:
    content.put("safety/rules.toml", (rule,), {"sources": ["GENERAL"]})
    content.put("en/rules.toml", (rule,), {"condition": "it rains", "reason": "Rain is wet."})

    assert places(content) == [("safety/rules.toml", rule, "")]


@pytest.mark.parametrize("effect", ["withhold", "ask_first", "warn"])
def test_a_rule_that_no_caution_tells_people_about_is_one_fault(effect: str, content: ContentCopy) -> None:
    """The point is in no routine, whose gates would be wrong as well."""
    content.put("safety/rules.toml", ("CR50",), {effect: ["LU6"], "sources": ["GENERAL"]})
    content.put("en/rules.toml", ("CR50",), {"condition": "it rains", "reason": "Rain is wet."})

    assert places(content) == [("points/LU6.toml", "cautions", "CR50")]


def test_a_rule_for_every_point_needs_no_caution_on_each(content: ContentCopy) -> None:
    everything = {"withhold": ["*"], "withhold_techniques": ["*"], "sources": ["GENERAL"]}
    content.put("safety/rules.toml", ("CR50",), everything)
    content.put("en/rules.toml", ("CR50",), {"condition": "it rains", "reason": "Rain is wet."})

    found = cross_check(load(content.folder))

    assert [fault for fault in found if fault.file != "routines.toml"] == []


def test_the_gates_of_a_routine_cover_the_points_of_its_steps(content: ContentCopy) -> None:
    withheld = content.table("safety/rules.toml")["CR01"]["withhold"]
    steps = content.table("routines.toml")["R01"]["steps"]
    assert any(step.get("point") in withheld for step in steps)
    content.change("routines.toml", lambda routines: routines["R01"]["gates"].remove("CR01"))

    assert places(content) == [("routines.toml", "R01", "gates")]


# --- how long a routine takes


def test_a_step_without_a_point_and_without_a_technique_is_one_fault(content: ContentCopy) -> None:
    content.change("routines.toml", lambda routines: routines["R01"]["steps"][0].pop("technique"))

    assert places(content) == [("routines.toml", "R01", "steps.1")]


TIMING = Timing(
    get_ready_seconds=15,
    change_side_seconds=5,
    breathe_in_seconds=4,
    breathe_out_seconds=6,
    sources=("CHOICE",),
)


def step(order: str, hold: int, release: int, repeats: int) -> Step:
    return Step.model_validate(
        {
            "point": "LI4",
            "order": order,
            "hold_seconds": hold,
            "release_seconds": release,
            "repeats": repeats,
            "sources": ["CHOICE"],
        }
    )


@pytest.mark.parametrize(
    ("order", "hold", "release", "repeats", "expected"),
    [
        ("midline", 30, 0, 1, 15 + 30),
        ("together", 60, 5, 1, 15 + 60 + 5),
        ("midline", 10, 5, 3, 15 + (10 + 5 + 10 + 5 + 10) + 5),
        ("each", 30, 5, 1, 15 + 30 + 5 + 30 + 5),
        ("each", 5, 4, 2, 15 + (5 + 4 + 5) + 5 + (5 + 4 + 5) + 4),
    ],
)
def test_a_step_takes_its_holds_releases_and_change_of_side(
    order: str, hold: int, release: int, repeats: int, expected: int
) -> None:
    assert seconds(step(order, hold, release, repeats), TIMING) == expected


def test_the_clock_comes_from_the_content() -> None:
    def slower(field: str) -> Timing:
        return TIMING.model_copy(update={field: 100})

    assert seconds(step("each", 30, 5, 1), slower("get_ready_seconds")) == 100 + 30 + 5 + 30 + 5
    assert seconds(step("each", 30, 5, 1), slower("change_side_seconds")) == 15 + 30 + 100 + 30 + 5
