"""The settings: from the environment, each with a sentence, and an unusable one said in words."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import ValidationError
from redis.asyncio import ConnectionPool

from app.cli import main
from app.paths import state_folder
from app.settings import Settings, described, misspelt
from app.web.server import addresses


def test_every_setting_has_a_name_a_default_and_a_sentence() -> None:
    rows = described()
    assert len(rows) == len(Settings.model_fields)
    for name, default, sentence in rows:
        assert name.startswith("PLAYGROUND_") and name == name.upper()
        assert default
        assert sentence[0].isupper() and sentence.endswith(".")


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_PORT", "9001")
    monkeypatch.setenv("PLAYGROUND_ORIGINS", "https://a.example, https://b.example:8443,")
    settings = Settings()
    assert (settings.port, settings.origins) == (9001, ("https://a.example", "https://b.example:8443"))


def test_what_a_program_gives_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_PORT", "9001")
    assert Settings(port=9002).port == 9002


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "70000"), ("PORT", "http"), ("WORKERS", "0"), ("SEND_SECONDS", "-1"), ("MAX_RUNS", "")]
)
def test_an_unusable_value_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"PLAYGROUND_{name}", value)
    with pytest.raises(ValidationError):
        Settings()


@pytest.mark.parametrize(
    "value",
    [
        "lms.example",
        "https://lms.example/course",
        "https://a.example;script-src *",
        "https://a.example https://b.example",
        "*",
        "https://",
        "https://*",
        "javascript:alert(1)",
    ],
)
def test_an_embedder_that_is_no_origin_is_refused(value: str) -> None:
    with pytest.raises(ValidationError, match=re.escape("as in https://lms.example")):
        Settings(embedders=value)  # type: ignore[arg-type]  # as the environment has it


def test_embedders_are_origins_with_commas_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_EMBEDDERS", "https://lms.example, http://localhost:8080, https://*.school.example")
    assert Settings().embedders == ("https://lms.example", "http://localhost:8080", "https://*.school.example")


GOOD = [
    "embedded",
    "redis://localhost",
    "redis://localhost:6379/0",
    "rediss://user:p%2Fw@redis.example:6380/12?ssl_cert_reqs=none",
    "unix:///run/redis.sock?db=2",
    "redis://:pass@[::1]:6379",
]
BAD = [
    "redis://:TOPSECRET@localhost:99999/0",
    "redis://:TOPSECRET@localhost:http/0",
    "redis://:TOP/SECRET@localhost/0",
    "redis://:TOP#SECRET@localhost/0",
    "redis://:TOPSECRET@localhost/x",
    "redis://:TOPSECRET@localhost/0/1",
    "redis://:TOPSECRET@localhost/0?foo=bar",
    "redis://:TOPSECRET@localhost?db=x",
    "redis://:TOPSECRET@localhost:0",
    "redis://:TOPSECRET@[::1/0",
    "redis://:TOPSECRET@",
    "redis:TOPSECRET",
    "http://:TOPSECRET@localhost/0",
    "unix://TOPSECRET",
    "TOPSECRET",
    "",
]


@pytest.mark.parametrize("url", GOOD)
def test_a_url_that_redis_takes_is_taken(url: str) -> None:
    assert Settings(engine=url).engine == url
    if url != "embedded":
        ConnectionPool.from_url(url)


@pytest.mark.parametrize("url", BAD)
def test_a_wrong_redis_url_is_said_in_one_line_that_does_not_repeat_it(url: str) -> None:
    environment = {**os.environ, "PLAYGROUND_ENGINE": url}
    for command in (["serve", "--port", "0"], ["worker"]):
        done = CliRunner().invoke(main, command, env=environment)
        assert done.exit_code == 2
        (line,) = done.output.splitlines()
        assert line.startswith("PLAYGROUND_ENGINE: ") and "redis://host:6379/0" in line
        assert not any(part in line for part in ("SECRET", "TOP", "99999", "bar"))


def test_no_secret_is_in_what_is_printed_of_the_settings() -> None:
    settings = Settings(engine="redis://:TOPSECRET@localhost/0", secret="TOPSECRET")
    with pytest.raises(ValidationError) as wrong:
        Settings(engine="redis://:TOPSECRET@localhost/x", secret=["TOPSECRET"])  # type: ignore[arg-type]
    for text in (repr(settings), str(settings), str(wrong.value), repr(wrong.value)):
        assert "TOPSECRET" not in text


def test_a_misspelt_setting_is_refused_with_the_nearest_name() -> None:
    for name, nearest in (
        ("PLAYGROUND_PROT", "PLAYGROUND_PORT"),
        ("PLAYGROUND_TRUSTED_PROXY", "PLAYGROUND_TRUSTED_PROXIES"),
        ("playground_max_socket", "PLAYGROUND_MAX_SOCKETS"),
    ):
        done = CliRunner().invoke(main, ["serve", "--port", "0"], env={**os.environ, name: "1"})
        assert (done.exit_code, done.output) == (2, f"There is no setting {name}; the nearest is {nearest}.\n")
    assert misspelt(["PLAYGROUND_PORT", "playground_host", "PATH", "MY_PLAYGROUND_PROT"]) == []


def test_a_proxy_that_is_no_address_is_refused() -> None:
    assert Settings(trusted_proxies="10.0.0.2, ::1").trusted_proxies == ("10.0.0.2", "::1")  # type: ignore[arg-type]
    for wrong in ("10.0.0.0/8", "caddy", "10.0.0.2:80", "*"):
        with pytest.raises(ValidationError, match="is no address"):
            Settings(trusted_proxies=wrong)  # type: ignore[arg-type]


def test_a_user_without_a_home_is_told_of_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)

    def nowhere() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for home in (nowhere, lambda: Path()):
        monkeypatch.setattr(Path, "home", home)
        with pytest.raises(RuntimeError, match="PLAYGROUND_DATA"):
            state_folder()


def test_addresses_that_are_printed_can_be_typed() -> None:
    assert addresses("127.0.0.1", 8000) == ["http://127.0.0.1:8000"]
    assert addresses("::1", 8000) == ["http://[::1]:8000"]
    for host, local in (("0.0.0.0", "http://127.0.0.1:8000"), ("::", "http://[::1]:8000")):
        printed = addresses(host, 8000)
        assert printed[-1] == local
        assert not any(unspecified in one for one in printed for unspecified in ("0.0.0.0", "[::]"))


def test_an_unusable_value_stops_the_program_in_words() -> None:
    environment = {**os.environ, "PLAYGROUND_BODY_BYTES": "much"}
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "serve", "--port", "0"], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr.startswith("PLAYGROUND_BODY_BYTES is 'much':")
    assert "Traceback" not in done.stderr
