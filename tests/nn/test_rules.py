"""The two rules beside the article's lines as they stand, and beside what sets them apart."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from app.datasets import load
from app.nn.initialise import initialise
from app.nn.network import Parameters
from app.nn.rules import update
from app.nn.spec import RuleName, RunSpec

DATA = load("four-bit-majority").data
ARTICLE = RunSpec(dataset="four-bit-majority", rule="article")
RULES: tuple[RuleName, ...] = ("exact", "article")


def arrays(parameters: Parameters) -> list[np.ndarray]:
    """All arrays of a network, w first."""
    return [*parameters.w, *parameters.b]


def test_the_articles_rule_is_the_articles_lines() -> None:
    random = np.random.RandomState(0)
    w2, b2 = random.rand(4, 5), random.rand(1, 5)
    w3, b3 = random.rand(5, 2), random.rand(1, 2)
    a2 = 1 / (1 + np.exp(-(np.dot(DATA.x, w2) + b2)))
    powers = np.exp(np.dot(a2, w3) + b3)
    delta3 = powers / powers.sum(axis=1, keepdims=True) - DATA.y
    w3 -= 0.1 * np.dot(a2.T, delta3)
    b3 -= 0.1 * delta3.mean(axis=0)
    delta2 = np.dot(delta3, w3.T) * a2 * (1 - a2)
    w2 -= 0.1 * np.dot(DATA.x.T, delta2)
    b2 -= 0.1 * delta2.mean(axis=0)
    after = update(ARTICLE, initialise(ARTICLE, DATA), DATA)
    for ours, theirs in zip(arrays(after), (w2, w3, b2[0], b3[0]), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-14, atol=1e-14)


def test_biases_of_the_output_layer_move_alike_and_weights_n_times_as_far() -> None:
    start = initialise(ARTICLE, DATA)
    article = update(ARTICLE, start, DATA)
    exact = update(dataclasses.replace(ARTICLE, rule="exact"), start, DATA)
    np.testing.assert_allclose(article.b[-1], exact.b[-1], rtol=1e-15)
    moved, should = article.w[-1] - start.w[-1], exact.w[-1] - start.w[-1]
    np.testing.assert_allclose(moved, DATA.samples * should, rtol=1e-12)


@pytest.mark.parametrize("rule", RULES)
def test_an_update_leaves_the_old_parameters_as_they_are(rule: RuleName) -> None:
    spec = dataclasses.replace(ARTICLE, rule=rule)
    start = initialise(spec, DATA)
    before = [array.copy() for array in arrays(start)]
    update(spec, start, DATA)
    for array, old in zip(arrays(start), before, strict=True):
        np.testing.assert_array_equal(array, old)


@pytest.mark.parametrize("rule", RULES)
def test_an_output_bias_that_is_switched_off_stays_0(rule: RuleName) -> None:
    spec = dataclasses.replace(ARTICLE, rule=rule, output_bias=False)
    after = update(spec, initialise(spec, DATA), DATA)
    np.testing.assert_array_equal(after.b[-1], [0.0, 0.0])
