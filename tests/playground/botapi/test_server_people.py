"""The scripted people are the judges of the bot: what they see, wait for and do has to be exact."""

from __future__ import annotations

import asyncio
import gc

import pytest
from expecting import refused
from telegram import (
    Bot,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)
from telegram.error import Forbidden

from bot.playground.botapi import Simulator, User


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(label, callback_data=label) for label in labels]
    return InlineKeyboardMarkup([row])


async def test_a_deep_link_carries_its_payload(bot: Bot, anna: User) -> None:
    await anna.start("ref_7-a")
    [update] = await bot.get_updates()
    assert update.message.text == "/start ref_7-a"
    assert [(entity.type, entity.length) for entity in update.message.entities] == [("bot_command", 6)]


@pytest.mark.parametrize("payload", ["two words", "é", "x" * 65])
async def test_a_deep_link_cannot_carry_everything(anna: User, payload: str) -> None:
    with pytest.raises(ValueError, match="a deep link cannot carry"):
        await anna.start(payload)


async def test_the_bot_learns_who_writes(bot: Bot, anna: User) -> None:
    await anna.send("hello")
    [update] = await bot.get_updates()
    sender = update.effective_user
    assert (sender.id, sender.first_name, sender.language_code, sender.is_bot) == (1001, "Anna", "de", False)
    assert update.effective_chat.type == "private"


async def test_a_long_text_is_cut_as_apps_do(bot: Bot, anna: User) -> None:
    last = await anna.send("x" * 4096 + "y")
    assert last.text == "y"
    assert [len(update.message.text) for update in await bot.get_updates()] == [4096, 1]


async def test_voice_photo_sticker_contact_and_place_reach_the_bot(bot: Bot, anna: User) -> None:
    await anna.send_voice(b"OggS sound")
    await anna.send_photo(caption="my back")
    await anna.send_sticker("🙂")
    await anna.share_contact("+100")
    await anna.share_location(48.2, 16.4)
    voice, photo, sticker, contact, place = [update.message for update in await bot.get_updates()]
    file = await voice.voice.get_file()
    assert bytes(await file.download_as_bytearray()) == b"OggS sound"
    assert (photo.caption, len(photo.photo) > 1) == ("my back", True)
    assert sticker.sticker.emoji == "🙂"
    assert contact.contact.user_id == anna.id
    assert place.location.latitude == 48.2


async def test_an_edited_message_reaches_the_bot_as_an_edit(bot: Bot, anna: User) -> None:
    msg = await anna.send("pain in /my back")
    await anna.edit_message(msg, "pain in my neck")
    _, update = await bot.get_updates()
    assert update.edited_message.text == "pain in my neck"
    assert update.edited_message.entities == ()


async def test_expect_sees_only_what_came_after_the_last_act(bot: Bot, anna: User) -> None:
    await bot.send_message(anna.id, "old answer")
    await anna.send("new question")
    with pytest.raises(AssertionError, match="waited 0 s for 'answer'"):
        await anna.expect("answer", timeout=0)
    await bot.send_message(anna.id, "new answer")
    assert (await anna.expect("answer")).text == "new answer"


async def test_expect_takes_each_event_once(bot: Bot, anna: User) -> None:
    await bot.send_message(anna.id, "one")
    await anna.expect("one")
    await anna.expect_none("one", seconds=0)


async def test_expect_can_look_back_to_a_given_moment(bot: Bot, anna: User) -> None:
    await bot.send_message(anna.id, "answer one")
    before = len(anna.events)
    await bot.send_message(anna.id, "answer two")
    await anna.send("next question")
    assert (await anna.expect("answer", since=before)).text == "answer two"


async def test_expect_none_fails_when_it_is_seen(bot: Bot, anna: User) -> None:
    await bot.send_message(anna.id, "surprise")
    with pytest.raises(AssertionError, match=r"Anna should not have seen: .*surprise"):
        await anna.expect_none(seconds=0)


async def test_expect_wakes_up_for_a_message_that_comes_later(bot: Bot, anna: User) -> None:
    waiting = asyncio.ensure_future(anna.expect("later"))
    await bot.send_message(anna.id, "sooner")
    await bot.send_message(anna.id, "later")
    assert (await waiting).text == "later"


async def test_typing_is_seen_but_is_no_answer(bot: Bot, anna: User) -> None:
    await bot.send_chat_action(anna.id, "typing")
    await anna.expect_none(seconds=0)
    assert (await anna.expect(kinds="action")).text == "typing"


async def test_a_listener_is_told_of_every_event(bot: Bot, anna: User) -> None:
    news = anna.listen()
    await anna.send("hello")
    await bot.send_message(anna.id, "hello yourself")
    heard = [await news.get(), await news.get()]
    assert [(event.kind, event.text) for event in heard] == [("sent", "hello"), ("message", "hello yourself")]
    assert news.empty()


async def test_a_listener_that_is_dropped_is_forgotten(anna: User) -> None:
    kept, dropped = anna.listen(), anna.listen()
    del dropped
    gc.collect()
    assert list(anna._listeners) == [kept]


