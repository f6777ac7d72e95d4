"""The listing of one epoch: its text executed, beside the walk, the readable training and the engine's kernels."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.datasets import load
from app.nn import training
from app.nn.layers import log_sigmoid, log_softmax, sigmoid, softmax
from app.nn.single import trainer
from app.nn.spec import RunSpec
from app.nn.walk import Walk, listing, walk

PAIRS = [
    ("softmax", "log-likelihood"),
    ("softmax", "quadratic"),
    ("sigmoid", "cross-entropy"),
    ("sigmoid", "quadratic"),
]
FUNCTIONS = {"softmax": softmax, "sigmoid": sigmoid, "log_softmax": log_softmax, "log_sigmoid": log_sigmoid}


def executed(spec: RunSpec, epoch: int = 0) -> tuple[dict[str, Any], Walk]:
    """What the texts of the lines give, one executed after the other, and the walk."""
    data = load(str(spec.dataset)).data
    state, _ = training.advance(spec, data, training.start(spec, data), epoch)
    names: dict[str, Any] = {**FUNCTIONS, "x": data.x, "y": data.y, "n": data.samples, "eta": spec.eta}
    for index, (w, b) in enumerate(zip(state.parameters.w, state.parameters.b, strict=True)):
        names |= {f"w{index + 2}": w, f"b{index + 2}": b}
    for line in listing(spec, len(spec.hidden)):
        exec(line.code, names)
    return names, walk(spec, data, state.parameters)


@given(
    pair=st.sampled_from(PAIRS),
    hidden=st.lists(st.integers(1, 4), max_size=4).map(tuple),
    dataset=st.sampled_from(["four-bit-majority", "iris", "xor"]),
    bias=st.booleans(),
    seed=st.integers(0, 50),
    epoch=st.integers(0, 3),
)
@settings(max_examples=60, deadline=None)
def test_the_listing_is_one_epoch_of_the_readable_training_to_the_bit(
    pair: tuple[Any, Any], hidden: tuple[int, ...], dataset: str, bias: bool, seed: int, epoch: int
) -> None:
    spec = RunSpec(dataset=dataset, hidden=hidden, output=pair[0], cost=pair[1], output_bias=bias, seed=seed)
    names, found = executed(spec, epoch)
    data = load(dataset).data
    after, costs = training.advance(spec, data, training.start(spec, data), epoch + 1)
    assert names["C"] == found.cost == costs[-1]
    for index in range(len(hidden) + 1):
        layer = index + 2
        mine = {"z": found.trace.z[index], "a": found.trace.a[index + 1], "delta": found.deltas[index]}
        for name, array in mine.items():
            np.testing.assert_array_equal(names[f"{name}{layer}"], array)
        np.testing.assert_array_equal(names[f"dw{layer}"], found.gradient.w[index])
        np.testing.assert_array_equal(names[f"db{layer}"], found.gradient.b[index])
        np.testing.assert_array_equal(found.after.w[index], after.parameters.w[index])
        np.testing.assert_array_equal(found.after.b[index], after.parameters.b[index])
        np.testing.assert_array_equal(names[f"w{layer}"], after.parameters.w[index])
        np.testing.assert_array_equal(names[f"b{layer}"], after.parameters.b[index])


@pytest.mark.parametrize("dataset", ["four-bit-majority", "iris-versicolor-virginica", "iris"])
@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("hidden", [(5,), (5, 4), (3, 2, 3, 2)])
def test_the_listing_is_one_epoch_of_the_engine_to_twelve_digits(
    dataset: str, pair: tuple[Any, Any], hidden: tuple[int, ...]
) -> None:
    spec = RunSpec(dataset=dataset, hidden=hidden, output=pair[0], cost=pair[1], seed=len(hidden))
    data = load(dataset).data
    names, _ = executed(spec)
    engine = trainer(spec, data)
    state, costs = engine.advance(engine.start(), 1)
    np.testing.assert_allclose(costs[0], names["C"], rtol=1e-12)
    for index in range(len(hidden) + 1):
        np.testing.assert_allclose(state.parameters.w[index], names[f"w{index + 2}"], rtol=1e-12)
        np.testing.assert_allclose(state.parameters.b[index], names[f"b{index + 2}"], rtol=1e-12)


def test_the_article_s_network_takes_fourteen_lines() -> None:
    assert [line.kind for line in listing(RunSpec(), 1)] == [
        "inputs", "z", "a", "z", "a", "cost", "error", "dw", "db", "delta", "dw", "db", "move", "move",
    ]  # fmt: skip


def test_of_the_way_back_one_line_differs_from_an_all_sigmoid_network() -> None:
    ours, other = listing(RunSpec(), 1), listing(RunSpec(output="sigmoid", cost="quadratic"), 1)
    differing = [one.kind for one, two in zip(ours, other, strict=True) if one.code != two.code]
    assert differing == ["a", "cost", "error"]


def test_the_samples_outer_products_sum_to_the_gradient() -> None:
    spec, data = RunSpec(dataset="iris"), load("iris").data
    found = walk(spec, data, training.start(spec, data).parameters)
    for below, delta, slope in zip(found.trace.a, found.deltas, found.gradient.w, strict=False):
        tiles = np.einsum("sj,si->sji", below, delta) / data.samples
        np.testing.assert_allclose(tiles.sum(axis=0), slope, rtol=1e-9, atol=1e-15)
