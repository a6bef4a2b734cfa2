"""A bot is only as good as its conduct when Telegram is slow, full, broken or gone."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import ClientSession
from expecting import arrival, refused
from telegram import Bot
from telegram.error import Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.playground.botapi import Simulator, User


async def test_a_chat_takes_a_burst_and_then_one_message_a_second(bot: Bot, anna: User) -> None:
    for n in range(5):
        await bot.send_message(anna.id, str(n))
    with pytest.raises(RetryAfter) as refusal:
        await bot.send_message(anna.id, "too much")
    assert refusal.value.retry_after.total_seconds() == 1
    assert [msg.text for msg in anna.chat.visible() if msg.from_bot] == ["0", "1", "2", "3", "4"]


async def test_coming_back_before_retry_after_is_over_is_noted(bot: Bot, sim: Simulator, anna: User) -> None:
    for n in range(5):
        await bot.send_message(anna.id, str(n))
    with pytest.raises(RetryAfter):
        await bot.send_message(anna.id, "too much")
    sim.assert_clean()
    with pytest.raises(RetryAfter):
        await bot.send_message(anna.id, "still too much")
    with pytest.raises(AssertionError, match="sent again before retry_after was over"):
        sim.assert_clean()


async def test_a_group_takes_twenty_messages_a_minute(bot: Bot, sim: Simulator, anna: User) -> None:
    group = sim.group("Walkers", anna)
    for n in range(20):
        await bot.send_message(group.id, str(n))
    with pytest.raises(RetryAfter) as refusal:
        await bot.send_message(group.id, "too much")
    assert refusal.value.retry_after.total_seconds() == 3


async def test_limits_can_be_switched_off(bot: Bot, sim: Simulator, anna: User) -> None:
    sim.limits.flood = False
    for n in range(6):
        await bot.send_message(anna.id, str(n))


async def test_an_error_is_given_as_often_as_asked(bot: Bot, sim: Simulator, anna: User) -> None:
    sim.fault("sendMessage", "error", times=2, code=502, description="Bad Gateway")
    for _ in range(2):
        with refused("Bad Gateway", NetworkError):
            await bot.send_message(anna.id, "a")
    await bot.send_message(anna.id, "a")
    assert [call.injected for call in sim.calls if call.method == "sendMessage"] == ["error", "error", ""]
    assert sim.errors() == []


async def test_a_fault_can_choose_its_calls(bot: Bot, sim: Simulator, anna: User) -> None:
    sim.fault("*", "error", when=lambda params: params.get("text") == "b")
    await bot.send_message(anna.id, "a")
    with pytest.raises(NetworkError):
        await bot.send_message(anna.id, "b")


async def test_a_flood_fault_names_the_seconds_to_wait(bot: Bot, sim: Simulator, anna: User) -> None:
    sim.fault("sendMessage", "flood", retry_after=7)
    with pytest.raises(RetryAfter) as refusal:
        await bot.send_message(anna.id, "a")
    assert refusal.value.retry_after.total_seconds() == 7


@pytest.mark.parametrize("kind", ["html502", "garbage"])
async def test_an_answer_can_be_no_answer_of_the_bot_api(
    bot: Bot, sim: Simulator, anna: User, kind: str
) -> None:
    sim.fault("sendMessage", kind)
    with pytest.raises(TelegramError):
        await bot.send_message(anna.id, "a")
    assert anna.last is None


async def test_a_dropped_call_has_no_effect(bot: Bot, sim: Simulator, anna: User) -> None:
    sim.fault("sendMessage", "drop")
    with pytest.raises(NetworkError):
        await bot.send_message(anna.id, "a")
    assert anna.last is None


async def test_a_call_can_take_effect_although_its_answer_is_lost(
    bot: Bot, sim: Simulator, anna: User
) -> None:
    sim.fault("sendMessage", "drop_after")
    with pytest.raises(NetworkError):
        await bot.send_message(anna.id, "a")
    assert anna.last.text == "a"


async def test_a_hanging_call_has_no_answer_and_no_effect(bot: Bot, sim: Simulator, anna: User) -> None:
    sim.fault("sendMessage", "hang")
    with pytest.raises(TimedOut):
        await bot.send_message(anna.id, "a", read_timeout=0.05)
    assert anna.last is None


async def test_a_hanging_call_is_cut_in_the_end(bot: Bot, sim: Simulator, anna: User) -> None:
    sim.fault("sendMessage", "hang", seconds=0.02)
    with pytest.raises(NetworkError):
        await bot.send_message(anna.id, "a")
    assert anna.last is None


async def test_a_delayed_call_succeeds_in_the_end(bot: Bot, sim: Simulator, anna: User) -> None:
    sim.fault("sendMessage", "delay", seconds=0.02)
    assert (await bot.send_message(anna.id, "a")).text == "a"


async def test_a_refusal_counts_even_if_the_call_was_delayed(bot: Bot, sim: Simulator, anna: User) -> None:
    sim.fault("sendMessage", "delay", seconds=0)
    with refused("message text is empty"):
        await bot.send_message(anna.id, "")
    assert [call.method for call in sim.errors()] == ["sendMessage"]


async def test_faults_can_be_cleared(bot: Bot, sim: Simulator, anna: User) -> None:
    sim.fault("sendMessage", times=5)
    sim.clear_faults()
    await bot.send_message(anna.id, "a")


async def test_offline_cuts_a_waiting_poll_and_online_takes_the_next(
    bot: Bot, sim: Simulator, anna: User
) -> None:
    polled = arrival(sim, "getUpdates")
    waiting = asyncio.ensure_future(bot.get_updates(timeout=10))
    await polled.wait()
    await sim.offline()
    await sim.offline()  # which changes nothing any more
    with pytest.raises(NetworkError):
        await waiting
    with pytest.raises(NetworkError):
        await bot.send_message(anna.id, "a")
    assert anna.last is None
    await sim.online()
    await bot.send_message(anna.id, "b")


async def test_a_blocked_bot_gets_403_until_it_is_unblocked(bot: Bot, sim: Simulator, anna: User) -> None:
    await anna.block()
    with refused("bot was blocked by the user", Forbidden):
        await bot.send_message(anna.id, "a")
    await anna.unblock()
    await bot.send_message(anna.id, "b")
    statuses = [
        update["my_chat_member"]["new_chat_member"]["status"] for update in sim.updates.pending.values()
    ]
    assert statuses == ["kicked", "member"]


async def test_a_bot_cannot_write_first(bot: Bot, sim: Simulator) -> None:
    ben = sim.user(1002, "Ben")
    with refused("bot can't initiate conversation with a user", Forbidden):
        await bot.send_message(ben.id, "a")
    with refused("chat not found"):
        await bot.send_message(99, "a")


@pytest.mark.parametrize(("token", "status"), [("987654321:" + "x" * 35, 401), ("nonsense", 404)])
async def test_a_wrong_token_is_turned_away(sim: Simulator, token: str, status: int) -> None:
    async with ClientSession() as session, session.get(f"{sim.base_url}{token}/getMe") as answer:
        assert answer.status == status
    assert sim.calls == []


async def test_a_body_that_is_not_json_is_refused(sim: Simulator) -> None:
    headers = {"Content-Type": "application/json"}
    async with (
        ClientSession() as session,
        session.post(f"{sim.base_url}{sim.token}/getMe", data=b"{", headers=headers) as answer,
    ):
        assert answer.status == 400
        assert (await answer.json())["ok"] is False


async def test_a_method_that_does_not_exist_is_not_found(post) -> None:
    assert (await post("sendMassage"))["error_code"] == 404


async def test_method_names_may_be_written_in_any_case(post, sim: Simulator) -> None:
    assert (await post("GETME"))["result"] == (await post("getMe"))["result"]
    assert sim.counts["getMe"] == 2


async def test_unknown_parameters_are_tolerated_but_noted(post, sim: Simulator, anna: User) -> None:
    assert (await post("sendMessage", chat_id=anna.id, text="a", parsemode="HTML"))["ok"]
    with pytest.raises(AssertionError, match="sendMessage: unknown parameter 'parsemode'"):
        sim.assert_clean()


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"reply_markup": {"inline_keyboard": [[{"text": "A", "data": "a"}]]}}, "unknown field 'data'"),
        ({"disable_notification": "maybe"}, "'maybe' is not Boolean"),
        ({"entities": [{"type": "bold", "offset": 0}]}, "field 'length' of MessageEntity is missing"),
    ],
)
async def test_parameters_of_the_wrong_shape_are_noted(
    post, sim: Simulator, anna: User, params: dict, problem: str
) -> None:
    await post("sendMessage", chat_id=anna.id, text="a", **params)
    assert any(problem in violation.text for violation in sim.violations)


async def test_after_logging_out_nothing_works(post) -> None:
    assert (await post("logOut"))["result"] is True
    assert (await post("getMe"))["description"] == "Logged out"
