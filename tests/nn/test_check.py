"""Analytic gradients beside central differences; the article's fault as a number."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings

from app.datasets import load
from app.nn.backward import gradient
from app.nn.check import central_differences, gradient_check, way
from app.nn.data import Data
from app.nn.initialise import initialise
from app.nn.network import forward
from app.nn.spec import RunSpec
from tests.nn.cases import problems


@settings(max_examples=200)
@given(problems())
def test_the_gradient_agrees_with_central_differences(problem: tuple[RunSpec, Data]) -> None:
    spec, data = problem
    parameters = initialise(spec, data)
    analytic = gradient(spec, parameters, forward(parameters, data.x, spec.output), data)
    measured = central_differences(spec, data, parameters)
    scale = max(np.abs(array).max() for array in (*analytic.w, *analytic.b))
    for ours, theirs in zip((*analytic.w, *analytic.b), (*measured.w, *measured.b), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=1e-6 * scale)


def test_the_articles_rule_is_off_by_78_percent_below_the_output_layer() -> None:
    data = load("four-bit-majority").data
    spec = RunSpec(dataset="four-bit-majority", rule="article")
    check = gradient_check(spec, data, initialise(spec, data))
    assert check.relative_w[0] == pytest.approx(0.78, abs=0.005)
    assert check.w[1] < 1e-9
    assert check.b[1] < 1e-9


def test_the_exact_rule_passes_the_check_on_all_it_changes() -> None:
    data = load("four-bit-majority").data
    spec = RunSpec(dataset="four-bit-majority")
    check = gradient_check(spec, data, initialise(spec, data))
    assert max(*check.w, *check.b) < 1e-9


@pytest.mark.parametrize("eta", [1000.0, 1e-12, 1e-300, 5e-324])
def test_an_eta_of_any_size_leaves_the_exact_gradient_exact(eta: float) -> None:
    data = load("four-bit-majority").data
    spec = RunSpec(dataset="four-bit-majority", eta=eta)
    check = gradient_check(spec, data, initialise(spec, data))
    assert max(*check.w, *check.b) < 1e-9


def test_a_tiny_eta_hides_nothing_of_the_articles_rule() -> None:
    data = load("four-bit-majority").data
    spec = RunSpec(dataset="four-bit-majority", rule="article", eta=1e-300)
    check = gradient_check(spec, data, initialise(spec, data))
    assert max(*check.w, *check.b) < 1e-6


def test_a_bias_that_is_switched_off_has_no_gradient() -> None:
    data = load("xor").data
    spec = dataclasses.replace(RunSpec(dataset="xor"), output_bias=False)
    assert gradient_check(spec, data, initialise(spec, data)).b[-1] == 0.0


@pytest.mark.parametrize("dataset", ["four-bit-majority", "iris-versicolor-virginica"])
def test_a_sum_over_samples_has_the_right_direction_and_n_times_the_size(dataset: str) -> None:
    data = load(dataset).data
    spec = RunSpec(dataset=dataset, rule="article")
    check = gradient_check(spec, data, initialise(spec, data))
    assert check.times_w[-1] == pytest.approx(data.samples, rel=1e-6)
    assert check.turned_w[-1] < 1e-6
    assert check.times_b[-1] == pytest.approx(1, rel=1e-6)
    assert check.turned_w[0] > 0.1  # δ comes down by weights that have just changed
    right = gradient_check(dataclasses.replace(spec, rule="exact"), data, initialise(spec, data))
    assert np.allclose([*right.times_w, *right.times_b], 1, rtol=1e-6)
    assert max(*right.turned_w, *right.turned_b) < 1e-6


def test_the_way_of_a_step_is_told_apart_from_its_size() -> None:
    true = np.array([[3.0, -4.0]])
    assert way(true, true) == (1.0, 0.0)
    assert way(100 * true, true) == pytest.approx((100, 0), abs=1e-13)
    assert way(-true, true) == (-1.0, 2.0)
    assert way(np.array([[4.0, 3.0]]), true) == (0.0, 1.0)
    times, turned = way(np.array([[3.0, 0.0]]), true)
    assert times == pytest.approx(9 / 25) and turned == pytest.approx(5.333 / 4, rel=1e-3)
    assert way(0 * true, 0 * true) == (1.0, 0.0)
    assert way(true, 0 * true) == (math.inf, math.inf)
