"""An editor changes a sentence or a phrase and runs ``python -m bot check``: what is now wrong is named.

A claim, a shout, a long sentence, a phrase that steals the messages of another complaint: each is one line
with file, entry and field, and the command fails. What people write may say anything; only what they read is
held to this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import bot.check
from bot.__main__ import main
from bot.check import faults
from bot.library import Fault

if TYPE_CHECKING:
    from conftest import ContentCopy

pytestmark = pytest.mark.walk

Place = tuple[str, str, str]


def places(found: list[Fault]) -> list[Place]:
    return [(fault.file, fault.entry, fault.field) for fault in found]


def only(file: str, found: list[Fault]) -> list[Fault]:
    return [fault for fault in found if fault.file == file]


@pytest.fixture
def short(content: ContentCopy) -> ContentCopy:
    """The copy with few of its many phrases for danger signs and rules, so that a check takes no time."""
    for file, kept in (("en/red_flags.toml", "RF01"), ("en/rules.toml", "CR01")):

        def shorten(table: dict[str, Any], kept: str = kept) -> None:
            for name, entry in table.items():
                if name != kept:
                    call = f"quidditch {name.lower()}"
                    entry.update(phrases=[call], calls=[call, f"a {call}"], calm=["quidditch"])

        content.change(file, shorten)
    return content


# --- what people read

READ: dict[Place, tuple[tuple[str | int, ...], str]] = {
    ("en/points/LI4.toml", "", "where"): (("where",), "Look!"),
    ("en/points/LI4.toml", "", "cautions.pregnancy"): (("cautions", "pregnancy"), "you need treatment"),
    ("en/points/GB30.toml", "", "alternatives.helper"): (("alternatives", "helper"), "This cures you."),
    ("en/points/BL10.toml", "", "nicknames"): (("nicknames",), ["Healing Pillar"]),
    ("en/complaints.toml", "knee", "tip"): (("knee", "tip"), "Ask your THERAPIST."),
    ("en/red_flags.toml", "RF01", "name"): (("RF01", "name"), "a sign to be diagnosed"),
    ("en/rules.toml", "CR01", "reason"): (("CR01", "reason"), " ".join(["word"] * 25)),
    ("en/techniques.toml", "static_press", "how"): (("static_press", "how"), "A proven way."),
    ("en/routines.toml", "R01", "needs"): (("R01", "needs"), "Be calm.\nNo patients here."),
    ("en/evidence.toml", "E01", "says"): (("E01", "says"), "It prevents pain."),
    ("en/sentences.toml", "", "welcome"): (("welcome",), f"<b>Hi.</b> {' '.join(['word'] * 21)}."),
}


def test_a_claim_a_shout_or_a_long_sentence_is_named_wherever_people_read_it(short: ContentCopy) -> None:
    for (file, _, _), (where, text) in READ.items():
        short.put(file, where, text)

    found = faults(short.folder)

    assert set(places(found)) == set(READ)
    assert len(found) == len(READ)


def test_what_is_short_calm_and_plain_is_no_fault(short: ContentCopy) -> None:
    twenty, ten = " ".join(["word"] * 20), " ".join(["word"] * 10)
    short.put("en/points/LI4.toml", ("where",), f"{twenty}. <b>{twenty}</b>? {ten}: {ten}.\n{twenty}")
    short.put("en/points/LI4.toml", ("how",), f"Press 1.5 cm in, at 10:30, {' '.join(['word'] * 14)}.")
    short.put("en/complaints.toml", ("knee", "tip"), "Retreat to a secure, healthy entreaty.")
    short.add("en/complaints.toml", ("knee", "phrases"), "knee treatment")
    short.add("en/complaints.toml", ("knee", "means"), "Treatment for my knee!")

    assert faults(short.folder) == []


def test_every_claim_of_a_text_is_named_with_the_reason(short: ContentCopy) -> None:
    short.put("en/points/LI4.toml", ("where",), "You should have pressed, then it simply heals.")

    problems = [fault.problem for fault in faults(short.folder)]

    assert [problem.partition(":")[0] for problem in problems] == ["'heals'", "'You should have'", "'simply'"]
    assert len({problem.partition(":")[2] for problem in problems}) == len(problems)


def test_each_language_has_its_own_list_of_what_nobody_may_read(short: ContentCopy) -> None:
    """A word may be a claim in one language and a part of the body in another."""
    short.write("qx/language.toml", b'name = "Quex"\ncomplete = false\n')
    short.write("qx/sentences.toml", b'stopped = "Heal the quax."\nthanked = "Quux is back."\n')
    short.write("qx/not_said.toml", b'[claims]\nwhy = "a claim in Quex"\nwords = ["quu[a-z]"]\n')

    assert [(fault.field, fault.problem) for fault in faults(short.folder, "qx")] == [
        ("thanked", "'Quux': a claim in Quex")
    ]


def test_a_list_of_what_nobody_may_read_is_made_of_expressions_that_can_be_read(short: ContentCopy) -> None:
    words = short.table("en/not_said.toml")["claims"]["words"]
    short.add("en/not_said.toml", ("claims", "words"), "cure(s")

    assert places(faults(short.folder)) == [("en/not_said.toml", "claims", f"words.{len(words)}")]


FILLED = {
    "sign": ("en/red_flags.toml", ("RF01", "name"), 18),
    "conditions": ("en/rules.toml", ("CR01", "condition"), 18),
    "complaints": ("en/complaints.toml", ("knee", "name"), 18),
    "points": ("en/points/LI4.toml", ("name",), 17),  # its code is a word as well
}


@pytest.mark.parametrize("name", FILLED)
def test_a_name_in_braces_counts_as_much_as_the_longest_that_can_stand_there(
    short: ContentCopy, name: str
) -> None:
    file, where, words = FILLED[name]
    short.put(file, where, " ".join(["word"] * words))
    short.put("en/sentences.toml", ("stopped",), f"Here are {{{name}}}.")
    short.put("en/sentences.toml", ("thanked",), f"Here, too, are {{{name}}}.")

    fields = {fault.field for fault in faults(short.folder)}

    assert "thanked" in fields
    assert "stopped" not in fields


# --- what people write


def test_a_message_that_another_complaint_takes_is_named(short: ContentCopy) -> None:
    short.add("en/complaints.toml", ("knee", "means"), "My neck is stiff")
    short.add("en/complaints.toml", ("hip", "means"), "my elbow wobbles")
    short.add("en/red_flags.toml", ("RF01", "calls"), "My elbow is blue")
    short.add("en/red_flags.toml", ("RF01", "calm"), "I can't pee")
    short.add("en/rules.toml", ("CR01", "calls"), "My elbow is blue")
    short.add("en/rules.toml", ("CR01", "calm"), "I am pregnant")
    short.add("en/controls.toml", ("stop", "means"), "My elbow is blue")

    found = faults(short.folder)

    assert sorted(places(found)) == [
        ("en/complaints.toml", "hip", "means"),
        ("en/complaints.toml", "knee", "means"),
        ("en/controls.toml", "stop", "means"),
        ("en/red_flags.toml", "RF01", "calls"),
        ("en/red_flags.toml", "RF01", "calm"),
        ("en/rules.toml", "CR01", "calls"),
        ("en/rules.toml", "CR01", "calm"),
    ]
    stolen = next(fault for fault in found if fault.entry == "knee")
    assert "'My neck is stiff'" in stolen.problem
    assert "neck" in stolen.problem.partition("is read as")[2]


def test_a_phrase_that_steals_the_messages_of_another_entry_is_named_there(short: ContentCopy) -> None:
    short.add("en/complaints.toml", ("knee", "phrases"), "stiff neck since tuesday noon")
    short.add("en/complaints.toml", ("neck", "means"), "stiff neck since tuesday noon")

    assert places(faults(short.folder)) == [("en/complaints.toml", "neck", "means")]


UNREADABLE: dict[Place, tuple[tuple[str, ...], str]] = {
    ("en/complaints.toml", "knee", "phrases"): (("knee", "phrases"), "(sore knee"),
    ("en/complaints.toml", "knee", "parts"): (("knee", "parts"), "{nowhere} knee"),
    ("en/red_flags.toml", "RF01", "phrases"): (("RF01", "phrases"), "cant pee)"),
    ("en/rules.toml", "CR01", "phrases"): (("CR01", "phrases"), "knee (the|my)"),
    ("en/controls.toml", "stop", "phrases"): (("stop", "phrases"), "stop {pain"),
    ("en/points/LI4.toml", "", "aliases"): (("aliases",), ".. point"),
    ("en/not_ours.toml", "skin", ""): (("skin",), "? rash"),
    ("en/context.toml", "side", "left"): (("side", "left"), "(left"),
    ("en/lexicon.toml", "", "denials"): (("denials",), "(no"),
    ("en/lexicon.toml", "", "not_denials"): (("not_denials",), "no |"),
    ("en/lexicon.toml", "sets", "pain"): (("sets", "pain"), "(ache"),
}


def test_a_phrase_that_cannot_be_read_is_one_fault_at_its_place_and_none_where_it_is_used(
    short: ContentCopy,
) -> None:
    assert any("{pain}" in phrase for phrase in short.table("en/complaints.toml")["sciatica"]["phrases"])
    for (file, _, _), (where, phrase) in UNREADABLE.items():
        short.add(file, where, phrase)

    found = faults(short.folder)

    assert sorted(places(found)) == sorted(UNREADABLE)
    for fault in found:
        assert UNREADABLE[fault.file, fault.entry, fault.field][1] in fault.problem


# --- all of it


def test_faults_of_shape_are_told_before_anything_else_is_looked_at(short: ContentCopy) -> None:
    short.put("points/LI4.toml", ("pinyn",), "Hégǔ")
    short.put("en/points/LI4.toml", ("where",), "Look!")

    assert places(faults(short.folder)) == [("points/LI4.toml", "", "pinyn")]


def test_faults_between_entries_are_told_together_with_faults_of_wording(short: ContentCopy) -> None:
    short.add("points/LI4.toml", ("sources", "press"), "NOWHERE")
    short.put("en/points/LI4.toml", ("where",), "Look!")

    assert sorted(places(faults(short.folder))) == [
        ("en/points/LI4.toml", "", "where"),
        ("points/LI4.toml", "", "sources"),
    ]


def test_the_command_prints_each_fault_and_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [Fault("a.toml", "knee", "tip", "a shout"), Fault("b.toml", "", "", "gone")]
    monkeypatch.setattr(bot.check, "every_fault", lambda: found)

    assert main(["check"]) == 1
    assert capsys.readouterr().out.splitlines()[:2] == [str(fault) for fault in found]


def test_the_content_is_in_order_and_the_command_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0, capsys.readouterr().out
    assert capsys.readouterr().out.startswith("The content is in order.\n")
