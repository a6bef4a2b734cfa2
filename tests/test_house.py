"""The project keeps its own rules: who imports whom, what is locked, what is documented, what is excused."""

from __future__ import annotations

import ast
import re
import sys
import tokenize
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from importlinter import api
from importlinter.application.use_cases import lint_imports

from bot.settings import Settings

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
VARIABLES = sorted(field.upper() for field in Settings.model_fields)
TARGETS = re.search(r"^\.PHONY:(.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split()
CONTRACTS = api.read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]
DOWNLOADS = (
    "pyproject.toml",
    "requirements/run.txt",
    "requirements/test.txt",
    "Makefile",
    "Dockerfile",
    ".ci/run",
)


def sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def name_of(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.match(r"[A-Za-z0-9._-]+", requirement)[0]).lower()


# --- who imports whom


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract["name"])
def test_the_parts_import_only_what_they_may(
    contract: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)

    kept = lint_imports(
        str(ROOT / "pyproject.toml"), limit_to_contracts=(contract["id"],), cache_dir=None, no_logo=True
    )

    assert kept, f"{contract['name']}\n{capsys.readouterr().out}"


# --- dependencies


def third_party(folder: str) -> set[str]:
    """The distributions that the Python files of the folder import."""
    modules = set()
    for path in sources(folder):
        if (ROOT / "tools" / "pictures") in path.parents:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                modules.add(node.module.partition(".")[0])
    local = {"bot", "tests", "tools", *(path.stem for path in sources("tests"))}
    distributions = packages_distributions()
    return {
        name_of(distribution)
        for module in modules - sys.stdlib_module_names - local
        for distribution in distributions.get(module, [module])
    }


def test_the_bot_imports_exactly_the_packages_it_declares() -> None:
    assert third_party("bot") == {name_of(each) for each in PYPROJECT["project"]["dependencies"]}


@pytest.mark.parametrize("folder", ["tests", "tools"])
def test_tests_and_tools_import_only_declared_packages(folder: str) -> None:
    """``tools/pictures`` has a lock of its own, which its own tests compare with what it imports.

    A tool that is seldom used may have one beside it.
    """
    declared = PYPROJECT["project"]["dependencies"] + PYPROJECT["project"]["optional-dependencies"]["test"]
    locks = [lock for path in (ROOT / folder).glob("*.py") if (lock := path.with_suffix(".txt")).exists()]
    beside = {name for lock in locks for name in pins(lock)}

    assert third_party(folder) <= {name_of(each) for each in declared} | beside


def pins(lock: str | Path) -> dict[str, str]:
    text = (ROOT / "requirements" / lock).read_text()
    return {
        name_of(name): version
        for name, version in re.findall(r"^([\w.\[\],-]+)==([^\s;]+)", text, re.MULTILINE)
    }


def test_every_declared_package_is_locked() -> None:
    run = {name_of(each) for each in PYPROJECT["project"]["dependencies"]}
    test = {name_of(each) for each in PYPROJECT["project"]["optional-dependencies"]["test"]}

    assert run <= pins("run.txt").keys()
    assert run | test <= pins("test.txt").keys()


def test_the_tests_run_with_the_versions_that_people_run() -> None:
    assert pins("run.txt").items() <= pins("test.txt").items()


@pytest.mark.parametrize("file", DOWNLOADS)
def test_nothing_says_where_to_download_from(file: str) -> None:
    text = (ROOT / file).read_text()

    found = re.findall(r".*(?:\w://(?!/)|--(?:extra-)?index|--find-links|--trusted-host|\w @ ).*", text)

    assert found == []


# --- excuses


def excuses() -> Iterator[tuple[str, str]]:
    """Every comment in ``bot/`` that switches a check off: its place and itself."""
    for path in sources("bot"):
        with path.open("rb") as file:
            for token in tokenize.tokenize(file.readline):
                if token.type == tokenize.COMMENT and re.search(
                    r"noqa|type: ?ignore|no cover|fmt: ?off", token.string
                ):
                    yield f"{path.relative_to(ROOT)}:{token.start[0]}", token.string


def gives_a_reason(comment: str) -> bool:
    """A narrow excuse and at least two words after it, such as ``# noqa: T201 - the command line prints``."""
    narrow = re.search(
        r"noqa: ?[A-Z]+\d+(?:, ?[A-Z]+\d+)*|type: ?ignore\[[\w, -]+\]|pragma: no cover|fmt: ?off", comment
    )
    return narrow is not None and len(re.findall(r"[A-Za-z']{2,}", comment[narrow.end() :])) >= 2


def test_every_excuse_in_the_code_gives_its_reason() -> None:
    assert [f"{place} {comment}" for place, comment in excuses() if not gives_a_reason(comment)] == []


@pytest.mark.parametrize(
    ("comment", "enough"),
    [
        ("# noqa", False),
        ("# noqa: T201", False),
        ("# noqa because it is fine", False),
        ("# type: ignore[arg-type]", False),
        ("# type: ignore  # the stub is wrong", False),
        ("# pragma: no cover", False),
        ("# noqa: T201 - the command line prints", True),
        ("# noqa: T201, S101  # the command line prints", True),
        ("# type: ignore[arg-type, misc]  # the stub is wrong", True),
    ],
)
def test_a_reason_is_told_from_a_bare_excuse(comment: str, enough: bool) -> None:
    assert gives_a_reason(comment) is enough


# --- tests


def test_every_test_file_has_a_name_of_its_own() -> None:
    """Asked for two of the same name, pytest stops at the second; asked for one of them, it says nothing."""
    names = Counter(path.name for path in sources("tests") if path.name.startswith("test_"))

    assert [name for name, times in names.items() if times > 1] == []


# --- documents


@pytest.mark.parametrize("document", ["README.md", ".env.example"])
@pytest.mark.parametrize("variable", VARIABLES)
def test_every_environment_variable_is_documented(variable: str, document: str) -> None:
    assert re.search(rf"\b{variable}\b", (ROOT / document).read_text())


def test_the_example_of_an_env_file_names_no_variable_that_is_not_read() -> None:
    named = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)

    assert sorted(named) == VARIABLES


def test_the_values_of_the_example_can_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    example = re.sub(r"^#(?=[A-Z_]+=)", "", (ROOT / ".env.example").read_text(), flags=re.MULTILINE)
    (tmp_path / ".env").write_text(example)

    settings = Settings.read(tmp_path / ".env")

    without_default = {"heartbeat_file", "clock_file", "webhook_url", "webhook_secret", "health_listen"}
    assert settings.model_dump(exclude=without_default) == Settings.read(tmp_path / "none").model_dump(
        exclude=without_default
    )


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_is_documented(target: str) -> None:
    assert re.search(rf"\bmake {target}\b", (ROOT / "README.md").read_text())
