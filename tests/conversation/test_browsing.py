"""Looking through the points never shows one that is not for the person, however it is reached.

Who browses has asked nothing, so nothing may depend on being asked. What somebody liked once may be wrong for
them today, and a point that comes by itself each day must be one they can press.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from bot.conversation.actions import Delete, ShowPoint, encode
from bot.conversation.browsing_actions import Browse, ShowPlaces, Star
from bot.conversation.browsing_decisions import AskToKeep, NoFavourites, Places, PointPage, Starred
from bot.conversation.decision import Answer, NoPressing, OnlyInPrivate
from bot.conversation.events import Commanded, Due, Said, Tapped
from bot.conversation.memory import Memory, Preferences, Profile
from bot.conversation.reminder_decisions import NotForReminding, PointAtItsTime
from bot.flow import Companion
from bot.guidance.looking import DAILY, PLACES, allowed, point_of_the_day, points_at
from bot.guidance.offer import Person, may_show
from bot.library import Library
from bot.library.facts import Effect, Region
from tests.answering import NOTHING, NOW, answered, decided
from tests.guidance.reminding import known, reminder
from tests.guidance.walk import NO_WORDS

PREGNANT = Memory(NOW, Profile(frozenset({"CR01"})))
UNDER_18 = Memory(NOW, said=frozenset({"CR12"}), said_at=NOW)


def tapped(action: object, companion: Companion, memory: Memory = NOTHING) -> object:
    return decided(Tapped(encode(action)), NO_WORDS, companion.library, memory)


def after(action: object, companion: Companion, memory: Memory) -> Memory:
    return companion.answer(Tapped(encode(action)), memory, NOW).memory


# --- page by page


def test_every_region_belongs_to_a_part_of_the_body(library: Library) -> None:
    found = [code for place in PLACES for code in points_at(place, Person(), library)]

    assert sorted(found) == sorted(library.points)
    assert {library.points[code].region for code in found} == set(Region)


@pytest.mark.parametrize("place", PLACES)
def test_turning_the_pages_shows_each_point_of_a_part_once_and_comes_back(
    companion: Companion, place: str
) -> None:
    codes = points_at(place, Person(), companion.library)
    page, seen = tapped(Browse(place), companion), []
    for _ in codes:
        seen.append(page.code)
        following = [b for b in companion.writer.write(page).buttons if b.label == "Next"]
        page = tapped(following[0].action, companion) if following else page

    assert seen == list(codes)
    assert page.code == codes[0]


def test_a_page_says_where_it_is_how_to_press_and_when_not_to(companion: Companion) -> None:
    s = companion.library.words.sentences
    reply = companion.writer.write(tapped(Browse("neck_shoulders", "GB21"), companion))

    assert all(part in reply.plain for part in (s.where, s.how, s.how_long, s.side, s.not_with, s.stop_if))
    assert reply.picture == "points/GB21.jpg"


def test_points_opens_the_parts_of_the_body_on_a_picture(companion: Companion) -> None:
    reply = answered(companion, Commanded("points"))

    assert reply.picture == "regions.jpg"
    assert [b.action for b in reply.buttons[: len(PLACES)]] == [Browse(place) for place in PLACES]


def test_no_page_shows_what_a_rule_forbids(companion: Companion) -> None:
    library, wrong = companion.library, []
    for rule in library.rules:
        memory = Memory(
            NOW, Profile(frozenset({rule})), preferences=Preferences(favourites=(*library.points,))
        )
        for shelf in (*PLACES, "favourites", "day"):
            for code in library.points:
                page = tapped(Browse(shelf, code), companion, memory)
                if isinstance(page, PointPage):
                    codes = (page.code, *page.codes)
                    verdicts = [may_show(each, Person(frozenset({rule})), library).effect for each in codes]
                    wrong += [
                        (rule, shelf) for each in verdicts if each in (Effect.WITHHOLD, Effect.ASK_FIRST)
                    ]

    assert wrong == []


@pytest.mark.parametrize("action", [ShowPlaces(), Browse("back"), Browse("day"), Star("LI4", "on")], ids=repr)
def test_who_must_press_nothing_is_shown_nothing(companion: Companion, action: object) -> None:
    assert isinstance(tapped(action, companion, UNDER_18), NoPressing)
    assert isinstance(decided(Commanded("points"), NO_WORDS, companion.library, UNDER_18), NoPressing)


# --- favourites


def test_a_favourite_is_asked_about_before_anything_is_stored(companion: Companion) -> None:
    asked = tapped(Star("LI4", "on"), companion)
    assert isinstance(asked, AskToKeep)
    assert after(Star("LI4", "on"), companion, NOTHING) == NOTHING
    yes, no, _ = companion.writer.write(asked).buttons

    assert after(no.action, companion, NOTHING) == NOTHING
    kept = after(yes.action, companion, NOTHING)
    assert kept.consent_at == NOW
    assert kept.preferences.favourites == ("LI4",)


def test_a_star_pressed_twice_is_one_favourite_and_the_page_says_so(companion: Companion) -> None:
    once = after(Star("LI4", "on"), companion, Memory(NOW))
    twice = after(Star("LI4", "on"), companion, once)
    page = tapped(ShowPoint("LI4"), companion, twice)

    assert once == twice
    assert isinstance(page, Answer)
    assert "★ Kept" in [button.label for button in companion.writer.write(page).buttons]
    assert after(Star("LI4", "off"), companion, twice).preferences.favourites == ()


def test_a_star_is_told_over_the_chat_and_the_page_stays(companion: Companion) -> None:
    (reply,) = companion.answer(Tapped(encode(Star("LI4", "on"))), Memory(NOW), NOW).replies

    assert reply.toast == companion.library.words.browsing.toast_starred
    assert "LI4" in reply.plain
    assert isinstance(tapped(Star("GB20", "on", "neck_shoulders"), companion, Memory(NOW)), Starred)


def test_favourites_are_in_points_and_in_ones_data_and_gone_when_all_is_deleted(companion: Companion) -> None:
    memory = after(Star("GB20", "on"), companion, after(Star("LI4", "on"), companion, Memory(NOW)))
    places = decided(Commanded("points"), NO_WORDS, companion.library, memory)
    data = answered(companion, Commanded("mydata"), memory).document

    assert isinstance(places, Places)
    assert places.favourites == 2
    assert data
    assert b"LI4" in data.content
    assert after(Delete(), companion, memory) == Memory()


def test_a_favourite_that_a_rule_now_forbids_is_not_shown(companion: Companion) -> None:
    library = companion.library
    free = next(code for code in library.points if allowed(code, PREGNANT.person(), library))
    memory = Memory(NOW, PREGNANT.profile, preferences=Preferences(favourites=("LI4", free)))
    page = tapped(Browse("favourites", "LI4"), companion, memory)
    only = Memory(NOW, PREGNANT.profile, preferences=Preferences(favourites=("LI4",)))

    assert isinstance(page, PointPage)
    assert page.codes == (free,)
    assert isinstance(tapped(Browse("favourites"), companion, only), NoFavourites)
    assert decided(Commanded("points"), NO_WORDS, companion.library, only).favourites == 0


def test_a_favourite_whose_page_is_gone_is_passed_over(companion: Companion) -> None:
    memory = Memory(NOW, preferences=Preferences(favourites=("ZZ9", "LI4")))

    assert tapped(Browse("favourites"), companion, memory).codes == ("LI4",)


def test_in_a_group_there_are_no_favourites(companion: Companion) -> None:
    tap = Tapped(encode(Star("LI4", "on")), 1, 7, 1)

    answer = companion.answer(tap, NOTHING, NOW, private=False, asker=Memory(NOW))

    assert answer.memory == Memory()
    assert [button.link for button in answer.replies[0].buttons] == ["points"]
    assert OnlyInPrivate("points").link == "points"


# --- the point of the day


def test_each_day_has_another_point_and_always_the_same(library: Library) -> None:
    days = [date(2026, 3, 1) + timedelta(days=number) for number in range(60)]
    points = [point_of_the_day(day, Person(), library) for day in days]

    assert points == [point_of_the_day(day, Person(), library) for day in days]
    assert all(one != other for one, other in pairwise(points))
    assert len(set(points)) > 15


def test_the_point_of_the_day_can_be_pressed_by_this_person_alone(library: Library) -> None:
    for rule in library.rules:
        person = Person(frozenset({rule}))
        for number in range(40):
            code = point_of_the_day(date(2026, 3, 1) + timedelta(days=number), person, library)
            if code:
                assert may_show(code, person, library).effect in (None, Effect.WARN)
                assert library.points[code].reach.by != "helper"


@pytest.mark.parametrize(
    "words",
    [
        "remind me of the point of the day every day at 8 am",
        "a point of the day every morning at 8 am please",
        "remind me every day at 8 am of a daily point",
    ],
)
def test_a_point_of_the_day_is_asked_for_in_words(companion: Companion, words: str) -> None:
    memory = Memory(NOW, preferences=Preferences(zone="Europe/Berlin"))

    (made,) = companion.answer(Said(words), memory, NOW).memory.reminders

    assert made.what == DAILY


@pytest.mark.parametrize(
    "words",
    ["recuérdame el punto del día todos los días a las 20:00", "Recuerdame UN PUNTO CADA DIA a las 20:00"],
)
def test_a_point_of_the_day_is_asked_for_in_spanish_with_and_without_accents(
    companion: Companion, words: str
) -> None:
    memory = Memory(NOW, preferences=Preferences(zone="Europe/Madrid"))

    (made,) = companion.answer(Said(words, language="es"), memory, NOW).memory.reminders

    assert made.what == DAILY


def test_nobody_gets_a_point_of_the_day_unasked(companion: Companion) -> None:
    for words in ("remind me every day at 8 am of LI4", "which point helps my neck", "remind me at 8 am"):
        memory = companion.answer(Said(words), Memory(NOW, preferences=Preferences(zone="UTC")), NOW).memory
        assert [each.what for each in memory.reminders if each.what == DAILY] == []


def opened(companion: Companion, memory: Memory, days: int) -> object:
    """What Start shows under the reminder of a day."""
    now = NOW.replace(hour=8) + timedelta(days=days)
    answer = companion.answer(Due(), memory, now)
    (reply,) = answer.replies
    return companion.answer(Tapped(encode(reply.buttons[0].action)), answer.memory, now).replies[0]


def test_the_reminder_opens_the_point_of_its_date(companion: Companion) -> None:
    pages = [opened(companion, known(reminder(DAILY)), days) for days in (1, 1, 2)]

    expected = [
        point_of_the_day(NOW.date() + timedelta(days=days), Person(), companion.library) for days in (1, 1, 2)
    ]
    assert [page.plain.split()[0] for page in pages] == expected
    assert pages[0] == pages[1]


def test_the_message_itself_says_nothing_on_a_locked_screen(companion: Companion) -> None:
    (reply,) = companion.answer(
        Due(), known(reminder(DAILY)), NOW.replace(hour=8) + timedelta(days=1)
    ).replies

    assert "point" not in reply.plain
    assert DAILY not in reply.plain


def test_no_list_shows_the_mark_of_the_point_of_the_day(companion: Companion) -> None:
    memory = known(reminder(DAILY))
    for event in (Commanded("reminders"), Commanded("start"), Commanded("remind")):
        for reply in companion.answer(event, memory, NOW).replies:
            assert DAILY not in reply.plain
            assert not any(DAILY in button.label for button in reply.buttons)


def test_under_a_rule_that_forbids_all_pressing_no_point_comes(companion: Companion) -> None:
    memory = known(reminder(DAILY), said=frozenset({"CR12"}), said_at=NOW)

    assert companion.answer(Due(), memory, NOW + timedelta(hours=1)).replies == ()


def test_the_words_alone_show_the_point_of_today(companion: Companion) -> None:
    reply = answered(companion, Said("point of the day"))

    code = point_of_the_day(NOW.date(), Person(), companion.library)
    assert f"{code} " in reply.plain


def test_the_decision_about_a_point_at_its_time_marks_a_favourite(companion: Companion) -> None:
    code = point_of_the_day(NOW.date(), Person(), companion.library)
    assert code
    memory = known(
        reminder(code), preferences=Preferences(zone="Europe/Berlin", last_id=1, favourites=(code,))
    )
    (due,) = companion.answer(Due(), memory, NOW.replace(hour=8) + timedelta(days=1)).replies

    page = decided(Tapped(encode(due.buttons[0].action)), NO_WORDS, companion.library, memory)

    assert isinstance(page, PointAtItsTime)
    assert page.answer.favourite
    assert not isinstance(page, NotForReminding)
