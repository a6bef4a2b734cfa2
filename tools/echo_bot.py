"""The least a bot can do: python-telegram-bot out of the box, saying back what it hears. A yardstick."""

from __future__ import annotations

import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer with the same words."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Poll until a signal comes."""
    server = os.environ["TELEGRAM_API_URL"]
    application = (
        Application.builder().token(os.environ["TELEGRAM_BOT_TOKEN"]).base_url(f"{server}/bot").build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
