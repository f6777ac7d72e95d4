"""The command line, as a user meets it: help, training in the terminal, errors in words, and the ways to end."""

from __future__ import annotations

import csv
import dataclasses
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
from click.testing import CliRunner, Result

import app
from app.cli import main
from app.datasets import load
from app.nn.spec import RunSpec
from app.settings import described
from tests.nn import plain


def run(*arguments: str) -> Result:
    """A command, inside this process."""
    return CliRunner().invoke(main, list(arguments))


def test_the_help_of_serve_lists_every_setting_with_its_default() -> None:
    text = run("serve", "--help").output
    for name, default, _ in described():
        assert f"{name} [{default}]" in text


def test_train_takes_every_field_of_the_spec() -> None:
    text = run("train", "--help").output
    for field in dataclasses.fields(RunSpec):
        assert f"--{field.name.replace('_', '-')}" in text


def test_a_run_in_the_terminal_has_the_costs_of_an_independent_implementation(tmp_path: Path) -> None:
    file = tmp_path / "costs.csv"
    done = run("train", "--epochs", "2500", "--seed", "4", "--csv", str(file))
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(file.read_text().splitlines()))
    assert [int(row["epoch"]) for row in rows] == list(range(2501))
    data = load("iris-versicolor-virginica").data
    costs = plain.train(data.x, data.y, epochs=2500, seed=4)
    np.testing.assert_allclose([float(row["cost"]) for row in rows], costs, rtol=1e-9)
    for mark in (0, 1000, 2000):
        assert f"epoch {mark}: cost {costs[mark]:.8f}" in done.output
    assert "accuracy" in done.output


def test_the_articles_figures_come_out() -> None:
    done = run("train", "--dataset", "four-bit-majority", "--rule", "article")
    assert "epoch 0: cost 0.73052217" in done.output
    assert "epoch 10000: cost 0.00041729" in done.output


def test_a_run_that_fails_is_no_success() -> None:
    done = run("train", "--dataset", "iris", "--hidden", "", "--eta", "1e308", "--epochs", "50")
    assert "stopped being a finite number" in " ".join(done.output.split())
    assert done.exit_code == 1


def test_a_table_and_parameters_may_come_from_files(tmp_path: Path) -> None:
    table, start = tmp_path / "table.json", tmp_path / "start.json"
    table.write_text(json.dumps({"x": [[0], [1]], "y": [0, 1], "classes": 2}))
    start.write_text(json.dumps({"w": [[[0, 0]]], "b": [[0, 0]]}))
    options = ("--dataset", str(table), "--initialisation", str(start), "--hidden", "", "--epochs", "5")
    done = run("train", *options)
    assert done.exit_code == 0, done.output
    assert f"epoch 0: cost {np.log(2):.8f}" in done.output


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--eta", "-1"), "eta is -1; allowed: "),
        (("--eta", "nan"), "eta is nan; allowed: "),
        (("--hidden", "5,none"), "hidden[1] is 'none'; allowed: "),
        (("--hidden", "500"), "hidden[0] is 500; allowed: "),
        (("--hidden", "³"), "hidden[0] is '³'; allowed: "),
        (("--hidden", "9" * 5000), "hidden[0] is '999"),
        (("--dataset", "tulips"), "dataset is 'tulips'; allowed: "),
        (("--dataset", "no-such-file.json"), "no-such-file.json"),
        (("--batch-size", "1000"), "batch_size is 1000; allowed: "),
        (("--cost", "cross-entropy"), "cost is 'cross-entropy'; allowed: "),
        (("--rule", "adam"), "'adam'"),
        (("--epochs", "many"), "'many'"),
        (("--csv", "/no/such/folder/costs.csv", "--epochs", "5"), "/no/such/folder"),
    ],
)
def test_a_wrong_option_is_said_in_words(options: tuple[str, ...], words: str) -> None:
    done = run("train", *options)
    assert done.exit_code == 2
    assert words in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("content", [b"x,y\n1,2\n", b"\xff\xfe", b"[" * 100_000, b""])
def test_a_file_that_is_not_json_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("table.json").write_bytes(content)
    done = run("train", "--dataset", "table.json")
    assert done.exit_code == 2
    assert done.output == "dataset is 'table.json'; allowed: a file that holds JSON\n"


def test_a_file_that_cannot_be_written_is_said_before_the_work(tmp_path: Path) -> None:
    done = run("train", "--csv", str(tmp_path), "--epochs", "5")
    assert done.exit_code == 2
    assert "directory" in done.output
    assert "cost" not in done.output


