"""A chart comes with its words, is drawn for one person, and leaves nothing behind."""

from __future__ import annotations

from datetime import timedelta

from stand import Stand

from bot.conversation.memory import Done, Memory
from bot.delivery.budget import OwnBudget
from bot.delivery.chats import Chats
from bot.library import CONTENT
from bot.playground.botapi import Simulator, User
from bot.storage import memories, uploads
from bot.telegram.inbound import Address
from bot.telegram.outbound import Outbound
from bot.telegram.pictures import Pictures
from bot.wording.chart import Bars, Chart
from bot.wording.reply import Reply


async def has_pressed(stand: Stand, chats: Chats, person: User) -> None:
    """Three scored holds of LI4, which is enough for a chart."""
    done = tuple(Done(stand.now() - timedelta(hours=n), "", ("LI4",), 300, 6, 4) for n in (3, 2, 1))
    memory = Memory(stand.now(), done=done)
    await chats.database.run(lambda connection: memories.save(connection, person.id, Memory(), memory))


async def test_progress_comes_as_a_picture_with_its_words_and_buttons(
    stand: Stand, chats: Chats, anna: User
) -> None:
    await has_pressed(stand, chats, anna)
    answer = await stand.answer(anna, anna.send("/progress"))

    assert answer.msg
    assert "photo" in answer.msg.data
    assert "Routines and holds: 3." in answer.text
    assert answer.msg.data["reply_markup"]["inline_keyboard"]


async def test_a_chart_is_sent_whole_each_time_and_its_name_is_kept_nowhere(
    stand: Stand, chats: Chats, sim: Simulator, anna: User
) -> None:
    await has_pressed(stand, chats, anna)
    await stand.answers(anna, anna.send("/progress"), anna.send("/progress"))

    sent = [str(call.params["photo"]) for call in sim.calls if call.method == "sendPhoto"]
    assert len(sent) == 2
    assert not any(name in sim.files for name in sent)
    assert await chats.database.run(lambda connection: uploads.load(connection, stand.bot.id)) == {}


async def test_who_has_not_agreed_gets_no_picture(stand: Stand, sim: Simulator, anna: User) -> None:
    await stand.answer(anna, anna.send("/progress"))

    assert sim.counts["sendPhoto"] == 0


async def test_a_chart_that_telegram_refuses_costs_the_chart_and_not_the_words(
    stand: Stand, chats: Chats, sim: Simulator, anna: User
) -> None:
    await has_pressed(stand, chats, anna)
    sim.fault("sendPhoto", code=400, description="Bad Request: IMAGE_PROCESS_FAILED")
    answer = await stand.answer(anna, anna.send("/progress"))

    assert "Routines and holds: 3." in answer.text


async def test_a_chart_that_cannot_be_drawn_costs_the_chart_and_not_the_words(
    stand: Stand, chats: Chats, anna: User
) -> None:
    await stand.answer(anna, anna.send("hello"))
    pictures = Pictures(CONTENT, chats.database, stand.bot.id)
    outbound = Outbound(stand.bot, OwnBudget(), pictures)
    nothing_to_draw = Chart((Bars("Minutes", (), ()),))
    await outbound.deliver(Address(anna.id, private=True), [Reply("The words", chart=nothing_to_draw)])

    assert anna.events[-1].text == "The words"
