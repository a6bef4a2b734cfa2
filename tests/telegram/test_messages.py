"""Whatever somebody sends in a private chat gets one answer: words, commands, links, pictures, or a mess."""

from __future__ import annotations

import asyncio

import pytest
from stand import Stand

from bot.delivery.pace import MOST_IN_WINDOW
from bot.library import Library
from bot.playground.botapi import Simulator, User

LONGEST_WELCOME = 600


# --- words


async def test_a_complaint_is_answered_once_with_all_that_is_needed_to_press(
    stand: Stand, anna: User
) -> None:
    answer = await stand.answer(anna, anna.send("my neck hurts"))

    assert answer.kind == "message"
    assert "neck pain" in answer.text
    begins = [line.partition(":")[0] for line in answer.text.splitlines()]
    assert {"Where", "How", "How long", "Which side", "Leave this point out if"} <= set(begins)
    assert answer.labels


async def test_words_that_were_forwarded_are_read_like_others(stand: Stand, anna: User, ben: User) -> None:
    origin = {"type": "user", "sender_user": ben.json, "date": stand.sim.now()}

    answer = await stand.answer(anna, anna.send("my neck hurts", forward_origin=origin))

    assert "neck pain" in answer.text


async def test_an_edited_message_gets_one_new_answer(stand: Stand, anna: User) -> None:
    message = await anna.send("qwertz")
    await stand.all_confirmed()

    answer = await stand.answer(anna, anna.edit_message(message, "my neck hurts"))

    assert answer.kind == "message"
    assert "neck pain" in answer.text


async def test_the_longest_message_gets_one_answer(stand: Stand, anna: User) -> None:
    rant = ("my neck hurts and nobody listens and it never ends, " * 100)[:4096]

    answer = await stand.answer(anna, anna.send(rant))

    assert "neck pain" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "<b>&_*[`",
        "</b> my neck hurts & <script>",
        "&lt;&amp;&#0;&bogus;",
        "\u202e my neck hurts \u2066",
        "a\0b",
        "\u200b\u200d\ufeff",
        "👩🏽‍🦽‍➡️" * 400,
        "Z̸̢̛̟͙" * 500,
        "\n" * 50 + ".",
        "/",
        "%s %(x)s {number} {0}",
    ],
    ids=ascii,
)
async def test_signs_that_could_break_something_get_one_answer(stand: Stand, anna: User, text: str) -> None:
    await stand.answer(anna, anna.send(text))


async def test_a_name_full_of_signs_breaks_nothing(stand: Stand, sim: Simulator) -> None:
    person = sim.user(1003, "<b>\u202e&\0" + "🦴" * 50, language_code="")

    await stand.answer(person, person.start())


# --- commands and links


async def test_start_is_one_short_message_with_buttons(stand: Stand, anna: User) -> None:
    answer = await stand.answer(anna, anna.start())

    assert len(answer.text) <= LONGEST_WELCOME
    assert answer.text.count("?") == 1
    assert 4 <= len(answer.labels) <= 8


async def test_a_link_to_a_point_shows_it(stand: Stand, anna: User) -> None:
    answer = await stand.answer(anna, anna.start("p_LI4"))

    assert answer.text.startswith("LI4 ")


async def test_a_link_to_a_complaint_answers_it(stand: Stand, anna: User, library: Library) -> None:
    answer = await stand.answer(anna, anna.start("c_sciatica"))

    assert library.words.complaints["sciatica"].name in answer.text.splitlines()[0]


@pytest.mark.parametrize("payload", ["p_ZZ99", "c_", "p_", "-_-", "x" * 64])
async def test_a_link_to_nowhere_is_an_ordinary_start(stand: Stand, anna: User, payload: str) -> None:
    plain = await stand.answer(anna, anna.start())

    answer = await stand.answer(anna, anna.start(payload))

    assert (answer.text, answer.labels) == (plain.text, plain.labels)


async def test_every_command_of_the_menu_is_answered_in_its_own_way(stand: Stand, anna: User) -> None:
    stand.sim.limits.flood = False
    names = stand.chats.companion.writer.commands()
    answers = [await stand.answer(anna, anna.send(f"/{name}")) for name in names]

    assert len({answer.text for answer in answers}) == len(answers)
    assert not any("do not know that command" in answer.text for answer in answers)


async def test_an_unknown_command_names_the_closest(stand: Stand, anna: User) -> None:
    answer = await stand.answer(anna, anna.send("/hepl"))

    assert "/help?" in answer.text


@pytest.mark.parametrize("command", ["/HELP", "/help@sim_test_bot", "/Help@SIM_TEST_BOT", "/help\nplease"])
async def test_a_command_is_known_however_it_is_written(stand: Stand, anna: User, command: str) -> None:
    plain = await stand.answer(anna, anna.send("/help"))

    assert (await stand.answer(anna, anna.send(command))).text == plain.text


@pytest.mark.parametrize("text", ["/help@OtherBot", "/start@other_bot p_LI4"])
async def test_a_command_for_another_bot_is_left_to_it(stand: Stand, anna: User, text: str) -> None:
    assert await stand.answers(anna, anna.send(text)) == []


# --- things without words


