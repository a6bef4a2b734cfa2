"""Everything that can be wrong under ``content/``: its shape, its references, its phrases and its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel

from bot.library import CONTENT, ContentError, Fault, Library, load
from bot.library.check import cross_check
from bot.understanding.phrases import Grammar, PhraseError
from bot.understanding.reader import Reader
from bot.understanding.reading import Kind

LONGEST_SENTENCE_WORDS = 20
BANNED = re.compile(
    r"\b(diagnos\w*|treat(s|ed|ing|ment|ments)?|cures?|cured|heal(s|ed|ing)?|therap\w*|prevent\w*|patients?|proven|"
    r"guarantee\w*|remed(y|ies)|detox\w*|miracle\w*)\b",
    re.IGNORECASE,
)
"""Claims that nobody may read here."""
_SENTENCE = re.compile(r"[^.?\n:]+")
_NOT_READ = frozenset({"phrases", "parts", "aliases", "means", "calls", "calm"})
"""Fields that hold what people write, not what they read."""


def faults(folder: Path = CONTENT, language: str = "en") -> list[Fault]:
    """Every fault of the content in ``folder``, none when it is in order."""
    try:
        library = load(folder, language)
    except ContentError as error:
        return error.faults
    found = [*cross_check(library), *_wording(library)]
    unreadable = list(_unreadable(library))
    return [*found, *(unreadable or _meanings(library, Reader(library)))]


def _unreadable(library: Library) -> Iterator[Fault]:
    """Every phrase that is not in the language of phrases; one in a set, only where the set stands."""
    lexicon = library.words.lexicon
    grammar = Grammar(lexicon.sets, lexicon.fillers, lexicon.spellings)
    for file, entry, field, phrases in _phrases(library):
        for phrase in phrases:
            try:
                grammar.runs(phrase)
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
    for file, entry, field, text in readable(library):
        if claim := BANNED.search(text):
            yield Fault(file, entry, field, f"{claim[0]!r} is a claim or a clinic's word")
        if "!" in text:
            yield Fault(file, entry, field, "an exclamation mark")
        for sentence in _SENTENCE.findall(re.sub(r"<[^>]*>|(?<=\d)[.:](?=\d)", "", text)):
            length = len(sentence.split())
            if length > LONGEST_SENTENCE_WORDS:
                yield Fault(file, entry, field, f"a sentence of {length} words: {sentence.strip()[:40]!r}")


def readable(library: Library) -> Iterator[tuple[str, str, str, str]]:
    """Every text that people can read, with the file, entry and field it stands in."""
    words, language = library.words, library.words.language
    for code, point in words.points.items():
        yield from _texts(f"{language}/points/{code}.toml", "", point)
    for name in ("complaints", "red_flags", "rules", "techniques", "routines", "evidence"):
        for entry, model in getattr(words, name).items():
            yield from _texts(f"{language}/{name}.toml", entry, model)
    for caution, label in words.cautions.items():
        yield f"{language}/cautions.toml", caution, "", label
    yield from _texts(f"{language}/sentences.toml", "", words.sentences)
    yield from _texts(f"{language}/settings.toml", "", words.settings)
    yield from _texts(f"{language}/reminders.toml", "", words.reminders)


def _texts(file: str, entry: str, model: BaseModel) -> Iterator[tuple[str, str, str, str]]:
    for field in type(model).model_fields:
        value = getattr(model, field)
        if field in _NOT_READ or value is None:
            continue
        if isinstance(value, str):
            yield file, entry, field, value
        elif isinstance(value, Mapping):
            yield from ((file, entry, f"{field}.{key}", text) for key, text in value.items())
        else:
            yield from ((file, entry, field, text) for text in value)
