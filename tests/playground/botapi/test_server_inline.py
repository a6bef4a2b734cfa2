"""What people may get from the bot in chats it is not in has to be checked as Telegram checks it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from expecting import refused
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultsButton,
    InputMediaPhoto,
    InputTextMessageContent,
)

from bot.playground.botapi import InlineAnswer, Simulator, User

BUTTON = InlineKeyboardMarkup([[InlineKeyboardButton("Next", callback_data="next")]])


def article(id: str, text: str) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(id, text, InputTextMessageContent(text), reply_markup=BUTTON)


async def ask_and_answer(
    bot: Bot, asking: asyncio.Future[InlineAnswer], *results: Any, **options: Any
) -> InlineAnswer:
    """The bot's part of an inline query that is being asked."""
    [update] = await bot.get_updates(offset=-1, timeout=5)
    await bot.answer_inline_query(update.inline_query.id, results or [article("1", "Hand")], **options)
    return await asking


async def question(bot: Bot, anna: User) -> str:
    """The number of an inline query that waits for its answer."""
    asyncio.ensure_future(anna.inline_query("ha", timeout=0.01)).add_done_callback(lambda q: q.exception())
    [update] = await bot.get_updates(offset=-1, timeout=5)
    return update.inline_query.id


async def test_an_inline_query_says_who_asks_what_and_from_where(bot: Bot, anna: User) -> None:
    asking = asyncio.ensure_future(anna.inline_query("ha", offset="50"))
    [update] = await bot.get_updates(timeout=5)
    query = update.inline_query
    assert (query.query, query.offset, query.from_user.id) == ("ha", "50", anna.id)
    await bot.answer_inline_query(query.id, [])
    assert (await asking).results == []


async def test_an_app_passes_on_256_characters(bot: Bot, anna: User) -> None:
    asking = asyncio.ensure_future(anna.inline_query("x" * 300))
    [update] = await bot.get_updates(timeout=5)
    assert len(update.inline_query.query) == 256
    await bot.answer_inline_query(update.inline_query.id, [])
    await asking


async def test_inline_results_are_kept_and_can_be_sent(bot: Bot, sim: Simulator, anna: User, clock) -> None:
    asking = asyncio.ensure_future(anna.inline_query("ha"))
    answer = await ask_and_answer(bot, asking, cache_time=60)
    assert await anna.inline_query("ha") == answer
    assert (await anna.choose(answer.results[0])).text == "Hand"
    await bot.get_updates(offset=-1)
    clock.move(seconds=61)
    with pytest.raises(AssertionError, match="inline query 'ha' was not answered"):
        await anna.inline_query("ha", timeout=0.01)


async def test_an_answer_is_kept_for_everybody_unless_it_is_personal(
    bot: Bot, sim: Simulator, anna: User
) -> None:
    ben = sim.user(1002, "Ben")
    await ask_and_answer(bot, asyncio.ensure_future(anna.inline_query("ha")))
    assert [each["title"] for each in (await ben.inline_query("ha")).results] == ["Hand"]
    await ask_and_answer(bot, asyncio.ensure_future(anna.inline_query("fo")), is_personal=True)
    with pytest.raises(AssertionError, match="was not answered"):
        await ben.inline_query("fo", timeout=0.01)


async def test_what_is_not_to_be_kept_is_asked_again(bot: Bot, anna: User) -> None:
    for _ in range(2):
        asking = asyncio.ensure_future(anna.inline_query("ha"))
        await ask_and_answer(bot, asking, cache_time=0, is_personal=True)


async def test_an_answer_says_where_it_goes_on_and_what_stands_above_it(bot: Bot, anna: User) -> None:
    button = InlineQueryResultsButton("In private", start_parameter="more")
    asking = asyncio.ensure_future(anna.inline_query("ha"))
    answer = await ask_and_answer(bot, asking, next_offset="50", button=button)
    assert answer.next_offset == "50"
    assert answer.button == {"text": "In private", "start_parameter": "more"}


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        ({"button": {"text": "", "start_parameter": "a"}}, "SWITCH_PM_TEXT_EMPTY"),
        ({"button": {"text": "More", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        ({"button": {"text": "More", "start_parameter": ""}}, "START_PARAM_EMPTY"),
    ],
)
async def test_what_goes_with_the_results_is_checked(
    post, bot: Bot, anna: User, params: dict, reason: str
) -> None:
    id = await question(bot, anna)
    answer = await post("answerInlineQuery", inline_query_id=id, results=[], **params)
    assert answer["description"] == f"Bad Request: {reason}"


TEXT = {"message_text": "Hand"}
ARTICLE = {"type": "article", "id": "1", "title": "Hand", "input_message_content": TEXT}


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ([{**ARTICLE, "id": "x" * 65}], "RESULT_ID_INVALID"),
        ([{**ARTICLE, "id": ""}], "RESULT_ID_INVALID"),
        ([ARTICLE, ARTICLE], "RESULT_ID_DUPLICATE"),
        ([{**ARTICLE, "id": str(n)} for n in range(51)], "too many inline query results specified"),
        ([{"type": "article", "id": "1", "title": "Hand"}], "MESSAGE_EMPTY"),
        ([{**ARTICLE, "input_message_content": {"message_text": "x" * 4097}}], "message is too long"),
        ([{**ARTICLE, "input_message_content": {"message_text": ""}}], "message text is empty"),
        (
            [{"type": "photo", "id": "1", "photo_file_id": "AgADnothing"}],
            "wrong file identifier/HTTP URL specified",
        ),
        (
            [{"type": "photo", "id": "1", "photo_file_id": "https://example.org/a.jpg"}],
            "wrong file identifier/HTTP URL specified",
        ),
    ],
)
async def test_every_result_is_checked(post, bot: Bot, anna: User, results: list, reason: str) -> None:
    id = await question(bot, anna)
    answer = await post("answerInlineQuery", inline_query_id=id, results=results)
    assert answer["description"] == f"Bad Request: {reason}"


