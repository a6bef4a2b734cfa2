"""Typing "@bot words" in any chat lists what the bot finds; one of it is sent into that chat."""

from __future__ import annotations

import re

import pytest
from chat_page import ChatPage, OpenChat
from playwright.async_api import Locator, expect

from bot.playground.stage import Person

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def look_for(chat: ChatPage, words: str) -> Locator:
    """Type a search; the list of what was found."""
    await chat.box.press_sequentially(f"@bot {words}")
    found = chat.page.get_by_role("listbox", name="Found")
    await expect(found).to_be_visible()
    return found


async def test_results_appear_while_typing_and_are_chosen_with_arrows_and_enter(chat: ChatPage) -> None:
    found = await look_for(chat, "sci")
    await expect(found.get_by_role("option", name="Hand")).to_contain_text("For sci")
    await expect(found.get_by_role("option", selected=True)).to_have_count(0)
    for _ in range(3):
        await chat.box.press("ArrowDown")
    await expect(found.get_by_role("option", selected=True)).to_contain_text("Foot")
    active = found.get_by_role("option", selected=True)
    await expect(chat.box).to_have_attribute("aria-activedescendant", await active.get_attribute("id") or "")
    await chat.box.press("Enter")
    await expect(chat.mine.last).to_contain_text("via @acupressure_companion_bot")
    await expect(chat.mine.last.locator(".text")).to_contain_text("Press the foot.")
    await expect(chat.box).to_have_value("")
    await expect(found).to_be_hidden()


async def test_a_button_of_what_was_sent_works(chat: ChatPage) -> None:
    found = await look_for(chat, "sci")
    await found.get_by_role("option", name="Hand").click()
    await chat.key("Press").click()
    await expect(chat.mine.last.locator(".text")).to_contain_text("It was edited.")
    await expect(chat.mine.last.get_by_role("button", name="Edit")).to_have_count(0)


async def test_enter_without_a_choice_sends_what_was_typed(chat: ChatPage) -> None:
    await look_for(chat, "sci")
    await chat.box.press("Enter")
    await expect(chat.mine.last.locator(".text")).to_contain_text("@bot sci")
    await expect(chat.page.locator("#suggestions")).to_be_hidden()


async def test_escape_takes_the_results_away_and_leaves_the_words(chat: ChatPage) -> None:
    found = await look_for(chat, "sci")
    await chat.box.press("Escape")
    await expect(found).to_be_hidden()
    await expect(chat.box).to_have_value("@bot sci")


async def test_words_that_were_typed_on_are_what_is_found(chat: ChatPage) -> None:
    found = await look_for(chat, "s")
    await chat.box.press_sequentially("ciatica")
    await expect(found.get_by_role("option", name="Hand")).to_contain_text("For sciatica")
    await chat.box.fill("sciatica")
    await expect(found).to_be_hidden()


async def test_an_at_sign_offers_the_bot_and_the_attach_menu_does_too(chat: ChatPage) -> None:
    await chat.box.press_sequentially("@ac")
    await expect(chat.page.get_by_role("option")).to_contain_text("@acupressure_companion_bot")
    await chat.box.press("Enter")
    await expect(chat.box).to_have_value("@acupressure_companion_bot ")
    await expect(chat.page.get_by_role("option", name="Hand")).to_be_visible()
    await chat.box.fill("")
    await chat.choose("Search inline")
    await expect(chat.page.get_by_role("option", name="Hand")).to_be_visible()


async def test_another_name_is_nobody_to_ask(chat: ChatPage) -> None:
    await chat.box.press_sequentially("@somebody_else sci")
    await expect(chat.page.locator("#suggestions")).to_be_hidden()
    await chat.box.press("Enter")
    await expect(chat.mine.last).to_contain_text("@somebody_else sci")


async def test_a_picture_is_seen_before_it_is_sent(chat: ChatPage) -> None:
    await chat.ask("photo")
    found = await look_for(chat, "sci")
    picture = found.get_by_role("option", name="A picture")
    await expect(picture.locator("img")).to_have_js_property("naturalWidth", 400)
    await picture.click()
    await expect(chat.mine.last.get_by_role("button", name="Open the photo")).to_be_visible()
    await expect(chat.mine.last).to_contain_text("The hand.")


async def test_more_results_come_at_the_end_of_the_list(chat: ChatPage) -> None:
    found = await look_for(chat, "many")
    options = found.get_by_role("option")
    await expect(found.get_by_role("option", name="Point 20", exact=False)).to_have_count(1)
    assert await options.count() < 30
    for _ in range(3):
        await options.last.scroll_into_view_if_needed()
    await expect(found.get_by_role("option", name="Point 50", exact=False)).to_have_count(1)


async def test_the_button_above_the_results_leads_to_the_private_chat(open_chat: OpenChat) -> None:
    chat = await open_chat(started=False, person=Person(-3, "Person", "3"))
    found = await look_for(chat, "sci")
    await found.get_by_role("option", name="Ask in private").click()
    await expect(chat.page.get_by_role("heading", level=1)).to_have_text("Acupressure companion")
    await expect(chat.theirs.last).to_contain_text("you came with inline")


async def test_one_member_searches_and_the_group_reads(open_chat: OpenChat) -> None:
    one = await open_chat(started=False, person=Person(-22, "Person", "2"))
    other = await open_chat(started=False, person=Person(-23, "Person", "3"))
    await (await look_for(one, "sci")).get_by_role("option", name="Hand").click()
    await expect(other.theirs.last).to_contain_text("Person 2")
    await expect(other.theirs.last).to_contain_text("via @acupressure_companion_bot")
    await other.key("Press").click()
    await expect(one.mine.last.locator(".text")).to_contain_text("It was edited.")


async def test_nothing_found_still_offers_the_private_chat(chat: ChatPage) -> None:
    found = await look_for(chat, "nothing")
    await expect(found.get_by_role("option")).to_have_text(["Ask in private"])
    await expect(chat.page.locator("#spoken p").last).to_have_text(re.compile("Found: 1"))


async def test_what_is_found_after_the_line_was_sent_is_not_shown(chat: ChatPage) -> None:
    async with chat.page.expect_request_finished(lambda request: request.url.endswith("/play/search")):
        async with chat.page.expect_request("**/play/search"):
            await chat.box.press_sequentially("@bot sci")
        await chat.box.press("Enter")
    await expect(chat.theirs.last).to_contain_text("You sent a text")
    await expect(chat.page.locator("#suggestions")).to_be_hidden()
