"""A known hole in a package stops the checks; without a network nothing stops, and it is said."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from running_bot import ROOT

from tools.audit import judge

FINE = {"name": "aiohttp", "version": "3.14.5", "vulns": []}
HOLE = {"id": "PYSEC-2026-1", "fix_versions": ["3.14.6"], "aliases": [], "description": ""}
OPEN = {"name": "aiohttp", "version": "3.14.5", "vulns": [HOLE]}
UNKNOWN = {"name": "telegram", "skip_reason": "Dependency not found on PyPI"}


def report(*packages: object) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


def test_a_known_hole_is_named_and_fails() -> None:
    said, code = judge(report(FINE, OPEN))

    assert code == 1
    assert "aiohttp 3.14.5 has PYSEC-2026-1; mended in 3.14.6" in said


def test_no_known_hole_is_fine_and_says_of_how_many() -> None:
    assert judge(report(FINE, FINE)) == (["2 packages looked at, 0 known holes"], 0)


def test_what_is_not_known_is_not_called_safe() -> None:
    said, code = judge(report(UNKNOWN, FINE))

    assert code == 0
    assert said[0] == "1 packages looked at, 0 known holes"
    assert said[1].startswith("WARNING: nothing is known of 1 packages")


@pytest.mark.parametrize("broken", ["", "Traceback", "[]", "{}", "null"])
def test_no_report_is_a_warning(broken: str) -> None:
    said, code = judge(broken)

    assert code == 0
    assert said[0].startswith("WARNING")


def test_without_a_network_the_audit_warns_and_passes() -> None:
    nowhere = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"), "http://127.0.0.1:9")

    ended = subprocess.run(
        [sys.executable, "-m", "tools.audit", "requirements/run.txt"],
        cwd=ROOT,
        env={**os.environ, **nowhere, "NO_PROXY": "", "no_proxy": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )

    assert ended.returncode == 0, ended.stderr
    assert "WARNING" in ended.stdout
