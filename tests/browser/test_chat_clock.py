"""Tomorrow can be seen today: the clock goes ahead for the person, the page and its countdowns alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from chat_page import ChatPage, OpenChat
from playwright.async_api import Locator, expect

from bot.delivery.clock import now
from bot.playground.run import Playground

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ZONE = "Asia/Tokyo"


@pytest.fixture(autouse=True)
def real_time(playground: Playground) -> Iterator[None]:
    """All tests share the playground: each finds the real time, and nothing that others count down."""
    for chat in playground.stage.simulator.chats.values():
        if chat.user:
            chat.messages.clear()
    yield
    playground.stage.clock.move(-playground.stage.clock.seconds_ahead)


async def steps(chat: ChatPage) -> Locator:
    """The steps ahead, after the clock's button has shown them."""
    await chat.button("Clock").click()
    found = chat.page.get_by_role("group", name="Move the clock ahead")
    await expect(found).to_be_visible()
    return found


def shown(chat: ChatPage) -> Locator:
    """The playground's time under the header."""
    return chat.page.locator("#clock-time time")


async def arrival(chat: ChatPage) -> None:
    """Wait until the clock stands where it was moved to."""
    await expect(chat.page.locator("#clock-steps")).not_to_have_attribute("aria-busy", "true")


async def moment(chat: ChatPage) -> datetime:
    """The time the page shows."""
    return datetime.fromisoformat(await shown(chat).get_attribute("datetime") or "")


async def seconds_left(countdown: Locator) -> int:
    return int(re.findall(r"in (\d+) seconds", await countdown.inner_text())[0])


async def test_a_countdown_jumps_with_every_step_of_the_clock(chat: ChatPage) -> None:
    countdown = (await chat.ask("countdown 50")).locator("time[data-format=r]")
    step = (await steps(chat)).get_by_role("button", name="+10 s")
    for _ in range(2):
        before = await seconds_left(countdown)
        await step.click()
        jumped = "|".join(str(seconds) for seconds in range(before - 15, before - 9))
        await expect(countdown).to_have_text(re.compile(f"in ({jumped}) seconds"))
    await chat.button("+1 min").click()
    await expect(countdown).to_have_text(re.compile(r"\d+ seconds ago"))


async def test_the_time_is_shown_once_it_is_not_the_real_one(chat: ChatPage) -> None:
    await steps(chat)
    await expect(shown(chat)).to_be_hidden()
    await chat.button("+1 h").click()
    await arrival(chat)
    await expect(shown(chat)).to_be_visible()
    await chat.button("Clock").click()
    await expect(chat.button("+1 h")).to_be_hidden()
    await expect(shown(chat)).to_be_visible()
    assert 3590 < (await moment(chat)).timestamp() - now().timestamp() < 3610
    first = await shown(chat).inner_text()
    await expect(shown(chat)).not_to_have_text(first)


async def test_a_moved_clock_survives_a_reload_and_moves_on(chat: ChatPage) -> None:
    await chat.ask("countdown 4000")
    await (await steps(chat)).get_by_role("button", name="+1 h").click()
    await arrival(chat)
    await chat.page.reload()
    await expect(shown(chat)).to_be_visible()
    countdown = chat.theirs.last.locator("time[data-format=r]")
    await expect(countdown).to_have_text(re.compile("in [56] minutes"))
    await (await steps(chat)).get_by_role("button", name="+1 min").click()
    await arrival(chat)
    await expect(countdown).to_have_text(re.compile("in [45] minutes"))
    assert 3650 < (await moment(chat)).timestamp() - now().timestamp() < 3670


async def test_every_open_page_goes_by_the_moved_clock(open_chat: OpenChat) -> None:
    mover, other = await open_chat(started=False), await open_chat()
    countdown = (await other.ask("countdown 4000")).locator("time[data-format=r]")
    await expect(countdown).to_have_text("in 1 hour")
    await (await steps(mover)).get_by_role("button", name="+1 h").click()
    await expect(countdown).to_have_text(re.compile("in [56] minutes"))
    await expect(shown(other)).to_be_visible()


async def test_tomorrow_is_eight_in_the_morning_where_the_browser_is(open_chat: OpenChat) -> None:
    chat = await open_chat(timezone_id=ZONE)
    tomorrow = (await steps(chat)).get_by_role("button", name="Tomorrow 8:00")
    today = now().astimezone(ZoneInfo(ZONE)).date()
    for days in (1, 2):
        day = today + timedelta(days=days)
        await tomorrow.click()
        await expect(shown(chat)).to_contain_text(f"{day.day} {day:%b}")
        await expect(shown(chat)).to_contain_text("08:00:0")
        assert (await moment(chat)).astimezone(ZoneInfo(ZONE)).date() == day


async def test_two_quick_taps_are_two_mornings(open_chat: OpenChat) -> None:
    chat = await open_chat(timezone_id=ZONE)
    tomorrow = (await steps(chat)).get_by_role("button", name="Tomorrow 8:00")
    day = now().astimezone(ZoneInfo(ZONE)).date() + timedelta(days=2)
    await tomorrow.evaluate("node => { node.click(); node.click(); }")
    await expect(shown(chat)).to_contain_text(f"{day.day} {day:%b}")
    await expect(shown(chat)).to_contain_text("08:00:0")


async def test_what_was_said_today_is_of_an_earlier_day_tomorrow(chat: ChatPage) -> None:
    days = chat.page.locator(".day")
    await expect(days).to_have_text(["Today"])
    await (await steps(chat)).get_by_role("button", name="Tomorrow 8:00").click()
    await expect(days).not_to_have_text(["Today"])
    answer = await chat.ask("loud")
    await expect(days).to_have_count(2)
    await expect(days.last).to_have_text("Today")
    await expect(answer.locator(".meta")).to_contain_text("08:00")


@pytest.mark.parametrize("font_size", ["100%", "160%"])
async def test_the_clock_fits_a_narrow_screen(open_chat: OpenChat, font_size: str) -> None:
    chat = await open_chat(viewport={"width": 360, "height": 640})
    await chat.page.evaluate(f"document.documentElement.style.fontSize = '{font_size}'")
    await (await steps(chat)).get_by_role("button", name="+1 min").click()
    await expect(shown(chat)).to_be_visible()
    outside = (
        "() => [...document.querySelectorAll('header *, #clock-bar *')]"
        ".filter(node => node.checkVisibility())"
        ".filter(node => node.getBoundingClientRect().right > innerWidth + 1).map(node => node.id)"
    )
    assert await chat.page.evaluate(outside) == []
    await expect(chat.theirs.last).to_be_in_viewport(ratio=1)


async def test_the_clock_runs_through_a_countdown_and_says_that_it_does(chat: ChatPage) -> None:
    await chat.ask("countdown 30")
    step = (await steps(chat)).get_by_role("button", name="+1 min")
    await chat.page.evaluate(
        "() => { window.times = []; new MutationObserver(() => times.push("
        "document.querySelector('.theirs:last-child time[data-format=r]').textContent))"
        ".observe(document.querySelector('#clock-time'), { childList: true, subtree: true }); }"
    )
    await step.click()
    await expect(chat.page.locator("#clock-steps")).to_have_attribute("aria-busy", "true")
    await arrival(chat)
    passed = await chat.page.evaluate("times.map((text) => text.split(' ')[0] === 'in')")
    assert passed.count(True) >= 2, "it was seen to come nearer"
    assert passed[-1] is False
