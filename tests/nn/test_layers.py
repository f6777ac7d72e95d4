"""The output layers against vectors of 50 digits and against exact identities."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import exp, mpf, workdps

from app.nn.layers import (
    log_sigmoid,
    log_softmax,
    sigmoid,
    sigmoid_jacobian,
    sigmoid_vjp,
    softmax,
    softmax_jacobian,
    softmax_vjp,
)
from app.nn.network import Parameters, forward

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "layers.json").read_text())
RELATIVE = 1e-14
SUBNORMAL = 1e-300
"""Below this a float64 has fewer digits than 15."""

logits = st.lists(st.floats(-1e308, 1e308), min_size=1, max_size=12).map(np.array)
small_logits = st.lists(st.floats(-20, 20), min_size=2, max_size=12).map(np.array)


def assert_close(found: np.ndarray, expected: Any) -> None:
    """Relative error at most 1e-14."""
    wanted = np.array(expected)
    allowed = np.where(np.abs(wanted) < SUBNORMAL, SUBNORMAL, RELATIVE * np.abs(wanted))
    assert found.shape == wanted.shape
    assert (np.abs(found - wanted) <= allowed).all(), (found, wanted)


@pytest.mark.parametrize("case", GOLDEN["layers"], ids=lambda case: f"{case['name']}, T {case['temperature']}")
def test_softmax_agrees_with_50_digits(case: dict[str, Any]) -> None:
    z, temperature = np.array(case["z"]), case["temperature"]
    assert_close(softmax(z, temperature), case["a"])
    assert_close(log_softmax(z, temperature), case["log_a"])
    assert_close(softmax_jacobian(softmax(z, temperature), temperature), case["jacobian"])


@pytest.mark.parametrize("case", GOLDEN["sigmoids"], ids=lambda case: str(case["z"]))
def test_sigmoid_agrees_with_50_digits(case: dict[str, Any]) -> None:
    z = np.array([case["z"]])
    assert_close(sigmoid(z), [case["a"]])
    assert_close(log_sigmoid(z), [case["log_a"]])


@pytest.mark.parametrize("case", GOLDEN["forwards"], ids=lambda case: case["name"])
def test_the_way_forward_agrees_with_50_digits(case: dict[str, Any]) -> None:
    parameters = Parameters(tuple(map(np.array, case["w"])), tuple(map(np.array, case["b"])))
    trace = forward(parameters, np.array([case["x"]]), case["output"])
    for layer, (z, a) in enumerate(zip(case["z"], case["a"], strict=True)):
        assert_close(trace.z[layer], [z])
        assert_close(trace.a[layer + 1], [a])


@settings(max_examples=200)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(2, 12),
    st.sampled_from((1.0, 0.05, 7.3)) | st.floats(0.001, 1000),
)
def test_softmax_of_logits_far_apart_agrees_with_50_digits(seed: int, classes: int, temperature: float) -> None:
    # Rounded to thousandths, their binary digits go all the way down: the gaps between them must be rounded.
    z = np.random.default_rng(seed).uniform(-350 * temperature, 350 * temperature, classes).round(3).tolist()
    highest = max(z)
    with workdps(50):
        powers = [exp((mpf(value) - mpf(highest)) / mpf(temperature)) for value in z]
        a = [float(power / sum(powers)) for power in powers]
    assert_close(softmax(np.array(z), temperature), a)


@pytest.mark.parametrize("temperature", [5e-324, 1e-300, 1e300, 1e308])
def test_a_temperature_beyond_all_sense_gives_numbers_still(temperature: float) -> None:
    a = softmax(np.array([1.0, 2.0]), temperature)
    assert_close(a, [0.0, 1.0] if temperature < 1 else [0.5, 0.5])


@given(logits)
def test_softmax_of_any_finite_logits_is_a_distribution(z: np.ndarray) -> None:
    a = softmax(z)
    assert (a >= 0).all()
    assert (a <= 1).all()
    assert abs(a.sum() - 1) <= 1e-15 * len(z)
    assert not np.isnan(log_softmax(z)).any()


@given(small_logits, st.floats(-100, 100))
def test_softmax_ignores_a_shift(z: np.ndarray, shift: float) -> None:
    # A shift rounds z itself, by up to 2⁻⁵³ of 120: that much, and no more, may be seen in a.
    np.testing.assert_allclose(softmax(z + shift), softmax(z), rtol=2 * 120 * 2.0**-52)


@given(small_logits)
def test_rows_and_columns_of_the_jacobian_sum_to_nothing(z: np.ndarray) -> None:
    jacobian = softmax_jacobian(softmax(z))
    np.testing.assert_allclose(jacobian.sum(axis=0), 0, atol=1e-16)
    np.testing.assert_allclose(jacobian.sum(axis=1), 0, atol=1e-16)
    assert (np.diag(jacobian) > 0).all()
    assert (jacobian[~np.eye(len(z), dtype=bool)] < 0).all()


@given(small_logits, st.integers(0, 2**32 - 1))
def test_products_with_the_jacobian_are_products_with_the_jacobian(z: np.ndarray, seed: int) -> None:
    gradient = np.random.default_rng(seed).normal(size=len(z))
    a = softmax(z)
    np.testing.assert_allclose(softmax_vjp(gradient, a), gradient @ softmax_jacobian(a), atol=1e-14)
    s = sigmoid(z)
    np.testing.assert_allclose(sigmoid_vjp(gradient, s), gradient @ sigmoid_jacobian(s), atol=1e-14)


@given(st.floats(-300, 300), st.floats(-300, 300))
def test_two_classes_are_one_sigmoid_of_the_difference(first: float, second: float) -> None:
    a = softmax(np.array([first, second]))
    difference = np.array([first - second])
    # The difference of two floats is itself rounded, which the exponential multiplies.
    np.testing.assert_allclose(a[:1], sigmoid(difference), rtol=600 * 2.0**-52)


def test_a_batch_is_normalised_row_by_row() -> None:
    a = softmax(np.array([[1.0, 2.0], [3.0, 4.0]]))
    np.testing.assert_array_equal(a[0], a[1])
