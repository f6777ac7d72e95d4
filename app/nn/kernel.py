"""The fast way to do what ``training`` does: the same arithmetic, as lists of calls on preallocated arrays.

How a pass is laid out is ``passes``' subject. An epoch's logits are only put aside; the costs of many epochs are
worked out from them at once, row by row, so that each is the same to the bit however many are worked out together.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from .costs_of_logits import minus_log_own
from .data import Array, Data
from .initialise import initialise
from .pairs import pair_of
from .passes import Pass, Weights, play
from .spec import RunSpec, layer_sizes
from .training import Observation, State

__all__ = ["Kernel"]

MOST_TOGETHER, NUMBERS_TOGETHER = 64, 16_384
"""Costs are worked out for so many epochs at once, or for as many as have so many logits: a cache holds them."""


class Kernel:
    """Trains one spec on its data. Holds buffers, no state: every call takes a state and gives one back.

    The bits of a run depend on its spec and data alone, not on how its epochs are cut into calls.
    """

    def __init__(self, spec: RunSpec, data: Data) -> None:
        pair_of(spec.output, spec.cost)
        self.spec = spec
        self.data = data
        lit, self.x = rows(data) if spec.batch_size else columns(data)
        self.weights = Weights(layer_sizes(spec, data), lit)
        self.all = Pass(spec, self.weights, self.x.T, np.ascontiguousarray(data.y.T))
        self.passes: dict[int, MiniBatch] = {}
        self.not_y = 1.0 - self.all.y
        self.own = data.labels[None, None]
        self.together = max(1, min(MOST_TOGETHER, NUMBERS_TOGETHER // self.all.y.size))
        self.z = np.empty_like(self.all.y)
        self.to_logits = list(self.all.logits(self.z))
        self.to_outputs = list(self.all.activate(self.z))
        self.update = [] if spec.batch_size is not None else [*self.to_outputs, *self.all.update]

    def start(self) -> State:
        """The state of epoch 0."""
        return State(initialise(self.spec, self.data), 0)

    def observe(self, state: State) -> Observation:
        """Cost, accuracy and outputs (samples, classes) with the state's own parameters."""
        self.weights.hold(state.parameters)
        with np.errstate(all="ignore"):
            play(self.to_logits)
            play(self.to_outputs)
            cost = float(self.costs(self.z[None])[0])
        outputs = np.ascontiguousarray(self.all.outputs.T)
        right = np.argmax(outputs, axis=1) == self.data.labels
        return Observation(cost, float(right.mean()), outputs)

    def advance(self, state: State, epochs: int) -> tuple[State, Array]:
        """Do ``epochs`` epochs; ``costs[i]`` is the mean cost before update ``state.epoch + i``, as in ``training``."""
        costs = np.empty(epochs)
        self.weights.hold(state.parameters)
        with np.errstate(all="ignore"):
            for first in range(0, epochs, self.together):
                last = min(first + self.together, epochs)
                costs[first:last] = self.costs(self.some(state.epoch + first, last - first))
        return State(self.weights.parameters(), state.epoch + epochs), costs

    def some(self, epoch: int, count: int) -> Array:
        """Do so many epochs from ``epoch`` on; the logits before each, (count, classes, samples)."""
        logits = np.empty((count, *self.z.shape))
        for index, before in enumerate(logits):
            play(self.to_logits)
            np.copyto(before, self.z)
            play(self.update)
            self.batches(epoch + index)
        return logits

    def batches(self, epoch: int) -> None:
        """One epoch of mini-batches, in the order that ``training.batches`` takes them; none for the full batch."""
        size = self.spec.batch_size
        if size is None:
            return
        order = np.random.default_rng([self.spec.seed, epoch]).permutation(self.data.samples)
        for first in range(0, len(order), size):
            chosen = order[first : first + size]
            if len(chosen) not in self.passes:
                self.passes[len(chosen)] = MiniBatch(self.spec, self.weights, len(chosen), self.x, self.data.y)
            self.passes[len(chosen)].learn_from(chosen)

    def costs(self, z: Array) -> Array:
        """The mean cost of every row of logits, (epochs, classes, samples) → (epochs,), nats per sample."""
        y = self.all.y
        if self.spec.output == "sigmoid":
            if self.spec.cost == "cross-entropy":
                return means(softplus(np.where(y > 0, -z, z)).sum(axis=1))
            return means(0.5 * np.square(sigmoid(z) - y).sum(axis=1))
        largest = z.max(axis=1)
        powers = np.exp(z - largest[:, None])
        if self.spec.cost == "quadratic":
            return means(0.5 * np.square(powers / powers.sum(axis=1)[:, None] - y).sum(axis=1))
        others = (powers * self.not_y).sum(axis=1)
        gaps = largest - np.take_along_axis(z, self.own, axis=1)[:, 0]
        return means(minus_log_own(gaps, others, np.exp(-gaps)))


Seen = tuple[NDArray[np.intp], Array]
"""The inputs that a network sees, and its samples with a last input that is 1: (samples, inputs seen + 1)."""


@functools.lru_cache(maxsize=2)
def rows(data: Data) -> Seen:
    """Samples to be copied row by row into mini-batches; all runs of a worker on the same data share them.

    An input that is 0 in every sample is not seen: its weights' slopes are 0. That is one in six of MNIST's pixels.
    """
    lit = np.flatnonzero(data.x.any(axis=0))
    x = np.ones((data.samples, len(lit) + 1))
    # Filled, not joined: NumPy lays a choice of columns out column by column.
    x[:, :-1] = data.x[:, lit]
    x.flags.writeable = False
    return lit, x


def columns(data: Data) -> Seen:
    """Samples as a full batch takes them, every input a row in memory."""
    x = np.ones((data.inputs + 1, data.samples))
    x[:-1] = data.x.T
    return np.arange(data.inputs), x.T


class MiniBatch:
    """A pass that is loaded with other samples for every update."""

    def __init__(self, spec: RunSpec, weights: Weights, samples: int, x: Array, y: Array) -> None:
        """``x``: (all samples, inputs seen + 1), ``y``: (all samples, classes)."""
        self.all_x, self.all_y = x, y
        self.x, self.y = np.empty((samples, x.shape[1])), np.empty((samples, y.shape[1]))
        batch = Pass(spec, weights, self.x.T, self.y.T)
        z = np.empty((y.shape[1], samples))
        self.calls = [*batch.logits(z), *batch.activate(z), *batch.update]

    def learn_from(self, chosen: NDArray[np.intp]) -> None:
        """One update of the weights by these samples, (samples,). Whole rows are copied, which is the quickest way."""
        self.all_x.take(chosen, 0, self.x, "clip")
        self.all_y.take(chosen, 0, self.y, "clip")
        play(self.calls)


def sigmoid(z: Array) -> Array:
    """σ(z) as ``passes`` forms it, in a new array."""
    return np.asarray(np.tanh(z * 0.5) * 0.5 + 0.5)


def softplus(z: Array) -> Array:
    """ln(1 + e^z) = max(z, 0) + ln(1 + e^{−|z|})."""
    return np.asarray(np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z))))


def means(costs: Array) -> Array:
    """The mean over the samples of every row, (epochs, samples) → (epochs,)."""
    return np.asarray(np.add.reduce(costs, axis=1) / costs.shape[1])
