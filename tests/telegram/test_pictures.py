"""A point comes with its picture: uploaded once, changed with the words, gone with them, never in the way.

Here the companion has its pictures; the other files of this room leave them out.
"""

from __future__ import annotations

import re

import pytest
from stand import NOT_MODIFIED, Stand, tap

from bot.conversation.actions import ShowPoint, encode
from bot.delivery.chats import Chats
from bot.flow import Companion
from bot.library import Library
from bot.playground.botapi import Event, Simulator, User


@pytest.fixture(scope="session")
def companion(library: Library) -> Companion:
    return Companion(library)


def photos(events: list[Event]) -> list[Event]:
    return [event for event in events if event.msg and event.msg.data.get("photo")]


def named(sim: Simulator) -> list[bool]:
    """For each picture that was sent: whether it went by the name Telegram knows, not whole."""
    sent = [str(call.params["photo"]) for call in sim.calls if call.method == "sendPhoto"]
    return [name in sim.files for name in sent]


def shown(anna: User) -> list[str]:
    """What stands in the chat now: "photo" or the first words of each message of the bot."""
    return [
        "photo" if "photo" in msg.data else msg.data["text"].split("\n")[0]
        for msg in anna.chat.visible()
        if msg.from_bot
    ]


async def test_an_answer_comes_with_the_picture_of_its_point_above_it(stand: Stand, anna: User) -> None:
    picture, answer = await stand.answers(anna, anna.send("where is LI4"))

    assert photos([picture])
    assert answer.text.startswith("LI4")
    assert stand.sim.counts["sendPhoto"] == 1


async def test_a_picture_makes_no_sound_and_the_words_do(stand: Stand, anna: User) -> None:
    await stand.answers(anna, anna.send("where is LI4"))

    sent = [call for call in stand.sim.calls if call.method in ("sendPhoto", "sendMessage")]
    assert [str(call.params.get("disable_notification")).lower() for call in sent] == ["true", "false"]


async def test_a_picture_is_uploaded_once_and_named_after_that(
    stand: Stand, anna: User, ben: User, sim: Simulator
) -> None:
    await stand.answers(anna, anna.send("where is LI4"))
    await stand.answers(ben, ben.send("where is LI4"))

    uploads = [
        isinstance(call.params["photo"], str) and not call.params["photo"].startswith("attach")
        for call in sim.calls
        if call.method == "sendPhoto"
    ]
    assert uploads == [False, True]


async def test_a_picture_is_still_known_after_a_restart(
    idle_stand: Stand, anna: User, ben: User, sim: Simulator
) -> None:
    stand = idle_stand
    await stand.start()
    await stand.answers(anna, anna.send("where is LI4"))
    await stand.stop()
    await stand.start()
    await stand.answers(ben, ben.send("where is LI4"))

    uploads = [
        isinstance(call.params["photo"], str) and not call.params["photo"].startswith("attach")
        for call in sim.calls
        if call.method == "sendPhoto"
    ]
    assert uploads == [False, True]


async def test_a_name_that_telegram_forgot_is_replaced_by_one_upload(
    stand: Stand, anna: User, sim: Simulator
) -> None:
    await stand.answers(anna, anna.send("where is LI4"))
    sim.fault("sendPhoto", code=400, description="Bad Request: wrong file identifier/HTTP URL specified")
    picture, answer = await stand.answers(anna, anna.send("where is LI4"))

    assert photos([picture])
    assert answer.text.startswith("LI4")
    assert sim.counts["sendPhoto"] == 3


async def test_a_picture_that_fails_costs_the_picture_and_not_the_words(
    stand: Stand, anna: User, sim: Simulator
) -> None:
    sim.fault("sendPhoto", code=400, description="Bad Request: IMAGE_PROCESS_FAILED")

    answer = await stand.answer(anna, anna.send("where is LI4"))

    assert answer.text.startswith("LI4")


async def test_another_point_changes_words_and_picture_in_place(stand: Stand, anna: User) -> None:
    await stand.answers(anna, anna.send("my neck is stiff"))
    before = shown(anna)
    await stand.answers(anna, anna.press("Another point"))

    assert before[0] == shown(anna)[0] == "photo"
    assert len(shown(anna)) == 2
    assert stand.sim.counts["editMessageMedia"] == 1
    assert stand.sim.counts["sendPhoto"] == 1


