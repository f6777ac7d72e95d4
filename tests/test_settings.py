"""The settings: from the environment, each with a sentence, and an unusable one said in words."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from pydantic import ValidationError

from app.settings import Settings, described


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


def test_an_unusable_value_stops_the_program_in_words() -> None:
    environment = {**os.environ, "PLAYGROUND_BODY_BYTES": "much"}
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "serve", "--port", "0"], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr.startswith("PLAYGROUND_BODY_BYTES is 'much':")
    assert "Traceback" not in done.stderr
