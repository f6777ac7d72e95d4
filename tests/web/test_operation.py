"""What operators see, and what is said when the server has no room: with an engine that answers as it is told."""

from __future__ import annotations

import io
import logging
import queue
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import httpx
import pytest

from app.paths import STATIC
from app.runs.errors import Full
from app.settings import Settings
from app.web.door.visitors import Visitors
from app.web.factory import create_app
from app.web.operation.logs import DroppingHandler, logging_to_stderr
from app.web.operation.metrics import Metrics
from app.web.pages.assets import Assets
from app.web.parts import Parts
from tests.web.asking import assert_problem


class ToldEngine:
    """An engine that says of itself what a test wants."""

    def __init__(self) -> None:
        self.parts: Mapping[str, str | None] = {"workers": None}
        self.error: Exception = Full("1000 runs are in hand, and no more may be", 7)

    async def health(self) -> Mapping[str, str | None]:
        return self.parts

    async def submit(self, *_: object, **__: object) -> NoReturn:
        raise self.error


@pytest.fixture
def engine() -> ToldEngine:
    return ToldEngine()


@pytest.fixture
async def app_client(engine: ToldEngine) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an app in this process, on the told engine, where one browser may submit three times a minute."""
    settings = Settings(submits_per_minute_per_address=3)
    told: Any = engine
    app = create_app(Parts(settings, told, Assets(STATIC), Visitors(settings)))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://playground") as client:
        yield client


async def test_readiness_names_the_part_that_does_not_answer(app_client: httpx.AsyncClient, engine: ToldEngine) -> None:
    assert (await app_client.get("/readyz")).status_code == 200
    engine.parts = {"workers": "1 of 2 has ended", "store": None}
    answer = await app_client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"] == {"workers": "1 of 2 has ended", "store": "ok"}
    assert (await app_client.get("/healthz")).status_code == 200


async def test_no_room_is_said_with_the_time_to_come_back(app_client: httpx.AsyncClient) -> None:
    answer = await app_client.post("/api/runs", json={})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")
    assert_problem(answer, words="1000 runs are in hand")


async def test_too_many_submits_are_said_with_the_time_to_come_back(app_client: httpx.AsyncClient) -> None:
    answers = [await app_client.post("/api/runs", json={}) for _ in range(4)]
    assert "too many" in answers[-1].json()["detail"]
    assert int(answers[-1].headers["retry-after"]) > 0


async def test_an_unforeseen_fault_is_logged_and_not_shown(
    app_client: httpx.AsyncClient, engine: ToldEngine, caplog: pytest.LogCaptureFixture
) -> None:
    engine.error = RuntimeError("the secret of the house")
    answer = await app_client.post("/api/runs", json={})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text
    assert "the secret of the house" in caplog.text


async def test_answers_are_counted_by_method_and_status(app_client: httpx.AsyncClient) -> None:
    await app_client.get("/healthz")
    await app_client.get("/nothing")
    text = (await app_client.get("/metrics")).text
    assert 'playground_requests_total{method="GET",status="200"} 1.0' in text
    assert 'playground_requests_total{method="GET",status="404"} 1.0' in text


def test_log_lines_that_nobody_reads_are_dropped_and_counted() -> None:
    metrics, lines = Metrics(), queue.Queue[logging.LogRecord | None](2)
    handler = DroppingHandler(lines, metrics)
    for number in range(5):
        handler.handle(logging.LogRecord("app", logging.ERROR, "", 0, f"line {number}", None, None))
    assert lines.qsize() == 2
    assert b"playground_log_lines_dropped 3.0" in metrics.text()


def test_a_log_line_is_one_json_object(monkeypatch: pytest.MonkeyPatch) -> None:
    output = io.StringIO()
    monkeypatch.setattr("sys.stderr", output)
    with logging_to_stderr(Metrics()):
        try:
            raise ValueError("a\nfault")
        except ValueError:
            logging.getLogger("app.web").exception("two\nlines, 两行")
    (line,) = output.getvalue().splitlines()
    assert line.startswith("{") and '"level": "error"' in line
    assert "两行" in line and "ValueError" in line


ENDS_WITH_A_FULL_PIPE = """
import logging, sys
from app.web.operation.logs import logging_to_stderr
from app.web.operation.metrics import Metrics

with logging_to_stderr(Metrics()):
    for number in range(5000):
        logging.getLogger("app").error("%s", "x" * 1000)
print("ended in order")
"""


def test_a_program_ends_though_nobody_reads_its_log(root: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ENDS_WITH_A_FULL_PIPE], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.read() == b"ended in order\n"
        assert process.wait(60) == 0
