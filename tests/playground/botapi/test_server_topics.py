"""A forum keeps its topics apart: what the bot answers has to go where it was asked, or Telegram refuses."""

from __future__ import annotations

import pytest
from expecting import refused
from telegram import Bot

from bot.playground.botapi import Chat, Simulator, User, topics


@pytest.fixture
def forum(sim: Simulator, anna: User) -> Chat:
    group = sim.group("Club", anna)
    topics.found(group, anna, "Stretches")
    return group


async def test_a_message_in_a_topic_says_which_and_answers_its_beginning(
    bot: Bot, anna: User, forum: Chat
) -> None:
    (topic_id,) = forum.topics
    forum.open_topics[anna.id] = topic_id
    await anna.send("/help", chat=forum)
    (update,) = await bot.get_updates()
    message = update.message
    assert message.chat.is_forum
    assert (message.message_thread_id, message.is_topic_message) == (topic_id, True)
    assert message.reply_to_message.forum_topic_created.name == "Stretches"


async def test_who_answers_another_message_in_a_topic_answers_that_one(
    bot: Bot, anna: User, forum: Chat
) -> None:
    forum.open_topics[anna.id] = next(iter(forum.topics))
    first = await anna.send("/help", chat=forum)
    await anna.send("/points", chat=forum, reply_to=first)
    update = (await bot.get_updates())[-1]
    assert update.message.reply_to_message.message_id == first.id


async def test_what_the_bot_sends_into_a_topic_stands_there(bot: Bot, forum: Chat) -> None:
    (topic_id,) = forum.topics
    there = await bot.send_message(forum.id, "Here", message_thread_id=topic_id)
    general = await bot.send_message(forum.id, "For all")
    assert topics.topic_of(forum.messages[there.message_id]) == topic_id
    assert topics.topic_of(forum.messages[general.message_id]) == 0


async def test_a_topic_that_is_not_there_is_refused(bot: Bot, forum: Chat) -> None:
    with refused("message thread not found"):
        await bot.send_message(forum.id, "Where", message_thread_id=999)
    with refused("message thread not found"):
        await bot.send_chat_action(forum.id, "typing", message_thread_id=999)


async def test_a_copy_goes_into_the_topic_it_is_sent_to(bot: Bot, anna: User, forum: Chat) -> None:
    (topic_id,) = forum.topics
    there = await bot.send_message(forum.id, "Here", message_thread_id=topic_id)
    copy = await bot.copy_message(forum.id, forum.id, there.message_id)
    assert topics.topic_of(forum.messages[copy.message_id]) == 0
