"""The site over real HTTP: what a person does reaches the bot, what the bot does reaches the page.

What is wrong is refused in one sentence.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.delivery.clock import now
from bot.playground import stage as stage_module
from bot.playground.botapi import TOKEN, Simulator
from bot.playground.process import BotState
from bot.playground.stage import Stage
from bot.playground.web import build_site

PATIENCE_SECONDS = 10.0
ROBIN, SAM = 1001, 1002
ROBIN_IN_GROUP, SAM_IN_GROUP, ALEX_IN_GROUP = -1, -2, -3
ROBIN_IN_TOPIC, SAM_IN_TOPIC, ALEX_IN_TOPIC = -11, -12, -13
ROBIN_IN_FAMILY, SAM_IN_FAMILY = -21, -22


class Site:
    """The site with a test in the place of page and bot."""

    def __init__(self, url: str, stage: Stage, session: aiohttp.ClientSession) -> None:
        self.url, self.stage, self.session = url, stage, session

    async def act(self, action: str, **body: Any) -> tuple[int, Any]:
        async with self.session.post(f"{self.url}/play/{action}", json=body) as answer:
            return answer.status, await answer.json()

    async def bot(self, method: str, **params: Any) -> Any:
        async with self.session.post(f"{self.url}/bot{TOKEN}/{method}", json=params) as answer:
            body = await answer.json()
        return body["result"] if body["ok"] else body

    async def updates(self) -> list[Any]:
        found: list[Any] = await self.bot("getUpdates", timeout=0)
        return found

    @asynccontextmanager
    async def page(self) -> AsyncIterator[Page]:
        async with self.session.get(f"{self.url}/play/events") as answer:
            assert answer.content_type == "text/event-stream"
            yield Page(answer)


class Page:
    """A page's stream of events."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def next(self, kind: str) -> Any:
        """The body of the next event of a kind; others are passed over."""
        return (await self._event(kind))[1]

    async def first_of(self, *kinds: str) -> str:
        """Which of these kinds of events comes first."""
        return (await self._event(*kinds))[0]

    async def _event(self, *kinds: str) -> tuple[str, Any]:
        async with asyncio.timeout(PATIENCE_SECONDS):
            name = ""
            async for raw in self._answer.content:
                line = raw.decode().rstrip("\n")
                if line.startswith("event: "):
                    name = line[7:]
                elif line.startswith("data: ") and name in kinds:
                    return name, json.loads(line[6:])
        raise AssertionError(f"the stream ended before {kinds}")


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Simulator(listen=False) as simulator:
        stage = Stage(simulator)
        runner = web.AppRunner(
            build_site(stage), access_log=None, handler_cancellation=True, shutdown_timeout=1
        )
        await runner.setup()
        listener = web.TCPSite(runner, "127.0.0.1", 0)
        await listener.start()
        simulator.port = runner.addresses[0][1]
        async with aiohttp.ClientSession() as session:
            yield Site(f"http://127.0.0.1:{simulator.port}", stage, session)
        await runner.cleanup()


async def picture_of(site: Site) -> Any:
    """What a page that is opened now gets to draw itself."""
    async with site.page() as page:
        return await page.next("picture")


async def test_a_page_begins_with_the_whole_picture(site: Site) -> None:
    await site.act("start", person=ROBIN)
    await site.bot("sendMessage", chat_id=ROBIN, text="Hello")
    async with site.page() as page:
        picture = await page.next("picture")
    robin = next(person for person in picture["people"] if person["id"] == ROBIN)
    assert [(message["text"], message["from_bot"]) for message in robin["messages"]] == [
        ("/start", False),
        ("Hello", True),
    ]
    names = ("Robin Hill", "Sam Rivers", "Alex")
    assert [(person["name"], person["group"]) for person in picture["people"]] == [
        ("Robin Hill", None),
        ("Sam Rivers", None),
        ("Alex", None),
        *((name, group) for group in ("Walking club", "Walking club", "Family") for name in names),
    ]
    assert picture["bot"]["state"] == "starting"