@pytest.mark.parametrize(
    "kind", ["voice", "audio", "video_note", "photo", "video", "animation", "document", "sticker"]
)
async def test_a_file_is_answered_kindly_once(stand: Stand, anna: User, kind: str, library: Library) -> None:
    answer = await stand.answer(anna, anna.send_media(kind))

    assert answer.text == library.words.sentences.no_words
    assert answer.labels


@pytest.mark.parametrize("kind", ["contact", "poll", "dice", "venue", "checklist"])
async def test_a_thing_that_is_no_file_is_answered_kindly_once(
    stand: Stand, anna: User, kind: str, library: Library
) -> None:
    thing = stand.sim.spec.dummy(kind.title())

    async def send() -> None:
        anna.post(anna.chat, {kind: thing})

    answer = await stand.answer(anna, send())

    assert answer.text == library.words.sentences.no_words


async def test_what_stands_under_a_picture_is_read_as_words(stand: Stand, anna: User) -> None:
    answer = await stand.answer(anna, anna.send_photo(caption="my neck hurts"))

    assert "neck pain" in answer.text


async def album(person: User, *captions: str) -> list:
    size = person.sim.spec.dummy("PhotoSize")
    content = {"photo": [size], "media_group_id": "album-1"}
    return [
        person.post(person.chat, {**content, **({"caption": words} if words else {})}) for words in captions
    ]


async def test_an_album_gets_one_answer(stand: Stand, anna: User) -> None:
    answer = await stand.answer(anna, album(anna, "my neck hurts", "", ""))

    assert "neck pain" in answer.text


async def test_words_under_a_later_picture_of_an_album_are_read(stand: Stand, anna: User) -> None:
    answers = await stand.answers(anna, album(anna, "", "crushing chest pain down my arm", ""))

    assert "emergency" in answers[-1].text


async def test_words_under_an_album_that_are_corrected_get_a_new_answer(stand: Stand, anna: User) -> None:
    first, *_ = await album(anna, "qwertz", "", "")
    await stand.all_confirmed()

    async def correct() -> None:
        stand.sim.push("edited_message", {**first.data, "caption": "my neck hurts", "edit_date": 1})

    answer = await stand.answer(anna, correct())

    assert "neck pain" in answer.text


async def test_a_place_that_moves_is_answered_once(stand: Stand, anna: User) -> None:
    place = await anna.share_location(52.5, 13.4, live_period=900)
    await stand.all_confirmed()

    async def move() -> None:
        stand.sim.push("edited_message", {**place.data, "edit_date": stand.sim.now()})

    assert await stand.answers(anna, move()) == []


# --- nothing to answer


@pytest.mark.parametrize(
    "news",
    [
        {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1001, "type": "private"}}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"write_access_allowed": {}},
    ],
    ids=lambda news: next(iter(news)),
)
async def test_news_about_the_chat_gets_no_answer(stand: Stand, anna: User, news: dict) -> None:
    async def happen() -> None:
        anna.post(anna.chat, news)

    assert await stand.answers(anna, happen()) == []


async def test_another_bot_gets_no_answer(stand: Stand, anna: User) -> None:
    anna.json["is_bot"] = True

    assert await stand.answers(anna, anna.send("my neck hurts")) == []


# --- many at once


async def test_two_people_at_once_get_each_their_own_answer(stand: Stand, anna: User, ben: User) -> None:
    await asyncio.gather(anna.send("my neck hurts"), ben.send("where is KI3"))
    await stand.all_confirmed()

    assert "neck pain" in anna.chat.visible()[-1].text
    assert ben.chat.visible()[-1].text.startswith("KI3 ")
    assert len(stand.sent(anna.id)) == len(stand.sent(ben.id)) == 1


async def test_of_twenty_messages_in_a_second_the_first_are_answered_and_then_one_line_says_so(
    stand: Stand, anna: User, ben: User, library: Library
) -> None:
    codes = list(library.points)[:20]

    for code in codes:
        await anna.send(f"where is {code}")
    await ben.send("my neck hurts")
    await ben.expect("neck pain", timeout=1)
    await stand.all_confirmed()

    answers = [event.text for event in anna.events if event.kind == "message"]
    assert [answer.split()[0] for answer in answers[:-1]] == codes[:MOST_IN_WINDOW]
    assert "one at a time" in answers[-1]


async def test_among_many_messages_none_is_unheard(stand: Stand, anna: User) -> None:
    stand.sim.limits.flood = False
    for _ in range(MOST_IN_WINDOW + 1):
        await anna.send("my neck hurts")
    await anna.send("I'm 20 weeks pregnant")
    await anna.send("crushing chest pain going down my left arm")
    await stand.all_confirmed()
    *_, before, last = [event.text for event in anna.events if event.kind == "message"]

    assert "one at a time" in before
    assert "emergency number" in last
    answer = await stand.answer(anna, anna.send("/start p_LI4"))
    assert "pregnan" in answer.text
    assert "Where:" not in answer.text


async def test_an_update_that_comes_twice_is_answered_once(stand: Stand, anna: User, monkeypatch) -> None:
    poll = stand.sim.updates.poll

    async def stutter(*args):
        return [update for update in await poll(*args) for _ in range(2)]

    monkeypatch.setattr(stand.sim.updates, "poll", stutter)
    await anna.start()  # ends the poll that does not stutter
    await stand.all_confirmed()

    await stand.answer(anna, anna.send("my neck hurts"))
