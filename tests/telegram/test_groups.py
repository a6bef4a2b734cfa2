"""In a group the bot speaks when it is called by its name, to the one who called, and else keeps quiet."""

from __future__ import annotations

import asyncio

import pytest
from stand import NOT_MODIFIED, PATIENCE_SECONDS, Stand, tap

from bot.conversation.actions import encode
from bot.conversation.memory import Memory
from bot.conversation.reminder_actions import ManageReminder
from bot.library import Library
from bot.playground.botapi import Chat, Simulator, User, topics
from bot.storage import memories
from bot.wording.writer import Writer


@pytest.fixture
def group(sim: Simulator, anna: User, ben: User) -> Chat:
    """A group in which the bot may read everything."""
    sim.privacy_mode = False
    return sim.group("Sore backs", anna, ben)


@pytest.mark.parametrize(
    "text", ["I have a headache", "my neck hurts", "/help", "/help@other_bot", "/unknown", "LI4", "stop"]
)
async def test_ordinary_talk_is_not_answered(stand: Stand, anna: User, group: Chat, text: str) -> None:
    assert await stand.answers(anna, anna.send(text, chat=group)) == []


async def test_things_without_words_are_not_answered(stand: Stand, anna: User, group: Chat) -> None:
    assert await stand.answers(anna, anna.send_media("voice", chat=group)) == []


async def test_a_command_that_names_the_bot_is_answered_as_a_reply(
    stand: Stand, anna: User, group: Chat, library: Library
) -> None:
    question = await anna.send("/help@sim_test_bot", chat=group)
    answer = await stand.answer(anna)

    assert answer.chat is group
    assert answer.data["reply_to_message"]["message_id"] == question.id


@pytest.mark.parametrize(
    "text",
    [
        "/relief neck",
        "/relief@sim_test_bot neck",
        "/RELIEF@Sim_Test_Bot neck",
        "@sim_test_bot neck pain",
        "my neck hurts @SIM_TEST_BOT, what helps",
    ],
)
async def test_who_calls_the_bot_is_answered(stand: Stand, anna: User, group: Chat, text: str) -> None:
    answer = await stand.answer(anna, anna.send(text, chat=group))

    assert "GB21" in answer.text


@pytest.mark.parametrize("text", ["/relief@other_bot neck", "@sim_test_bot2 neck", "me@sim_test_bot neck"])
async def test_what_is_said_to_another_is_not_answered(
    stand: Stand, anna: User, group: Chat, text: str
) -> None:
    assert await stand.answers(anna, anna.send(text, chat=group)) == []


@pytest.mark.parametrize("text", ["/relief", "/relief@sim_test_bot", "@sim_test_bot"])
async def test_a_call_without_words_is_asked_what_aches(
    stand: Stand, anna: User, group: Chat, library: Library, text: str
) -> None:
    answer = await stand.answer(anna, anna.send(text, chat=group))

    assert answer.text == library.words.browsing.what_aches


@pytest.mark.parametrize("text", ["and my neck?", "/relief neck", "neck @sim_test_bot"])
async def test_a_reply_to_a_message_of_the_bot_is_answered(
    stand: Stand, anna: User, ben: User, group: Chat, text: str
) -> None:
    first = await stand.answer(anna, anna.send("/relief shoulder", chat=group))

    answer = await stand.answer(ben, ben.send(text, chat=group, reply_to=first.msg))

    assert "GB21" in answer.text


async def test_a_plain_command_counts_when_it_replies_to_the_bot(
    stand: Stand, anna: User, group: Chat
) -> None:
    first = await stand.answer(anna, anna.send("/relief shoulder", chat=group))

    assert await stand.answers(anna, anna.send("/help", chat=group, reply_to=first.msg))


async def test_a_lively_group_does_not_count_as_somebody_who_writes_too_much(
    stand: Stand, anna: User, ben: User, group: Chat
) -> None:
    for number in range(40):
        await ben.send(f"good morning {number}", chat=group)

    answer = await stand.answer(anna, anna.send("@sim_test_bot neck", chat=group))

    assert "GB21" in answer.text


