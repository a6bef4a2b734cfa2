"""News reach those who want them, once, and nobody else: least of all somebody who should see a doctor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot import admin
from bot.conversation.actions import Agree, SetNews, ShowSettings, encode
from bot.conversation.events import Blocked, Commanded, Event, Said, Tapped
from bot.delivery import newsroom
from bot.delivery.chats import Chats
from bot.delivery.newsroom import Newsroom
from bot.storage import mailings, outbox
from bot.storage.outbox import Letter, Urgency
from bot.wording.reply import Reply
from tests.answering import NOW

ANNA, BEN, CARA = 1001, 1002, 1003
WORDS = "The bot knows <five> new points & pictures."


async def does(chats: Chats, chat_id: int, *events: Event) -> Reply:
    for event in events:
        (reply, *_) = await chats.answer(chat_id, event, NOW)
    return reply


def tap(action: Agree | SetNews | ShowSettings, language: str | None = None) -> Tapped:
    return Tapped(encode(action), language=language)


async def wants_news(chats: Chats, chat_id: int, language: str | None = None) -> Reply:
    return await does(chats, chat_id, tap(Agree(), language), tap(SetNews("on"), language))


def begin(chats: Chats, name: str = "may", language: str = "en") -> None:
    chats.database.run_now(lambda connection: mailings.begin(connection, name, language, WORDS, NOW))


async def all_of_it(chats: Chats) -> list[Letter]:
    """Every letter that is written until nothing more comes."""
    letters, room = [], Newsroom(chats.companion, chats.database)
    while True:
        letters += await room.write(NOW)
        if all(each.ended_at for each in chats.database.run_now(mailings.every)):
            return letters


def lying(chats: Chats) -> list[int]:
    return [letter.chat_id for letter in chats.database.run_now(_waiting(chats))]


def _waiting(chats: Chats):
    def work(connection: Connection) -> list[Letter]:
        return outbox.waiting(connection, chats.database.seal, NOW)

    return work


async def test_nobody_gets_news_who_did_not_ask_for_them(chats: Chats) -> None:
    await does(chats, ANNA, tap(Agree()), Said("remind me every day at 8"))
    await does(chats, BEN, Said("my neck hurts"))
    begin(chats)

    assert await all_of_it(chats) == []


async def test_whoever_asked_gets_them_once_also_when_they_are_begun_again(chats: Chats) -> None:
    for person in (ANNA, BEN):
        await wants_news(chats, person)
    begin(chats)
    first = await all_of_it(chats)
    begin(chats)

    assert [letter.chat_id for letter in first] == [ANNA, BEN]
    assert await all_of_it(chats) == []


async def test_who_comes_in_many_at_once_still_gets_them_once(
    chats: Chats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newsroom, "PEOPLE_AT_ONCE", 2)
    people = list(range(ANNA, ANNA + 7))
    for person in people:
        await wants_news(chats, person)
    begin(chats)

    assert [letter.chat_id for letter in await all_of_it(chats)] == people


async def test_no_more_are_written_while_many_wait_to_be_sent(
    chats: Chats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newsroom, "PEOPLE_AT_ONCE", 1)
    monkeypatch.setattr(newsroom, "MOST_WAITING", 1)
    for person in (ANNA, BEN):
        await wants_news(chats, person)
    begin(chats)
    room = Newsroom(chats.companion, chats.database)

    (letter,) = await room.write(NOW)
    assert await room.write(NOW) == []

    chats.database.run_now(lambda connection: outbox.drop(connection, letter.id))
    assert [each.chat_id for each in await room.write(NOW)] == [BEN]


async def test_the_words_are_the_operators_made_safe_and_come_without_a_sound(chats: Chats) -> None:
    await wants_news(chats, ANNA)
    begin(chats)
    (letter,) = await all_of_it(chats)

    assert letter.reply.plain == WORDS
    assert letter.reply.silent
    assert letter.urgency == max(Urgency)


async def test_one_tap_below_them_ends_them(chats: Chats) -> None:
    await wants_news(chats, ANNA)
    begin(chats)
    (letter,) = await all_of_it(chats)
    (button,) = letter.reply.buttons
    assert button.action is not None
    begin(chats, "june")

    reply = await does(chats, ANNA, Tapped(encode(button.action)), Tapped(encode(button.action)))

    assert reply.toast == "No more news will come."
    assert lying(chats) == []
    assert await all_of_it(chats) == []


@pytest.mark.parametrize(
    "event",
    [
        Said("I can't pee since last night and my legs are numb"),
        Said("stop"),
        Commanded("stop"),
        Blocked(),
        tap(SetNews("off")),
    ],
)
async def test_danger_a_stop_and_a_block_end_them_also_for_letters_on_their_way(
    chats: Chats, event: Event
) -> None:
    await wants_news(chats, ANNA)
    await wants_news(chats, BEN)
    begin(chats)
    await all_of_it(chats)

    await chats.answer(ANNA, event, NOW)
    begin(chats, "june")

    assert lying(chats) == [BEN]
    assert [letter.chat_id for letter in await all_of_it(chats)] == [BEN]


async def test_news_are_for_those_who_read_their_language(chats: Chats) -> None:
    await wants_news(chats, ANNA)
    await wants_news(chats, BEN, "es")
    begin(chats, language="es")

    (letter,) = await all_of_it(chats)

    assert letter.chat_id == BEN
    assert [button.label for button in letter.reply.buttons] == ["No más novedades"]


async def test_without_consent_the_switch_asks_for_it_first(chats: Chats) -> None:
    reply = await does(chats, CARA, tap(SetNews("on")))

    assert "May I store" in reply.text
    begin(chats)
    assert await all_of_it(chats) == []


async def test_settings_show_the_switch_and_a_second_tap_changes_nothing(chats: Chats) -> None:
    once = await wants_news(chats, ANNA)
    twice = await does(chats, ANNA, tap(SetNews("on")))

    assert twice == once
    assert "You want to hear when something is new here." in once.plain
    assert SetNews("off") in [button.action for button in once.buttons]
    off = await does(chats, ANNA, tap(SetNews("off")))
    assert "something is new" not in off.plain


# --- what the operator is told


def ordered(chats: Chats, name: str = "may", words: str = WORDS, *, dry_run: bool = False) -> str:
    room = Newsroom(chats.companion, chats.database)
    return "\n".join(admin.broadcast(room, name, words, "en", NOW, dry_run=dry_run))


async def test_a_dry_run_counts_and_sends_nothing(chats: Chats) -> None:
    await wants_news(chats, ANNA)
    await wants_news(chats, BEN)
    await does(chats, BEN, Said("I can't pee since last night and my legs are numb"))

    assert ordered(chats, dry_run=True).split() == [
        "1",
        "people",
        "would",
        "get",
        "it.",
        "Nothing",
        "was",
        "sent.",
    ]
    assert chats.database.run_now(mailings.every) == []


async def test_the_same_order_again_says_how_far_it_is(chats: Chats) -> None:
    await wants_news(chats, ANNA)
    assert ordered(chats).split()[0] == "0"
    await all_of_it(chats)

    assert ordered(chats).split()[0] == "1"
    assert "went out" in ordered(chats)


@pytest.mark.parametrize(
    ("name", "words", "why"),
    [
        ("may", "other words", "Give the file another name"),
        ("May news!", WORDS, "lower case"),
        ("june", "  \n", "between 1 and"),
        ("june", "a" * 4000, "between 1 and"),
    ],
)
def test_what_cannot_be_sent_is_refused_in_one_sentence(
    chats: Chats, name: str, words: str, why: str
) -> None:
    begin(chats)

    with pytest.raises(admin.Refused, match=why):
        ordered(chats, name, words)


async def test_figures_are_numbers_about_nobody(chats: Chats) -> None:
    await wants_news(chats, 987654321)
    await does(chats, 987654321, Said("I'm 20 weeks pregnant"), Said("start the desk routine"))
    begin(chats)
    await all_of_it(chats)

    told = "\n".join(admin.stats(chats.database, NOW))

    figures = {line[10:]: line[:8].strip() for line in told.splitlines()}
    assert figures["people who agreed to storing"] == "1"
    assert figures["letters that wait, news"] == "1"
    assert "987654321" not in told
    assert "pregnan" not in told


async def test_what_is_old_is_forgotten_and_what_is_new_stays(chats: Chats) -> None:
    await wants_news(chats, ANNA)
    begin(chats)
    await all_of_it(chats)

    admin.tidy(chats.database, NOW + timedelta(days=2))
    assert chats.database.run_now(lambda connection: outbox.waiting_of(connection, Urgency.NEWS)) == 1
    told = admin.tidy(chats.database, NOW + timedelta(days=4))

    assert told[0].split() == ["1", "letters", "forgotten"]
    assert chats.database.run_now(lambda connection: outbox.waiting_of(connection, Urgency.NEWS)) == 0
