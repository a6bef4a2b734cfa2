"""Several processes are one bot: in order, once, also when one of them dies in the middle."""

from __future__ import annotations

import asyncio
import hashlib
import signal
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest

from bot.flow import Companion
from bot.library import CONTENT, Library
from bot.playground.botapi import Simulator, User
from bot.storage import incoming, uploads
from bot.storage.database import Database
from bot.telegram.beforehand import TOGETHER
from bot.telegram.process import CALL_READ_SECONDS
from bot.workers.leader import STALLED_SECONDS, TAKE_OVER_SECONDS
from tools.fleet import Fleet, fleet, until
from tools.postgres import Postgres

TAKEN_OVER_SECONDS = 30.0


@pytest.fixture
def shared_url(postgres: Postgres, template: str) -> Iterator[str]:
    url = postgres.new_database(template)
    yield url
    postgres.drop(url)


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator() as sim:
        yield sim
        sim.assert_clean()


@pytest.fixture
async def two(sim: Simulator, shared_url: str, tmp_path: Path) -> AsyncIterator[Fleet]:
    async with fleet(sim, shared_url, tmp_path, workers=2) as two:
        yield two


@pytest.fixture
def people(sim: Simulator) -> list[User]:
    return [sim.user(1000 + number, f"P{number}") for number in range(12)]


async def test_many_people_are_answered_each_in_their_order(two: Fleet, people: list[User]) -> None:
    for code in ("LI4", "BL23", "GB30"):
        for person in people:
            await person.send(f"where is {code}")
    for person in people:
        await person.expect("^GB30", timeout=30, since=0)

    for person in people:
        answers = [event.text.split()[0] for event in person.events if event.kind == "message" and event.text]
        assert answers == ["LI4", "BL23", "GB30"]


async def test_what_one_worker_was_told_the_other_knows(two: Fleet, people: list[User]) -> None:
    for person in people:
        await person.send("I'm 20 weeks pregnant")
    for person in people:
        await person.expect("pregnan", timeout=30, since=0)
        await person.send("/start p_LI4")
    for person in people:
        answer = await person.expect("LI4", timeout=30)
        assert "Where:" not in answer.text


async def test_a_search_waits_for_no_answer_and_knows_what_another_worker_was_told(
    two: Fleet, sim: Simulator, people: list[User]
) -> None:
    anna = people[0]
    sim.limits.inline_age = 60
    await anna.send("I'm 20 weeks pregnant")
    await anna.expect("pregnan", timeout=30)
    sim.fault("sendMessage", "hang", times=1, seconds=120)
    await anna.send("/help")
    await until(lambda: sim.counts["sendMessage"] == 2)

    answer = await anna.inline_query("neck", timeout=CALL_READ_SECONDS - 2)

    found = [result["id"] for result in answer.results]
    assert found
    assert "LI4" not in found


async def test_a_worker_that_is_killed_in_the_middle_of_an_answer_is_replaced(
    two: Fleet, sim: Simulator, people: list[User]
) -> None:
    anna = people[0]
    sim.fault("sendMessage", "hang", seconds=5)
    await anna.send("where is GB30")
    await until(lambda: sim.counts["sendMessage"] > 0)
    await two.end(two.workers[0], signal.SIGKILL)
    await two.end(two.workers[1], signal.SIGKILL)
    await two.worker()

    assert STALLED_SECONDS + TAKE_OVER_SECONDS < TAKEN_OVER_SECONDS
    await anna.expect("^GB30", timeout=TAKEN_OVER_SECONDS, since=0)


async def test_a_worker_that_is_told_to_stop_ends_in_time_and_the_other_goes_on(
    two: Fleet, sim: Simulator, people: list[User]
) -> None:
    sim.fault("sendMessage", "hang", times=2, seconds=4)
    for person in people:
        await person.send("where is GB30")
    await until(lambda: sim.counts["sendMessage"] > 2)
    begun = time.monotonic()
    code = await two.end(two.workers[0], signal.SIGTERM)
    seconds = time.monotonic() - begun

    for person in people:
        await person.expect("^GB30", timeout=TAKEN_OVER_SECONDS, since=0)
    assert code == 0
    assert seconds < 8


async def test_a_process_of_its_own_is_refused_while_workers_run(two: Fleet) -> None:
    with pytest.raises(AssertionError, match="Another process is running this bot"):
        await two.start(ready="ready as", WEBHOOK_URL="")


async def test_workers_need_a_database_that_can_be_shared(two: Fleet, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="PostgreSQL"):
        await two.start("worker", ready="working for", DATABASE_URL=f"sqlite:///{tmp_path}/own.db")


async def test_a_hold_and_its_end_come_from_whichever_worker_lives(
    two: Fleet, sim: Simulator, people: list[User]
) -> None:
    anna = people[0]
    await anna.send("time LI4 for 10 seconds once on the left")
    await anna.expect("Timed hold", timeout=30)
    await anna.press("Start")
    await anna.expect("LI4", kinds="edit message", timeout=30)
    since = len(anna.events)
    await two.end(two.workers[0], signal.SIGKILL)

    end = await anna.expect("How", kinds="message", timeout=60, since=since)
    assert "Sorry" not in end.text
    assert len([event for event in anna.events[since:] if event.kind == "message" and event.text]) == 1


async def test_an_update_whose_job_is_gone_is_called_for_again(
    sim: Simulator, shared_url: str, tmp_path: Path, people: list[User]
) -> None:
    async with fleet(sim, shared_url, tmp_path, workers=0) as them:
        await people[0].send("where is GB30")
        database = Database(shared_url, sim.token)
        await until(lambda: database.run_now(incoming.oldest_waiting)[0] == 1)
        database.run_now(lambda connection: connection.exec_driver_sql("DELETE FROM procrastinate_jobs"))
        long_ago = "UPDATE incoming SET received_at = received_at - 3600000"
        database.run_now(lambda connection: connection.exec_driver_sql(long_ago))
        database.close()
        await them.worker()

        await people[0].expect("^GB30", timeout=30, since=0)


async def test_pictures_for_searches_are_uploaded_by_one_worker_alone(
    sim: Simulator, shared_url: str, tmp_path: Path, people: list[User], library: Library
) -> None:
    operator, companion = people[0], Companion(library)
    operator.started = True
    operator_id = str(operator.id)
    shown = [each for code in companion.languages for each in companion.writer_for(code).sharing.pictures]
    missing = TOGETHER + 1
    await known(shared_url, sim.me["id"], shown[missing:])
    async with fleet(sim, shared_url, tmp_path, workers=0) as them:
        await asyncio.gather(
            *(them.start("worker", ready="working for", ADMIN_CHAT_ID=operator_id) for _ in range(2))
        )
        await until(lambda: sim.counts["deleteMessages"] == 2)
        await until(lambda: "leading" in them.log())

    assert (sim.counts["sendMediaGroup"], sim.counts["sendPhoto"]) == (1, 1), "an album and the one left"
    assert operator.chat.visible() == []


async def known(url: str, bot_id: int, pictures: Iterable[str]) -> None:
    """Have the database say that these pictures were sent before."""
    database = Database(url)
    for picture in pictures:
        sha256 = hashlib.sha256((CONTENT / "pictures" / picture).read_bytes()).hexdigest()
        await database.run(partial(uploads.keep, bot_id=bot_id, sha256=sha256, file_id="a name"))
    database.close()
