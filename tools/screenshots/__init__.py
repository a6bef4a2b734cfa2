"""Pictures and a short film of the bot in the playground, for docs/screenshots/."""
