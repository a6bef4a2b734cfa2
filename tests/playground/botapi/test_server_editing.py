"""Edits and deletions: what changes, what Telegram forbids, and what people see of it."""

from __future__ import annotations

from expecting import refused
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto

from bot.playground.botapi import Simulator, User

BUTTON = InlineKeyboardMarkup([[InlineKeyboardButton("Next", callback_data="next")]])


async def test_an_edit_replaces_the_text_and_is_seen(bot: Bot, anna: User, clock) -> None:
    sent = await bot.send_message(anna.id, "one")
    clock.move(seconds=60)
    edited = await sent.edit_text("two")
    assert (edited.edit_date - sent.date).total_seconds() == 60
    assert (await anna.expect("two")).kind == "edit"
    assert [msg.text for msg in anna.chat.visible()] == ["/start", "two"]


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, anna: User) -> None:
    sent = await bot.send_message(anna.id, "<b>one</b>", parse_mode="HTML", reply_markup=BUTTON)
    with refused("message is not modified: specified new message content"):
        await sent.edit_text(" *one*", parse_mode="MarkdownV2", reply_markup=BUTTON)


async def test_an_edit_without_a_keyboard_removes_it(bot: Bot, anna: User) -> None:
    sent = await bot.send_message(anna.id, "one", reply_markup=BUTTON)
    edited = await sent.edit_text("one")
    assert edited.reply_markup is None
    assert anna.last.labels == []


async def test_a_photo_is_exchanged_but_not_for_itself(bot: Bot, anna: User, png: bytes) -> None:
    sent = await bot.send_photo(anna.id, png, caption="one")
    edited = await sent.edit_media(InputMediaPhoto(png, caption="two"))
    assert edited.photo != sent.photo
    with refused("message is not modified"):
        await sent.edit_media(InputMediaPhoto(edited.photo[-1].file_id, caption="two"))


async def test_a_caption_is_edited_as_a_caption(bot: Bot, anna: User, png: bytes) -> None:
    sent = await bot.send_photo(anna.id, png, caption="one")
    assert (await sent.edit_caption("two")).caption == "two"
    with refused("there is no text in the message to edit"):
        await bot.edit_message_text("three", anna.id, sent.message_id)


async def test_a_bot_edits_only_its_own_messages(bot: Bot, anna: User) -> None:
    theirs = await anna.send("mine")
    with refused("message can't be edited"):
        await bot.edit_message_text("yours", anna.id, theirs.id)


async def test_a_deleted_message_is_gone_for_everybody(bot: Bot, anna: User) -> None:
    sent = await bot.send_message(anna.id, "one")
    await sent.delete()
    assert anna.events[-1].kind == "delete"
    assert anna.last is None
    with refused("message to delete not found"):
        await sent.delete()
    with refused("message to edit not found"):
        await sent.edit_text("two")


async def test_after_two_days_a_message_cannot_be_deleted(bot: Bot, anna: User, clock) -> None:
    sent = await bot.send_message(anna.id, "one")
    clock.move(seconds=48 * 3600 + 1)
    with refused("message can't be deleted for everyone"):
        await sent.delete()


async def test_several_messages_are_deleted_at_once(bot: Bot, anna: User) -> None:
    ids = [(await bot.send_message(anna.id, text)).message_id for text in ("one", "two")]
    assert await bot.delete_messages(anna.id, [*ids, 9999])
    assert [msg.text for msg in anna.chat.visible()] == ["/start"]


async def test_a_reply_needs_its_message(bot: Bot, anna: User) -> None:
    first = await bot.send_message(anna.id, "one")
    reply = await bot.send_message(anna.id, "two", reply_to_message_id=first.message_id)
    assert reply.reply_to_message.text == "one"
    await first.delete()
    with refused("message to be replied not found"):
        await bot.send_message(anna.id, "three", reply_to_message_id=first.message_id)
    sent = await bot.send_message(
        anna.id, "four", reply_to_message_id=first.message_id, allow_sending_without_reply=True
    )
    assert sent.reply_to_message is None


async def test_a_reply_does_not_carry_a_reply_in_it(bot: Bot, anna: User) -> None:
    first = await bot.send_message(anna.id, "one")
    second = await bot.send_message(anna.id, "two", reply_to_message_id=first.message_id)
    third = await bot.send_message(anna.id, "three", reply_to_message_id=second.message_id)
    assert third.reply_to_message.text == "two"
    assert third.reply_to_message.reply_to_message is None


async def test_a_copy_hides_where_it_came_from_and_a_forward_shows_it(bot: Bot, anna: User) -> None:
    theirs = await anna.send("look")
    forwarded = await bot.forward_message(anna.id, anna.id, theirs.id)
    assert forwarded.forward_origin.sender_user.id == anna.id
    await bot.copy_message(anna.id, anna.id, forwarded.message_id)
    assert anna.last.text == "look"
    assert "forward_origin" not in anna.last.data


async def test_a_call_has_to_say_which_message_it_means(post, anna: User) -> None:
    answer = await post("editMessageText", chat_id=anna.id, text="a")
    assert answer["description"] == "Bad Request: message identifier is not specified"
    answer = await post("editMessageText", text="a")
    assert answer["description"] == "Bad Request: chat_id is empty"
    answer = await post("editMessageText", inline_message_id="none", text="a")
    assert answer["description"] == "Bad Request: MESSAGE_ID_INVALID"


async def test_a_message_that_came_from_an_inline_query_can_be_edited(post, anna: User) -> None:
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    msg = await anna.choose({"id": "1", "title": "Hand", "reply_markup": markup})
    answer = await post("editMessageText", inline_message_id=msg.inline_id, text="Foot")
    assert answer["result"] is True
    assert msg.text == "Foot"


async def test_a_poll_is_stopped_once(bot: Bot, sim: Simulator, anna: User) -> None:
    sent = await bot.send_poll(anna.id, "Better?", ["Yes", "No"])
    assert (await bot.stop_poll(anna.id, sent.message_id)).is_closed
    with refused("poll has already been closed"):
        await bot.stop_poll(anna.id, sent.message_id)
    sim.assert_clean()
