"""A small real bot for the tests of the playground: each word it knows shows one thing a bot can do.

Run as a program, it reads TELEGRAM_BOT_TOKEN and TELEGRAM_API_URL as the product does.
"""

from __future__ import annotations

import asyncio
import os
import struct
import zlib
from collections.abc import Awaitable, Callable

from telegram import (
    BotCommand,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultsButton,
    InputTextMessageContent,
    KeyboardButton,
    Message,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

GO = asyncio.Event()  # lets a slow answer through
PHOTOS: list[str] = []  # the file ids of the photos it has sent
PAGE_SIZE = 20  # results of an inline query at once
HOSTILE_NAME = "<img src=x onerror=alert(1)>"
HOSTILE = "<img src=x onerror=\"document.title='owned'\"><b>not bold</b> &amp;"
FORMATTED = (
    "<b>bold</b> <i>italic</i> <u>underlined</u> <s>struck</s> <b>bold <i>and italic</i></b>\n"
    '<tg-spoiler>secret</tg-spoiler> <code>code</code> <a href="https://example.org/?b=1&amp;c=2">link</a>\n'
    '<pre><code class="language-python">print("hello")</code></pre>\n'
    "😀 <b>after an emoji</b>\n"
    "<blockquote>A plain quote</blockquote>\n"
    "@somebody_else writes /help to mail@example.org"
)
QUOTE = (
    "Folded:\n<blockquote expandable>"
    + "\n".join(f"Line {n} of the quote" for n in range(1, 10))
    + "</blockquote>"
)


def png(width: int = 400, height: int = 300) -> bytes:
    """A plain picture of the given size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\x00" + b"\x6f\xb5\xa6" * width
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(row * height))
        + chunk(b"IEND", b"")
    )


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(rows)


def button(text: str, data: str, style: str | None = None) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=data, api_kwargs={"style": style} if style else None)


async def start(message: Message, payload: str) -> None:
    await message.reply_html(
        f"Hello {message.from_user.mention_html()}, you came with <code>{payload or 'nothing'}</code>."
    )


async def formatted(message: Message, _: str) -> None:
    await message.reply_html(FORMATTED)


async def quote(message: Message, _: str) -> None:
    await message.reply_html(QUOTE)


async def photo(message: Message, _: str) -> None:
    sent = await message.reply_photo(png(), caption="<b>LI4</b>: on the back of the hand", parse_mode="HTML")
    PHOTOS.append(sent.photo[-1].file_id)


async def film(message: Message, _: str) -> None:
    await message.reply_animation(b"stands for a film", filename="film.mp4", width=320, height=240)


async def buttons(message: Message, _: str) -> None:
    await message.reply_text(
        "Choose:",
        reply_markup=keyboard(
            [button("Toast", "toast"), button("Alert", "alert")],
            [button("Slow", "slow"), button("Edit", "edit", "primary")],
            [button("Delete", "delete", "danger"), button("Done", "done", "success")],
            [
                InlineKeyboardButton("Site", url="https://example.org/"),
                InlineKeyboardButton("Settings", url=f"{message.get_bot().link}?start=settings"),
                InlineKeyboardButton("Copy", copy_text=CopyTextButton("112")),
            ],
        ),
    )


async def keys(message: Message, _: str) -> None:
    rows = [["Yes", "No"], [KeyboardButton("Send my location", request_location=True)]]
    await message.reply_text("Answer below.", reply_markup=ReplyKeyboardMarkup(rows, resize_keyboard=True))


async def nokeys(message: Message, _: str) -> None:
    await message.reply_text("Keys gone.", reply_markup=ReplyKeyboardRemove())


async def ask(message: Message, _: str) -> None:
    await message.reply_text("Which city?", reply_markup=ForceReply(input_field_placeholder="A city"))


async def countdown(message: Message, seconds: str) -> None:
    end = int(message.date.timestamp()) + int(seconds or 42)
    live = f'<tg-time unix="{end}" format="r">soon</tg-time>'
    await message.reply_html(f'Hold. It ends {live}, at <tg-time unix="{end}" format="T">then</tg-time>.')


async def silent(message: Message, _: str) -> None:
    await message.reply_text("Quiet.", disable_notification=True)


async def loud(message: Message, _: str) -> None:
    await message.reply_text("Time.")


async def document(message: Message, _: str) -> None:
    await message.reply_document(
        b'{"saved": "nothing"}',
        filename="my-data.json",
        caption="All that is <b>kept</b>.",
        parse_mode="HTML",
        reply_markup=keyboard([button("Saved", "toast")]),
    )


async def typing(message: Message, _: str) -> None:
    await message.reply_chat_action("typing")


async def react(message: Message, _: str) -> None:
    await message.set_reaction(ReactionTypeEmoji("👍"))


async def hostile(message: Message, _: str) -> None:
    await message.reply_text(HOSTILE, reply_markup=keyboard([button(HOSTILE, "toast")]))
    await message.get_bot().set_my_name(HOSTILE_NAME)


async def polite(message: Message, _: str) -> None:
    await message.get_bot().set_my_name("")


async def go(_message: Message, _: str) -> None:
    GO.set()


async def refused(message: Message, _: str) -> None:
    await message.get_bot().send_message(message.chat_id, "<b>open", parse_mode="HTML")


async def crash(_message: Message, _: str) -> None:
    os._exit(3)


WORDS: dict[str, Callable[[Message, str], Awaitable[None]]] = {
    word.__name__: word
    for word in (
        start, formatted, quote, photo, film, document, buttons, keys, nokeys, ask, countdown, silent, loud,
        typing, react, hostile, polite, go, refused, crash,
    )
}  # fmt: skip


async def on_message(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.message
    assert message is not None
    text = message.text or message.caption or ""
    word, _, rest = text.removeprefix("/").replace(f"@{message.get_bot().username}", "").partition(" ")
    if word in WORDS:
        await WORDS[word](message, rest)
    elif message.location:
        await message.reply_text(f"You are at {message.location.latitude:.2f}.")
    elif message.forward_origin:
        await message.reply_text("That was forwarded.")
    elif message.reply_to_message:
        await message.reply_text(f"You answered {message.reply_to_message.text} with {text}.")
    else:
        kind = next(k for k in ("text", "sticker", "photo", "voice", "contact") if getattr(message, k))
        await message.reply_text(f"You sent a {kind}: {text}" if text else f"You sent a {kind}.")


async def on_edit(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.edited_message is not None
    await update.edited_message.reply_text(f"Now it says {update.edited_message.text}.")


async def on_press(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None
    if query.data == "toast":
        await query.answer("Saved.")
    elif query.data == "alert":
        await query.answer("Please read this.", show_alert=True)
    elif query.data == "slow":
        await GO.wait()
        await query.answer()
    elif query.data == "edit":
        await query.answer()
        await query.edit_message_text("It was edited.")
    elif query.data == "delete":
        await query.answer()
        await query.delete_message()
    else:
        await query.answer()


async def on_search(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Articles with a button, and the last photo that was sent; "many" fills three pages."""
    query = update.inline_query
    assert query is not None
    names = [f"Point {number}" for number in range(1, 51)] if query.query == "many" else ["Hand", "Foot"]
    start = int(query.offset or 0)
    results: list[InlineQueryResultArticle | InlineQueryResultCachedPhoto] = [
        InlineQueryResultArticle(
            name,
            name,
            InputTextMessageContent(f"Press the {name.lower()}."),
            description=f"For {query.query}",
            reply_markup=keyboard([button("Press", "edit")]),
        )
        for name in names[start : start + PAGE_SIZE]
    ]
    if PHOTOS and not start:
        results.append(InlineQueryResultCachedPhoto("photo", PHOTOS[-1], "A picture", caption="The hand."))
    rest = start + PAGE_SIZE < len(names)
    await query.answer(
        [] if query.query == "nothing" else results,
        cache_time=0,
        next_offset=str(start + PAGE_SIZE) if rest else "",
        button=InlineQueryResultsButton("Ask in private", start_parameter="inline"),
    )


async def set_up(application: Application) -> None:  # type: ignore[type-arg]
    commands = [
        BotCommand("start", "Begin"),
        BotCommand("buttons", "Show buttons"),
        BotCommand("photo", "Show a photo"),
    ]
    await application.bot.set_my_commands(commands)
    await application.bot.set_my_commands([BotCommand("start", "Anfangen")], language_code="de")
    await application.bot.set_my_description("I show what a bot can do.")


def main() -> None:
    url = os.environ["TELEGRAM_API_URL"]
    application = (
        Application.builder()
        .token(os.environ["TELEGRAM_BOT_TOKEN"])
        .base_url(f"{url}/bot")
        .base_file_url(f"{url}/file/bot")
        .concurrent_updates(16)
        .post_init(set_up)
        .build()
    )
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, on_edit))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE, on_message))
    application.add_handler(CallbackQueryHandler(on_press))
    application.add_handler(InlineQueryHandler(on_search))
    application.run_polling(timeout=5, drop_pending_updates=True)


if __name__ == "__main__":
    main()
