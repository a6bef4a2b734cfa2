"""Nobody misses an answer.

It comes into view, a long one from its start; but where the person has scrolled to since, the chat stays.
"""

from __future__ import annotations

import pytest
from chat_page import ChatPage
from playwright.async_api import Locator, expect

from bot.playground.botapi import TOKEN
from bot.playground.run import Playground

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LONG = "\n".join(f"Line {number}" for number in range(1, 81))  # taller than the window, and so is its answer


async def scroll(chat: ChatPage, pixels: int) -> float:
    """Turn the wheel by so much; where the chat stands then, in pixels from its start."""
    position = await top(chat)
    await chat.page.locator("#log").hover()
    await chat.page.mouse.wheel(0, pixels)
    await chat.page.wait_for_function(
        "([from, least]) => Math.abs(document.querySelector('#log').scrollTop - from) >= least",
        arg=[position, min(abs(pixels), 100)],
    )
    return await top(chat)


async def top(chat: ChatPage) -> float:
    """Where the chat stands once it has come to rest there."""
    return float(
        await chat.page.evaluate(
            "async () => { const log = document.querySelector('#log'); let last = -1; let calm = 0;"
            " while (calm < 4) { calm = log.scrollTop === last ? calm + 1 : 0; last = log.scrollTop;"
            " await new Promise(requestAnimationFrame); } return last; }"
        )
    )


async def write(chat: ChatPage, playground: Playground, text: str) -> Locator:
    """The bot writes without being asked; its message."""
    before = await chat.theirs.count()
    answer = await chat.page.request.post(
        f"{playground.url}/bot{TOKEN}/sendMessage", data={"chat_id": chat.person.id, "text": text}
    )
    assert answer.ok
    await chat.theirs.nth(before).wait_for()
    return chat.theirs.nth(before)


async def expect_start_in_view(chat: ChatPage, message: Locator) -> None:
    """The message begins at the top of the window, and its end does not fit."""
    await top(chat)
    window, bubble = await chat.page.locator("#log").bounding_box(), await message.bounding_box()
    assert window is not None
    assert bubble is not None
    assert window["height"] < bubble["height"]
    assert 0 <= bubble["y"] - window["y"] < 24


@pytest.fixture
def badge(chat: ChatPage) -> Locator:
    """How many messages wait below the window."""
    return chat.page.locator("#jump .badge")


async def test_who_scrolled_up_and_then_writes_sees_every_answer(chat: ChatPage, badge: Locator) -> None:
    await chat.ask(LONG)
    await scroll(chat, -900)
    for _ in range(2):
        answer = await chat.ask("buttons")
        await top(chat)
        await expect(answer).to_be_in_viewport(ratio=1)
        await expect(badge).to_have_count(0)
    await expect(chat.page.locator("#jump")).to_be_hidden()


async def test_a_long_answer_is_shown_from_its_start(chat: ChatPage, badge: Locator) -> None:
    answer = await chat.ask(LONG)
    await expect_start_in_view(chat, answer)
    await expect(chat.button("To the newest message")).to_be_visible()
    await expect(badge).to_have_count(0)


async def test_a_long_answer_of_several_messages_is_shown_from_its_start(
    chat: ChatPage, playground: Playground, badge: Locator
) -> None:
    first = await write(chat, playground, LONG)
    await write(chat, playground, "And one more thing.")
    await expect_start_in_view(chat, first)
    await expect(badge).to_have_text("1")
    await chat.button("To the newest message, 1 unread").click()
    await expect(chat.theirs.last).to_be_in_viewport(ratio=1)
    await expect(badge).to_have_count(0)


async def test_who_scrolls_after_the_answer_stays_there(
    chat: ChatPage, playground: Playground, badge: Locator
) -> None:
    await chat.ask(LONG)
    position = await scroll(chat, 300)
    message = await write(chat, playground, "Time.")
    await expect(badge).to_have_text("1")
    assert await top(chat) == position
    await expect(message).not_to_be_in_viewport()


async def test_who_is_at_the_end_sees_what_comes_unasked(
    chat: ChatPage, playground: Playground, badge: Locator
) -> None:
    await chat.ask(LONG)
    await scroll(chat, 9000)
    message = await write(chat, playground, "Time.")
    await top(chat)
    await expect(message).to_be_in_viewport(ratio=1)
    await expect(badge).to_have_count(0)


async def test_the_answer_to_a_button_far_up_comes_into_view(chat: ChatPage, playground: Playground) -> None:
    await chat.ask("buttons")
    await chat.ask(LONG)
    await scroll(chat, -9000)
    await chat.key("Toast").click()
    await expect(chat.page.locator(".toast")).to_be_visible()
    answer = await write(chat, playground, "Here it is.")
    await top(chat)
    await expect(answer).to_be_in_viewport(ratio=1)


async def test_keys_that_make_the_window_smaller_do_not_cover_their_message(chat: ChatPage) -> None:
    await chat.ask(LONG)
    answer = await chat.ask("keys")
    await expect(chat.key("Send my location")).to_be_visible()
    await top(chat)
    await expect(answer).to_be_in_viewport(ratio=1)
