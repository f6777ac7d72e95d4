"""Analytic gradients beside central differences; the article's fault as a number."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings

from app.datasets import load
from app.nn.backward import gradient
from app.nn.check import central_differences, gradient_check
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
