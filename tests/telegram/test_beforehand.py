"""Whoever searches first from any chat sees pictures, because the operator's chat had them for a moment.

That is a favour to people who search, so it may cost nobody else anything: no answer comes later for it, no
sound is made, nothing remains, and a chat that cannot be written to is no trouble.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from stand import PATIENCE_SECONDS, Stand, logged

from bot.delivery import budget
from bot.delivery.budget import Rate
from bot.flow import Companion
from bot.library import Library
from bot.playground.botapi import Simulator, User
from bot.telegram.beforehand import TOGETHER
from tests.running_bot import called

OPERATOR = 900
AT_ONCE_SECONDS = 1.0
POINTS, PUNTOS = ("BL23", "GV20", "LI4", "LU6"), ("GV20", "LI4", "LU6")
"""Points whose words fit under their picture: in English an album and one more, in Spanish an album."""
SHOWN = [f"points/{code}.jpg" for code in POINTS] + [f"es/points/{code}.jpg" for code in PUNTOS]
NEVER_IN_RESULTS = ("regions.jpg", "loops/LI4.mp4", "techniques/thumb.jpg")
GIVEN_UP = "some pictures are not known for searches"


@pytest.fixture(scope="session")
def companion(library: Library) -> Companion:
    pictures = frozenset(SHOWN) | (library.pictures & frozenset(NEVER_IN_RESULTS))
    companion = Companion(replace(library, pictures=pictures))
    companion.get_ready(["es"])  # the first to speak it waits for that, with pictures or without
    return companion


@pytest.fixture
def operator(sim: Simulator) -> User:
    operator = sim.user(OPERATOR, "Operator")
    operator.started = True  # nobody can be written to who never wrote to the bot
    return operator


@pytest.fixture
def _in_no_time(sim: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Telegram that takes messages as fast as they come, and a bot that knows."""
    monkeypatch.setattr(budget, "PRIVATE", Rate(0.001, 5))
    sim.limits.flood = False


async def ready(stand: Stand, operator: User, pictures: int = len(SHOWN)) -> None:
    """Start, and wait until so many pictures came and went."""
    await stand.start(admin_chat_id=OPERATOR)
    for _ in range(pictures):
        await operator.expect(kinds="delete", since=0)


def uploads(sim: Simulator) -> int:
    """How many pictures came whole."""
    return sum(
        str(value).endswith("bytes>")
        for call in sim.calls
        for key, value in call.params.items()
        if call.method in ("sendPhoto", "sendMediaGroup", "editMessageMedia") and key != "media"
    )


async def pictured(stand: Stand, person: User, queries: Iterable[str]) -> list[bool]:
    """For each search: whether the first result is a picture that Telegram has."""
    answers = [await person.inline_query(query, timeout=AT_ONCE_SECONDS) for query in queries]
    await stand.all_confirmed()
    return [answer.results[0].get("photo_file_id") in stand.sim.files for answer in answers]


def sent_to_the_operator(sim: Simulator) -> list[dict[str, Any]]:
    return [call.params for call in sim.calls if str(call.params.get("chat_id")) == str(OPERATOR)]


@pytest.mark.usefixtures("_in_no_time")
async def test_the_first_stranger_who_searches_sees_pictures(
    idle_stand: Stand, operator: User, sim: Simulator
) -> None:
    await ready(idle_stand, operator)
    stranger, extrana = sim.user(1001, "Anna"), sim.user(1002, "Ana", "es")

    assert await pictured(idle_stand, stranger, POINTS) == [True] * len(POINTS)
    assert await pictured(idle_stand, extrana, PUNTOS) == [True] * len(PUNTOS)
    assert uploads(sim) == len(SHOWN), "what no result can show is not uploaded"


@pytest.mark.usefixtures("_in_no_time")
async def test_the_first_mention_is_answered_with_a_picture(
    idle_stand: Stand, operator: User, anna: User, ben: User, sim: Simulator
) -> None:
    walkers = sim.group("Walkers", anna, ben, bot_status="left")
    await ready(idle_stand, operator)

    assert (await idle_stand.answer(anna, anna.send("@sim_test_bot LI4", walkers))).photo


@pytest.mark.usefixtures("_in_no_time")
async def test_nothing_remains_with_the_operator_and_nothing_made_a_sound(
    idle_stand: Stand, operator: User, sim: Simulator
) -> None:
    await ready(idle_stand, operator)

    assert operator.chat.visible() == []
    sent = [params for params in sent_to_the_operator(sim) if "message_ids" not in params]
    assert sent
    assert {str(params["disable_notification"]).lower() for params in sent} == {"true"}


@pytest.mark.usefixtures("_in_no_time")
async def test_a_second_start_uploads_nothing(
    idle_stand: Stand, operator: User, anna: User, sim: Simulator
) -> None:
    await ready(idle_stand, operator)
    await idle_stand.stop()
    before = len(sent_to_the_operator(sim))

    await idle_stand.start(admin_chat_id=OPERATOR)

    assert await pictured(idle_stand, anna, POINTS) == [True] * len(POINTS)
    assert len(sent_to_the_operator(sim)) == before
    assert uploads(sim) == len(SHOWN)