async def test_a_start_payload_reaches_the_bot(site: Site) -> None:
    assert (await site.act("start", person=ROBIN, payload="p_LI4"))[0] == 200
    (update,) = await site.updates()
    assert update["message"]["text"] == "/start p_LI4"
    assert update["message"]["from"]["language_code"] == "en"


@pytest.mark.parametrize(
    ("action", "body", "field"),
    [
        ("text", {"text": "my back aches"}, "text"),
        ("sticker", {"emoji": "🌧"}, "sticker"),
        ("photo", {"caption": "here"}, "photo"),
        ("voice", {}, "voice"),
        ("contact", {}, "contact"),
        ("location", {"latitude": 52.5, "longitude": 13.4}, "location"),
        ("forward", {"text": "read this", "from_name": "Morning Post"}, "forward_origin"),
    ],
)
async def test_everything_a_person_can_send_reaches_bot_and_page(
    site: Site, action: str, body: dict[str, Any], field: str
) -> None:
    async with site.page() as page:
        status, answer = await site.act(action, person=ROBIN, **body)
        shown = await page.next("message")
    assert status == 200
    assert shown["person"] == ROBIN
    assert shown["message"]["message_id"] == answer["message_id"]
    (update,) = await site.updates()
    assert field in update["message"]
    assert field in shown["message"]


async def test_a_corrected_message_reaches_the_bot_as_an_edit(site: Site) -> None:
    _, sent = await site.act("text", person=ROBIN, text="lower bak")
    async with site.page() as page:
        status, _ = await site.act("edit", person=ROBIN, message_id=sent["message_id"], text="lower back")
        shown = (await page.next("message"))["message"]
    assert status == 200
    assert (shown["text"], "edit_date" in shown) == ("lower back", True)
    assert (await site.updates())[-1]["edited_message"]["text"] == "lower back"


async def test_a_message_of_the_bot_cannot_be_corrected_by_a_person(site: Site) -> None:
    await site.act("start", person=ROBIN)
    sent = await site.bot("sendMessage", chat_id=ROBIN, text="Hello")
    status, answer = await site.act("edit", person=ROBIN, message_id=sent["message_id"], text="mine now")
    assert (status, answer["error"]) == (404, "Only an own text can be edited.")


@pytest.mark.parametrize("as_form", [False, True])
async def test_silent_and_sounding_messages_are_told_apart(site: Site, as_form: bool) -> None:
    await site.act("start", person=ROBIN)
    async with site.page() as page:
        for silent in (True, False):
            params = {"chat_id": ROBIN, "text": "Now", "disable_notification": silent}
            if as_form:
                form = {
                    name: json.dumps(value) if name != "text" else value for name, value in params.items()
                }
                await (await site.session.post(f"{site.url}/bot{TOKEN}/sendMessage", data=form)).release()
            else:
                await site.bot("sendMessage", **params)
            assert (await page.next("message"))["message"]["silent"] is silent


async def test_edits_deletions_actions_and_reactions_are_passed_on(site: Site) -> None:
    _, own = await site.act("start", person=ROBIN)
    sent = await site.bot("sendMessage", chat_id=ROBIN, text="Hold")
    where = {"chat_id": ROBIN, "message_id": sent["message_id"]}
    async with site.page() as page:
        await site.bot("sendChatAction", chat_id=ROBIN, action="typing")
        assert await page.next("action") == {"person": ROBIN, "action": "typing"}
        await site.bot("editMessageText", **where, text="Release")
        assert (await page.next("message"))["message"]["text"] == "Release"
        await site.bot("deleteMessage", **where)
        assert await page.next("delete") == {"person": ROBIN, "message_id": sent["message_id"]}
        thumb = [{"type": "emoji", "emoji": "👍"}]
        await site.bot("setMessageReaction", chat_id=ROBIN, message_id=own["message_id"], reaction=thumb)
        assert (await page.next("reaction"))["emoji"] == "👍"


