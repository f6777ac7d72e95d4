"""Costs and their δ: the article's example, finite differences, and targets of every kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.nn.costs import activate, cost_of, delta_of
from app.nn.spec import PAIRS, CostName, Output
from tests.nn.cases import pairs

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "costs.json").read_text())["costs"]


@st.composite
def logits_and_targets(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Logits between −6 and 6 with a one-hot, soft or multi-hot target."""
    classes = draw(st.integers(2, 6))
    z = np.array(draw(st.lists(st.floats(-6, 6), min_size=classes, max_size=classes)))
    y = np.array(draw(st.lists(st.sampled_from((0.0, 0.25, 1.0)), min_size=classes, max_size=classes)))
    return z, y


def test_the_articles_example_costs_minus_ln_a_fifth() -> None:
    z = np.log([0.1, 0.2, 0.3, 0.4])
    assert cost_of(z, np.array([0.0, 1, 0, 0]), "softmax", "log-likelihood") == pytest.approx(
        1.6094379124341003, rel=1e-15
    )


@given(pairs, logits_and_targets())
def test_delta_is_the_slope_of_the_cost(pair: tuple[Output, CostName], case: tuple[np.ndarray, np.ndarray]) -> None:
    z, y = case
    step = 1e-5
    slopes = []
    for index in range(len(z)):
        move = step * np.eye(len(z))[index]
        slopes.append((cost_of(z + move, y, *pair) - cost_of(z - move, y, *pair)) / (2 * step))
    np.testing.assert_allclose(delta_of(z, y, *pair), slopes, atol=1e-8)


@pytest.mark.parametrize(("output", "cost"), [(o, c) for o, costs in PAIRS.items() for c in costs])
def test_costs_stay_finite_where_a_has_underflowed(output: Output, cost: CostName) -> None:
    z, y = np.array([-1000.0, 1000.0]), np.array([1.0, 0.0])
    assert np.isfinite(cost_of(z, y, output, cost))
    assert np.isfinite(delta_of(z, y, output, cost)).all()
    assert activate(z, output)[0] == 0.0


def test_log_likelihood_of_a_hopeless_sample_is_the_gap_of_its_logits() -> None:
    assert cost_of(np.array([-1000.0, 1000.0]), np.array([1.0, 0.0]), "softmax", "log-likelihood") == 2000.0


def test_delta_of_a_multi_hot_target_is_not_a_minus_y() -> None:
    z, y = np.array([0.0, 0.0]), np.array([1.0, 1.0])
    np.testing.assert_allclose(delta_of(z, y, "softmax", "log-likelihood"), [0.0, 0.0], atol=1e-16)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case['name']}: {case['output']} {case['cost']}")
def test_costs_and_slopes_of_many_digits(case: dict[str, Any]) -> None:
    z, y = np.array(case["z"]), np.array(case["y"])
    # A quadratic cost and every δ are differences of numbers up to 1: right to the rounding of 1, not of themselves.
    rounding = 4.5e-16
    slack = rounding if case["cost"] == "quadratic" else 0.0
    assert cost_of(z, y, case["output"], case["cost"]) == pytest.approx(case["value"], rel=1e-14, abs=slack)
    assert delta_of(z, y, case["output"], case["cost"]) == pytest.approx(case["delta"], rel=1e-14, abs=rounding)