async def test_a_reply_to_another_person_is_not_for_the_bot(
    stand: Stand, anna: User, ben: User, group: Chat
) -> None:
    said = await anna.send("good morning", chat=group)

    assert await stand.answers(ben, ben.send("my neck hurts", chat=group, reply_to=said)) == []


async def test_danger_in_a_group_is_answered_with_the_card_alone(
    stand: Stand, anna: User, group: Chat
) -> None:
    text = "/relief my back, and I can't pee since last night"

    answer = await stand.answer(anna, anna.send(text, chat=group))

    assert "emergency" in answer.text
    assert not answer.msg.buttons


async def test_a_reply_stays_in_its_topic(stand: Stand, anna: User, group: Chat) -> None:
    topic = {"message_thread_id": 77, "is_topic_message": True}

    answer = await stand.answer(anna, anna.send("/help@sim_test_bot", chat=group, **topic))

    assert answer.data["message_thread_id"] == 77


async def test_the_signals_of_a_routine_come_in_the_topic_in_which_it_began(
    stand: Stand, anna: User, group: Chat
) -> None:
    topic = {"message_thread_id": 77, "is_topic_message": True}
    text = "/relief time LI4 for 60 seconds once on the left"
    card = await stand.answer(anna, anna.send(text, chat=group, **topic))
    card.msg.data["is_topic_message"] = True
    await stand.answers(anna, anna.press("Start", card))

    stand.pass_time(60)
    ended = await anna.expect(kinds="message")

    assert ended.data["message_thread_id"] == 77


async def test_the_signals_of_a_routine_that_takes_the_place_of_another_come_in_its_topic(
    stand: Stand, anna: User, group: Chat
) -> None:
    await start_a_hold(stand, anna, group)
    topic = {"message_thread_id": 77, "is_topic_message": True}
    text = "/relief time SI3 for 60 seconds once on the left"
    card = await stand.answer(anna, anna.send(text, chat=group, **topic))
    card.msg.data["is_topic_message"] = True
    await stand.answers(anna, anna.press("Start", card))
    await stand.answers(anna, anna.press("Start the new one", card))

    stand.pass_time(60)
    ended = await anna.expect(kinds="message")

    assert ended.data["message_thread_id"] == 77


@pytest.mark.parametrize(("button", "answer"), [("4", "4 out of 10"), ("Worse or odd", "Rest")])
async def test_who_did_a_routine_can_say_in_the_group_how_it_was(
    stand: Stand, anna: User, group: Chat, button: str, answer: str
) -> None:
    await start_a_hold(stand, anna, group)
    stand.pass_time(60)
    ended = await anna.expect(kinds="message")
    assert (await known_of(stand, group.id)) == Memory(), "nothing of it stays in the database"

    told = await stand.answers(anna, anna.press(button, ended))

    assert answer in told[-1].text
    assert "rest of today" not in told[-1].text, "a group does not remember which points rest"


async def test_an_answer_comes_even_when_the_question_was_deleted(
    stand: Stand, anna: User, group: Chat
) -> None:
    async def ask_and_delete() -> None:
        await anna.delete(await anna.send("/help@sim_test_bot", chat=group))

    answer = await stand.answer(anna, ask_and_delete())

    assert "reply_to_message" not in answer.data


async def test_the_tap_of_another_member_changes_nothing_and_is_told_so(
    stand: Stand, anna: User, ben: User, group: Chat, library: Library
) -> None:
    answer = await stand.answer(anna, anna.send("/relief my neck hurts", chat=group))

    seen = await stand.answers(ben, ben.press("Another point", answer))

    assert [(event.kind, event.text) for event in seen] == [("toast", library.words.groups.not_yours)]
    assert answer.msg.text == answer.text


async def test_who_asked_taps_and_the_message_changes(stand: Stand, anna: User, group: Chat) -> None:
    stand.refusals.append(NOT_MODIFIED)
    answer = await stand.answer(anna, anna.send("/relief my neck hurts", chat=group))

    await stand.answers(anna, anna.press("Another point", answer), anna.press("Another point", answer))

    assert answer.msg.text != answer.text
    assert len(stand.sent(group.id)) == 1