async def test_a_menu_takes_the_picture_of_the_point_away(stand: Stand, anna: User) -> None:
    await stand.answers(anna, anna.send("where is LI4"))
    await stand.answers(anna, anna.press("Does it work?"))

    assert len(shown(anna)) == 1
    assert shown(anna) != ["photo"]


async def test_a_menu_with_a_picture_becomes_a_point_with_another(stand: Stand, anna: User) -> None:
    await stand.answers(anna, anna.send("/points"))
    assert shown(anna) == ["photo"]
    await stand.answers(anna, anna.press("Hips and legs"))
    assert shown(anna) == ["photo"]
    await stand.answers(anna, anna.press("More about it"))

    assert shown(anna)[0] == "photo"
    assert re.match(r"[A-Z]{2}\d+ ", shown(anna)[1]), "the page of a point"
    assert len(shown(anna)) == 2


async def test_a_point_chosen_in_a_menu_of_words_gets_its_picture(stand: Stand, anna: User) -> None:
    await stand.answers(anna, anna.start())
    await stand.answers(anna, anna.press("Neck"))

    assert sorted(each == "photo" for each in shown(anna)) == [False, True]


async def test_a_double_tap_leaves_one_picture(stand: Stand, anna: User) -> None:
    answers = await stand.answers(anna, anna.send("my neck is stiff"))
    data = next(
        button["callback_data"]
        for row in answers[-1].msg.data["reply_markup"]["inline_keyboard"]
        for button in row
        if button["text"] == "Another point"
    )
    stand.refusals.append("message is not modified")
    tap(anna, answers[-1], data)
    tap(anna, answers[-1], data)
    await stand.all_confirmed()

    assert len(shown(anna)) == 2


async def test_a_double_tap_on_words_alone_brings_one_picture(stand: Stand, anna: User) -> None:
    stand.refusals.append(NOT_MODIFIED)
    (menu,) = await stand.answers(anna, anna.send("/help"))
    tap(anna, menu, encode(ShowPoint("LI4")))
    tap(anna, menu, encode(ShowPoint("LI4")))
    await stand.all_confirmed()

    assert sorted(words[:4] for words in shown(anna)) == ["LI4 ", "phot"]
    await stand.answers(anna, anna.press("Does it work?", menu))
    assert len(shown(anna)) == 1, "no picture is left over"


async def test_a_danger_card_has_no_picture_beside_it(stand: Stand, anna: User, chats: Chats) -> None:
    await stand.answers(anna, anna.send("where is LI4"))
    card = await stand.answer(anna, anna.send("I can't pee since last night and my back hurts"))

    assert "emergency" in card.text
    assert not photos([card])


async def test_pages_of_points_are_turned_in_place(stand: Stand, anna: User) -> None:
    await stand.answers(anna, anna.send("/points"))
    await stand.answers(anna, anna.press("Neck and shoulders"))
    since = len(anna.events)

    for _ in range(4):
        await stand.answers(anna, anna.press("Next"))

    seen = [event.kind for event in anna.events[since:] if event.kind in ("message", "edit", "delete")]
    assert "edit" in seen
    assert set(seen) == {"edit"}
    assert "1 of 4" in anna.last.text


@pytest.mark.parametrize("turned", [0, 1, 5])
async def test_a_page_that_is_turned_with_a_double_tap_is_there_once(
    stand: Stand, anna: User, turned: int
) -> None:
    """Some pages fit under their picture and some do not, so either can follow on the other."""
    if turned < 5:
        stand.refusals += [NOT_MODIFIED, *(["message to delete not found"] if turned == 0 else [])]
    await stand.answers(anna, anna.send("/points"))
    await stand.answers(anna, anna.press("Back"))
    for _ in range(turned):
        await stand.answers(anna, anna.press("Next"))
    page = anna.last

    await stand.answers(anna, anna.press("Next", page), anna.press("Next", page))

    turned_to = f"{(turned + 1) % 6 + 1} of 6"
    assert [turned_to in msg.text for msg in anna.chat.visible() if msg.from_bot][-1]
    assert sum(turned_to in msg.text for msg in anna.chat.visible()) == 1
