"""Tools for those who work on the bot; nothing here is part of it."""
