"""Draws the pictures of ``content/pictures`` from one body mesh. A build tool: the bot never imports it."""