@pytest.mark.usefixtures("_in_no_time")
async def test_what_somebody_was_sent_before_is_not_uploaded_again(
    idle_stand: Stand, operator: User, anna: User, sim: Simulator
) -> None:
    await idle_stand.start()
    await idle_stand.answers(anna, anna.send("where is LI4"))
    assert uploads(sim) == 1
    await idle_stand.stop()

    await ready(idle_stand, operator, len(SHOWN) - 1)

    assert uploads(sim) == len(SHOWN)


async def test_without_an_operator_nothing_is_uploaded(stand: Stand, anna: User, sim: Simulator) -> None:
    assert await pictured(stand, anna, POINTS) == [False] * len(POINTS)
    assert uploads(sim) == 0


# --- what goes wrong


def blocked(sim: Simulator) -> None:
    sim.users[OPERATOR].blocked = True


def told_to_wait(sim: Simulator) -> None:
    sim.fault("sendMediaGroup", "flood", retry_after=5000)


def cut_off(sim: Simulator) -> None:
    sim.fault("sendMediaGroup", "drop")


def refused(sim: Simulator) -> None:
    sim.fault("sendMediaGroup", code=400, description="Bad Request: IMAGE_PROCESS_FAILED")


@pytest.mark.parametrize("trouble", [blocked, told_to_wait, cut_off, refused])
@pytest.mark.usefixtures("_in_no_time")
async def test_trouble_is_one_line_and_the_next_start_goes_on(
    idle_stand: Stand,
    operator: User,
    anna: User,
    sim: Simulator,
    caplog: pytest.LogCaptureFixture,
    trouble: Any,
) -> None:
    trouble(sim)
    given_up = logged(GIVEN_UP)
    if operator.blocked:
        idle_stand.refusals.append("bot was blocked by the user")
    await idle_stand.start(admin_chat_id=OPERATOR)
    await asyncio.wait_for(given_up.wait(), PATIENCE_SECONDS)

    assert sim.counts["sendMediaGroup"] == 1
    assert len(await idle_stand.answers(anna, anna.send("where is LI4"))) == 2, "the picture and the words"
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING] == [GIVEN_UP]
    await idle_stand.stop()
    sim.clear_faults()
    operator.blocked = False
    await ready(idle_stand, operator, len(SHOWN) - 1)


@pytest.mark.usefixtures("_in_no_time")
async def test_a_chat_that_does_not_exist_leaves_the_bot_working(
    idle_stand: Stand, anna: User, sim: Simulator
) -> None:
    idle_stand.refusals.append("chat not found")
    given_up = logged(GIVEN_UP)
    await idle_stand.start(admin_chat_id=OPERATOR)
    await asyncio.wait_for(given_up.wait(), PATIENCE_SECONDS)

    assert await idle_stand.answers(anna, anna.send("where is LI4"))


@pytest.mark.usefixtures("_in_no_time")
async def test_a_deletion_that_fails_is_made_again(idle_stand: Stand, operator: User, sim: Simulator) -> None:
    sim.fault("deleteMessages", "flood", retry_after=0)

    await ready(idle_stand, operator)

    assert operator.chat.visible() == []


@pytest.mark.usefixtures("_in_no_time")
async def test_a_stop_in_the_middle_leaves_nothing_and_the_next_start_does_the_rest(
    idle_stand: Stand, operator: User, sim: Simulator
) -> None:
    sim.fault("sendMediaGroup", "delay", seconds=0.2)
    first_album = called(sim, "sendMediaGroup")
    await idle_stand.start(admin_chat_id=OPERATOR)
    await asyncio.wait_for(first_album.wait(), PATIENCE_SECONDS)
    await idle_stand.stop()
    assert uploads(sim) == TOGETHER
    assert operator.chat.visible() == []

    await ready(idle_stand, operator)

    assert uploads(sim) == len(SHOWN)


# --- it costs nobody an answer


async def test_nobody_waits_while_pictures_go_up(
    idle_stand: Stand, operator: User, anna: User, sim: Simulator
) -> None:
    sim.fault("sendMediaGroup", "hang", seconds=120)
    first_album = called(sim, "sendMediaGroup")
    await idle_stand.start(admin_chat_id=OPERATOR)
    await asyncio.wait_for(first_album.wait(), PATIENCE_SECONDS)

    assert await pictured(idle_stand, anna, ["LI4"]) == [False], "it has none yet, and says so at once"
    async with asyncio.timeout(AT_ONCE_SECONDS):
        await idle_stand.answers(anna, anna.send("where is LI4"))
    idle_stand.sim.clear_faults()


async def test_even_the_operator_is_answered_at_once_in_the_same_chat(
    idle_stand: Stand, operator: User, sim: Simulator
) -> None:
    first_album = called(sim, "sendMediaGroup")
    await idle_stand.start(admin_chat_id=OPERATOR)
    await asyncio.wait_for(first_album.wait(), PATIENCE_SECONDS)

    await operator.send("where is LI4")

    await operator.expect("^LI4", timeout=AT_ONCE_SECONDS)