@pytest.mark.parametrize(("show_alert", "kind"), [(False, "toast"), (True, "alert")])
async def test_a_pressed_button_waits_for_the_answer(site: Site, show_alert: bool, kind: str) -> None:
    await site.act("start", person=ROBIN)
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}, {"text": "B", "callback_data": "b"}]]}
    sent = await site.bot("sendMessage", chat_id=ROBIN, text="Choose", reply_markup=markup)
    where = {"person": ROBIN, "message_id": sent["message_id"]}
    async with site.page() as page:
        assert await site.act("press", **where, row=0, column=1) == (200, {})
        query = (await site.updates())[-1]["callback_query"]
        assert query["data"] == "b"
        await site.bot("sendChatAction", chat_id=ROBIN, action="typing")
        assert await page.first_of("answered", "action") == "action"
        answer = {"text": "Saved", "show_alert": show_alert}
        await site.bot("answerCallbackQuery", callback_query_id=query["id"], **answer)
        assert await page.next(kind) == {"person": ROBIN, "text": "Saved"}
        assert await page.next("answered") == {**where, "data": "b"}


async def test_an_album_is_silent_as_a_whole(site: Site) -> None:
    await site.act("start", person=ROBIN)
    await site.act("photo", person=ROBIN)
    photo = (await site.updates())[-1]["message"]["photo"][-1]["file_id"]
    media = [{"type": "photo", "media": photo}] * 2
    async with site.page() as page:
        await site.bot("sendMediaGroup", chat_id=ROBIN, media=media, disable_notification=True)
        assert [(await page.next("message"))["message"]["silent"] for _ in media] == [True, True]


async def test_a_reply_keyboard_appears_answers_and_goes(site: Site) -> None:
    await site.act("start", person=ROBIN)
    keys = [["Yes", {"text": "Here I am", "request_location": True}]]
    async with site.page() as page:
        await site.bot(
            "sendMessage",
            chat_id=ROBIN,
            text="Well?",
            reply_markup={"keyboard": keys, "one_time_keyboard": True},
        )
        assert (await page.next("keyboard"))["keyboard"]["keyboard"] == keys
        status, answer = await site.act("key", person=ROBIN, row=0, column=1)
        assert (status, answer["error"]) == (404, "This key needs a place.")
        await site.act("key", person=ROBIN, row=0, column=1, latitude=1.5, longitude=2.5)
        assert await page.next("keyboard") == {"person": ROBIN, "keyboard": None}
    assert (await site.updates())[-1]["message"]["location"] == {"latitude": 1.5, "longitude": 2.5}


async def test_a_wish_for_a_reply_reaches_the_page(site: Site) -> None:
    await site.act("start", person=ROBIN)
    async with site.page() as page:
        wish = {"force_reply": True, "input_field_placeholder": "A city"}
        sent = await site.bot("sendMessage", chat_id=ROBIN, text="Which city?", reply_markup=wish)
        assert (await page.next("message"))["message"]["force_reply"] == {"placeholder": "A city"}
    await site.act("text", person=ROBIN, text="Berlin", reply_to=sent["message_id"])
    assert (await site.updates())[-1]["message"]["reply_to_message"]["message_id"] == sent["message_id"]


async def test_the_menu_follows_the_language_of_the_person(site: Site) -> None:
    await site.bot("setMyCommands", commands=[{"command": "help", "description": "Help"}])
    await site.bot(
        "setMyCommands", commands=[{"command": "help", "description": "Hilfe"}], language_code="de"
    )
    async with site.page() as page:
        await site.act("language", person=SAM, language_code="de")
        profile = await page.next("profile")
    assert profile["person"] == SAM
    assert profile["commands"] == [{"command": "help", "description": "Hilfe"}]
    await site.act("start", person=SAM)
    assert (await site.updates())[0]["message"]["from"]["language_code"] == "de"


