"""A pressed button keeps loading until the bot answers; a bot that answers wrongly must find out here."""

from __future__ import annotations

import pytest
from expecting import refused
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.playground.botapi import Simulator, User


def keyboard(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([list(buttons)])


NEXT = InlineKeyboardButton("Next step", callback_data="next")


async def query_id(bot: Bot) -> str:
    [update] = await bot.get_updates()
    return update.callback_query.id


async def test_callback_data_may_have_64_bytes_but_not_65(bot: Bot, anna: User) -> None:
    fits = InlineKeyboardButton("A", callback_data="é" * 32)
    await bot.send_message(anna.id, "fits", reply_markup=keyboard(fits))
    too_long = InlineKeyboardButton("A", callback_data="é" * 32 + "x")
    with refused("button_data_invalid"):
        await bot.send_message(anna.id, "too long", reply_markup=keyboard(too_long))


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "", "callback_data": "a"}, "inline keyboard button text must be non-empty"),
        (
            {"text": "A"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"text": "A", "url": "nowhere"}, "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
        (
            {"text": "A", "web_app": {"url": "http://x.org"}},
            "inline keyboard button Web App URL 'http://x.org' is invalid: Only HTTPS links are allowed",
        ),
    ],
)
async def test_a_useless_button_is_refused(post, anna: User, button: dict, reason: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    answer = await post("sendMessage", chat_id=anna.id, text="a", reply_markup=markup)
    assert answer["description"] == f"Bad Request: {reason}"


async def test_a_row_too_long_to_show_is_noted(post, sim: Simulator, anna: User) -> None:
    row = [{"text": str(n), "callback_data": str(n)} for n in range(9)]
    answer = await post("sendMessage", chat_id=anna.id, text="a", reply_markup={"inline_keyboard": [row]})
    assert answer["ok"]
    with pytest.raises(AssertionError, match="a row of 9 buttons"):
        sim.assert_clean()


async def test_a_press_reaches_the_bot_and_its_answer_the_person(bot: Bot, anna: User) -> None:
    sent = await bot.send_message(anna.id, "a", reply_markup=keyboard(NEXT))
    press = await anna.press("Next")
    [update] = await bot.get_updates()
    query = update.callback_query
    assert (query.data, query.from_user.id, query.message.message_id) == ("next", anna.id, sent.message_id)
    await bot.answer_callback_query(query.id, "Well done", show_alert=True)
    alert = await press.answered()
    assert alert is not None
    assert (alert.kind, alert.text) == ("alert", "Well done")


async def test_a_press_is_answered_only_once(bot: Bot, sim: Simulator, anna: User) -> None:
    await bot.send_message(anna.id, "a", reply_markup=keyboard(NEXT))
    press = await anna.press("next")
    assert sim.unanswered(0) == [press]
    id = await query_id(bot)
    await bot.answer_callback_query(id)
    assert await press.answered() is None
    assert sim.unanswered(0) == []
    with refused("query is too old"):
        await bot.answer_callback_query(id)


async def test_a_press_can_be_too_old_to_answer(bot: Bot, clock, anna: User) -> None:
    await bot.send_message(anna.id, "a", reply_markup=keyboard(NEXT))
    press = await anna.press("Next step")
    clock.move(seconds=16)
    with refused("query ID is invalid"):
        await bot.answer_callback_query(await query_id(bot))
    with pytest.raises(AssertionError, match="'Next step' is still loading"):
        await press.answered(timeout=0.01)


async def test_pressing_what_is_not_there_says_what_is(bot: Bot, anna: User) -> None:
    await bot.send_message(anna.id, "a", reply_markup=keyboard(NEXT))
    with pytest.raises(AssertionError, match=r"no button 'Back'; there are \['Next step'\]"):
        await anna.press("Back")


async def test_a_link_button_opens_without_asking_the_bot(bot: Bot, sim: Simulator, anna: User) -> None:
    link = InlineKeyboardButton("Read", url="https://example.org/a")
    await bot.send_message(anna.id, "a", reply_markup=keyboard(link))
    press = await anna.press("Read")
    assert press.url == "https://example.org/a"
    assert anna.events[-1].kind == "opened"
    assert not sim.updates.pending


async def test_a_keyboard_may_have_a_hundred_buttons(post, anna: User) -> None:
    rows = [[{"text": "A", "callback_data": "a"}]] * 101
    answer = await post("sendMessage", chat_id=anna.id, text="a", reply_markup={"inline_keyboard": rows})
    assert answer["description"] == "Bad Request: reply markup is too long"


async def test_a_button_with_two_actions_is_noted(post, sim: Simulator, anna: User) -> None:
    rows = [[{"text": "A", "callback_data": "a", "url": "https://example.org"}]]
    await post("sendMessage", chat_id=anna.id, text="a", reply_markup={"inline_keyboard": rows})
    assert [violation.text for violation in sim.violations] == [
        "button 'A' has more than one action: ['callback_data', 'url']"
    ]


async def test_a_group_cannot_be_asked_for_a_place(post, sim: Simulator, anna: User) -> None:
    group = sim.group("Walkers", anna)
    rows = [[{"text": "Here", "request_location": True}]]
    answer = await post("sendMessage", chat_id=group.id, text="a", reply_markup={"keyboard": rows})
    assert answer["description"] == "Bad Request: location can be requested in private chats only"


async def test_a_toast_has_at_most_200_characters(bot: Bot, anna: User) -> None:
    await bot.send_message(anna.id, "a", reply_markup=keyboard(NEXT))
    press = await anna.press("Next")
    with refused("MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(press.query_id, "x" * 201)


async def test_a_reply_keyboard_stays_until_it_is_removed(bot: Bot, sim: Simulator, anna: User) -> None:
    await bot.send_message(anna.id, "a", reply_markup=ReplyKeyboardMarkup([["Yes", "No"]]))
    await anna.press("Yes")
    assert [update["message"]["text"] for update in sim.updates.pending.values()] == ["Yes"]
    await bot.send_message(anna.id, "b", reply_markup=ReplyKeyboardRemove())
    assert anna.chat.keyboard == {}


async def test_a_one_time_keyboard_goes_with_its_first_press(bot: Bot, sim: Simulator, anna: User) -> None:
    keys = [[KeyboardButton("Here", request_location=True)]]
    await bot.send_message(anna.id, "a", reply_markup=ReplyKeyboardMarkup(keys, one_time_keyboard=True))
    await anna.press("Here", location=(48.2, 16.4))
    [update] = sim.updates.pending.values()
    assert update["message"]["location"] == {"latitude": 48.2, "longitude": 16.4}
    assert anna.chat.keyboard == {}


async def test_a_message_with_another_kind_of_keyboard_cannot_be_edited(bot: Bot, anna: User) -> None:
    sent = await bot.send_message(anna.id, "a", reply_markup=ForceReply())
    with refused("message can't be edited"):
        await sent.edit_text("b")
