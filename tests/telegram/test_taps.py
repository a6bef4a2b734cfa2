"""A button does something at once, in its own message: tapped twice, late, after a restart, or gone."""

from __future__ import annotations

from collections import Counter

import pytest
from stand import BLOCKED, NOT_FOUND, NOT_MODIFIED, TOO_OLD, Stand, tap

from bot.conversation.actions import ShowPoint, decode, encode
from bot.conversation.hold_actions import HasSign
from bot.library import Library
from bot.playground.botapi import Msg, User

TAPS = 60
AT_ONCE_SECONDS = 1.0
LI4 = encode(ShowPoint("LI4"))


async def test_sixty_taps_are_answered_at_once_and_in_place(stand: Stand, anna: User) -> None:
    message = (await stand.answer(anna, anna.start())).msg
    assert message is not None
    tapped: Counter[str] = Counter()
    for _ in range(TAPS):
        # The button tapped least so far: that leads everywhere in time.
        # A danger sign is left out: the card that it raises is the whole answer.
        every_data = [button["callback_data"] for button in message.buttons]
        led_on = [data for data in every_data if not isinstance(decode(data), HasSign)]
        data = min(led_on, key=lambda data: tapped[data])
        tapped[data] += 1
        before = message.data

        press = await anna.press(data, message)
        await press.answered(AT_ONCE_SECONDS)
        await stand.all_confirmed()

        assert message.data != before, data
        assert message.buttons, "a dead end"
    assert len(tapped) > TAPS / 2
    assert len(stand.sent(anna.id)) == 1


async def test_a_double_tap_has_one_effect(
    stand: Stand, anna: User, caplog: pytest.LogCaptureFixture
) -> None:
    stand.refusals.append(NOT_MODIFIED)
    answer = await stand.answer(anna, anna.send("my neck hurts"))

    seen = await stand.answers(anna, anna.press("Another point", answer), anna.press("Another point", answer))

    assert [event.kind for event in seen] == ["edit"]
    assert not [each for each in caplog.records if each.name.startswith("bot")], "nothing to complain about"


async def test_the_same_tap_reported_twice_has_one_effect(stand: Stand, anna: User) -> None:
    stand.refusals += [NOT_MODIFIED, TOO_OLD]
    answer = await stand.answer(anna, anna.start())

    async def press_and_report_twice() -> None:
        await anna.press("Body regions", answer)
        [update] = stand.pending.values()
        stand.sim.push("callback_query", update["callback_query"])

    seen = await stand.answers(anna, press_and_report_twice())

    assert [event.kind for event in seen] == ["edit"]


async def test_three_taps_on_different_buttons_leave_the_last(
    stand: Stand, anna: User, library: Library
) -> None:
    answer = await stand.answer(anna, anna.send("my neck hurts"))

    labels = ["Another point", "I can't reach that", "Body regions"]
    seen = await stand.answers(anna, *(anna.press(label, answer) for label in labels))

    assert [event.kind for event in seen] == ["edit"] * 3
    assert seen[-1].text == library.words.sentences.areas


async def test_a_button_works_after_a_restart(stand: Stand, anna: User, library: Library) -> None:
    answer = await stand.answer(anna, anna.start())
    await stand.stop()
    await stand.start()

    edited = await stand.answer(anna, anna.press("Body regions", answer))

    assert (edited.kind, edited.text) == ("edit", library.words.sentences.areas)


@pytest.mark.parametrize(
    "data",
    [
        "garbage",
        "x" * 64,
        "",
        "0:p:LI4::0",
        "1:p:LI4::0",
        "1:p:ZZ9::0",
        "1:p:LI4::g",
        "1:p:LI4:9999:0",
        "1:p:LI4::" + "f" * 50,
        "1:c:::0",
        "1:a:9::0",
        "1:m:::0\n",
        "💥",
    ],
    ids=ascii,
)
async def test_a_button_of_another_time_gets_a_word_and_fresh_buttons(
    stand: Stand, anna: User, data: str, library: Library
) -> None:
    answer = await stand.answer(anna, anna.send("my neck hurts"))

    since = len(anna.events)
    tap(anna, answer, data)
    await stand.all_confirmed()

    toast, edit = anna.events[since:]
    assert (toast.kind, toast.text) == ("toast", library.words.sentences.old_button_toast)
    assert (edit.kind, edit.text) == ("edit", answer.text)
    assert edit.labels != answer.labels
    again = await stand.answer(anna, anna.press(edit.labels[0], answer))
    assert again.text != answer.text


async def test_a_tap_on_a_deleted_message_is_answered_with_a_new_one(stand: Stand, anna: User) -> None:
    stand.refusals.append(NOT_FOUND)
    answer = await stand.answer(anna, anna.start())
    await anna.delete(answer.msg)

    new = await stand.answer(anna, anna.press("Body regions", answer))

    assert new.kind == "message"
    assert new.labels


async def test_a_tap_on_a_message_that_cannot_be_changed_is_answered_with_a_new_one(
    stand: Stand, anna: User
) -> None:
    stand.refusals.append("message can't be edited")
    answer = await stand.answer(anna, anna.start())
    answer.msg.frozen = True

    new = await stand.answer(anna, anna.press("Body regions", answer))

    assert new.kind == "message"


@pytest.mark.parametrize("data", [LI4, "garbage"])
async def test_a_tap_on_a_message_that_telegram_no_longer_shows_is_answered_with_a_new_one(
    stand: Stand, anna: User, data: str
) -> None:
    stand.refusals.append(NOT_FOUND)
    await stand.answer(anna, anna.start())
    faded = Msg(anna.chat, {"message_id": 999, "chat": anna.chat.json, "date": 0}, [], from_bot=True)

    tap(anna, faded, data)
    await stand.all_confirmed()

    assert len(stand.sent(anna.id)) == 2


async def test_a_tap_that_telegram_reports_too_late_still_has_its_effect(
    stand: Stand, anna: User, library: Library
) -> None:
    stand.refusals.append(TOO_OLD)
    answer = await stand.answer(anna, anna.start())
    stand.sim.limits.callback_age = -1

    edited = await stand.answer(anna, anna.press("Body regions", answer))

    assert (edited.kind, edited.text) == ("edit", library.words.sentences.areas)


async def test_a_tap_of_somebody_who_then_blocked_the_bot_is_no_trouble(stand: Stand, anna: User) -> None:
    stand.refusals.append(BLOCKED)
    answer = await stand.answer(anna, anna.start())
    await anna.press("Body regions", answer)
    anna.blocked = True

    await stand.all_confirmed()

    assert stand.sim.counts["editMessageText"] == 1


async def test_buttons_carry_no_words_about_the_person(stand: Stand, anna: User) -> None:
    answer = await stand.answer(anna, anna.send("I am pregnant and my lower back hurts"))

    datas = [button["callback_data"] for button in answer.msg.buttons]
    assert datas
    assert not [data for data in datas if "preg" in data or "back" in data or len(data.encode()) > 64]


async def test_thanks_for_a_verdict_come_over_the_chat_and_its_buttons_go(stand: Stand, anna: User) -> None:
    stand.refusals.append(NOT_MODIFIED)
    asked = await stand.answer(anna, anna.send("/feedback"))
    data = asked.msg.buttons[0]["callback_data"]

    first = await stand.answers(anna, tap(anna, asked, data).answered())
    again = await stand.answers(anna, tap(anna, asked, data).answered())

    assert [event.kind for event in first] == ["toast", "edit"]
    assert [event.kind for event in again] == ["toast"]
    assert asked.msg.buttons == []
    assert asked.msg.text == asked.text
    assert len(stand.sent(anna.id)) == 1
