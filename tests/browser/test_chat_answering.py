"""What a person does on the page reaches the bot, and its answer shows."""

from __future__ import annotations

import re

import pytest
from chat_page import ChatPage, OpenChat
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_start_begins_an_empty_chat(open_chat: OpenChat) -> None:
    chat = await open_chat(started=False)
    await expect(chat.page.get_by_role("main")).to_contain_text("I show what a bot can do.")
    await expect(chat.box).to_be_hidden()
    await chat.button("Start").click()
    await expect(chat.theirs).to_contain_text("you came with nothing")
    await expect(chat.box).to_be_focused()


async def test_a_deep_link_carries_its_payload_once(open_chat: OpenChat) -> None:
    chat = await open_chat(started=False, query="&start=p_LI4")
    await chat.button("Start").click()
    await expect(chat.theirs).to_contain_text("you came with p_LI4")
    assert "start=" not in chat.page.url
    await chat.page.reload()
    await expect(chat.box).to_be_visible()


async def test_toast_and_alert_answer_a_button(chat: ChatPage) -> None:
    await chat.ask("buttons")
    await chat.key("Toast").click()
    await expect(chat.page.locator(".toast")).to_have_text("Saved.")
    await chat.key("Alert").click()
    alert = chat.page.get_by_role("dialog", name="Please read this.")
    await expect(alert).to_be_visible()
    await alert.get_by_role("button", name="OK").click()
    await expect(alert).to_be_hidden()


async def test_a_button_shows_that_it_waits_for_the_bot(chat: ChatPage) -> None:
    await chat.ask("buttons")
    slow = chat.key("Slow")
    await slow.click()
    await expect(slow).to_have_attribute("aria-busy", "true")
    await chat.say("go")
    await expect(slow).not_to_have_attribute("aria-busy", "true")


async def test_an_edit_changes_the_message_and_its_buttons(chat: ChatPage) -> None:
    message = await chat.ask("buttons")
    await chat.key("Edit").click()
    await expect(message.locator(".text")).to_contain_text("It was edited.")
    await expect(message.locator(".meta")).to_contain_text("edited")
    await expect(message.locator(".key")).to_have_count(0)


async def test_a_deleted_message_vanishes(chat: ChatPage) -> None:
    await chat.ask("buttons")
    await chat.key("Delete").click()
    await expect(chat.page.get_by_role("log")).not_to_contain_text("Choose:")
    await expect(chat.theirs).to_have_count(1)


async def test_buttons_can_open_a_site_and_copy_a_text(open_chat: OpenChat) -> None:
    chat = await open_chat(permissions=["clipboard-read", "clipboard-write"])
    await chat.ask("buttons")
    await expect(chat.key("Site")).to_have_attribute("href", "https://example.org/")
    await expect(chat.key("Site")).to_have_attribute("target", "_blank")
    await expect(chat.key("Site")).to_have_attribute("rel", "noopener noreferrer")
    await chat.key("Copy").click()
    await expect(chat.page.locator(".toast")).to_have_text("Copied")
    assert await chat.page.evaluate("navigator.clipboard.readText()") == "112"


async def test_a_button_with_a_link_to_the_bot_starts_it_with_what_the_link_carries(chat: ChatPage) -> None:
    await chat.ask("buttons")
    address = chat.page.url
    await chat.key("Settings").click()
    await expect(chat.mine.last).to_contain_text("/start settings")
    await expect(chat.theirs.last).to_contain_text("you came with settings")
    assert chat.page.url == address
    assert len(chat.page.context.pages) == 1


async def test_styled_buttons_have_their_colours(chat: ChatPage) -> None:
    await chat.ask("buttons")
    colour = "node => getComputedStyle(node).backgroundColor"
    colours = {label: await chat.key(label).evaluate(colour) for label in ("Toast", "Edit", "Delete", "Done")}
    assert len(set(colours.values())) == 4
    red, green, blue = (int(part) for part in re.findall(r"\d+", colours["Delete"])[:3])
    assert red > green
    assert red > blue


