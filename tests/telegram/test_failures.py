"""Telegram and the network fail in every way they know, and people still get their answers.

None is lost that Telegram could take, none comes more than twice, and the trouble of one chat is not that of
another.
"""

from __future__ import annotations

import time
from typing import Any

import pytest
from running_bot import called
from stand import BLOCKED, Stand, logged
from telegram import Bot, Update
from telegram.error import InvalidToken

from bot.playground.botapi import Simulator, User
from bot.telegram import calls, polling
from bot.telegram.outbound import Outbound
from bot.telegram.polling import MOST_CONFLICTS, SecondPoller

UNREACHABLE = "Telegram cannot be reached"
CONFLICT = {"code": 409, "description": "Conflict: terminated by other getUpdates request"}


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses of our own choice are short here; those that Telegram asks for are kept."""
    monkeypatch.setattr(calls, "FIRST_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(polling, "FIRST_PAUSE_SECONDS", 0.01)


# --- an answer does not go through


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("kind", ["error", "html502"])
async def test_an_answer_that_telegram_failed_to_take_comes_once(
    stand: Stand, anna: User, kind, times: int
) -> None:
    stand.sim.fault("sendMessage", kind, times=times)

    await stand.answer(anna, anna.send("my neck hurts"))

    assert len(stand.sent(anna.id)) == times + 1


@pytest.mark.parametrize("kind", ["drop", "garbage"])
async def test_an_answer_that_was_lost_on_the_way_comes_once(stand: Stand, anna: User, kind) -> None:
    stand.sim.fault("sendMessage", kind)

    await stand.answer(anna, anna.send("my neck hurts"))


async def test_an_answer_that_nobody_confirmed_comes_at_most_twice(stand: Stand, anna: User) -> None:
    stand.sim.fault("sendMessage", "drop_after", times=9)

    seen = await stand.answers(anna, anna.send("my neck hurts"))

    assert 1 <= len(seen) <= 2
    assert stand.sim.counts["sendMessage"] <= 2


async def test_an_answer_that_telegram_does_not_take_in_time_comes_once(
    idle_stand: Stand, anna: User
) -> None:
    await idle_stand.start(read_seconds=0.2)
    idle_stand.sim.fault("sendMessage", "hang")

    await idle_stand.answer(anna, anna.send("my neck hurts"))

    assert len(idle_stand.sent(anna.id)) == 2


async def test_an_answer_that_telegram_never_takes_is_given_up_and_the_next_one_comes(
    stand: Stand, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "LONGEST_PAUSE_SECONDS", 0.02)
    fault = stand.sim.fault("sendMessage", times=1000)
    assert await stand.answers(anna, anna.send("my neck hurts")) == []
    assert stand.sim.counts["sendMessage"] == calls.MOST_ATTEMPTS
    fault.times = 0

    await stand.answer(anna, anna.send("my neck hurts"))


async def test_of_an_answer_that_broke_off_only_what_did_not_arrive_is_kept(stand: Stand, anna: User) -> None:
    """What is kept is sent after the next start, and what anna has seen would come to her twice."""
    await stand.answers(anna, anna.send("time LI4 for 60 seconds once on the left"))
    await stand.answers(anna, anna.press("Start"))
    refusal = "Bad Request: something is wrong with this text"
    stand.sim.fault(
        "sendMessage", code=400, description=refusal, when=lambda call: "ended the routine" in call["text"]
    )

    told = await stand.answer(anna, anna.send("I'm pregnant"))

    kept = [letter.reply.plain for letter in await stand.chats.waiting_letters(stand.now())]
    assert "pregnant" in told.text
    assert any("ended the routine" in text for text in kept)
    assert told.text not in kept


async def test_an_edit_that_failed_is_made_again(stand: Stand, anna: User) -> None:
    answer = await stand.answer(anna, anna.start())
    stand.sim.fault("editMessageText", "drop")

    edited = await stand.answer(anna, anna.press("Body regions", answer))

    assert edited.kind == "edit"


async def test_a_tap_has_its_effect_even_if_its_loading_sign_cannot_be_stopped(
    stand: Stand, anna: User
) -> None:
    answer = await stand.answer(anna, anna.start())
    fault = stand.sim.fault("answerCallbackQuery", times=1000)

    press = await anna.press("Body regions", answer)
    await anna.expect(kinds="edit")
    await stand.all_confirmed()

    fault.times = 0
    await stand.bot.answer_callback_query(press.query_id)


# --- Telegram asks for patience


async def test_being_told_to_wait_is_obeyed_once(stand: Stand, anna: User) -> None:
    stand.sim.fault("sendMessage", "flood", retry_after=1)

    await stand.answer(anna, anna.send("my neck hurts"))

    [first, second] = [call.time for call in stand.sim.calls if call.method == "sendMessage"]
    assert second - first >= 1


async def test_being_told_to_wait_again_and_again_loses_nothing(
    stand: Stand, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "seconds_to_wait", lambda error: 0.001)
    stand.sim.fault("sendMessage", "flood", times=3 * calls.MOST_ATTEMPTS)

    await stand.answer(anna, anna.send("my neck hurts"))


async def test_a_chat_that_has_to_wait_delays_no_other_and_is_not_forgotten(
    stand: Stand, anna: User, ben: User
) -> None:
    stand.sim.fault("sendMessage", "flood", retry_after=2, when=lambda raw: str(raw["chat_id"]) == "1001")
    refused = called(stand.sim, "sendMessage")
    began = time.monotonic()
    for text in ("my neck hurts", "where is LI4", "where is KI3"):
        await anna.send(text)
    await refused.wait()
    for text in ("where is ST36", "where is BL40", "where is LR3"):
        await ben.send(text)
        await ben.expect(text.split()[-1], timeout=1)

    assert time.monotonic() - began < 2, "this test needs less time than the wait"
    assert len(stand.pending) >= 3, "what waits is not confirmed"
    await stand.all_confirmed()
    seen = [event.text for event in anna.events if event.kind == "message"]
    assert [text.split()[0] for text in seen] == ["You", "LI4", "KI3"]
    assert len(stand.sent(ben.id)) == 3


async def test_a_chat_with_a_flood_of_messages_hides_no_other(
    idle_stand: Stand, anna: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "MOST_UPDATES", 10)
    idle_stand.sim.limits.flood = False
    fault = idle_stand.sim.fault(
        "sendMessage", "flood", times=1000, retry_after=1, when=lambda raw: str(raw["chat_id"]) == "1001"
    )
    for _ in range(25):
        await anna.send("/start p_LI4")
    await ben.send("my neck hurts")
    await idle_stand.start()

    await ben.expect("neck pain", timeout=4)

    fault.times = 0
    for _ in range(25):
        await anna.expect("^LI4", kinds="message", since=0)


# --- people and groups that are gone


async def test_somebody_who_blocked_the_bot_is_left_in_peace(stand: Stand, anna: User) -> None:
    stand.refusals.append(BLOCKED)
    await anna.send("my neck hurts")
    anna.blocked = True

    await stand.all_confirmed()

    assert len(stand.sent(anna.id)) == 1
    await anna.unblock()
    await stand.answer(anna, anna.start())


async def test_an_answer_that_cannot_even_be_tried_stops_nobody_else(
    stand: Stand, anna: User, ben: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    deliver = Outbound.deliver

    async def stumble(self, address, *answer):
        if address.chat_id == anna.id:
            raise ZeroDivisionError
        await deliver(self, address, *answer)

    monkeypatch.setattr(Outbound, "deliver", stumble)

    assert await stand.answers(anna, anna.send("my neck hurts")) == []
    await stand.answer(ben, ben.send("my neck hurts"))
    told = [each.exc_info[0] for each in caplog.records if each.exc_info]
    assert told == [ZeroDivisionError] * 2, "the answer, and the apology for it"
    caplog.clear()


# --- updates do not come


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("kind", ["error", "html502", "garbage", "drop"])
async def test_what_is_written_while_updates_fail_is_answered_later(
    stand: Stand, anna: User, kind, times: int
) -> None:
    await stand.answer(anna, anna.start())
    noticed = logged(UNREACHABLE)
    stand.sim.fault("getUpdates", kind, times=times)
    await anna.send("my neck hurts")
    await noticed.wait()

    await anna.expect("neck pain")
    await stand.all_confirmed()

    assert len(stand.sent(anna.id)) == 2


async def test_an_update_fetched_again_because_its_confirmation_was_lost_is_answered_once(
    stand: Stand, anna: User
) -> None:
    await stand.answer(anna, anna.start())
    stand.sim.fault("getUpdates", "drop", times=2)

    await stand.answer(anna, anna.send("my neck hurts"))


async def test_an_update_that_the_library_cannot_read_keeps_no_other_from_being_answered(
    stand: Stand, anna: User, caplog: pytest.LogCaptureFixture
) -> None:
    await stand.answer(anna, anna.start())

    async def write() -> None:
        stand.sim.push("message", {"message_id": 1, "text": "neither a chat nor a date"})
        await anna.send("my neck hurts")
        stand.sim.push("message", {"message_id": 2})

    await stand.answer(anna, write())
    assert [each.getMessage() for each in caplog.records if each.name.startswith("bot")] == [
        "updates could not be read",
        "an update was passed over",
        "an update was passed over",
    ]
    caplog.clear()


async def test_an_update_that_waits_long_for_its_answer_is_read_once(
    stand: Stand, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stand.answer(anna, anna.start())
    read_updates: list[int] = []
    de_json = Update.de_json

    def read(data: dict[str, Any], bot: Bot | None = None) -> Update:
        read_updates.append(data["update_id"])
        return de_json(data, bot)

    monkeypatch.setattr(Update, "de_json", read)
    stand.sim.fault("sendMessage", "flood", retry_after=2)
    polls = stand.sim.counts["getUpdates"]

    await stand.answer(anna, anna.send("my neck hurts"))

    assert stand.sim.counts["getUpdates"] - polls > 2
    assert len(read_updates) == 1


async def test_a_poll_that_hangs_is_given_up(
    idle_stand: Stand, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "POLL_SECONDS", 1)
    polled = called(idle_stand.sim, "getUpdates")
    idle_stand.sim.fault("getUpdates", "hang")
    await idle_stand.start(late_seconds=0.1)
    await polled.wait()

    await idle_stand.answer(anna, anna.send("my neck hurts"))


async def test_being_told_to_wait_with_polling_is_obeyed(stand: Stand, anna: User) -> None:
    await stand.answer(anna, anna.start())
    stand.sim.fault("getUpdates", "flood", retry_after=1)
    refused = called(stand.sim, "getUpdates")

    await anna.send("my neck hurts")
    await refused.wait()
    began = time.monotonic()
    await called(stand.sim, "getUpdates").wait()

    assert time.monotonic() - began >= 0.9
    await stand.all_confirmed()


async def test_an_outage_ends_and_what_was_written_meanwhile_is_answered(
    stand: Stand, anna: User, ben: User
) -> None:
    await stand.answer(anna, anna.start())
    noticed = logged(UNREACHABLE)
    await stand.sim.offline()
    await noticed.wait()
    await anna.send("my neck hurts")
    await ben.send("where is LI4")
    await logged(UNREACHABLE).wait()

    await stand.sim.online()
    await stand.all_confirmed()

    assert len(stand.sent(anna.id)) == 2
    assert len(stand.sent(ben.id)) == 1


async def test_an_answer_on_its_way_when_an_outage_begins_comes_after_it(
    stand: Stand, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "LONGEST_PAUSE_SECONDS", 0.01)
    stand.sim.fault("sendMessage", "hang")
    sending = called(stand.sim, "sendMessage")
    await anna.send("my neck hurts")
    await sending.wait()
    await stand.sim.offline()
    for _ in range(6):  # each longer than the pauses between attempts
        await logged(UNREACHABLE).wait()

    await stand.sim.online()
    await anna.expect("neck pain")
    await stand.all_confirmed()

    assert [event.kind for event in anna.events] == ["sent", "message"]


# --- a second bot, and a token that ends


async def test_a_passing_conflict_is_survived(stand: Stand, anna: User) -> None:
    await stand.answer(anna, anna.start())
    stand.sim.fault("getUpdates", times=MOST_CONFLICTS - 1, **CONFLICT)

    await stand.answer(anna, anna.send("my neck hurts"))


async def test_a_lasting_conflict_ends_the_polling(idle_stand: Stand, sim: Simulator) -> None:
    sim.fault("getUpdates", times=MOST_CONFLICTS, **CONFLICT)
    await idle_stand.start()
    await idle_stand.end_of_polling()

    with pytest.raises(SecondPoller):
        await idle_stand.stop()


async def test_a_token_that_was_revoked_ends_the_polling(idle_stand: Stand, sim: Simulator) -> None:
    sim.fault("getUpdates", code=401, description="Unauthorized")
    await idle_stand.start()
    await idle_stand.end_of_polling()

    with pytest.raises(InvalidToken):
        await idle_stand.stop()


async def test_a_token_that_is_revoked_over_an_answer_ends_the_polling(idle_stand: Stand, anna: User) -> None:
    await anna.send("my neck hurts")
    idle_stand.sim.fault("sendMessage", "flood", retry_after=3)
    await idle_stand.start()
    await called(idle_stand.sim, "sendMessage").wait()
    idle_stand.sim.fault("getUpdates", "error", code=401, description="Unauthorized")

    await idle_stand.end_of_polling()

    with pytest.raises(InvalidToken):
        await idle_stand.stop()
