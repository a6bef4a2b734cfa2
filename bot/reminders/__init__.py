"""Reminders: when they are due in a person's own day, and what becomes of them."""
