"""One image for every part of the bot, and a file that puts them together: closed where they can be.

No engine for containers is needed here. What the files say is read, and the commands they name are run with
the environment they give, from a copy of the source in which nothing may change.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml
from running_bot import ROOT, environment

from bot.playground.botapi import Simulator
from bot.settings import Settings
from tools.fleet import SECRET, free_port
from tools.postgres import Postgres

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
OURS = ("web", "worker")
PATIENCE_SECONDS = 60.0
SET_BY_THE_IMAGE = dict(re.findall(r"^(?:ENV)? +([A-Z_]+)=(\S+)", DOCKERFILE, re.MULTILINE))


# --- the image


def health_check() -> list[str]:
    command = re.search(r"HEALTHCHECK[^\[]*CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    assert command
    return [sys.executable, *json.loads(command[1])[1:]]


@pytest.fixture(params=[200, 503])
def answering(request: pytest.FixtureRequest) -> Iterator[tuple[int, int]]:
    """The port of something that answers health checks, and with which status."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(request.param if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever).start()
    yield server.server_port, request.param
    server.shutdown()
    server.server_close()


def ended(host: str, port: int) -> int:
    asked = subprocess.run(
        health_check(), env={"HEALTH_LISTEN": f"{host}:{port}"}, capture_output=True, check=False, timeout=30
    )
    return asked.returncode


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_container_is_healthy_while_its_process_says_so(answering: tuple[int, int], host: str) -> None:
    port, status = answering

    assert (ended(host, port) == 0) is (status == 200)


def test_a_container_that_does_not_answer_is_not_healthy() -> None:
    assert ended("127.0.0.1", free_port()) != 0


def test_the_image_sets_where_health_is_shown_so_the_check_works_in_every_mode() -> None:
    assert Settings(_env_file=None, health_listen=SET_BY_THE_IMAGE["HEALTH_LISTEN"]).health_place


def test_the_container_gets_every_file_that_its_recipe_copies() -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+) ", DOCKERFILE, re.MULTILINE)
    allowed = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)

    assert sorted(copied) == sorted(allowed)
    assert [path for path in copied if not (ROOT / path).exists()] == []


def test_the_image_runs_as_nobody_in_particular_and_holds_no_secret() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    (user,) = re.findall(r"^USER (\S+)$", last, re.MULTILINE)

    assert int(user) >= 10_000
    assert not [name for name in SET_BY_THE_IMAGE if re.search("TOKEN|SECRET|PASSWORD", name)]
    assert "HEALTH_LISTEN" in SET_BY_THE_IMAGE, "no setting was found, so nothing was looked at"


# --- several of them


@pytest.mark.parametrize("name", OURS)
def test_each_part_is_closed_where_it_can_be(name: str) -> None:
    part = COMPOSE["services"][name]

    assert part["read_only"] is True
    assert "/tmp" in part["tmpfs"]
    assert part["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in part["security_opt"]
    assert part["image"] == COMPOSE["services"]["web"]["image"]
    assert part["depends_on"]["database"]["condition"] == "service_healthy"


def test_there_is_a_receiver_and_more_than_one_worker() -> None:
    services = COMPOSE["services"]

    assert services["web"]["command"] == ["web"]
    assert services["worker"]["command"] == ["worker"]
    assert services["worker"]["deploy"]["replicas"] >= 2


def test_nothing_is_open_to_the_outside_but_the_receiver_on_this_machine() -> None:
    open_ones = {name: part["ports"] for name, part in COMPOSE["services"].items() if "ports" in part}

    assert open_ones == {"web": ["127.0.0.1:8000:8000"]}


@pytest.mark.parametrize("name", [*OURS, "database"])
def test_every_secret_comes_from_the_environment_and_must_be_there(name: str) -> None:
    secrets = {
        variable: value
        for variable, value in COMPOSE["services"][name]["environment"].items()
        if re.search("TOKEN|SECRET|PASSWORD|DATABASE_URL", variable)
    }

    assert secrets
    assert not [value for value in secrets.values() if not re.search(r"\$\{[A-Z_]+:\?\}", value)]


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_one_that_is_read(name: str) -> None:
    known = {field.upper() for field in Settings.model_fields}

    assert set(COMPOSE["services"][name]["environment"]) <= known


def given_by_compose(name: str, values: dict[str, str]) -> dict[str, str]:
    """The environment of a part, with what an operator sets filled in as docker compose does it."""
    return {
        variable: re.sub(
            r"\$\{([A-Z_]+)(?::[?-][^}]*)?\}", lambda match: values.get(match[1], ""), str(value)
        )
        for variable, value in COMPOSE["services"][name]["environment"].items()
    }


def everything_below(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*")}


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator() as sim:
        yield sim


async def test_the_parts_run_as_compose_starts_them_and_leave_the_source_as_it_is(
    sim: Simulator, postgres: Postgres, template: str, tmp_path: Path
) -> None:
    code, elsewhere = tmp_path / "code", tmp_path / "elsewhere"
    elsewhere.mkdir()
    for part in ("bot", "content"):
        shutil.copytree(ROOT / part, code / part, ignore=shutil.ignore_patterns("__pycache__"))
    before = everything_below(code)
    port, url = free_port(), postgres.new_database(template)
    operator = {
        "TELEGRAM_BOT_TOKEN": sim.token,
        "TELEGRAM_API_URL": f"http://{sim.host}:{sim.port}",
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "WEBHOOK_SECRET": SECRET,
        "POSTGRES_PASSWORD": "anything",
    }
    processes, places = [], []
    try:
        for name in (*OURS, "worker"):
            places.append(f"127.0.0.1:{free_port()}")
            given = given_by_compose(name, operator) | {
                "DATABASE_URL": url,
                "WEBHOOK_LISTEN": f"127.0.0.1:{port}",
                "HEALTH_LISTEN": places[-1],
            }
            processes.append(
                await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "bot", *COMPOSE["services"][name]["command"]),
                    cwd=elsewhere,
                    env=environment(code, **given),
                    stderr=asyncio.subprocess.DEVNULL,
                )
            )
        async with asyncio.timeout(PATIENCE_SECONDS):
            for place in places:
                host, _, own_port = place.partition(":")
                while await asyncio.to_thread(ended, host, int(own_port)) != 0:
                    pass
        anna = sim.user(1001, "Anna")
        await anna.send("where is LI4")
        await anna.expect("LI4", timeout=PATIENCE_SECONDS)
        for process in processes:
            process.send_signal(signal.SIGTERM)
        codes = [await asyncio.wait_for(process.wait(), PATIENCE_SECONDS) for process in processes]
    finally:
        for process in processes:
            if process.returncode is None:
                process.kill()
                await process.wait()
        postgres.drop(url)

    assert codes == [0, 0, 0]
    assert everything_below(code) == before
    assert list(elsewhere.iterdir()) == []
