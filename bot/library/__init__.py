"""What the bot knows: everything under ``content/`` as typed, cross-checked, frozen objects.

Facts stand apart from words: ``content/*.toml`` holds what is true in every language, ``content/<language>/``
holds what people read and write in one. ``load`` reads both; ``ContentError`` names file, entry and field of
every fault.
"""

from bot.library.faults import ContentError, Fault
from bot.library.loading import CONTENT, Library, load

__all__ = ["CONTENT", "ContentError", "Fault", "Library", "load"]