async def test_the_button_into_the_private_chat_leads_to_the_same_answer(
    stand: Stand, anna: User, group: Chat
) -> None:
    answer = await stand.answer(anna, anna.send("/relief my neck hurts", chat=group))
    before = len(anna.events)
    await anna.press("Open in private", answer)
    link = anna.events[before + 1].text

    private = await stand.answer(anna, anna.start(link.partition("start=")[2]))

    assert private.chat.user is anna
    assert "GB21" in answer.text
    assert "GB21" in private.text


async def test_news_of_the_group_gets_no_answer(
    stand: Stand, sim: Simulator, anna: User, group: Chat
) -> None:
    async def happen() -> None:
        await group.join(sim.user(1009, "Eve"))
        await group.add_bot(anna)
        anna.post(group, {"new_chat_title": "Sorer backs"})
        anna.post(group, {"forum_topic_created": {"name": "Necks", "icon_color": 7322096}})
        await group.remove_bot(anna)

    assert await stand.answers(anna, happen()) == []


async def test_a_channel_and_those_who_speak_for_a_chat_get_no_answer(
    idle_stand: Stand, anna: User, group: Chat
) -> None:
    channel = {"id": -1009, "type": "channel", "title": "Backs"}
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    text = "/help@sim_test_bot"
    command = {"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": len(text)}]}
    post = {"message_id": 1, "date": 1, "chat": channel, "sender_chat": channel, **command}
    # Pushed before the bot says which updates it wants, as they wait from an earlier time.
    idle_stand.sim.push("channel_post", post)
    idle_stand.sim.push("edited_channel_post", {**post, "edit_date": 2})
    idle_stand.sim.push("message", {**post, "chat": group.json, "from": anonymous, "sender_chat": group.json})
    idle_stand.sim.push(
        "message_reaction_count", {"chat": channel, "message_id": 1, "date": 1, "reactions": []}
    )
    await idle_stand.start()

    assert await idle_stand.answers(anna) == []
    assert idle_stand.sim.counts["sendMessage"] == 0


async def test_a_post_that_a_channel_forwards_to_its_group_gets_no_answer(
    stand: Stand, sim: Simulator, anna: User, group: Chat
) -> None:
    """Nor does what a person says in the name of a channel."""
    channel = {"id": -1009, "type": "channel", "title": "Backs"}
    telegram = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    post = {"message_id": 900, "date": 1, "chat": group.json, "text": "/relief neck"}
    post["entities"] = [{"type": "bot_command", "offset": 0, "length": 7}]

    async def forward() -> None:
        sim.push("message", {**post, "from": telegram, "is_automatic_forward": True, "sender_chat": channel})
        sim.push("message", {**post, "message_id": 901, "from": telegram})
        sim.push("message", {**post, "message_id": 902, "from": anna.json, "sender_chat": channel})

    assert await stand.answers(anna, forward()) == []


async def known_of(stand: Stand, chat_id: int) -> Memory:
    return await stand.chats.database.run(lambda connection: memories.load(connection, chat_id))


async def start_a_hold(stand: Stand, anna: User, group: Chat) -> None:
    text = "/relief time LI4 for 60 seconds once on the left"
    await stand.answers(anna, anna.send(text, chat=group))
    await stand.answers(anna, anna.press("Start", chat=group))
    assert (await known_of(stand, group.id)).round


@pytest.mark.parametrize("status", ["kicked", "left"])
async def test_nothing_is_kept_of_a_group_that_removes_the_bot(
    stand: Stand, anna: User, group: Chat, status: str
) -> None:
    await start_a_hold(stand, anna, group)

    await group.remove_bot(anna, status)
    await stand.all_confirmed()

    assert await known_of(stand, group.id) == Memory()
    assert await stand.chats.next_due() is None