async def test_calls_that_went_wrong_are_listed_with_the_reason(site: Site) -> None:
    await site.act("start", person=ROBIN)
    async with site.page() as page:
        await site.bot("sendMessage", chat_id=ROBIN, text="<b>open", parse_mode="HTML")
        call = await page.next("call")
    assert call["method"] == "sendMessage"
    assert "can't parse entities" in call["error"]


async def test_the_bot_is_ready_once_it_asks_for_updates(site: Site) -> None:
    async with site.page() as page:
        await site.updates()
        assert (await page.next("bot"))["state"] == "ready"
        site.stage.set_state(BotState("down", 3, 2.0))
        assert (await page.next("bot"))["exit_code"] == 3


async def test_a_page_that_comes_back_finds_how_messages_were_sent(site: Site) -> None:
    await site.act("start", person=ROBIN)
    await site.bot("sendMessage", chat_id=ROBIN, text="Quiet", disable_notification=True)
    async with site.page() as page:
        picture = await page.next("picture")
    assert picture["people"][0]["messages"][-1]["silent"] is True


async def test_three_people_share_a_group_with_the_bot(site: Site) -> None:
    async with site.page() as page:
        await site.act("text", person=ROBIN_IN_GROUP, text="/points")
        shown = [await page.next("message") for _ in range(3)]
    (update,) = await site.updates()
    group = update["message"]["chat"]
    assert (group["type"], group["title"]) == ("supergroup", "Walking club")
    assert update["message"]["from"]["id"] == ROBIN
    assert {change["person"] for change in shown} == {ROBIN_IN_GROUP, SAM_IN_GROUP, ALEX_IN_GROUP}
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    async with site.page() as page:
        sent = await site.bot(
            "sendMessage", chat_id=group["id"], text="Choose", reply_markup=markup, disable_notification=True
        )
        shown = [await page.next("message") for _ in range(3)]
        assert [(change["person"], change["message"]["silent"]) for change in shown] == [
            (ROBIN_IN_GROUP, True),
            (SAM_IN_GROUP, True),
            (ALEX_IN_GROUP, True),
        ]
        await site.act("press", person=SAM_IN_GROUP, message_id=sent["message_id"], row=0, column=0)
        query = (await site.updates())[-1]["callback_query"]
        assert (query["from"]["id"], query["message"]["chat"]["id"]) == (SAM, group["id"])
        await site.bot("answerCallbackQuery", callback_query_id=query["id"], text="Not yours")
        assert await page.next("toast") == {"person": SAM_IN_GROUP, "text": "Not yours"}


async def test_a_topic_keeps_its_messages_to_itself(site: Site) -> None:
    async with site.page() as page:
        _, sent = await site.act("text", person=SAM_IN_TOPIC, text="/points")
        shown = {(await page.next("message"))["person"] for _ in range(3)}
        assert shown == {ROBIN_IN_TOPIC, SAM_IN_TOPIC, ALEX_IN_TOPIC}
        (update,) = await site.updates()
        asked = update["message"]
        assert asked["is_topic_message"] is True
        where = {"chat_id": asked["chat"]["id"], "message_thread_id": asked["message_thread_id"]}
        answer = await site.bot("sendMessage", text="Here", **where)
        assert {(await page.next("message"))["person"] for _ in range(3)} == shown
        await site.bot("sendChatAction", action="typing", **where)
        assert {(await page.next("action"))["person"] for _ in range(3)} == shown
        await site.bot("sendMessage", chat_id=asked["chat"]["id"], text="For all")
        general = {ROBIN_IN_GROUP, SAM_IN_GROUP, ALEX_IN_GROUP}
        assert {(await page.next("message"))["person"] for _ in range(3)} == general
        picture = await picture_of(site)
    texts = {
        person["id"]: [message.get("text") for message in person["messages"]] for person in picture["people"]
    }
    assert texts[ALEX_IN_TOPIC] == [None, "/points", "Here"]
    assert texts[ALEX_IN_GROUP] == ["For all"]
    status, _ = await site.act("edit", person=SAM_IN_GROUP, message_id=sent["message_id"], text="/help")
    assert status == 404
    reply = {"text": "thanks", "reply_to": answer["message_id"]}
    assert (await site.act("text", person=ROBIN_IN_TOPIC, **reply))[0] == 200


