"""Nobody is kept out: by keyboard, by ear, on a small phone, with weak sight, the page can be used.

axe-core looks at the main states of the page; what a machine cannot see is told one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from chat_page import ChatPage, OpenChat
from playwright.async_api import Page, expect

from bot.playground.run import Playground

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

BARRIERS = ("moderate", "serious", "critical")
SMALL: Any = {"width": 320, "height": 640}
LEAST_PIXELS = 44
# What can be hit on the page, but for words inside a text, which may be as high as their line.
TOO_SMALL = """(least) => [...document.querySelectorAll('button, textarea, select, input, summary')]
    .filter((node) => node.checkVisibility() && !node.closest('.text') && !node.closest('label:has(input)'))
    .map((node) => [node, node.getBoundingClientRect()])
    .filter(([, { width, height }]) => width && (width < least - 0.5 || height < least - 0.5))
    .map(([node, { width, height }]) => `${node.outerHTML.slice(0, 90)} ${width} x ${height}`)"""
SIDEWAYS = """() => [...document.querySelectorAll('html, .log, .top, .bottom, .sheet, .inspector')]
    .filter((node) => node.checkVisibility() && node.scrollWidth > node.clientWidth + 1)
    .map((node) => node.className || node.tagName)"""
FOCUSED = "document.activeElement.ariaLabel ?? document.activeElement.textContent.trim()"


@pytest.fixture
def unhurried(playground: Playground) -> Iterator[None]:
    """Lets one chat get more messages in a row than Telegram allows."""
    playground.stage.simulator.limits.flood = False
    yield
    playground.stage.simulator.limits.flood = True


async def barriers(page: Page) -> list[str]:
    """What axe-core finds to keep people out, one line each."""
    found = await Axe().run(page)
    return [
        f"{violation['impact']} {violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found.response["violations"]
        if violation["impact"] in BARRIERS
        for node in violation["nodes"]
    ]


async def open_sheet(chat: ChatPage, name: str) -> None:
    await chat.page.locator(f"#{name}").click()
    await expect(chat.page.locator(f"#{name}-sheet")).to_be_visible()


async def expect_inside(page: Page, sheet: str, viewport: Any) -> None:
    """The whole sheet is on the screen; what is too long for it scrolls."""
    box = await page.locator(f"#{sheet}-sheet").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= viewport["width"]
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= viewport["height"]


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_no_barrier_in_any_state(open_chat: OpenChat, theme: Any) -> None:
    chat = await open_chat(started=False, color_scheme=theme, reduced_motion="reduce")
    assert await barriers(chat.page) == []
    await chat.button("Start").click()
    await chat.theirs.first.wait_for()
    for word in ("formatted", "buttons", "photo", "film", "keys", "countdown 90", "quote"):
        await chat.ask(word)
        assert await barriers(chat.page) == [], word
    for sheet in ("people", "more", "menu", "attach"):
        await open_sheet(chat, sheet)
        assert await barriers(chat.page) == [], sheet
        await chat.page.keyboard.press("Escape")
    await chat.button("Clock").click()
    await chat.box.fill("/")
    assert await barriers(chat.page) == []
    await chat.choose("Location")
    assert await barriers(chat.page) == []
    await chat.page.keyboard.press("Escape")
    await chat.open_drawer()
    assert await barriers(chat.page) == []


async def test_a_message_is_spoken_once_with_its_buttons(chat: ChatPage) -> None:
    spoken = chat.page.locator("#spoken p")
    await chat.ask("buttons")
    await expect(spoken.last).to_have_text(
        "Acupressure companion. Choose: "
        "Buttons: Toast, Alert, Slow, Edit, Delete, Done, Site, Settings, Copy."
    )
    await expect(spoken.filter(has_text="Choose")).to_have_count(1)
    await chat.ask("photo")
    await expect(spoken.last).to_have_text("Acupressure companion. Photo. LI4: on the back of the hand.")
    await expect(spoken.filter(has_text="Choose")).to_have_count(1)


async def test_a_changed_message_is_spoken_and_a_running_time_is_not(chat: ChatPage) -> None:
    countdown = (await chat.ask("countdown 42")).locator("time[data-format=r]")
    spoken = chat.page.locator("#spoken p")
    await expect(spoken.last).to_contain_text("Hold. It ends in")
    before = await spoken.count()
    first = await countdown.inner_text()
    await expect(countdown).not_to_have_text(first)
    assert await spoken.count() == before
    await chat.ask("buttons")
    await chat.key("Edit").click()
    await expect(spoken.last).to_have_text("Acupressure companion changed a message. It was edited.")


async def test_what_is_hidden_is_not_spoken(chat: ChatPage) -> None:
    await chat.ask("formatted")
    spoken = chat.page.locator("#spoken p").last
    await expect(spoken).to_contain_text("bold italic")
    await expect(spoken).not_to_contain_text("secret")


async def test_the_history_is_a_list_that_is_read_and_not_called_out(chat: ChatPage) -> None:
    log = chat.page.get_by_role("log")
    await expect(log).to_have_attribute("aria-live", "off")
    await expect(log.get_by_role("listitem").last).to_contain_text("Acupressure companion: ")
    await chat.page.reload()
    await chat.theirs.first.wait_for()
    await expect(chat.page.locator("#spoken p")).to_have_count(0)


@pytest.mark.parametrize(("label", "then"), [("Edit", "Reply"), ("Delete", "Message")])
async def test_the_keyboard_keeps_its_place_when_a_message_changes(
    chat: ChatPage, label: str, then: str
) -> None:
    """The bot takes the pressed button away, and who pressed it must not fall to the top of the page."""
    await chat.ask("buttons")
    await chat.key(label).focus()
    await chat.page.keyboard.press("Enter")
    await expect(chat.key(label)).to_have_count(0)
    assert await chat.page.evaluate(FOCUSED) == then


@pytest.mark.parametrize("sheet", ["people", "more", "menu", "attach"])
async def test_a_sheet_is_walked_with_arrows_and_closed_with_escape(chat: ChatPage, sheet: str) -> None:
    button = chat.page.locator(f"#{sheet}")
    await button.focus()
    await chat.page.keyboard.press("Enter")
    await expect(button).to_have_attribute("aria-expanded", "true")
    items = chat.page.locator(f"#{sheet}-sheet button")
    await chat.page.keyboard.press("End")
    await expect(items.last).to_be_focused()
    await chat.page.keyboard.press("ArrowDown")
    await expect(items.first).to_be_focused()
    await chat.page.keyboard.press("ArrowUp")
    await expect(items.last).to_be_focused()
    await chat.page.keyboard.press("Escape")
    await expect(button).to_be_focused()
    await expect(button).to_have_attribute("aria-expanded", "false")
    await expect(items.first).to_be_hidden()


async def test_tab_leaves_a_sheet_and_closes_it(chat: ChatPage) -> None:
    await open_sheet(chat, "attach")
    await chat.page.keyboard.press("End")
    for _ in range(8):
        await chat.page.keyboard.press("Tab")
    await expect(chat.page.locator("#attach-sheet")).to_be_hidden()


async def test_tab_goes_round_the_page_and_is_never_trapped(chat: ChatPage) -> None:
    await chat.ask("buttons")
    await chat.ask("keys")
    seen = []
    await chat.page.locator("#clock").focus()
    for _ in range(60):
        await chat.page.keyboard.press("Tab")
        seen.append(await chat.page.evaluate(FOCUSED))
        if seen[-1] == "Clock":
            break
    assert {"More", "Toast", "Menu", "Message", "Attach", "Yes", "Clock"} <= set(seen)
    assert seen.index("Toast") < seen.index("Menu") < seen.index("Message") < seen.index("Yes")


async def test_every_stop_of_the_keyboard_shows_where_it_is(chat: ChatPage) -> None:
    await chat.ask("buttons")
    await chat.page.locator("#clock").focus()
    shown = (
        "(({ activeElement: node }) => getComputedStyle(node).outlineStyle !== 'none'"
        " || getComputedStyle(node.closest('.composer')).boxShadow !== 'none')(document)"
    )
    for _ in range(25):
        await chat.page.keyboard.press("Tab")
        if await chat.page.evaluate("document.activeElement !== document.body"):
            assert await chat.page.evaluate(shown), await chat.page.evaluate(FOCUSED)


async def test_the_drawer_on_a_phone_hides_the_chat_from_the_keyboard_until_it_closes(chat: ChatPage) -> None:
    await chat.open_drawer()
    drawer = chat.page.get_by_role("complementary", name="What the bot called")
    for _ in range(6):
        assert await drawer.evaluate("node => node.contains(document.activeElement)")
        await chat.page.keyboard.press("Shift+Tab")
        if await chat.page.evaluate("document.activeElement === document.body"):
            break
    await drawer.get_by_role("button", name="Close").focus()
    await chat.page.keyboard.press("Escape")
    await expect(drawer).to_be_hidden()
    await expect(chat.page.locator("#more")).to_be_focused()


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("viewport", [SMALL, {"width": 390, "height": 844}], ids=["320", "390"])
async def test_everything_can_be_hit_with_a_thumb_and_nothing_is_off_the_side(
    open_chat: OpenChat, viewport: Any
) -> None:
    chat = await open_chat(viewport=viewport, has_touch=True, is_mobile=True)
    for word in ("formatted", "buttons", "document", "quote", "keys"):
        await chat.ask(word)
    await chat.button("Clock").click()
    await chat.ask("W" * 120)
    assert await chat.page.evaluate(TOO_SMALL, LEAST_PIXELS) == []
    assert await chat.page.evaluate(SIDEWAYS) == []
    for sheet in ("people", "more", "menu", "attach"):
        await open_sheet(chat, sheet)
        assert await chat.page.evaluate(TOO_SMALL, LEAST_PIXELS) == [], sheet
        await expect_inside(chat.page, sheet, viewport)
        await chat.page.keyboard.press("Escape")
    await chat.open_drawer()
    assert await chat.page.evaluate(TOO_SMALL, LEAST_PIXELS) == []
    assert await chat.page.evaluate(SIDEWAYS) == []


@pytest.mark.parametrize("viewport", [SMALL, {"width": 640, "height": 320}], ids=["tall", "wide"])
async def test_sheets_fit_a_small_screen_with_letters_twice_as_large(
    open_chat: OpenChat, viewport: Any
) -> None:
    chat = await open_chat(viewport=viewport)
    await chat.page.evaluate("document.documentElement.style.fontSize = '200%'")
    for sheet in ("people", "more", "menu", "attach"):
        await open_sheet(chat, sheet)
        await expect_inside(chat.page, sheet, viewport)
        await chat.page.keyboard.press("Escape")
    assert await chat.page.evaluate(SIDEWAYS) == []
    await expect(chat.box).to_be_in_viewport(ratio=1)


async def test_the_keyboard_of_a_phone_does_not_hide_the_composer(open_chat: OpenChat) -> None:
    chat = await open_chat(has_touch=True, is_mobile=True)
    await chat.ask("buttons")
    await chat.box.focus()
    # Some phones shrink the page; others lay the keyboard over it and only tell what is still seen.
    await chat.page.set_viewport_size({"width": 390, "height": 480})
    await expect(chat.box).to_be_in_viewport(ratio=1)
    await expect(chat.theirs.last).to_be_in_viewport(ratio=1)
    await chat.page.set_viewport_size({"width": 390, "height": 844})
    await chat.page.evaluate(
        "() => { Object.defineProperty(visualViewport, 'height', { value: 500, configurable: true });"
        " visualViewport.dispatchEvent(new Event('resize')); }"
    )
    for node in (chat.box, chat.theirs.last.locator(".key").last):
        place = await node.bounding_box()
        assert place is not None
        assert place["y"] + place["height"] <= 500


async def test_who_wants_little_motion_sees_none(open_chat: OpenChat) -> None:
    chat = await open_chat(reduced_motion="reduce")
    await chat.ask("buttons")
    await chat.say("typing")
    await expect(chat.page.locator("#typing")).to_be_visible()
    await open_sheet(chat, "attach")
    longest = await chat.page.evaluate(
        "() => Math.max(0, ...document.getAnimations()"
        ".map(({ effect }) => effect.getComputedTiming().activeDuration))"
    )
    assert longest <= 1


async def test_every_button_has_a_name(chat: ChatPage) -> None:
    await chat.ask("buttons")
    unnamed = await chat.page.evaluate(
        "() => [...document.querySelectorAll('button')].filter(node => node.offsetParent)"
        ".filter(node => !node.ariaLabel && !node.textContent.trim()).map(node => node.outerHTML)"
    )
    assert unnamed == []
    await expect(chat.button("Toast")).to_have_count(1)
    await expect(chat.page.locator("#people")).to_have_attribute("aria-label", re.compile("Change person"))
