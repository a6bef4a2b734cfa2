"""A bot's formatting must fail here as it would fail at Telegram, or people would never see the message."""

from __future__ import annotations

import pytest
from expecting import refused
from telegram import Bot, MessageEntity

from bot.playground.botapi import User


def marks(message) -> list[tuple[str, int, int]]:
    return [(entity.type, entity.offset, entity.length) for entity in message.entities]


async def test_plain_text_arrives_as_it_was_sent(bot: Bot, anna: User) -> None:
    sent = await bot.send_message(anna.id, "one < two & *three*")
    seen = await anna.expect()
    assert seen.text == sent.text == "one < two & *three*"
    assert sent.entities == ()


@pytest.mark.parametrize(
    ("parse_mode", "source"),
    [
        ("HTML", "<b>hold</b> and <i>let go</i>"),
        ("MarkdownV2", "*hold* and _let go_"),
        ("Markdown", "*hold* and _let go_"),
    ],
)
async def test_every_parse_mode_makes_the_same_entities(
    bot: Bot, anna: User, parse_mode: str, source: str
) -> None:
    sent = await bot.send_message(anna.id, source, parse_mode=parse_mode)
    assert sent.text == "hold and let go"
    assert marks(sent) == [("bold", 0, 4), ("italic", 9, 6)]


async def test_entity_offsets_count_utf_16_units(bot: Bot, anna: User) -> None:
    sent = await bot.send_message(anna.id, "😀 é <b>😀!</b>", parse_mode="HTML")
    assert marks(sent) == [("bold", 5, 3)]
    assert sent.parse_entities() == {sent.entities[0]: "😀!"}


async def test_entities_move_along_when_white_space_is_cut(bot: Bot, anna: User) -> None:
    sent = await bot.send_message(anna.id, "  \n<b>hold </b>\n", parse_mode="HTML")
    assert sent.text == "hold"
    assert marks(sent) == [("bold", 0, 4)]


async def test_nested_html_lists_the_outer_entity_first(bot: Bot, anna: User) -> None:
    sent = await bot.send_message(anna.id, "<b><i>a</i> b</b> &lt;&#65;&gt;", parse_mode="HTML")
    assert sent.text == "a b <A>"
    assert marks(sent) == [("bold", 0, 3), ("italic", 0, 1)]


async def test_a_code_block_keeps_its_language(bot: Bot, anna: User) -> None:
    source = '<pre><code class="language-python">x = 1</code></pre>'
    sent = await bot.send_message(anna.id, source, parse_mode="HTML")
    assert [(entity.type, entity.language) for entity in sent.entities] == [("pre", "python")]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a <b>c", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é</b>", "Unexpected end tag at byte offset 2"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b =>a</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<b x", 'Unclosed start tag "b" at byte offset 0'),
        ('<a href="http://x.org', "Unclosed start tag at byte offset 0"),
        ("<tg-emoji>a</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("<h1>a</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href=http://x.org>a</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-time unix="soon">a</tg-time>', "Invalid unix time specified"),
        ('<tg-time unix="5" format="x">a</tg-time>', "Invalid date-time format specified"),
    ],
)
async def test_bad_html_is_refused_in_telegrams_words(bot: Bot, anna: User, source: str, reason: str) -> None:
    with refused(f"can't parse entities: {reason}"):
        await bot.send_message(anna.id, source, parse_mode="HTML")
    assert anna.last is None


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("Done.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("é *a", "Can't find end of Bold entity at byte offset 3"),
        ("[a](http://x.org", "Can't find end of a URL at byte offset 4"),
        ("![a]", "The entity must contain a tg://emoji or tg://time URL"),
        ("![a](http://x.org)", "Invalid tg://emoji or tg://time URL specified"),
    ],
)
async def test_bad_markdown_is_refused_in_telegrams_words(post, anna: User, source: str, reason: str) -> None:
    answer = await post("sendMessage", chat_id=anna.id, text=source, parse_mode="MarkdownV2")
    assert answer["description"] == f"Bad Request: can't parse entities: {reason}"


