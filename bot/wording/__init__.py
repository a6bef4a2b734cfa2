"""Decisions into words: the only maker of text that people see."""
