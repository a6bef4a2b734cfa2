"""The languages there are: each is a folder of the content with a ``language.toml``."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints

from bot.library.facts import Entry

ENGLISH = "en"
"""Stands in for whatever another language does not have."""
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$")]
"""As Telegram writes it, in lower case: ``es``, ``pt-br``."""


class Language(Entry):
    """A language: how its speakers call it, and whether nothing of it is missing."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=28, strip_whitespace=True)]
    complete: bool
    """An incomplete one is there to be tried; nobody is offered it, and its gaps are no faults."""
    called: tuple[str, ...] = ()
    """What it is called in other languages, by people who ask for it."""
    alike: tuple[str, ...] = ()
    """Texts that are the same as the English ones, and rightly so."""


def chain(code: str) -> Iterator[str]:
    """A code and what it is a kind of: of ``pt-br`` first ``pt-br``, then ``pt``."""
    parts = code.lower().replace("_", "-").split("-")
    return ("-".join(parts[:length]) for length in range(len(parts), 0, -1))


def best_match(code: str | None, known: Container[str]) -> str:
    """The language for somebody whose device is set to ``code``; English where there is none that fits."""
    return next((wanted for wanted in chain(code or "") if wanted in known), ENGLISH)


def languages(folder: Path) -> list[str]:
    """The codes of all languages in a folder of content."""
    return sorted(manifest.parent.name for manifest in folder.glob("*/language.toml"))


def offered(languages: Mapping[str, Language]) -> Mapping[str, Language]:
    """The languages that people can choose."""
    return {code: language for code, language in languages.items() if language.complete}
