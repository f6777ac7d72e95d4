"""Refusals travel as data: every limit's, worded by the page from both catalogues, says the numbers that hold."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from app.i18n import Language, words
from app.nn.errors import ALLOWED, UNITS, SpecError
from app.nn.reading import from_document
from app.nn.spec import LIMITS, Range, RunSpec, check
from app.runs.failures import FAILURES, failed, failure
from app.streaming.subscription import AFTER
from app.web.api import basics, clinic, held_out, walk
from app.web.api.answers import LARGEST_INDEX
from app.web.pages.declared import facts

RANGES = {
    **LIMITS,
    "temperature": basics.TEMPERATURE,
    "z[0]": basics.LOGIT,
    "y[0]": basics.TARGET,
    "epoch": walk.EPOCHS,
    "case": clinic.CASES,
    "shown": held_out.SHOWN,
    "after": AFTER,
    "start": Range(0, LARGEST_INDEX),
}
WORDED = """
import { readFileSync } from 'node:fs';
import { translator } from './static/js/kit/i18n.js';
import { inWords } from './static/js/kit/refusals.js';
const refusals = JSON.parse(readFileSync(0, 'utf8'));
const say = (language) => translator(JSON.parse(readFileSync(`app/i18n/${language}.json`, 'utf8')));
const both = ['en', 'zh'].map((language) => refusals.map((refusal) => inWords(refusal, say(language))));
console.log(JSON.stringify(both));
"""
SAMPLE = {"low": 3, "high": 70_000, "count": 12, "rows": 5, "columns": 6, "parameters": 321, "samples": 1234}
WORDS = {
    "options": ("alpha", "beta"),
    "output": "softmax",
    "object": "body",
    "command": "pause",
    "how": "",
    "words": "",
}


def document(error: SpecError) -> dict[str, Any]:
    """The refusal as it goes over the wire."""
    sent: dict[str, Any] = json.loads(json.dumps({"detail": str(error), **error.told()}))
    return sent


def in_page(refusals: list[dict[str, Any]], root: Path) -> list[list[str]]:
    """What the page makes of them: all in English, then all in Chinese."""
    command = ["node", "--input-type=module", "-e", WORDED]
    done = subprocess.run(command, input=json.dumps(refusals), capture_output=True, cwd=root, text=True, check=True)
    spoken: list[list[str]] = json.loads(done.stdout)
    assert done.stderr == "", done.stderr
    return spoken


def numbers_in(text: str) -> list[float]:
    """Every number of a sentence; thousands are kept together by gaps."""
    joined = re.sub(r"(?<=\d)[  ](?=\d{3}(?!\d))", "", text).replace("−", "-")
    return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?(?:e\+?-?\d+)?", joined)]


def refused_ranges() -> Iterator[SpecError]:
    """Every limit, with and without null."""
    for field, limit in RANGES.items():
        for null in (False, True):
            yield limit.refusal(field.replace("[0]", ""), "x", null=null)


def test_every_limits_refusal_has_its_numbers_in_both_languages(root: Path) -> None:
    refusals = [document(error) for error in refused_ranges()]
    for sentences in in_page(refusals, root):
        for refusal, sentence in zip(refusals, sentences, strict=True):
            assert numbers_in(sentence) == [refusal["low"], refusal["high"]], sentence
            assert ("null" in sentence) == bool(refusal.get("null"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_sentence_has_the_blanks_of_the_one_that_python_says(language: Language) -> None:
    for code, sentence in ALLOWED.items():
        blanks = {name for _, name, _, _ in Formatter().parse(sentence) if name} - {"how"}
        page = {name for _, name, _, _ in Formatter().parse(words(language)[f"common.allowed.{code}"]) if name}
        assert page == blanks, code
    assert {f"common.unit.{unit}" for unit in UNITS} <= set(words(language))


def test_every_code_says_its_facts_in_both_languages(root: Path) -> None:
    refusals = []
    for code, sentence in ALLOWED.items():
        blanks = [name for _, name, _, _ in Formatter().parse(sentence) if name]
        given = {name: {**SAMPLE, **WORDS, "unit": "numbers"}[name] for name in blanks}
        refusals.append(document(SpecError("hidden", "x", code, **given)))
    for sentences in in_page(refusals, root):
        for refusal, sentence in zip(refusals, sentences, strict=True):
            wanted = sorted(float(value) for name, value in refusal.items() if name in SAMPLE)
            assert sorted(set(numbers_in(sentence.replace("²", ""))) - {1.0}) == wanted, sentence
            for option in refusal.get("options", ()):
                assert option in sentence


@pytest.mark.parametrize(
    ("field", "value"),
    [(field, LIMITS[field].high * 2) for field in ("epochs", "eta", "seed", "pace", "batch_size") if field != "eta"]
    + [("eta", 0), ("epochs", 0), ("pace", 0), ("hidden", [1] * 9), ("hidden", [0]), ("rule", "best")],
)
def test_a_wrong_spec_is_refused_with_data(field: str, value: Any) -> None:
    with pytest.raises(SpecError) as raised:
        from_document({field: value})
    told = raised.value.told()
    assert told["field"].split("[")[0] == field
    limit = LIMITS["hidden units" if told["field"] == "hidden[0]" else field] if field in LIMITS else None
    if limit is not None:
        assert (told["low"], told["high"], told["whole"], told["unit"]) == (
            limit.low, limit.high, limit.whole, limit.unit,
        )  # fmt: skip
    json.dumps(told, allow_nan=False)


def test_what_cannot_be_encoded_is_made_so() -> None:
    for value in ("\ud800", float("inf"), float("nan"), 10**50, [1] * 10, {"a": 1}, None, True):
        json.dumps(SpecError("\udfff", value, "flag").told(), allow_nan=False).encode()


def test_a_failure_keeps_its_code_through_the_record() -> None:
    given = {"at": 8, "eta": 3.0, "count": 5, "error": "KeyError('x')"}
    for code, sentence in FAILURES.items():
        blanks = [name for _, name, _, _ in Formatter().parse(sentence) if name]
        kept = failed(code, **{name: given[name] for name in blanks})
        assert failure(kept) == {"code": code, "detail": sentence.format(**given)}
    assert failure("words of an older version") == {"code": "lost", "detail": "words of an older version"}
    assert failure('{"json": "of another kind"}')["code"] == "lost"
    assert failure(None) == {"code": None, "detail": None}


def test_the_pages_module_holds_what_python_declares(root: Path) -> None:
    script = "import * as facts from './static/js/kit/declared.js'; console.log(JSON.stringify({...facts}))"
    command = ["node", "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, cwd=root, text=True, check=True)
    assert json.loads(done.stdout) == json.loads(json.dumps(facts())), "run scripts/declare.py"


def test_the_default_spec_is_allowed() -> None:
    check(RunSpec())
