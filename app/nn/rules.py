"""The two update rules: how one (mini-)batch changes the parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from .backward import gradient
from .costs import delta_of
from .data import Array, Data
from .layers import sigmoid_vjp
from .network import Parameters, forward
from .spec import RuleName, RunSpec

__all__ = ["update"]


def update(spec: RunSpec, parameters: Parameters, batch: Data) -> Parameters:
    """The parameters after one use of the spec's rule on the batch; the old ones are left as they are."""
    return RULES[spec.rule](spec, parameters, batch)


def exact(spec: RunSpec, parameters: Parameters, batch: Data) -> Parameters:
    """w ← w − eta ∂C/∂w, b ← b − eta ∂C/∂b, with the gradient of the batch's mean cost."""
    trace = forward(parameters, batch.x, spec.output)
    slope = gradient(spec, parameters, trace, batch)
    return Parameters(
        w=tuple(w - spec.eta * dw for w, dw in zip(parameters.w, slope.w, strict=True)),
        b=tuple(b - spec.eta * db for b, db in zip(parameters.b, slope.b, strict=True)),
    )


def article(spec: RunSpec, parameters: Parameters, batch: Data) -> Parameters:
    """The study article's update, from the last layer down, with its two faults kept (see its table of faults).

    Weights take the sum over the samples, biases the mean; and δ of each lower layer is computed with the weights of
    the layer above *just changed*.
    """
    trace = forward(parameters, batch.x, spec.output)
    delta = delta_of(trace.z[-1], batch.y, spec.output, spec.cost)
    w: list[Array] = []
    b: list[Array] = []
    last = len(parameters.w) - 1
    for layer in range(last, -1, -1):
        w.append(parameters.w[layer] - spec.eta * (trace.a[layer].T @ delta))
        has_bias = layer < last or spec.output_bias
        b.append(parameters.b[layer] - spec.eta * np.asarray(delta.mean(axis=0)) if has_bias else parameters.b[layer])
        if layer > 0:
            delta = sigmoid_vjp(delta @ w[-1].T, trace.a[layer])
    return Parameters(tuple(reversed(w)), tuple(reversed(b)))


RULES: Mapping[RuleName, Callable[[RunSpec, Parameters, Data], Parameters]] = MappingProxyType(
    {"exact": exact, "article": article}
)
