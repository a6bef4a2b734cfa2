"""Letters: messages nobody waits for arrive once, most urgent first, at Telegram's pace, also after a crash.

The other side is the strict local Telegram with its limits on, and the client is the real library.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection
from telegram import Bot

from bot.delivery import clock
from bot.delivery.budget import OwnBudget
from bot.delivery.courier import Courier
from bot.delivery.lanes import Lanes
from bot.delivery.post import Post
from bot.library import CONTENT
from bot.playground.botapi import Simulator, User
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.outbox import Letter, Urgency
from bot.storage.seal import Seal
from bot.telegram.outbound import Outbound
from bot.telegram.pictures import Pictures
from bot.telegram.transport import Transport
from bot.wording.reply import Button, Reply

PATIENCE_SECONDS = 20.0
SEAL = Seal("")
"""That of the databases of tests."""


@pytest.fixture(autouse=True)
def _durations_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator() as sim:
        yield sim
        sim.assert_clean()


class Office:
    """A post office, and what happened in it."""

    def __init__(self, sim: Simulator, bot: Bot, database: Database) -> None:
        self.sim, self.database, self.lanes = sim, database, Lanes()
        self.unwanted: list[int] = []
        outbound = Outbound(bot, OwnBudget(), Pictures(CONTENT, database, bot.id))
        self.post = Post(
            self.lanes, OwnBudget(), Courier(database, outbound, self._refused, self._missed, clock.now)
        )
        self.running = asyncio.ensure_future(self.post.run())

    async def _refused(self, chat_id: int) -> None:
        self.unwanted.append(chat_id)

    async def _missed(self, chat_id: int) -> list[Letter]:
        raise AssertionError("nothing here says what to do just now")

    async def keep(self, person: User, text: str, urgency: Urgency = Urgency.CUE, **more: bool) -> Letter:
        return await self.database.run(
            lambda connection: outbox.put(
                connection, SEAL, person.id, urgency, Reply(text, **more), clock.now()
            )
        )

    async def waiting(self) -> list[str]:
        return [
            letter.reply.text
            for letter in await self.database.run(
                lambda connection: outbox.waiting(connection, SEAL, clock.now())
            )
        ]

    async def all_gone(self) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self.waiting():
                await asyncio.wait({self.running}, timeout=0.02)

    async def close(self) -> None:
        self.running.cancel()
        await asyncio.wait({self.running})


@pytest.fixture
async def office(sim: Simulator, database: Database) -> AsyncIterator[Office]:
    bot = Bot(sim.token, base_url=sim.base_url, request=Transport(8, 5.0))
    await bot.initialize()
    office = Office(sim, bot, database)
    yield office
    await office.close()
    await bot.shutdown()


def people(sim: Simulator, number: int) -> list[User]:
    found = [sim.user(2000 + each, f"P{each}") for each in range(number)]
    for person in found:
        person.started = True
    return found


def seen(person: User) -> list[str]:
    return [event.text for event in person.events if event.kind == "message"]


async def test_a_letter_arrives_once_and_is_forgotten(office: Office, sim: Simulator) -> None:
    (anna,) = people(sim, 1)
    office.post.put([await office.keep(anna, "Time to change sides.")])
    await office.all_gone()

    assert seen(anna) == ["Time to change sides."]


async def test_a_cue_goes_before_a_reminder(office: Office, sim: Simulator) -> None:
    some = people(sim, 12)
    reminders = [await office.keep(person, "reminder", Urgency.REMINDER) for person in some[:10]]
    cues = [await office.keep(person, "cue") for person in some[10:]]
    office.post.put([*reminders, *cues])
    await office.all_gone()

    texts = [call.params["text"] for call in sim.calls if call.method == "sendMessage"]
    assert texts[:2] == ["cue", "cue"]
    assert texts.count("reminder") == 10


async def test_many_letters_go_out_as_fast_as_telegram_takes_them_and_never_faster(
    office: Office, sim: Simulator
) -> None:
    some = people(sim, 90)
    letters = [await office.keep(person, "reminder", Urgency.REMINDER) for person in some]
    began = asyncio.get_running_loop().time()
    office.post.put(letters)
    await office.all_gone()
    took = asyncio.get_running_loop().time() - began

    assert [seen(person) for person in some] == [["reminder"]] * 90
    assert not [call for call in sim.errors() if call.code == 429]
    assert took >= 89 / 30


async def test_being_told_to_wait_holds_up_that_chat_alone(office: Office, sim: Simulator) -> None:
    anna, ben = people(sim, 2)
    sim.fault("sendMessage", code=429, retry_after=1)
    first, second = await office.keep(anna, "to Anna"), await office.keep(ben, "to Ben")
    office.post.put([first, second])
    await office.all_gone()

    assert (seen(anna), seen(ben)) == (["to Anna"], ["to Ben"])
    order = [call.params["text"] for call in sim.calls if call.method == "sendMessage" and not call.error]
    assert order == ["to Ben", "to Anna"]


async def test_what_is_taken_back_does_not_arrive(office: Office, sim: Simulator) -> None:
    (anna,) = people(sim, 1)
    async with office.lanes(anna.id):  # as when an event of hers is being answered
        cue = await office.keep(anna, "cue")
        reminder = await office.keep(anna, "reminder", Urgency.REMINDER)
        office.post.put([cue, reminder])
        await office.database.run(lambda connection: outbox.drop_all(connection, anna.id, Urgency.CUE))
        office.post.take_back(anna.id, {Urgency.CUE})
    await office.all_gone()

    assert seen(anna) == ["reminder"]


async def test_who_blocked_us_is_told_of_once_and_not_tried_again(office: Office, sim: Simulator) -> None:
    (anna,) = people(sim, 1)
    await anna.block()
    office.post.put([await office.keep(anna, "cue")])
    await office.all_gone()

    assert office.unwanted == [anna.id]
    assert sim.counts["sendMessage"] == 1


async def test_what_telegram_refuses_for_good_is_let_go(office: Office, sim: Simulator) -> None:
    (anna,) = people(sim, 1)
    sim.fault("sendMessage", code=400, description="Bad Request: message is too long")
    office.post.put([await office.keep(anna, "x"), await office.keep(anna, "cue")])
    await office.all_gone()

    assert seen(anna) == ["cue"]
    assert office.unwanted == []


async def test_a_letter_outlives_the_process_with_its_buttons_and_its_manner(
    sim: Simulator, database: Database, office: Office
) -> None:
    (anna,) = people(sim, 1)
    reply = Reply("<b>cue</b>", (Button("Open", link="settings"),), silent=True, shows_round=True)
    await database.run(
        lambda connection: outbox.put(connection, SEAL, anna.id, Urgency.CUE, reply, clock.now())
    )

    (letter,) = await database.run(lambda connection: outbox.waiting(connection, SEAL, clock.now()))
    assert letter.reply == reply
    office.post.put([letter])
    await office.all_gone()

    (call,) = [call for call in sim.calls if call.method == "sendMessage"]
    assert str(call.params["disable_notification"]).lower() == "true"
    assert seen(anna) == ["cue"]


async def test_one_chat_at_a_time_and_none_waits_for_another() -> None:
    lanes, order = Lanes(), []

    async def work(chat: int, name: str, gate: asyncio.Event) -> None:
        async with lanes(chat):
            await gate.wait()
            order.append(name)

    closed, opened = asyncio.Event(), asyncio.Event()
    opened.set()
    first = asyncio.ensure_future(work(1, "first", closed))
    await asyncio.wait({first}, timeout=0)
    second = asyncio.ensure_future(work(1, "second", opened))
    await work(2, "other chat", opened)
    closed.set()
    await asyncio.gather(first, second)

    assert order == ["other chat", "first", "second"]


async def test_a_letter_taken_back_while_it_is_told_to_wait_never_arrives(
    office: Office, sim: Simulator
) -> None:
    (anna,) = people(sim, 1)
    sim.fault("sendMessage", "flood", retry_after=1)
    office.post.put([await office.keep(anna, "cue")])
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not sim.counts["sendMessage"]:
            await asyncio.wait({office.running}, timeout=0.01)
    async with office.lanes(anna.id):
        await office.database.run(lambda connection: outbox.drop_all(connection, anna.id))
        office.post.take_back(anna.id, set(Urgency))
    later = await office.keep(anna, "later")
    office.post.put([later])
    await office.all_gone()
    await asyncio.wait({office.running}, timeout=1.5)

    assert seen(anna) == ["later"]


@pytest.mark.parametrize(
    ("urgency", "seconds"), [(Urgency.CUE, 2 * 3600 + 1), (Urgency.REMINDER, 2 * 3600 + 1)]
)
async def test_what_comes_too_late_to_be_true_is_not_sent(
    database: Database, urgency: Urgency, seconds: int
) -> None:
    written = clock.now()

    def work(connection: Connection) -> tuple[int, int]:
        outbox.put(connection, SEAL, 7, urgency, Reply("cue"), written)
        just = outbox.waiting(connection, SEAL, written + timedelta(seconds=seconds - 2))
        late = outbox.waiting(connection, SEAL, written + timedelta(seconds=seconds))
        return len(just), len(late) + len(outbox.waiting(connection, SEAL, written))

    assert await database.run(work) == (1, 0)


async def test_a_letter_of_another_version_is_dropped_and_holds_up_no_other(database: Database) -> None:
    def work(connection: Connection) -> list[str]:
        outbox.put(connection, SEAL, 7, Urgency.CUE, Reply("old"), clock.now())
        connection.exec_driver_sql(
            """UPDATE outbox SET reply = '{"text": "old", "buttons": [["x", "9:?", null]]}'"""
        )
        outbox.put(connection, SEAL, 7, Urgency.CUE, Reply("new"), clock.now())
        return [letter.reply.text for letter in outbox.waiting(connection, SEAL, clock.now())]

    assert await database.run(work) == ["new"]


async def test_a_chat_with_a_new_number_is_followed_once_with_all_that_is_its_own(
    office: Office, sim: Simulator
) -> None:
    group = sim.group("Walking club", sim.user(2000, "P0"), type="group")
    first, second = [
        await office.database.run(
            lambda connection, text=text: outbox.put(
                connection, SEAL, group.id, Urgency.CUE, Reply(text), clock.now()
            )
        )
        for text in ("one", "two")
    ]
    new = await group.migrate()
    office.post.put([first, second])
    await office.all_gone()

    refused = [call for call in sim.calls if call.method == "sendMessage" and call.error]
    arrived = [call.params["text"] for call in sim.calls if call.method == "sendMessage" and not call.error]
    assert sorted(arrived) == ["one", "two"]
    assert len(refused) <= 2
    assert new.id != group.id
