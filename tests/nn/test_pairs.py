"""One table of pairs: each whole, the page's the same, and any other combination refused everywhere."""

from __future__ import annotations

import dataclasses
import re
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.datasets import load
from app.nn.costs import cost_of, delta_of
from app.nn.kernel import Kernel
from app.nn.pairs import TABLE, pair_of
from app.nn.spec import COSTS, OUTPUTS, PAIRS, RunSpec
from app.nn.stack import Stack
from app.nn.walk import listing
from app.runs.script import script

KNOWN = {(pair.output, pair.cost) for pair in TABLE}
UNKNOWN = [*sorted({*product(OUTPUTS, COSTS)} - KNOWN), ("softmax", "hinge"), ("relu", "quadratic")]
Z, Y = np.array([[1.0, -2.0]]), np.array([[0.0, 1.0]])


def test_the_specs_choices_are_the_tables() -> None:
    assert {(output, cost) for output, costs in PAIRS.items() for cost in costs} == KNOWN


@pytest.mark.parametrize(("output", "cost"), UNKNOWN)
def test_an_unknown_pair_is_refused_and_never_treated_as_another(output: Any, cost: Any) -> None:
    spec = dataclasses.replace(RunSpec(), output=output, cost=cost)
    dataset = load("four-bit-majority")
    for asked in (
        lambda: cost_of(Z, Y, output, cost),
        lambda: delta_of(Z, Y, output, cost),
        lambda: Kernel(spec, dataset.data),
        lambda: Stack(spec, dataset.data, 1),
        lambda: listing(spec, 1),
        lambda: script(spec, dataset),
    ):
        with pytest.raises(ValueError, match=cost):
            asked()


@pytest.mark.parametrize("pair", TABLE, ids=lambda pair: f"{pair.output} {pair.cost}")
def test_only_a_logarithm_has_a_unit(pair: Any) -> None:
    assert pair.nats == ("log" in pair.listed[0])


def test_the_pages_table_has_the_same_pairs(root: Path) -> None:
    text = (root / "static/js/nn/pairs.js").read_text("utf-8")
    assert set(re.findall(r"output: '(\w+)',\n    cost: '([\w-]+)'", text)) == KNOWN
    assert pair_of("softmax", "log-likelihood") is TABLE[0]
