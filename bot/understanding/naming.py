"""Which language a message asks for by its name: "Español", "in English please"."""

from __future__ import annotations

from collections.abc import Mapping

from bot.library import Language
from bot.understanding.text import fold, split

MOST_WORDS = 5
"""In more words a language is rather told of than asked for."""


def language_named(text: str, languages: Mapping[str, Language]) -> str | None:
    """The code of the only language that a short text names."""
    words = split(fold(text), frozenset(), {})
    if len(words) > MOST_WORDS:
        return None
    named = {
        code
        for code, language in languages.items()
        if not {fold(name) for name in (language.name, *language.called)}.isdisjoint(words)
    }
    return named.pop() if len(named) == 1 else None
