"""The less common messages have their rules, too; a method without a model answers as the spec says."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from expecting import refused
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReactionTypeEmoji

from bot.playground.botapi import Simulator, User


async def test_a_place_has_to_be_on_earth(bot: Bot, anna: User) -> None:
    assert (await bot.send_location(anna.id, 48.2, 16.4)).location.latitude == 48.2
    with refused("invalid location specified"):
        await bot.send_location(anna.id, 91, 0)


async def test_only_a_live_location_can_be_moved(bot: Bot, anna: User) -> None:
    live = await bot.send_location(anna.id, 48.2, 16.4, live_period=600)
    moved = await live.edit_live_location(48.3, 16.4)
    assert (moved.location.latitude, moved.location.live_period.total_seconds()) == (48.3, 600)
    still = await bot.send_location(anna.id, 48.2, 16.4)
    with refused("there is no live location in the message to edit"):
        await still.edit_live_location(48.3, 16.4)


async def test_a_venue_has_a_title_and_a_place(bot: Bot, anna: User) -> None:
    sent = await bot.send_venue(anna.id, 48.2, 16.4, title="Park", address="Main Street")
    assert (sent.venue.title, sent.venue.location.longitude) == ("Park", 16.4)


@pytest.mark.parametrize(
    ("question", "options", "reason"),
    [
        ("q" * 301, ["a"], "poll question length must not exceed 300"),
        ("q", [], "poll must have at least one answer option"),
        ("q", ["a"] * 13, "poll can't have more than 12 options"),
        ("q", ["a" * 101], "poll options length must not exceed 100"),
    ],
)
async def test_a_poll_has_to_fit(post, anna: User, question: str, options: list[str], reason: str) -> None:
    texts = [{"text": text} for text in options]
    answer = await post("sendPoll", chat_id=anna.id, question=question, options=texts)
    assert answer["description"] == f"Bad Request: {reason}"


async def test_a_vote_reaches_the_bot(bot: Bot, anna: User) -> None:
    sent = await bot.send_poll(anna.id, "Better?", ["Yes", "No"], is_anonymous=False)
    await anna.vote(anna.last, 1)
    [update] = await bot.get_updates()
    assert (update.poll_answer.poll_id, update.poll_answer.option_ids) == (sent.poll.id, (1,))


async def test_an_action_has_to_be_one_of_telegrams(post, anna: User) -> None:
    answer = await post("sendChatAction", chat_id=anna.id, action="thinking")
    assert answer["description"] == "Bad Request: wrong parameter action in request"


async def test_a_bot_gives_one_reaction_at_most(bot: Bot, anna: User) -> None:
    msg = await anna.send("better now")
    await bot.set_message_reaction(anna.id, msg.id, "👍")
    assert (await anna.expect(kinds="reaction")).text == "👍"
    with refused("REACTIONS_TOO_MANY"):
        await bot.set_message_reaction(anna.id, msg.id, [ReactionTypeEmoji("👍"), ReactionTypeEmoji("👎")])


async def test_a_pin_is_seen(bot: Bot, anna: User) -> None:
    sent = await bot.send_message(anna.id, "keep this")
    await sent.pin()
    assert (await anna.expect(kinds="pin")).text == "keep this"
    assert anna.chat.pinned == [sent.message_id]


async def test_a_keyboard_alone_can_be_changed(bot: Bot, anna: User) -> None:
    sent = await bot.send_message(anna.id, "a")
    button = InlineKeyboardButton("Next", callback_data="next")
    await sent.edit_reply_markup(InlineKeyboardMarkup([[button]]))
    assert (await anna.expect("a", kinds="edit")).labels == ["Next"]
    with refused("message is not modified"):
        await sent.edit_reply_markup(InlineKeyboardMarkup([[button]]))


async def test_a_message_without_a_model_shows_what_was_given(bot: Bot, sim: Simulator, anna: User) -> None:
    sent = await bot.send_contact(anna.id, "+100", "Ben")
    assert (sent.contact.phone_number, sent.contact.first_name) == ("+100", "Ben")
    sim.assert_clean()


async def test_a_method_without_a_model_is_checked_and_answered(post, sim: Simulator, anna: User) -> None:
    answer = await post("unpinAllChatMessages", chat_id=anna.id)
    assert answer == {"ok": True, "result": True}
    sim.assert_clean()
    answer = await post("unpinAllChatMessages")
    assert answer["description"] == "Bad Request: required parameter 'chat_id' is missing"


@pytest.fixture
async def pictures(png: bytes) -> AsyncIterator[str]:
    """A site on this machine with one picture on it."""

    async def picture(request: web.Request) -> web.Response:
        return web.Response(body=png)

    app = web.Application()
    app.router.add_get("/hand.png", picture)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_picture_is_fetched_from_this_machine(
    bot: Bot, anna: User, pictures: str, png: bytes
) -> None:
    await bot.send_photo(anna.id, f"{pictures}/hand.png?size=1")
    event = await anna.expect()
    assert event.photo == png
    assert event.files[0].name == "hand.png"
    with refused("failed to get HTTP URL content"):
        await bot.send_photo(anna.id, f"{pictures}/foot.png")


async def test_a_picture_elsewhere_is_taken_on_trust(bot: Bot, anna: User) -> None:
    sent = await bot.send_photo(anna.id, "https://example.org/hand.png")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (800, 600)
    assert (await anna.expect()).photo is None