async def test_who_goes_back_to_general_writes_there(site: Site) -> None:
    await site.act("text", person=ROBIN_IN_TOPIC, text="/help")
    await site.act("text", person=ROBIN_IN_GROUP, text="/help")
    topic, general = [update["message"].get("message_thread_id") for update in await site.updates()]
    assert topic is not None
    assert general is None


async def test_a_group_has_the_commands_for_groups(site: Site) -> None:
    commands = [{"command": "relief", "description": "A point"}]
    await site.bot("setMyCommands", commands=commands, scope={"type": "all_group_chats"})
    await site.bot("setMyCommands", commands=[{"command": "start", "description": "Begin"}])
    async with site.page() as page:
        people = {person["id"]: person for person in (await page.next("picture"))["people"]}
    listed = {id: [one["command"] for one in people[id]["commands"]] for id in people}
    assert listed[ROBIN] == ["start"]
    assert listed[ROBIN_IN_GROUP] == listed[ROBIN_IN_TOPIC] == ["relief"]
    assert listed[ROBIN_IN_FAMILY] == []


async def test_where_the_bot_is_not_it_may_answer_a_mention_once(site: Site) -> None:
    await site.act("text", person=ROBIN_IN_FAMILY, text="my back aches")
    assert await site.updates() == []
    name = site.stage.simulator.me["username"]
    await site.act("text", person=SAM_IN_FAMILY, text=f"@{name} sciatica")
    (update,) = await site.updates()
    result = {"type": "article", "id": "1", "title": "A", "input_message_content": {"message_text": "GB30"}}
    async with site.page() as page:
        asked = update["guest_message"]["guest_query_id"]
        await site.bot("answerGuestQuery", guest_query_id=asked, result=result)
        shown = await page.next("message")
    assert (shown["person"], shown["message"]["text"]) == (ROBIN_IN_FAMILY, "GB30")


async def search(
    site: Site, person: int, query: str, *results: dict[str, Any], offset: str = "", **options: Any
) -> tuple[Any, dict[str, Any]]:
    """A search that the bot answers with these results: what the page gets, and what the bot was asked."""

    async def answer() -> dict[str, Any]:
        (update,) = await site.bot("getUpdates", timeout=5)
        asked: dict[str, Any] = update["inline_query"]
        await site.bot("answerInlineQuery", inline_query_id=asked["id"], results=results, **options)
        await site.bot("getUpdates", offset=update["update_id"] + 1)
        return asked

    (_, found), asked = await asyncio.gather(
        site.act("search", person=person, query=query, offset=offset), answer()
    )
    return found, asked


def article(id: str) -> dict[str, Any]:
    return {
        "type": "article",
        "id": id,
        "title": f"Point {id}",
        "input_message_content": {"message_text": f"Press {id}"},
        "reply_markup": {"inline_keyboard": [[{"text": "Next", "callback_data": "n"}]]},
    }


