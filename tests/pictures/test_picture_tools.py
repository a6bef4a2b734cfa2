"""The renderer is a build tool: what it needs is pinned, credited, and never part of the bot."""

from __future__ import annotations

import ast
import re
import sys
import tomllib

import pytest

from tools.pictures.loading import ROOT

TOOLS = ROOT / "tools" / "pictures"
LOCKS = ("requirements.txt", "mesh.txt")


def pinned(text: str) -> dict[str, str]:
    """Package -> what follows it up to the next package."""
    parts = re.split(r"^([a-z][a-z0-9.-]*)==", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_file_by_hash_and_names_no_host(lock: str) -> None:
    text = (TOOLS / lock).read_text(encoding="utf-8")

    assert "://" not in text
    assert pinned(text)
    for package, rest in pinned(text).items():
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", rest), package


def test_the_mesh_is_checked_against_the_same_hash_as_its_lock() -> None:
    code = (TOOLS / "assets.py").read_text(encoding="utf-8")
    hashed = re.findall(r"\b[0-9a-f]{64}\b", (TOOLS / "mesh.txt").read_text(encoding="utf-8"))

    assert re.findall(r"\b[0-9a-f]{64}\b", code) == hashed


def test_the_bot_needs_none_of_it() -> None:
    run = pinned((ROOT / "requirements" / "run.txt").read_text(encoding="utf-8"))
    mesh = pinned((TOOLS / "mesh.txt").read_text(encoding="utf-8"))
    drawing = {"scipy", "pillow", "imageio-ffmpeg", *mesh}

    assert not drawing & run.keys()
    for path in (ROOT / "bot").rglob("*.py"):
        assert "tools.pictures" not in path.read_text(encoding="utf-8"), path


def test_no_mesh_and_no_font_is_committed() -> None:
    kept = {".obj", ".whl", ".ttf", ".otf", ".npz", ".gz"}
    found = [path for folder in ("content", "tools", "docs") for path in (ROOT / folder).rglob("*")]

    assert [path for path in found if path.suffix in kept] == []


def test_mesh_and_font_are_credited() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")

    for name in ("MakeHuman", "CC0", "NAVER", "Source Sans", "SIL Open Font License"):
        assert name in notice


def test_the_facts_are_data_that_any_editor_can_read() -> None:
    for path in (ROOT / "content" / "pictures").glob("*.toml"):
        assert tomllib.loads(path.read_text(encoding="utf-8")), path
        assert path.read_text(encoding="utf-8").startswith("#"), f"{path} does not say what it holds"


def test_the_renderer_imports_only_what_its_own_lock_pins() -> None:
    names = {"PIL": "pillow", "imageio_ffmpeg": "imageio-ffmpeg", "resvg_py": "resvg-py"}
    imported = set()
    for path in TOOLS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    third_party = imported - sys.stdlib_module_names - {"tools"}
    wanted = (TOOLS / "requirements.in").read_text(encoding="utf-8")

    assert {names.get(each, each) for each in third_party} <= set(re.findall(r"^[a-z0-9-]+", wanted, re.M))
