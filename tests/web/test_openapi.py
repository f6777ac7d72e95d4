"""Every operation of the OpenAPI page, asked with data made from its own schema: never a server error."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

import httpx

from tests.browser.serving import Server

EXAMPLES = 8


def test_no_made_up_request_is_a_server_error(playground: Server, tmp_path: Path) -> None:
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", playground.address + "/openapi.json"]
    options = ["--checks", "not_a_server_error", "--max-examples", str(EXAMPLES), "--phases", "fuzzing"]
    done = subprocess.run([*command, *options], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    asked = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    assert asked, done.stdout
    assert int(asked[1]) > EXAMPLES


def test_the_interfaces_own_page_names_every_operation_and_no_other_host(client: httpx.Client) -> None:
    page = client.get("/api/docs")
    assert page.status_code == 200
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page.text)
    text = html.unescape(page.text)
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in text
            assert operation["description"].splitlines()[0] in text


def test_no_two_operations_share_a_name(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"].values()
    names = [operation["operationId"] for methods in paths for operation in methods.values()]
    assert len(names) == len(set(names))
