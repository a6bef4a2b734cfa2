"""A group, a topic and a chat without the bot can be tried by one visitor, who speaks as everybody."""

from __future__ import annotations

import re

import pytest
from chat_page import ChatPage, OpenChat
from playwright.async_api import expect

from bot.playground.run import Playground
from bot.playground.stage import Person

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

IN_GROUP = [Person(-number, "Person", str(number)) for number in (1, 2, 3)]
IN_TOPIC = Person(-11, "Person", "1")


async def go(chat: ChatPage, section: str, name: str) -> None:
    """Choose a person under "You are" or a chat under "In"."""
    await chat.page.locator("#people").click()
    menu = chat.page.get_by_role("menu", name=section)
    await menu.get_by_role("menuitemradio", name=re.compile(rf"^{name}(?: \d+ unread)?$")).click()


async def test_two_people_write_in_a_group(open_chat: OpenChat) -> None:
    first = await open_chat(started=False, person=IN_GROUP[0])
    second = await open_chat(started=False, person=IN_GROUP[1])
    await expect(first.page.get_by_role("heading", level=1)).to_have_text("Walking club")
    await expect(second.button("Start")).to_be_hidden()
    await first.say("my back aches")
    await expect(second.theirs.last).to_contain_text("Person 1")
    await expect(second.theirs.last).to_contain_text("my back aches")
    await first.button("Menu").click()
    await first.page.get_by_role("menuitem", name="Show a photo").click()
    await expect(first.mine.last).to_contain_text("/photo@acupressure_companion_bot")
    await second.say("/buttons")
    await expect(first.theirs.last).to_contain_text("Choose:")
    await expect(second.theirs.last.locator(".sender")).to_have_text("Acupressure companion")
    await second.key("Toast").click()
    await expect(second.page.locator(".toast")).to_have_text("Saved.")
    await expect(first.page.locator(".toast")).to_have_count(0)
    await first.key("Settings").click()
    await expect(first.page.get_by_role("heading", level=1)).to_have_text("Acupressure companion")
    await expect(
        first.page.get_by_role("button", name="You are Person 1. Change person or chat")
    ).to_be_visible()
    await expect(first.mine.last).to_contain_text("/start settings")
    await expect(first.theirs.last).to_contain_text("you came with settings")


async def test_one_visitor_speaks_as_every_member_of_a_group(open_chat: OpenChat) -> None:
    chat = await open_chat(started=False, person=IN_GROUP[0])
    await chat.say("from the first")
    for number in (2, 3):
        await go(chat, "You are", f"Person {number}")
        await expect(chat.page.get_by_role("heading", level=1)).to_have_text("Walking club")
        label = f"You are Person {number} in Walking club. Change person or chat"
        await expect(chat.page.get_by_role("button", name=label)).to_be_visible()
        await chat.say(f"from number {number}")
        await expect(chat.mine.last).to_contain_text(f"from number {number}")
        await expect(chat.theirs.filter(has_text="from the first")).to_be_visible()
    await go(chat, "In", "Private chat")
    await expect(chat.page.get_by_role("heading", level=1)).to_have_text("Acupressure companion")


async def test_what_one_member_reads_is_not_unread_for_the_others(open_chat: OpenChat) -> None:
    chat = await open_chat(started=False, person=IN_GROUP[0])
    await chat.say("for all of us")
    await expect(chat.mine.last).to_contain_text("for all of us")
    await expect(chat.page.locator("#people .badge")).to_have_count(0)
    await go(chat, "In", "Family, without the bot")
    other = await open_chat(started=False, person=IN_GROUP[1])
    await other.say("and one more")
    await expect(chat.page.locator("#people .badge")).to_have_text("1")


async def test_a_topic_is_a_chat_of_its_own(open_chat: OpenChat) -> None:
    chat = await open_chat(started=False, person=IN_TOPIC)
    await expect(chat.page.get_by_role("heading", level=1)).to_have_text("Stretches")
    await expect(chat.page.locator(".service")).to_have_text("Person 1 began the topic “Stretches”")
    await chat.ask("/countdown 30")
    await expect(chat.theirs.last).to_contain_text("Hold. It ends")
    await expect(chat.mine.last.locator(".replied")).to_have_count(0)
    await go(chat, "In", "Walking club")
    await expect(chat.page.get_by_role("log")).not_to_contain_text("Hold. It ends")
    await go(chat, "In", "Stretches in Walking club")
    await expect(chat.theirs.last).to_contain_text("Hold. It ends")


async def test_a_group_without_the_bot_says_so(open_chat: OpenChat, playground: Playground) -> None:
    playground.stage.seats[-21].chat.messages.clear()  # another test may have written there
    chat = await open_chat(started=False, person=IN_GROUP[0])
    await go(chat, "In", "Family, without the bot")
    await expect(chat.page.get_by_role("main")).to_contain_text("The bot is not in this group")
    await expect(chat.button("Menu")).to_be_hidden()
    await expect(chat.box).to_be_visible()


async def test_who_is_in_no_group_is_offered_none(chat: ChatPage) -> None:
    await chat.page.locator("#people").click()
    await expect(chat.page.get_by_role("menu", name="In")).to_have_count(0)
    await expect(chat.page.get_by_role("menu", name="You are")).to_be_visible()
