"""In chats that the bot is not in: a list while somebody types, one answer to a mention, taps.

The bot does not know who reads along there. So it says nothing of anyone, keeps nothing, and answers within
the few seconds in which somebody looks.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Connection, select
from stand import TOO_OLD, Stand, tap
from telegram import Update

from bot.conversation.actions import Delete, ShowPoint, ShowShared, encode
from bot.conversation.events import Elsewhere, Searched
from bot.conversation.finding import FoundNothing
from bot.conversation.memory import Memory
from bot.delivery.chats import Chats
from bot.flow import Companion
from bot.library import CONTENT, Library
from bot.playground.botapi import Chat, InlineAnswer, Simulator, User
from bot.storage.database import Database
from bot.storage.tables import metadata
from bot.telegram.elsewhere import order_of
from bot.telegram.pictures import Pictures
from bot.wording.sharing import Listing
from tests.answering import NOW

AT_ONCE_SECONDS = 1.0
NAME = "@sim_test_bot"


@pytest.fixture(scope="session")
def companion(library: Library) -> Companion:
    """With pictures: whether one is shown is part of the story."""
    companion = Companion(library)
    companion.find(Searched("zzzz"), Memory(), NOW)  # the first message that nobody understands takes longer
    return companion


@pytest.fixture
def walkers(sim: Simulator, anna: User, ben: User) -> Chat:
    """A group without the bot."""
    return sim.group("Walkers", anna, ben, bot_status="left")


def ids(answer: InlineAnswer) -> list[str]:
    return [result["id"] for result in answer.results]


def answered(sim: Simulator, method: str = "answerInlineQuery") -> list[dict[str, Any]]:
    return [call.params for call in sim.calls if call.method == method]


async def search(stand: Stand, person: User, query: str, offset: str = "") -> InlineAnswer:
    answer = await person.inline_query(query, offset)
    await stand.all_confirmed()
    return answer


async def is_pregnant(stand: Stand, person: User) -> None:
    """The person tells it in private and has it kept."""
    stand.sim.limits.flood = False
    answer = await stand.answer(person, person.send("I am 20 weeks pregnant"))
    await stand.answers(person, person.press("Yes, remember it", answer))
    await stand.answers(person, person.press("Yes, store it", answer))


async def stored(database: Database) -> dict[str, list[Any]]:
    """All rows but those about pictures."""

    def work(connection: Connection) -> dict[str, list[Any]]:
        tables = [table for table in metadata.sorted_tables if table.name != "upload"]
        return {table.name: list(connection.execute(select(table)).all()) for table in tables}

    return await database.run(work)


# --- a search


async def test_a_search_finds_points_at_once_and_they_are_for_this_person_alone(
    stand: Stand, sim: Simulator, anna: User, library: Library
) -> None:
    answer = await anna.inline_query("sciatica", timeout=AT_ONCE_SECONDS)
    await stand.all_confirmed()

    assert ids(answer) == [each.code for each in library.complaints["sciatica"].points]
    assert answer.button == {
        "text": library.words.sharing.button_above,
        "start_parameter": "c_sciatica",
    }
    [params] = answered(sim)
    assert str(params["is_personal"]).lower() == "true"
    assert int(params["cache_time"]) == 0


async def test_the_list_goes_on_when_somebody_scrolls(stand: Stand, anna: User, library: Library) -> None:
    first = await search(stand, anna, "")
    rest = await search(stand, anna, "", first.next_offset)

    assert first.next_offset
    assert rest.next_offset == ""
    assert sorted(ids(first) + ids(rest)) == sorted(library.points)


@pytest.mark.parametrize("offset", ["-1", "x", "9" * 60, "²", "1.5"])
async def test_an_offset_that_is_not_ours_begins_anew(stand: Stand, anna: User, offset: str) -> None:
    assert (await search(stand, anna, "", offset)).next_offset


@pytest.mark.parametrize("query", ["zzzz", "<b>", "&", "🤕" * 100, "\ud83d", "/start", "x" * 256, "sticker"])
async def test_whatever_is_typed_gets_a_result(stand: Stand, anna: User, query: str) -> None:
    assert len((await search(stand, anna, query)).results) >= 1


async def test_what_is_chosen_stands_in_the_chat_complete_and_with_a_link(
    stand: Stand, anna: User, walkers: Chat, library: Library
) -> None:
    answer = await search(stand, anna, "GB21")
    msg = await anna.choose(answer.results[0], walkers)

    words = library.words.points["GB21"]
    for part in (words.where, words.how, words.side, *words.cautions.values()):
        assert part.removesuffix(".") in msg.text
    assert [button["url"] for button in msg.buttons] == ["https://t.me/sim_test_bot?start=p_GB21"]
    await stand.all_confirmed()


async def test_danger_leaves_only_its_card_and_no_way_to_points(
    stand: Stand, anna: User, walkers: Chat, library: Library
) -> None:
    answer = await search(stand, anna, "chest pain and my left arm")

    [result] = answer.results
    assert answer.button is None
    assert result["title"] == library.words.sharing.emergency_title
    msg = await anna.choose(result, walkers)
    assert msg.text.startswith("Please get help now")
    assert msg.buttons == []


async def test_what_the_profile_forbids_is_not_found_and_others_find_it(
    stand: Stand, anna: User, ben: User
) -> None:
    await is_pregnant(stand, anna)
    for query in ("neck", "LI4", ""):
        mine, other = await search(stand, anna, query), await search(stand, ben, query)
        assert "LI4" in ids(other)
        assert "LI4" not in ids(mine)
        sent_by_others = [result.get("input_message_content") for result in other.results]
        same = [result for result in mine.results if result["id"] in ids(other)]
        assert all(result.get("input_message_content") in sent_by_others for result in same)
        assert "pregnant, may be" not in " ".join(result["description"] for result in mine.results)


async def test_what_is_told_in_private_counts_in_the_very_next_search(stand: Stand, anna: User) -> None:
    assert "LI4" in ids(await search(stand, anna, "neck"))
    await stand.answers(anna, anna.send("I am pregnant"))
    assert "LI4" not in ids(await search(stand, anna, "neck"))


async def test_a_search_leaves_nothing_behind(
    stand: Stand, anna: User, database: Database, chats: Chats
) -> None:
    await search(stand, anna, "I am pregnant, neck")
    await search(stand, anna, "chest pain")

    assert not any((await stored(database)).values())
    assert "LI4" in ids(await search(stand, anna, "neck"))


async def test_a_search_does_not_wait_for_an_answer_that_is_held_up(
    stand: Stand, sim: Simulator, anna: User
) -> None:
    sim.fault("sendMessage", "delay", seconds=2 * AT_ONCE_SECONDS)
    await anna.send("/help")
    assert ids(await anna.inline_query("LI4", timeout=AT_ONCE_SECONDS)) == ["LI4"]
    await stand.all_confirmed()


async def test_a_search_whose_time_is_over_is_no_trouble(
    stand: Stand, sim: Simulator, anna: User, caplog: pytest.LogCaptureFixture
) -> None:
    stand.refusals.append(TOO_OLD)
    sim.limits.inline_age = -1
    with pytest.raises(AssertionError, match="was not answered"):
        await anna.inline_query("neck", timeout=0.2)
    await stand.all_confirmed()

    assert len(answered(sim)) == 1
    assert not [each for each in caplog.records if each.levelname in ("WARNING", "ERROR")]


async def test_a_search_is_not_made_up_for_after_a_wait(stand: Stand, sim: Simulator, anna: User) -> None:
    """Whoever typed it has typed on meanwhile."""
    sim.fault("answerInlineQuery", "flood", retry_after=30)
    with pytest.raises(AssertionError, match="was not answered"):
        await anna.inline_query("neck", timeout=0.2)
    await stand.all_confirmed()

    assert len(answered(sim)) == 1
    assert ids(await search(stand, anna, "LI4")) == ["LI4"]


async def test_a_lost_answer_is_given_again(stand: Stand, sim: Simulator, anna: User) -> None:
    sim.fault("answerInlineQuery", "drop")
    assert ids(await anna.inline_query("LI4", timeout=5)) == ["LI4"]
    await stand.all_confirmed()


async def test_our_own_words_that_were_chosen_are_not_read_as_a_question(
    stand: Stand, sim: Simulator, anna: User
) -> None:
    sim.privacy_mode = False
    here = sim.group("With the bot", anna)
    await stand.answers(anna, anna.start())
    [result] = (await search(stand, anna, "LI4")).results

    assert await stand.answers(anna, anna.choose(result), anna.choose(result, here)) == []


# --- pictures


async def test_a_picture_that_was_sent_before_is_part_of_the_result(
    stand: Stand, sim: Simulator, anna: User, ben: User, walkers: Chat
) -> None:
    assert "photo_file_id" not in (await search(stand, ben, "LI4")).results[0]
    await stand.answers(anna, anna.send("where is LI4"))

    [result] = (await search(stand, ben, "LI4")).results

    assert result["photo_file_id"] in sim.files
    msg = await ben.choose(result, walkers)
    assert msg.photo
    assert msg.text.startswith("LI4")
    assert not [params for params in answered(sim) if "attach://" in json.dumps(params)]
    await stand.all_confirmed()


async def test_a_picture_that_another_process_has_sent_is_known_as_well(
    stand: Stand, sim: Simulator, anna: User, database: Database
) -> None:
    first = Pictures(CONTENT / "pictures", database, stand.bot.id)
    other = Pictures(CONTENT / "pictures", database, stand.bot.id)
    assert await other.names(["points/LI4.jpg"]) == {}

    await stand.answers(anna, anna.start())
    await first.send("points/LI4.jpg", lambda file: stand.bot.send_photo(anna.id, file))

    assert (await other.names(["points/LI4.jpg", "points/BL23.jpg"])).keys() == {"points/LI4.jpg"}


async def test_a_picture_whose_words_do_not_fit_under_it_stays_away(stand: Stand, anna: User) -> None:
    await stand.answers(anna, anna.send("where is GB20"))

    [result] = (await search(stand, anna, "GB20")).results

    assert result["type"] == "article"


async def test_a_picture_that_telegram_has_forgotten_costs_the_picture_and_not_the_result(
    stand: Stand, sim: Simulator, anna: User
) -> None:
    stand.refusals.append("wrong file identifier")
    await stand.answers(anna, anna.send("where is LI4"))
    sim.files.clear()

    answers = [await search(stand, anna, "LI4") for _ in range(2)]

    assert [answer.results[0]["type"] for answer in answers] == ["article", "article"]
    assert len(answered(sim)) == 3
    await stand.answers(anna, anna.send("where is LI4"))
    assert (await search(stand, anna, "LI4")).results[0]["type"] == "photo"


# --- taps below what was sent


@pytest.fixture
async def sent(stand: Stand, anna: User, walkers: Chat) -> Any:
    """A point with its picture, sent by Anna to the walkers."""
    await stand.answers(anna, anna.send("where is LI4"))
    [result] = (await search(stand, anna, "LI4")).results
    return await anna.choose(result, walkers)


async def test_a_button_works_for_everybody_in_its_own_message(
    stand: Stand, anna: User, ben: User, sent: Any, library: Library
) -> None:
    first, words = sent.text, library.words
    press = await ben.press(words.sharing.button_when_not, sent)
    await press.answered(AT_ONCE_SECONDS)
    await stand.all_confirmed()
    assert all(clause.removesuffix(".") in sent.text for clause in words.points["LI4"].cautions.values())

    await anna.press(words.sharing.button_how, sent)
    await stand.all_confirmed()
    assert sent.text == first
    assert sent.photo


async def test_a_double_tap_there_has_one_effect(
    stand: Stand, ben: User, sent: Any, caplog: pytest.LogCaptureFixture
) -> None:
    stand.refusals.append("message is not modified")

    async def tap_twice() -> None:
        for _ in range(2):
            tap(ben, sent, encode(ShowShared("LI4", "when_not")))

    seen = await stand.answers(ben, tap_twice())

    assert [event.kind for event in seen] == ["edit"]
    assert not [each for each in caplog.records if "left as it was" in each.getMessage()]


@pytest.mark.parametrize("data", ["garbage", encode(ShowPoint("LI4")), encode(Delete()), "2:A:0:0"])
async def test_a_button_that_does_not_belong_there_does_nothing_but_stop_loading(
    stand: Stand, ben: User, sent: Any, data: str, library: Library, database: Database
) -> None:
    await is_pregnant(stand, ben)
    before, kept = sent.data, await stored(database)
    kept.pop("incoming")  # the number of an update that was acted on goes with the next poll

    press = tap(ben, sent, data)
    toast = await press.answered(AT_ONCE_SECONDS)
    await stand.all_confirmed()

    assert toast.text == library.words.sentences.old_button_toast
    assert sent.data == before
    assert kept.items() <= (await stored(database)).items()


async def test_a_tap_shows_the_same_whatever_is_known_of_who_taps(
    stand: Stand, anna: User, ben: User, sent: Any
) -> None:
    await is_pregnant(stand, ben)
    first = sent.text
    for person in (ben, anna):
        await person.press("When not to press", sent)
        await stand.all_confirmed()
        when_not = sent.text
        await person.press("How to press", sent)
        await stand.all_confirmed()
        assert (first, when_not) == (sent.text, when_not)


async def test_a_message_that_is_gone_there_is_no_trouble(
    stand: Stand, sim: Simulator, ben: User, sent: Any
) -> None:
    stand.refusals.append("MESSAGE_ID_INVALID")
    sim.inline_messages.clear()

    press = await ben.press("When not to press", sent)
    await press.answered(AT_ONCE_SECONDS)
    await stand.all_confirmed()

    assert sim.counts["sendMessage"] <= 1


# --- a mention


async def mentioned(stand: Stand, person: User, text: str, chat: Chat, **more: Any) -> Any:
    return await stand.answer(person, person.send(text, chat, **more))


async def test_a_mention_gets_one_answer_in_the_chat(
    stand: Stand, sim: Simulator, anna: User, walkers: Chat, library: Library, database: Database
) -> None:
    answer = await mentioned(stand, anna, f"{NAME} my neck hurts", walkers)

    assert answer.chat is walkers
    assert answer.text.startswith("GB21")
    assert library.words.points["GB21"].where in answer.text
    assert sim.counts["answerGuestQuery"] == 1
    assert sim.counts["sendMessage"] == 0
    assert not any((await stored(database)).values())


@pytest.mark.parametrize("text", [NAME, f"{NAME} hello", f"what is {NAME}", f"{NAME.upper()} zzzz"])
async def test_a_mention_of_nothing_is_told_what_can_be_asked(
    stand: Stand, anna: User, walkers: Chat, library: Library, text: str
) -> None:
    answer = await mentioned(stand, anna, text, walkers)

    assert answer.text == library.words.sharing.about_mentioned
    assert answer.labels


async def test_danger_in_a_mention_is_answered_by_its_card_alone(
    stand: Stand, anna: User, walkers: Chat
) -> None:
    answer = await mentioned(stand, anna, f"LI4 {NAME} and I can't feel my legs", walkers)

    assert answer.text.startswith("Please get help now")
    assert answer.labels == []


async def test_a_mention_never_shows_what_the_profile_of_the_asker_forbids(
    stand: Stand, anna: User, ben: User, walkers: Chat
) -> None:
    await is_pregnant(stand, anna)

    assert "LI4" not in (await mentioned(stand, anna, f"{NAME} LI4", walkers)).text
    assert (await mentioned(stand, ben, f"{NAME} LI4", walkers)).text.startswith("LI4")


async def test_an_answer_that_got_lost_on_its_way_back_is_not_given_twice(
    stand: Stand, sim: Simulator, anna: User, walkers: Chat
) -> None:
    stand.refusals.append(TOO_OLD)
    sim.fault("answerGuestQuery", "drop_after")

    await mentioned(stand, anna, f"{NAME} LI4", walkers)

    assert sim.counts["answerGuestQuery"] == 2


async def test_the_button_below_an_answer_to_a_mention_works(
    stand: Stand, anna: User, ben: User, walkers: Chat
) -> None:
    await stand.answers(anna, anna.send("where is LI4"))
    answer = await mentioned(stand, anna, f"{NAME} LI4", walkers)
    assert answer.photo

    [edit] = await stand.answers(ben, ben.press("When not to press", answer))

    assert edit.kind == "edit"


async def test_a_mention_under_a_picture_is_read(stand: Stand, anna: User, walkers: Chat) -> None:
    answer = await stand.answer(anna, anna.send_photo(caption=f"{NAME} my neck hurts", chat=walkers))

    assert answer.text.startswith("GB21")


async def test_one_who_speaks_for_the_group_is_answered_and_another_bot_is_not(
    stand: Stand, sim: Simulator, anna: User, walkers: Chat
) -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    robot = {"id": 77, "is_bot": True, "first_name": "Robot", "username": "robot_bot"}
    asked = await anna.send("LI4", walkers)
    for sender in ({"from": anonymous, "sender_chat": walkers.json}, {"from": robot}):
        sim.push("guest_message", {**asked.data, "text": f"{NAME} LI4", **sender, "guest_query_id": "1"})
    stand.refusals.append(TOO_OLD)
    await stand.all_confirmed()

    assert sim.counts["answerGuestQuery"] == 1


# --- going wrong


class Crash(Exception):
    """Quotes nobody."""


class CrashingCompanion(Companion):
    """Finds nothing but a fault."""

    def find(self, event: Elsewhere, memory: Memory, now: datetime) -> Listing:
        raise Crash


async def test_a_fault_of_ours_is_one_plain_result_with_a_number(
    sim: Simulator, anna: User, walkers: Chat, library: Library, database: Database
) -> None:
    stand = Stand(sim, Chats(CrashingCompanion(library), database))
    await stand.start()
    [result] = (await search(stand, anna, "neck")).results
    answer = await mentioned(stand, anna, f"{NAME} neck", walkers)
    await stand.stop()

    opening = library.words.sentences.went_wrong.partition("{")[0]
    assert result["input_message_content"]["message_text"].startswith(opening)
    assert answer.text.startswith(opening)


def test_each_search_each_mention_and_each_message_there_has_an_order_of_its_own() -> None:
    person = {"id": 5, "is_bot": False, "first_name": "Eve"}
    chat = {"id": 5, "type": "private", "first_name": "Eve"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": person, "text": "neck"}
    query = {"id": "5", "from": person, "query": "", "offset": ""}
    press = {"id": "6", "from": person, "chat_instance": "1", "data": "x"}
    updates = [
        {"message": message},
        {"inline_query": query},
        {"inline_query": {**query, "id": "7"}},
        {"guest_message": {**message, "guest_query_id": "8"}},
        {"callback_query": {**press, "inline_message_id": "9"}},
        {"callback_query": {**press, "inline_message_id": "10"}},
    ]
    orders = [order_of(Update.de_json({"update_id": 1, **each}, None)) for each in updates]
    assert len(set(orders)) == len(updates)
    tapped = {"update_id": 2, "callback_query": {**press, "message": message}}
    assert order_of(Update.de_json(tapped, None)) == orders[0]


# --- languages


async def test_everybody_there_is_answered_in_their_language(
    sim: Simulator, walkers: Chat, library: Library, database: Database
) -> None:
    companion = Companion(library, languages=["es"])
    companion.get_ready(["es"])  # whoever is the first to speak it waits longer
    stand = Stand(sim, Chats(companion, database))
    await stand.start()
    ines = sim.user(1003, "Inés", "es-mx")
    spanish = companion.writer_for("es").sharing

    answer = await search(stand, ines, "zzzz")
    msg = await ines.choose(answer.results[0], walkers)
    press = tap(ines, msg, "garbage")
    toast = await press.answered(AT_ONCE_SECONDS)
    await stand.stop()

    [row] = spanish.listing(FoundNothing()).rows
    assert row.title != library.words.sharing.nothing_title
    assert answer.results[0]["title"] == row.title
    assert msg.text == row.message.plain
    assert toast.text == spanish.strange().toast
