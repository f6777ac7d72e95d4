"""The strict reader of run specs: every field wrong in every way is refused in words, and nothing else ever happens."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.nn.errors import SpecError
from app.nn.reading import as_document, from_document, schema
from app.nn.spec import RunSpec

DEFAULTS = {
    "dataset": "iris-versicolor-virginica",
    "hidden": [5],
    "output": "softmax",
    "cost": "log-likelihood",
    "rule": "exact",
    "initialisation": "article",
    "output_bias": True,
    "epochs": 10000,
    "eta": 0.1,
    "batch_size": None,
    "seed": 0,
    "pace": None,
}


def test_an_empty_object_is_the_contracts_default_run() -> None:
    assert as_document(from_document({})) == DEFAULTS
    assert as_document(RunSpec()) == DEFAULTS


def test_a_spec_survives_the_way_through_json() -> None:
    table = {"x": [[1, 2.5], [3, 4]], "y": [0, 1], "classes": 2}
    given = {"w": [[[1.0], [2.0]]], "b": [[0.5]]}
    document = {**DEFAULTS, "dataset": table, "initialisation": given, "hidden": []}
    spec = from_document(document)
    assert from_document(json.loads(json.dumps(as_document(spec)))) == spec


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("epochs", 0, "epochs is 0; allowed: a whole number from 1 to 1 000 000"),
        ("epochs", True, "epochs is true"),
        ("epochs", "5", "epochs is '5'"),
        ("epochs", 5.5, "epochs is 5.5"),
        ("epochs", 10**400, "epochs is a whole number of more than 40 digits"),
        ("eta", 0, "eta is 0; allowed: a number above 0 up to 1e+308"),
        ("eta", math.nan, "eta is nan"),
        ("eta", math.inf, "eta is inf"),
        ("eta", None, "eta is null"),
        ("hidden", 5, "hidden is 5; allowed: a list"),
        ("hidden", [5, 0], "hidden[1] is 0; allowed: a whole number from 1 to 100"),
        ("hidden", [1] * 5, "hidden is a list of 5; allowed: a list of 0 to 4 layers"),
        ("output", "relu", "output is 'relu'; allowed: one of softmax, sigmoid"),
        (
            "cost",
            "cross-entropy",
            "cost is 'cross-entropy'; allowed: with softmax outputs one of log-likelihood, quadratic",
        ),
        ("rule", ["exact"], "rule is a list of 1"),
        ("initialisation", {"w": []}, "initialisation.b is null"),
        ("initialisation", {"w": [[[1, "x"]]], "b": []}, "initialisation.w[0][0][1] is 'x'"),
        ("output_bias", 1, "output_bias is 1; allowed: true or false"),
        ("batch_size", 0, "batch_size is 0"),
        ("seed", -1, "seed is -1; allowed: a whole number from 0 to 4 294 967 295"),
        ("pace", 0, "pace is 0; allowed: a number from 0.1 to 1 000 000 epochs per second, or null"),
        ("dataset", 7, "dataset is 7"),
        ("dataset", {"x": [[1]], "y": [0]}, "dataset.classes is null"),
        ("dataset", {"x": [[1], [1, 2]], "y": [0, 1], "classes": 2}, "dataset.x[1] is a list of 2"),
        ("dataset", {"x": [[1], [2]], "y": [0], "classes": 2}, "dataset.y is a list of 1"),
        (
            "dataset",
            {"x": [[1], [2]], "y": [0, 2], "classes": 2},
            "dataset.y[1] is 2; allowed: a class index from 0 to 1",
        ),
        ("dataset", {"x": [], "y": [], "classes": 2}, "dataset.x is a list of 0; allowed: a list of 1 to 2 000 rows"),
        (
            "dataset",
            {"x": [[]], "y": [0], "classes": 2},
            "dataset.x[0] is a list of 0; allowed: a list of 1 to 64 numbers",
        ),
        ("dataset", {"x": [[1e7]], "y": [0], "classes": 2}, "dataset.x[0][0] is 10000000; allowed"),
        ("colour", "red", "an unknown field is 'colour'"),
    ],
)
def test_a_wrong_field_is_refused_in_words(field: str, value: Any, words: str) -> None:
    with pytest.raises(SpecError) as refusal:
        from_document({field: value})
    assert str(refusal.value).startswith(words)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*DEFAULTS, "colour"]), json_values, max_size=4) | json_values)
def test_any_document_is_read_or_refused_and_nothing_else(document: Any) -> None:
    try:
        spec = from_document(document)
    except SpecError as refusal:
        assert str(refusal).encode()
    else:
        assert from_document(as_document(spec)) == spec


def test_the_schema_has_every_field_with_its_default() -> None:
    properties = schema()["properties"]
    assert {name: field["default"] for name, field in properties.items()} == DEFAULTS
