"""Someone writes in own words what hurts, and the bot knows which of its complaints it is, or that none is.

"Get back to me" is no back and a rash on the knee is no knee: nobody is shown where to press for those.
"""

from __future__ import annotations

import pytest

from bot.library import Library
from bot.understanding.reader import Reader
from bot.understanding.reading import Kind


def meant(reader: Reader, text: str) -> tuple[str, ...]:
    return reader.read(text).complaints


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("my lower back is so sore", "lower_back"),
        ("lower-back ache since Monday", "lower_back"),
        ("dull ache at the base of my spine", "lower_back"),
        ("my L5 hurts", "lower_back"),
        ("there is a sore spot in the middle of my back", "mid_back"),
        ("knots between my shoulder blades", "upper_back"),
        ("my back is stiff", "back"),
        ("electric pain running down my leg", "sciatica"),
        ("my hips ache after the walk", "hip"),
        ("a sore bum cheek", "buttock"),
        ("I can't turn my head to the left", "neck"),
        ("shoulders like rock, so tense", "shoulder"),
        ("splitting headache", "headache"),
        ("my kneecap clicks and aches", "knee"),
        ("my calves are sore", "leg"),
        ("jaw ache from clenching", "face_jaw"),
        ("bloated and queasy", "digestion"),
        ("so stressed with work", "stress"),
        ("completely exhausted", "fatigue"),
        ("my throat is sore", "throat_chest"),
        ("my pelvic floor is tense", "pelvic"),
        ("period cramps", "menstrual"),
        ("pregnant with a sore back", "pregnancy_back"),
        ("help, my neck hurts", "neck"),
        ("which point for the knee", "knee"),
    ],
)
def test_a_complaint_in_own_words_is_understood(text: str, slug: str, reader: Reader) -> None:
    reading = reader.read(text)

    assert (reading.kind, reading.complaints) == (Kind.COMPLAINT, (slug,))


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("my neck and my knee hurt", {"neck", "knee"}),
        ("sciatica plus a stiff neck", {"sciatica", "neck"}),
        ("headache. Also my hip aches", {"headache", "hip"}),
        ("sore shoulders, sore knees and a tight jaw", {"shoulder", "knee", "face_jaw"}),
        ("my lower back and my upper back ache", {"lower_back", "upper_back"}),
    ],
)
def test_several_complaints_are_all_understood(text: str, slugs: set[str], reader: Reader) -> None:
    understood = meant(reader, text)

    assert set(understood) == slugs
    assert len(understood) == len(slugs)


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("pain shooting from my lower back down my leg", ("sciatica", "lower_back")),
        ("my back hurts, radiating from my hip to my foot", ("sciatica", "back", "hip")),
        ("electric pain down the back of my leg", ("sciatica",)),
    ],
)
def test_a_pain_down_the_leg_and_the_place_it_comes_from_are_two(
    text: str, slugs: tuple[str, ...], reader: Reader
) -> None:
    understood = meant(reader, text)

    assert understood[0] == "sciatica"
    assert set(understood) == set(slugs)


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("HEADACHE, WEAKNESS SINCE MORNING", {"headache", "fatigue"}),
        ("weakness in my knee", {"knee"}),
        ("my shoulders feel so tense", {"shoulder"}),
        ("sore neck and back again tonight", {"neck", "back"}),
        ("upper and lower back pain", {"upper_back", "lower_back"}),
        ("lower back. knees too", {"lower_back", "knee"}),
    ],
)
def test_a_list_is_understood_whole_and_a_part_keeps_its_own_weakness(
    text: str, slugs: set[str], reader: Reader
) -> None:
    assert set(meant(reader, text)) == slugs


def test_what_hurts_comes_before_what_is_only_named(reader: Reader) -> None:
    assert meant(reader, "which point helps the knee? My neck is really sore")[0] == "neck"


@pytest.mark.parametrize(
    "text",
    [
        "my lower back hurts, my whole back really",
        "back pain, mostly in the lower back",
        "lower back. back pain",
    ],
)
def test_the_part_of_the_back_says_more_than_back(text: str, reader: Reader) -> None:
    assert meant(reader, text) == ("lower_back",)


