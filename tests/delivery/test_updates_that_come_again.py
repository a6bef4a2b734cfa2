"""An update that Telegram sends again, because the process died in between, changes nothing a second time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.conversation import actions
from bot.conversation.actions import encode
from bot.conversation.events import Said, Tapped
from bot.conversation.hold_actions import HoldPoint
from bot.delivery.chats import Answered, Chats, Source
from bot.guidance.offer import Person
from bot.storage.database import Database
from bot.storage.outbox import MOST_SENDS, Urgency
from tests.answering import NOW

ANNA, GROUP = 1001, -100_200
Restart = Callable[..., Chats]
TAP = {"chat_id": ANNA, "private": True, "callback_id": "7", "edit": 12}
AGREE = Tapped(encode(actions.Agree(person=Person(frozenset({"CR01"})))))


async def take(chats: Chats, event: Said | Tapped, update_id: int = 5) -> Answered:
    return await chats.take(ANNA, event, NOW, source=Source(update_id, TAP))


async def test_what_changes_something_is_kept_until_it_has_arrived(chats: Chats, restart: Restart) -> None:
    answered = await take(chats, AGREE)

    (letter,) = await restart().waiting_letters(NOW)
    assert (letter.id,) == answered.kept
    assert (letter.reply,) == answered.replies
    assert letter.urgency is Urgency.ANSWER
    assert letter.address == {**TAP, "place": 0}
    assert letter.sends == MOST_SENDS - 1, "it was about to be sent when the process died"

    await chats.delivered(ANNA, answered.kept, None)
    assert await chats.waiting_letters(NOW) == []


async def test_the_same_update_acts_once_also_after_a_restart(chats: Chats, restart: Restart) -> None:
    await take(chats, AGREE)
    await take(chats, Tapped(encode(actions.Delete())), update_id=6)
    again = restart()

    assert await take(again, AGREE) == Answered(())
    assert (await again.take(ANNA, AGREE, NOW, source=Source(7, TAP))).replies


async def test_what_an_update_told_is_known_although_the_process_died(chats: Chats, restart: Restart) -> None:
    """The answer that was kept says "you are pregnant", so the next one may not think otherwise."""
    await take(chats, Said("I'm pregnant and my neck hurts"))
    again = restart()

    assert await take(again, Said("I'm pregnant and my neck hurts")) == Answered(())
    (reply,) = (await take(again, Said("where is LI4"), update_id=6)).replies
    assert "pregnant" in reply.plain
    assert reply.picture is None


async def test_a_danger_sign_is_still_held_although_the_process_died(chats: Chats, restart: Restart) -> None:
    card = Said("crushing chest pain going down my left arm")
    await take(chats, card)
    again = restart()
    await take(again, card)

    (reply,) = (await take(again, Said("start the desk routine"), update_id=6)).replies
    assert "chest pain" in reply.plain


async def test_what_somebody_told_in_a_group_is_known_although_the_process_died(
    chats: Chats, restart: Restart
) -> None:
    start = Tapped(encode(HoldPoint("LI4", seconds=60, verb="start")), ANNA, 9, ANNA)
    await chats.answer(GROUP, start, NOW, private=False)
    told, source = Said("I'm pregnant", ANNA), Source(5, {**TAP, "private": False})
    await chats.take(GROUP, told, NOW, private=False, source=source)
    again = restart()

    assert await again.take(GROUP, told, NOW, private=False, source=source) == Answered(())
    (reply,) = (await take(again, Said("where is LI4"), update_id=6)).replies
    assert reply.picture is None


async def test_a_deletion_that_comes_again_leaves_nothing_in_mind(chats: Chats, restart: Restart) -> None:
    delete = Tapped(encode(actions.Delete()))
    await take(chats, Said("I'm pregnant and my neck hurts"))
    await take(chats, delete, update_id=6)
    again = restart()
    await take(again, Said("I'm pregnant and my neck hurts"))
    await take(again, delete, update_id=6)

    (reply,) = (await take(again, Said("where is LI4"), update_id=7)).replies
    assert reply.picture is not None


async def test_the_next_message_of_a_stranger_takes_back_no_answer(chats: Chats, restart: Restart) -> None:
    """The process died before the answer left it, and with it went all that it had in mind."""
    answered = await take(chats, Said("I'm pregnant and my neck hurts"))
    again = restart()
    await take(again, Said("hello"), update_id=6)

    assert answered.kept
    assert {letter.id for letter in await again.waiting_letters(NOW)} >= {*answered.kept}


async def test_what_changes_nothing_is_answered_again_and_leaves_no_row(
    chats: Chats, database: Database
) -> None:
    first, second = await take(chats, Said("my neck hurts")), await take(chats, Said("my neck hurts"))

    assert first == second
    assert first.replies
    assert first.kept == ()
    assert database.run_now(rows) == {"incoming": 0, "outbox": 0}


async def test_numbers_that_telegram_will_not_send_again_are_forgotten(
    chats: Chats, database: Database
) -> None:
    await chats.delivered(ANNA, (await take(chats, AGREE)).kept, None)
    await chats.forget_updates_below(5)
    assert database.run_now(rows)["incoming"] == 1

    await chats.forget_updates_below(6)
    assert database.run_now(rows) == {"incoming": 0, "outbox": 0}


async def test_a_kept_answer_shows_nothing_to_who_reads_the_rows(chats: Chats, database: Database) -> None:
    answered = await take(chats, AGREE)
    (word, *_) = answered.replies[0].plain.split()

    kept = database.run_now(lambda connection: str(connection.exec_driver_sql("SELECT * FROM outbox").all()))
    assert str(ANNA) in kept
    assert word not in kept, "sealed"


@pytest.mark.parametrize("secret", ["another token"])
async def test_a_letter_sealed_with_another_token_is_dropped(
    chats: Chats, restart: Restart, secret: str
) -> None:
    await take(chats, AGREE)
    other = restart(secret)

    assert await other.waiting_letters(NOW) == []
    assert other.database.run_now(rows)["outbox"] == 0


def rows(connection) -> dict[str, int]:
    return {
        table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
        for table in ("incoming", "outbox")
    }


async def test_while_nothing_changes_a_poll_writes_nothing(chats: Chats, monkeypatch) -> None:
    await chats.forget_updates_below(5)
    await take(chats, Said("my neck hurts"))
    works: list[object] = []
    monkeypatch.setattr(chats.database, "run", works.append)

    await chats.forget_updates_below(6)
    assert works == []