async def test_fifty_results_are_not_too_many(bot: Bot, sim: Simulator, anna: User) -> None:
    asking = asyncio.ensure_future(anna.inline_query("ha"))
    answer = await ask_and_answer(bot, asking, *(article(str(n), "Hand") for n in range(50)))
    assert len(answer.results) == 50
    sim.assert_clean()


async def test_an_inline_query_can_be_too_old_to_answer(bot: Bot, clock, anna: User) -> None:
    id = await question(bot, anna)
    clock.move(seconds=11)
    with refused("query is too old"):
        await bot.answer_inline_query(id, [article("1", "Hand")])


async def test_an_inline_query_is_answered_only_once(bot: Bot, anna: User) -> None:
    asking = asyncio.ensure_future(anna.inline_query("ha"))
    [update] = await bot.get_updates(timeout=5)
    await bot.answer_inline_query(update.inline_query.id, [])
    await asking
    with refused("query ID is invalid"):
        await bot.answer_inline_query(update.inline_query.id, [])


async def test_a_bot_without_inline_mode_hears_of_no_inline_query(
    bot: Bot, sim: Simulator, anna: User
) -> None:
    sim.inline_mode = False
    assert not (await bot.get_me()).supports_inline_queries
    with pytest.raises(AssertionError, match="was not answered"):
        await anna.inline_query("ha", timeout=0.01)
    assert not sim.updates.pending


async def test_a_picture_that_was_sent_before_can_be_a_result(
    bot: Bot, sim: Simulator, anna: User, png: bytes
) -> None:
    sent = await bot.send_photo(anna.id, png)
    photo = InlineQueryResultCachedPhoto(
        "1", sent.photo[-1].file_id, caption="<b>Hand</b>", parse_mode="HTML", reply_markup=BUTTON
    )
    answer = await ask_and_answer(bot, asyncio.ensure_future(anna.inline_query("ha")), photo)
    msg = await anna.choose(answer.results[0], sim.group("Walkers", anna, bot_status="left"))
    assert (msg.kind, msg.text, msg.photo, msg.labels) == ("photo", "Hand", png, ["Next"])
    assert msg.data["via_bot"]["id"] == bot.id


async def test_a_chosen_result_is_in_the_name_of_the_person_and_known_by_its_buttons(
    bot: Bot, sim: Simulator, anna: User
) -> None:
    group = sim.group("Walkers", anna, bot_status="left")
    answer = await ask_and_answer(bot, asyncio.ensure_future(anna.inline_query("ha")))
    msg = await anna.choose(answer.results[0], group, query="ha")
    assert msg.data["from"]["id"] == anna.id
    [update] = await bot.get_updates(offset=-1)
    chosen = update.chosen_inline_result
    assert (chosen.query, chosen.result_id, chosen.inline_message_id) == ("ha", "1", msg.inline_id)
    plain = {key: value for key, value in answer.results[0].items() if key != "reply_markup"}
    assert (await anna.choose(plain, group)).inline_id == ""


@pytest.mark.parametrize("status", ["member", "left"])
async def test_a_bot_reads_what_was_sent_by_way_of_it_only_where_it_is(
    bot: Bot, sim: Simulator, anna: User, status: str
) -> None:
    sim.inline_feedback = False
    group = sim.group("Walkers", anna, bot_status=status)
    await anna.choose({**ARTICLE}, group)
    heard = [update.message.via_bot.id for update in await bot.get_updates()]
    assert heard == ([bot.id] if status == "member" else [])


async def test_a_button_below_a_chosen_result_names_no_chat(bot: Bot, sim: Simulator, anna: User) -> None:
    sim.inline_feedback = False
    ben = sim.user(1002, "Ben")
    group = sim.group("Walkers", anna, ben, bot_status="left")
    msg = await anna.choose({**ARTICLE, "reply_markup": BUTTON.to_dict()}, group)
    press = await ben.press("Next", msg)
    [update] = await bot.get_updates()
    query = update.callback_query
    assert (query.message, query.inline_message_id, query.from_user.id) == (None, msg.inline_id, ben.id)
    await query.answer("Here")
    assert (await press.answered()).text == "Here"
    await bot.edit_message_text("Foot", inline_message_id=msg.inline_id)
    assert (await ben.expect(kinds="edit")).text == "Foot"


async def test_a_chosen_result_takes_no_new_upload(bot: Bot, sim: Simulator, anna: User, png: bytes) -> None:
    msg = await anna.choose({**ARTICLE, "reply_markup": BUTTON.to_dict()})
    with refused("invalid message content specified"):
        await bot.edit_message_media(InputMediaPhoto(png), inline_message_id=msg.inline_id)
    sent = await bot.send_photo(anna.id, png)
    await bot.edit_message_media(InputMediaPhoto(sent.photo[-1].file_id), inline_message_id=msg.inline_id)
    assert msg.kind == "photo"
