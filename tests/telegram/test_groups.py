"""In a group the bot speaks when it is called by its name, to the one who called, and else keeps quiet."""

from __future__ import annotations

import pytest
from stand import Stand

from bot.library import Library
from bot.playground.botapi import Chat, Simulator, User


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


async def test_a_reply_stays_in_its_topic(stand: Stand, anna: User, group: Chat) -> None:
    topic = {"message_thread_id": 77, "is_topic_message": True}

    answer = await stand.answer(anna, anna.send("/help@sim_test_bot", chat=group, **topic))

    assert answer.data["message_thread_id"] == 77


async def test_an_answer_comes_even_when_the_question_was_deleted(
    stand: Stand, anna: User, group: Chat
) -> None:
    async def ask_and_delete() -> None:
        await anna.delete(await anna.send("/help@sim_test_bot", chat=group))

    answer = await stand.answer(anna, ask_and_delete())

    assert "reply_to_message" not in answer.data


async def test_the_tap_of_another_member_stops_loading_and_breaks_nothing(
    stand: Stand, anna: User, ben: User, group: Chat
) -> None:
    answer = await stand.answer(anna, anna.send("/help@sim_test_bot", chat=group))

    press = await ben.press("Body regions", answer)
    await press.answered(1)
    await stand.all_confirmed()

    assert len(stand.sent(group.id)) == 1


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
