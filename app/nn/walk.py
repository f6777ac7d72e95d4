"""One epoch as a listing, walked line by line: rows D6 to D8 of the article, with every array on the way.

A line is a text and what it does. The texts are Python: executed one after the other, with the functions of
``layers`` in reach, they give what ``walk`` gives, to the bit (``tests/nn/test_walk.py`` does so), and that is one
epoch of ``training`` with the exact rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .backward import deltas, gradient
from .costs import cost_of
from .data import Array, Data
from .network import Parameters, Trace, forward
from .pairs import pair_of
from .spec import RunSpec

__all__ = ["Kind", "Line", "Walk", "listing", "walk"]

Kind = Literal["inputs", "z", "a", "cost", "error", "dw", "db", "delta", "move"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the listing: what it works out, for which layer (the inputs are layer 1), and its text."""

    kind: Kind
    layer: int
    code: str


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """All that one epoch works out. ``deltas[l]`` and ``gradient`` belong to the parameters of the same index.

    ``cost``: the mean over the samples before the update; ``after``: the parameters after it.
    """

    trace: Trace
    cost: float
    deltas: tuple[Array, ...]
    gradient: Parameters
    after: Parameters


def listing(spec: RunSpec, hidden_layers: int) -> tuple[Line, ...]:
    """The lines of one epoch of a network with so many hidden layers: forward, the cost, backward, the update."""
    return (*forward_lines(spec, hidden_layers + 2), *backward_lines(spec, hidden_layers + 2))


def forward_lines(spec: RunSpec, last: int) -> Iterator[Line]:
    """Row D6; ``last``: the output layer's number."""
    yield Line("inputs", 1, "a1 = x")
    for layer in range(2, last + 1):
        function = spec.output if layer == last else "sigmoid"
        yield Line("z", layer, f"z{layer} = a{layer - 1} @ w{layer} + b{layer}")
        yield Line("a", layer, f"a{layer} = {function}(z{layer})")
    yield Line("cost", last, pair_of(spec.output, spec.cost).listed[0].format(L=last))


def backward_lines(spec: RunSpec, last: int) -> Iterator[Line]:
    """Row D7, then the step against the gradient. Every δ is worked out before any parameter moves."""
    yield Line("error", last, pair_of(spec.output, spec.cost).listed[1].format(L=last))
    for layer in range(last, 1, -1):
        if layer < last:
            above = f"delta{layer + 1} @ w{layer + 1}.T"
            yield Line("delta", layer, f"delta{layer} = ({above}) * a{layer} * (1 - a{layer})")
        mean = "0 * b{0}" if layer == last and not spec.output_bias else "delta{0}.mean(axis=0)"
        yield Line("dw", layer, f"dw{layer} = a{layer - 1}.T @ delta{layer} / n")
        yield Line("db", layer, f"db{layer} = {mean.format(layer)}")
    for layer in range(last, 1, -1):
        moves = (f"{name}{layer} - eta * d{name}{layer}" for name in "wb")
        yield Line("move", layer, f"w{layer}, b{layer} = " + ", ".join(moves))


def walk(spec: RunSpec, data: Data, parameters: Parameters) -> Walk:
    """One epoch of the exact rule on all samples, with everything that it works out on the way."""
    with np.errstate(all="ignore"):
        trace = forward(parameters, data.x, spec.output)
        cost = float(cost_of(trace.z[-1], data.y, spec.output, spec.cost).mean())
        slope = gradient(spec, parameters, trace, data)
        after = Parameters(
            w=tuple(w - spec.eta * dw for w, dw in zip(parameters.w, slope.w, strict=True)),
            b=tuple(b - spec.eta * db for b, db in zip(parameters.b, slope.b, strict=True)),
        )
        return Walk(trace, cost, deltas(spec, parameters, trace, data.y), slope, after)
