"""Every operation of the OpenAPI page, asked with data made from its own schema: never a server error."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

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
