"""The list of rendered files with their hashes, so that a stale or a missing file is noticed."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from tools.pictures.files import Picture, folder_of
from tools.pictures.loading import FOLDER, PictureContent

MANIFEST = FOLDER / "manifest.toml"


@dataclass(frozen=True)
class Entry:
    """What the manifest says of one file. Pixels and bytes; ``sha256`` in hex."""

    kind: str
    name: str
    width: int
    height: int
    bytes: int
    sha256: str


def path_of(language: str) -> Path:
    """Where the list of a language's own files stands."""
    return folder_of(language) / MANIFEST.name


def describe(picture: Picture, path: Path, size: tuple[int, int]) -> Entry:
    """The entry of a file that was just written."""
    data = path.read_bytes()
    return Entry(picture.kind, picture.name, *size, len(data), hashlib.sha256(data).hexdigest())


def digest(content: PictureContent) -> str:
    """A hash of the facts and words behind the pictures: when it changes, they have to be rendered anew."""
    plain = TypeAdapter(PictureContent).dump_python(content, mode="json")
    for name in ("paired", "self_reached"):
        plain[name] = sorted(plain[name])  # sets have no order
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def write(entries: Mapping[str, Entry], made_from: str, path: Path) -> None:
    """Write the manifest, files in order."""
    path.write_text("\n".join(_lines(entries, made_from)), encoding="utf-8")


def _lines(entries: Mapping[str, Entry], made_from: str) -> Iterable[str]:
    yield "# Written by `make pictures`. The files beside it, and what they were when they were rendered.\n"
    yield f'made_from = "{made_from}"\n'
    for file in sorted(entries):
        entry = entries[file]
        yield f'[files."{file}"]'
        yield f'kind = "{entry.kind}"'
        yield f'name = "{entry.name}"'
        yield f"width = {entry.width}"
        yield f"height = {entry.height}"
        yield f"bytes = {entry.bytes}"
        yield f'sha256 = "{entry.sha256}"\n'


def read(path: Path = MANIFEST) -> dict[str, Entry]:
    """The entries by file."""
    return {file: Entry(**fields) for file, fields in _table(path)["files"].items()}


def made_from(path: Path = MANIFEST) -> str:
    """The ``digest`` of the content that the files were rendered from."""
    return str(_table(path)["made_from"])


def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
