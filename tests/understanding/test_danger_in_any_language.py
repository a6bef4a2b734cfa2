"""Frightened people write in the language that comes first, whatever their phone is set to.

Every danger sign of English and of Spanish raises the card for people of either language, and no message that
raises none in its own language raises one because the other is looked at as well.
"""

from __future__ import annotations

import pytest

from bot.library import ENGLISH, Library
from bot.library.facts import Tier
from bot.understanding.reader import Reader
from bot.understanding.reading import Kind
from bot.understanding.tongues import Tongues
from tests.understanding.test_own_rows import ROWS
from tools.danger_report import families
from tools.understanding_bench import rows

pytestmark = pytest.mark.walk

SPANISH = "es"
TOO_RARE = {"kms", "colico nefritico"}
"""Words that nobody has counted in either language: whose they are cannot be told."""


@pytest.fixture(scope="module")
def tongues(reader: Reader, spanish: Library) -> Tongues:
    return Tongues(reader, {ENGLISH, SPANISH}, lambda _: Reader(spanish))


@pytest.mark.parametrize("own", [ENGLISH, SPANISH])
def test_a_danger_sign_raises_the_card_in_either_language(
    own: str, tongues: Tongues, library: Library, spanish: Library
) -> None:
    missed = [
        call
        for words in (library.words, spanish.words)
        for flag, sign in words.red_flags.items()
        if library.red_flags[flag].tier is not Tier.DOCTOR_SOON
        for call in sign.calls
        if tongues.read(call, own).kind is not Kind.DANGER and call not in TOO_RARE
    ]

    assert missed == []


@pytest.mark.parametrize("own", [ENGLISH, SPANISH])
@pytest.mark.parametrize(("folder", "written_in"), [("", ENGLISH), (SPANISH, SPANISH)])
def test_looking_in_two_languages_raises_no_card_more(
    own: str, folder: str, written_in: str, tongues: Tongues
) -> None:
    alone = tongues.reader(written_in)
    calm = [
        row.text
        for path in sorted((ROWS / folder).glob("*.jsonl"))
        for row in rows(path)
        if row.kind not in ("red_flag", "mild_sign") and alone.read(row.text).kind is not Kind.DANGER
    ]

    assert len(calm) > 200
    assert [text for text in calm if tongues.read(text, own).kind is Kind.DANGER] == []


def test_spanish_danger_signs_are_found_within_requests_and_with_a_slip(spanish: Library) -> None:
    tried = families(spanish, Reader(spanish), seed=1)

    wrong = [
        text for family in tried for kind in family.wrong if kind != "misspelt" for text in family.wrong[kind]
    ]
    assert wrong == []
    emergencies = [family for family in tried if family.tier is Tier.EMERGENCY_NOW]
    share = sum(family.share("misspelt") for family in emergencies) / len(emergencies)
    assert share >= 0.95


def test_one_language_is_read_alone_and_danger_in_all(tongues: Tongues) -> None:
    assert tongues.read_in("me duele el cuello", ENGLISH).kind is Kind.UNKNOWN
    assert tongues.read_in("no siento las piernas y no puedo orinar", ENGLISH).kind is Kind.DANGER
    assert tongues.read_in("my neck hurts", ENGLISH).complaints == ("neck",)
    assert tongues.read_in("me duele el cuello", SPANISH).complaints == ("neck",)