async def test_what_is_found_inline_can_be_sent_into_any_chat(site: Site) -> None:
    button = {"text": "In private", "start_parameter": "inline"}
    found, query = await search(site, SAM_IN_TOPIC, "sci", article("1"), button=button, next_offset="1")
    assert (query["query"], query["from"]["id"]) == ("sci", SAM)
    assert [result["title"] for result in found["results"]] == ["Point 1"]
    assert (found["next_offset"], found["button"]) == ("1", button)
    await search(site, SAM_IN_TOPIC, "sci", article("2"), offset="1")
    async with site.page() as page:
        for id in ("1", "2"):
            assert (await site.act("choose", person=SAM_IN_TOPIC, result_id=id, query="sci"))[0] == 200
            shown = await page.next("message")
            assert shown["person"] == ROBIN_IN_TOPIC
            assert shown["message"]["text"] == f"Press {id}"
            assert shown["message"]["via_bot"]["id"] == site.stage.simulator.me["id"]
            await page.next("message")
            await page.next("message")
        message_id = shown["message"]["message_id"]
        await site.act("press", person=ROBIN_IN_TOPIC, message_id=message_id, row=0, column=0)
    press = next(u["callback_query"] for u in await site.updates() if "callback_query" in u)
    assert "message" not in press
    assert press["inline_message_id"]
    await site.bot("editMessageText", inline_message_id=press["inline_message_id"], text="Pressed")
    picture = await picture_of(site)
    topic = next(person for person in picture["people"] if person["id"] == ALEX_IN_TOPIC)
    assert topic["messages"][-1]["text"] == "Pressed"


async def test_only_what_was_found_can_be_sent_and_only_by_who_looked(site: Site) -> None:
    await search(site, SAM, "sci", article("1"))
    for person, id in ((SAM, "2"), (ROBIN, "1")):
        status, answer = await site.act("choose", person=person, result_id=id)
        assert (status, answer["error"]) == (404, "There is no such result.")


async def test_a_bot_that_does_not_answer_a_search_is_said_to_be_slow(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage_module, "SEARCH_SECONDS", 0.05)
    status, answer = await site.act("search", person=SAM, query="sci")
    assert (status, answer["error"]) == (404, "The bot did not answer in time.")


async def test_the_bot_reads_no_small_talk_in_a_group(site: Site) -> None:
    await site.act("text", person=ROBIN_IN_GROUP, text="my back aches")
    assert await site.updates() == []


async def test_nobody_corrects_what_another_wrote_in_a_group(site: Site) -> None:
    _, sent = await site.act("text", person=ROBIN_IN_GROUP, text="lower bak")
    where = {"message_id": sent["message_id"], "text": "lower back"}
    status, answer = await site.act("edit", person=SAM_IN_GROUP, **where)
    assert (status, answer["error"]) == (404, "Only an own text can be edited.")
    assert (await site.act("edit", person=ROBIN_IN_GROUP, **where))[0] == 200


async def test_a_link_to_the_bot_in_a_group_starts_it_in_private(site: Site) -> None:
    await site.act("start", person=SAM_IN_GROUP, payload="settings")
    (update,) = await site.updates()
    assert update["message"]["text"] == "/start settings"
    assert update["message"]["chat"]["id"] == SAM


async def test_who_moves_the_clock_moves_it_for_every_page_and_message(site: Site) -> None:
    await site.act("start", person=ROBIN)
    async with site.page() as own, site.page() as other:
        for page in (own, other):
            assert (await page.next("picture"))["clock"] == {"seconds_ahead": 0}
        for ahead in (3600, 7200):
            assert await site.act("clock", person=ROBIN, seconds=3600) == (200, {"seconds_ahead": ahead})
            for page in (own, other):
                assert await page.next("clock") == {"seconds_ahead": ahead}
            sent = await site.bot("sendMessage", chat_id=ROBIN, text="Hold")
            assert abs(sent["date"] - now().timestamp() - ahead) < 5
        await site.act("text", person=SAM, text="my back aches")
        assert abs((await site.updates())[-1]["message"]["date"] - now().timestamp() - 7200) < 5
    async with site.page() as late:
        assert (await late.next("picture"))["clock"] == {"seconds_ahead": 7200}


