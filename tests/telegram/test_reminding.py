"""Reminders on Telegram: asked for in words, at the time of the person's own day, and gone when told to.

The clock is the bot's own, and the test lets time pass at once. Telegram's limits are on.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from stand import BLOCKED, PATIENCE_SECONDS, Stand

from bot.delivery.chats import Chats
from bot.playground.botapi import Event, Simulator, User

BERLIN = ZoneInfo("Europe/Berlin")


async def subscribed(stand: Stand, anna: User, words: str = "remind me of GV20 every day at 8 am") -> None:
    """Anna, who agreed to be reminded and lives in Berlin."""
    stand.sim.limits.flood = False
    await stand.answers(anna, anna.send(words))
    await stand.answers(anna, anna.press("Yes, store it"))
    await stand.answers(anna, anna.send("Berlin"))


def until_eight(stand: Stand) -> float:
    """The seconds until it is eight in Berlin."""
    now = stand.now().astimezone(BERLIN)
    eight = now.replace(hour=8, minute=0, second=0, microsecond=0)
    return ((eight if eight > now else eight + timedelta(days=1)) - now).total_seconds()


async def the_next_one(stand: Stand, anna: User) -> Event:
    since = len(anna.events)
    stand.pass_time(until_eight(stand) + 1)
    return await anna.expect(kinds="message", since=since)


async def test_a_reminder_comes_at_its_time_every_day_and_says_no_more_than_that(
    stand: Stand, anna: User
) -> None:
    await subscribed(stand, anna)
    first, second = await the_next_one(stand, anna), await the_next_one(stand, anna)

    assert first.text == second.text
    assert "GV20" not in first.text
    assert {"Start now", "Done"} <= set(first.labels)


async def test_the_zone_of_a_place_is_known_and_the_place_forgotten(
    stand: Stand, anna: User, chats: Chats
) -> None:
    stand.sim.limits.flood = False
    await stand.answers(anna, anna.send("remind me of GV20 every day at 8 am"))
    asked = await stand.answers(anna, anna.press("Yes, store it"))
    assert anna.chat.keyboard["keyboard"][0][0]["request_location"]
    answers = await stand.answers(anna, anna.share_location(52.52, 13.405))
    stored = await chats.database.run(
        lambda connection: connection.exec_driver_sql("SELECT * FROM person, reminder").all()
    )

    assert asked
    assert anna.chat.keyboard == {}
    assert any("Berlin" in answer.text for answer in answers)
    assert "Europe/Berlin" in str(stored)
    assert "13.4" not in str(stored)


async def test_the_key_that_sends_a_place_goes_when_a_city_is_written(stand: Stand, anna: User) -> None:
    await stand.answers(anna, anna.send("remind me of GV20 every day at 8 am"))
    await stand.answers(anna, anna.press("Yes, store it"))
    before = anna.chat.keyboard
    await stand.answers(anna, anna.send("Berlin"))

    assert before
    assert anna.chat.keyboard == {}


async def test_a_reminder_outlives_the_process_and_comes_once(idle_stand: Stand, anna: User) -> None:
    stand = idle_stand
    await stand.start()
    await subscribed(stand, anna)
    await stand.stop()
    await stand.start()
    since = len(anna.events)
    reminder = await the_next_one(stand, anna)
    await stand.answers(anna, anna.send("thank you"))

    assert [event.text for event in anna.events[since:]].count(reminder.text) == 1


async def test_three_days_down_there_is_one_message_at_most(idle_stand: Stand, anna: User) -> None:
    stand = idle_stand
    await stand.start()
    await subscribed(stand, anna)
    await stand.stop()
    stand.pass_time(until_eight(stand) + 3 * 86_400 + 600)
    since = len(anna.events)
    await stand.start()
    await stand.answers(anna, anna.send("thank you"))

    from_the_bot = [event for event in anna.events[since:] if event.kind == "message"]
    assert len(from_the_bot) <= 2


async def test_after_a_stop_no_reminder_comes(stand: Stand, anna: User, chats: Chats) -> None:
    await subscribed(stand, anna)
    await stand.answers(anna, anna.send("stop reminders"))
    since = len(anna.events)
    stand.pass_time(3 * 86_400)
    await stand.answers(anna, anna.send("thank you"))

    assert len([event for event in anna.events[since:] if event.kind == "message"]) == 1
    assert await chats.next_due() is None


async def test_who_blocked_the_bot_is_tried_once_and_asked_when_they_return(
    stand: Stand, anna: User, sim: Simulator, chats: Chats
) -> None:
    await subscribed(stand, anna)
    anna.blocked = True  # and Telegram's news of it has not come
    stand.refusals.append(BLOCKED)
    tried = sim.counts["sendMessage"]
    stand.pass_time(until_eight(stand) + 1)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await chats.next_due() is not None:
            await asyncio.wait({stand.polling}, timeout=0.01)
    stand.pass_time(5 * 86_400)
    await anna.unblock()
    answers = await stand.answers(anna, anna.start())

    assert sim.counts["sendMessage"] - tried <= 1 + len(answers)
    assert any("Resume" in label for answer in answers for label in answer.labels)
    assert await chats.next_due() is None


@pytest.mark.parametrize("twice", ["Done", "Skip today"])
async def test_a_button_of_a_reminder_pressed_twice_has_one_effect(
    stand: Stand, anna: User, twice: str
) -> None:
    await subscribed(stand, anna)
    reminder = await the_next_one(stand, anna)
    first = await stand.answers(anna, anna.press(twice, reminder))
    since = len(anna.events)
    if twice in (anna.last.data.get("reply_markup") or {}).__str__():
        await stand.answers(anna, anna.press(twice, reminder))

    assert first
    assert not [event for event in anna.events[since:] if event.kind == "message"]