async def test_an_event_stays_as_it_was_when_the_message_changes(bot: Bot, anna: User) -> None:
    sent = await bot.send_message(anna.id, "first words")
    event = await anna.expect()
    await sent.edit_text("other words")
    assert (event.data["text"], event.msg.text) == ("first words", "other words")


async def test_in_groups_the_bot_reads_only_what_is_meant_for_it(
    bot: Bot, sim: Simulator, anna: User
) -> None:
    group = sim.group("Walkers", anna)
    said = await bot.send_message(group.id, "I am here")
    for text in ("just talk", "/help", "/help@another_bot", "hi @sim_test_bot"):
        await anna.send(text, group)
    await anna.send("a reply", group, reply_to=group.messages[said.message_id])
    heard = [update.message.text for update in await bot.get_updates()]
    assert heard == ["/help", "hi @sim_test_bot", "a reply"]


async def test_a_bot_that_was_removed_cannot_write(bot: Bot, sim: Simulator, anna: User) -> None:
    group = sim.group("Walkers", anna)
    await group.remove_bot(anna)
    [update] = await bot.get_updates()
    assert update.my_chat_member.new_chat_member.status == "kicked"
    with refused("bot was kicked from the supergroup chat", Forbidden):
        await bot.send_message(group.id, "a")


async def test_the_bot_is_told_when_it_or_a_person_joins(bot: Bot, sim: Simulator, anna: User) -> None:
    group = sim.group("Walkers", anna, bot_status="left")
    await group.add_bot(anna)
    await group.join(sim.user(1002, "Ben"))
    added, own_arrival, arrival = await bot.get_updates()
    assert added.my_chat_member.new_chat_member.status == "member"
    assert [user.id for user in own_arrival.message.new_chat_members] == [bot.id]
    assert [user.first_name for user in arrival.message.new_chat_members] == ["Ben"]


async def test_a_bot_can_leave_a_group(bot: Bot, sim: Simulator, anna: User) -> None:
    group = sim.group("Walkers", anna)
    group.username = "walkers"
    assert (await bot.get_chat("@walkers")).title == "Walkers"
    await bot.leave_chat(group.id)
    with refused("bot is not a member of the supergroup chat", Forbidden):
        await bot.send_message(group.id, "a")


async def test_a_deactivated_person_cannot_be_written_to(bot: Bot, anna: User) -> None:
    anna.deactivated = True
    with refused("user is deactivated", Forbidden):
        await bot.send_message(anna.id, "a")


async def test_a_person_who_blocked_the_bot_has_to_unblock_it_to_write(anna: User) -> None:
    await anna.block()
    with pytest.raises(AssertionError, match="Anna blocked the bot"):
        await anna.send("hello")


async def test_a_message_deleted_by_its_writer_is_not_there_for_the_bot(bot: Bot, anna: User) -> None:
    msg = await anna.send("never mind")
    await anna.delete(msg)
    with refused("message to react not found"):
        await bot.set_message_reaction(anna.id, msg.id, "👍")


async def test_a_transcript_tells_who_saw_what(bot: Bot, anna: User) -> None:
    await bot.send_message(anna.id, "Where is it?", reply_markup=keyboard("Neck", "Back"))
    await anna.press("Back")
    lines = [line.split(" ", 1)[1] for line in anna.transcript().splitlines()[1:]]
    assert lines == [
        "bot: (message #2) Where is it?",
        "     [Neck] [Back]",
        "Anna: (pressed #2) [Back]",
    ]


async def test_an_administrator_is_known_as_one(bot: Bot, sim: Simulator, anna: User) -> None:
    group = sim.group("Walkers", anna, bot_status="administrator")
    assert (await bot.get_chat_member(group.id, bot.id)).status == "administrator"
    assert (await bot.get_chat_member(group.id, anna.id)).status == "member"
    group.admins.add(anna.id)
    assert (await bot.get_chat_member(group.id, anna.id)).status == "administrator"


async def test_an_admin_has_a_menu_of_their_own(bot: Bot, sim: Simulator, anna: User) -> None:
    ben = sim.user(1002, "Ben")
    group = sim.group("Walkers", anna, ben)
    group.admins.add(anna.id)
    await bot.set_my_commands([("relief", "A point")], scope=BotCommandScopeAllGroupChats())
    await bot.set_my_commands([("remind", "Remind")], scope=BotCommandScopeAllChatAdministrators())
    for user, command in ((anna, "remind"), (ben, "relief")):
        assert [each["command"] for each in sim.commands_for(user, group)] == [command]


async def test_a_group_that_became_a_supergroup_names_its_new_id(post, sim: Simulator, anna: User) -> None:
    old = sim.group("Walkers", anna, type="group")
    new = await old.migrate()
    answer = await post("sendMessage", chat_id=old.id, text="a")
    assert answer["parameters"] == {"migrate_to_chat_id": new.id}
