"""Whoever comes back sees what they did and how they felt: their own numbers, and no promise made of them.

A chart is drawn of what there is enough of. What is not for the person any more is never held out as
something that helped.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.conversation.events import Commanded
from bot.conversation.hold_decisions import Progress, Scored, Week
from bot.conversation.memory import Done, Memory, Preferences, Profile
from bot.flow import Companion
from bot.library import Library
from bot.wording.chart import Bars
from bot.wording.reply import Reply
from tests.answering import NOW, answered, decided
from tests.guidance.walk import NO_WORDS

TODAY = NOW
"""A Monday."""


def pressed(
    what: str, days_ago: float = 0, *, before: int | None = None, after: int | None = None, minutes: int = 5
) -> Done:
    name, points = (what, ()) if what.startswith("R") else ("", (what,))
    return Done(TODAY - timedelta(days=days_ago), name, points, minutes * 60, before, after)


def kept(*done: Done, conditions: frozenset[str] = frozenset(), zone: str | None = None) -> Memory:
    ordered = tuple(sorted(done, key=lambda each: each.ended_at))
    return Memory(NOW, Profile(conditions), done=ordered, preferences=Preferences(zone=zone))


def told(library: Library, memory: Memory) -> Progress:
    decision = decided(Commanded("progress"), NO_WORDS, library, memory)
    assert isinstance(decision, Progress)
    return decision


def shown(companion: Companion, *done: Done, conditions: frozenset[str] = frozenset()) -> Reply:
    return answered(companion, Commanded("progress"), kept(*done, conditions=conditions))


def drawn(reply: Reply) -> tuple[Bars, ...]:
    return reply.chart.parts if reply.chart else ()


def thrice(what: str, before: int, after: int) -> tuple[Done, ...]:
    return tuple(pressed(what, number / 24, before=before, after=after) for number in range(3))


# --- what is counted


def test_weeks_go_up_to_this_one_and_none_between_is_left_out(library: Library) -> None:
    memory = kept(pressed("R01", 15), pressed("R01", 14, minutes=2), pressed("LI4", minutes=3))

    assert told(library, memory).weeks == (
        Week(date(2026, 2, 9), 5),
        Week(date(2026, 2, 16), 2),
        Week(date(2026, 2, 23), 0),
        Week(date(2026, 3, 2), 3),
    )


def test_weeks_are_those_of_the_persons_own_calendar(library: Library) -> None:
    """On Sunday evening in Greenwich it is Monday in Auckland."""
    late_on_sunday = Done(datetime(2026, 3, 1, 20, tzinfo=UTC), "R01", (), 300)

    (week,) = told(library, kept(late_on_sunday, zone="Pacific/Auckland")).weeks

    assert week == Week(date(2026, 3, 2), 5)


def test_only_the_last_eight_weeks_are_told(library: Library) -> None:
    weeks = told(library, kept(*(pressed("R01", 7 * number) for number in range(20)))).weeks

    assert [week.monday for week in weeks] == [date(2026, 1, 12) + timedelta(days=7 * n) for n in range(8)]


def test_scores_are_told_of_what_was_scored_three_times_the_most_used_first(library: Library) -> None:
    memory = kept(
        *thrice("R01", 6, 4),
        *thrice("LI4", 5, 5),
        pressed("LI4", 1, before=9, after=1),
        *thrice("R10", 3, 8)[:2],
    )

    assert told(library, memory).scored == (Scored("LI4", 6, 4, 4), Scored("R01", 6, 4, 3))


def test_what_was_done_by_a_button_of_a_reminder_counts_in_the_row_of_days(library: Library) -> None:
    memory = kept(pressed("R01", 2), pressed("R01"))
    done_on = (TODAY.date() - timedelta(days=1),)
    memory = Memory(NOW, done=memory.done, preferences=Preferences(done_on=done_on))

    assert told(library, memory).days_in_a_row == 3


# --- what is drawn


def test_scores_and_weeks_are_drawn_in_the_words_of_the_content(companion: Companion) -> None:
    words = companion.library.words
    reply = shown(companion, *thrice("R01", 6, 4), pressed("LI4", 7, minutes=9))
    scores, weeks = drawn(reply)

    assert scores.names == (words.routines["R01"].button,)
    assert scores.series == ((words.holds.chart_before, (6,)), (words.holds.chart_after, (4,)))
    assert scores.most == 10
    assert weeks.names == ("23 February", words.holds.chart_this_week)
    assert weeks.series == (("", (9, 15)),)


def test_every_number_that_is_drawn_of_scores_stands_in_the_words_too(companion: Companion) -> None:
    reply = shown(companion, *thrice("R01", 7, 4))

    assert "by 3.0 on average, 3 times" in reply.plain


def test_of_a_first_day_there_is_nothing_to_draw(companion: Companion) -> None:
    assert drawn(shown(companion, *thrice("R01", 6, 4)[:2])) == ()


def test_of_one_week_there_are_scores_and_no_weeks_to_draw(companion: Companion) -> None:
    (scores,) = drawn(shown(companion, *thrice("R01", 6, 4)))

    assert scores.most == 10


def test_without_consent_nothing_is_told_and_nothing_drawn(companion: Companion) -> None:
    memory = Memory(done=thrice("R01", 6, 4))
    reply = answered(companion, Commanded("progress"), memory)

    assert drawn(reply) == ()
    assert "not allowed" in reply.plain


def test_scores_that_rose_are_drawn_as_they_are(companion: Companion) -> None:
    (scores,) = drawn(shown(companion, *thrice("R01", 3, 6)))

    assert [values for _, values in scores.series] == [(3,), (6,)]


def test_what_is_not_for_the_person_any_more_is_neither_named_nor_drawn(companion: Companion) -> None:
    did = (*thrice("LI4", 8, 2), *thrice("GV20", 6, 5))
    (before,) = drawn(shown(companion, *did))
    reply = shown(companion, *did, conditions=frozenset({"CR01"}))
    (after,) = drawn(reply)

    assert [name.split()[0] for name in before.names] == ["LI4", "GV20"]
    assert [name.split()[0] for name in after.names] == ["GV20"]
    assert "LI4" not in reply.plain


def test_what_the_content_has_no_more_is_left_out(companion: Companion) -> None:
    reply = shown(companion, *thrice("R99", 8, 2))

    assert drawn(reply) == ()
    assert "R99" not in reply.plain