async def test_a_reply_keyboard_answers_asks_for_a_place_and_goes(chat: ChatPage) -> None:
    await chat.ask("keys")
    await chat.key("Yes").click()
    await expect(chat.theirs.last).to_contain_text("You sent a text: Yes")
    await chat.key("Send my location").click()
    place = chat.page.get_by_role("dialog", name="Where are you?")
    await place.get_by_role("button", name="Berlin").click()
    await expect(chat.theirs.last).to_contain_text("You are at 52.52.")
    await chat.ask("nokeys")
    await expect(chat.page.locator("#keys")).to_be_hidden()


async def test_a_bot_can_ask_for_a_reply(chat: ChatPage) -> None:
    await chat.ask("ask")
    await expect(chat.page.locator("#about")).to_contain_text("Which city?")
    await expect(chat.box).to_have_attribute("placeholder", "A city")
    answer = await chat.ask("Berlin")
    await expect(answer).to_contain_text("You answered Which city? with Berlin.")
    await expect(chat.page.locator("#about")).to_be_hidden()


async def test_the_menu_lists_the_commands_and_sends_one(chat: ChatPage) -> None:
    await chat.button("Menu").click()
    menu = chat.page.get_by_role("menu", name="Commands")
    await expect(menu.get_by_role("menuitem")).to_have_count(3)
    await menu.get_by_role("menuitem", name="Show a photo").click()
    await expect(chat.mine.last).to_contain_text("/photo")
    await expect(chat.theirs.last).to_contain_text("on the back of the hand")


async def test_a_slash_suggests_commands(chat: ChatPage) -> None:
    await chat.box.press_sequentially("/b")
    options = chat.page.get_by_role("option")
    await expect(options).to_have_count(1)
    await expect(options).to_contain_text("Show buttons")
    await chat.box.press("Enter")
    await expect(chat.mine.last).to_contain_text("/buttons")
    await expect(chat.theirs.last).to_contain_text("Choose:")


async def test_the_attach_menu_sends_everything_it_offers(chat: ChatPage) -> None:
    for name, kind in (("Voice message", "voice"), ("Own contact", "contact"), ("Photo", "photo")):
        await chat.choose(name)
        await expect(chat.theirs.last).to_contain_text(f"You sent a {kind}")
    await chat.choose("Sticker")
    await chat.page.get_by_role("button", name="Sticker 👍").click()
    await expect(chat.theirs.last).to_contain_text("You sent a sticker")


async def test_a_place_and_a_forwarded_text_can_be_attached(chat: ChatPage) -> None:
    await chat.choose("Location")
    await chat.page.get_by_label("Latitude").fill("-33.9")
    await chat.page.get_by_role("button", name="Send this place").click()
    await expect(chat.theirs.last).to_contain_text("You are at -33.90.")
    await chat.box.fill("Press here every day")
    await chat.choose("Forwarded message")
    await expect(chat.mine.last).to_contain_text("Forwarded from Morning Post")
    await expect(chat.mine.last).to_contain_text("Press here every day")
    await expect(chat.theirs.last).to_contain_text("That was forwarded.")


async def test_an_own_message_can_be_corrected(chat: ChatPage) -> None:
    await chat.ask("lower bak")
    await chat.mine.last.hover()
    await chat.mine.last.get_by_role("button", name="Edit").click()
    await expect(chat.box).to_have_value("lower bak")
    answer = await chat.ask("lower back")
    await expect(answer).to_contain_text("Now it says lower back.")
    corrected = chat.mine.filter(has_text="lower back")
    await expect(corrected.locator(".meta")).to_contain_text("edited")
    await expect(chat.mine).to_have_count(2)


async def test_shift_and_enter_begin_a_new_line(chat: ChatPage) -> None:
    await chat.box.press_sequentially("one")
    await chat.box.press("Shift+Enter")
    await chat.box.press_sequentially("two")
    await chat.box.press("Enter")
    await expect(chat.mine.last.locator(".text")).to_contain_text("one\ntwo", use_inner_text=True)


async def test_the_page_can_be_used_without_a_mouse(chat: ChatPage) -> None:
    await chat.ask("buttons")
    names = []
    await chat.box.focus()
    for _ in range(14):
        await chat.page.keyboard.press("Shift+Tab")
        names.append(await chat.page.evaluate("document.activeElement.textContent.trim()"))
        if names[-1] == "Toast":
            break
    assert names[-1] == "Toast", names
    outline = await chat.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    await chat.page.keyboard.press("Enter")
    await expect(chat.page.locator(".toast")).to_have_text("Saved.")
