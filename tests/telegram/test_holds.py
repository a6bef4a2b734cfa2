"""A timed hold on Telegram: it runs by itself, survives whatever happens to the bot, and ends when told to.

The clock is the bot's own, and the test lets time pass at once. Telegram's limits are on.
"""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from running_bot import called
from stand import BLOCKED, NOT_FOUND, PATIENCE_SECONDS, Stand

from bot.conversation.memory import Round
from bot.delivery.chats import Chats
from bot.playground.botapi import Event, Simulator, User
from bot.storage import memories

HOLD_SECONDS = 60


async def started(stand: Stand, anna: User, words: str = "time LI4 for 60 seconds once on the left") -> Event:
    """A hold that runs; the message that shows it."""
    await stand.answers(anna, anna.send(words))
    seen = await stand.answers(anna, anna.press("Start"))
    (cue,) = [event for event in seen if event.kind in ("edit", "message")]
    return cue


async def known(chats: Chats, anna: User) -> Round:
    """The routine of somebody, as it is stored."""
    memory = await chats.database.run(lambda connection: memories.load(connection, anna.id))
    assert memory.round
    return memory.round


def countdowns(event: Event) -> list[dict[str, Any]]:
    assert event.msg
    return [each for each in event.msg.data.get("entities", []) if each["type"] == "date_time"]


async def signal(stand: Stand, anna: User, seconds: float = HOLD_SECONDS) -> Event:
    """The message that comes by itself when so much time has passed."""
    stand.pass_time(seconds)
    return await anna.expect(kinds="message")


def is_silent(stand: Stand, event: Event) -> bool:
    sent = [call for call in stand.sim.calls if call.method == "sendMessage" and not call.error]
    (call,) = [call for call in sent if call.params["text"].split("\n")[0][:20] in call.params["text"]][-1:]
    return str(call.params.get("disable_notification")).lower() == "true"


async def test_a_hold_counts_down_in_one_message_and_its_end_is_a_new_one_that_sounds(
    stand: Stand, anna: User
) -> None:
    began = stand.now().timestamp()
    cue = await started(stand, anna)
    (countdown,) = countdowns(cue)
    edits = stand.sim.counts["editMessageText"]
    end = await signal(stand, anna)

    assert abs(countdown["unix_time"] - began - HOLD_SECONDS) <= 2
    assert "60" in cue.text
    assert stand.sim.counts["editMessageText"] == edits
    assert not is_silent(stand, end)


async def test_before_its_time_nothing_comes(stand: Stand, anna: User) -> None:
    await started(stand, anna)
    since = len(anna.events)
    stand.pass_time(HOLD_SECONDS - 2)
    await stand.answers(anna, anna.send("pause"))
    stand.pass_time(3600)
    await stand.answers(anna, anna.send("thank you"))

    texts = [event.text for event in anna.events[since:] if event.kind == "message"]
    assert len(texts) == 2, texts


async def test_after_a_stop_nothing_of_the_routine_ever_comes(stand: Stand, anna: User, chats: Chats) -> None:
    await started(stand, anna)
    stopped = await stand.answers(anna, anna.press("Stop"))
    since = len(anna.events)
    stand.pass_time(HOLD_SECONDS)
    stand.pass_time(3600)
    await stand.answers(anna, anna.send("thank you"))

    assert stopped
    assert [event.text for event in anna.events[since:] if event.kind == "message"] == [
        stand.chats.companion.library.words.sentences.thanked
    ]
    assert await chats.next_due() is None
    assert await chats.waiting_letters(stand.now()) == []


async def test_a_stop_takes_back_what_waits_to_be_sent(stand: Stand, anna: User, sim: Simulator) -> None:
    await started(stand, anna)
    sim.fault("sendMessage", "flood", retry_after=2)
    tried = called(sim, "sendMessage")
    stand.pass_time(HOLD_SECONDS)
    await asyncio.wait_for(tried.wait(), PATIENCE_SECONDS)
    await stand.answers(anna, anna.send("stop"))

    assert await stand.chats.waiting_letters(stand.now()) == []