async def test_links_keep_what_telegram_understands(post, anna: User) -> None:
    source = (
        '<a href="Example.ORG">one</a> <a>example.net</a> <a href="tg://user?id=5">two</a> '
        '<a href="nowhere">three</a> <blockquote expandable>four</blockquote>'
    )
    answer = await post("sendMessage", chat_id=anna.id, text=source, parse_mode="HTML")
    entities = [
        (entity["type"], entity.get("url") or entity.get("user", {}).get("id"))
        for entity in answer["result"]["entities"]
    ]
    assert entities == [
        ("text_link", "http://example.org/"),
        ("text_link", "http://example.net/"),
        ("text_mention", 5),
        ("expandable_blockquote", None),
    ]


@pytest.mark.parametrize(
    ("parse_mode", "source"),
    [
        ("MarkdownV2", "a\\.b [link](http://x.org/\\)) ```python\nx = 1``` `y`"),
        ("Markdown", "a.b [link](http://x.org/\\)) ```python\nx = 1``` `y`"),
    ],
)
async def test_markdown_has_links_and_code(post, anna: User, parse_mode: str, source: str) -> None:
    answer = await post("sendMessage", chat_id=anna.id, text=source, parse_mode=parse_mode)
    kinds = [(entity["type"], entity.get("language")) for entity in answer["result"]["entities"]]
    assert kinds == [("text_link", None), ("pre", "python"), ("code", None)]


async def test_legacy_markdown_names_the_place_of_an_open_mark(post, anna: User) -> None:
    answer = await post("sendMessage", chat_id=anna.id, text="é \\_ *a", parse_mode="Markdown")
    reason = "can't parse entities: Can't find end of the entity starting at byte offset 6"
    assert answer["description"] == f"Bad Request: {reason}"


async def test_an_unknown_parse_mode_is_refused(post, anna: User) -> None:
    answer = await post("sendMessage", chat_id=anna.id, text="a", parse_mode="BBCode")
    assert answer["description"] == "Bad Request: unsupported parse_mode"


async def test_a_quote_in_markdown_can_be_expandable(post, anna: User) -> None:
    source = ">one\n>two||\nafter"
    answer = await post("sendMessage", chat_id=anna.id, text=source, parse_mode="MarkdownV2")
    assert answer["result"]["text"] == "one\ntwo\nafter"
    assert [entity["type"] for entity in answer["result"]["entities"]] == ["expandable_blockquote"]


@pytest.mark.parametrize(
    ("parse_mode", "source"),
    [
        ("HTML", 'in <tg-time unix="1800000060" format="r">a minute</tg-time>'),
        ("MarkdownV2", "in ![a minute](tg://time?unix=1800000060&format=r)"),
    ],
)
async def test_a_date_becomes_an_entity_the_app_counts_down(
    post, anna: User, parse_mode: str, source: str
) -> None:
    answer = await post("sendMessage", chat_id=anna.id, text=source, parse_mode=parse_mode)
    [entity] = answer["result"]["entities"]
    assert entity == {
        "type": "date_time",
        "unix_time": 1_800_000_060,
        "date_time_format": "r",
        "offset": 3,
        "length": 8,
    }


async def test_links_commands_and_mentions_are_found_without_help(bot: Bot, anna: User) -> None:
    sent = await bot.send_message(anna.id, "/help or example.org or @someone, not <code>/this</code>", "HTML")
    found = [(entity.type, text) for entity, text in sent.parse_entities().items()]
    assert found == [
        ("bot_command", "/help"),
        ("url", "example.org"),
        ("mention", "@someone"),
        ("code", "/this"),
    ]


async def test_given_entities_must_end_inside_the_text(bot: Bot, anna: User) -> None:
    with refused("ends after the end of the text at UTF-16 offset 9"):
        await bot.send_message(anna.id, "short", entities=[MessageEntity("bold", 0, 9)])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        (" \n", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
    ],
)
async def test_text_has_to_be_there_and_fit(post, anna: User, text: str, reason: str) -> None:
    answer = await post("sendMessage", chat_id=anna.id, text=text)
    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {reason}"}


async def test_the_length_counts_after_parsing(bot: Bot, anna: User) -> None:
    sent = await bot.send_message(anna.id, "<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    assert len(sent.text) == 4096
