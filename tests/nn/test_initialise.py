"""Where parameters start."""

from __future__ import annotations

import numpy as np
import pytest

from app.datasets import load
from app.nn.initialise import initialise
from app.nn.spec import Given, RunSpec


@pytest.mark.parametrize("seed", [0, 7, 2**32 - 1])
def test_the_articles_start_is_randomstate_rand_in_the_order_w2_b2_w3_b3(seed: int) -> None:
    parameters = initialise(RunSpec(seed=seed), load("iris").data)
    random = np.random.RandomState(seed)
    for array, shape in (
        (parameters.w[0], (4, 5)),
        (parameters.b[0], (5,)),
        (parameters.w[1], (5, 3)),
        (parameters.b[1], (3,)),
    ):
        np.testing.assert_array_equal(array, random.rand(*shape))


def test_a_scaled_start_has_the_spread_of_one_over_root_of_units_in() -> None:
    digits = load("digits-8x8").data
    specs = [RunSpec(initialisation="scaled", hidden=(100,), seed=seed) for seed in range(5)]
    w = np.concatenate([initialise(spec, digits).w[0] for spec in specs])
    # 32 000 draws: their standard deviation lies within 2 % of the true one but for 5 standard errors.
    assert w.std() == pytest.approx(1 / 8, rel=0.02)


def test_given_parameters_are_taken_as_they_are() -> None:
    given = Given(w=(((1.0, 2.0), (3.0, 4.0)),), b=((5.0, 6.0),))
    parameters = initialise(RunSpec(dataset="xor", hidden=(), initialisation=given), load("xor").data)
    np.testing.assert_array_equal(parameters.w[0], [[1, 2], [3, 4]])
    np.testing.assert_array_equal(parameters.b[0], [5, 6])