async def test_a_group_in_which_the_bot_may_not_write_is_not_written_to_again(
    stand: Stand, sim: Simulator, anna: User, group: Chat
) -> None:
    await start_a_hold(stand, anna, group)
    refusal = "Bad Request: not enough rights to send text messages to the chat"
    sim.fault("sendMessage", times=100, code=400, description=refusal)
    before = len(stand.sent(group.id))

    stand.pass_time(60)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await known_of(stand, group.id) != Memory() or await stand.chats.waiting_letters(stand.now()):
            await asyncio.wait({stand.polling}, timeout=0.01)
    assert await stand.answers(anna, anna.send("/relief neck", chat=group)) == []

    assert await known_of(stand, group.id) == Memory()
    assert len(stand.sent(group.id)) == before + 2


async def test_where_pictures_are_not_allowed_words_are_sent(
    stand: Stand, sim: Simulator, anna: User, group: Chat, monkeypatch: pytest.MonkeyPatch, library: Library
) -> None:
    monkeypatch.setattr(stand.chats.companion, "writer", Writer(library))
    refusal = "Bad Request: not enough rights to send photos to the chat"
    sim.fault("sendPhoto", times=100, code=400, description=refusal)

    answer = await stand.answer(anna, anna.send("/relief neck", chat=group))

    assert "GB21" in answer.text


async def test_a_group_that_gets_a_new_number_keeps_its_routine(
    stand: Stand, sim: Simulator, anna: User
) -> None:
    group = sim.group("Sore backs", anna, type="group")
    await start_a_hold(stand, anna, group)

    new = await group.migrate()
    await stand.all_confirmed()
    stand.pass_time(60)
    await anna.expect(lambda event: event.chat is new, kinds="message")

    assert await known_of(stand, group.id) == Memory()


async def test_a_group_the_bot_was_removed_from_is_left_alone(stand: Stand, anna: User, group: Chat) -> None:
    stand.refusals.append("bot was kicked from the supergroup chat")
    await anna.send("/help@sim_test_bot", chat=group)
    await group.remove_bot(anna)

    await stand.all_confirmed()

    assert len(stand.sent(group.id)) == 1


async def test_an_answer_follows_a_group_that_became_a_supergroup(
    stand: Stand, sim: Simulator, anna: User
) -> None:
    stand.refusals.append("upgraded to a supergroup")
    group = sim.group("Sore backs", anna, type="group")
    await anna.send("/help@sim_test_bot", chat=group)
    new = await group.migrate()

    answer = await stand.answer(anna)

    assert answer.chat is new


async def test_a_tap_in_a_group_that_became_a_supergroup_is_answered_there(
    stand: Stand, sim: Simulator, anna: User
) -> None:
    stand.refusals.append("upgraded to a supergroup")
    group = sim.group("Sore backs", anna, type="group")
    old = await stand.answer(anna, anna.send("/help@sim_test_bot", chat=group))
    new = await group.migrate()

    answer = await stand.answer(anna, anna.press("Body regions", old))

    assert (answer.kind, answer.chat) == ("message", new)


# --- reminders that admins set


@pytest.fixture
def led(group: Chat, anna: User) -> Chat:
    """The group, with Anna as its admin."""
    group.admins.add(anna.id)
    return group


async def test_an_admin_sets_a_reminder_for_the_group_and_it_comes_in_the_same_topic(
    stand: Stand, sim: Simulator, anna: User, ben: User, led: Chat
) -> None:
    topics.found(led, anna, "Breaks")
    led.open_topics[anna.id] = next(iter(led.topics))

    confirmed = await stand.answer(anna, anna.send("/remind@sim_test_bot neck in 20 minutes", chat=led))
    since = len(ben.events)
    stand.pass_time(21 * 60)
    came = await ben.expect(lambda event: event.chat is led, kinds="message", since=since)

    assert confirmed.data["message_thread_id"] == came.data["message_thread_id"]
    assert came.data["reply_markup"]["inline_keyboard"][0][0]["url"].endswith("?start=r_R03")


async def test_a_reminder_of_a_group_is_set_over_several_replies(
    stand: Stand, anna: User, ben: User, led: Chat
) -> None:
    asked = await stand.answer(anna, anna.send("/remind@sim_test_bot every day 15:00", chat=led))
    answer = await stand.answer(anna, anna.send("Berlin", chat=led, reply_to=asked.msg))

    assert "in Berlin" in answer.text
    (reminder,) = (await known_of(stand, led.id)).reminders
    assert reminder.schedule.zone == "Europe/Berlin"


