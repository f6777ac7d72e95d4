"""What the container files say: all settings reach the program, nothing is without limits, and a secret is demanded."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import app
from app.settings import described

FIXED = {"PLAYGROUND_HOST": "0.0.0.0", "PLAYGROUND_PORT": 8000, "PLAYGROUND_DATA": "${PLAYGROUND_DATA:-/data}"}
"""What the container decides: it listens on all of its addresses, and its volume is at /data."""
OURS = ("playground", "web1", "web2", "worker")
TABLE = [name for name, _, _ in described()]


@pytest.fixture(scope="module")
def compose(root: Path) -> dict[str, Any]:
    """compose.yaml, with what it repeats filled in."""
    found: dict[str, Any] = YAML(typ="safe").load(root / "compose.yaml")
    return found


def test_the_single_service_is_passed_every_setting(compose: dict[str, Any]) -> None:
    environment = compose["services"]["playground"]["environment"]
    assert set(environment) == set(TABLE)
    assert {name: value for name, value in environment.items() if value is not None} == FIXED


def test_so_are_the_web_processes_and_workers_but_for_what_they_are_for(compose: dict[str, Any]) -> None:
    for name in OURS[1:]:
        environment = compose["services"][name]["environment"]
        assert set(environment) == set(TABLE)
        assert environment["PLAYGROUND_ENGINE"] == "redis://redis:6379/0"


def test_every_container_has_limits(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["cpus"] and service["mem_limit"] and service["pids_limit"], name
        assert "no-new-privileges:true" in service["security_opt"], name


def test_only_the_proxy_is_in_the_world_and_in_the_inner_network(compose: dict[str, Any]) -> None:
    assert compose["networks"]["inside"]["internal"] is True
    for name, service in compose["services"].items():
        if "many" in service.get("profiles", []):
            assert set(service["networks"]) == ({"inside", "outside"} if name == "proxy" else {"inside"}), name
            assert ("ports" in service) == (name == "proxy")


def test_web_processes_wait_for_redis_and_a_secret(compose: dict[str, Any]) -> None:
    for name in ("web1", "web2"):
        assert compose["services"][name]["depends_on"] == {
            "redis": {"condition": "service_healthy"},
            "secret": {"condition": "service_completed_successfully"},
        }
    shell, option, script = compose["services"]["secret"]["entrypoint"]
    command = [shell, option, script.replace("$$", "$")]
    for secret, code in (("", 1), ("long and random", 0)):
        environment = {"PATH": os.environ["PATH"], "PLAYGROUND_SECRET": secret}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == code
        assert ("PLAYGROUND_SECRET is not set" in done.stderr) == bool(code)


def test_a_worker_is_asked_after_by_its_own_check(compose: dict[str, Any]) -> None:
    health = compose["services"]["worker"]["healthcheck"]
    assert health["test"][-2:] == ["worker", "--check"]


def test_the_image_carries_our_licence_and_what_it_is(root: Path) -> None:
    recipe = (root / "Dockerfile").read_text()
    last = recipe[recipe.rindex("\nFROM ") :]
    assert "COPY LICENSE" in last and "!LICENSE" in (root / ".dockerignore").read_text().splitlines()
    labels = dict(re.findall(r'org\.opencontainers\.image\.(\w+)="([^"]*)"', last))
    assert labels["version"] == app.__version__
    assert labels["licenses"] == "MIT"
    assert {"title", "description"} <= set(labels)


def test_an_image_can_be_built_without_mnist(root: Path, compose: dict[str, Any], tmp_path: Path) -> None:
    assert compose["services"]["playground"]["build"]["args"] == {"MNIST": "${MNIST:-yes}"}
    (line,) = re.findall(r"&& (if .*?; fi)$", (root / "Dockerfile").read_text(), re.MULTILINE)
    program = "node() { echo made > made; }; " + line
    for wish, made in (("no", False), ("yes", True)):
        subprocess.run(["sh", "-c", program], cwd=tmp_path, env={"MNIST": wish, "PATH": os.environ["PATH"]}, check=True)
        assert (tmp_path / "made").exists() == made