@pytest.mark.parametrize("text", ["Neck", "lower back", "knee?", "my hips", "Sciatica", "the shoulder"])
def test_a_bare_name_is_a_complaint(text: str, reader: Reader) -> None:
    assert len(meant(reader, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The head of sales was measured on Saturday by the tailor in town",
        "We talked about the knees of bees all evening long",
        "The chair has a leg that somebody painted green",
    ],
)
def test_a_body_part_without_a_reason_is_no_complaint(text: str, reader: Reader) -> None:
    assert meant(reader, text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "I will get back to you tomorrow",
        "call me back please",
        "when do you come back from lunch",
        "he is a pain in the neck",
        "who has your back at work",
        "the back door is open",
        "stop breathing down my neck",
        "a lamb shoulder recipe please",
        "are you pulling my leg",
    ],
)
def test_a_turn_of_speech_is_no_complaint(text: str, reader: Reader) -> None:
    assert meant(reader, text) == ()


@pytest.mark.parametrize("text", ["I will get back to you. My neck is sore", "call me back, my neck is sore"])
def test_a_turn_of_speech_beside_a_complaint_hides_nothing(text: str, reader: Reader) -> None:
    assert meant(reader, text) == ("neck",)


@pytest.mark.parametrize(
    "text",
    [
        "itchy rash on my knee",
        "my knee has a sore rash",
        "spots on my back that hurt",
        "a mole on my shoulder is sore",
        "my neck skin is itching and burning",
    ],
)
def test_skin_trouble_on_a_covered_part_is_refused(text: str, reader: Reader) -> None:
    reading = reader.read(text)

    assert (reading.kind, reading.complaints) == (Kind.UNKNOWN, ())


@pytest.mark.parametrize(
    "text", ["I cut my knee and it stings", "infected cut on my leg, painful", "burning graze on my hip"]
)
def test_a_wound_on_a_covered_part_is_refused(text: str, reader: Reader) -> None:
    assert meant(reader, text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "my wrist hurts",
        "the back of my heel hurts",
        "the back of my hand is sore",
        "my ribs ache",
        "sore elbow",
        "my ankle is stiff",
        "my thumb aches",
        "pain behind my ear",
    ],
)
def test_a_part_that_is_not_covered_is_no_other_part(text: str, reader: Reader) -> None:
    reading = reader.read(text)

    assert (reading.kind, reading.complaints) == (Kind.UNKNOWN, ())


@pytest.mark.parametrize(
    ("text", "slug"), [("my wrist and my neck hurt", "neck"), ("sore elbow, and my knee aches too", "knee")]
)
def test_a_part_that_is_not_covered_hides_no_other(text: str, slug: str, reader: Reader) -> None:
    assert meant(reader, text) == (slug,)


@pytest.mark.parametrize("text", ["what is the weather", "tell me a joke", "1234", "lorem ipsum dolor", ""])
def test_what_is_about_nothing_here_is_unknown(text: str, reader: Reader) -> None:
    assert reader.read(text).kind is Kind.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "I am pregnant and my lower back hurts",
        "my upper back aches, I am 20 weeks pregnant",
        "expecting a baby, back ache",
        "Back pain. Pregnant.",
    ],
)
def test_a_back_in_pregnancy_comes_first(text: str, reader: Reader) -> None:
    reading = reader.read(text)

    assert reading.complaints[0] == "pregnancy_back"
    assert reading.context.pregnant is True


def test_another_complaint_in_pregnancy_stays_itself(reader: Reader) -> None:
    reading = reader.read("I am pregnant and my knee aches")

    assert reading.complaints == ("knee",)
    assert reading.context.pregnant is True


