"""A guest hears of one message and answers it once: more would be listening in."""

from __future__ import annotations

import pytest
from expecting import refused
from telegram import Bot, InlineQueryResultArticle, InputTextMessageContent

from bot.playground.botapi import Chat, Simulator, User

HAND = InlineQueryResultArticle("1", "Hand", InputTextMessageContent("<b>Hand</b>", parse_mode="HTML"))


@pytest.fixture
def walkers(sim: Simulator, anna: User) -> Chat:
    return sim.group("Walkers", anna, sim.user(1002, "Ben"), bot_status="left")


async def test_a_mention_reaches_a_bot_that_is_not_there(bot: Bot, anna: User, walkers: Chat) -> None:
    before = await anna.send("my hand hurts", walkers)
    await anna.send("😀 @Sim_Test_Bot what helps?", walkers, reply_to=before)
    [update] = await bot.get_updates()
    heard = update.guest_message
    assert (heard.from_user.id, heard.chat.id) == (anna.id, walkers.id)
    assert heard.text.endswith("what helps?")
    assert heard.reply_to_message.text == "my hand hurts"
    assert heard.guest_query_id


async def test_the_answer_is_seen_in_the_chat_as_a_message_of_the_bot(
    bot: Bot, sim: Simulator, anna: User, walkers: Chat
) -> None:
    asked = await anna.send("@sim_test_bot hand", walkers)
    [update] = await bot.get_updates()
    sent = await bot.answer_guest_query(update.guest_message.guest_query_id, HAND)
    seen = await sim.users[1002].expect("Hand")
    assert seen.data["from"]["id"] == bot.id
    assert seen.data["reply_to_message"]["message_id"] == asked.id
    assert seen.data["guest_bot_caller_user"]["id"] == anna.id
    await bot.edit_message_text("Foot", inline_message_id=sent.inline_message_id)
    assert seen.msg.text == "Foot"


async def test_a_mention_is_answered_once_and_soon(bot: Bot, clock, anna: User, walkers: Chat) -> None:
    for wait_seconds in (0, 16):
        await anna.send("@sim_test_bot hand", walkers)
        [update] = await bot.get_updates(offset=-1)
        id = update.guest_message.guest_query_id
        if not wait_seconds:
            await bot.answer_guest_query(id, HAND)
        clock.move(wait_seconds)
        with refused("query is too old"):
            await bot.answer_guest_query(id, HAND)


@pytest.mark.parametrize("text", ["my hand hurts", "@sim_test_bots hand", "mail@sim_test_bot", "/help"])
async def test_a_guest_hears_nothing_that_does_not_mention_it(
    sim: Simulator, anna: User, walkers: Chat, text: str
) -> None:
    await anna.send(text, walkers)
    assert not sim.updates.pending


async def test_nobody_is_a_guest_where_it_was_banned_or_without_guest_mode(
    bot: Bot, sim: Simulator, anna: User, walkers: Chat
) -> None:
    await anna.send("@sim_test_bot hand", sim.group("Runners", anna, bot_status="kicked"))
    sim.guest_mode = False
    assert not (await bot.get_me()).supports_guest_queries
    await anna.send("@sim_test_bot hand", walkers)
    assert not sim.updates.pending


async def test_an_answer_to_a_mention_is_checked_as_an_inline_result_is(
    post, bot: Bot, anna: User, walkers: Chat
) -> None:
    await anna.send("@sim_test_bot hand", walkers)
    [update] = await bot.get_updates()
    id = update.guest_message.guest_query_id
    result = {"type": "article", "id": "", "title": "Hand", "input_message_content": {"message_text": "x"}}
    answer = await post("answerGuestQuery", guest_query_id=id, result=result)
    assert answer["description"] == "Bad Request: RESULT_ID_INVALID"
