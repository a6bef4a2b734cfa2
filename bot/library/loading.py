"""Reading ``content/`` into one frozen ``Library``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from bot.library import facts, words
from bot.library.browsing_words import BrowsingWords, GroupWords
from bot.library.faults import ContentError, Fault
from bot.library.hold_words import HoldWords
from bot.library.languages import ENGLISH, Language, LanguageCode, chain, languages
from bot.library.reminder_words import ReminderWords
from bot.library.sharing_words import SharingWords

CONTENT = Path(__file__).resolve().parents[2] / "content"
"""Where the content stands in a checkout and in the container image."""

WHOLE = frozenset({("lexicon.toml", "spellings"), ("lexicon.toml", "sets")})
"""Tables that a language has all of its own: how English puts and misspells things says nothing of others."""

T = TypeVar("T")


@dataclass(frozen=True)
class Words:
    """One language. Whatever it does not have is there in English."""

    language: str
    missing: tuple[Fault, ...]
    """What is there only in English."""
    points: Mapping[str, words.PointWords]
    cautions: Mapping[str, str]
    """Each caution in a few words, by its id."""
    complaints: Mapping[str, words.ComplaintWords]
    red_flags: Mapping[str, words.RedFlagWords]
    rules: Mapping[str, words.RuleWords]
    techniques: Mapping[str, words.TechniqueWords]
    routines: Mapping[str, words.RoutineWords]
    evidence: Mapping[str, words.StudyWords]
    lexicon: words.Lexicon
    controls: Mapping[str, words.Control]
    context: Mapping[str, words.Alternatives]
    not_ours: Mapping[str, words.Phrases]
    """What this bot has no answer for: skin, wounds, other body parts, idioms."""
    places: Mapping[str, tuple[str, ...]]
    """By country, region or zone: what it is called beside its English name; see ``words.PlaceNames``."""
    not_said: Mapping[str, words.NotSaid]
    """What nobody may read in this language."""
    sayings: Mapping[str, words.Phrases]
    """How times, numbers and orders to reminders are said, by the English words for them."""
    sentences: words.Sentences
    settings: words.SettingsWords
    reminders: ReminderWords
    holds: HoldWords
    browsing: BrowsingWords
    groups: GroupWords
    sharing: SharingWords


@dataclass(frozen=True)
class Library:
    """All facts, and the words of one language."""

    sources: Mapping[str, facts.Source]
    points: Mapping[str, facts.Point]
    complaints: Mapping[str, facts.Complaint]
    red_flags: Mapping[str, facts.RedFlag]
    rules: Mapping[str, facts.Rule]
    techniques: Mapping[str, facts.Technique]
    routines: Mapping[str, facts.Routine]
    evidence: Mapping[str, facts.Study]
    corrections: Mapping[str, facts.Correction]
    measures: facts.Measures
    old_numbers: Mapping[str, facts.OldNumber]
    pictures: frozenset[str]
    """The files that can be shown, by their path below ``content/pictures``."""
    languages: Mapping[str, Language]
    """All languages there are, by their codes."""
    words: Words
    folder: Path = field(compare=False)
    """Where all of it was read."""


def load(folder: Path = CONTENT, language: str = ENGLISH) -> Library:
    """Read the content of ``folder`` with the words of ``language``.

    Raises ``ContentError`` with every fault of shape found in any file. Whether the entries fit together
    is the subject of ``bot.library.check``.
    """
    read = _Reader(folder, language)
    library = Library(
        sources=read.entries("sources.toml", facts.Source, facts.SourceId),
        points=read.folder("points", facts.Point, facts.PointCode),
        complaints=read.entries("complaints.toml", facts.Complaint, facts.Slug),
        red_flags=read.entries("safety/red_flags.toml", facts.RedFlag, facts.RedFlagId),
        rules=read.entries("safety/rules.toml", facts.Rule, facts.RuleId),
        techniques=read.entries("techniques.toml", facts.Technique, facts.TechniqueId),
        routines=read.entries("routines.toml", facts.Routine, facts.RoutineId),
        evidence=read.entries("evidence.toml", facts.Study, facts.StudyId),
        corrections=read.entries("corrections.toml", facts.Correction, facts.CorrectionId),
        measures=read.whole("measures.toml", facts.Measures),
        old_numbers=read.entries("old_numbers.toml", facts.OldNumber, facts.OldCode),
        pictures=read.files("pictures", ".jpg", ".mp4"),
        languages=read.languages(),
        words=_words(read, language),
        folder=folder,
    )
    read.raise_faults()
    return library


def in_language(library: Library, language: str) -> Library:
    """The same facts in the words of another language of their folder. Raises ``ContentError``."""
    read = _Reader(library.folder, language)
    translated = replace(library, words=_words(read, language))
    read.raise_faults()
    return translated


def _words(read: _Reader, language: str) -> Words:
    in_words = f"{language}/"
    made = Words(
        language=language,
        missing=(),
        points=read.folder(f"{in_words}points", words.PointWords, facts.PointCode),
        cautions=read.entries(f"{in_words}cautions.toml", str, facts.Slug),
        complaints=read.entries(f"{in_words}complaints.toml", words.ComplaintWords, facts.Slug),
        red_flags=read.entries(f"{in_words}red_flags.toml", words.RedFlagWords, facts.RedFlagId),
        rules=read.entries(f"{in_words}rules.toml", words.RuleWords, facts.RuleId),
        techniques=read.entries(f"{in_words}techniques.toml", words.TechniqueWords, facts.TechniqueId),
        routines=read.entries(f"{in_words}routines.toml", words.RoutineWords, facts.RoutineId),
        evidence=read.entries(f"{in_words}evidence.toml", words.StudyWords, facts.StudyId),
        lexicon=read.whole(f"{in_words}lexicon.toml", words.Lexicon),
        controls=read.entries(f"{in_words}controls.toml", words.Control, facts.Slug),
        context=read.entries(
            f"{in_words}context.toml",
            words.Alternatives,  # type: ignore[type-abstract] # pydantic makes the mapping
            facts.Slug,
        ),
        not_ours=read.entries(f"{in_words}not_ours.toml", words.Phrases, facts.Slug),
        places=read.entries(
            f"{in_words}places.toml",
            words.PlaceNames,
            words.PlaceKey,
        ),
        not_said=read.entries(f"{in_words}not_said.toml", words.NotSaid, facts.Slug),
        sayings=read.entries(f"{in_words}sayings.toml", words.Phrases, words.Text),
        sentences=read.whole(f"{in_words}sentences.toml", words.Sentences),
        settings=read.whole(f"{in_words}settings.toml", words.SettingsWords),
        reminders=read.whole(f"{in_words}reminders.toml", ReminderWords),
        holds=read.whole(f"{in_words}holds.toml", HoldWords),
        browsing=read.whole(f"{in_words}browsing.toml", BrowsingWords),
        groups=read.whole(f"{in_words}groups.toml", GroupWords),
        sharing=read.whole(f"{in_words}sharing.toml", SharingWords),
    )
    return replace(made, missing=tuple(sorted(read.missing)))


class _Reader:
    """Reads the files of one content folder and collects the faults of all of them.

    What the ``language`` does not have comes from the languages it is a kind of, and at last from English.
    """

    def __init__(self, root: Path, language: str) -> None:
        self.root = root
        self.faults: list[Fault] = []
        self.missing: list[Fault] = []
        self._language = language
        self._stand_ins = [code for code in chain(language) if code not in (language, ENGLISH)]

    def raise_faults(self) -> None:
        """Raise ``ContentError`` if there was any fault."""
        if self.faults:
            raise ContentError(sorted(self.faults))

    def languages(self) -> Mapping[str, Language]:
        """The manifest of every language."""
        found = {code: f"{code}/language.toml" for code in languages(self.root)}
        if self._language not in found:
            file = f"{self._language}/language.toml"
            self.faults.append(Fault(file, "", "", "the file cannot be read"))
        return self._checked(
            {code: (file, "", self._table(file)) for code, file in found.items()}, Language, LanguageCode
        )

    def folder(self, name: str, model: type[T], ids: Any) -> Mapping[str, T]:
        """One entry per file, named after the file."""
        folders = [name, *(other for other, _ in self._behind(name))]
        files = sorted({path.name for folder in folders for path in (self.root / folder).glob("*.toml")})
        if not files:
            self.faults.append(Fault(name, "", "", "the folder is missing or empty"))
        return self._checked(
            {
                file.removesuffix(".toml"): (f"{name}/{file}", "", self._read(f"{name}/{file}"))
                for file in files
            },
            model,
            ids,
        )

    def files(self, name: str, *endings: str) -> frozenset[str]:
        """The paths of all files below a folder with one of these endings."""
        root = self.root / name
        return frozenset(
            path.relative_to(root).as_posix() for path in root.rglob("*") if path.suffix in endings
        )

    def entries(self, name: str, model: type[T], ids: Any) -> Mapping[str, T]:
        """One entry per table of a file."""
        table = self._read(name, is_entries=True) or {}
        return self._checked({key: (name, key, value) for key, value in table.items()}, model, ids)

    def whole(self, name: str, model: type[T]) -> T:
        """A file that is one entry."""
        entry = self._entry(name, "", self._read(name), TypeAdapter(model))
        return cast(T, entry)  # a gap is a fault, and faults end the load before anyone reads it

    def _checked(
        self, found: Mapping[str, tuple[str, str, Any]], model: type[T], ids: Any
    ) -> Mapping[str, T]:
        """The entries by their ids, those with a fault left out."""
        shape, id_shape = TypeAdapter(model), TypeAdapter(ids)
        checked: dict[str, T] = {}
        for key, (file, entry, value) in found.items():
            self._entry(file, entry, key, id_shape)
            made = self._entry(file, entry, value, shape)
            if made is not None:
                checked[key] = made
        return MappingProxyType(checked)

    def _read(self, name: str, *, is_entries: bool = False) -> dict[str, Any] | None:
        """A file of facts as it is, a file of words with what stands in for what it does not have."""
        behind = self._behind(name)
        if not behind:
            return self._table(name)
        file = name.partition("/")[2]
        table: dict[str, Any] = {}
        for other, is_english in ((name, False), *behind):
            if not is_english and not (self.root / other).exists():
                continue
            if (found := self._table(other)) is None:
                return None
            if is_english:
                for path in _absent(found, table, file):
                    entry, field = (path[0], path[1:]) if is_entries and path else ("", path)
                    self.missing.append(Fault(name, entry, ".".join(field), "is there only in English"))
            table = _merged(found, table, file)
        return table

    def _behind(self, name: str) -> list[tuple[str, bool]]:
        """The files that stand in for a file of words, and whether it is the English one."""
        language, _, file = name.partition("/")
        if language != self._language or language == ENGLISH:
            return []
        return [*((f"{code}/{file}", False) for code in self._stand_ins), (f"{ENGLISH}/{file}", True)]

    def _table(self, name: str) -> dict[str, Any] | None:
        try:
            return tomllib.loads((self.root / name).read_text(encoding="utf-8"))
        except OSError:
            self.faults.append(Fault(name, "", "", "the file cannot be read"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.faults.append(Fault(name, "", "", f"not TOML: {error}"))
        return None

    def _entry(self, file: str, entry: str, value: Any, shape: TypeAdapter[T]) -> T | None:
        if value is None:
            return None
        try:
            return shape.validate_python(value)
        except ValidationError as error:
            for problem in error.errors(include_url=False):
                field = ".".join(str(part) for part in problem["loc"])
                self.faults.append(Fault(file, entry, field, problem["msg"]))
            return None


def _merged(behind: Mapping[str, Any], table: Mapping[str, Any], *path: str) -> dict[str, Any]:
    """A table with what ``behind`` has more, key by key however deep."""
    merged = {**behind, **table}
    for key, value in behind.items():
        own = table.get(key)
        if isinstance(value, dict) and isinstance(own, dict) and (*path, key) not in WHOLE:
            merged[key] = _merged(value, own, *path, key)
    return merged


def _absent(behind: Mapping[str, Any], table: Mapping[str, Any], *path: str) -> Iterator[tuple[str, ...]]:
    """Where ``behind`` has a key that the table does not have; nothing below it."""
    if behind and not table:
        yield path[1:]
        return
    for key, value in behind.items():
        if key not in table:
            yield (*path[1:], key)
        elif isinstance(value, dict) and isinstance(table[key], dict) and (*path, key) not in WHOLE:
            yield from _absent(value, table[key], *path, key)