# --- slips of the thumb


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("my siatica is back", "sciatica"),
        ("stif nekc", "neck"),
        ("sore sholder", "shoulder"),
        ("lowerback pain", "lower_back"),
        ("hedache", "headache"),
        ("my bcak hurts", "back"),
    ],
)
def test_a_misspelt_complaint_is_understood(text: str, slug: str, reader: Reader) -> None:
    assert meant(reader, text) == (slug,)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("neck pan since this morning", "neck"),
        ("my loser back aches", "lower_back"),
        ("hedakes again", "headache"),
        ("nee pane on the stairs", "knee"),
        ("vomiti ng since the morning", "digestion"),
        ("neckpain", "neck"),
        ("left shoulder painsince monday", "shoulder"),
        ("stiff nekc in tihs cold", "neck"),
    ],
)
def test_a_word_that_is_a_slip_for_another_is_understood_beside_a_sure_one(
    text: str, slug: str, reader: Reader
) -> None:
    assert meant(reader, text) == (slug,)


@pytest.mark.parametrize(
    "text", ["I bought a pan", "the bus is late", "my loser friend aches for fame", "next week is fine"]
)
def test_an_ordinary_word_is_no_slip_by_itself(text: str, reader: Reader) -> None:
    assert meant(reader, text) == ()


# --- whose it is, and what else there is


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("my mum's back hurts", "back"),
        ("my husband has a stiff neck", "neck"),
        ("grandad's knee is giving him gyp", "knee"),
    ],
)
def test_other_people_are_answered_like_the_writer(text: str, slug: str, reader: Reader) -> None:
    assert meant(reader, text) == (slug,)


@pytest.mark.parametrize(
    "text",
    [
        "my dog is limping on his back leg",
        "my horse has a stiff neck",
        "our puppy keeps throwing up",
        "is ginger safe for dogs with nausea",
        "my dog had an accident",
    ],
)
def test_animals_are_refused(text: str, reader: Reader) -> None:
    assert reader.read(text).kind is Kind.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "how many paracetamol can I take for back pain",
        "what dose of ibuprofen for a headache",
        "maximum dose of naproxen a day",
    ],
)
def test_a_question_about_a_dose_is_refused_even_beside_a_complaint(text: str, reader: Reader) -> None:
    assert reader.read(text).kind is Kind.UNKNOWN


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("not my neck, lower", ("lower_back",)),
        ("no headache but I feel sick", ("digestion",)),
        ("my hip is fine but the knee hurts", ("knee",)),
        ("it isn't my knee, it's the shin that aches", ("leg",)),
        ("not my hips, it's my neck and lower back", ("neck", "lower_back")),
        ("my neck is fine now", ()),
        ("my back pain is gone, thank you", ()),
    ],
)
def test_what_is_denied_or_over_is_left_out_and_the_contrast_stays(
    text: str, slugs: tuple[str, ...], reader: Reader
) -> None:
    assert meant(reader, text) == slugs


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("my knee gives me grief on the stairs", "knee"),
        ("RIGHT LEG CALF MUSCLE TODAY MORNING", "leg"),
        ("what are the symptoms of a lumbar problem", "lower_back"),
        ("my shoulders are up round my ears", "shoulder"),
    ],
)
def test_a_part_that_hardly_means_anything_else_needs_no_word_of_pain(
    text: str, slug: str, reader: Reader
) -> None:
    assert meant(reader, text)[0] == slug


def test_a_part_that_somebody_calls_their_own_is_no_turn_of_speech(reader: Reader) -> None:
    assert meant(reader, "my neck is stiff and so is my back") == ("neck", "back")
    assert meant(reader, "send it back and my neck is stiff") == ("neck",)


# --- for every complaint


def test_every_name_and_button_is_its_complaint_and_no_other(reader: Reader, library: Library) -> None:
    wrong = {
        text: meant(reader, text)
        for slug, words in library.words.complaints.items()
        for text in (words.name, words.button)
        if meant(reader, text) != (slug,)
    }

    assert wrong == {}


@pytest.mark.parametrize(
    "denial", ["no {}", "I have no {}", "I don't have {}", "my neck hurts, but no {}", "not {}"]
)
def test_a_denied_name_never_adds_its_complaint(denial: str, reader: Reader, library: Library) -> None:
    wrong = {
        slug: meant(reader, denial.format(words.name))
        for slug, words in library.words.complaints.items()
        if not ("neck" in denial and slug == "neck") and slug in meant(reader, denial.format(words.name))
    }

    assert wrong == {}
