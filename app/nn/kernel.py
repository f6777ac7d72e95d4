"""The fast way to do what ``training`` does: the same arithmetic in preallocated arrays, units first, samples last.

Layout, for every layer: activations (units + 1, samples) whose last row is the constant 1, and weights
(units + 1, units in + 1) whose last column is the bias. So one matrix product does weights and bias, forward and
backward. The constant of a hidden layer is a unit of its own, so saturated that its a is 1 and its a(1 − a) is 0: it
never learns.

Reductions run over whole rows, since over a short last axis they are ten times slower. The costs are formed from powers
and sums as ln(1 + Σ others / own), which keeps its digits where the cost is nearly 0.
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
        with np.errstate(all="ignore"):
            self.all.forward(self.all.packed(state.parameters))
            cost = self.all.cost()
        outputs = np.ascontiguousarray(self.all.outputs.T)
        right = np.argmax(outputs, axis=1) == self.data.labels
        return Observation(cost, float(right.mean()), outputs)

    def advance(self, state: State, epochs: int) -> tuple[State, Array]:
        """Do ``epochs`` epochs; ``costs[i]`` is the mean cost before update ``state.epoch + i``, as in ``training``."""
        costs = np.empty(epochs)
        weights = self.all.packed(state.parameters)
        with np.errstate(all="ignore"):
            for index in range(epochs):
                self.all.forward(weights)
                costs[index] = self.all.cost()
                if self.spec.batch_size is None:
                    self.all.update(weights)
                else:
                    self.batches(weights, state.epoch + index)
        return State(self.all.unpacked(weights), state.epoch + epochs), costs

    def batches(self, weights: list[Array], epoch: int) -> None:
        """One epoch of mini-batches, in the order that ``training.batches`` takes them."""
        for batch in self.each_batch(epoch):
            batch.forward(weights)
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
        self.row, self.own, self.others = (np.empty(self.samples) for _ in range(3))
        self.y, self.not_y = (np.empty((sizes[-1], self.samples)) for _ in range(2))
        self.own_index = np.empty(self.samples, dtype=np.intp)
        self.load(data.x, data.y)

    def load(self, x: Array, y: Array) -> None:
        """Take these samples: ``x`` (samples, inputs), ``y`` (samples, classes)."""
        self.a[0][:-1] = x.T
        self.y[:] = y.T
        np.subtract(1.0, self.y, out=self.not_y)
        self.own_index[:] = np.argmax(y, axis=1) * self.samples + np.arange(self.samples)

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

    def forward(self, weights: list[Array]) -> None:
        """Fill ``a`` of the hidden layers (σ(z) = (1 + tanh(z/2))/2), ``z`` and ``outputs``."""
        for layer, a in enumerate(self.a[1:]):
            np.dot(weights[layer], self.a[layer], out=a)
            sigmoid_in_place(a)
        np.dot(weights[-1], self.a[-1], out=self.z)
        if self.spec.output == "softmax":
            self.softmax()
        else:
            self.outputs[:] = self.z
            sigmoid_in_place(self.outputs)

    def softmax(self) -> None:
        """``outputs`` from ``z``; leaves each sample's own power and the sum of the others' for ``cost``."""
        np.maximum.reduce(self.z, axis=0, out=self.row)
        np.subtract(self.z, self.row, out=self.outputs)
        np.exp(self.outputs, out=self.outputs)
        np.multiply(self.outputs, self.not_y, out=self.spare)
        np.add.reduce(self.spare, axis=0, out=self.others)
        self.outputs.ravel().take(self.own_index, out=self.own, mode="clip")
        np.add(self.own, self.others, out=self.row)
        np.divide(self.outputs, self.row, out=self.outputs)

    def cost(self) -> float:
        """The mean cost of the last way forward, nats per sample."""
        if self.spec.cost == "quadratic":
            np.subtract(self.outputs, self.y, out=self.spare)
            flat = self.spare.ravel()
            return float(np.dot(flat, flat)) / (2 * self.samples)
        if self.spec.cost == "cross-entropy":
            return float(softplus(np.where(self.y > 0, -self.z, self.z)).sum()) / self.samples
        np.divide(self.others, self.own, out=self.row)
        np.log1p(self.row, out=self.row)
        cost = float(np.add.reduce(self.row)) / self.samples
        return cost if np.isfinite(cost) else self.cost_from_logits()

    def cost_from_logits(self) -> float:
        """−mean ln a where a sample's own power has underflowed to 0."""
        gaps = self.z - self.z.max(axis=0)
        return float((np.log(np.exp(gaps).sum(axis=0)) - gaps.ravel()[self.own_index]).mean())

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


def softplus(z: Array) -> Array:
    """ln(1 + e^z) = max(z, 0) + ln(1 + e^{−|z|})."""
    return np.asarray(np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z))))