async def test_a_film_can_be_asked_for_in_parts(site: Site) -> None:
    _, sent = await site.act("photo", person=ROBIN)
    (update,) = await site.updates()
    url = f"{site.url}/play/file/{update['message']['photo'][-1]['file_id']}"
    async with site.session.get(url) as whole:
        data = await whole.read()
        assert whole.headers["Content-Type"] == "image/jpeg"
    async with site.session.get(url, headers={"Range": "bytes=2-5"}) as part:
        assert (part.status, await part.read()) == (206, data[2:6])
        assert part.headers["Content-Range"] == f"bytes 2-5/{len(data)}"
    async with site.session.get(url, headers={"Range": f"bytes={len(data)}-"}) as beyond:
        assert beyond.status == 416
    assert sent["message_id"] == update["message"]["message_id"]


async def test_a_document_is_never_opened_as_a_page(site: Site) -> None:
    await site.act("start", person=ROBIN)
    form = aiohttp.FormData({"chat_id": str(ROBIN)})
    form.add_field("document", b"<script>alert(1)</script>", filename="page.html", content_type="text/html")
    async with site.session.post(f"{site.url}/bot{TOKEN}/sendDocument", data=form) as answer:
        file_id = (await answer.json())["result"]["document"]["file_id"]
    async with site.session.get(f"{site.url}/play/file/{file_id}") as file:
        assert file.headers["Content-Disposition"] == "attachment"
        assert file.headers["Content-Type"] != "text/html"
        assert "sandbox" in file.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("action", "body", "status"),
    [
        ("text", {}, 400),
        ("text", {"person": ROBIN}, 400),
        ("text", {"person": ROBIN, "text": "   "}, 400),
        ("text", {"person": ROBIN, "text": "x", "chat": 5}, 400),
        ("text", {"person": "nobody", "text": "x"}, 400),
        ("text", {"person": 7, "text": "x"}, 404),
        ("text", {"person": ROBIN, "text": "x", "reply_to": 99}, 404),
        ("start", {"person": ROBIN, "payload": "not allowed"}, 400),
        ("location", {"person": ROBIN, "latitude": 91, "longitude": 0}, 400),
        ("press", {"person": ROBIN, "message_id": 1, "row": -1, "column": 0}, 400),
        ("press", {"person": ROBIN, "message_id": 99, "row": 0, "column": 0}, 404),
        ("key", {"person": ROBIN, "row": 0, "column": 0}, 404),
        ("language", {"person": ROBIN, "language_code": "<b>"}, 400),
        ("clock", {"person": ROBIN}, 400),
        ("clock", {"person": ROBIN, "seconds": 0}, 400),
        ("clock", {"person": ROBIN, "seconds": -60}, 400),
        ("clock", {"person": ROBIN, "seconds": 1e9}, 400),
        ("fly", {"person": ROBIN}, 404),
    ],
)
async def test_a_wrong_body_is_refused_in_one_sentence(
    site: Site, action: str, body: dict[str, Any], status: int
) -> None:
    answered, answer = await site.act(action, **body)
    assert answered == status
    assert answer["error"].endswith(".")
    assert "\n" not in answer["error"]
    assert await site.updates() == []


async def test_a_body_that_is_no_json_is_refused(site: Site) -> None:
    for data, content_type in ((b"{", "application/json"), (b'{"person": 1001}', "text/plain")):
        headers = {"Content-Type": content_type}
        async with site.session.post(f"{site.url}/play/voice", data=data, headers=headers) as answer:
            assert answer.status == 400
    assert await site.updates() == []


async def test_another_host_name_is_refused(site: Site) -> None:
    for path in ("/", "/play/events", f"/bot{TOKEN}/getMe"):
        async with site.session.get(site.url + path, headers={"Host": "evil.example:80"}) as answer:
            assert answer.status == 403


async def test_the_page_may_load_nothing_from_elsewhere(site: Site) -> None:
    async with site.session.get(site.url) as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        page = await answer.text()
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page


async def test_an_open_page_does_not_hold_up_the_end(site: Site) -> None:
    async with site.page() as page:
        await page.next("picture")
        site.stage.close_pages()
        with pytest.raises(AssertionError, match="ended"):
            await page.next("picture")
