"""A local Telegram for trying the bot: a Bot API server, a chat page, and the real bot in between."""
