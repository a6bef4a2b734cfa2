"""The edge to Telegram: updates become events, replies become API calls. Nothing is decided here."""
