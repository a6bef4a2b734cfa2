"""What the bot knows: everything under ``content/`` as typed, cross-checked, frozen objects.

Facts stand apart from words: ``content/*.toml`` holds what is true in every language, ``content/<language>/``
holds what people read and write in one. ``load`` reads both; ``ContentError`` names file, entry and field of
every fault.
"""

from bot.library.faults import ContentError, Fault
from bot.library.languages import ENGLISH, Language, best_match, languages, offered
from bot.library.loading import CONTENT, Library, in_language, load

__all__ = [
    "CONTENT",
    "ENGLISH",
    "ContentError",
    "Fault",
    "Language",
    "Library",
    "best_match",
    "in_language",
    "languages",
    "load",
    "offered",
]
