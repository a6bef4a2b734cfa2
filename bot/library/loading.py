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
    words: Words


def load(folder: Path = CONTENT, language: str = "en") -> Library:
    """Read the content of ``folder`` with the words of ``language``.

    Raises ``ContentError`` with every fault of shape found in any file. Whether the entries fit together
    is the subject of ``bot.library.check``.
    """
    read = _Reader(folder)
    library = Library(
        sources=read.entries("sources.toml", facts.Source),
        points=read.folder("points", facts.Point),
        complaints=read.entries("complaints.toml", facts.Complaint),
        red_flags=read.entries("safety/red_flags.toml", facts.RedFlag),
        rules=read.entries("safety/rules.toml", facts.Rule),
        techniques=read.entries("techniques.toml", facts.Technique),
        routines=read.entries("routines.toml", facts.Routine),
        evidence=read.entries("evidence.toml", facts.Study),
        corrections=read.entries("corrections.toml", facts.Correction),
        measures=read.whole("measures.toml", facts.Measures),
        old_numbers=read.entries("old_numbers.toml", facts.OldNumber),
        words=Words(
            language=language,
            points=read.folder(f"{language}/points", words.PointWords),
            cautions=read.entries(f"{language}/cautions.toml", str),
            complaints=read.entries(f"{language}/complaints.toml", words.ComplaintWords),
            red_flags=read.entries(f"{language}/red_flags.toml", words.RedFlagWords),
            rules=read.entries(f"{language}/rules.toml", words.RuleWords),
            techniques=read.entries(f"{language}/techniques.toml", words.TechniqueWords),
            routines=read.entries(f"{language}/routines.toml", words.RoutineWords),
            evidence=read.entries(f"{language}/evidence.toml", words.StudyWords),
            lexicon=read.whole(f"{language}/lexicon.toml", words.Lexicon),
            controls=read.entries(f"{language}/controls.toml", words.Control),
            context=read.entries(f"{language}/context.toml", words.Alternatives),
            not_ours=read.entries(f"{language}/not_ours.toml", words.Phrases),
            sentences=read.whole(f"{language}/sentences.toml", words.Sentences),
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
        self._tables: dict[str, dict[str, Any]] = {}

    def folder(self, name: str, model: type[T]) -> Mapping[str, T]:
        """One entry per file, named after the file."""
        paths = sorted((self.root / name).glob("*.toml"))
        if not paths:
            self.faults.append(Fault(name, "", "", "the folder is missing or empty"))
        found = {
            path.stem: self._entry(f"{name}/{path.name}", "", self._table(f"{name}/{path.name}"), model)
            for path in paths
        }
        return _without_gaps(found)

    def entries(self, name: str, model: type[T]) -> Mapping[str, T]:
        """One entry per table of a file."""
        return _without_gaps(
            {key: self._entry(name, key, value, model) for key, value in self._table(name).items()}
        )

    def whole(self, name: str, model: type[T]) -> T:
        """A file that is one entry."""
        entry = self._entry(name, "", self._table(name), model)
        return cast(T, entry)  # a gap is a fault, and faults end the load before anyone reads it

    def _table(self, name: str) -> dict[str, Any]:
        if name not in self._tables:
            try:
                self._tables[name] = tomllib.loads((self.root / name).read_text(encoding="utf-8"))
            except OSError:
                self.faults.append(Fault(name, "", "", "the file cannot be read"))
                self._tables[name] = {}
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                self.faults.append(Fault(name, "", "", f"not TOML: {error}"))
                self._tables[name] = {}
        return self._tables[name]

    def _entry(self, file: str, entry: str, value: Any, model: type[T]) -> T | None:
        try:
            return TypeAdapter(model).validate_python(value)
        except ValidationError as error:
            for problem in error.errors(include_url=False):
                field = ".".join(str(part) for part in problem["loc"])
                self.faults.append(Fault(file, entry, field, problem["msg"]))
            return None


def _without_gaps(found: Mapping[str, T | None]) -> Mapping[str, T]:
    return MappingProxyType({key: entry for key, entry in found.items() if entry is not None})
