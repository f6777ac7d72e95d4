"""What trains one run: a stack with one lane where its spec is stacked, else the plain kernel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .data import Array, Data
from .initialise import initialise
from .kernel import Kernel
from .spec import RunSpec
from .stack import Lane, Stack, fits
from .training import Observation, State

__all__ = ["Single", "observe", "trainer"]


class Single:
    """One run on a stack with one lane: the same bits as among many. Has what ``kernel.Kernel`` has."""

    def __init__(self, spec: RunSpec, data: Data) -> None:
        self.spec, self.data = spec, data
        self.begun = initialise(spec, data)
        self.stack = Stack(spec, data, 1)

    def start(self) -> State:
        """The state of epoch 0."""
        return State(self.begun, 0)

    def lane(self, state: State) -> Lane:
        """What a stack needs to know of the run."""
        return Lane(state.parameters, self.spec.eta, self.begun)

    def observe(self, state: State) -> Observation:
        """Cost, accuracy and outputs (samples, classes) with the state's own parameters."""
        return observe(self.stack, [self.lane(state)])[0]

    def advance(self, state: State, epochs: int) -> tuple[State, Array]:
        """Do ``epochs`` epochs; ``costs[i]`` is the mean cost before update ``state.epoch + i``, as in ``training``."""
        costs = np.empty(epochs)
        if not epochs:
            return state, costs  # what a stack holds is rounded, and nothing may change where nothing is done
        self.stack.hold([self.lane(state)])
        for first in range(0, epochs, self.stack.together):
            count = min(self.stack.together, epochs - first)
            costs[first : first + count] = self.stack.advance(count)[0][:, 0]
        parameters = self.stack.layout.parameters(self.stack.rows(slice(1))[0])
        return State(parameters, state.epoch + epochs), costs


def observe(stack: Stack, lanes: Sequence[Lane]) -> list[Observation]:
    """Cost, accuracy and outputs of every lane, with its own parameters."""
    stack.hold(lanes)
    costs, outputs = stack.look()
    right = (outputs.argmax(axis=2) == stack.data.labels).mean(axis=1)
    return [Observation(float(costs[lane]), float(right[lane]), outputs[lane]) for lane in range(len(lanes))]


def trainer(spec: RunSpec, data: Data) -> Single | Kernel:
    """What trains one run: chosen by the spec and its data, never by the load."""
    return Single(spec, data) if fits(spec, data) else Kernel(spec, data)
