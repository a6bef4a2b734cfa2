"""Reminders of a whole group: its admins set them, every member reads them, and they are about nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.actions import encode
from bot.conversation.events import Blocked, Commanded, Due, Event, Said, Tapped
from bot.conversation.hold_actions import HoldRoutine
from bot.conversation.memory import Hold, Memory, Profile
from bot.conversation.reminder_actions import ManageReminder
from bot.flow import Answer, Companion
from bot.library.facts import Tier
from bot.reminders.due import ASK_AFTER_IGNORED
from bot.wording.reply import Reply

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
"""Half past ten in Berlin."""
DAY = timedelta(days=1)
ADMIN, MEMBER, MESSAGE = 1001, 1002, 77
STRANGER = Memory()


@dataclass
class Group:
    """A group with an admin and a member. Time moves only when the test says so."""

    companion: Companion
    now: datetime = MONDAY
    memory: Memory = field(default_factory=Memory)

    def does(self, event: Event, asker: Memory = STRANGER) -> Answer:
        answer = self.companion.answer(event, self.memory, self.now, private=False, asker=asker)
        self.memory = answer.memory
        return answer

    def says(self, text: str, by: int = ADMIN) -> Reply:
        """What is answered to a command, or to a reply to the bot."""
        is_admin = by == ADMIN
        if text.startswith("/"):
            name, _, argument = text.removeprefix("/").partition(" ")
            (reply,) = self.does(Commanded(name, argument, by, by_admin=is_admin)).replies
        else:
            (reply,) = self.does(Said(text, by, by_admin=is_admin)).replies
        return reply

    def taps(self, among: Reply, label: str, by: int = ADMIN) -> Reply:
        (action,) = [button.action for button in among.buttons if button.label == label and button.action]
        (reply,) = self.does(Tapped(encode(action), by, MESSAGE, MEMBER, by_admin=by == ADMIN)).replies
        return reply

    def after(self, wait: timedelta, *, down: bool = False) -> tuple[Reply, ...]:
        """What comes by itself once some time has passed."""
        self.now += wait
        return self.does(Due(down)).replies

    def at(self, hour: int, minute: int = 0) -> tuple[Reply, ...]:
        """What has come at the next such time of Greenwich."""
        wanted = self.now.replace(hour=hour, minute=minute)
        return self.after((wanted if wanted > self.now else wanted + DAY) - self.now)


@pytest.fixture
def group(companion: Companion) -> Group:
    return Group(companion)


def test_one_message_of_an_admin_sets_a_reminder(group: Group) -> None:
    answer = group.says("/remind neck, weekdays 15:00, Berlin")
    (reminder,) = group.memory.reminders

    assert "neck" in answer.plain
    assert "Monday to Friday" in answer.plain
    assert "in Berlin" in answer.plain
    assert (reminder.what, reminder.schedule.zone) == ("R03", "Europe/Berlin")


@pytest.mark.parametrize("days", ["every day", "tomorrow", "on friday"])
def test_each_member_sees_it_on_the_clock_of_the_city_and_on_their_own(group: Group, days: str) -> None:
    answer = group.says(f"/remind neck {days} 15:00 Berlin")
    listed = group.says("/reminders")

    assert re.search(r'at 15:00 in Berlin.*<tg-time unix="\d+" format="t">', answer.text, re.DOTALL)
    assert "at 15:00 in Berlin" in listed.text


def test_it_comes_at_its_time_and_leads_into_the_private_chat(group: Group) -> None:
    group.says("/remind neck weekdays 15:00 Berlin")
    (came,) = group.at(14)

    assert "neck" in came.plain
    assert [(button.link, button.action) for button in came.buttons] == [("r_R03", None)]
    assert came.reminds
    assert group.at(14, 1) == ()


def test_the_link_of_a_reminder_opens_its_routine_under_the_rules_of_whoever_follows_it(
    companion: Companion,
) -> None:
    routine = HoldRoutine(3)
    for known in (STRANGER, Memory(MONDAY, Profile(frozenset({"CR01"})))):
        followed = companion.answer(Commanded("start", "r_R03", MEMBER), known, MONDAY).replies
        chosen = companion.answer(Tapped(encode(routine), MEMBER), known, MONDAY).replies

        assert followed == chosen


@pytest.mark.parametrize("link", ["r_", "r_R99", "r_LI5"])
def test_a_link_to_no_routine_is_a_plain_start(companion: Companion, link: str) -> None:
    plain = companion.answer(Commanded("start", by=MEMBER), STRANGER, MONDAY)

    assert companion.answer(Commanded("start", link, MEMBER), STRANGER, MONDAY) == plain


def test_what_is_missing_is_asked_for_and_answered_with_replies(group: Group) -> None:
    words = group.companion.library.words.groups

    assert group.says("/remind neck").plain == words.remind_time
    assert group.says("weekdays at 3").plain == words.remind_half
    assert group.says("15:00").plain == words.remind_place
    assert group.says("Blorbville").plain == words.remind_known_place
    assert group.says("Springfield").plain == words.remind_which_place
    group.says("Springfield, Illinois")
    (reminder,) = group.memory.reminders
    assert reminder.what == "R03"
    assert reminder.schedule.zone == "America/Chicago"
    assert reminder.schedule.weekdays == frozenset(range(5))
    assert [str(each) for each in reminder.schedule.times] == ["15:00:00"]


def test_a_time_that_no_clock_shows_is_asked_for_again(group: Group) -> None:
    asked = group.says("/remind 25:00 Berlin")

    assert group.companion.library.words.reminders.fault_no_such_time in asked.plain
    group.says("15:00")
    assert [each.schedule.zone for each in group.memory.reminders] == ["Europe/Berlin"]


def test_a_town_called_like_a_day_is_no_place(group: Group) -> None:
    group.says("/remind 15:00 mon")
    group.says("Berlin")
    (reminder,) = group.memory.reminders

    assert reminder.schedule.zone == "Europe/Berlin"
    assert reminder.schedule.weekdays == {0}


def test_with_minutes_a_time_is_what_it_says(group: Group) -> None:
    group.says("/remind every day 9:30 Berlin")

    assert [str(at) for each in group.memory.reminders for at in each.schedule.times] == ["09:30:00"]


def test_the_second_reminder_of_a_group_needs_no_city(group: Group) -> None:
    group.says("/remind neck 15:00 Berlin")
    group.says("/remind lower back 11:00")

    assert [each.schedule.zone for each in group.memory.reminders] == ["Europe/Berlin", "Europe/Berlin"]


def test_another_city_is_asked_about_even_where_one_is_known(group: Group) -> None:
    words = group.companion.library.words.groups
    group.says("/remind neck 15:00 Berlin")

    assert group.says("/remind lower back 18:30, Springfield").plain == words.remind_which_place
    assert group.says("/remind lower back 18:30 in Narnia").plain == words.remind_known_place
    group.says("Springfield, Illinois")
    assert [each.schedule.zone for each in group.memory.reminders] == ["Europe/Berlin", "America/Chicago"]


def test_a_question_that_nobody_answers_changes_nothing(group: Group) -> None:
    group.says("/remind neck 15:00 Berlin")
    group.says("/remind lower back at 8, Tokyo")
    group.says("/remind lower back 17:00")

    assert [each.schedule.zone for each in group.memory.reminders] == ["Europe/Berlin", "Europe/Berlin"]


@pytest.mark.parametrize("offset", ["UTC+5:30", "utc -3", "+2", "GMT+01:00"])
def test_an_offset_is_neither_a_time_nor_a_city(group: Group, offset: str) -> None:
    words = group.companion.library.words.groups

    assert group.says(f"/remind neck 18:00 {offset}").plain == words.remind_known_place
    assert group.says(offset).plain == words.remind_known_place
    group.says("Berlin")
    (reminder,) = group.memory.reminders
    assert [str(at) for at in reminder.schedule.times] == ["18:00:00"]


def test_the_same_hour_in_another_city_is_another_reminder(group: Group) -> None:
    group.says("/remind neck 18:00 Berlin")
    group.says("/remind neck 18:00 London")

    assert [each.schedule.zone for each in group.memory.reminders] == ["Europe/Berlin", "Europe/London"]


@pytest.mark.parametrize("text", ["LI4 every day 15:00, Berlin", "my toe 15:00 Berlin LI4", "BL23 at noon"])
def test_a_group_is_not_reminded_of_a_point(group: Group, text: str) -> None:
    asked = group.says(f"/remind {text}")
    assert asked.plain == group.companion.library.words.groups.remind_routine
    assert group.memory.reminders == ()


def test_a_routine_in_the_place_of_a_point_is_told_with_a_reply(group: Group) -> None:
    group.says("/remind LI4 every day 15:00, Berlin")
    group.says("neck")

    assert [each.what for each in group.memory.reminders] == ["R03"]


def test_a_mention_sets_one_as_the_command_does(group: Group) -> None:
    answer = group.says("remind us every day at 15:00 Berlin")

    assert "in Berlin" in answer.plain
    assert len(group.memory.reminders) == 1


def test_in_so_many_hours_needs_no_city_and_comes_once(group: Group) -> None:
    group.says("/remind in 2 hours")
    came = group.after(timedelta(hours=2, minutes=1))

    assert len(came) == 1
    assert group.memory == STRANGER


def test_the_same_reminder_twice_is_one(group: Group) -> None:
    group.says("/remind neck 15:00 Berlin")
    again = group.says("/remind neck 15:00")

    assert "already" in again.plain
    assert len(group.memory.reminders) == 1


def test_a_group_has_three_at_most(group: Group) -> None:
    for hour in (10, 11, 12, 13):
        answer = group.says(f"/remind {hour}:00 Berlin")

    assert len(group.memory.reminders) == 3
    assert answer.plain == group.companion.library.words.groups.remind_too_many.format(most=3)


# --- who may


@pytest.mark.parametrize("text", ["/remind 15:00 Berlin", "/remind", "/reminders 15:00 Berlin"])
def test_who_is_no_admin_sets_nothing_and_is_shown_the_way_to_their_own(group: Group, text: str) -> None:
    answer = group.says(text, by=MEMBER)

    assert answer.plain == group.companion.library.words.groups.remind_admins
    assert [button.link for button in answer.buttons] == ["remind"]
    assert group.memory == STRANGER


def test_nothing_happens_before_it_is_known_whether_it_was_an_admin(group: Group) -> None:
    group.says("/remind 15:00 Berlin")
    before = group.memory
    tap = Tapped(encode(ManageReminder("delete", 1)), ADMIN, MESSAGE, MEMBER)
    for event in (Commanded("remind", "16:00", ADMIN), Commanded("stop", by=ADMIN), Said("stop", ADMIN), tap):
        answer = group.does(event)

        assert answer.asks_if_admin
        assert answer.replies == ()
        assert group.memory == before


def test_nobody_is_asked_for_their_rank_who_wants_nothing_of_these_reminders(group: Group) -> None:
    for event in (
        Commanded("stop", by=MEMBER),
        Said("stop", MEMBER),
        Commanded("relief", "neck", MEMBER),
        Commanded("reminders", by=MEMBER),
        Tapped("nothing we know", MEMBER, MESSAGE, MEMBER),
    ):
        answer = group.does(event)

        assert not answer.asks_if_admin
        assert answer.replies


def test_the_question_is_for_the_admin_who_asked(group: Group) -> None:
    group.says("/remind neck 15:00")
    answer = group.says("Berlin", by=MEMBER)

    assert answer.plain != group.companion.library.words.groups.remind_known_place
    assert group.memory.reminders == ()
    group.says("Berlin")
    assert len(group.memory.reminders) == 1


def test_words_about_something_else_are_answered_as_such(group: Group) -> None:
    group.says("/remind neck")
    answer = group.says("what helps with sciatica")

    assert "sciatica" in answer.plain
    assert group.memory.reminders == ()


def test_a_question_is_forgotten_after_a_while(group: Group) -> None:
    group.says("/remind neck 15:00")
    group.now += timedelta(minutes=11)
    group.says("Berlin")

    assert group.memory == STRANGER


# --- the list, and the end


def test_the_list_says_what_comes_and_an_admin_stops_one_with_a_tap(group: Group) -> None:
    group.says("/remind neck 15:00 Berlin")
    group.says("/remind lower back 16:00")
    listed = group.says("/reminders", by=MEMBER)
    refused = group.taps(listed, "Stop 1", by=MEMBER)
    assert refused.toast_only
    assert len(group.memory.reminders) == 2

    left = group.taps(listed, "Stop 1")
    assert left.toast == group.companion.library.words.groups.remind_removed
    assert [each.what for each in group.memory.reminders] == ["R01"]
    again = group.taps(listed, "Stop 1")
    assert again.toast is None
    assert [each.what for each in group.memory.reminders] == ["R01"]


@pytest.mark.parametrize("text", ["/stop", "/cancel", "stop"])
def test_an_admin_says_stop_and_nothing_comes_any_more(group: Group, text: str) -> None:
    group.says("/remind neck 15:00 Berlin")
    answer = group.says(text)

    assert answer.plain == group.companion.library.words.groups.remind_over
    assert group.memory == STRANGER
    assert group.at(14) == ()


def test_stop_ends_what_runs_first(group: Group) -> None:
    group.says("/remind neck 15:00 Berlin")
    group.does(Tapped(encode(HoldRoutine(10, verb="start", asked="denied")), ADMIN, MESSAGE, ADMIN))
    assert group.memory.round
    group.does(Commanded("stop", by=ADMIN, by_admin=True))

    assert group.memory.round is None or group.memory.round.running.over
    assert len(group.memory.reminders) == 1


def test_a_member_does_not_stop_them_for_all(group: Group) -> None:
    group.says("/remind neck 15:00 Berlin")
    answer = group.says("/stop", by=MEMBER)

    assert answer.plain == group.companion.library.words.groups.remind_admins
    assert len(group.memory.reminders) == 1


def test_nothing_is_known_of_a_group_that_removed_the_bot(group: Group) -> None:
    group.says("/remind neck 15:00 Berlin")
    group.does(Blocked())

    assert group.memory == STRANGER


# --- about nobody


@pytest.mark.parametrize(
    "asker",
    [
        Memory(MONDAY, Profile(frozenset({"CR01"}))),
        Memory(MONDAY, Profile(frozenset({"CR12"}))),
        Memory(MONDAY, held=Hold("RF11", Tier.SAME_DAY, MONDAY)),
    ],
    ids=["pregnant", "a child", "held"],
)
def test_what_one_member_told_in_private_neither_ends_them_nor_shows(group: Group, asker: Memory) -> None:
    group.says("/remind neck 15:00 Berlin")
    before = group.memory.reminders
    alone = Group(group.companion, group.now, group.memory)
    for event in (Commanded("relief", "LI4", ADMIN), Commanded("reminders", by=ADMIN)):
        group.does(event, asker)
        alone.does(event)

    assert group.memory.reminders == before
    assert group.at(14) == alone.at(14)


def test_a_member_who_finishes_a_routine_takes_no_reminder_from_the_others(group: Group) -> None:
    group.says("/remind quick starter, 15:00 Berlin")
    assert [each.what for each in group.memory.reminders] == ["R10"]
    group.does(Tapped(encode(HoldRoutine(10, verb="start", asked="denied")), MEMBER, MESSAGE, MEMBER))
    for _ in range(200):
        if group.memory.round is None or group.memory.round.running.over:
            break
        deadline = group.memory.round.running.deadline
        assert deadline
        group.now = max(group.now, deadline)
        group.does(Due())
    assert group.memory.round is None or group.memory.round.running.over

    assert len(group.at(14)) == 1


def test_a_routine_that_runs_in_the_group_does_not_keep_them_back(group: Group) -> None:
    group.says("/remind neck 15:00 Berlin")
    group.now = MONDAY.replace(hour=13, minute=59)
    group.does(Tapped(encode(HoldRoutine(3, verb="start", asked="denied")), MEMBER, MESSAGE, MEMBER))
    came = group.at(14)

    assert len([each for each in came if each.reminds]) == 1


def test_danger_in_the_words_of_an_admin_is_answered_with_the_card_alone(group: Group) -> None:
    answer = group.says("/remind 15:00 Berlin, my chest hurts and I sweat")

    assert "emergency" in answer.plain
    assert group.memory == STRANGER


def test_a_group_that_answers_none_is_reminded_all_the_same(group: Group) -> None:
    group.says("/remind neck every day 15:00 Berlin")

    for _ in range(3 * ASK_AFTER_IGNORED):
        (came,) = group.at(14)
        assert came.plain.startswith("Time for")


def test_after_a_break_it_says_that_it_is_late_or_lets_it_be(group: Group) -> None:
    group.says("/remind neck every day 15:00 Berlin")
    group.now = MONDAY.replace(hour=14, minute=40)
    (late,) = group.does(Due(after_downtime=True)).replies
    group.now = MONDAY.replace(hour=18) + DAY

    assert "15:00" in late.plain
    assert group.does(Due(after_downtime=True)).replies == ()


def test_it_is_in_the_language_of_the_admin(companion: Companion) -> None:
    group = Group(companion)
    spanish = Commanded("remind", "cuello de lunes a viernes 15:00 Madrid", ADMIN, "es", by_admin=True)
    group.does(spanish)
    group.does(Commanded("relief", "neck", MEMBER, "en"))
    (came,) = group.at(14)

    assert came.plain.startswith("Es hora de")


def test_no_more_is_known_of_the_group_than_it_takes(group: Group) -> None:
    asker = Memory(MONDAY, Profile(frozenset({"CR03"}), helper=True))
    event = Commanded("remind", "I have a pacemaker, neck, 15:00 Berlin", ADMIN, by_admin=True)
    group.does(event, asker)

    assert group.memory.reminders
    assert group.memory == group.memory.of_a_group
    assert group.memory.profile == Profile()
    assert group.memory.said == frozenset()