async def test_who_is_no_admin_sets_no_reminder(stand: Stand, ben: User, led: Chat) -> None:
    answer = await stand.answer(ben, ben.send("/remind@sim_test_bot 15:00 Berlin", chat=led))

    assert "Only an admin" in answer.text
    assert await known_of(stand, led.id) == Memory()


async def test_while_telegram_does_not_say_who_is_an_admin_nobody_is(
    stand: Stand, sim: Simulator, anna: User, led: Chat
) -> None:
    sim.fault("getChatMember", times=1, code=400, description="Bad Request: CHAT_ADMIN_REQUIRED")
    refused = await stand.answer(anna, anna.send("/remind@sim_test_bot 15:00 Berlin", chat=led))
    answer = await stand.answer(anna, anna.send("/remind@sim_test_bot 15:00 Berlin", chat=led))

    assert "Only an admin" in refused.text
    assert "in Berlin" in answer.text


async def test_only_a_tap_of_an_admin_stops_a_reminder_and_twice_is_once(
    stand: Stand, anna: User, ben: User, led: Chat
) -> None:
    await stand.answer(anna, anna.send("/remind@sim_test_bot neck 15:00 Berlin", chat=led))
    await stand.answer(ben, ben.send("/reminders@sim_test_bot", chat=led))
    (refused,) = await stand.answers(ben, ben.press("Stop 1", chat=led))
    still = (await known_of(stand, led.id)).reminders
    listed = led.visible()[-1]
    stand.refusals = [NOT_MODIFIED]
    for _ in range(2):
        await stand.answers(anna, tap(anna, listed, encode(ManageReminder("delete", 1))).answered())

    assert (refused.kind, len(still)) == ("toast", 1)
    assert await known_of(stand, led.id) == Memory()
    assert await stand.chats.next_due() is None


async def test_nothing_comes_to_a_group_after_its_admin_said_stop(
    stand: Stand, anna: User, led: Chat
) -> None:
    await stand.answer(anna, anna.send("/remind@sim_test_bot neck in 20 minutes", chat=led))
    await stand.answer(anna, anna.send("/stop@sim_test_bot", chat=led))
    stand.pass_time(21 * 60)

    assert await stand.chats.next_due() is None
    assert await stand.answers(anna) == []


async def test_reminders_follow_a_group_to_its_new_number(stand: Stand, sim: Simulator, anna: User) -> None:
    old = sim.group("Sore backs", anna, type="group")
    old.admins.add(anna.id)
    await stand.answer(anna, anna.send("/remind@sim_test_bot neck in 20 minutes", chat=old))
    new = await old.migrate()
    await stand.all_confirmed()
    since = len(anna.events)
    stand.pass_time(21 * 60)

    await anna.expect(lambda event: event.chat is new, kinds="message", since=since)
    assert await known_of(stand, old.id) == Memory()


async def test_a_group_that_removes_the_bot_has_no_reminders_any_more(
    stand: Stand, anna: User, led: Chat
) -> None:
    await stand.answer(anna, anna.send("/remind@sim_test_bot neck 15:00 Berlin", chat=led))
    await led.remove_bot(anna)
    await stand.all_confirmed()

    assert await known_of(stand, led.id) == Memory()
    assert await stand.chats.next_due() is None


async def test_a_topic_that_is_gone_is_not_written_to_day_after_day(
    stand: Stand, anna: User, led: Chat
) -> None:
    topic, _ = (topics.found(led, anna, name) for name in ("Breaks", "Walks"))
    led.open_topics[anna.id] = topic
    await stand.answer(anna, anna.send("/remind@sim_test_bot neck every day 15:00 Berlin", chat=led))
    del led.topics[topic]
    stand.refusals = ["message thread not found"]
    due = await stand.chats.next_due()
    assert due
    stand.pass_time((due - stand.now()).total_seconds() + 1)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await known_of(stand, led.id) != Memory():
            await asyncio.wait({stand.polling}, timeout=0.01)

    assert await stand.chats.next_due() is None