def test_an_address_of_the_sixth_version_is_printed_as_an_address_bar_takes_it() -> None:
    if not has_ipv6():
        pytest.skip("this machine has no ::1")
    with subprocess.Popen(
        [sys.executable, "-m", "app.cli", "serve", "--host", "::1", "--port", "0"], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0
    assert "http://[::1]:" in said


def has_ipv6() -> bool:
    """Whether this machine can listen on ::1."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


def test_a_worker_of_the_embedded_engine_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_ENGINE", "embedded")
    result = run("worker")
    assert result.exit_code == 2
    assert "PLAYGROUND_ENGINE" in result.output and "redis://host:6379/0" in result.output


def test_several_web_processes_of_the_embedded_engine_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_CONCURRENCY", "2")
    result = run("serve")
    assert result.exit_code == 2
    assert "only its own runs" in result.output


def test_an_engine_that_there_is_not_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_ENGINE", "kafka://somewhere")
    result = run("serve")
    assert result.exit_code == 2
    assert "'embedded' or the URL of a Redis" in result.output


def test_what_listens_everywhere_prints_what_can_be_typed() -> None:
    environment = {**os.environ, "PLAYGROUND_HOST": "0.0.0.0", "PLAYGROUND_WORKERS": "1"}
    with program("serve", "--port", "0", stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert "http://127.0.0.1:" in said and "0.0.0.0" not in said


def test_web_processes_that_share_a_redis_without_one_secret_are_warned() -> None:
    redis = {"PLAYGROUND_ENGINE": "redis://:TOPSECRET@127.0.0.1:1/0"}
    for secret, warned in (("", True), ("s", False)):
        environment = {**os.environ, **redis, "PLAYGROUND_SECRET": secret}
        with program("serve", "--port", "0", stdout=subprocess.PIPE, env=environment) as process:
            assert process.stdout is not None and process.stderr is not None
            process.stdout.readline()
            process.send_signal(signal.SIGTERM)
            process.wait(20)
            said = process.stderr.read()
        assert ("PLAYGROUND_SECRET is empty" in said) is warned
        assert "TOPSECRET" not in said


def test_a_port_that_is_taken_is_said_in_words() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run("serve", "--port", str(port))
    assert done.exit_code == 2
    assert "cannot listen on 127.0.0.1:" in done.output
    assert f"make run PORT={(port + 1) if port < 65535 else 8000}" in done.output


@contextmanager
def program(*arguments: str, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """The program as a terminal starts it: in a shell's background, where these tests may run, Ctrl+C is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    command = [sys.executable, "-m", "app.cli", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, **options) as process:
        signal.signal(signal.SIGINT, before)
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize(("ending", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 0)])
def test_a_signal_ends_the_server_in_order(ending: signal.Signals, code: int) -> None:
    with program("serve", "--port", "0", stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline().startswith("Softmax Playground is ready: http://127.0.0.1:")
        process.send_signal(ending)
        assert process.wait(20) == code
        assert process.stderr.read() == ""


def test_ctrl_c_while_the_workers_start_ends_in_silence() -> None:
    with program("serve", "--port", "0", start_new_session=True) as process:
        assert process.stderr is not None
        while not any(is_importing(child) for child in psutil.Process(process.pid).children()):
            assert process.poll() is None
        os.killpg(process.pid, signal.SIGINT)  # a terminal's Ctrl+C goes to the whole group
        assert process.wait(20) == 0
        assert process.stderr.read() == ""


def is_importing(process: psutil.Process) -> bool:
    """Whether a worker has come as far as to load NumPy."""
    return any("numpy" in part.path for part in process.memory_maps())


def test_ctrl_c_ends_a_training_without_a_traceback() -> None:
    with program("train", "--epochs", "1000000", stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        assert "epoch 0" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert "Traceback" not in process.stderr.read()


def test_the_version_is_told_where_nothing_is_installed(root: Path, tmp_path: Path) -> None:
    """As in the image: the package's folder on the path, and no record of an installation."""
    (tmp_path / "app").symlink_to(root / "app")
    program = "import sys; sys.path.insert(0, sys.argv.pop(1)); from importlib import metadata as m; "
    program += "m.Distribution.from_name = None; from app.cli import main; main()"
    command = [sys.executable, "-c", program, str(tmp_path), "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"{app.__version__}\n"), done.stderr


def test_the_check_of_a_worker_says_in_words_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_ENGINE", "redis://127.0.0.1:1/0")
    done = run("worker", "--check")
    assert done.exit_code == 1
    assert "does not answer (connection refused)" in done.output
