"""One way forward and back through a network, laid out once as a list of NumPy calls on arrays that never move.

Layout, for every layer: activations (units + 1, samples) whose last row is the constant 1, and weights
(units, units in + 1) whose last column is the bias. So one matrix product does weights and bias, forward and
backward. The constant row is written once and never again: whatever fills a layer fills the rows above it.

On a few samples a call costs more than its arithmetic, so nothing is looked up, sliced or broadcast while training:
views are taken when the list is made, and sums over the classes are products with a matrix of ones, which leave the
sum in every row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .data import Array
from .network import Parameters
from .spec import RunSpec

__all__ = ["Call", "Pass", "Weights", "play"]

Call = tuple[Callable[..., object], tuple[object, ...]]

HALF, ONE = np.array(0.5), np.array(1.0)
HALF.flags.writeable = ONE.flags.writeable = False

FEW = 3
"""Up to so many classes, as many calls on whole rows are quicker than one that reduces or broadcasts."""


def play(calls: Iterable[Call]) -> None:
    """Make the calls, one after another."""
    for function, arguments in calls:
        function(*arguments)


class Weights:
    """The parameters in the layout of the passes; ``arrays`` changes with every update, in place.

    ``lit``: the inputs that the passes see, (inputs seen,). The others are 0 in every sample, so their weights matter
    to nothing and stay what they were.
    """

    def __init__(self, sizes: tuple[int, ...], lit: NDArray[np.intp]) -> None:
        self.lit = lit
        self.first = np.empty((sizes[0], sizes[1]))
        seen = (len(lit), *sizes[1:])
        self.arrays = [np.zeros((units, units_in + 1)) for units_in, units in pairwise(seen)]

    def hold(self, parameters: Parameters) -> None:
        """Take these parameters."""
        self.first[:] = parameters.w[0]
        seen = (self.first[self.lit], *parameters.w[1:])
        for array, w, b in zip(self.arrays, seen, parameters.b, strict=True):
            array[:, :-1] = w.T
            array[:, -1] = b

    def parameters(self) -> Parameters:
        """A copy of what is held."""
        first = self.first.copy()
        first[self.lit] = self.arrays[0][:, :-1].T
        return Parameters(
            w=(first, *(np.ascontiguousarray(array[:, :-1].T) for array in self.arrays[1:])),
            b=tuple(array[:, -1].copy() for array in self.arrays),
        )


class Pass:
    """The buffers for a fixed number of samples, and the calls that fill them from the weights and change these."""

    def __init__(self, spec: RunSpec, weights: Weights, x: Array, y: Array) -> None:
        """``x``: (inputs seen + 1, samples), the last row 1; ``y``: (classes, samples). Both are read at every call."""
        self.spec = spec
        self.weights = weights.arrays
        self.y = y
        classes, samples = y.shape
        self.a = [x, *(np.ones((array.shape[1], samples)) for array in self.weights[1:])]
        self.factors = [np.empty((len(array), samples)) for array in self.weights]
        self.deltas = [np.empty((len(array), samples)) for array in self.weights]
        self.slopes = [np.empty_like(array) for array in self.weights]
        self.rates = [self.rate(layer, samples) for layer in range(len(self.weights))]
        self.outputs, self.products, self.sums = (np.empty((classes, samples)) for _ in range(3))
        self.row, self.ones = np.empty(samples), np.ones((classes, classes))
        self.update = [*self.output_delta(), *self.updates()]

    def rate(self, layer: int, samples: int) -> Array:
        """What each entry of a summed slope is multiplied with: eta/n, or the article's eta for weights."""
        rates = np.full_like(self.weights[layer], self.spec.eta / samples)
        if self.spec.rule == "article":
            rates[:, :-1] = self.spec.eta
        if layer == len(self.weights) - 1 and not self.spec.output_bias:
            rates[:, -1] = 0.0
        return rates

    def logits(self, z: Array) -> Iterator[Call]:
        """Through the hidden layers to ``z``, (classes, samples)."""
        for layer, a in enumerate(self.a[1:]):
            yield np.dot, (self.weights[layer], self.a[layer], a[:-1])
            yield from sigmoid(a[:-1], a[:-1])
        yield np.dot, (self.weights[-1], self.a[-1], z)

    def activate(self, z: Array) -> Iterator[Call]:
        """``outputs`` from ``z``."""
        if self.spec.output == "sigmoid":
            yield from sigmoid(z, self.outputs)
            return
        yield from self.shift(z)
        yield np.exp, (self.outputs, self.outputs)
        yield np.dot, (self.ones, self.outputs, self.sums)
        yield np.divide, (self.outputs, self.sums, self.outputs)

    def shift(self, z: Array) -> Iterator[Call]:
        """``outputs`` = z − the largest z of each sample."""
        classes = len(z)
        if classes > FEW:
            yield np.maximum.reduce, (z, 0, None, self.row)
            yield np.subtract, (z, self.row, self.outputs)
            return
        yield partial(np.maximum, out=self.row), (z[0], z[1])
        for k in range(2, classes):
            yield partial(np.maximum, out=self.row), (self.row, z[k])
        for k in range(classes):
            yield np.subtract, (z[k], self.row, self.outputs[k])

    def output_delta(self) -> Iterator[Call]:
        """δ of the output layer for the spec's output and cost."""
        delta, a, spare = self.deltas[-1], self.outputs, self.sums
        yield np.subtract, (a, self.y, delta)
        if self.spec.cost != "quadratic":
            return
        if self.spec.output == "softmax":
            yield np.multiply, (delta, a, self.products)
            yield np.dot, (self.ones, self.products, spare)
            yield np.subtract, (delta, spare, delta)
        else:
            yield np.subtract, (ONE, a, spare)
            yield np.multiply, (delta, spare, delta)
        yield np.multiply, (delta, a, delta)

    def updates(self) -> Iterator[Call]:
        """The spec's rule, from the last layer down: the article's passes δ down by weights that have just changed."""
        for layer in range(len(self.weights) - 1, -1, -1):
            if self.spec.rule == "article":
                yield from self.learn(layer)
                yield from self.pass_down(layer)
            else:
                yield from self.pass_down(layer)
                yield from self.learn(layer)

    def learn(self, layer: int) -> Iterator[Call]:
        """w ← w − rate ∘ δ·aᵀ for one layer. Where all rates are one and δ is the smaller array, δ takes the rate."""
        weights, slope, rates, delta = self.weights[layer], self.slopes[layer], self.rates[layer], self.deltas[layer]
        if delta.size < slope.size and (rates == rates[0, 0]).all():
            scaled = np.empty_like(delta)
            yield np.multiply, (delta, np.array(rates[0, 0]), scaled)
            yield np.dot, (scaled, self.a[layer].T, slope)
        else:
            yield np.dot, (delta, self.a[layer].T, slope)
            yield np.multiply, (slope, rates, slope)
        yield np.subtract, (weights, slope, weights)

    def pass_down(self, layer: int) -> Iterator[Call]:
        """δ of the layer below: (wᵀ·δ) ∘ a(1 − a)."""
        if layer == 0:
            return
        a, factor, delta = self.a[layer][:-1], self.factors[layer - 1], self.deltas[layer - 1]
        yield np.dot, (self.weights[layer][:, :-1].T, self.deltas[layer], delta)
        yield np.subtract, (ONE, a, factor)
        yield np.multiply, (factor, a, factor)
        yield np.multiply, (delta, factor, delta)


def sigmoid(z: Array, a: Array) -> Iterator[Call]:
    """a = σ(z) = (1 + tanh(z/2))/2, without overflow for any z; ``a`` may be ``z``."""
    yield np.multiply, (z, HALF, a)
    yield np.tanh, (a, a)
    yield np.multiply, (a, HALF, a)
    yield np.add, (a, HALF, a)
