"""The fast way to do what ``training`` does: the same arithmetic in preallocated arrays, units first, samples last.

Layout, for every layer: activations (units + 1, samples) whose last row is the constant 1, and weights
(units + 1, units in + 1) whose last column is the bias. So one matrix product does weights and bias, forward and
backward. The constant of a hidden layer is a unit of its own, so saturated that its a is 1 and its a(1 − a) is 0: it
never learns.

Reductions run over whole rows, since over a short last axis they are ten times slower. An epoch's logits are only put
aside; the costs of many epochs are worked out from them at once, row by row, so that each is the same to the bit
however many are worked out together.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .data import Array, Data
from .initialise import initialise
from .network import Parameters
from .spec import RunSpec, layer_sizes
from .training import Observation, State

__all__ = ["Kernel"]

TOGETHER = 64
"""Epochs whose costs are worked out at once."""

SATURATED = 100.0
"""tanh(SATURATED / 2) is exactly 1 in float64."""


class Kernel:
    """Trains one spec on its data. Holds buffers, no state: every call takes a state and gives one back.

    The bits of a run depend on its spec and data alone, not on how its epochs are cut into calls.
    """

    def __init__(self, spec: RunSpec, data: Data) -> None:
        self.spec = spec
        self.data = data
        self.sizes = layer_sizes(spec, data)
        self.all = Pass(spec, self.sizes, data)
        self.passes: dict[int, Pass] = {}

    def start(self) -> State:
        """The state of epoch 0."""
        return State(initialise(self.spec, self.data), 0)

    def observe(self, state: State) -> Observation:
        """Cost, accuracy and outputs (samples, classes) with the state's own parameters."""
        z = np.empty((1, *self.all.outputs.shape))
        with np.errstate(all="ignore"):
            self.all.forward(self.all.packed(state.parameters), z[0])
            cost = float(self.costs(z)[0])
        outputs = np.ascontiguousarray(self.all.outputs.T)
        right = np.argmax(outputs, axis=1) == self.data.labels
        return Observation(cost, float(right.mean()), outputs)

    def advance(self, state: State, epochs: int) -> tuple[State, Array]:
        """Do ``epochs`` epochs; ``costs[i]`` is the mean cost before update ``state.epoch + i``, as in ``training``."""
        costs = np.empty(epochs)
        weights = self.all.packed(state.parameters)
        with np.errstate(all="ignore"):
            for first in range(0, epochs, TOGETHER):
                last = min(first + TOGETHER, epochs)
                costs[first:last] = self.costs(self.some(weights, state.epoch + first, last - first))
        return State(self.all.unpacked(weights), state.epoch + epochs), costs

    def some(self, weights: list[Array], epoch: int, count: int) -> Array:
        """Do so many epochs from ``epoch`` on, changing the weights; the logits before each, (count, classes,
        samples).
        """
        z = np.empty((count, *self.all.outputs.shape))
        for index in range(count):
            self.all.forward(weights, z[index])
            if self.spec.batch_size is None:
                self.all.update(weights)
            else:
                self.batches(weights, epoch + index)
        return z

    def costs(self, z: Array) -> Array:
        """The mean cost of every row of logits, (epochs, classes, samples) → (epochs,), nats per sample."""
        y = self.all.y
        if self.spec.output == "sigmoid":
            if self.spec.cost == "cross-entropy":
                return means(softplus(np.where(y > 0, -z, z)).sum(axis=1))
            return means(0.5 * np.square(sigmoid(z) - y).sum(axis=1))
        powers = np.exp(z - z.max(axis=1, keepdims=True))
        others = (powers * self.all.not_y).sum(axis=1)
        own = (powers * y).sum(axis=1)
        if self.spec.cost == "quadratic":
            return means(0.5 * np.square(powers / (own + others)[:, None] - y).sum(axis=1))
        found = means(np.log1p(others / own))
        broken = ~np.isfinite(found)
        if broken.any():
            found[broken] = means(log_likelihood(z[broken], y))
        return found

    def batches(self, weights: list[Array], epoch: int) -> None:
        """One epoch of mini-batches, in the order that ``training.batches`` takes them."""
        for batch in self.each_batch(epoch):
            batch.forward(weights, batch.z)
            batch.update(weights)

    def each_batch(self, epoch: int) -> Iterator[Pass]:
        """The epoch's mini-batches, loaded one after another into one set of buffers for each size."""
        assert self.spec.batch_size is not None
        order = np.random.default_rng([self.spec.seed, epoch]).permutation(self.data.samples)
        for first in range(0, self.data.samples, self.spec.batch_size):
            chosen = order[first : first + self.spec.batch_size]
            x, y = self.data.x[chosen], self.data.y[chosen]
            if len(chosen) in self.passes:
                self.passes[len(chosen)].load(x, y)
            else:
                self.passes[len(chosen)] = Pass(self.spec, self.sizes, Data(x, y))
            yield self.passes[len(chosen)]


