"""The page around the chat: people, state of the bot, colours, narrow screens, the drawer for developers."""

from __future__ import annotations

import pytest
from chat_page import ChatPage, OpenChat
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

BACKGROUND = "getComputedStyle(document.querySelector('.top')).backgroundColor"


async def test_a_second_person_has_a_chat_of_their_own(open_chat: OpenChat) -> None:
    first = await open_chat()
    second = await open_chat(started=False)
    await first.button(f"You are Person {first.person.last_name}. Change person or chat").click()
    await first.page.get_by_role(
        "menuitemradio", name=f"Person {second.person.last_name}", exact=True
    ).click()
    await expect(first.theirs).to_have_count(0)
    await first.button("Start").click()
    await expect(first.theirs).to_contain_text(f"Hello Person {second.person.last_name}")
    await expect(second.theirs).to_have_count(1)


async def test_news_for_another_person_is_counted(open_chat: OpenChat) -> None:
    first = await open_chat()
    watcher = await open_chat(started=False)
    await expect(watcher.page.locator("#people .badge")).to_have_count(0)
    await first.ask("loud")
    await expect(watcher.page.locator("#people .badge")).to_have_text("1")


async def test_the_language_of_a_person_changes_the_menu(chat: ChatPage) -> None:
    await chat.page.locator("#people").click()
    await chat.page.get_by_label("App language").select_option("de")
    await chat.page.keyboard.press("Escape")
    await chat.button("Menu").click()
    await expect(chat.page.get_by_role("menuitem")).to_have_text(["Anfangen/start"])


async def test_the_header_tells_when_the_bot_is_down_and_when_it_is_back(chat: ChatPage) -> None:
    state = chat.page.get_by_role("banner").get_by_role("status")
    await expect(state).to_have_text("ready")
    await chat.say("crash")
    await expect(state).to_have_text("stopped with code 3")
    outage = chat.page.locator("#outage")
    await expect(outage).to_contain_text("The bot has stopped")
    await expect(outage).to_contain_text("waits for it")
    await expect(outage).to_contain_text("The bot is starting again")
    await expect(state).to_have_text("ready")
    await expect(outage).to_be_hidden()
    await chat.ask("loud")


async def test_dark_and_light_follow_the_system_and_the_button(open_chat: OpenChat) -> None:
    light = await open_chat(started=False, color_scheme="light")
    dark = await open_chat(started=False, color_scheme="dark", person=light.person)
    bright, dim = await light.page.evaluate(BACKGROUND), await dark.page.evaluate(BACKGROUND)
    assert bright != dim
    await light.turn("Dark theme")
    assert await light.page.evaluate(BACKGROUND) == dim
    await light.page.reload()
    assert await light.page.evaluate(BACKGROUND) == dim
    await light.page.locator("#more").click()
    switch = light.page.get_by_role("menuitemcheckbox", name="Dark theme")
    await expect(switch).to_have_attribute("aria-checked", "true")


@pytest.mark.parametrize("font_size", ["100%", "160%"])
async def test_a_narrow_screen_needs_no_sideways_scrolling(open_chat: OpenChat, font_size: str) -> None:
    chat = await open_chat(viewport={"width": 360, "height": 640})
    await chat.page.evaluate(f"document.documentElement.style.fontSize = '{font_size}'")
    for word in ("formatted", "buttons", "keys"):
        await chat.ask(word)
    await chat.ask("W" * 120)
    sideways = (
        "() => [document.documentElement, ...document.querySelectorAll('.log, .top, .bottom, .bubble')]"
        ".filter(node => node.scrollWidth > node.clientWidth + 1).map(node => node.className)"
    )
    assert await chat.page.evaluate(sideways) == []
    outside = "() => [...document.querySelectorAll('button, textarea')].filter(node => node.offsetParent)"
    outside += ".filter(node => node.getBoundingClientRect().right > innerWidth + 1).map(node => node.id)"
    assert await chat.page.evaluate(outside) == []


async def test_the_chat_fills_a_phone_and_is_a_column_on_a_desk(open_chat: OpenChat) -> None:
    width = "document.querySelector('.phone').getBoundingClientRect().width"
    phone = await open_chat(started=False)
    assert await phone.page.evaluate(width) == 390
    desk = await open_chat(started=False, viewport={"width": 1280, "height": 800}, person=phone.person)
    assert 380 < await desk.page.evaluate(width) < 480


async def test_the_drawer_lists_calls_and_what_went_wrong(chat: ChatPage) -> None:
    drawer = chat.page.get_by_role("complementary", name="What the bot called")
    await expect(drawer).to_be_hidden()
    await chat.say("refused")
    await chat.open_drawer()
    await expect(drawer).to_be_visible()
    await drawer.get_by_label("Only what went wrong").check()
    await expect(drawer.locator(".call.fault").first).to_contain_text("can't parse entities")
    await drawer.locator(".call.fault summary").first.click()
    await expect(drawer.locator(".call.fault pre").first).to_contain_text("<b>open")
