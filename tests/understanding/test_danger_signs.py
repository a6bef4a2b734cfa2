"""Someone asks for a neck point and mentions in passing that an arm has gone limp: the danger must win.

Whatever else a message holds, before or after, a sign that needs a doctor is found. What several signs amount
to follows one rule.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library import Library
from bot.library.facts import RedFlag, Tier
from bot.understanding.danger import most_urgent
from bot.understanding.reader import Reader
from bot.understanding.reading import Danger, Kind
from tools.danger_report import LEAST_MISSPELT, families, slips, table

NOW, TODAY, SOON = Tier.EMERGENCY_NOW, Tier.SAME_DAY, Tier.DOCTOR_SOON


def sign(tier: Tier, *, nerve: bool = False, emergency_with: tuple[str, ...] = ()) -> RedFlag:
    return RedFlag(tier=tier, nerve=nerve, emergency_with=emergency_with, sources=("GENERAL",))


SIGNS = {
    "RF01": sign(NOW),
    "RF02": sign(NOW, nerve=True),
    "RF05": sign(TODAY, nerve=True),
    "RF11": sign(TODAY),
    "RF14": sign(TODAY, emergency_with=("RF11",)),
    "RF16": sign(TODAY),
    "RF18": sign(SOON, emergency_with=("RF24",)),
    "RF24": sign(SOON),
    "RF25": sign(SOON, nerve=True),
}


@pytest.mark.parametrize(
    ("found", "danger"),
    [
        ([], None),
        (["RF25"], Danger("RF25", SOON)),
        (["RF11"], Danger("RF11", TODAY)),
        (["RF01"], Danger("RF01", NOW)),
        (["RF24", "RF11"], Danger("RF11", TODAY)),
        (["RF11", "RF01", "RF24"], Danger("RF01", NOW)),
        (["RF11", "RF11"], Danger("RF11", TODAY)),
        (["RF14", "RF11"], Danger("RF14", NOW)),
        (["RF14", "RF16"], Danger("RF14", TODAY)),
        (["RF11", "RF16"], Danger("RF11", TODAY)),
        (["RF16", "RF05"], Danger("RF05", NOW)),
        (["RF11", "RF05"], Danger("RF05", NOW)),
        (["RF11", "RF25"], Danger("RF11", NOW)),
        (["RF25", "RF24"], Danger("RF24", SOON)),
        (["RF18", "RF24"], Danger("RF18", NOW)),
        (["RF18", "RF25"], Danger("RF18", SOON)),
        (["RF14", "RF11", "RF01"], Danger("RF01", NOW)),
    ],
)
def test_several_signs_amount_to_the_most_urgent(found: list[str], danger: Danger | None) -> None:
    assert most_urgent(found, SIGNS) == danger


@given(st.sets(st.sampled_from(sorted(SIGNS)), min_size=1), st.sampled_from(sorted(SIGNS)))
def test_one_more_sign_never_makes_it_less_urgent(found: set[str], another: str) -> None:
    urgency = list(Tier).index
    before, after = most_urgent(found, SIGNS), most_urgent({*found, another}, SIGNS)

    assert before is not None
    assert after is not None
    assert urgency(after.tier) <= urgency(before.tier)


@pytest.mark.parametrize(("tier", "stops"), [(NOW, True), (TODAY, True), (SOON, False)])
def test_only_a_doctor_soon_leaves_room_for_points(tier: Tier, stops: bool) -> None:
    assert Danger("RF01", tier).stops_everything is stops


def same_day_signs(library: Library) -> list[str]:
    return [flag for flag, entry in library.red_flags.items() if entry.tier is TODAY]


def test_a_pair_that_combines_is_named_on_both_sides(library: Library) -> None:
    flags, same_day = library.red_flags, same_day_signs(library)

    assert [
        (one, other)
        for one in same_day
        for other in same_day
        if (other in flags[one].emergency_with) is not (one in flags[other].emergency_with)
        and not (flags[one].nerve or flags[other].nerve)
    ] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("RF12", "RF14"),
        ("RF17", "RF26"),
        ("RF16", "RF26"),
        ("RF14", "RF16"),
        ("RF14", "RF15"),
        ("RF13", "RF31"),
    ],
)
def test_one_story_told_twice_is_no_emergency(one: str, other: str, library: Library) -> None:
    danger = most_urgent([one, other], library.red_flags)

    assert danger is not None
    assert danger.tier is TODAY


def test_new_weakness_makes_every_same_day_sign_an_emergency(library: Library) -> None:
    nerve = [flag for flag, entry in library.red_flags.items() if entry.nerve]
    told = {
        (one, other): most_urgent([one, other], library.red_flags)
        for one in same_day_signs(library)
        for other in nerve
    }

    assert [
        pair
        for pair, danger in told.items()
        if pair[0] != pair[1] and (danger is None or danger.tier is not NOW)
    ] == []


# --- in a message

ASIDES = (
    "{} which point helps my neck?",
    "My lower back aches. {} Where is LI4?",
    "Hi there, thanks. {}",
    "I have no headache and my knee is fine. {}",
    "remind me to press LI4. {}",
    "stop. {}",
)


def urgent_calls(library: Library, most: int | None = None) -> list[tuple[str, str]]:
    """Messages that must raise a sign, with the sign; at most so many for each."""
    return [
        (flag, call if call[-1] in ".!?" else f"{call}.")
        for flag, words in library.words.red_flags.items()
        if library.red_flags[flag].tier is not SOON
        for call in words.calls[:most]
    ]


def missed(aside: str, calls: list[tuple[str, str]], reader: Reader) -> list[tuple[str, str]]:
    return [
        (flag, text)
        for flag, call in calls
        for text in (aside.format(call),)
        if reader.read(text).kind is not Kind.DANGER or flag not in reader.red_flags(text)
    ]


def test_every_danger_wins_over_a_question_before_it(reader: Reader, library: Library) -> None:
    assert missed("which point helps my neck? {}", urgent_calls(library), reader) == []


@pytest.mark.parametrize("aside", ASIDES)
def test_a_danger_wins_over_everything_around_it(aside: str, reader: Reader, library: Library) -> None:
    assert missed(aside, urgent_calls(library, most=1), reader) == []


def test_a_danger_wins_beside_every_complaint(reader: Reader, library: Library) -> None:
    calls = [
        words.calls[0]
        for flag, words in library.words.red_flags.items()
        if library.red_flags[flag].tier is NOW
    ]
    hidden = [
        text
        for words in library.words.complaints.values()
        for complaint in words.means[:1]
        for call in calls
        for text in (f"{complaint}. {call}",)
        if reader.read(text).kind is not Kind.DANGER
    ]

    assert hidden == []


def test_a_danger_in_the_same_breath_as_a_complaint_is_found(reader: Reader, library: Library) -> None:
    complaints = [text for words in library.words.complaints.values() for text in words.means]
    hidden = [
        f"{complaint} and {call}"
        for complaint in complaints
        for call in ("I can't pee", "I have chest pain", "my face is drooping")
        if reader.read(f"{complaint} and {call}").kind is not Kind.DANGER
    ]

    assert hidden == []


@pytest.mark.parametrize(
    "text",
    [
        "My back does not let me sleep and I can't pee",
        "I can't pee and my back hurts",
        "no idea what to do, I have chest pain",
        "nothing helps and now I can't pee",
        "not only my back, I have chest pain too",
        "No headache yesterday. Now a splitting headache, a fever and I can't put my chin to my chest",
        "my speech is slurred",
    ],
)
def test_a_denial_of_something_else_hides_no_danger(text: str, reader: Reader) -> None:
    assert reader.read(text).kind is Kind.DANGER


@pytest.mark.parametrize(
    "text",
    [
        "no chest pain, just a stiff neck",
        "My neck is stiff. No fever or numbness",
        "I don't have chest pain. My neck is stiff",
    ],
)
def test_a_denied_danger_leaves_the_complaint_to_be_answered(text: str, reader: Reader) -> None:
    reading = reader.read(text)

    assert (reading.kind, reading.complaints) == (Kind.COMPLAINT, ("neck",))


def test_a_doctor_soon_sign_is_told_beside_the_answer(reader: Reader, library: Library) -> None:
    seen = 0
    for flag, words in library.words.red_flags.items():
        if library.red_flags[flag].tier is SOON:
            reading = reader.read(words.calls[0])
            assert reading.danger is not None, words.calls[0]
            if not reading.danger.stops_everything:
                assert reading.kind is not Kind.DANGER
                seen += 1
    assert seen


def test_no_complaint_by_itself_raises_a_danger(reader: Reader, library: Library) -> None:
    frightened = {
        text: reader.read(text).danger
        for words in library.words.complaints.values()
        for text in (words.name, words.button, *words.means)
        if reader.read(text).kind is Kind.DANGER
    }

    assert frightened == {}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I was in a car crash yesterday, my back hurts", Kind.DANGER),
        ("I was in a car crash ten years ago, my back hurts", Kind.COMPLAINT),
        ("A car crash two years ago and another crash yesterday, my back hurts", Kind.DANGER),
        ("I was in a car crash. Ten years ago my back hurt", Kind.DANGER),
        ("no numbness, my lower back is stiff", Kind.COMPLAINT),
        ("no numbness except between my legs", Kind.DANGER),
    ],
)
def test_long_ago_and_exceptions_are_read_within_their_sentence(
    text: str, kind: Kind, reader: Reader
) -> None:
    assert reader.read(text).kind is kind


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("I have lymphoma and I'm on chemo, my back hurts", TODAY),
        ("my back hurts when I cough and I can't get out of bed", TODAY),
        ("fever and back pain since my chemo", NOW),
        ("I had breast cancer and now my back hurts, my left leg is getting weaker", NOW),
        ("my calf is swollen and hot and I'm short of breath", NOW),
        ("I fell on ice, I have osteoporosis and I can't get out of bed, back pain", NOW),
    ],
)
def test_signs_of_one_story_stay_where_they_are_and_others_combine(
    text: str, tier: Tier, reader: Reader
) -> None:
    danger = reader.read(text).danger

    assert danger is not None
    assert danger.tier is tier


@pytest.mark.parametrize(
    "text",
    [
        "pregnent and bleeding heavely",
        "my blader wont empty since yestreday",
        "I canot brethe properly",
        "nmub between my legs",
        "cheat pain since this morning",
        "my heat hurts when I run",
        "I had a sezure",
        "thsi is the wrost pain of my life",
        "I want to unalvie myself",
        "fekl down the stairs",
    ],
)
def test_a_misspelt_danger_is_read_at_its_worst(text: str, reader: Reader) -> None:
    assert reader.read(text).kind is Kind.DANGER


@pytest.mark.parametrize(
    "text",
    [
        "dead tired after work, tight shoulders",
        "burnt my thigh with hot tea",
        "dying of laughter, my back hurts",
        "my bum goes numb after an hour in the car",
        "I can't walk because of my sore heel",
        "trouble talking to my boss, neck is tense",
    ],
)
def test_what_only_sounds_like_a_danger_raises_none(text: str, reader: Reader) -> None:
    assert reader.read(text).kind is not Kind.DANGER


@pytest.mark.parametrize(
    "text",
    [
        "I can't walk because both feet are numb",
        "numb bum after sitting and numb between my legs too",
        "I fell into bed and hit my head on the frame",
        "a drunk man hit me with his car",
        "ice or heat? I can't feel my legs",
        "I'm dying, my chest hurts",
        "the heat pack didn't help my chest pain",
        "I want to die, my back hurts so much",
    ],
)
def test_a_harmless_word_hides_no_danger_beside_it(text: str, reader: Reader) -> None:
    assert reader.read(text).kind is Kind.DANGER


@pytest.mark.parametrize("text", ["my leg is numb", "numb left leg", "no strength in my right leg"])
def test_one_leg_is_not_read_as_both(text: str, reader: Reader) -> None:
    assert "RF03" not in reader.red_flags(text)


def test_misspelt_emergencies_are_nearly_all_caught(reader: Reader, library: Library) -> None:
    tried = [
        (flag, text)
        for flag, words in library.words.red_flags.items()
        if library.red_flags[flag].tier is NOW
        for call in words.calls[::3]
        for text in slips(call, seed=1)
    ]
    missed = [text for _, text in tried if reader.read(text).kind is not Kind.DANGER]

    assert len(tried) > 300
    assert len(missed) <= (1 - LEAST_MISSPELT) * len(tried), missed


def test_the_report_counts_every_family(reader: Reader, library: Library) -> None:
    few = {
        flag: entry.model_copy(update={"calls": entry.calls[:1], "calm": entry.calm[:1]})
        for flag, entry in library.words.red_flags.items()
    }
    smaller = replace(library, words=replace(library.words, red_flags=few))
    tried = families(smaller, reader, seed=1)

    assert [family.flag for family in tried] == list(library.red_flags)
    assert all(family.tried["plain"] == 1 for family in tried)
    assert all(
        not family.wrong[kind] for family in tried for kind in ("plain", "in a request", "calm", "denied")
    )
    assert table(tried).count("\n") == len(library.red_flags) + len(Tier) + 1


@pytest.mark.parametrize(
    "text", ["mein Rücken tut weh", "me duele la espalda, ayuda", "je suis avec une douleur"]
)
def test_another_language_is_told_from_ours(text: str, reader: Reader) -> None:
    reading = reader.read(text)

    assert reading.foreign
    assert reading.complaints == ()


def test_ours_is_not_told_for_another(reader: Reader, library: Library) -> None:
    said = [text for words in library.words.complaints.values() for text in words.means]

    assert [text for text in said if reader.read(text).foreign] == []


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("can't feel my bum when I wipe", "RF02"),
        ("woke up drenched in sweat three nights and my back is sore", "RF11"),
        ("I am drenched in sweat and my back hurts", "RF08"),
        ("woke up drenched in sweat, my arm and my back hurt", "RF08"),
    ],
)
def test_a_sign_is_named_as_what_was_written(text: str, sign: str, reader: Reader) -> None:
    """A card about passing water, or about the chest, puzzles somebody with night sweats."""
    danger = reader.read(text).danger

    assert danger is not None
    assert danger.id == sign


@pytest.mark.parametrize(
    "text",
    [
        "my cat jumped on my back and now both legs are numb",
        "the dog sat on my back, and I fell down the stairs",
    ],
)
def test_a_pet_on_the_back_hides_no_danger_beside_it(text: str, reader: Reader) -> None:
    assert reader.read(text).kind is Kind.DANGER
