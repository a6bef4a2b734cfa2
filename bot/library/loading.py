"""Reading ``content/`` into one frozen ``Library``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from bot.library import facts, words
from bot.library.faults import ContentError, Fault
from bot.library.hold_words import HoldWords
from bot.library.reminder_words import ReminderWords

CONTENT = Path(__file__).resolve().parents[2] / "content"
"""Where the content stands in a checkout and in the container image."""

T = TypeVar("T")


@dataclass(frozen=True)
class Words:
    """One language."""

    language: str
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
    sentences: words.Sentences
    settings: words.SettingsWords
    reminders: ReminderWords
    holds: HoldWords


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
    words: Words


def load(folder: Path = CONTENT, language: str = "en") -> Library:
    """Read the content of ``folder`` with the words of ``language``.

    Raises ``ContentError`` with every fault of shape found in any file. Whether the entries fit together
    is the subject of ``bot.library.check``.
    """
    read = _Reader(folder)
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
        words=Words(
            language=language,
            points=read.folder(f"{language}/points", words.PointWords, facts.PointCode),
            cautions=read.entries(f"{language}/cautions.toml", str, facts.Slug),
            complaints=read.entries(f"{language}/complaints.toml", words.ComplaintWords, facts.Slug),
            red_flags=read.entries(f"{language}/red_flags.toml", words.RedFlagWords, facts.RedFlagId),
            rules=read.entries(f"{language}/rules.toml", words.RuleWords, facts.RuleId),
            techniques=read.entries(f"{language}/techniques.toml", words.TechniqueWords, facts.TechniqueId),
            routines=read.entries(f"{language}/routines.toml", words.RoutineWords, facts.RoutineId),
            evidence=read.entries(f"{language}/evidence.toml", words.StudyWords, facts.StudyId),
            lexicon=read.whole(f"{language}/lexicon.toml", words.Lexicon),
            controls=read.entries(f"{language}/controls.toml", words.Control, facts.Slug),
            context=read.entries(
                f"{language}/context.toml",
                words.Alternatives,  # type: ignore[type-abstract] # pydantic makes the mapping
                facts.Slug,
            ),
            not_ours=read.entries(f"{language}/not_ours.toml", words.Phrases, facts.Slug),
            sentences=read.whole(f"{language}/sentences.toml", words.Sentences),
            settings=read.whole(f"{language}/settings.toml", words.SettingsWords),
            reminders=read.whole(f"{language}/reminders.toml", ReminderWords),
            holds=read.whole(f"{language}/holds.toml", HoldWords),
        ),
    )
    if read.faults:
        raise ContentError(sorted(read.faults))
    return library


class _Reader:
    """Reads the files of one content folder and collects the faults of all of them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Fault] = []

    def folder(self, name: str, model: type[T], ids: Any) -> Mapping[str, T]:
        """One entry per file, named after the file."""
        paths = sorted((self.root / name).glob("*.toml"))
        if not paths:
            self.faults.append(Fault(name, "", "", "the folder is missing or empty"))
        return self._checked(
            {path.stem: (f"{name}/{path.name}", "", self._table(f"{name}/{path.name}")) for path in paths},
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
        table = self._table(name) or {}
        return self._checked({key: (name, key, value) for key, value in table.items()}, model, ids)

    def whole(self, name: str, model: type[T]) -> T:
        """A file that is one entry."""
        entry = self._entry(name, "", self._table(name), TypeAdapter(model))
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
