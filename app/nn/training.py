"""Training as values: a state goes in, a later state and the costs on the way come out. The readable version.

``kernel`` has the same functions, made fast; this module is what they are checked against. Nothing here remembers
anything: a state can be stored, sent elsewhere and advanced there, in any partition of the epochs, to the same bits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .costs import cost_of
from .data import Array, Data
from .initialise import initialise
from .network import Parameters, forward
from .rules import update
from .spec import RunSpec

__all__ = ["Observation", "State", "advance", "batches", "observe", "start"]


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Everything that a run needs to go on: the parameters before update ``epoch``."""

    parameters: Parameters
    epoch: int


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """What a state does with the samples: mean cost (nats), share of samples it gets right, a (samples, classes)."""

    cost: float
    accuracy: float
    outputs: Array


def start(spec: RunSpec, data: Data) -> State:
    """The state of epoch 0."""
    return State(initialise(spec, data), 0)


def observe(spec: RunSpec, data: Data, state: State) -> Observation:
    """Cost, accuracy and outputs with the state's own parameters; a sample is right if its class has the largest a."""
    with np.errstate(all="ignore"):
        trace = forward(state.parameters, data.x, spec.output)
        cost = float(cost_of(trace.z[-1], data.y, spec.output, spec.cost).mean())
    right = np.argmax(trace.a[-1], axis=1) == data.labels
    return Observation(cost, float(right.mean()), trace.a[-1])


def advance(spec: RunSpec, data: Data, state: State, epochs: int) -> tuple[State, Array]:
    """Do ``epochs`` epochs. ``costs[i]`` is the mean cost with the parameters before update ``state.epoch + i``.

    A cost that is not finite is reported as it is; whether to go on is the caller's to say.
    """
    costs = np.empty(epochs)
    parameters = state.parameters
    with np.errstate(all="ignore"):
        for index in range(epochs):
            epoch = state.epoch + index
            costs[index] = observe(spec, data, State(parameters, epoch)).cost
            for batch in batches(spec, data, epoch):
                parameters = update(spec, parameters, batch)
    return State(parameters, state.epoch + epochs), costs


def batches(spec: RunSpec, data: Data, epoch: int) -> Iterator[Data]:
    """The samples of one epoch: all at once, or mini-batches in an order that depends on seed and epoch alone."""
    if spec.batch_size is None:
        yield data
        return
    order = np.random.default_rng([spec.seed, epoch]).permutation(data.samples)
    for first in range(0, data.samples, spec.batch_size):
        chosen = order[first : first + spec.batch_size]
        yield Data(data.x[chosen], data.y[chosen])