async def test_being_told_to_wait_delays_the_signal_and_loses_it_not(
    stand: Stand, anna: User, ben: User, sim: Simulator
) -> None:
    await started(stand, anna)
    sim.fault("sendMessage", "flood", retry_after=1)
    end = await signal(stand, anna)
    answer = await stand.answer(ben, ben.send("thank you"))

    assert end.text
    assert answer.text
    assert len([event for event in anna.events if event.text == end.text]) == 1


async def test_a_hold_outlives_the_process(idle_stand: Stand, anna: User) -> None:
    stand = idle_stand
    await stand.start()
    await started(stand, anna)
    await stand.stop()
    stand.pass_time(HOLD_SECONDS / 2)
    await stand.start()
    end = await signal(stand, anna, HOLD_SECONDS / 2)

    assert end.text
    assert len([event for event in anna.events if event.text == end.text]) == 1


async def test_down_past_the_end_there_is_one_apology_and_a_way_to_go_on(
    idle_stand: Stand, anna: User
) -> None:
    stand = idle_stand
    await stand.start()
    await started(stand, anna, "start the desk routine")
    await stand.stop()
    since = len(anna.events)
    stand.pass_time(3600)
    await stand.start()
    apology = await anna.expect(kinds="message")
    stand.pass_time(3600)
    await stand.answers(anna, anna.press("Resume"))

    by_itself = [event for event in anna.events[since:] if event.kind == "message"]
    assert by_itself == [apology]
    assert "Resume" in apology.labels


async def test_who_blocks_the_bot_in_the_middle_is_left_in_peace(
    stand: Stand, anna: User, sim: Simulator, chats: Chats
) -> None:
    """Nothing tells the bot of it before a signal is refused."""
    await started(stand, anna)
    anna.blocked = True
    stand.refusals.append(BLOCKED)
    tried = sim.counts["sendMessage"]
    stand.pass_time(HOLD_SECONDS)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await chats.next_due() is not None or await chats.waiting_letters(stand.now()):
            await asyncio.wait({stand.polling}, timeout=0.01)
    stand.pass_time(3600)

    assert sim.counts["sendMessage"] == tried + 1
    assert await chats.database.run(lambda connection: memories.load(connection, anna.id).round) is None


async def test_when_telegram_tells_of_a_block_nothing_more_is_tried(
    stand: Stand, anna: User, sim: Simulator, chats: Chats
) -> None:
    await started(stand, anna)
    tried = sim.counts["sendMessage"]

    await anna.block()
    await stand.all_confirmed()
    stand.pass_time(3600)

    assert await chats.next_due() is None
    assert sim.counts["sendMessage"] == tried


async def test_the_message_that_shows_the_routine_is_known_after_a_signal(
    stand: Stand, anna: User, chats: Chats
) -> None:
    await started(stand, anna, "start the desk routine")
    cue = await signal(stand, anna, 60)
    assert cue.msg
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (await known(chats, anna)).message_id != cue.msg.id:
            await asyncio.wait({stand.polling}, timeout=0.01)


@pytest.mark.parametrize("word", ["pause", "stop", "ow it hurts", "I feel dizzy"])
async def test_a_word_works_like_a_button_and_closes_the_countdown(
    stand: Stand, anna: User, word: str
) -> None:
    cue = await started(stand, anna)
    await stand.answers(anna, anna.send(word))

    assert cue.msg
    assert not countdowns(next(event for event in anna.events[::-1] if event.msg is cue.msg))
    assert not re.search(r"emergency number", anna.events[-1].text) or "dizzy" in word or "hurts" in word


async def test_a_signal_that_could_not_be_delivered_in_time_becomes_one_apology(
    stand: Stand, anna: User
) -> None:
    await started(stand, anna, "time LI4 for 60 seconds twice on the left")
    fault = stand.sim.fault("sendMessage", "flood", times=1, retry_after=1)
    refused = called(stand.sim, "sendMessage")
    since = len(anna.events)
    stand.pass_time(HOLD_SECONDS)
    await asyncio.wait_for(refused.wait(), PATIENCE_SECONDS)
    stand.pass_time(31)

    apology = await anna.expect("Sorry, I was late", kinds="message", since=since)
    assert fault.times == 0
    assert "Resume" in apology.labels
    stand.pass_time(3600)
    await stand.answers(anna, anna.press("Resume"))
    end = await signal(stand, anna, HOLD_SECONDS + 5)
    assert "Sorry" not in end.text
    texts = [event.text for event in anna.events[since:] if event.kind == "message"]
    assert sum("Sorry, I was late" in text for text in texts) == 1


