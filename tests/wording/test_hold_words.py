"""Words around a running routine: each is said somewhere, and a cue is understood at a glance.

The phone lies on the table and both hands press. Whoever looks at it sees one line, so that line says what to
do now; how long it takes and what counts down come right after it.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import replace

import pytest

from bot.conversation.hold_decisions import Cued, Ended, HoldCard, NothingChanged, OldCue
from bot.flow import Companion
from bot.library import Library
from bot.library.hold_words import HoldWords
from bot.wording.writer import Writer
from tests.guidance.holding import every_moment_of_a_hold
from tests.guidance.visits import Visit
from tests.guidance.walk import drawn, labels, replies_of_every_kind
from tests.wording.telegram_html import parse

pytestmark = pytest.mark.walk

LONGEST_FIRST_LINE = 70
LONGEST_ABOVE_THE_FOLD = 800
NEVER_BY_TAPS = {"why_over", "why_not_yet", "not_no_steps", "not_no_such_routine", "not_hold_too_short"}
NEVER_BY_TAPS |= {"not_hold_too_long", "not_too_many_repeats", "not_needs_helper", "not_not_used"}
"""Reasons that the rooms of holds know and that no tap or word can bring about; there for safety."""
TIME = re.compile(r'<tg-time unix="(\d+)" format="r">([^<]*)</tg-time>')


@pytest.fixture(scope="module")
def moments(companion: Companion) -> tuple[Visit, ...]:
    return every_moment_of_a_hold(companion)


@pytest.fixture(scope="module")
def cues(moments: tuple[Visit, ...]) -> list[Visit]:
    return [visit for visit in moments if isinstance(visit.decision, Cued)]


@pytest.fixture(scope="module")
def marked(companion: Companion) -> set[str]:
    """All that is said when each text about holds begins with its name, as in ``«paused»Paused``."""
    holds = companion.library.words.holds
    named = {name: f"«{name}»{getattr(holds, name)}" for name in HoldWords.model_fields if name != "keywords"}
    words = replace(companion.library.words, holds=HoldWords(**named, keywords=holds.keywords))
    changed = copy(companion)
    changed.library = replace(companion.library, words=words)
    changed.writer = Writer(changed.library)
    return {
        text
        for visit in replies_of_every_kind(changed)
        for text in (visit.reply.text, visit.reply.toast or "", *labels(visit.reply), *drawn(visit.reply))
    }


def test_every_text_about_holds_is_said_somewhere(marked: set[str]) -> None:
    said = {name for text in marked for name in re.findall(r"«(\w+)»", text)}

    assert HoldWords.model_fields.keys() - said - NEVER_BY_TAPS == {"keywords"}


def test_the_first_line_of_a_cue_says_what_to_do_now(cues: list[Visit]) -> None:
    assert cues
    for visit in cues:
        first = visit.reply.text.split("\n")[0]
        assert re.fullmatch(r"<b>[^<]+</b>", first), visit.reached_by
        assert len(visit.reply.plain.split("\n")[0]) <= LONGEST_FIRST_LINE, visit.reached_by


def test_a_cue_is_short_above_the_fold(cues: list[Visit]) -> None:
    for visit in cues:
        above = re.sub(r"<blockquote.*</blockquote>", "", visit.reply.text, flags=re.DOTALL)
        assert parse(above).utf16_units <= LONGEST_ABOVE_THE_FOLD, visit.reached_by


def test_a_cue_counts_down_to_its_very_end_once_and_says_so_without_a_clock_too(cues: list[Visit]) -> None:
    for visit in cues:
        ((unix, shown),) = TIME.findall(visit.reply.text)
        assert int(unix) == round(visit.decision.times.until.timestamp()), visit.reached_by
        left = round((visit.decision.times.until - visit.decision.now).total_seconds())
        assert shown == f"in {left} seconds", visit.reached_by


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_countdown_reads_right_before_its_end_and_after_it(
    library: Library, spanish: Library, language: str
) -> None:
    """The message stays in the chat, where an app shows "in 30 seconds" first and "6 minutes ago" later."""
    counting = (library if language == "en" else spanish).words.holds.counting

    assert re.fullmatch(r"[^.:]+: {countdown}\.", counting)


def test_a_cue_for_a_new_point_says_where_it_is_and_how(cues: list[Visit], companion: Companion) -> None:
    for visit in cues:
        cue, plan = visit.decision.running.cue, visit.decision.running.plan
        step = plan.steps[cue.step]
        if cue.opens_step and step.point:
            words = companion.library.words.points[step.point]
            for text in (words.where, words.position, words.how):
                assert text in visit.reply.plain, visit.reached_by
        if cue.opens_step and step.technique:
            assert companion.library.words.techniques[step.technique].how in visit.reply.plain


def test_the_side_is_named_wherever_there_is_one(cues: list[Visit]) -> None:
    for visit in cues:
        first, side = visit.reply.plain.split("\n")[0], visit.decision.running.cue.side
        if side in ("left", "right"):
            assert f"{side} side" in first, visit.reached_by
        assert ("both sides" in first) is (side == "both"), visit.reached_by


def test_what_shows_the_routine_can_be_stopped(moments: tuple[Visit, ...]) -> None:
    for visit in moments:
        if visit.reply.shows_round and not isinstance(visit.decision, Ended):
            assert "Stop" in labels(visit.reply), visit.reached_by


def test_only_what_happens_by_itself_is_quiet(moments: tuple[Visit, ...]) -> None:
    for visit in moments:
        if visit.reply.silent:
            late = getattr(visit.decision, "late", False) or getattr(visit.decision, "interrupted", False)
            assert late or isinstance(visit.decision, OldCue), visit.reached_by


def test_a_tap_that_changes_nothing_leaves_the_message_as_it_is(moments: tuple[Visit, ...]) -> None:
    told = [visit for visit in moments if isinstance(visit.decision, NothingChanged)]

    assert {visit.decision.tapped for visit in told} == {True, False}
    for visit in told:
        assert visit.reply.toast_only is visit.decision.tapped
        assert visit.reply.buttons == ()


def test_scores_stand_six_in_a_row_and_never_before_start(moments: tuple[Visit, ...]) -> None:
    for visit in moments:
        if isinstance(visit.decision, HoldCard):
            assert visit.reply.rows[0][0].label == "Start", visit.reached_by
        if isinstance(visit.decision, HoldCard | Ended):
            numbers = [[button.label for button in row] for row in visit.reply.rows if row[0].narrow]
            assert numbers == [list("012345"), [*"6789", "10"]], visit.reached_by