class Pass:
    """The buffers of one way forward and back for a fixed number of samples, and the steps that fill them."""

    def __init__(self, spec: RunSpec, sizes: tuple[int, ...], data: Data) -> None:
        self.spec = spec
        self.samples = data.samples
        self.widths = [size + 1 for size in sizes[:-1]]
        shapes = list(zip([*self.widths[1:], sizes[-1]], self.widths, strict=True))
        self.a = [np.ones((width, self.samples)) for width in self.widths]
        self.deltas = [np.empty((units, self.samples)) for units, _ in shapes]
        self.slopes = [np.empty(shape) for shape in shapes]
        self.rates = [self.rate(shape, last=index == len(shapes) - 1) for index, shape in enumerate(shapes)]
        self.factors = [np.empty((width, self.samples)) for width in self.widths]
        self.outputs, self.z, self.spare = (np.empty((sizes[-1], self.samples)) for _ in range(3))
        self.row = np.empty(self.samples)
        self.y, self.not_y = (np.empty((sizes[-1], self.samples)) for _ in range(2))
        self.load(data.x, data.y)

    def load(self, x: Array, y: Array) -> None:
        """Take these samples: ``x`` (samples, inputs), ``y`` (samples, classes)."""
        self.a[0][:-1] = x.T
        self.y[:] = y.T
        np.subtract(1.0, self.y, out=self.not_y)

    def rate(self, shape: tuple[int, int], *, last: bool) -> Array:
        """What each entry of a summed slope is multiplied with: eta/n, or the article's eta for weights."""
        rates = np.full(shape, self.spec.eta / self.samples)
        if self.spec.rule == "article":
            rates[:, :-1] = self.spec.eta
        if last and not self.spec.output_bias:
            rates[:, -1] = 0.0
        return rates

    def packed(self, parameters: Parameters) -> list[Array]:
        """Parameters as weights with the bias in the last column and, in hidden layers, the constant's row."""
        packed = []
        for layer, (w, b) in enumerate(zip(parameters.w, parameters.b, strict=True)):
            hidden = layer < len(parameters.w) - 1
            weights = np.zeros((w.shape[1] + hidden, w.shape[0] + 1))
            weights[: w.shape[1], :-1] = w.T
            weights[: w.shape[1], -1] = b
            if hidden:
                weights[-1, -1] = SATURATED
            packed.append(weights)
        return packed

    def unpacked(self, weights: list[Array]) -> Parameters:
        """The way back from ``packed``."""
        rows = [*(width - 1 for width in self.widths[1:]), len(self.outputs)]
        return Parameters(
            w=tuple(np.ascontiguousarray(w[:units, :-1].T) for w, units in zip(weights, rows, strict=True)),
            b=tuple(w[:units, -1].copy() for w, units in zip(weights, rows, strict=True)),
        )

    def forward(self, weights: list[Array], z: Array) -> None:
        """Fill ``a`` of the hidden layers (σ(z) = (1 + tanh(z/2))/2), ``z`` (classes, samples) and ``outputs``."""
        for layer, a in enumerate(self.a[1:]):
            np.dot(weights[layer], self.a[layer], out=a)
            sigmoid_in_place(a)
        np.dot(weights[-1], self.a[-1], out=z)
        outputs, row = self.outputs, self.row
        if self.spec.output == "softmax":
            np.maximum.reduce(z, axis=0, out=row)
            np.subtract(z, row, out=outputs)
            np.exp(outputs, out=outputs)
            np.add.reduce(outputs, axis=0, out=row)
            np.divide(outputs, row, out=outputs)
        else:
            outputs[:] = z
            sigmoid_in_place(outputs)

    def update(self, weights: list[Array]) -> None:
        """Change the weights in place by the spec's rule, after ``forward`` with the same weights."""
        self.output_delta()
        for layer in range(len(weights) - 1, -1, -1):
            if self.spec.rule == "article":
                self.learn(weights, layer)
                self.pass_down(weights, layer)
            else:
                self.pass_down(weights, layer)
                self.learn(weights, layer)

    def output_delta(self) -> None:
        """δ of the output layer for the spec's output and cost."""
        delta, a = self.deltas[-1], self.outputs
        np.subtract(a, self.y, out=delta)
        if self.spec.cost != "quadratic":
            return
        if self.spec.output == "softmax":
            np.multiply(delta, a, out=self.spare)
            np.add.reduce(self.spare, axis=0, out=self.row)
            np.subtract(delta, self.row, out=delta)
        else:
            np.subtract(1.0, a, out=self.spare)
            np.multiply(delta, self.spare, out=delta)
        np.multiply(delta, a, out=delta)

    def learn(self, weights: list[Array], layer: int) -> None:
        """w ← w − rate ∘ δ·aᵀ for one layer."""
        slope = self.slopes[layer]
        np.dot(self.deltas[layer], self.a[layer].T, out=slope)
        np.multiply(slope, self.rates[layer], out=slope)
        np.subtract(weights[layer], slope, out=weights[layer])

    def pass_down(self, weights: list[Array], layer: int) -> None:
        """δ of the layer below: (wᵀ·δ) ∘ a(1 − a)."""
        if layer == 0:
            return
        a, factor, delta = self.a[layer], self.factors[layer], self.deltas[layer - 1]
        np.dot(weights[layer].T, self.deltas[layer], out=delta)
        np.subtract(1.0, a, out=factor)
        np.multiply(factor, a, out=factor)
        np.multiply(delta, factor, out=delta)


def sigmoid_in_place(z: Array) -> None:
    """z → σ(z), without overflow for any z."""
    np.multiply(z, 0.5, out=z)
    np.tanh(z, out=z)
    np.multiply(z, 0.5, out=z)
    np.add(z, 0.5, out=z)


def sigmoid(z: Array) -> Array:
    """σ(z) as ``sigmoid_in_place`` forms it, in a new array."""
    return np.asarray(np.tanh(z * 0.5) * 0.5 + 0.5)


def softplus(z: Array) -> Array:
    """ln(1 + e^z) = max(z, 0) + ln(1 + e^{−|z|})."""
    return np.asarray(np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z))))


def log_likelihood(z: Array, y: Array) -> Array:
    """−ln a of each sample's own class from its logits, for where its power has underflowed to 0."""
    gaps = z - z.max(axis=1, keepdims=True)
    return np.asarray(np.log(np.exp(gaps).sum(axis=1)) - (gaps * y).sum(axis=1))


def means(costs: Array) -> Array:
    """The mean over the samples of every row, (epochs, samples) → (epochs,)."""
    return np.asarray(np.add.reduce(costs, axis=1) / costs.shape[1])
