"""What a person sees of the bot's messages is what a Telegram app would show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from chat_page import ChatPage, OpenChat
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_every_kind_of_formatting_is_drawn(chat: ChatPage) -> None:
    message = await chat.ask("formatted")
    await expect(message.locator("strong", has_text=re.compile("^bold$"))).to_be_visible()
    await expect(message.locator("em", has_text=re.compile("^italic$"))).to_be_visible()
    await expect(message.locator("u")).to_have_text("underlined")
    await expect(message.locator("s")).to_have_text("struck")
    await expect(message.locator("strong em")).to_have_text("and italic")
    await expect(message.locator("strong", has_text="after an emoji")).to_have_text("after an emoji")
    await expect(message.locator("code.tap")).to_have_text("code")
    await expect(message.locator("pre code")).to_have_text('print("hello")')
    await expect(message.locator("pre")).to_contain_text("python")
    await expect(message.locator("blockquote")).to_have_text("A plain quote")
    await expect(message.locator(".mention")).to_have_text("@somebody_else")
    link = message.get_by_role("link", name="link", exact=True)
    await expect(link).to_have_attribute("href", "https://example.org/?b=1&c=2")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await expect(message.get_by_role("link", name="mail@example.org")).to_have_attribute(
        "href", "mailto:mail@example.org"
    )


async def test_a_spoiler_stays_hidden_until_it_is_tapped(chat: ChatPage) -> None:
    message = await chat.ask("formatted")
    hidden = message.get_by_role("button", name="Hidden text, tap to show")
    inner = message.locator(".spoiler-text")
    await expect(inner).to_have_css("opacity", "0")
    await hidden.press("Enter")
    await expect(inner).to_have_css("opacity", "1")
    await expect(inner).to_have_text("secret")


async def test_a_command_in_a_text_sends_itself(chat: ChatPage) -> None:
    message = await chat.ask("formatted")
    await message.get_by_role("button", name="/help").click()
    await expect(chat.mine.last).to_contain_text("/help")


async def test_a_long_quote_is_folded_to_three_lines_and_opens(chat: ChatPage) -> None:
    message = await chat.ask("quote")
    text = message.locator(".quote-text")
    height = "node => Math.round(node.clientHeight / parseFloat(getComputedStyle(node).lineHeight))"
    unfold = message.get_by_role("button", name="Show the whole quote")
    await expect(unfold).to_be_visible()
    assert await text.evaluate(height) == 3
    await unfold.click()
    await expect(message.get_by_role("button", name="Fold the quote")).to_have_attribute(
        "aria-expanded", "true"
    )
    assert await text.evaluate(height) == 9
    await text.click()
    await expect(unfold).to_have_attribute("aria-expanded", "false")


async def test_a_photo_is_shown_with_its_caption_and_opens_large(chat: ChatPage) -> None:
    message = await chat.ask("photo")
    await expect(message.locator(".text")).to_contain_text("LI4: on the back of the hand")
    await expect(message.locator(".text strong")).to_have_text("LI4")
    loaded = "() => document.querySelector('.message img').naturalWidth === 400"
    await chat.page.wait_for_function(loaded)
    await message.get_by_role("button", name="Open the photo").click()
    await expect(chat.page.get_by_role("dialog", name="Picture")).to_be_visible()
    await chat.page.keyboard.press("Escape")
    await expect(chat.page.get_by_role("dialog", name="Picture")).to_be_hidden()


async def test_a_document_can_be_saved_and_has_its_words_and_buttons(chat: ChatPage, tmp_path: Path) -> None:
    message = await chat.ask("document")
    await expect(message.locator(".text strong")).to_have_text("kept")
    await expect(message.locator(".card")).to_contain_text("20 bytes")
    async with chat.page.expect_download() as started:
        await message.get_by_role("link", name="my-data.json").click()
    download = await started.value
    assert download.suggested_filename == "my-data.json"
    await download.save_as(tmp_path / "saved")
    assert (tmp_path / "saved").read_bytes() == b'{"saved": "nothing"}'
    await chat.key("Saved").click()
    await expect(chat.page.locator(".toast")).to_have_text("Saved.")
    await expect(message.locator(".key")).to_have_text(["Saved"])


async def test_a_film_repeats_without_sound_and_can_be_paused(chat: ChatPage) -> None:
    message = await chat.ask("film")
    film = message.locator("video")
    assert await film.evaluate("({ loop, muted, autoplay }) => [loop, muted, autoplay]") == [True, True, True]
    await expect(message.get_by_role("button", name=re.compile("Play|Pause"))).to_be_visible()


async def test_little_motion_means_that_films_wait(open_chat: OpenChat) -> None:
    chat = await open_chat(reduced_motion="reduce")
    message = await chat.ask("film")
    assert await message.locator("video").evaluate("({ autoplay, paused }) => [autoplay, paused]") == [
        False,
        True,
    ]


async def test_a_countdown_runs_by_itself(chat: ChatPage) -> None:
    message = await chat.ask("countdown 42")
    live = message.locator("time[data-format=r]")
    first = await live.inner_text()
    assert re.fullmatch(r"in (39|4[0-2]) seconds", first)
    await expect(live).not_to_have_text(first)
    second = await live.inner_text()
    assert int(re.findall(r"\d+", second)[0]) < int(re.findall(r"\d+", first)[0])


async def test_a_time_is_drawn_in_the_zone_of_the_reader(open_chat: OpenChat) -> None:
    hours = []
    for zone in ("Asia/Tokyo", "America/New_York"):
        chat = await open_chat(timezone_id=zone)
        message = await chat.ask("countdown 42")
        shown = await message.locator("time[data-format=T]").inner_text()
        hours.append(int(shown.split(":")[0]))
    assert (hours[0] - hours[1]) % 12 in (1, 2), "13 or 14 hours apart, on a clock of twelve"


async def test_silent_and_sounding_messages_look_different(chat: ChatPage) -> None:
    silent = await chat.ask("silent")
    await expect(silent.locator(".silent")).to_contain_text("without sound")
    await expect(silent).not_to_have_class(re.compile(r"\bping\b"))
    loud = await chat.ask("loud")
    await expect(loud).to_have_class(re.compile(r"\bping\b"))
    await expect(loud.locator(".silent")).to_have_count(0)


async def test_nothing_is_heard_before_the_sound_is_turned_on(chat: ChatPage) -> None:
    await chat.page.evaluate(
        "() => { window.heard = 0; const tone = OscillatorNode.prototype; const start = tone.start;"
        " tone.start = function (...given) { window.heard += 1; start.apply(this, given); } }"
    )
    await chat.ask("loud")
    assert await chat.page.evaluate("heard") == 0
    await chat.turn("Sound")
    await chat.ask("silent")
    assert await chat.page.evaluate("heard") == 0
    await chat.ask("loud")
    assert await chat.page.evaluate("heard") > 0


async def test_typing_and_reactions_are_shown(chat: ChatPage) -> None:
    await chat.say("typing")
    await expect(chat.page.locator("#typing")).to_have_text("typing…")
    await chat.say("react")
    await expect(chat.mine.last.get_by_role("img", name="Reaction 👍")).to_be_visible()
    await chat.ask("loud")
    await expect(chat.page.locator("#typing")).to_be_hidden()


async def test_hostile_text_is_shown_and_never_run(chat: ChatPage) -> None:
    hostile = "<img src=x onerror=\"document.title='owned'\"><b>not bold</b> &amp;"
    message = await chat.ask("hostile")
    await expect(message.locator(".text")).to_contain_text(hostile)
    await expect(chat.key("not bold")).to_have_text(hostile)
    name = "<img src=x onerror=alert(1)>"
    await expect(chat.page.locator("#bot-name")).to_have_text(name)
    await chat.ask(hostile)
    await expect(chat.mine.last.locator(".text")).to_contain_text(hostile)
    assert await chat.page.locator(".messages img, .messages b, header img").count() == 0
    assert await chat.page.title() == name
    await chat.say("polite")
    await expect(chat.page.locator("#bot-name")).to_have_text("Acupressure companion")


async def test_a_reload_shows_the_same_chat(chat: ChatPage) -> None:
    await chat.ask("silent")
    await chat.page.reload()
    await expect(chat.theirs).to_have_count(2)
    await expect(chat.theirs.last).to_contain_text("Quiet.")
    await expect(chat.theirs.last.locator(".silent")).to_be_visible()
