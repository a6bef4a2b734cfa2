"""Whether a text in another language says what the English one says, as far as that can be counted.

A name in braces that is misspelt would never be filled in, and a number, a point or a warning that is lost
would harm. What nobody can count, somebody who speaks both languages has to read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator

from bot.library.faults import Fault

Readable = tuple[str, str, str, str]
"""A text that people read, behind its file, entry and field."""

_BRACES = re.compile(r"\{(\w*)\}")
_MARK = re.compile(r"</?\w+(?: \w+)?>")
_CODE = re.compile(r"\b[A-Z]{1,2}\d{1,2}\b")
_COMMAND = re.compile(r"(?<![\w<])/\w+")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"[^\W\d_]{2,}")
_EXACT = re.compile(
    r"points/.*|(cautions|complaints|red_flags|rules|techniques|routines|evidence|settings)\.toml"
)
"""Files in which every number is a fact and no example."""


def translation_faults(
    texts: Iterable[Readable], english: Iterable[Readable], alike: Container[str]
) -> Iterator[Fault]:
    """What differs between the texts of a language and the English ones at the same places.

    ``alike`` are texts that are the same in both languages. A place with several texts, such as the nicknames
    of a point, may have more or fewer of them.
    """
    originals: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for file, entry, field, text in english:
        originals[_without_language(file), entry, field].append(text)
    for file, entry, field, text in texts:
        place = _without_language(file)
        behind = originals[place, entry, field]
        if text in behind and text not in alike and _WORD.search(_BRACES.sub("", _MARK.sub("", text))):
            yield Fault(file, entry, field, f"the same as in English: {text[:40]!r}")
        elif len(behind) == 1:
            problems = _differences(text, behind[0], exact=bool(_EXACT.fullmatch(place)))
            yield from (Fault(file, entry, field, problem) for problem in problems)


def _differences(text: str, english: str, *, exact: bool) -> Iterator[str]:
    counted = {"braces": (_BRACES, True), "marks": (_MARK, False), "points": (_CODE, True)}
    for what, (pattern, each_once) in counted.items():
        wanted, found = sorted(pattern.findall(english)), sorted(pattern.findall(text))
        if (set(wanted) != set(found)) if each_once else (wanted != found):
            yield f"the {what} are {_listed(found)}, in English {_listed(wanted)}"
    commands = set(_COMMAND.findall(_MARK.sub("", text))), set(_COMMAND.findall(_MARK.sub("", english)))
    if commands[0] != commands[1]:
        yield f"the commands are {_listed(commands[0])}, in English {_listed(commands[1])}"
    if exact:
        numbers, wanted = (sorted(_NUMBER.findall(_CODE.sub("", each))) for each in (text, english))
        if numbers != wanted:
            yield f"the numbers are {_listed(numbers)}, in English {_listed(wanted)}"


def _listed(found: Iterable[str]) -> str:
    return ", ".join(sorted(found)) or "none"


def _without_language(file: str) -> str:
    return file.partition("/")[2]