async def test_the_end_of_a_routine_is_told_however_late(stand: Stand, anna: User) -> None:
    await started(stand, anna)
    stand.sim.fault("sendMessage", "flood", times=1, retry_after=1)
    refused = called(stand.sim, "sendMessage")
    since = len(anna.events)
    stand.pass_time(HOLD_SECONDS)
    await asyncio.wait_for(refused.wait(), PATIENCE_SECONDS)
    stand.pass_time(600)

    end = await anna.expect(kinds="message", since=since)
    assert "How" in end.text


async def told_in_a_group(stand: Stand, anna: User, words: str) -> None:
    """Somebody says in a group what ends a routine of theirs elsewhere."""
    group = stand.sim.group("Sore backs", anna)
    await stand.answers(anna, anna.send(f"/relief {words}", chat=group))


async def all_letters_are_gone(stand: Stand) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await stand.chats.next_due() is not None or await stand.chats.waiting_letters(stand.now()):
            await asyncio.wait({stand.polling}, timeout=0.01)


@pytest.mark.parametrize("told", ["I have chest pain and sweat", "I'm pregnant"])
@pytest.mark.parametrize("flooded", [False, True], ids=["at once", "told to wait"])
async def test_a_routine_that_ends_by_itself_closes_its_card_and_writes_nothing_about_that(
    stand: Stand, anna: User, told: str, flooded: bool
) -> None:
    cue = await started(stand, anna)
    await told_in_a_group(stand, anna, told)
    if flooded:
        stand.sim.fault("editMessageText", "flood", retry_after=1)
    since = len(anna.events)
    stand.pass_time(HOLD_SECONDS)
    await all_letters_are_gone(stand)
    await anna.expect(kinds="edit", since=since)

    over = stand.chats.companion.library.words.holds.old_over
    assert cue.msg
    assert (cue.msg.text, cue.msg.buttons) == (over, [])
    (message,) = [event for event in anna.events[since:] if event.kind == "message"]
    assert message.text != over


async def test_a_card_that_cannot_be_closed_any_more_costs_nothing_but_itself(
    stand: Stand, anna: User
) -> None:
    stand.refusals.append(NOT_FOUND)
    cue = await started(stand, anna)
    await anna.delete(cue.msg)
    await told_in_a_group(stand, anna, "I have chest pain and sweat")
    since = len(anna.events)
    stand.pass_time(HOLD_SECONDS)
    await all_letters_are_gone(stand)
    await stand.answers(anna, anna.send("thank you"))

    texts = [event.text for event in anna.events[since:] if event.kind == "message"]
    assert len(texts) == 2, "the danger card and the answer"
    assert stand.chats.companion.library.words.holds.old_over not in texts


async def test_a_routine_of_a_topic_that_ends_by_itself_closes_its_card_there(
    stand: Stand, anna: User
) -> None:
    stand.sim.privacy_mode = False
    group = stand.sim.group("Sore backs", anna)
    text = "/relief time LI4 for 60 seconds once on the left"
    topic = {"message_thread_id": 77, "is_topic_message": True}
    card = await stand.answer(anna, anna.send(text, chat=group, **topic))
    card.msg.data["is_topic_message"] = True
    await stand.answers(anna, anna.press("Start", card))
    await stand.answers(anna, anna.send("I'm pregnant"))
    since = len(anna.events)
    stand.pass_time(HOLD_SECONDS)
    await all_letters_are_gone(stand)
    await anna.expect(kinds="edit", since=since)

    words = stand.chats.companion.library.words
    assert card.msg.text == words.holds.old_over
    (message,) = [event for event in anna.events[since:] if event.kind == "message"]
    assert message.data["message_thread_id"] == 77
