"""A real server for the browser tests: `python -m app.cli serve` in a process of its own, on a free port."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.ports import free_port

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 30.0
STOP_SECONDS = 10.0
POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Server:
    """A playground that answers at `address`; all it wrote is in the file `log`."""

    address: str
    log: Path
    process: subprocess.Popen[bytes]

    def stop(self) -> int:
        """Ends it as an operator would (SIGTERM); returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOP_SECONDS)


@contextmanager
def serving(
    log: Path, *, port: int | None = None, settings: Mapping[str, str] | None = None, root: Path = ROOT
) -> Iterator[Server]:
    """Starts a playground, waits until it is ready, and ends it afterwards, whatever happened.

    `root` is the checkout that it runs from, `settings` are environment variables (`PLAYGROUND_…`). Raises
    AssertionError with the log where it does not come up.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PLAYGROUND_DATA": "memory", **(settings or {})}
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=output, stderr=subprocess.STDOUT)
    server = Server(f"http://127.0.0.1:{port}", log, process)
    try:
        wait_until_ready(server)
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_ready(server: Server) -> None:
    """Asks `/readyz` until it answers 200; the wait between two questions is a wait for the process to die."""
    for _ in range(int(START_SECONDS / POLL_SECONDS)):
        try:
            with urllib.request.urlopen(server.address + "/readyz", timeout=START_SECONDS):
                return
        except (urllib.error.URLError, ConnectionError):
            pass
        try:
            server.process.wait(POLL_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        break
    raise AssertionError(f"the server is not ready; its log:\n{server.log.read_text()}")
