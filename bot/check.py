"""Everything that can be wrong under ``content/``: its shape, its references, its phrases and its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from pydantic import BaseModel

from bot.library import CONTENT, ENGLISH, ContentError, Fault, Library, in_language, languages, load
from bot.library.check import cross_check
from bot.library.translation import translation_faults
from bot.plain_words import banned_in, too_long, words_in
from bot.understanding.phrases import Grammar, PhraseError
from bot.understanding.reader import Reader
from bot.understanding.reading import Kind
from bot.understanding.whose import WHOSE

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NOT_READ = frozenset({"phrases", "parts", "aliases", "means", "calls", "calm", "keywords"})
"""Fields that hold what people write, not what they read."""
_WRITTEN_BY_PEOPLE = frozenset({"lexicon", "sayings", "controls", "context", "not_ours"})
"""Files that hold nothing else."""
_FOR_NOBODY_TO_READ = frozenset({"language", "missing", "not_said"})


def every_fault(folder: Path = CONTENT) -> list[Fault]:
    """Every fault of the content in ``folder`` in any language, none when it is in order."""
    found = faults(folder)
    others = set(languages(folder)) - {ENGLISH}
    in_others = {fault for code in others for fault in faults(folder, code)}
    return [*found, *sorted(in_others - set(found))]


def faults(folder: Path = CONTENT, language: str = ENGLISH) -> list[Fault]:
    """Every fault of the facts in ``folder`` and of the words of one language.

    What an incomplete language does not have is no fault; what a complete one does not have is.
    """
    try:
        library = load(folder, language)
    except ContentError as error:
        return error.faults
    missing = library.words.missing
    found = [*cross_check(library), *_wording(library)]
    unreadable = list(_unreadable(library))
    if language != ENGLISH:
        english, alike = in_language(library, ENGLISH), library.languages[language].alike
        found += translation_faults(readable(library), readable(english), alike)
    found += unreadable or _meanings(library, Reader(library))
    gaps = missing if library.languages[language].complete else ()
    return [*gaps, *(fault for fault in found if not any(_is_within(fault, gap) for gap in missing))]


def _is_within(fault: Fault, gap: Fault) -> bool:
    """Whether a fault is one of words that are there only in English."""
    place, hole = _path(fault), _path(gap)
    return fault.file == gap.file and place[: len(hole)] == hole


def _path(fault: Fault) -> list[str]:
    return [part for part in (fault.entry, *fault.field.split(".")) if part]


def _unreadable(library: Library) -> Iterator[Fault]:
    """Every phrase that is not in the language of phrases; one in a set, only where the set stands."""
    lexicon = library.words.lexicon
    grammar = Grammar(lexicon.sets, lexicon.fillers, lexicon.spellings)
    with_small_words = Grammar(lexicon.sets, frozenset(), lexicon.spellings)
    for file, entry, field, phrases in _phrases(library):
        for phrase in phrases:
            try:
                (with_small_words if entry == WHOSE else grammar).runs(phrase)
            except PhraseError as error:
                if error.phrase == phrase:
                    yield Fault(f"{library.words.language}/{file}", entry, field, str(error))


def _phrases(library: Library) -> Iterator[tuple[str, str, str, Iterable[str]]]:
    """All phrases, with the file, entry and field they stand in."""
    words = library.words
    for name, phrases in words.lexicon.sets.items():
        yield "lexicon.toml", "sets", name, phrases
    yield "lexicon.toml", "", "denials", words.lexicon.denials
    yield "lexicon.toml", "", "not_denials", words.lexicon.not_denials
    for code, point in words.points.items():
        yield f"points/{code}.toml", "", "aliases", point.aliases
    for slug, complaint in words.complaints.items():
        yield "complaints.toml", slug, "parts", complaint.parts
        yield "complaints.toml", slug, "phrases", complaint.phrases
    for flag, danger in words.red_flags.items():
        yield "red_flags.toml", flag, "phrases", danger.phrases
    for rule, condition in words.rules.items():
        yield "rules.toml", rule, "phrases", condition.phrases
    for name, control in words.controls.items():
        yield "controls.toml", name, "phrases", control.phrases
    for question, values in words.context.items():
        yield from (("context.toml", question, value, phrases) for value, phrases in values.items())
    for name, phrases in words.not_ours.items():
        yield "not_ours.toml", name, "", phrases


def _meanings(library: Library, reader: Reader) -> Iterator[Fault]:
    """Every example is understood as what it is an example of, and as nothing else."""
    words, language = library.words, library.words.language
    for flag, danger in words.red_flags.items():
        for text in danger.calls:
            if flag not in reader.red_flags(text):
                yield Fault(f"{language}/red_flags.toml", flag, "calls", f"not found in {text!r}")
        for text in danger.calm:
            if flag in reader.red_flags(text):
                yield Fault(f"{language}/red_flags.toml", flag, "calm", f"found in {text!r}")
    for rule, entry in words.rules.items():
        for text in entry.calls:
            if rule not in reader.read(text).conditions:
                yield Fault(f"{language}/rules.toml", rule, "calls", f"not found in {text!r}")
        for text in entry.calm:
            if rule in reader.read(text).conditions:
                yield Fault(f"{language}/rules.toml", rule, "calm", f"found in {text!r}")
    for slug, complaint in words.complaints.items():
        for text in complaint.means:
            reading = reader.read(text)
            if reading.kind is not Kind.COMPLAINT or reading.complaints[0] != slug:
                got = f"{reading.kind} {', '.join(reading.complaints)}".strip()
                yield Fault(f"{language}/complaints.toml", slug, "means", f"{text!r} is read as {got}")
    for name, control in words.controls.items():
        for text in control.means:
            if reader.read(text).context.control != name:
                yield Fault(f"{language}/controls.toml", name, "means", f"{text!r} is read otherwise")


def _wording(library: Library) -> Iterator[Fault]:
    """Plain words, short sentences, no claims, no exclamation marks in anything that people read."""
    longest = _longest_fillings(library)
    not_said = library.words.not_said.values()
    for file, entry, field, text in readable(library):
        yield from (Fault(file, entry, field, f"{word!r}: {why}") for word, why in banned_in(text, not_said))
        for sentence in too_long(_PLACEHOLDER.sub(lambda name: longest.get(name[1], name[0]), text)):
            problem = f"a sentence of {words_in(sentence)} words: {sentence[:40]!r}"
            yield Fault(file, entry, field, problem)


def _longest_fillings(library: Library) -> dict[str, str]:
    """The longest words that can stand in the place of one name in braces."""
    words = library.words
    point = max((f"{code} ({point.name})" for code, point in words.points.items()), key=words_in)
    complaint = max((entry.name for entry in words.complaints.values()), key=words_in)
    condition = max((entry.condition for entry in words.rules.values()), key=words_in)
    sign = max((entry.name for entry in words.red_flags.values()), key=words_in)
    return {
        "point": point,
        "points": point,
        "complaint": complaint,
        "complaints": complaint,
        "others": complaint,
        "conditions": condition,
        "sign": sign,
    }


def readable(library: Library) -> Iterator[tuple[str, str, str, str]]:
    """Every text that people can read, with the file, entry and field it stands in."""
    language = library.words.language
    for part in fields(library.words):
        value = getattr(library.words, part.name)
        if part.name == "points":
            for code, point in value.items():
                yield from _texts(f"{language}/points/{code}.toml", "", point)
        elif part.name not in _FOR_NOBODY_TO_READ | _WRITTEN_BY_PEOPLE:
            yield from _texts(f"{language}/{part.name}.toml", "", value)


def _texts(file: str, entry: str, value: object, field: str = "") -> Iterator[tuple[str, str, str, str]]:
    """The texts in a value, however deep: a text, a model, a table or a list."""
    if isinstance(value, str):
        yield file, entry, field, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in _NOT_READ:
                yield from _texts(file, entry, getattr(value, name), name)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if field:
                yield from _texts(file, entry, inner, f"{field}.{key}")
            else:
                yield from _texts(file, key, inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from _texts(file, entry, inner, field)
